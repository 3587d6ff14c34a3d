"""Files of service points: in, after a dry run that lists every fault; and out."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.forms.points import FileForm, read_place
from nuanxin.desk.navigation import frame
from nuanxin.desk.speech import said
from nuanxin.desk.views.points import KEEPERS, within_of
from nuanxin.network.actions.point_import import NotFit, Outdated, publish_import
from nuanxin.network.point_files.export import csv_pieces, points_within
from nuanxin.network.point_files.staging import Options, Staged, discard, read_staged, stage
from nuanxin.network.point_lists import reach
from nuanxin.network.rules.coordinates import System
from nuanxin.network.rules.point_columns import column_label

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000  # in a request; more come in by the command line
MOST_UNPACKED = 200 * 1024 * 1024
_KEY = re.compile(r"[0-9a-f]{32}")


@guarded(*KEEPERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is checked, and nothing is written yet."""
    asked = cast(StaffRequest, request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > MOST_BYTES:
            form.add_error(
                "file", _("The file is larger than 10 MB. Split it, or use nuanxin network points import.")
            )
        else:
            return HttpResponseRedirect(reverse("desk:points_report", args=[_staged(asked, form).key]))
    context = frame(asked, title=_("Bring in points from a file"), current="points") | {"form": form}
    return render(request, "desk/points/import.html", context, status=422 if form.is_bound else 200)


def _staged(asked: StaffRequest, form: FileForm) -> Staged:
    told = form.cleaned_data
    options = Options(System(told["system"] or System.WGS84), told["source"], MOST_ROWS, MOST_UNPACKED)
    with tempfile.NamedTemporaryFile(prefix="points-") as held:
        for piece in told["file"].chunks():
            held.write(piece)
        held.flush()
        today = asked.at.astimezone(SHANGHAI).date()
        return stage(Path(held.name), options, by=asked.actor, today=today)


@guarded(*KEEPERS, scope="reference")
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, key: str) -> HttpResponse:
    """What the dry run found; bring in what is good, or drop it."""
    asked = cast(StaffRequest, request)
    staged = _own(asked, key)
    outdated = False
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "drop":
            discard(key)
            return HttpResponseRedirect(reverse("desk:points_import"))
        try:
            counts = publish_import(staged, by=asked.actor, at=asked.at, skip_faults=do == "skip")
        except NotFit:
            raise Http404 from None
        except (Outdated, PermissionDenied):
            outdated = True
        else:
            discard(key)
            done = f"?created={counts.created}&changed={counts.changed}"
            return HttpResponseRedirect(reverse("desk:points_imported") + done)
    report = staged.report
    context = frame(asked, title=_("What the file holds"), current="points") | {
        "report": report,
        "key": key,
        "outdated": outdated,
        "faults": [
            (fault, said(*column_label(fault.column)), said(fault.zh, fault.en)) for fault in report.first
        ],
        "file_fault": said(report.file_fault["zh"], report.file_fault["en"]) if report.file_fault else "",
        "writes": report.created + report.changed,
    }
    return render(request, "desk/points/report.html", context, status=409 if outdated else 200)


@guarded(*KEEPERS, scope="reference")
@require_safe
def imported_page(request: HttpRequest) -> HttpResponse:
    """What came of it."""
    asked = cast(StaffRequest, request)
    context = frame(asked, title=_("Points were brought in"), current="points")
    for name in ("created", "changed"):
        text = request.GET.get(name, "")
        context[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return render(request, "desk/points/imported.html", context)


@guarded(*KEEPERS, scope="reference")
@require_safe
def faults_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Every fault of a dry run, as CSV."""
    staged = _own(cast(StaffRequest, request), key)
    try:
        listed = staged.faults_file.open("rb")
    except FileNotFoundError:  # the file could not be read at all
        raise Http404 from None
    return FileResponse(listed, as_attachment=True, filename="faults.csv", content_type="text/csv")


@guarded(*KEEPERS, scope="reference")
@require_safe
def export_file(request: HttpRequest) -> HttpResponseBase:
    """The points of the actor's region as CSV; with ``region``, of a part of it."""
    asked = cast(StaffRequest, request)
    low, high = reach(asked.actor)
    try:
        part = within_of(read_place(request.GET["region"])) if request.GET.get("region") else None
    except ValidationError as unknown:
        return HttpResponse(unknown.messages[0], status=422, content_type="text/plain; charset=utf-8")
    if part is not None:
        low, high = max(low, part[0]), min(high, part[1])
    answer = StreamingHttpResponse(csv_pieces(points_within(low, high)), content_type="text/csv")
    answer["Content-Disposition"] = 'attachment; filename="points.csv"'
    return answer


def _own(asked: StaffRequest, key: str) -> Staged:
    """A run of the person's own; any other is not found."""
    staged = read_staged(key) if _KEY.fullmatch(key) else None
    if staged is None or staged.owner != asked.actor.id:
        raise Http404
    return staged
