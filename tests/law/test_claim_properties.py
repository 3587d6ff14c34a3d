"""What holds of every claim: sums, independence, order, one door."""

from __future__ import annotations

import io
import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.claims import claim as invented
from nuanxin.config.law_batch import batch
from nuanxin.law import answer
from nuanxin.law.topics.claim.items import KIND_OF, fen
from nuanxin.law.written import written

claims = st.builds(
    lambda seed, relation, left_out: {
        key: value for key, value in {**invented(Random(seed)), "relation": relation}.items() if key not in left_out
    },
    st.integers(0, 100_000),
    st.sampled_from(["employment", "service", "platform", "unknown"]),
    st.sets(st.sampled_from(["ended_on", "minimum_wage", "monthly_wage", "place", "due_on", "limitation"]), max_size=2),
)  # fmt: skip
HEADS = sorted(KIND_OF)


@given(claims)
@settings(max_examples=150, deadline=None)
def test_the_total_is_the_sum_of_the_items_with_one_amount(asked: dict[str, Any]) -> None:
    found = answer("claim", asked)
    sums = [fen(one["amount"]) for one in found["items"] if "amount" in one]
    assert fen(found["total"]) == sum(sums)
    assert 0 <= fen(found["total_confirmed"]) <= fen(found["total"])
    for one in found["items"]:
        assert ("amount" in one) != ("readings" in one)
        assert len(one.get("readings", "two")) >= 2


@given(claims, st.sampled_from(HEADS))
@settings(max_examples=150, deadline=None)
def test_taking_a_head_away_changes_no_other_item(asked: dict[str, Any], head: str) -> None:
    whole = answer("claim", asked)
    rest = answer("claim", {key: value for key, value in asked.items() if key != head or type(value) is str})
    kinds = {one["kind"] for one in rest["items"]}
    kept = [one for one in whole["items"] if one["kind"] in kinds]
    if head != "arrears" or "interest" not in asked:
        assert kept == rest["items"]


@given(claims, st.randoms())
@settings(max_examples=80, deadline=None)
def test_the_order_of_keys_changes_nothing(asked: dict[str, Any], chance: Random) -> None:
    keys = list(asked)
    chance.shuffle(keys)
    assert answer("claim", {key: asked[key] for key in keys}) == answer("claim", asked)


@given(st.lists(claims, max_size=4))
@settings(max_examples=40, deadline=None)
def test_a_batch_gives_what_single_questions_give(asked: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps({"topic": "claim", "question": one}) + "\n" for one in asked)
    out = io.StringIO()
    batch(io.StringIO(lines), out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        answer("claim", one) for one in asked
    ]


@given(claims)
@settings(max_examples=80, deadline=None)
def test_needs_name_each_path_once_and_what_is_given_is_not_asked_for(asked: dict[str, Any]) -> None:
    paths = [entry["path"] for entry in answer("claim", asked)["needs"]]
    assert len(paths) == len(set(paths))
    assert all(path[1:] not in asked for path in paths if path != "/minimum_wage" or "minimum_wage" in asked)


@given(claims)
@settings(max_examples=80, deadline=None)
def test_parts_written_once_read_as_any_encoder_writes_them(asked: dict[str, Any]) -> None:
    found = answer("claim", asked)
    assert written(found).decode() == json.dumps(found, ensure_ascii=False, separators=(",", ":"))
