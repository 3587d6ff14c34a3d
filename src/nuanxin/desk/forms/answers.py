"""What a duty lawyer fills in to let others read an answer, and what a second person says of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuanxin.hotline.actions.answers import LONGEST, Wording
from nuanxin.hotline.wording import TOPICS
from nuanxin.ui.forms import ChoiceField, DayField, Form


def _area(rows: int, language: str = "zh-Hans") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": language})


class ProposalForm(Form):
    """The anonymised text, in Chinese and if wished in English."""

    topic = ChoiceField(label=_("Topic"), choices=list(TOPICS.items()))
    question_zh = forms.CharField(
        label=_("The question, as others may read it"), max_length=LONGEST, widget=_area(7)
    )
    answer_zh = forms.CharField(
        label=_("The answer, with the articles it rests on"), max_length=LONGEST, widget=_area(9)
    )
    question_en = forms.CharField(
        label=_("The question in English"), max_length=LONGEST, required=False, widget=_area(4, "en")
    )
    answer_en = forms.CharField(
        label=_("The answer in English"), max_length=LONGEST, required=False, widget=_area(5, "en")
    )
    law_on = DayField(label=_("As of which day's law"))

    def wording(self) -> Wording:
        """The texts as the action takes them."""
        said: dict[str, Any] = self.cleaned_data
        return Wording(
            said["topic"], said["question_zh"], said["answer_zh"], said["question_en"], said["answer_en"]
        )


class RefusalForm(Form):
    """Why it does not go out."""

    reason = forms.CharField(
        label=_("Why not? The lawyer reads this."), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
