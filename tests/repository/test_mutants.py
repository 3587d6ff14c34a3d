"""``make test-mutation``: what it changes outside of functions, and that its accepted survivors still speak of the code."""

from __future__ import annotations

import ast
import tomllib

import pytest

from scripts.value_mutants import mutants_of
from tests.repository.source import ROOT

LAW = ROOT / "src" / "nuanxin" / "law"
ACCEPTED = tomllib.loads((ROOT / "scripts" / "accepted_mutants.toml").read_text(encoding="utf-8"))["mutant"]
MODULE = '''
"""Text."""
DAYS = Fraction(2175, 100)
OPEN: bool = True

def plain(x: int) -> int:
    return x + 1

class Month:
    first: int = 5

    @property
    def last(self) -> int:
        return self.first - 1 if self.first >= 2 else 0
'''


def test_values_and_decorated_functions_are_changed_and_plain_functions_are_not() -> None:
    changed = {(one.where, one.old, one.new) for one in mutants_of(MODULE, "wages.x")}
    assert changed == {
        ("wages.x.DAYS", "Fraction(2175, 100)", "Fraction(2176, 100)"),
        ("wages.x.DAYS", "Fraction(2175, 100)", "Fraction(2175, 101)"),
        ("wages.x.OPEN", "True", "False"),
        ("wages.x.Month.first", "5", "6"),
        ("wages.x.Month.last", "self.first - 1", "self.first + 1"),
        ("wages.x.Month.last", "self.first - 1", "self.first - 2"),
        ("wages.x.Month.last", "self.first >= 2", "self.first > 2"),
        ("wages.x.Month.last", "self.first >= 2", "self.first >= 3"),
        (
            "wages.x.Month.last",
            "self.first - 1 if self.first >= 2 else 0",
            "self.first - 1 if self.first >= 2 else 1",
        ),
    }


def test_each_change_is_a_whole_module_with_that_change_alone() -> None:
    before = ast.unparse(ast.parse(MODULE)).splitlines()
    for one in mutants_of(MODULE, "wages.x"):
        lines = zip(before, one.source.splitlines(), strict=True)
        assert sum(was != now for was, now in lines) == 1


@pytest.mark.parametrize("accepted", ACCEPTED, ids=lambda one: one["where"])
def test_an_accepted_survivor_speaks_of_a_line_that_stands(accepted: dict[str, str]) -> None:
    parts = accepted["where"].split(".")
    file = next(
        path
        for count in range(len(parts), 0, -1)
        if (path := LAW.joinpath(*parts[:count]).with_suffix(".py")).exists()
    )
    text = file.read_text(encoding="utf-8")
    together = " ".join(text.split())
    assert accepted["old"] in together or accepted["old"] in ast.unparse(ast.parse(text))
    assert accepted["why"].endswith(".")
    assert accepted["new"]
