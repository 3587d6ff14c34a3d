"""Jobs of the public face."""

from __future__ import annotations

from nuanxin.portal.actions.drafts import forget

PERIODIC = [("portal.forget_drafts", 3600.0, forget)]
