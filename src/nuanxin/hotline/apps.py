from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "nuanxin.hotline"
    label = "hotline"

    def ready(self) -> None:
        """Tell the record that each call, and each call-back without one, has a stream, and the rotation of keys where
        recordings lie."""
        from nuanxin.audit.sealed import register_store
        from nuanxin.audit.streams import StreamOwner, register_owner
        from nuanxin.hotline.models import Call, CallBack
        from nuanxin.hotline.store import FOLDER

        def streams() -> Iterator[int]:
            return Call.objects.order_by().values_list("pk", flat=True).iterator()

        register_store(FOLDER)

        def call_backs() -> Iterator[int]:
            return CallBack.objects.filter(call=None).order_by().values_list("pk", flat=True).iterator()

        register_owner(StreamOwner("calls", lambda _text: None, streams))
        register_owner(StreamOwner("call_backs", lambda _text: None, call_backs))
