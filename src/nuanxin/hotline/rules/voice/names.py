"""Names of what the gateway makes at the engine: chosen here, so that an event may come before the reply.

``nx_ROLE_STAFF_COUNT_CALL``: whose it is can be read from the name alone, also after a crash of the gateway.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MARK = "nx"


class Role(StrEnum):
    """What a thing of ours at the engine is for."""

    OPERATOR = "o"
    PERSON = "p"  # the one who is rung back
    INTERPRETER = "i"
    LISTENER = "l"  # the telephone of a supervisor
    SNOOP = "s"  # the ear at the operator's leg
    BRIDGE = "b"
    LISTENING = "m"  # the bridge of listener and ear
    PLAYBACK = "y"
    RECORDING = "r"
    MESSAGE = "v"


LEGS = frozenset({Role.OPERATOR, Role.PERSON, Role.INTERPRETER, Role.LISTENER, Role.SNOOP})


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. ``call``: the exchange's number of the call."""

    role: Role
    staff: int
    count: int
    call: str

    def __str__(self) -> str:
        return f"{MARK}_{self.role}_{self.staff}_{self.count}_{self.call}"


def read_name(text: str) -> Name | None:
    """The name taken apart; None for one that is not ours."""
    parts = text.split("_", 4)
    if len(parts) != 5 or parts[0] != MARK or not parts[2].isdecimal() or not parts[3].isdecimal():
        return None
    try:
        return Name(Role(parts[1]), int(parts[2]), int(parts[3]), parts[4])
    except ValueError:
        return None


def call_of(text: str) -> str:
    """Which call a channel, bridge, playback or recording belongs to; a caller's own channel names itself."""
    name = read_name(text)
    return text if name is None else name.call
