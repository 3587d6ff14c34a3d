"""``GET /points/nearest``: help near a position, for programs. Public; the position is neither kept nor logged."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router, Schema
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from nuanxin.accounts import throttle
from nuanxin.accounts.address import address_group, client_address
from nuanxin.accounts.guards import public_route
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.network.finding import Mode, Spot, nearest
from nuanxin.network.rules.coordinates import coordinate_fault
from nuanxin.network.rules.hours import CHINA
from nuanxin.network.rules.land import EAST, NORTH, SOUTH, WEST
from nuanxin.network.rules.points import LANGUAGES, SERVICES, Kind, Need
from nuanxin.ui.problems import Fault, Problem, Strict, responses

router = Router(tags=["points"])
MOST = 50
# A building site shares one address, so the limit for it is wide.
PER_ADDRESS, WINDOW = 1200, timedelta(hours=1)
YEARS = (2000, 2100)
SEVERAL = frozenset({"service", "kind"})  # what may be given more than once


def _fault(code: str, zh: str, en: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{en}", {"zh": zh, "en": en})


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise _fault("not_on_earth", "这里要填经度（度）。", "This must be a longitude in degrees.")
    return value


def _in_country(lat: float, info: ValidationInfo) -> float:
    """Both numbers together: swapped ones are named as such."""
    lon = info.data.get("lon")
    fault = coordinate_fault(lon, lat) if lon is not None else None
    if fault is not None:
        raise _fault(fault.code, fault.zh, fault.en)
    return lat


def _plus(value: Any) -> Any:
    """A plus sign that an address turned into a blank is a plus sign again."""
    return (
        value.replace(" ", "+")
        if isinstance(value, str) and value.count(" ") == 1 and "T" in value
        else value
    )


def _moment(value: datetime) -> datetime:
    if not YEARS[0] <= value.year < YEARS[1]:
        raise _fault("invalid_moment", "时间不对，请核对。", "Not a moment of this century; check it.")
    return value if value.tzinfo else value.replace(tzinfo=CHINA)


def _known(known: Collection[str], values: Collection[str]) -> None:
    for value in values:
        if value not in known:
            listed = ", ".join(known)
            raise _fault("unknown_value", f"只能填：{listed}。", f"Must be one of: {listed}.")


def _services(values: list[str]) -> list[str]:
    _known(SERVICES, values)
    return values


def _language(value: str) -> str:
    _known(LANGUAGES, [value] if value else [])
    return value


class NearestIn(Strict):
    """What is asked. The bounds of the country are checked together, so that swapped coordinates are named."""

    lon: Annotated[float, AfterValidator(_finite), Field(
        description="degrees east, WGS-84", json_schema_extra={"minimum": WEST, "maximum": EAST})]  # fmt: skip
    lat: Annotated[float, AfterValidator(_in_country), Field(
        description="degrees north, WGS-84", json_schema_extra={"minimum": SOUTH, "maximum": NORTH})]  # fmt: skip
    k: int = Field(5, ge=1, le=MOST, description="how many points")
    mode: Mode = Field(Mode.WALK, description="how one travels; bus is a usual pace, without timetable")
    at: Annotated[datetime | None, BeforeValidator(_plus), AfterValidator(lambda v: v and _moment(v))] = (
        Field(
            None,
            description="a moment with its offset; without one, Asia/Shanghai. Given, only what is open then",
        )
    )
    open: bool | None = Field(
        None, description="only what is open at `at` (now where it is not given), or all"
    )
    service: Annotated[list[str], AfterValidator(_services)] = Field(
        [],
        max_length=24,
        description="all of these",
        json_schema_extra={"items": {"enum": [*SERVICES], "type": "string"}},
    )
    language: Annotated[str, AfterValidator(_language)] = Field(
        "", description="spoken there", json_schema_extra={"enum": [*LANGUAGES]}
    )
    step_free: bool = Field(False, description="only without steps")
    kind: list[Kind] = Field([], max_length=8, description="any of these")

    @property
    def need(self) -> Need:
        """What a point must offer."""
        return Need(
            kinds=frozenset(self.kind),
            services=frozenset(self.service),
            language=self.language,
            step_free=self.step_free,
            open_now=self.open if self.open is not None else self.at is not None,
        )


class PointOut(Schema):
    """One point. ``minutes``: by the asked mode; ``estimate``: how they were found; ``open_until``: null while
    closed, and where it never closes."""

    id: int
    name: str
    kind: Kind
    minutes: int
    estimate: Literal["road", "straight_line"]
    distance_m: int
    open_until: datetime | None
    phone: str
    lon: float
    lat: float


class NearestOut(Schema):
    """The points, nearest first."""

    points: list[PointOut]


@router.get(
    "/nearest",
    auth=None,
    response=responses({200: NearestOut}, 429),
    summary="Help near a position",
    description="Nearest by travel time. A straight-line estimate is marked as such.",
)
@public_route("anybody may look for help near them; a position is never kept")
def nearest_points(request: HttpRequest, asked: Query[NearestIn]) -> HttpResponse:
    """200 with up to ``k`` points; 422 with every fault of the question."""
    came = cast(PlatformRequest, request)
    _check_names(request)
    address = address_group(client_address(request))
    wait = throttle.check("points.address", address, limit=PER_ADDRESS, window=WINDOW, at=came.at)
    if wait is not None:
        raise Problem(
            429, "too_many", "Too many questions from here. Wait, or ring 12348.",
            zh="从这里问得太多了，请稍后再试，或者打 12348。", headers={"Retry-After": str(wait.seconds)},
        )  # fmt: skip
    spots = nearest(
        lon=asked.lon, lat=asked.lat, k=asked.k, need=asked.need, mode=asked.mode, at=asked.at or came.at
    )
    english = (get_language() or "").startswith("en")
    body = {"points": [point_body(spot, english=english) for spot in spots]}
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json", headers={"Cache-Control": "no-store"})


def _check_names(request: HttpRequest) -> None:
    """A misspelt wish, or one of two that contradict each other, must not be lost in silence. Raises Problem."""
    told = [
        Fault(
            f"/query/{name[:40]}", "unknown_key", "没有这一项，请删去。", "There is no such key; remove it."
        )
        for name in sorted(set(request.GET) - set(NearestIn.model_fields))
    ] + [
        Fault(f"/query/{name}", "given_twice", "这一项只能写一次。", "Give this only once.")
        for name in NearestIn.model_fields
        if name not in SEVERAL and len(request.GET.getlist(name)) > 1
    ]
    if told:
        raise Problem(422, "invalid_request", "The request has faults.", told)


def point_body(spot: Spot, *, english: bool = False) -> dict[str, Any]:
    """A point as the contract names its members."""
    point, until = spot.point, spot.open_until
    return {
        "id": point.pk,
        "name": (english and point.name_en) or point.name_zh,
        "kind": point.kind,
        "minutes": spot.minutes,
        "estimate": spot.estimate,
        "distance_m": spot.distance_m,
        "open_until": until.astimezone(CHINA).isoformat() if until else None,
        "phone": point.phone,
        "lon": point.lon,
        "lat": point.lat,
    }
