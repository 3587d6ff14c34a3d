"""One case for one move: the row, the person to tell, and the end of its event chain, in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import FilteredRelation, OuterRef, Q, Subquery

from nuanxin.audit.events import NEW_STREAM
from nuanxin.audit.models import Head
from nuanxin.audit.storage import Tip
from nuanxin.cases.models import Case, Worker


@dataclass(slots=True)
class Loaded:
    """A locked case with what a move needs beside it."""

    case: Case
    contact: Worker | None  # the first worker on the roster: the applicant or the representative
    head: Tip


_HEAD = Head.objects.filter(stream=OuterRef("pk"))


def load_for_move(case_id: int) -> Loaded | None:
    """Lock and read one case; call it inside ``write()``. None where there is no such case."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .annotate(
            contact=FilteredRelation("workers", condition=Q(workers__seq=1)),
            head_seq=Subquery(_HEAD.values("seq")[:1]),
            head_mac=Subquery(_HEAD.values("mac")[:1]),
        )
        .select_related("contact")  # type: ignore[misc]  # a name of the annotation
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        return None
    seq, mac = getattr(case, "head_seq"), getattr(case, "head_mac")  # noqa: B009 - annotations
    head = NEW_STREAM if seq is None else Tip(seq, bytes(mac))
    return Loaded(case, getattr(case, "contact", None), head)
