"""Whether what was submitted is whole: ``python -m bench.whole`` on the register of the environment. Prints JSON.

Every submission of the crash proof leaves the same rows: a case with one worker, respondent, story, claim,
submission, event, chain head and notice. A number that differs is half a case.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

PARTS = ("Worker", "Respondent", "Entry", "LedgerLine", "Submission", "Notice")


def main() -> int:
    """Look through the tables. Returns 1 where something is half written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuanxin.config.settings")
    import django

    django.setup()
    found = faults()
    print(json.dumps(found))
    return 1 if any(found["faults"].values()) else 0


def faults() -> dict[str, Any]:
    """How many cases there are, and each kind of fault with its count."""
    from django.apps import apps
    from django.db.models import Count, Q

    from nuanxin.audit.models import Event, Head
    from nuanxin.cases.models import Case

    cases = list(Case.objects.values_list("pk", flat=True))
    found: dict[str, int] = {}
    for name in PARTS:
        model: Any = apps.get_model("notices" if name == "Notice" else "cases", name)
        known = dict(model.objects.values_list("case_id").annotate(count=Count("pk")))
        found[f"without exactly one {name}"] = sum(known.get(case) != 1 for case in cases)
        found[f"{name} of no case"] = len(known.keys() - set(cases))
    streams = dict(
        Event.objects.filter(stream__gte=1 << 46).values_list("stream").annotate(count=Count("pk"))
    )
    heads = dict(Head.objects.filter(stream__gte=1 << 46).values_list("stream", "seq"))
    found["without exactly one event"] = sum(streams.get(case) != 1 or heads.get(case) != 1 for case in cases)
    found["events of no case"] = len((streams.keys() | heads.keys()) - set(cases))
    adrift = Case.objects.filter(Q(next_by__isnull=True) | Q(holder_agency=0) | Q(seat="nobody"))
    found["without owner or date"] = adrift.count()
    found["pages that SQLite or PostgreSQL finds damaged"] = _damage()
    return {"cases": len(cases), "faults": found}


def _damage() -> int:
    """What the database says of its own files and references."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            bad = [row for row in cursor.fetchall() if row != ("ok",)]
            cursor.execute("PRAGMA foreign_key_check")
            return len(bad) + len(cursor.fetchall())
        cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        cursor.execute(
            "SELECT count(bt_index_check(c.oid, true)) FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid"
            " JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE a.amname = 'btree' AND n.nspname = 'public'"
        )  # raises where an index and its table disagree
    return 0


if __name__ == "__main__":
    sys.exit(main())
