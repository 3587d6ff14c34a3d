"""The top room as a Django app, for its one table and its commands."""

from django.apps import AppConfig


class TopConfig(AppConfig):
    name = "nuanxin.config"
    label = "config"
    verbose_name = "platform"
