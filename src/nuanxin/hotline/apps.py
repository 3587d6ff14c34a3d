from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "nuanxin.hotline"
    label = "hotline"

    def ready(self) -> None:
        """Tell the record that each call has a stream, so that it misses one that was wiped out."""
        from nuanxin.audit.streams import StreamOwner, register_owner
        from nuanxin.hotline.models import Call

        def streams() -> Iterator[int]:
            return Call.objects.order_by().values_list("pk", flat=True).iterator()

        register_owner(StreamOwner("calls", lambda _text: None, streams))
