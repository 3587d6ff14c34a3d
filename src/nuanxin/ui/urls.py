"""Addresses of the look itself; mounted at the root."""

from __future__ import annotations

from django.urls import path

from nuanxin.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("ui/gallery/", views.gallery, name="gallery"),
    path("ui/gallery/<slug:page>/", views.gallery, name="gallery_page"),
]
