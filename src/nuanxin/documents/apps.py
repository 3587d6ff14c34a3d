from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nuanxin.documents"
    label = "documents"
