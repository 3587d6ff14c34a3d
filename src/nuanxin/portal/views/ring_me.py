"""Ring me back: ask, keep the code, choose another time, call it off. Nothing here says what is known of a telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuanxin.accounts import throttle
from nuanxin.accounts.throttle import RetryAfter
from nuanxin.audit.actor import NOWHERE, WORKER, Actor, Role
from nuanxin.cases.actions.submit import KeyReused
from nuanxin.cases.codes import follow_code
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions import ask_call_back, cancel, change_slot
from nuanxin.hotline.models import CallBack
from nuanxin.hotline.queries.callbacks import opened_by, slots_for
from nuanxin.hotline.rules.callbacks import SHANGHAI, SLOT, Slot, Status
from nuanxin.hotline.rules.promising import Door, Ended
from nuanxin.portal import access
from nuanxin.portal.forms.ring_me import MyCallBackForm, RingMeForm, as_sent, as_slot
from nuanxin.portal.pages import address, at, language, public, show, today, too_often, too_often_words
from nuanxin.portal.views.short import page_key, page_token
from nuanxin.ui import wording

Rest = ParamSpec("Rest")
FAILURES, WINDOW = 10, timedelta(minutes=15)  # of one address, and of one telephone
BUCKET = "portal.ring.code"


@dataclass(frozen=True, slots=True)
class Time:
    """One half-hour to choose."""

    value: str
    clock: str
    left: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The half-hours of one day; ``shown``: the chosen one is among them."""

    name: str
    times: list[Time]
    shown: bool


@public("anybody may ask to be rung back")
@require_http_methods(["GET", "HEAD", "POST"])
def ring_me(request: HttpRequest) -> HttpResponseBase:
    """Ask."""
    moment = at(request)
    if request.method != "POST":
        return _page(request, RingMeForm(today=today(request), at=moment, kept={"once": page_token()}))
    form = RingMeForm(request.POST, today=today(request), at=moment)
    ready = form.is_valid()
    if request.POST.get("go") != "on":
        form.errors.clear()  # looking for a place or for times is no attempt to send
        return _page(request, form)
    if not ready or form.again:
        return _page(request, form)
    wish = form.wish()
    wait = too_often(request, wish.phone)
    if wait is not None:
        form.add_error(None, too_often_words(wait))
        return _page(request, form, wait)
    try:
        row = ask_call_back(door=Door.WEB, wish=wish, by=WORKER, at=moment, key=page_key(form))
    except KeyReused:
        return _again(request, form)
    except Refused as refused:
        form.add_error("slot" if refused.code == "slot_gone" else None, refused.sentence(language()))
        return _page(request, form)
    return _opened(request, row.pk)


def _again(request: HttpRequest, form: RingMeForm) -> HttpResponse:
    words = _(
        "You have sent this page before, with other words. If you want to send it once more, press the button again."
    )
    form.add_error(None, words)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["once"] = page_token()  # type: ignore[index]
    return _page(request, form)


def _opened(request: HttpRequest, call_back: int) -> HttpResponse:
    response = redirect("portal:ring_me_receipt")
    access.grant_ring(response, call_back, at(request))
    return response


def _page(request: HttpRequest, form: RingMeForm, wait: RetryAfter | None = None) -> HttpResponse:
    offered = form.offered()
    chosen = str(form.data.get("slot", "")) if form.is_bound else ""
    context = {
        "form": form, "days": days(offered, chosen, at(request)), "chosen": chosen,
        "soonest": span(offered[0].start, at(request)) if offered else "",
        "place": [form[name] for name in ("where", "spot", "province", "city", "county") if name in form.fields],
        "contact": [form[name] for name in form.CONTACT],
    }  # fmt: skip
    return show(request, "portal/ring_me.html", context, wait=wait)


def days(offered: Sequence[Slot], chosen: str, now: datetime) -> list[Day]:
    """The half-hours by day, as the page shows them."""
    found = []
    for _date, slots in groupby(offered, key=lambda one: one.start.date()):
        times = [
            Time(as_sent(s.start), f"{s.start:%H:%M}", s.left, as_sent(s.start) == chosen) for s in slots
        ]
        found.append(Day(_day_name(times[0].value, now), times, any(time.chosen for time in times)))
    return found


def _day_name(value: str, now: datetime) -> str:
    day, local = datetime.fromisoformat(value).date(), now.astimezone(SHANGHAI)
    name = wording.day(day, language(), local.year)
    ahead = (day - local.date()).days
    if ahead == 0:
        return _("Today, %(day)s") % {"day": name}
    return _("Tomorrow, %(day)s") % {"day": name} if ahead == 1 else name


def span(start: datetime, now: datetime) -> str:
    """Today, 18 March 11:30–12:00."""
    begins, ends = start.astimezone(SHANGHAI), (start + SLOT).astimezone(SHANGHAI)
    return f"{_day_name(as_sent(start), now)} {begins:%H:%M}–{ends:%H:%M}"


Mine = Callable[Concatenate[HttpRequest, CallBack, Rest], HttpResponseBase]


def _with_mine(view: Mine[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Give a page the call-back that is open on this phone; otherwise ask for telephone and code."""

    def page(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        row = CallBack.objects.filter(pk=access.read_ring(request, at(request))).first()
        return redirect("portal:ring_me_mine") if row is None else view(request, row, *args, **kwargs)

    page.__name__ = view.__name__
    page.__doc__ = view.__doc__
    return page


@public("whoever has asked or has shown the code, by the signed cookie")
@require_safe
@_with_mine
def receipt(request: HttpRequest, row: CallBack) -> HttpResponseBase:
    """When we ring, and the code by which it is changed."""
    return _receipt(request, row)


def _receipt(request: HttpRequest, row: CallBack, fault: str = "") -> HttpResponse:
    now = at(request)
    off = row.status == Status.CANCELLED and row.ended == Ended.PERSON
    over = off or row.status in {Status.REACHED, Status.UNREACHED}
    offered = () if over else slots_for(row.place, row.topic, row.language, "", now)
    context = {
        "row": row, "off": off, "over": over, "reached": row.status == Status.REACHED, "fault": fault,
        "code": follow_code(row.pk), "when": span(row.told_at, now) if row.told_at else "",
        "tried": row.counted, "days": days(offered, as_sent(row.told_at) if row.told_at else "", now),
        "phone_end": (row.phone or "")[-4:],
    }  # fmt: skip
    return show(request, "portal/ring_me_receipt.html", context)


@public("telephone and code open one call-back")
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponseBase:
    """Ask for telephone and code. A wrong telephone and a wrong code get the same answer."""
    form = MyCallBackForm(request.POST or None, today=today(request))
    if request.method != "POST" or not form.is_valid():
        return show(request, "portal/ring_me_mine.html", {"form": form})
    phone, code, now = form.cleaned_data["phone"], form.cleaned_data["code"], at(request)
    keys = (f"address {address(request)}", f"phone {phone}")
    for key in keys:
        wait = throttle.over(BUCKET, key, limit=FAILURES, window=WINDOW, at=now)
        if wait is not None:
            form.add_error(None, too_often_words(wait))
            return show(request, "portal/ring_me_mine.html", {"form": form}, wait=wait)
    row = opened_by(phone, code, now)
    if row is not None:
        return _opened(request, row.pk)
    for key in keys:
        throttle.check(BUCKET, key, limit=FAILURES, window=WINDOW, at=now)
    form.add_error(None, _("Telephone or code is not right. Please check each figure, or ring 12348."))
    return show(request, "portal/ring_me_mine.html", {"form": form})


@public("whoever has asked or has shown the code, by the signed cookie")
@require_POST
@_with_mine
def change(request: HttpRequest, row: CallBack) -> HttpResponseBase:
    """Another time, or none."""
    by = Actor("worker", row.pk, frozenset({str(Role.WORKER)}), NOWHERE)
    try:
        if request.POST.get("do") == "off":
            cancel(call_back_id=row.pk, reason=Ended.PERSON, by=by, at=at(request))
        else:
            slot = as_slot(str(request.POST.get("slot", ""))[:16])
            change_slot(call_back_id=row.pk, slot=slot, by=by, at=at(request))
    except ValueError:
        return _receipt(request, row, _("Please choose one of these times"))
    except Refused as refused:
        return _receipt(request, row, refused.sentence(language()))
    return redirect("portal:ring_me_receipt")
