"""Forms of the ledger: a whole sum spread over the roster, or an amount for each worker."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.cases.queries.casefile import RosterLine
from nuanxin.cases.rules.ledger import MoneyStep, Way, divide_evenly
from nuanxin.cases.rules.shares import by_weight
from nuanxin.cases.rules.states import ITEMS as ITEM_CODES
from nuanxin.desk.forms.moves import DateForm
from nuanxin.desk.wording.codes import ITEMS, WAYS
from nuanxin.ui.forms import ChoiceField, MoneyField, TickField

MOST_LINES = 200  # more workers than this are paid by a spread, not typed one by one
STEPS: dict[str, MoneyStep] = {
    "record_claim": MoneyStep.CLAIMED,
    "record_award": MoneyStep.AWARDED,
    "record_payment": MoneyStep.PAID,
    "confirm_payment": MoneyStep.CONFIRMED,
}
_WAYS: dict[MoneyStep, tuple[Way, ...]] = {
    MoneyStep.CLAIMED: (Way.STATED, Way.DOCUMENT),
    MoneyStep.AWARDED: (Way.DOCUMENT, Way.STATED),
    MoneyStep.PAID: (Way.DOCUMENT, Way.BANK_PROOF, Way.STATED),
    MoneyStep.CONFIRMED: (Way.PHONE, Way.IN_PERSON, Way.BANK_PROOF),
}


class MoneyForm(DateForm):
    """One step of the money. ``lines`` gives fen by roster number (0 for the group as a whole)."""

    template_name_label = "desk/parts/label.html"  # which amount is needed depends on whom it is for

    spread = ChoiceField(label=gettext_lazy("For whom"), choices=[])
    total = MoneyField(label=gettext_lazy("Whole sum"), required=False, zero=True)
    way = ChoiceField(label=gettext_lazy("How it is known"), choices=[])
    evidence = forms.TypedChoiceField(
        label=gettext_lazy("Which paper shows it"), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("A bank proof must be on file: hand it in with the papers of the case first."),
    )  # fmt: skip
    item = forms.ChoiceField(label=gettext_lazy("For which claim"), required=False)
    correction = TickField(
        label=gettext_lazy("This is a correction: take it away"),
        help_text=gettext_lazy("Lines are never altered; a correction is a line of the opposite sign."),
        required=False,
    )
    sure = forms.CharField(
        label=gettext_lazy("The figure is right: say why"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("It stays on the record with your name."),
    )  # fmt: skip
    field_order = ("spread", "total", "sure", "way", "evidence", "on", "item", "correction")

    def __init__(
        self,
        *args: Any,
        roster: Sequence[RosterLine],
        total: int,
        papers: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if "sure" not in self.data:
            self._sure = self.fields.pop("sure")  # asked for only where the sum is unusual
        self._set("evidence", [("", "—"), *((str(paper), name) for paper, name in papers)])
        self.step = STEPS[self.action]
        self.nothing = self.step is MoneyStep.AWARDED  # an award may give a worker nothing
        total_field = self.fields["total"]
        assert isinstance(total_field, MoneyField)
        total_field.zero = self.nothing
        if self.nothing:
            total_field.help_text = _(
                "Write 0 where the award gave nothing. Leave out who is not decided yet."
            )
        self.roster = [line for line in roster if not line.left or self._answers(line)]
        self.whole = total <= len(
            roster
        )  # every worker is at hand, so that a spread can be shown and checked
        self._offer_choices()
        self.workers = [self._line_field(line) for line in self.roster] if self._typed_lines() else []

    def _answers(self, line: RosterLine) -> bool:
        """Who has left the group still says whether what was paid to them came."""
        return self.step is MoneyStep.CONFIRMED and line.sums.paid > line.sums.confirmed

    def _typed_lines(self) -> bool:
        return 1 < len(self.roster) <= MOST_LINES and self.whole

    def _offer_choices(self) -> None:
        single = len(self.roster) <= 1 and self.case.workers_stated <= 1
        choices: list[tuple[str, Any]] = []
        if single:
            choices = [("one", _("the worker"))]
        else:
            if self.step is MoneyStep.CONFIRMED:
                choices.append(
                    (
                        "outstanding",
                        _("all who did not object: everything that was paid and not confirmed yet"),
                    )
                )
            if len(self.roster) > 1:
                choices.append(("by_claim", _("spread the whole sum by what each claimed")))
                choices.append(("evenly", _("spread the whole sum evenly")))
            if self._typed_lines():
                choices.append(("lines", _("an amount for each worker, below")))
            if self.step in {MoneyStep.CLAIMED, MoneyStep.AWARDED}:
                choices.append(("group", _("the group as a whole, not yet divided")))
        self._set("spread", choices)
        self._set("way", [(way.value, WAYS[way]) for way in _WAYS[self.step]])
        self._set("item", [("", "—"), *((code, ITEMS[code]) for code in ITEM_CODES)])
        if choices:
            self.initial.setdefault("spread", choices[0][0])
        self.initial.setdefault("way", _WAYS[self.step][0].value)
        if single:
            self.fields["spread"].widget = forms.HiddenInput()
            self.fields["total"].label = _("Amount")
            self.fields["total"].required = True
            self.fields["total"].error_messages["required"] = _("Write the amount in figures, such as 5200")

    def _set(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _line_field(self, line: RosterLine) -> tuple[RosterLine, str]:
        name = f"line_{line.seq}"
        field = MoneyField(label=f"{line.seq} {line.name}", required=False, zero=self.nothing)
        field.widget.attrs["aria-label"] = f"{line.seq} {line.name}"
        self.fields[name] = field
        return line, name

    def rows(self) -> list[tuple[RosterLine, forms.BoundField, Decimal, Decimal]]:
        """The typed lines with the worker, what they claim and what is outstanding, for the table of the page."""
        return [
            (
                line,
                self[name],
                Decimal(line.sums.claimed) / 100,
                Decimal(line.sums.paid - line.sums.confirmed) / 100,
            )
            for line, name in self.workers
        ]

    def clean(self) -> dict[str, Any]:
        """A sum where the way of spreading wants one; at least one line otherwise."""
        cleaned = super().clean() or self.cleaned_data
        spread = cleaned.get("spread")
        if spread in {"one", "by_claim", "evenly", "group"} and cleaned.get("total") is None:
            if "total" not in self.errors:
                self.add_error("total", _("Write the amount in figures, such as 5200"))
        elif spread == "lines" and all(cleaned.get(name) is None for _line, name in self.workers):
            self.add_error("spread", _("Write an amount for at least one worker."))
        elif spread == "lines" and cleaned.get("total"):
            typed = sum(cleaned.get(name) or 0 for _line, name in self.workers)
            if typed != cleaned["total"]:
                self.add_error(
                    "total",
                    _("The lines add up to %(sum)s. Correct a line, correct this sum, or leave it empty.")
                    % {"sum": f"{typed:,.2f}"},
                )
        elif spread == "outstanding" and not any(
            line.sums.paid > line.sums.confirmed and not line.denied for line in self.roster
        ):
            self.add_error("spread", _("Nothing that was paid is still to be confirmed."))
        proof = self.step is MoneyStep.CONFIRMED and cleaned.get("way") == Way.BANK_PROOF
        if proof and not cleaned.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", _("Choose the paper; if it is not on file yet, hand it in first."))
        return cleaned

    def ask_why(self) -> None:
        """Show the field for the reason; what was typed stays."""
        if "sure" in self.fields:
            self.add_error("sure", _("Correct the figure, or say why it is right."))
        else:
            self.fields["sure"] = self._sure
            self.order_fields(list(self.field_order))

    def lines(self) -> dict[int, int]:
        """Fen by roster number, as ``cases.actions.money.record`` takes them."""
        cleaned, sign = self.cleaned_data, -1 if self.cleaned_data.get("correction") else 1
        fen = int((cleaned.get("total") or 0) * 100)
        spread = cleaned["spread"]
        found: dict[int, int] = {}
        if spread == "one":
            found = {self.roster[0].seq if self.roster else 1: fen}
        elif spread == "group":
            found = {0: fen}
        elif spread == "lines":
            typed = [(line, cleaned.get(name)) for line, name in self.workers]
            found = {line.seq: int(amount * 100) for line, amount in typed if amount is not None}
            return {seq: sign * amount for seq, amount in found.items()}
        elif spread == "outstanding":
            # Whoever said that the money did not come is asked by themselves, and entered on a line of their own.
            found = {
                line.seq: line.sums.paid - line.sums.confirmed for line in self.roster if not line.denied
            }
        else:
            weights = [line.sums.claimed for line in self.roster]
            even = spread == "evenly" or not sum(weights)
            shares = divide_evenly(fen, len(self.roster)) if even else by_weight(fen, weights)
            found = {line.seq: share for line, share in zip(self.roster, shares, strict=True)}
        if self.nothing and not fen:
            return dict.fromkeys(found, 0)  # nothing for all of them, said in one figure
        return {seq: sign * amount for seq, amount in found.items() if amount}

    def undo(self) -> bool:
        """Whether an award of nothing is taken back."""
        return self.nothing and bool(self.cleaned_data.get("correction")) and not any(self.lines().values())
