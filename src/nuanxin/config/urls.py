"""Root urls. Each room brings its own."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from nuanxin.config import health
from nuanxin.config.api import api

handler400 = "nuanxin.ui.errors.bad_request"
handler403 = "nuanxin.ui.errors.forbidden"
handler404 = "nuanxin.ui.errors.not_found"
handler500 = "nuanxin.ui.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("api/v1/", api.urls),
    path("accounts/", include("nuanxin.accounts.urls")),
    path("admin/", admin.site.urls),
    path("desk/", include("nuanxin.desk.urls")),
    path("", include("nuanxin.notices.urls")),
    path("", include("nuanxin.ui.urls")),
    path("", include("nuanxin.portal.urls")),
]
