"""The form of a list of workers: pasted, or a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.rules.roster import BadRoster
from nuanxin.cases.spreadsheet import MOST_BYTES, BadSheet, Sheet, is_spreadsheet, read_sheet
from nuanxin.desk.forms.moves import MoveForm
from nuanxin.desk.speech import said


class RosterForm(MoveForm):
    """The list of workers: pasted, or a file. Its rows are read by ``cases.actions.roster``."""

    template_name_label = "desk/parts/label.html"
    table = forms.CharField(
        label=gettext_lazy("Paste the list"), required=False, strip=False, max_length=5_000_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "data-private": ""}),
        help_text=gettext_lazy(
            "One worker a line: name, telephone, resident ID, amount. With headings the order is free; only the name is needed."
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"), required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        help_text=gettext_lazy("A spreadsheet (.xlsx), CSV or tab-separated text. The first sheet is read."),
    )  # fmt: skip
    sure = forms.CharField(
        label=gettext_lazy("The figures are right: say why"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("It stays on the record with your name."),
    )  # fmt: skip
    field_order = ("table", "file", "sure")
    sheet: Sheet | None = None  # the spreadsheet that was chosen
    bad: BadRoster | None = None  # its headings are not known

    def clean_file(self) -> str:
        """The file as text: a spreadsheet turned into it, UTF-8, or what a Chinese spreadsheet writes."""
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        body: bytes = file.read(MOST_BYTES + 1)
        if is_spreadsheet(body) or len(body) > MOST_BYTES:
            try:
                self.sheet = read_sheet(body)
            except BadSheet as bad:
                raise forms.ValidationError(said(bad.zh, bad.en), code=bad.code) from bad
            except BadRoster as bad:
                self.bad = bad
                return " "
            return self.sheet.text
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return body.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError(_("This file is no text. Save the sheet as CSV and choose it again."))

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or self.cleaned_data
        if "file" not in self.errors and not (cleaned.get("file") or str(cleaned.get("table", "")).strip()):
            self.add_error("table", _("Paste the list, or choose a file."))
        return cleaned

    def text(self) -> str:
        """The table as text; the file where one was chosen."""
        return str(self.cleaned_data.get("file") or self.cleaned_data.get("table") or "")
