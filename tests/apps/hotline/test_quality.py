"""Checks of quality: one draw a week, scored by somebody else, one objection, a second checker; the figures."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions import quality, recordings
from nuanxin.hotline.jobs import delete_old_recordings, draw_calls_to_check
from nuanxin.hotline.models import QualityCheck, QualitySample, QualityScore
from nuanxin.hotline.queries import quality as asked
from nuanxin.hotline.rules.quality import Answered, draw
from tests.apps.hotline.test_recordings import WAV
from tests.factories.hotline import WORKDAY, Hotline, open_hotline
from tests.factories.quality import GOOD, MONDAY, answered, drawn, ended, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(db: None) -> Hotline:
    return open_hotline()


def scored(row: QualityCheck, by: Any, **changed: Any) -> QualityCheck:
    given = {"points": GOOD, "notes": {}, "serious": False} | changed
    return quality.score(check_id=row.pk, by=by, at=MONDAY, **given)


class TestDrawing:
    def test_a_week_is_drawn_once_and_can_be_repeated(self, line: Hotline) -> None:
        calls = [answered(line, call=f"c{n}", second=n * 400) for n in range(25)]
        mine = answered(line, call="o1", by=line.operator, second=10000)
        nuisance = answered(
            line, call="n1", code="nuisance", second=10400
        )  # five minutes long: drawn from all the same
        assert draw_calls_to_check(MONDAY) == 3  # 26 of the lawyer: 1.3, two; one of the operator
        assert draw_calls_to_check(MONDAY) == 0
        sample = QualitySample.objects.get()
        assert (sample.week, sample.calls, sample.drawn) == (date(2026, 3, 2), 27, 3)
        rows = QualityCheck.objects.all()
        again = draw(
            [Answered(row.pk, row.operator) for row in [*calls, mine, nuisance]],
            per_mille=sample.per_mille, seed=sample.seed,
        )  # fmt: skip
        assert set(rows.values_list("call", flat=True)) == set(again)
        assert mine.pk in again
        said = Event.objects.get(kind="quality.drawn").payload
        assert (said["seed"], said["drawn"]) == (sample.seed, 3)

    def test_not_before_the_week_is_over_and_settled(self, line: Hotline) -> None:
        answered(line)
        assert draw_calls_to_check(WORKDAY + timedelta(days=6)) == 0
        sunday_night = WORKDAY.replace(hour=16) + timedelta(days=6, hours=3)  # 03:00 on Monday in Shanghai
        assert draw_calls_to_check(sunday_night) == 0
        assert not QualitySample.objects.filter(week=date(2026, 3, 2)).exists()
        assert draw_calls_to_check(sunday_night + timedelta(hours=3)) == 1

    def test_a_recording_stays_while_its_check_is_owed(self, line: Hotline) -> None:
        call = answered(line)
        kept = recordings.keep(
            call=call, name="r", content=WAV, seconds=9, consent_at=WORKDAY, by=line.speaks, at=ended()
        )
        draw_calls_to_check(MONDAY)
        assert delete_old_recordings(kept.kept_until) == 0
        scored(QualityCheck.objects.get(), person(Role.SUPERVISOR))
        assert delete_old_recordings(kept.kept_until) == 1


class TestScoring:
    def test_the_sum_the_notes_and_the_event(self, line: Hotline) -> None:
        row, by = drawn(line), person(Role.SUPERVISOR, 140500_000000)
        found = scored(
            row, by, points=GOOD | {"next_step": 0}, notes={"next_step": "没说下一步", "greeting": " "}
        )
        assert (found.total, found.serious, found.scored_at) == (10, False, MONDAY)
        score = QualityScore.objects.get()
        assert json.loads(score.notes) == {"next_step": "没说下一步"}
        said = Event.objects.get(kind="quality.scored")
        assert (said.stream, said.actor_id, said.payload["total"]) == (row.call_id, by.id, 10)
        assert "没说" not in json.dumps(said.payload, ensure_ascii=False)

    def test_who_may_score(self, line: Hotline) -> None:
        row = drawn(line)
        for by in (
            person(Role.OPERATOR), person(Role.AUDITOR), person(Role.SUPERVISOR, 440306_000000),
            person(Role.DECIDER, 440306_000000), line.lawyer,
        ):  # fmt: skip
            with pytest.raises(NotPermitted):
                scored(row, by)
        scored(row, person(Role.DECIDER))

    def test_nobody_scores_a_call_of_their_own(self, line: Hotline) -> None:
        row = drawn(line)
        both = person(Role.SUPERVISOR)
        QualityCheck.objects.update(operator=both.id)
        with pytest.raises(Refused) as refused:
            scored(row, both)
        assert refused.value.code == "own_call"

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"points": {}}, "score_every_point"),
            ({"points": GOOD | {"greeting": 3}}, "score_every_point"),
            ({"notes": {"greeting": "长" * 501}}, "note_too_long"),
            ({"notes": {"charm": "x"}}, "note_too_long"),
            ({"serious": True}, "say_the_fault"),
            ({"serious": True, "notes": {"serious": "  "}}, "say_the_fault"),
        ],
    )
    def test_an_incomplete_score_is_refused(self, line: Hotline, changed: dict[str, Any], code: str) -> None:
        row = drawn(line)
        with pytest.raises(Refused) as refused:
            scored(row, person(Role.SUPERVISOR), **changed)
        assert refused.value.code == code
        assert not QualityScore.objects.exists()

    def test_scored_once(self, line: Hotline) -> None:
        row = drawn(line)
        scored(row, person(Role.SUPERVISOR))
        with pytest.raises(Refused, match="scored"):
            scored(row, person(Role.DECIDER))


class TestObjecting:
    def test_once_and_a_second_checker_decides(self, line: Hotline) -> None:
        row, first, second = drawn(line), person(Role.SUPERVISOR), person(Role.DECIDER)
        scored(row, first, points=GOOD | {"right_law": 0}, serious=True, notes={"serious": "说错了期限"})
        quality.object_to(check_id=row.pk, text=" 期限没有说错 ", by=line.lawyer, at=MONDAY)
        row.refresh_from_db()
        assert (row.total, row.serious, row.scored_at, row.objection) == (None, False, None, "期限没有说错")
        with pytest.raises(Refused) as same:
            scored(row, first)
        assert same.value.code == "scored_first"
        scored(row, second)
        row.refresh_from_db()
        assert (row.total, row.serious) == (12, False)
        assert [(one.round, one.checker) for one in row.scores.order_by("round")] == [
            (1, first.id),
            (2, second.id),
        ]
        with pytest.raises(Refused) as again:
            quality.object_to(check_id=row.pk, text="还是不对", by=line.lawyer, at=MONDAY)
        assert again.value.code == "objected"

    def test_only_who_talked_and_only_with_a_reason(self, line: Hotline) -> None:
        row = drawn(line)
        with pytest.raises(Refused):
            quality.object_to(check_id=row.pk, text="早了", by=line.lawyer, at=MONDAY)
        scored(row, person(Role.SUPERVISOR))
        with pytest.raises(NotPermitted):
            quality.object_to(check_id=row.pk, text="替她说", by=line.operator, at=MONDAY)
        for text in (" ", "长" * 1001):
            with pytest.raises(Refused) as refused:
                quality.object_to(check_id=row.pk, text=text, by=line.lawyer, at=MONDAY)
            assert refused.value.code == "no_reason"


class TestReading:
    def test_what_each_person_sees(self, line: Hotline) -> None:
        row = drawn(line)
        checker, auditor, far = (
            person(Role.DECIDER), person(Role.AUDITOR), person(Role.SUPERVISOR, 440306_000000)
        )  # fmt: skip
        assert [one.pk for one in asked.owed(checker)] == [row.pk]
        assert asked.owed(far) == asked.owed(line.lawyer) == asked.own(line.lawyer) == []
        assert asked.check_for(line.lawyer, row.pk) is None  # nobody knows beforehand that they are checked
        scored(row, checker)
        assert asked.owed(checker) == []
        assert [one.pk for one in asked.scored(auditor)] == [row.pk]
        assert [one.pk for one in asked.own(line.lawyer)] == [row.pk]
        assert asked.own(line.operator) == []
        assert asked.check_for(line.lawyer, row.pk) is not None
        assert asked.check_for(line.operator, row.pk) is None
        assert asked.check_for(far, row.pk) is None

    def test_the_figures_by_desk_and_month(self, line: Hotline, django_assert_num_queries: Any) -> None:
        for n in range(4):
            answered(line, call=f"c{n}", second=n * 400)
        draw_calls_to_check(MONDAY)
        scored(
            QualityCheck.objects.get(), person(Role.SUPERVISOR), points=GOOD | {"greeting": 0, "right_law": 1}
        )
        start, end = WORKDAY - timedelta(days=1), MONDAY
        reader = person(Role.AUDITOR)
        with django_assert_num_queries(3):
            (row,) = asked.figures(reader, since=start, until=end)
        assert (row.desk, row.month, row.answered, row.checked) == (line.desk.pk, date(2026, 3, 1), 4, 1)
        assert row.checked_share == Fraction(1, 4)
        assert row.mean_score == Fraction(9, 12)
        assert row.rung_back_share is None
        assert asked.figures(reader, since=end, until=end + timedelta(days=1)) == []
        assert asked.figures(line.lawyer, since=start, until=end) == []
