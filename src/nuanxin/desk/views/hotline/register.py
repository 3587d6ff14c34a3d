"""The register of the hotline for administrators: exchanges, desks, who sits where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.faults import Refused
from nuanxin.desk.forms.hotline_register import (
    CloseForm,
    DeskForm,
    ExchangeForm,
    RegisterForm,
    SeatForm,
)
from nuanxin.desk.navigation import frame
from nuanxin.desk.speech import between, said
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline import STATES, TOPICS
from nuanxin.desk.wording.hotline_register import DESK_KINDS, EXCHANGE_KINDS, desk_name, place_name
from nuanxin.hotline import actions
from nuanxin.hotline.actions import telephones
from nuanxin.hotline.models import Desk, Exchange, OperatorState
from nuanxin.hotline.queries.register import desks_kept, exchanges_kept, seats_kept
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.parts import Text

KEEPER = Role.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of the register: where it leads, its name, the cells behind it, whether it is in use."""

    url: str
    name: Text
    cells: tuple[Text, ...]
    active: bool = True


@guarded(KEEPER, scope="reference")
@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """Exchanges, desks and seats of the region."""
    asked = cast(StaffRequest, request)
    by = asked.actor
    seats = list(seats_kept(by))
    context = _frame(asked, _("Hotline register")) | {
        "exchanges": [_exchange_row(one) for one in exchanges_kept(by)],
        "desks": [_desk_row(one) for one in desks_kept(by)],
        "seats": _seat_rows(seats),
        "done": "done" in request.GET,
    }
    return render(request, "desk/hotline/register.html", context)


@guarded(KEEPER, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def exchange_page(request: HttpRequest, exchange_id: int = 0) -> HttpResponse:
    """One exchange, or a new one."""
    asked = cast(StaffRequest, request)
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    row = _found(exchanges_kept(asked.actor).filter(pk=exchange_id)) if exchange_id else None
    form = ExchangeForm(request.POST or None, row=row, **who)

    def act(told: Mapping[str, Any]) -> None:
        given = {**told, "kind": Exchange.Kind(told["kind"]), **who}
        address = given.pop("web_socket")
        kept = actions.alter_exchange(row.pk, **given) if row else actions.register_exchange(**given)
        telephones.set_web_socket(exchange=kept, address=address, **who)

    return _edit(asked, form, act, title=row.label if row else _("New exchange"))


@guarded(KEEPER, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def desk_page(request: HttpRequest, desk_id: int = 0) -> HttpResponse:
    """One desk, or a new one; the open one can be closed, the closed one opened again."""
    asked = cast(StaffRequest, request)
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    row = _found(desks_kept(asked.actor).filter(pk=desk_id)) if desk_id else None
    do = request.POST.get("do", "save")
    form = DeskForm((request.POST or None) if do == "save" else None, by=asked.actor, row=row)
    close = None
    if row is not None and row.active:
        close = CloseForm((request.POST or None) if do == "close" else None, by=asked.actor, row=row)

    def save(told: Mapping[str, Any]) -> None:
        if row is None:
            kept = exchanges_kept(asked.actor)
            actions.open_desk(**{**told, "exchange": kept.get(pk=told["exchange"]), **who})
        else:
            actions.alter_desk(row.pk, **told, **who)

    def shut(told: Mapping[str, Any]) -> None:
        actions.close_desk(desk_id, to=told["to"] or 0, by=asked.actor, at=asked.at)

    def reopen(_told: Mapping[str, Any]) -> None:
        actions.reopen_desk(desk_id, by=asked.actor, at=asked.at)

    page: dict[str, Any] = {
        "title": desk_name(row) if row else _("New desk"),
        "shown": form, "close": close, "closed": row is not None and not row.active,
    }  # fmt: skip
    if do == "close" and close is not None:
        return _edit(asked, close, shut, **page)
    if do == "reopen" and row is not None:
        return _edit(asked, RegisterForm({}), reopen, **page)
    return _edit(asked, form, save, **page)


@guarded(KEEPER, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def seat_page(request: HttpRequest, staff_id: int = 0) -> HttpResponse:
    """Where one person sits, or a seat for somebody new."""
    asked = cast(StaffRequest, request)
    who: dict[str, Any] = {"by": asked.actor, "at": asked.at}
    row = _found(seats_kept(asked.actor).filter(staff=staff_id)) if staff_id else None
    remove = request.POST.get("do") == "remove" and row is not None
    form = SeatForm(None if remove else request.POST or None, row=row, **who)

    def save(told: Mapping[str, Any]) -> None:
        desk = desks_kept(asked.actor).get(pk=told["desk"])
        telephones.seat_with_telephone(**{"staff": staff_id, **told, "desk": desk, **who})

    def gone(_told: Mapping[str, Any]) -> None:
        actions.remove_operator(staff=staff_id, by=asked.actor, at=asked.at)

    title = names_of([staff_id]).get(staff_id, str(staff_id)) if row else _("New seat")
    if remove:
        return _edit(asked, RegisterForm({}), gone, title=title, shown=form, seat=row)
    return _edit(asked, form, save, title=title, seat=row)


def _edit(
    asked: StaffRequest, form: RegisterForm, act: Callable[[Mapping[str, Any]], object], *, title: Text,
    shown: RegisterForm | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Carry out what a form says, or show it with every fault and all that was typed. ``shown``: the main form of
    the page where another one was sent."""
    if asked.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
            return HttpResponseRedirect(reverse("desk:hotline_register") + "?done")
        except Refused as fault:
            form.refused(fault)
    context = _frame(asked, title) | {"form": shown or form, "sent": form, **more}
    return render(asked, "desk/hotline/edit.html", context, status=422 if form.errors else 200)


def _frame(asked: StaffRequest, title: Text) -> dict[str, Any]:
    tab = tabs(asked.actor, "hotline_register")
    return frame(asked, title=title, current="hotline_register") | {"tabs": tab}


def _found(rows: Any) -> Any:
    """The one row; what is out of reach is not found."""
    row = rows.first()
    if row is None:
        raise Http404
    return row


def _exchange_row(one: Exchange) -> Row:
    cells = (place_name(one.region), EXCHANGE_KINDS[one.kind])
    return Row(reverse("desk:hotline_exchange", args=[one.pk]), one.label, cells, one.active)


def _desk_row(one: Desk) -> Row:
    spoken = [said(LANGUAGES[code].zh, LANGUAGES[code].en) for code in one.languages if code in LANGUAGES]
    topics = [str(TOPICS[code]) for code in one.topics if code in TOPICS]
    people = getattr(one, "people", 0)
    return Row(
        reverse("desk:hotline_desk", args=[one.pk]), desk_name(one),
        (
            DESK_KINDS[one.kind], place_name(one.region), between().join(spoken),
            between().join(topics) or _("all topics"), one.hours or _("round the clock"),
            ngettext("%(n)d person", "%(n)d people", people) % {"n": people},
        ),
        one.active,
    )  # fmt: skip


def _seat_rows(seats: list[OperatorState]) -> list[Row]:
    names = names_of(seat.staff for seat in seats)
    return [
        Row(
            reverse("desk:hotline_seat", args=[seat.staff]), names.get(seat.staff, str(seat.staff)),
            (desk_name(seat.desk), seat.extension, _("lawyer") if seat.lawyer else "", STATES[seat.state]),
        )
        for seat in seats
    ]  # fmt: skip
