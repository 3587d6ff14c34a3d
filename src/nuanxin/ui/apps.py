from __future__ import annotations

from django.apps import AppConfig
from django.urls import register_converter


class UiConfig(AppConfig):
    name = "nuanxin.ui"
    label = "ui"

    def ready(self) -> None:
        """Let every app's addresses say ``<row:…>``; they are read after all apps are there."""
        from nuanxin.ui.addresses import RowConverter

        register_converter(RowConverter, "row")
