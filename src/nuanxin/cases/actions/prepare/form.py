"""What the officer or the worker filled in, and the readings of it that several moves share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.cases.actions.move import Change
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI


@dataclass(frozen=True, slots=True)
class Moved:
    """Who fills the form in, when, and what it says."""

    by: Actor
    at: datetime
    form: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The free text of the form."""
        return str(self.form.get("text") or "").strip()

    @property
    def today(self) -> date:
        """The legal day of the move."""
        return self.at.astimezone(SHANGHAI).date()

    @property
    def on(self) -> date:
        """The day that the form names, today where it names none. Raises Refused for one in the future."""
        on: date = self.form.get("on") or self.today
        if on > self.today:
            raise Refused(
                "in_future", "这一天还没到，请核对日期。", "This day lies in the future; check the date."
            )
        return on


Prepared = Callable[[Case, Moved], Change]


def coded(values: Any, allowed: tuple[str, ...]) -> list[str]:
    """The known codes among the chosen ones. Raises Refused where there is none."""
    found = [value for value in (values or []) if value in allowed]
    if not found:
        raise Refused("choose_one", "请至少选一项。", "Choose at least one.")
    return found


def need_text(moved: Moved) -> str:
    """The text of the form. Raises Refused where there is none."""
    if not moved.text:
        raise Refused(
            "text_needed",
            "请写明情况，当事人和同事都要看得懂。",
            "Say what happened, so that the worker and colleagues understand.",
        )
    return moved.text


def plain(case: Case, moved: Moved) -> Change:
    """Nothing but the text, where there is one."""
    return Change(text=moved.text)


def explained(case: Case, moved: Moved) -> Change:
    """A text that must be there."""
    return Change(text=need_text(moved))


def to_worker(case: Case, moved: Moved) -> Change:
    """A text that must be there and that the worker reads."""
    return Change(text=need_text(moved), for_worker=True)


def taken_up(case: Case, moved: Moved) -> Change:
    """From now on this officer has the case."""
    return Change(columns={"officer": moved.by.id}, text=moved.text)


def dated(case: Case, moved: Moved) -> Change:
    """Something that happened on a day."""
    on = moved.on
    told = {"on": on.isoformat()}
    return Change(text=moved.text, data=dict(told), payload=dict(told), effective_on=on)
