"""What the sign-in page shows besides its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from nuanxin.accounts import demo

register = template.Library()


@dataclass(frozen=True, slots=True)
class Provider:
    """The button of an authority's identity provider."""

    name: str
    url: str


@register.simple_tag
def federated() -> Provider | None:
    """The identity provider, where one is configured."""
    if not settings.FEDERATED:
        return None
    return Provider(settings.OIDC_NAME, reverse("openid_connect_login", args=[settings.OIDC_PROVIDER]))


@register.simple_tag(takes_context=True)
def demo_logins(context: dict[str, Any]) -> tuple[demo.DemoLogin, ...]:
    """Names and what they may do, on a demonstration only; nothing elsewhere."""
    if not settings.DEMO:
        return ()
    context["demo_password"] = demo.PASSWORD
    return demo.LOGINS
