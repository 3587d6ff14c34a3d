"""The desk as staff and lawyers use it: sign in, see the queue, open a case, make its next move."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from nuanxin.accounts.demo import PASSWORD
from tests.journeys.portal import Receipt
from tests.journeys.walker import Walker

STEPS = ("claimed", "awarded", "paid", "confirmed")
# The session that each account got at its first sign-in, by the address of the server: its later browsers take it
# along, as somebody's second window does. Passwords are dear to check, on purpose.
_SESSIONS: dict[tuple[str, str], str] = {}


def sign_in(staff: Walker, username: str, *, anew: bool = False) -> Walker:
    """At the desk: the first time, and ``anew`` for a session of one's own, through the sign-in page."""
    own = (staff.base, username)
    if own in _SESSIONS and not anew:
        staff.context.add_cookies([{"name": "sessionid", "value": _SESSIONS[own], "url": staff.base}])
    staff.go("/desk/")
    if staff.page.locator("[name='login']").count():  # nobody has signed in yet, or the session has ended
        _with_password(staff, username)
        if not anew:
            _SESSIONS[own] = next(c["value"] for c in staff.context.cookies() if c["name"] == "sessionid")
    expect(staff.page).to_have_url(re.compile(r"/desk/"))
    return staff


def _with_password(staff: Walker, username: str) -> None:
    """Through the sign-in page, where the demonstration shows its accounts."""
    staff.page.fill("[name='login']", username)
    staff.page.fill("[name='password']", PASSWORD)
    staff.press("main form .button")


def row_of(staff: Walker, who: str, shelf: str = "mine") -> Locator:
    """The line of a person in a list. Fails when they are not on it."""
    staff.go(f"/desk/lists/{shelf}/")
    row = staff.page.locator("table.queue tbody tr", has_text=who).first
    expect(row).to_be_visible()
    return row


def listed(staff: Walker, who: str, shelf: str) -> bool:
    """Whether a person is on a list."""
    staff.go(f"/desk/lists/{shelf}/")
    return staff.page.locator("table.queue tbody tr", has_text=who).count() > 0


def open_case(staff: Walker, number: str) -> Walker:
    """The whole file."""
    return staff.go(f"/desk/cases/{number}/")


def unmask(staff: Walker, label: str) -> Walker:
    """Show one masked particular of the open case; the press is on the record."""
    staff.page.locator("form[data-unmask] button", has_text=label).first.click()
    expect(staff.page.locator("main .whole").first).to_be_visible()
    return staff


def next_step(staff: Walker) -> str:
    """The box at the top of a case: what is to be done, or for whom it waits."""
    return staff.page.locator(".nextstep").first.inner_text()


def choice(staff: Walker, number: str, action: str) -> Locator:
    """The button or link of a move on the case's page, its folder opened where it lies in one."""
    where = f"/desk/cases/{number}/{action}/"
    found = staff.page.locator(f"main form[action='{where}'] button, main a[href^='{where}']").first
    expect(found).to_be_attached()
    folder = found.locator("xpath=ancestor::details[not(@open)]")
    if folder.count():
        folder.locator("summary").first.click()
    return found


def do(staff: Walker, number: str, action: str, **form: Any) -> Walker:
    """One move from the case's page, through its form where it has one, and the word that it was done."""
    attempt(staff, number, action, **form)
    expect(staff.page.locator("main .banner.good").first).to_be_visible()
    return staff


def attempt(staff: Walker, number: str, action: str, **form: Any) -> Walker:
    """The same, with whatever the system answers."""
    open_case(staff, number)
    staff.press(choice(staff, number, action))
    if f"/{action}/" in staff.page.url:
        put(staff, form)
        staff.press("main form .actions button.button")
    return staff


def put(staff: Walker, form: Mapping[str, Any]) -> None:
    """Fill a form by the names of its fields, whatever kind each is."""
    for name, value in form.items():
        field = staff.page.locator(f"main form [name='{name}']").first
        kind = field.evaluate("e => e.type")
        if kind in {"radio", "checkbox"} and value is not True:
            staff.tick(name, *([value] if isinstance(value, str) else value))
        elif kind == "checkbox":
            field.check()
        elif kind.startswith("select"):
            staff.pick(name, str(value))
        else:
            staff.fill(name, str(value))


def refusal(staff: Walker) -> str:
    """Why a move was not made."""
    return staff.page.locator("main .banner.wait, main .banner.late, main .errors").first.inner_text()


def at_the_counter(staff: Walker, **form: Any) -> Receipt:
    """The fast form: one screen, one press; gives what the worker takes along."""
    staff.go("/desk/new/")
    more = staff.page.locator("form.counter details:not([open]) > summary")
    if more.count():
        more.click()
    put(staff, form)
    staff.press("main form .actions button.button")
    expect(staff.page).to_have_url(re.compile(r"/desk/new/NX"))
    number, code = staff.page.locator(".receipt .number").all_inner_texts()
    staff.words |= {number, code}
    return Receipt(number, code, staff.text())


def ledger(staff: Walker) -> dict[str, int]:
    """The four sums of the open case in fen, each by itself."""
    cells = staff.page.locator("table.ledger").first.locator("tr td:last-child").all_inner_texts()
    return {
        step: int(text.replace(",", "").replace(".", "")) for step, text in zip(STEPS, cells, strict=True)
    }


def chips(staff: Walker) -> str:
    """The marks beside a case's title: lane, urgency, needs."""
    return " ".join(staff.page.locator("main .chips").first.all_inner_texts())


def offer(clerk: Walker, number: str) -> str:
    """Offer the case to the lawyer at the head of the proposal; gives the lawyer's name."""
    open_case(clerk, number)
    clerk.press(choice(clerk, number, "offer"))
    first = clerk.page.locator("main .option", has=clerk.page.locator("input[name='lawyer']")).first
    assert first.locator(".note").inner_text().strip(), "a proposal says why"
    expect(first.locator("input")).to_be_checked()
    name = first.locator(".option-text").inner_text().split("·")[0].strip()
    clerk.press("main form .actions button.button")
    expect(clerk.page.locator("main .banner.good").first).to_be_visible()
    return name


def username_of(lawyer: str) -> str:
    """The sign-in of a demonstration lawyer by name."""
    own = {"演示律师甲": "lawyer", "演示律师乙": "lawyer2"}
    return own.get(lawyer) or f"lawyer_{re.sub(r'[^0-9]', '', lawyer)}"


def enter_roster(staff: Walker, number: str, rows: list[tuple[str, str, str]]) -> Walker:
    """Paste the list of workers, check it, enter it."""
    open_case(staff, number)
    staff.press(choice(staff, number, "import_roster"))
    table = "\n".join(["姓名,电话,金额", *(",".join(row) for row in rows)])
    staff.words |= {cell for row in rows for cell in row if cell}
    staff.page.fill("main [name='table']", table)
    staff.press("main form .actions button.button")
    expect(staff.page.locator("main .banner.good")).to_contain_text(str(len(rows)))
    staff.press("main button[name='enter']")
    expect(staff.page.locator("main .banner.good").first).to_be_visible()
    return staff
