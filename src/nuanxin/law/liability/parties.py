"""The parties of a wage claim, how they engaged each other, and what can be said of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nuanxin.law.basis import Basis
from nuanxin.law.bilingual import Bilingual

Role = Literal[
    "employer", "subcontractor", "general_contractor", "owner", "team_leader",
    "dispatcher", "user_unit", "name_lender", "investor",
]  # fmt: skip
Kind = Literal["licensed_unit", "unlicensed_unit", "individual"]
Share = Literal["direct", "pays_first", "joint"]
Ground = Literal[
    "16", "17", "18", "19(1)", "19(2)", "29(2)", "30(3)", "30(4)", "36(1)", "36(2)", "37", "other",
]  # fmt: skip

ROLES: tuple[Role, ...] = (
    "employer", "subcontractor", "general_contractor", "owner", "team_leader",
    "dispatcher", "user_unit", "name_lender", "investor",
)  # fmt: skip
KINDS: tuple[Kind, ...] = ("licensed_unit", "unlicensed_unit", "individual")
BUILDERS: frozenset[Role] = frozenset({"owner", "general_contractor", "subcontractor", "team_leader"})
HIRERS: frozenset[Role] = frozenset({"employer", "subcontractor", "team_leader", "general_contractor"})


@dataclass(frozen=True, slots=True)
class Party:
    """One party. ``engaged_by``: who engaged it, one step up. ``unpaid_to_next``: fen it still owes below it.

    None everywhere means: not known.
    """

    id: str
    role: Role
    kind: Kind
    engaged_by: str | None = None
    unpaid_to_next: int | None = None
    caused_arrears: bool | None = None
    paid_in_full: bool | None = None
    recontracted: bool | None = None

    @property
    def may_employ(self) -> bool:
        """Whether it may lawfully employ: neither a person nor a unit without a licence."""
        return self.kind == "licensed_unit"


@dataclass(frozen=True)
class Chain:
    """All parties of one claim. ``planning_permission``: of the project, None while not known."""

    parties: tuple[Party, ...]
    project: bool = False
    planning_permission: bool | None = None

    @cached_property
    def by_id(self) -> dict[str, Party]:
        """The parties by their id."""
        return {party.id: party for party in self.parties}

    @property
    def is_construction(self) -> bool:
        """Whether the special rules for building projects apply (art. 23 to 37)."""
        return self.project or any(party.role in BUILDERS for party in self.parties)

    def engaged_unlawfully_by(self, party: Party) -> bool:
        """Whether ``party``, itself a unit, gave work that hires people to a person or to a unit without a licence."""
        return party.kind != "individual" and any(
            other.engaged_by == party.id and other.role in HIRERS and not other.may_employ
            for other in self.parties
        )

    def engaged_another_hirer(self, party: Party) -> bool:
        """Whether ``party`` gave the work to a licensed unit, which then hired the workers."""
        return any(
            other.engaged_by == party.id and other.role in HIRERS and other.may_employ
            for other in self.parties
        )

    def has_subcontractor_below(self, party: Party) -> bool:
        """Whether a subcontractor stands between a general contractor and the workers.

        One without a licence that the general contractor itself engaged is not counted: then it pays outright.
        One that only lent its name to the gang is the subcontractor on paper, and counts.
        """
        return any(
            (other.may_employ or other.engaged_by != party.id)
            if other.role in {"subcontractor", "employer"}
            else other.role == "name_lender" and other.engaged_by == party.id
            for other in self.parties
        )

    def with_role(self, *roles: Role) -> tuple[Party, ...]:
        """The parties in these roles."""
        return tuple(party for party in self.parties if party.role in roles)


@dataclass(frozen=True, slots=True)
class Respondent:
    """One who must pay, on one ground. ``cap``: fen, None where there is none."""

    id: str
    ground: Ground
    share: Share
    cap: int | None
    basis: tuple[Basis, ...]
    why: Bilingual


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be asked for: of whom (empty: nobody in particular), on which ground, which sum."""

    id: str
    ground: Ground
    amount: int | None
    basis: tuple[Basis, ...]
    why: Bilingual


@dataclass(frozen=True, slots=True)
class Unknown:
    """A link of the chain that nobody has told: the party it hangs on, or the role that is missing."""

    link: str
    why: Bilingual


Finding = Respondent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Liability:
    """The answer, who must pay first on top. ``split``: the period reaches back before the Regulation."""

    respondents: tuple[Respondent, ...]
    refused: tuple[Refused, ...]
    unknown: tuple[Unknown, ...]
    split: bool = False
    old_law: bool = False
