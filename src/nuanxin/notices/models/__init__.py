"""What notices stores."""

from __future__ import annotations

from nuanxin.notices.models.inbound import InboundText
from nuanxin.notices.models.notice import Channel, Notice, Status
from nuanxin.notices.models.switch import OutgoingFreeze
from nuanxin.notices.models.wording import OutboxMessage, Template

__all__ = ["Channel", "InboundText", "Notice", "OutboxMessage", "OutgoingFreeze", "Status", "Template"]
