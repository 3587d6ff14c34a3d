"""The contract of ``contract.toml``, and what breaks it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``pattern`` matches the path and names its parts."""

    name: str
    method: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    takes: frozenset[str]
    refusals: frozenset[int]


class Broken(Exception):
    """A request or an event that does not keep the contract; says which part."""


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    text = resources.files("nuanxin.hotline.simulator").joinpath("contract.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """Every operation."""
    return tuple(
        Operation(
            name, said["method"], re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", said["path"])),
            frozenset(said["needs"]), frozenset(said["takes"]), frozenset(said["refusals"]),
        )
        for name, said in _read()["operations"].items()
    )  # fmt: skip


def match_request(method: str, path: str, query: Mapping[str, str]) -> tuple[Operation, dict[str, str]]:
    """The operation of a request, and the names in its path. Raises Broken."""
    for operation in operations():
        found = operation.pattern.fullmatch(path)
        if operation.method == method and found:
            _check_query(operation, query)
            return operation, found.groupdict()
    raise Broken(f"no operation {method} {path}")


def _check_query(operation: Operation, query: Mapping[str, str]) -> None:
    given = set(query)
    missing, strange = operation.needs - given, given - operation.needs - operation.takes
    if missing or strange:
        raise Broken(f"{operation.name}: missing {sorted(missing)}, unknown {sorted(strange)}")
    for name, allowed in _read()["values"].items():
        if name in query and query[name] not in allowed:
            raise Broken(f"{operation.name}: {name} is {query[name]}")


def check_event(event: Mapping[str, Any]) -> None:
    """Raises Broken for an event of another kind, or one that lacks a member."""
    said = _read()["events"]
    kind = event.get("type")
    if kind not in said or kind == "every":
        raise Broken(f"no event {kind}")
    _check_members(str(kind), event, [*said["every"], *said[kind]])


def check_listed(kind: str, thing: Mapping[str, Any]) -> None:
    """Raises Broken for a channel, bridge or recording of a list that lacks a member."""
    _check_members(kind, thing, _read()["listed"][kind])


def _check_members(kind: str, thing: Mapping[str, Any], members: list[str]) -> None:
    for member in members:
        at: Any = thing
        for part in member.split("."):
            if not isinstance(at, Mapping) or part not in at:
                raise Broken(f"{kind}: no {member}")
            at = at[part]
