"""Notices on the desk: being sent means being there to read."""

from __future__ import annotations

from nuanxin.notices.senders.sender import Outgoing


class InAppSender:
    """Nothing leaves the house."""

    def send(self, message: Outgoing) -> str:
        return str(message.notice_id)
