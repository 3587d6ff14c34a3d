"""The invented network in the table: all or nothing, marked, beside no real points unless told, and gone again."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.models import Event
from nuanxin.network import picture
from nuanxin.network.actions.invented import AlreadyThere, RealPoints, invent_network, remove_invented
from nuanxin.network.models import PointChange, ServicePoint
from nuanxin.network.policies import facts_of
from nuanxin.network.rules.generation import network
from nuanxin.network.rules.point_facts import faults_of
from tests.factories.agency import OPENED_AT, administrator
from tests.factories.points import AT, point

pytestmark = pytest.mark.django_db
SCALE = 0.001  # 990 points


def test_the_table_holds_what_the_rules_draw_marked_as_invented() -> None:
    count = invent_network(scale=SCALE, seed=7, by=SYSTEM, at=AT)
    drawn = network(SCALE, 7)
    rows = list(ServicePoint.objects.order_by("reference"))
    assert count == len(rows) == len(drawn)
    assert [row.name_zh for row in rows] == drawn.names_zh()
    assert [row.lon for row in rows] == drawn.lon.tolist()
    assert [row.services for row in rows] == drawn.services.tolist()
    assert all(row.invented and row.active for row in rows)
    assert sorted(row.version for row in rows) == list(range(1, count + 1))
    assert PointChange.objects.get().last == count
    assert Event.objects.get(kind="points.invented").payload["points"] == count
    assert [fault for row in rows for fault in faults_of(facts_of(row), AT.date())] == []


def test_it_is_refused_beside_real_points_unless_told_and_never_twice() -> None:
    point(invented=False)
    with pytest.raises(RealPoints):
        invent_network(scale=SCALE, seed=1, by=SYSTEM, at=AT)
    assert ServicePoint.objects.count() == 1
    invent_network(scale=SCALE, seed=1, beside_real=True, by=SYSTEM, at=AT)
    with pytest.raises(AlreadyThere):
        invent_network(scale=SCALE, seed=1, beside_real=True, by=SYSTEM, at=AT)
    assert remove_invented(by=SYSTEM, at=AT) == 990
    assert ServicePoint.objects.count() == 1
    assert remove_invented(by=SYSTEM, at=AT) == 0


def test_a_stopped_run_leaves_nothing_behind() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        invent_network(scale=SCALE, seed=1, by=SYSTEM, at=AT, say=stop)
    assert not ServicePoint.objects.exists()


def test_searches_know_that_the_points_are_gone() -> None:
    picture.forget()
    kept = point(invented=False)
    invent_network(scale=SCALE, seed=1, beside_real=True, by=SYSTEM, at=AT)
    assert len(picture.picture().points) == 991
    remove_invented(by=SYSTEM, at=AT)
    picture._held.asked = 0.0
    assert picture.picture().points.ids.tolist() == [kept.pk]
    picture.forget()


def test_only_the_command_line_makes_it() -> None:
    with pytest.raises(PermissionDenied):
        invent_network(scale=SCALE, seed=1, by=administrator(), at=OPENED_AT)
    with pytest.raises(PermissionDenied):
        remove_invented(by=administrator(), at=OPENED_AT)


def test_the_command_makes_and_removes_it() -> None:
    out = StringIO()
    call_command("network", "generate", "--scale", str(SCALE), "--seed", "2", "--json", stdout=out)
    assert json.loads(out.getvalue())["points"] == 990
    with pytest.raises(SystemExit) as ended:
        call_command("network", "generate", "--scale", str(SCALE))
    assert ended.value.code == 1
    with pytest.raises(CommandError):
        call_command("network", "generate", "--scale", "9")
    call_command("network", "generate", "--remove", stdout=out)
    assert not ServicePoint.objects.exists()


def test_import_and_export_on_the_command_line(tmp_path) -> None:
    point(invented=False)
    path = tmp_path / "out.csv"
    out = StringIO()
    call_command("network", "points", "export", str(path), "--region", "140581", "--json", stdout=out)
    assert json.loads(out.getvalue())["points"] == 1
    path.write_text(path.read_text("utf-8-sig").replace("0356-0000000", "12348"))
    out = StringIO()
    call_command("network", "points", "import", str(path), "--dry-run", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["changed"], told["imported"]) == (1, None)
    call_command("network", "points", "import", str(path), stdout=StringIO())
    assert ServicePoint.objects.get().phone == "12348"
    path.write_text(path.read_text().replace("12348", "call me"))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("network", "points", "import", str(path), "--json", stdout=out)
    assert ended.value.code == 1
    assert json.loads(out.getvalue())["first"][0]["column"] == "phone"
    for wrong in (["import", str(tmp_path / "none.csv")], ["export", str(tmp_path / "x.txt")],
                  ["export", str(path), "--region", "999999"]):  # fmt: skip
        with pytest.raises(CommandError):
            call_command("network", "points", *wrong)
