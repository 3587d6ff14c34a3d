from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "nuanxin.portal"
    label = "portal"

    def ready(self) -> None:
        from nuanxin.audit.sealed import register_store
        from nuanxin.portal.store import DraftStore

        register_store(DraftStore())
