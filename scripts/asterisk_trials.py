"""What ``scripts.try_asterisk`` tries, in order; the docstring of each function is what is said of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from scripts import asterisk_backs as backs
from scripts import asterisk_breaks as breaks
from scripts import asterisk_network as network
from scripts import asterisk_talks as talks
from scripts.asterisk_browser import in_the_browser
from scripts.asterisk_crowd import crowd
from scripts.asterisk_stage import Stage

TRIALS: tuple[Callable[[Stage], Awaitable[str | None]], ...] = (
    talks.greeting_and_menus, talks.silence_ends_in_mandarin, talks.talk_and_record, talks.not_recorded, talks.hang_up_everywhere, talks.not_picked_up,
    talks.busy_and_declined, talks.sentences_missing, talks.take_from_console, talks.pass_on, talks.interpreter, talks.listening_in, breaks.voicemail, breaks.silent_message,
    breaks.hang_up_in_message, backs.call_back, backs.person_not_reached, backs.person_rings_on, backs.machine, backs.gateway_killed_while_ringing, backs.ring_back_recorded,
    breaks.gateway_killed, breaks.gateway_killed_and_over, *network.TRIALS, breaks.many, crowd, breaks.asterisk_restarted,
    in_the_browser,
)  # fmt: skip
SHUNNING = (
    talks.silence_ends_in_mandarin,
    network.cut_in_the_queue,
    network.cut_while_ringing,
    talks.hang_up_everywhere,
    talks.not_picked_up,
    talks.busy_and_declined,
    talks.take_from_console,
    backs.call_back,
)
