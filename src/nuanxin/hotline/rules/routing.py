"""Where a caller goes next: a table of ways tried in order, each answer with its reason.

The telephone engine only carries voice. It asks again whenever a caller has waited for ``Way.patience`` or a
desk has opened or closed, and gets the first way that is open now. Nothing is looked up here: callers and
desks come as plain values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

MANDARIN = "zh"
# What the menu offers, by the key pressed. A caller who presses nothing, or something else, is asked once
# more and then goes on in Mandarin, without a topic: nobody is sent away by a menu.
LANGUAGE_KEYS = {"1": "zh", "2": "yue", "3": "ug", "4": "bo", "5": "ii", "6": "za", "7": "en"}
TOPIC_KEYS = {"1": "wages", "2": "injury", "3": "contract", "9": "emergency", "0": "other"}
MIGRANT_TOPICS = frozenset({"wages", "injury", "contract"})
MENU_TRIES = 2


class DeskKind(StrEnum):
    """What a desk is for."""

    SPECIAL = "special"  # for migrant workers, with a lawyer
    GENERAL = "general"
    EMERGENCY = "emergency"  # threats and violence at the site


class Target(StrEnum):
    """Where a caller is sent."""

    STAFF = "staff"  # one person
    DESK = "desk"  # the queue of a desk
    VOICEMAIL = "voicemail"  # leaves a message, is rung back


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of a caller. ``place``: 12-digit region, 0 where it is not known; ``case_owner``: account of
    who has their open case, 0 without one; ``waited`` counts from the first queue on."""

    language: str = MANDARIN
    topic: str = ""
    place: int = 0
    emergency: bool = False
    case_owner: int = 0
    waited: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk as it stands now. ``region``: 12-digit code of the office that staffs it; ``ready``: who could
    take a call at once; ``lawyers``: how many of those on duty are lawyers; empty ``topics`` means all."""

    id: int
    kind: DeskKind
    region: int
    languages: frozenset[str] = frozenset({MANDARIN})
    topics: frozenset[str] = frozenset()
    open: bool = True
    on_duty: int = 1
    ready: int = 0
    lawyers: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a way was taken or passed over: a stable code and a sentence in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer: where to, until when before asking again, why, and why each earlier way was passed over."""

    target: Target
    reason: Reason
    desk: int = 0
    staff: int = 0
    ask_again: timedelta | None = None
    passed: tuple[Reason, ...] = ()


_WHY = {
    "emergency": Reason("emergency", "有危险，直接转紧急专线", "Danger: to the emergency line at once"),
    "emergency_any": Reason(
        "emergency_any", "紧急专线没有人，转最先有空的席位，并提示拨打 110",
        "Nobody is at the emergency line: to whoever is free first, with the advice to dial 110"),
    "case_owner": Reason(
        "case_owner", "来电人有在办的案件，转给承办人", "The caller has an open case: to whoever has it"),
    "special": Reason("special", "农民工专席，有律师值班", "The migrant workers' desk, with a lawyer"),
    "general": Reason("general", "本县综合席位", "The general queue of the county"),
    "elsewhere": Reason("elsewhere", "本县席位忙或者已下班，转其他地方", "The county's desks are busy or closed: to another place"),
    "language_elsewhere": Reason(
        "language_elsewhere", "转到会说这种语言的席位", "To a desk where the language is spoken"),
    "voicemail": Reason(
        "voicemail", "没有席位能接，请留言，一定回电", "No desk can take the call: leave a message, we ring back"),
    "not_asked": Reason("not_asked", "不属于这一类", "Not this kind of call"),
    "no_desk": Reason("no_desk", "这里没有这样的席位", "There is no such desk here"),
    "closed": Reason("closed", "席位已下班", "The desk is closed"),
    "nobody": Reason("nobody", "席位没有人值班", "Nobody is on duty at the desk"),
    "no_lawyer": Reason("no_lawyer", "没有律师值班", "No lawyer is on duty"),
    "language": Reason("language", "席位没有人说这种语言", "Nobody at the desk speaks the language"),
    "topic": Reason("topic", "席位不接这类问题", "The desk does not take this topic"),
    "owner_off": Reason("owner_off", "承办人不在班或者正在通话", "Whoever has the case is off duty or on a call"),
    "waited": Reason("waited", "在这里已经等得够久", "Has waited here long enough"),
}  # fmt: skip


def _fits(caller: Caller, desk: Desk) -> str:
    """Why a desk cannot take the caller, as a code; empty where it can."""
    checks = (
        (not desk.open, "closed"),
        (desk.on_duty <= 0, "nobody"),
        (caller.language not in desk.languages, "language"),
        (bool(desk.topics) and bool(caller.topic) and caller.topic not in desk.topics, "topic"),
        (desk.kind is DeskKind.SPECIAL and desk.lawyers <= 0, "no_lawyer"),
    )
    return next((code for wrong, code in checks if wrong), "")


def _far(caller: Caller, desk: Desk) -> int:
    """0 the same county, 1 the same city, 2 the same province, 3 beyond; a caller without a place is near all."""
    if not caller.place:
        return 0
    widths = (10**6, 10**8, 10**10)
    return next((far for far, w in enumerate(widths) if caller.place // w == desk.region // w), 3)


def _serves(caller: Caller, desk: Desk) -> bool:
    """Whether a desk is the caller's own: its region contains the place, or nobody knows the place."""
    if not caller.place or not desk.region:
        return True
    width = next(w for w in (10**10, 10**8, 10**6, 10**3, 1) if desk.region % w == 0)
    return caller.place // width == desk.region // width


def _best(caller: Caller, desks: Sequence[Desk]) -> Desk:
    """Who can answer at once first, then the nearest, then the shorter queue for each person on duty."""
    return min(desks, key=lambda d: (d.ready <= 0, _far(caller, d), d.waiting / max(d.on_duty, 1), d.id))


Find = Callable[[Caller, Sequence[Desk], frozenset[int]], "Choice | str"]


def _desk_of(caller: Caller, desks: Sequence[Desk], why: str) -> Choice | str:
    """The best that fits, or why the first does not."""
    if not desks:
        return "no_desk"
    fitting = [desk for desk in desks if not _fits(caller, desk)]
    if not fitting:
        return _fits(caller, desks[0])
    return Choice(Target.DESK, _WHY[why], desk=_best(caller, fitting).id)


def _emergency(caller: Caller, desks: Sequence[Desk], _on_duty: frozenset[int]) -> Choice | str:
    if not caller.emergency:
        return "not_asked"
    lines = [desk for desk in desks if desk.kind is DeskKind.EMERGENCY and desk.open and desk.on_duty > 0]
    if lines:  # danger does not wait for the right language or the right county
        spoken = [desk for desk in lines if caller.language in desk.languages]
        return Choice(Target.DESK, _WHY["emergency"], desk=_best(caller, spoken or lines).id)
    staffed = [desk for desk in desks if desk.open and desk.on_duty > 0]
    if staffed:
        return Choice(Target.DESK, _WHY["emergency_any"], desk=_best(caller, staffed).id)
    return "nobody"


def _case_owner(caller: Caller, _desks: Sequence[Desk], free: frozenset[int]) -> Choice | str:
    if not caller.case_owner:
        return "not_asked"
    if caller.case_owner not in free:
        return "owner_off"
    return Choice(Target.STAFF, _WHY["case_owner"], staff=caller.case_owner)


def _special(caller: Caller, desks: Sequence[Desk], _free: frozenset[int]) -> Choice | str:
    if caller.topic and caller.topic not in MIGRANT_TOPICS:
        return "not_asked"
    own = [desk for desk in desks if desk.kind is DeskKind.SPECIAL and _serves(caller, desk)]
    return _desk_of(caller, own, "special")


def _general(caller: Caller, desks: Sequence[Desk], _free: frozenset[int]) -> Choice | str:
    own = [desk for desk in desks if desk.kind is DeskKind.GENERAL and _serves(caller, desk)]
    return _desk_of(caller, own, "general")


def _elsewhere(caller: Caller, desks: Sequence[Desk], _free: frozenset[int]) -> Choice | str:
    others = [desk for desk in desks if desk.kind is not DeskKind.EMERGENCY and not _serves(caller, desk)]
    spoken = caller.language != MANDARIN
    return _desk_of(caller, others, "language_elsewhere" if spoken else "elsewhere")


@dataclass(frozen=True, slots=True)
class Way:
    """One row of the routing table. ``patience``: the wait since the first queue after which this way is passed
    over, where a later one is open; None for as long as it takes."""

    name: str
    find: Find = field(repr=False)
    patience: timedelta | None = None


LONGEST = timedelta(seconds=600)  # nobody waits longer for a person
ROUTES: tuple[Way, ...] = (
    Way("emergency", _emergency),
    Way("case_owner", _case_owner, timedelta(seconds=30)),
    Way("special", _special, timedelta(seconds=120)),
    Way("general", _general, timedelta(seconds=240)),
    Way("elsewhere", _elsewhere, LONGEST),
)


NO_OTHER: Mapping[str, timedelta] = {}


def route(
    caller: Caller,
    desks: Sequence[Desk],
    free: frozenset[int] = frozenset(),
    *,
    patience: Mapping[str, timedelta] = NO_OTHER,
) -> Choice:
    """Where the caller goes now. ``free``: accounts that are on duty and ready; ``patience``: by the name of a way,
    where a region has set another wait than the table's (``rules.settings``).

    Always an answer. Who has outwaited a way goes on to a later one that is open, and stays where they are when
    none is; after the last way's patience, or where no desk can take the call at all, voicemail with a promised
    call-back.
    """
    passed: list[Reason] = []
    stays: Choice | None = None
    longest = patience.get(ROUTES[-1].name, LONGEST)
    for way in ROUTES:
        found = way.find(caller, desks, free)
        limit = patience.get(way.name, way.patience)
        if isinstance(found, str):
            passed.append(_WHY[found])
        elif limit is not None and caller.waited >= limit:
            passed.append(_WHY["waited"])
            stays = stays or (found if found.target is Target.DESK else None)
        else:
            again = None if limit is None else limit - caller.waited
            return replace(found, ask_again=again, passed=tuple(passed))
    if stays is not None and caller.waited < longest:
        return replace(stays, ask_again=longest - caller.waited, passed=tuple(passed))
    return Choice(Target.VOICEMAIL, _WHY["voicemail"], passed=tuple(passed))


@dataclass(frozen=True, slots=True)
class MenuAnswer:
    """What the menu made of the keys: ``again`` where the same question is put once more."""

    language: str = MANDARIN
    topic: str = ""
    emergency: bool = False
    again: bool = False


def read_language(key: str, *, tries: int, most: int = MENU_TRIES) -> MenuAnswer:
    """The language by the key pressed (empty: silence); after ``most`` tries, Mandarin."""
    known = LANGUAGE_KEYS.get(key)
    return MenuAnswer(language=known or MANDARIN, again=known is None and tries < most)


def read_topic(key: str, *, language: str, tries: int, most: int = MENU_TRIES) -> MenuAnswer:
    """The topic by the key pressed (empty: silence); after ``most`` tries, none."""
    known = TOPIC_KEYS.get(key)
    if known == "emergency":
        return MenuAnswer(language, "", emergency=True)
    return MenuAnswer(language, known or "", again=known is None and tries < most)
