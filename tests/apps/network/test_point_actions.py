"""Changes of service points: allowed, checked with every fault, versioned, on the record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from nuanxin.audit.actor import NATION, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.network.actions import (
    alter_point,
    end_point,
    merge_point,
    open_point,
    set_exception,
)
from nuanxin.network.models import PointChange, PointException, ServicePoint
from tests.factories.agency import OPENED_AT, administrator
from tests.factories.points import GAOPING, LAT, LON

pytestmark = pytest.mark.django_db
BY = administrator()


def point_fields(**changes: Any) -> Any:
    """A workstation in Gaoping, with what a test changes."""
    fields: Any = {
        "name_zh": "南城街道法律援助工作站", "kind": "workstation", "place": GAOPING, "lon": LON, "lat": LAT,
        "phone": "0356-5550201", "hours": "Mo-Fr 09:00-12:00,14:00-17:30", "services": 0b11, "languages": 1,
    }  # fmt: skip
    return {**fields, **changes}


def service_point(by: Actor = BY, **changes: Any) -> ServicePoint:
    return open_point(by=by, at=OPENED_AT, **point_fields(**changes))


def latest() -> int:
    return max(PointChange.objects.values_list("last", flat=True), default=0)


JINCHENG = (140500_000000, 140599_999999)


def kinds() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def test_a_point_is_opened_with_a_version_and_an_event_without_free_text() -> None:
    point = service_point(hours="Mo-Fr 9:00-17:00")
    assert (point.version, point.hours, point.active) == (1, "Mo-Fr 09:00-17:00; PH off", True)
    event = Event.objects.get(kind="point.opened")
    assert event.payload == {
        "point": point.pk,
        "place": GAOPING,
        "active": True,
        "version": 1,
    }


def test_every_fault_comes_at_its_field_in_the_language_of_the_page() -> None:
    for lang, sentence in (("zh-hans", "没有这种网点类型"), ("en", "No such kind")):
        with translation.override(lang), pytest.raises(ValidationError) as raised:
            service_point(kind="shop", phone="?", lon=35.8, lat=112.92)
        assert set(raised.value.message_dict) == {"kind", "phone", "lon"}
        assert sentence in raised.value.message_dict["kind"][0]
    assert not ServicePoint.objects.exists()
    assert latest() == 0


@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        (Role.CLERK, JINCHENG, True),
        (Role.DECIDER, JINCHENG, True),
        (Role.ADMINISTRATOR, NATION, True),
        (Role.CLERK, NATION, False),  # of the national desk, not of the whole nation
        (Role.CLERK, (140400_000000, 140499_999999), False),
        (Role.LAWYER, JINCHENG, False),
        (Role.SUPERVISOR, NATION, False),
    ],
)
def test_an_agencys_staff_and_its_administrators_keep_the_points_of_their_region(
    role: str, scope: tuple[int, int], allowed: bool
) -> None:
    by = Actor("staff", 3, frozenset({role}), scope)
    if allowed:
        assert service_point(by).pk
        return
    with pytest.raises(PermissionDenied):
        service_point(by)
    point = service_point()
    for change in (
        lambda: alter_point(point.pk, phone="12348", by=by, at=OPENED_AT),
        lambda: end_point(point.pk, by=by, at=OPENED_AT),
        lambda: set_exception(point.pk, day=date(2026, 3, 3), hours="", by=by, at=OPENED_AT),
        lambda: merge_point(point.pk, into=point.pk, by=by, at=OPENED_AT),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_a_point_may_not_be_moved_out_of_the_actors_region() -> None:
    by = Actor("staff", 3, frozenset({Role.CLERK}), JINCHENG)
    point = service_point(by)
    with pytest.raises(PermissionDenied):
        alter_point(point.pk, place=140105_000000, lon=112.56, lat=37.82, by=by, at=OPENED_AT)


def test_each_change_takes_the_next_version_and_no_change_takes_none() -> None:
    first, second = service_point(), service_point(name_zh="北城街道联络点")
    same = alter_point(first.pk, phone=first.phone, hours="Mo-Fr 9:00-12:00,14:00-17:30", by=BY, at=OPENED_AT)
    assert same.version == 1
    assert alter_point(first.pk, phone="12348", by=BY, at=OPENED_AT).version == 3
    assert end_point(second.pk, by=BY, at=OPENED_AT).version == 4
    assert end_point(second.pk, by=BY, at=OPENED_AT).version == 4
    assert end_point(second.pk, reopen=True, by=BY, at=OPENED_AT).version == 5
    assert latest() == 5
    assert kinds() == ["point.opened", "point.opened", "point.altered", "point.altered", "point.altered"]
    assert Event.objects.get(seq=3).payload["fields"] == ["phone"]


def test_nobody_overwrites_what_they_have_not_seen() -> None:
    point = service_point()
    alter_point(point.pk, phone="12348", seen=1, by=BY, at=OPENED_AT)
    with pytest.raises(ValidationError, match="since you opened it"), translation.override("en"):
        alter_point(point.pk, phone="12333", seen=1, by=BY, at=OPENED_AT)


def test_a_double_entry_ends_in_favour_of_the_other_and_may_come_back() -> None:
    kept, double = service_point(), service_point()
    ended = merge_point(double.pk, into=kept.pk, by=BY, at=OPENED_AT)
    assert (ended.active, ended.merged_into) == (False, kept)
    assert Event.objects.get(kind="point.merged").payload["into"] == kept.pk
    for wrong, into in ((double.pk, kept.pk), (kept.pk, kept.pk), (kept.pk, double.pk)):
        with pytest.raises(ValidationError):
            merge_point(wrong, into=into, by=BY, at=OPENED_AT)
    assert end_point(double.pk, reopen=True, by=BY, at=OPENED_AT).merged_into is None


def test_an_exception_is_one_row_a_day_and_bumps_the_version_of_its_point() -> None:
    point, day = service_point(), date(2026, 3, 5)
    set_exception(point.pk, day=day, hours="", note="培训", by=BY, at=OPENED_AT)
    row = set_exception(point.pk, day=day, hours="9:00-11:00", by=BY, at=OPENED_AT)
    assert row is not None
    assert (row.hours, PointException.objects.count()) == ("09:00-11:00", 1)
    for wrong in ("17:00-09:00", "Mo 09:00-10:00"):
        with pytest.raises(ValidationError) as raised:
            set_exception(point.pk, day=day, hours=wrong, by=BY, at=OPENED_AT)
        assert set(raised.value.message_dict) == {"hours"}
    for slip in (date(2026, 3, 1), date(1, 1, 1), date(2028, 3, 3), date(9999, 12, 31)):  # it is 2 March 2026
        with pytest.raises(ValidationError) as raised:
            set_exception(point.pk, day=slip, hours="", by=BY, at=OPENED_AT)
        assert set(raised.value.message_dict) == {"day"}
    set_exception(point.pk, day=day, hours=None, by=BY, at=OPENED_AT)
    set_exception(point.pk, day=day, hours=None, by=BY, at=OPENED_AT)
    point.refresh_from_db()
    assert (point.version, PointException.objects.count()) == (4, 0)


def test_a_key_of_a_source_belongs_to_one_point() -> None:
    service_point(source="province", reference="A7")
    with pytest.raises(ValidationError) as raised:
        open_point(by=BY, at=OPENED_AT, **point_fields(source="province", reference="A7"))
    assert set(raised.value.message_dict) == {"reference"}
