"""QR codes of our own addresses, as drawings that are part of the page."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


def qr_of(path: str) -> SafeString:
    """A QR code that opens one of our pages. Nothing but the address is in it."""
    drawing = io.BytesIO()
    segno.make(settings.BASE_URL + path, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, svgclass="qr", lineclass=None, border=2
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 - drawn by us from our own address
