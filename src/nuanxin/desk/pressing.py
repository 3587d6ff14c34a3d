"""What a pressed button comes to: it is done and the person goes on, or the page comes again with why not."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.desk.navigation import frame
from nuanxin.ui.parts import Text


def press(act: Callable[[], object], *, refused: Callable[[str], HttpResponse], to: str) -> HttpResponse:
    """Do it and go on to ``to``. ``refused`` makes the page that says why it was not done, from the sentence in the
    reader's language. Raises PermissionDenied for who may not."""
    try:
        act()
    except NotPermitted as fault:
        raise PermissionDenied from fault
    except Refused as fault:
        return refused(fault.sentence(get_language() or ""))
    return HttpResponseRedirect(to)


def refused_page(asked: StaffRequest, title: Text, why: str) -> HttpResponse:
    """A page of its own for a button of the console, whose page would lose what is typed in the record."""
    context = frame(asked, title=title, current="hotline") | {"refusal": why}
    return render(asked, "desk/hotline/refused.html", context, status=409)
