"""The pages of duty: my month, the planner's grid, searches and refusals as they are shown, the need of a day, the file."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.duty.chart import chart, stretches
from nuanxin.desk.duty.month import as_calendar, clock
from nuanxin.hotline import rostering
from nuanxin.hotline.actions.duties import publish
from nuanxin.hotline.models import Absence, Duty, RosterMonth, RosterRun, Swap
from nuanxin.hotline.queries.rosters import duties_of, moment
from tests.factories.rosters import APRIL, Rostered, open_station_here
from tests.factories.staff import AT, make_staff

pytestmark = pytest.mark.django_db
MINE, PLAN = "/desk/hotline/duty/", "/desk/hotline/roster/"


@pytest.fixture
def here() -> Rostered:
    return open_station_here()


def _client(actor: Actor, language: str = "zh-hans") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(Staff.objects.get(pk=actor.id))
    return client


def _published(here: Rostered) -> RosterMonth:
    roster = here.month()
    here.filled(roster)
    return publish(roster_id=roster.pk, by=here.planner, at=AT)


def _text(answer) -> str:
    return str(answer.content.decode())


def test_my_month_shows_my_duties_and_lets_me_offer_one(here):
    _published(here)
    client = _client(here.people[0])
    page = _text(client.get(MINE + "?month=2026-04"))
    assert page.count("08:00–16:00") == 16  # four days of eight, sixteen of thirty
    assert "清明节" not in page
    assert "假日" in page  # 5 April
    duty = Duty.objects.filter(staff=here.people[0].id).latest("day")
    Duty.objects.filter(pk=duty.pk).update(starts_at=AT + timedelta(days=36500))
    assert client.post(MINE + "?month=2026-04", {"do": "offer", "row": duty.pk}).status_code == 302
    swap = Swap.objects.get()
    other = _client(here.people[1])
    assert "接这个班" in _text(other.get(MINE))
    other.post(MINE, {"do": "take", "row": swap.pk})
    planner = _client(here.planner)
    assert "换班" in _text(planner.get(PLAN + "?month=2026-04"))
    planner.post(PLAN + "?month=2026-04", {"do": "swap", "row": swap.pk, "answer": "no"})
    swap.refresh_from_db()
    assert swap.state == Swap.State.REFUSED


def test_asking_for_days_off_names_what_is_wrong(here):
    client = _client(here.people[0])
    day = {"first_0": "2099", "first_1": "4", "first_2": "1", "last_0": "2099", "last_1": "4", "last_2": "1"}
    parts = _parts(client)
    given = {"do": "ask", "kind": "leave"} | dict(zip(parts, day.values(), strict=True))
    assert client.post(MINE, {"do": "ask", "kind": "leave"}).status_code == 422
    assert client.post(MINE, given).status_code == 302
    row = Absence.objects.get()
    assert "2099 年 4 月 1 日" in _text(client.get(MINE))
    planner = _client(here.planner, "en")
    assert "Approve" in _text(planner.get(PLAN))
    planner.post(PLAN, {"do": "absence", "row": row.pk, "answer": "yes"})
    row.refresh_from_db()
    assert row.state == "approved"


def _parts(client: Client) -> list[str]:
    """The names of the six boxes of the two dates, as the form has them."""
    return re.findall(r'name="((?:first|last)[^"]+)"', _text(client.get(MINE)))


def test_the_month_without_a_station_and_without_its_holidays(here):
    page = _text(_client(here.planner, "en").get(PLAN + "?month=2099-01"))
    assert "public holidays of 2099 are not entered" in page
    answer = _client(here.planner, "en").post(PLAN + "?month=2099-01", {"do": "solve", "seconds": "60"})
    assert answer.status_code == 409
    assert not RosterMonth.objects.exists()
    elsewhere = make_staff(Role.DECIDER, 440306_000000)
    client = Client(headers={"accept-language": "en"})
    client.force_login(elsewhere)
    assert "No station is kept here yet" in _text(client.get(PLAN))
    assert client.get(PLAN + f"?station={here.station.pk}").status_code == 404


def test_a_search_is_asked_for_shown_and_published(here):
    client = _client(here.planner, "en")
    assert client.post(PLAN + "?month=2026-04", {"do": "solve", "seconds": "60"}).status_code == 302
    page = _text(client.get(PLAN + "?month=2026-04"))
    assert "Waits for the worker" in page
    assert "Stop, and keep the best so far" in page
    rostering.run_waiting(RosterRun.objects.get().asked_at)
    page = _text(client.get(PLAN + "?month=2026-04"))
    assert "No better one exists." in page
    assert "What is wrong" not in page
    assert client.post(PLAN + "?month=2026-04", {"do": "publish"}).status_code == 302
    assert RosterMonth.objects.get().state == RosterMonth.State.PUBLISHED


def test_a_month_that_cannot_be_shows_its_reasons_and_what_to_change(here):
    run = RosterRun.objects.create(
        roster=here.month(), asked_by=1, asked_at=AT, seconds=60, state="none", proved=True,
        reasons=[{"code": "too_few", "zh": "至少还缺1人（律师）。", "en": "At least 1 more (lawyer) is missing."}],
    )  # fmt: skip
    zh = _text(_client(here.planner).get(PLAN + "?month=2026-04"))
    en = _text(_client(here.planner, "en").get(PLAN + "?month=2026-04"))
    assert "至少还缺1人（律师）。" in zh
    assert "At least 1 more (lawyer) is missing." in en
    assert "Change one of them" in en
    assert run.pk


def test_a_cell_is_changed_by_hand_and_what_it_breaks_is_said(here):
    roster = here.month()
    duties = here.filled(roster)
    client = _client(here.planner, "en")
    cell = f"{duties[0].staff}.2026-04-01"
    page = _text(client.get(f"{PLAN}?month=2026-04&cell={cell}"))
    assert f'value="{here.early.pk}" checked' in page
    roster.refresh_from_db()
    given = {
        "do": "set",
        "cell": cell,
        "shift": "0",
        "desk": str(here.hotline.desk.pk),
        "seen": str(roster.version),
    }
    assert client.post(PLAN + "?month=2026-04", given).status_code == 302
    page = _text(client.get(PLAN + "?month=2026-04"))
    assert "on 1 April 2026, 08:00–16:00: 1 missing (lawyer)." in page
    assert client.post(PLAN + "?month=2026-04", given).status_code == 409  # somebody else's version by now
    refused = client.post(PLAN + "?month=2026-04", {"do": "publish"})
    assert refused.status_code == 409
    assert client.get(f"{PLAN}?month=2026-04&cell=x").status_code == 404


def test_live_parts_change_with_what_they_show(here):
    client = _client(here.planner)
    before = client.get(PLAN + "live/?month=2026-04").json()
    here.filled(here.month())
    after = client.get(PLAN + "live/?month=2026-04").json()
    assert before["grid"] != after["grid"]
    for part in ("run", "grid", "asks"):
        assert client.get(PLAN + "?month=2026-04", headers={"X-Part": part}).status_code == 200
    mine = _client(here.people[0])
    assert mine.get(MINE + "live/").status_code == 200
    assert mine.get(MINE, headers={"X-Part": "duty"}).status_code == 200


def test_the_need_of_a_day_is_drawn_and_told(here):
    here.filled(here.month())
    page = _text(_client(here.planner, "en").get(f"{PLAN}need/{here.hotline.desk.pk}/?day=2026-04-01"))
    assert "95 % of callers are answered within 30 seconds" in page
    assert "There is no forecast" in page
    assert '<td class="num">1</td><td class="num">1</td><td class="num">0</td>' in page
    assert _client(here.planner).get(f"{PLAN}need/{here.hotline.desk.pk}/?day=x").status_code == 404
    assert _client(here.planner).get(f"{PLAN}need/999999/").status_code == 404


def test_a_day_is_told_in_as_few_rows_as_say_all_of_it():
    need, have = [0] * 32 + [2] * 32 + [0] * 32, [0] * 32 + [1] * 16 + [2] * 48
    rows = [(one.hours, one.need, one.have, one.missing) for one in stretches([1.0] * 96, need, have)]
    assert rows == [
        ("00:00–08:00", 0, 0, 0), ("08:00–12:00", 2, 1, 1), ("12:00–16:00", 2, 2, 0), ("16:00–24:00", 0, 2, 0),
    ]  # fmt: skip
    drawn = chart(need, have, "label <")
    assert drawn.count('class="short"') == 16
    assert "label &lt;" in drawn


def test_the_calendar_file_has_an_event_for_each_span(here):
    _published(here)
    answer = _client(here.people[0]).get(MINE + "calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    duties = duties_of(here.people[0].id, APRIL, APRIL)
    lines = as_calendar(duties, AT).split("\r\n")
    assert "DTSTART:20260401T000000Z" in lines  # 08:00 in Shanghai
    assert "DTEND:20260401T080000Z" in lines
    assert lines.count("BEGIN:VEVENT") == 1
    assert lines[-1] == ""
    duties[0].desk.name_zh = "专席；" * 40 + ",;"
    folded = as_calendar(duties, AT)
    assert max(len(line.encode()) for line in folded.split("\r\n")) <= 75
    assert "\\,\\;" in folded.replace("\r\n ", "")


@pytest.mark.parametrize(("minute", "told"), [(0, "00:00"), (1440, "24:00"), (1920, "08:00"), (975, "16:15")])
def test_minutes_as_people_write_them(minute, told):
    assert clock(minute) == told


def test_who_does_not_plan_has_no_grid(here):
    assert _client(here.people[0]).get(PLAN).status_code == 403
    assert _client(here.planner).get(MINE).status_code == 403


def test_the_console_says_my_duty(here):
    roster = _published(here)
    today = timezone.now().astimezone(SHANGHAI).date()
    lawyer = here.hotline.lawyer
    Duty.objects.create(
        roster=roster, staff=lawyer.id, desk=here.hotline.desk, shift=here.early, day=today,
        starts_at=moment(today, 0), ends_at=moment(today, 1440),
    )  # fmt: skip
    assert "08:00–16:00" in _text(_client(lawyer).get("/desk/hotline/"))
