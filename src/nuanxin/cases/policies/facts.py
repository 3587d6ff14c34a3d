"""What a policy may look at, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nuanxin.cases.faults import Refused

if TYPE_CHECKING:
    from nuanxin.cases.models import Case
    from nuanxin.cases.rules.settling import Standing


@dataclass(frozen=True, slots=True)
class Facts:
    """The case, who acts (staff id; 0 for the public and the system), when, and what the form said."""

    case: Case
    by_id: int
    at: datetime
    form: Mapping[str, Any] = field(default_factory=dict)
    two_persons: bool = False  # this agency needs a second person to decide
    of_superior: bool = False  # who acts is of a level above the agency that holds the case
    money: Standing | None = None  # worker by worker; read for the policies in LOOK_AT_MONEY only


Policy = Callable[[Facts], Refused | None]
