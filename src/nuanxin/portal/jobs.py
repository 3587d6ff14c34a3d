"""Jobs of the public face."""

from __future__ import annotations

from nuanxin.portal.actions.drafts import forget, hand_over_rest
from nuanxin.portal.actions.kept_pages import forget_pages

PERIODIC = [
    ("portal.hand_over_files", 300.0, hand_over_rest),
    ("portal.forget_pages", 600.0, forget_pages),
    ("portal.forget_drafts", 3600.0, forget),
]
