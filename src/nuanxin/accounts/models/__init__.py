"""What accounts stores."""

from __future__ import annotations

from nuanxin.accounts.models.grant import Grant
from nuanxin.accounts.models.staff import Staff, StaffManager
from nuanxin.accounts.models.throttle import Slowdown, Window
from nuanxin.accounts.models.token import ApiToken

__all__ = ["ApiToken", "Grant", "Slowdown", "Staff", "StaffManager", "Window"]
