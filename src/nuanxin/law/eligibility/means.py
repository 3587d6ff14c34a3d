"""The means step: exempt, checked or undertaken, or a document still to come (法律援助法 art. 41, 42)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nuanxin.law.eligibility.waiver import is_waived

Outcome = Literal["exempt", "check_or_undertaking", "document_needed"]


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of the person. ``migrant_worker``: None while nobody has asked.

    ``status_document``: material that proves the status the person relies on (art. 42 asks for it).
    ``special_group``: a minor, old or disabled person without a fixed income.
    """

    migrant_worker: bool | None
    status_document: bool
    undertaking: bool = False
    social_assistance: bool = False
    special_group: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """``exempt_items``: those the person's status exempts, once proven; ``status_unknown``: ask about it.

    ``settled``: nothing is left to verify, because all is exempt or the undertaking was given (art. 41, 42).
    """

    outcome: Outcome
    exempt_items: tuple[str, ...]
    other_items: tuple[str, ...]
    status_unknown: bool = False
    settled: bool = False


def means(applicant: Applicant, items: Sequence[str]) -> Means:
    """How the means step ends for ``items``, which are those within scope.

    A whole person is exempt under 42(1) or (2), a worker from the country only for pay and work injury under
    42(3). Without the document the exemption waits for it, unless an undertaking (art. 41) takes its place.
    """
    everything = applicant.social_assistance or applicant.special_group
    as_migrant = applicant.migrant_worker or (applicant.migrant_worker is None)
    exempt = tuple(item for item in items if everything or (as_migrant and is_waived(item)))
    other = tuple(item for item in items if item not in exempt)
    unknown = bool(exempt) and not everything and applicant.migrant_worker is None
    if exempt and not applicant.status_document:
        outcome: Outcome = "check_or_undertaking" if applicant.undertaking else "document_needed"
    else:
        outcome = "check_or_undertaking" if other or not items else "exempt"
    settled = outcome == "exempt" or applicant.undertaking
    return Means(outcome, exempt, other, unknown and not applicant.status_document, settled)
