"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from nuanxin.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/sms/inbound", views.sms_inbound, name="sms_inbound"),
    path("outbox/", views.outbox, name="outbox"),
]
