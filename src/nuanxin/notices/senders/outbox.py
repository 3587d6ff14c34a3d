"""The development outbox: keeps messages where demo and tests read them. Nothing leaves."""

from __future__ import annotations

from nuanxin.audit.transactions import write
from nuanxin.notices.models import OutboxMessage
from nuanxin.notices.senders.sender import Outgoing


class OutboxSender:
    """Writes a row for each message; a repeated key changes nothing."""

    def send(self, message: Outgoing) -> str:
        """Keep it."""
        with write():
            OutboxMessage.objects.get_or_create(
                notice_id=message.notice_id,
                defaults={
                    "case_id": message.case_id,
                    "channel": message.channel,
                    "recipient": message.to,
                    "subject": message.subject,
                    "text": message.text,
                    "sent_at": message.at,
                },
            )
        return f"outbox-{message.notice_id}"
