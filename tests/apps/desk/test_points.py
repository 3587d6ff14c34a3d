"""Service points at the desk: found, put on file, changed, ended; a file with its faults; double entries."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.network.models import PointException, ServicePoint
from tests.factories.points import GAOPING, LAT, LON, point
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
FIELDS: dict[str, Any] = {
    "name_zh": "南城街道法律援助工作站", "kind": "workstation", "place": "140581", "lon": "112.92", "lat": "35.80",
    "system": "wgs84", "phone": "0356-5550201", "hours": "Mo-Fr 9:00-17:00", "services": ["consultation", "wage_claims"],
    "languages": ["zh", "ii"],
}  # fmt: skip
HEAD = "名称,类型,地区代码,经度,纬度,服务,电话,来源编号\n"
GOOD = "甲站,工作站,140581,112.92,35.80,consultation,12348,A1\n"


@pytest.fixture
def keeper() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_staff(Role.CLERK))
    return client


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def upload(client: Client, text: str | bytes, **more: str) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post(
        "/desk/points/import/", {"file": SimpleUploadedFile("p.csv", data), "source": "s", **more}
    )


def test_a_point_is_put_on_file_and_changed(keeper: Client) -> None:
    made = keeper.post("/desk/points/new/", FIELDS)
    row = ServicePoint.objects.get()
    assert made["Location"] == f"/desk/points/{row.pk}/"
    assert (row.place, row.services, row.languages, row.hours) == (
        GAOPING,
        3,
        1 | 1 << 10,
        "Mo-Fr 09:00-17:00; PH off",
    )
    page = keeper.get(f"/desk/points/{row.pk}/").content.decode()
    assert 'value="140581"' in page
    answer = keeper.post(
        f"/desk/points/{row.pk}/", {**FIELDS, "phone": "12348", "seen": row.version, "do": "save"}
    )
    assert answer.status_code == 302
    late = keeper.post(
        f"/desk/points/{row.pk}/", {**FIELDS, "phone": "12333", "seen": row.version, "do": "save"}
    )
    assert late.status_code == 422
    assert "since you opened it" in late.content.decode()
    row.refresh_from_db()
    assert row.phone == "12348"


def test_all_faults_stand_at_their_fields_and_what_was_typed_stays(keeper: Client) -> None:
    wrong = {
        **FIELDS,
        "name_zh": "",
        "lon": "35.8",
        "lat": "112.92",
        "hours": "Mo 17:00-09:00",
        "phone": "call",
    }
    answer = keeper.post("/desk/points/new/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    for told in ("Give the name in Chinese", "seem to be swapped", "ends before it begins", "one number"):
        assert told in page
    assert 'value="call"' in page
    assert not ServicePoint.objects.exists()
    for place, told in (
        ("999999", "no region with this code"),
        ("鼓楼区", "Several regions"),
        ("nowhere at all", "no region of this name"),
        ("", "Give the region"),
    ):
        assert told in keeper.post("/desk/points/new/", {**FIELDS, "place": place}).content.decode()


def test_a_position_read_from_another_map_is_kept_as_wgs84(keeper: Client) -> None:
    keeper.post("/desk/points/new/", {**FIELDS, "system": "gcj02"})
    row = ServicePoint.objects.get()
    assert 0.001 < abs(row.lon - 112.92) < 0.02


def test_checked_today_ended_taken_up_again_and_a_day_with_other_hours(keeper: Client) -> None:
    row = point(verified_on=None)
    url, today = f"/desk/points/{row.pk}/", timezone.localdate()
    for do in ("verify", "end"):
        assert keeper.post(url, {"do": do}).status_code == 302
    row.refresh_from_db()
    assert (row.verified_on, row.active) == (today, False)
    assert "Take it up again" in keeper.get(url).content.decode()
    keeper.post(url, {"do": "reopen"})
    day = (today + timedelta(days=3)).isoformat()
    assert (
        keeper.post(url, {"do": "exception", "day": day, "day_hours": "", "note": "培训"}).status_code == 302
    )
    assert "closed all day" in keeper.get(url).content.decode()
    bad = keeper.post(url, {"do": "exception", "day": day, "day_hours": "17:00-09:00"})
    assert bad.status_code == 422
    assert "ends before it begins" in bad.content.decode()
    over = keeper.post(url, {"do": "exception", "day": "2020-01-01", "day_hours": ""})
    assert over.status_code == 422
    assert "Choose a day from today on" in over.content.decode()
    keeper.post(url, {"do": "clear", "day": day})
    assert not PointException.objects.exists()
    assert keeper.post(url, {"do": "nonsense"}).status_code == 404
    assert keeper.post(url, {"do": "clear", "day": "never"}).status_code == 404


def test_a_point_that_no_longer_passes_its_checks_says_why_and_may_end(keeper: Client) -> None:
    row = point(verified_on=None)
    ServicePoint.objects.filter(pk=row.pk).update(hours="by appointment")  # as an older release let it in
    url = f"/desk/points/{row.pk}/"
    refused = keeper.post(url, {"do": "verify"})
    assert refused.status_code == 422
    assert "cannot be read" in refused.content.decode()
    assert keeper.post(url, {"do": "end"}).status_code == 302
    assert keeper.post(url, {"do": "reopen"}).status_code == 422
    row.refresh_from_db()
    assert (row.verified_on, row.active) == (None, False)


def test_the_list_is_searched_and_filtered(keeper: Client) -> None:
    point(name_zh="甲站", phone="0356-1111111")
    point(name_zh="乙点", kind="contact_point", verified_on=None)
    point(name_zh="丙站", place=140502_000000, lon=112.85, lat=35.5)  # not in the keeper's county
    asked = {
        "": ("甲站", "乙点"), "?text=甲": ("甲站",), "?text=0356-1": ("甲站",), "?kind=contact_point": ("乙点",),
        "?state=unverified": ("乙点",), "?state=ended": (), "?region=140581": ("甲站", "乙点"), "?after=99999": (),
    }  # fmt: skip
    for query, names in asked.items():
        page = keeper.get(f"/desk/points/{query}").content.decode()
        assert [name for name in ("甲站", "乙点", "丙站") if name in page] == list(names), query
    assert keeper.get("/desk/points/?region=999999").status_code == 422


def test_points_of_another_region_are_not_found(keeper: Client) -> None:
    far = point(place=330106_000000, lon=120.1, lat=30.27)
    assert keeper.get(f"/desk/points/{far.pk}/").status_code == 404
    assert keeper.post(f"/desk/points/{far.pk}/", {"do": "end"}).status_code == 404
    assert keeper.get("/desk/points/99999999999999999999/").status_code == 404
    outside = keeper.post("/desk/points/new/", {**FIELDS, "place": "330106", "lon": "120.1", "lat": "30.27"})
    assert "outside your own" in outside.content.decode()
    assert ServicePoint.objects.get().active


def test_a_file_is_checked_its_faults_are_listed_and_nothing_is_written_before_one_says_so(
    keeper: Client,
) -> None:
    answer = upload(keeper, HEAD + GOOD + "乙站,小卖部,999999,112.92,35.80,consultation,?,A2\n")
    assert answer.status_code == 302
    page = keeper.get(answer["Location"]).content.decode()
    for told in ("小卖部", "No such kind", "no region with this code", "Leave 1 row out", "3 faults"):
        assert told in page, told
    assert "Write 1 point" not in page
    assert not ServicePoint.objects.exists()
    listed = keeper.get(answer["Location"] + "faults/")
    assert listed["Content-Disposition"] == 'attachment; filename="faults.csv"'
    assert text_of(listed).count("\n") == 4
    assert keeper.post(answer["Location"], {"do": "publish"}).status_code == 404  # no such button was there
    done = keeper.post(answer["Location"], {"do": "skip"})
    assert done["Location"].endswith("?created=1&changed=0")
    assert keeper.get(done["Location"]).status_code == 200
    assert Event.objects.get(kind="points.imported").payload["created"] == 1
    assert keeper.get(answer["Location"]).status_code == 404  # it is done with


def test_a_run_belongs_to_the_person_and_may_be_dropped(keeper: Client) -> None:
    answer = upload(keeper, HEAD + GOOD)
    other = Client()
    other.force_login(make_staff(Role.CLERK))
    assert other.get(answer["Location"]).status_code == 404
    assert keeper.post(answer["Location"], {"do": "drop"}).status_code == 302
    assert keeper.get(answer["Location"]).status_code == 404
    assert keeper.get("/desk/points/import/nonsense/").status_code == 404


def test_a_file_that_cannot_be_read_says_why(keeper: Client) -> None:
    for data, told in (
        (b"", "empty"),
        (b"alpha,beta\n1,2\n", "no heading that is known"),
        (b"PK\x03\x04x", "damaged"),
    ):
        answer = upload(keeper, data)
        page = (
            keeper.get(answer["Location"]).content.decode()
            if answer.status_code == 302
            else answer.content.decode()
        )
        assert told in page
        assert "Write" not in page


def test_a_spreadsheet_comes_in_through_the_page(keeper: Client) -> None:
    book, held = Workbook(), BytesIO()
    for line in (HEAD + GOOD).splitlines():
        book.active.append(line.split(","))
    book.save(held)
    answer = upload(keeper, held.getvalue())
    assert "Write 1 point" in keeper.get(answer["Location"]).content.decode()


def test_there_is_no_list_of_faults_where_the_file_was_not_even_begun(keeper: Client) -> None:
    answer = upload(keeper, b"\x00\x01")
    assert keeper.get(answer["Location"] + "faults/").status_code == 404


def test_an_old_check_does_not_overwrite_what_came_since(keeper: Client) -> None:
    answer = upload(keeper, HEAD + GOOD)
    point(source="s", reference="A1")
    late = keeper.post(answer["Location"], {"do": "publish"})
    assert late.status_code == 409
    assert "Nothing was written" in late.content.decode()
    assert ServicePoint.objects.count() == 1


def test_the_region_leaves_as_csv(keeper: Client) -> None:
    point(name_zh="甲站")
    point(name_zh="丙站", place=330106_000000, lon=120.1, lat=30.27)
    text = text_of(keeper.get("/desk/points/export/"))
    assert "甲站" in text
    assert "丙站" not in text
    assert "甲站" not in text_of(keeper.get("/desk/points/export/?region=330106"))
    for unknown in ("999999", "14", "\0", "nowhere"):  # never the whole county instead of what was asked for
        assert keeper.get("/desk/points/export/", {"region": unknown}).status_code == 422


def test_double_entries_are_shown_and_one_is_ended_in_favour_of_the_other(keeper: Client) -> None:
    kept, double = point(name_zh="甲站"), point(name_zh="甲站", lon=LON, lat=LAT)
    page = keeper.get("/desk/points/duplicates/").content.decode()
    assert "the same telephone" in page
    answer = keeper.post("/desk/points/duplicates/", {"keep": kept.pk, "end": double.pk})
    assert answer.status_code == 302
    double.refresh_from_db()
    assert (double.active, double.merged_into) == (False, kept)
    assert "No double entries" in keeper.get("/desk/points/duplicates/").content.decode()
    assert keeper.post("/desk/points/duplicates/", {"keep": kept.pk, "end": double.pk}).status_code == 422
    assert "甲站" in keeper.get(f"/desk/points/{double.pk}/").content.decode()


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LAWYER, Role.SUPERVISOR, Role.PARTNER])
def test_others_do_not_keep_points(role: str) -> None:
    client = Client()
    client.force_login(make_staff(role))
    for address in ("/desk/points/", "/desk/points/new/", "/desk/points/import/", "/desk/points/duplicates/"):
        assert client.get(address).status_code == 403
