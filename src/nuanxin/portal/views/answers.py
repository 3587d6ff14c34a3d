"""Answers by lawyers that anybody may read: by topic, by words, one page each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import public_route
from nuanxin.hotline.queries import answers
from nuanxin.hotline.rules.topics import TOPICS as ORDER
from nuanxin.hotline.wording import TOPICS
from nuanxin.portal.answers import shown
from nuanxin.portal.pages import language, today
from nuanxin.ui.parts import Tab

WHY = "answers that a second person approved hold nothing that points to anybody"
MOST_PAGES = 100


@public_route(WHY)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The list, of a topic or of all, with a search by words. Works without a script."""
    topic = request.GET.get("topic", "")
    if topic not in TOPICS:
        topic = ""
    words = request.GET.get("q", "")[:200]
    asked = request.GET.get("page", "1")
    known = asked.isascii() and asked.isdigit() and len(asked) < 6 and 1 <= int(asked) <= MOST_PAGES
    number = int(asked) if known else 1
    page = answers.search(words=words, topic=topic, page=number)
    there = answers.topics()
    context: dict[str, Any] = {
        "rows": [shown(row, language()) for row in page.rows],
        "topics": _tabs(there, topic),
        "topic": topic,
        "heading": TOPICS.get(topic, ""),
        "q": words,
        "newer_url": _url(topic, words, number - 1) if number > 1 else "",
        "older_url": _url(topic, words, number + 1) if page.more and number < MOST_PAGES else "",
        "total": sum(there.values()),
    }
    return render(request, "portal/answers/list.html", context)


def _tabs(there: dict[str, int], topic: str) -> list[Tab]:
    """A way to each topic that has answers, with how many."""
    return [Tab(TOPICS[key], _url(key, "", 1), there[key], key == topic) for key in ORDER if there.get(key)]


def _url(topic: str, words: str, page: int) -> str:
    said = {"topic": topic, "q": words, "page": page if page > 1 else ""}
    query = urlencode({key: value for key, value in said.items() if value})
    return reverse("portal:answers") + (f"?{query}" if query else "")


@public_route(WHY)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponseBase:
    """One question with its answer."""
    row = answers.answer_numbered(number)
    if row is None:
        raise Http404
    topic_url = _url(row.topic, "", 1)
    return render(
        request,
        "portal/answers/one.html",
        {"answer": shown(row, language(), today(request)), "topic_url": topic_url},
    )


@public_route("shows published answers; keeps nothing of what is asked")
@never_cache
@require_POST
def like(request: HttpRequest) -> HttpResponseBase:
    """Up to three answers to what somebody is writing, for the page on which they write it. In the body: no address keeps it."""
    rows = [shown(row, language()) for row in answers.alike(request.POST.get("text", "")[:2000])]
    return render(request, "portal/answers/alike.html", {"rows": rows})
