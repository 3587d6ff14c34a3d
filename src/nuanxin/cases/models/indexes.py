"""Indexes of the case table, each for one way of reading it (``cases.queries.queue``).

Queues exist at four widths, since an equality keeps the order of what follows in an index and a range does not.
The partial ones hold few rows and cost nothing while a case is none of theirs.
"""

from __future__ import annotations

from django.db.models import Index, Q

_WIDTHS = {
    "county": ["holder_county"],
    "city": ["holder_city"],
    "province": ["holder_province"],
    "nation": [],
}
# Steps that have a list of their own: waits for a lawyer, to be rung back, to be answered, an objection.
SHELVED_STEPS = ("offer", "accept_offer", "call_back", "convert", "answer", "sustain_objection")

CASE_INDEXES: list[Index] = [
    *(
        Index(fields=[*columns, "turn", "queue_key", "id"], name=f"case_queue_{width}")
        for width, columns in _WIDTHS.items()
    ),
    *(
        Index(
            fields=[*columns, "step", "queue_key", "id"],
            name=f"case_shelf_{width}",
            condition=Q(step__in=SHELVED_STEPS),
        )
        for width, columns in _WIDTHS.items()
    ),
    Index(fields=["sweep_at"], name="case_sweep", condition=Q(sweep_at__isnull=False)),
    Index(fields=["recount_on"], name="case_recount", condition=Q(recount_on__isnull=False)),
    Index(fields=["lawyer", "turn", "next_by"], name="case_lawyer", condition=~Q(lawyer=0)),
    Index(fields=["offered_to"], name="case_offered", condition=~Q(offered_to=0)),
    Index(fields=["transfer_region", "next_by"], name="case_incoming", condition=~Q(transfer_to=0)),
    Index(fields=["holder_region"], name="case_sent_on", condition=~Q(transfer_to=0)),
    Index(fields=["holder_region"], name="case_watch", condition=~Q(watch_by=0)),
    # Always empty: lets the list "no next step" be a real question that costs nothing.
    Index(
        fields=["holder_region"],
        name="case_stray",
        condition=~Q(turn="ended") & (Q(next_by__isnull=True) | Q(holder_agency=0) | Q(seat="nobody")),
    ),
]
