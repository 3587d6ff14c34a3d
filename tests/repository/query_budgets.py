"""How many statements each page may cost, in one place. Measured with 3 and with 30 cases: the count may not grow.

Session, account and roles are among them. No list page may have more than eight.
"""

from __future__ import annotations

from nuanxin.audit.actor import Role

# address → (who looks, most statements)
PUBLIC: dict[str, int] = {
    "/": 0,
    "/advice/owed/": 0,
    "/advice/how-long/items/": 0,
    "/advice/who-pays/caller/": 0,
    "/find/": 0,
    "/find/map/": 0,
    "/find/near/?place=140502": 4,  # which points changed, the rows, their days with other hours
    "/api/v1/points/nearest?lon=112.92&lat=35.8": 4,
    "/answers/": 2,  # the page, and how many each topic has
    "/api/v1/openapi.json": 0,
    "/healthz": 0,
    "/ring-me/": 2,  # the desks, what the one in question has promised
}
# Every list of the desk, and one of those who have it.
_LISTS = {
    **dict.fromkeys(
        (
            "mine",
            "others",
            "today",
            "green",
            "soon",
            "stray",
            "assigning",
            "sent",
            "incoming",
            "watch",
            "reports",
        ),
        Role.CLERK,
    ),
    **dict.fromkeys(("all", "closed"), Role.CLERK),
    **dict.fromkeys(("offers", "own"), Role.LAWYER),
    "questions": Role.DUTY_LAWYER,
    "objections": Role.BUREAU,
}
STAFF: dict[str, tuple[Role, int]] = {
    "/desk/": (Role.CLERK, 7),
    "/desk/search/": (Role.CLERK, 5),
    "/desk/overdue/": (Role.SUPERVISOR, 6),
    "/desk/hotline/duty/": (Role.OPERATOR, 8),
    "/desk/hotline/roster/": (Role.DECIDER, 8),
    "/desk/hotline/stations/": (Role.DECIDER, 5),
    "/desk/hotline/stations/new/": (Role.DECIDER, 5),
    "/desk/hotline/": (Role.OPERATOR, 8),
    "/desk/hotline/call-backs/": (Role.OPERATOR, 7),
    "/desk/hotline/board/": (Role.SUPERVISOR, 10),  # settings, desks, calls, seats, call-backs, today
    "/desk/hotline/board/live/": (Role.SUPERVISOR, 10),
    "/desk/hotline/reports/": (Role.SUPERVISOR, 8),
    "/desk/hotline/register/": (Role.ADMINISTRATOR, 8),  # exchanges, desks, seats, names
    "/desk/hotline/register/codes/": (Role.ADMINISTRATOR, 6),  # outcomes, subjects
    "/desk/hotline/register/waits/": (Role.ADMINISTRATOR, 6),
    "/desk/hotline/quality/": (Role.SUPERVISOR, 8),
    "/desk/hotline/quality/figures/": (Role.SUPERVISOR, 8),
    "/desk/hotline/dissatisfied/": (Role.SUPERVISOR, 8),
    "/desk/hotline/under-way/": (Role.SUPERVISOR, 8),
    "/desk/hotline/interpreters/": (Role.OPERATOR, 6),
    "/desk/hotline/questions/": (Role.DUTY_LAWYER, 8),
    "/desk/hotline/answers/": (Role.SUPERVISOR, 8),
    "/desk/notices/": (Role.CLERK, 6),
    "/desk/new/": (Role.CLERK, 5),
    "/desk/nearest/140502/": (Role.CLERK, 7),
    "/desk/points/": (Role.CLERK, 6),
    "/desk/points/new/": (Role.CLERK, 5),
    "/desk/points/duplicates/": (Role.CLERK, 7),
    "/desk/points/import/": (Role.CLERK, 5),
    "/desk/network/coverage/": (Role.SUPERVISOR, 7),  # which points changed, what was counted last month
    "/desk/network/coverage/gaps.csv": (Role.SUPERVISOR, 5),
    "/desk/partner/": (Role.PARTNER, 8),
    "/desk/partner/new/": (Role.PARTNER, 5),
    "/api/v1/cases": (Role.CLERK, 5),
    **{f"/desk/lists/{name}/": (role, 7) for name, role in _LISTS.items()},
    **{f"/desk/lists/{name}/live/": (role, 5) for name, role in _LISTS.items()},
}
