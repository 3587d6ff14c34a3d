"""``nuanxin styles``: join the sources in ui/styles into the two stylesheets that pages load."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nuanxin.ui.stylesheets import write_all


class Command(BaseCommand):
    help = "Write static/ui/public.css and static/ui/staff.css from ui/styles/*.css."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in write_all():
            self.stdout.write(f"{path.name} {path.stat().st_size} bytes")
