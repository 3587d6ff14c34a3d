"""Jobs of the public face."""

from __future__ import annotations

from nuanxin.portal.actions.drafts import forget, hand_over_rest

PERIODIC = [
    ("portal.hand_over_files", 300.0, hand_over_rest),
    ("portal.forget_drafts", 3600.0, forget),
]
