"""Handing in evidence, and where it comes to lie."""

from __future__ import annotations

import io
from pathlib import Path

from django.conf import settings

from nuanxin.audit.actor import Actor
from nuanxin.documents import store
from nuanxin.documents.actions import receive
from nuanxin.documents.models import Evidence
from tests.factories.story import Story


def hand_in(story: Story, data: bytes, name: str = "IMG_1.jpg", by: Actor | None = None) -> Evidence:
    """One file, from the worker unless somebody else is named."""
    file = io.BytesIO(data)
    return receive(case_id=story.case_id, file=file, filename=name, by=by or story.worker, at=story.at)


def sealed(row: Evidence, part: str = store.ORIGINAL) -> Path:
    """The file on the disk."""
    return Path(settings.MEDIA_ROOT) / store._name(row.pk, part)
