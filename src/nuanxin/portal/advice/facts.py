"""What was told, as the pages of advice show it again and as it goes into the story of an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse

from nuanxin.portal.advice import words
from nuanxin.portal.advice.parts import yuan
from nuanxin.portal.advice.questions import QUESTIONS
from nuanxin.portal.forms.fields import CountField, WhenField
from nuanxin.portal.forms.place import place_name
from nuanxin.portal.rules import route
from nuanxin.portal.rules.advice.paths import ALL, DOORS
from nuanxin.portal.summary import when
from nuanxin.ui.forms import MoneyField
from nuanxin.ui.parts import Answer

LEFT_OUT = "—"


def rows(door: str, answers: route.Answers) -> list[Answer]:
    """One row for each question of this door, with its way back."""
    return [
        Answer(
            QUESTIONS[key].heading,
            shown(key, answers[key]) or LEFT_OUT,
            reverse("portal:advice_question", args=[door, key]),
        )
        for key in route.asked(answers, DOORS[door])
        if key in answers
    ]


def story(answers: route.Answers) -> str:
    """Everything that was told on any of the pages, a line each, for whoever takes the case on."""
    told = route.relevant(answers, ALL)
    lines = [(str(QUESTIONS[key].heading), shown(key, said)) for key, said in told.items()]
    return "\n".join(f"{heading} {value}" for heading, value in lines if value)


def shown(key: str, said: Mapping[str, Any]) -> str:
    """The answer to one question in words; empty where it was left out."""
    if key == "where":
        return place_name(said.get("place", ""))
    form = QUESTIONS[key].form
    if key == "above":
        offered = {**words.ABOVE_SITE, **words.ABOVE_ELSEWHERE}
        return str(offered.get(said.get(key, ""), ""))
    told = []
    for name, field in form.base_fields.items():
        if said.get(name):
            label = f"{field.label} " if len(form.base_fields) > 1 else ""
            told.append(f"{label}{_value(field, said[name])}")
    return "\n".join(told)


def _value(field: forms.Field, value: Any) -> str:
    if isinstance(field, WhenField):
        return when(value)
    if isinstance(field, MoneyField):
        return yuan(value)
    if isinstance(field, CountField):
        return str(value)
    return _chosen(field, value)


def _chosen(field: forms.Field, value: Any) -> str:
    names = dict(getattr(field, "choices", ()))
    codes = value if isinstance(value, list) else [value]
    return " · ".join(str(names[code]) for code in codes if code in names)
