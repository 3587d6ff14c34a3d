"""Faults of a body of JSON: all of them at once, each with its place, a stable code and a sentence that says what to do."""

from __future__ import annotations

from typing import Any


class Faults:
    """Faults found so far, each with pointer, code and sentences."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []

    def add(self, path: str, code: str, zh: str, en: str) -> None:
        """Note one fault."""
        self.found.append({"path": path, "code": code, "message": {"zh": zh, "en": en}})

    def has(self, path: str) -> bool:
        """Whether this value already has a fault."""
        return any(fault["path"] == path for fault in self.found)

    def unknown(self, body: dict[str, Any], known: set[str], where: str) -> None:
        """Refuse keys that mean nothing here: a misspelt one would otherwise be lost in silence."""
        for key in body:
            if key not in known:
                name = str(key)[:40].encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")
                self.add(
                    f"{where}/{name}",
                    "unknown_key",
                    "没有这一项，请检查拼写",
                    "No such key; check its spelling",
                )

    def wrong_type(self, path: str, zh: str, en: str) -> None:
        """Note a value of the wrong kind."""
        self.add(path, "invalid_type", f"这里要填{zh}", f"This must be {en}")

    def required(self, path: str) -> None:
        """Note a value that is missing."""
        self.add(path, "required", "这一项要填", "This is needed")


def value_of(body: dict[str, Any], path: str) -> Any:
    """What stands at the end of a path; None where nothing does."""
    return body.get(path.rsplit("/", 1)[1])


def part(
    faults: Faults, body: dict[str, Any], path: str, known: set[str], *, required: bool = False
) -> dict[str, Any] | None:
    """An object inside the body; its unknown keys are refused."""
    if path.rsplit("/", 1)[1] not in body:
        if required:
            faults.required(path)
        return None
    value = value_of(body, path)
    if not isinstance(value, dict):
        faults.wrong_type(path, "一个对象", "an object")
        return None
    faults.unknown(value, known, path)
    return value


def listed(faults: Faults, body: dict[str, Any], path: str, most: int) -> list[Any]:
    """A list of at most so many values; an empty one for nothing."""
    value = value_of(body, path)
    if value is None and path.rsplit("/", 1)[1] not in body:
        return []
    if not isinstance(value, list):
        faults.wrong_type(path, "一个列表", "a list")
        return []
    if len(value) > most:
        faults.add(path, "too_many", f"最多 {most} 项", f"{most} at most")
        return []
    return value


def rows(
    faults: Faults, body: dict[str, Any], path: str, most: int, known: set[str]
) -> list[tuple[int, dict[str, Any]]]:
    """A list of objects, each with its place in the list."""
    found = []
    for place, value in enumerate(listed(faults, body, path, most)):
        if isinstance(value, dict):
            faults.unknown(value, known, f"{path}/{place}")
            found.append((place, value))
        else:
            faults.wrong_type(f"{path}/{place}", "一个对象", "an object")
    return found
