"""Which way out a channel takes in this installation."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from nuanxin.notices.models import Channel
from nuanxin.notices.senders.email import EmailSender
from nuanxin.notices.senders.in_app import InAppSender
from nuanxin.notices.senders.outbox import OutboxSender
from nuanxin.notices.senders.sender import Sender
from nuanxin.notices.senders.sms_http import HttpSmsGateway


@cache
def _gateway(url: str, account: str, secret: str) -> HttpSmsGateway:
    return HttpSmsGateway(url, account=account, secret=secret)


def sender_for(channel: str) -> Sender | None:
    """The sender of a channel; None where none is configured: then its notices wait, and doctor says so.

    Without a gateway the development outbox takes them in a demonstration, in development and in tests only.
    Raises ImproperlyConfigured for a gateway that may not be used as configured.
    """
    if channel == Channel.IN_APP:
        return InAppSender()
    if channel == Channel.SMS and settings.SMS_GATEWAY_URL:
        return _gateway(settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_ACCOUNT, settings.SMS_GATEWAY_SECRET)
    if channel == Channel.EMAIL and settings.EMAIL_HOST:
        return EmailSender()
    if settings.DEMO or settings.DEBUG or settings.TESTING:
        return OutboxSender()
    return None


def unconfigured() -> list[str]:
    """Channels that have no way out."""
    return [channel.value for channel in Channel if sender_for(channel) is None]
