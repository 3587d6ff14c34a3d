"""The pages of the hotline at the desk, a module each, and their addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from nuanxin.desk.views.hotline import console

paths: list[URLPattern] = [
    path("hotline/", console.console, name="hotline"),
    path("hotline/live/", console.live, name="hotline_live"),
    path("hotline/state/", console.stand, name="hotline_stand"),
    path("hotline/<int:call_id>/take/", console.take, name="hotline_take"),
    path("hotline/<int:call_id>/wrap-up/", console.wrap_up, name="hotline_wrap_up"),
    path("hotline/<int:call_id>/new/", console.grow, name="hotline_grow"),
]
