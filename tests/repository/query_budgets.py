"""How many statements each page may cost, in one place. Measured with 3 and with 30 cases: the count may not grow.

Session, account and roles are among them. Eight is the budget of a list page (docs/adr); a page that needs more says
why here.
"""

from __future__ import annotations

from nuanxin.audit.actor import Role

# address → (who looks, most statements)
PUBLIC: dict[str, int] = {
    "/": 1,
    "/api/v1/openapi.json": 0,
    "/healthz": 0,
}
STAFF: dict[str, tuple[Role, int]] = {
    "/desk/": (Role.CLERK, 8),
    "/desk/search/": (Role.CLERK, 8),
    "/desk/overdue/": (Role.SUPERVISOR, 8),
    "/desk/notices/": (Role.CLERK, 8),
    "/desk/new/": (Role.CLERK, 8),
    "/api/v1/cases": (Role.CLERK, 8),
}
