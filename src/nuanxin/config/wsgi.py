"""Server entry: granian runs ``nuanxin.config.wsgi:application``."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuanxin.config.settings")


def _warm() -> None:
    """Read once, before the first request, what every process keeps: routes, places, dated law, citations.

    What lives as long as the process is then set aside from garbage collection: a full collection over all of it
    had cost some request a third of a second.
    """
    from django.urls import resolve

    from nuanxin.law import calendar
    from nuanxin.law.basis import provisions
    from nuanxin.law.parameters import load
    from nuanxin.network.rules.gazetteer import gazetteer

    resolve("/")
    gazetteer()
    load()
    provisions()
    calendar.known_years()
    gc.collect()
    gc.freeze()


application = get_wsgi_application()
_warm()
