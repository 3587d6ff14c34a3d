"""Tables of the audit room."""

from __future__ import annotations

from nuanxin.audit.models.events import Event, Head
from nuanxin.audit.models.ids import IdBlock
from nuanxin.audit.models.rotation import Rotation

__all__ = ["Event", "Head", "IdBlock", "Rotation"]
