"""The top room as a Django app, for its one table and its commands."""

from django.apps import AppConfig


class TopConfig(AppConfig):
    name = "nuanxin.config"
    label = "config"
    verbose_name = "platform"

    def ready(self) -> None:
        """Every process of the platform answers with the deployment's own values of law."""
        from nuanxin.config.own_law import use_own

        use_own()
