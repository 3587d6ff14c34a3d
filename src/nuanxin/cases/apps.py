from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "nuanxin.cases"
    label = "cases"

    def ready(self) -> None:
        """Tell the record that each case has a stream, so that it knows case numbers and misses a wiped case."""
        from nuanxin.audit.streams import StreamOwner, register_owner
        from nuanxin.cases.models import Case
        from nuanxin.cases.rules.numbers import case_id_of

        def streams() -> Iterator[int]:
            return Case.objects.order_by().values_list("pk", flat=True).iterator()

        register_owner(StreamOwner("cases", case_id_of, streams))
