from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nuanxin.documents"
    label = "documents"

    def ready(self) -> None:
        from nuanxin.audit.sealed import register_store
        from nuanxin.documents.store import FOLDER

        register_store(FOLDER)
