from __future__ import annotations

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    name = "nuanxin.assignment"
    label = "assignment"
