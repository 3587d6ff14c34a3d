"""The papers of a case as the page lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from nuanxin.audit.actor import Actor
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.states import ENDED, Status
from nuanxin.desk.speech import english
from nuanxin.desk.timeline import actor
from nuanxin.documents.permissions import may_hand_in as may_give
from nuanxin.documents.queries import evidence_of
from nuanxin.ui.wording import moment


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its name, what is known of it, where to open it."""

    name: str
    words: str
    sha256: str
    url: str
    preview_url: str


def papers_of(case: Case, names: Mapping[int, str]) -> Sequence[Paper]:
    """Everything handed in, in the order of arrival."""
    found = []
    for row in evidence_of(case):
        when = moment(row.received_at.astimezone(SHANGHAI), "en" if english() else "zh-hans")
        scan = _("scanned for viruses") if row.scanned else _("not scanned for viruses")
        words = (actor(row.by_kind, row.by_id, names), when, filesizeformat(row.size), scan)
        found.append(
            Paper(
                name=row.filename or _("Paper without a name"),
                words=" · ".join(str(word) for word in words),
                sha256=row.sha256,
                url=reverse("desk:original", args=[case.number, row.pk]),
                preview_url=reverse("desk:preview", args=[case.number, row.pk]) if row.preview else "",
            )
        )
    return found


def may_hand_in(case: Case, by: Actor) -> bool:
    """Whether this person may add a paper now: the case's lawyer and its office, not who was only asked to take it."""
    return may_give(by, case) and Status(case.status) not in ENDED
