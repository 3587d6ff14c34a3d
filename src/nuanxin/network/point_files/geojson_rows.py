"""GeoJSON, one feature at a time: the file is never held as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from nuanxin.network.point_files.sources import FileFault, RawRow, Source
from nuanxin.network.rules.point_columns import HEADINGS, column_of

LARGEST = 256 * 1024  # characters of one feature, and of anything else before the features
_CHUNK = 64 * 1024
_SPACE = " \t\r\n"
_LONE_HALF = re.compile(
    "[\ud800-\udfff]"
)  # JSON may escape one; no file or table can hold it: told as invisible


def open_rows(path: Path) -> Source:
    """The features of a collection. Raises FileFault, also while they are taken."""
    reader = _Reader(path)
    head = reader.head()
    system = str(head.get("coordinates") or head.get("coordinate_system") or "")
    return Source(_rows(reader), tuple(HEADINGS), system=system)


def _rows(reader: _Reader) -> Iterator[RawRow]:
    for number, feature in enumerate(reader.features(), 1):
        yield RawRow(number, _cells(feature))


def _cells(feature: Any) -> dict[str, str]:
    if not isinstance(feature, dict):
        return {}
    found: dict[str, str] = {}
    properties = feature.get("properties")
    for key, value in (properties if isinstance(properties, dict) else {}).items():
        column = column_of(str(key))
        if column is not None and value is not None:
            found[column] = _text(value)
    if "id" not in found and isinstance(feature.get("id"), int):
        found["id"] = str(feature["id"])
    geometry = feature.get("geometry")
    shape = geometry if isinstance(geometry, dict) else {}
    position = shape.get("coordinates")
    if shape.get("type") == "Point" and isinstance(position, list) and len(position) >= 2:
        found["lon"], found["lat"] = _text(position[0]), _text(position[1])
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(_text(item) for item in value if not isinstance(item, list | dict))
    return _LONE_HALF.sub("\0", str(value))


class _Reader:
    """Reads the members of the top object up to ``features``, then its items."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = path.open(encoding="utf-8-sig")
        self._text = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def head(self) -> dict[str, Any]:
        """The members before ``features``. Raises FileFault."""
        self._expect("{")
        found: dict[str, Any] = {}
        while True:
            key = self._value()
            self._expect(":")
            if key == "features":
                self._expect("[")
                return found
            found[str(key)] = self._value()
            self._expect(",")

    def features(self) -> Iterator[Any]:
        """Each item of the list. Raises FileFault for a file that ends too early."""
        try:
            if self._peek() == "]":
                return
            while True:
                yield self._value()
                sign = self._peek()
                self._at += 1
                if sign == "]":
                    return
                if sign != ",":
                    raise _broken()
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _more(self) -> bool:
        try:
            chunk = self._file.read(_CHUNK) if self._file is not None else ""
        except UnicodeDecodeError:
            raise FileFault("encoding", "文件不是 UTF-8 编码。", "The file is not in UTF-8.") from None
        self._text, self._at = self._text[self._at :] + chunk, 0
        return bool(chunk)

    def _peek(self) -> str:
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                raise FileFault(
                    "truncated",
                    "文件不完整，结尾缺失。请重新下载或导出。",
                    "The file ends too early. Fetch or export it again.",
                )

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            raise _broken()
        self._at += 1

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as fault:
                if not isinstance(
                    fault, json.JSONDecodeError
                ):  # too deep, or a number of thousands of digits
                    raise _broken() from None
                if len(self._text) - self._at > LARGEST:
                    raise FileFault(
                        "too_large",
                        "有一个要素过大或格式有误。",
                        "One feature is far too large, or broken.",
                    ) from None
                if not self._more():
                    self._at = len(self._text)
                    raise _broken() from None
                continue
            if end == len(self._text) and self._more():
                continue  # a number may go on in the next piece
            self._at = end
            return value


def _broken() -> FileFault:
    return FileFault(
        "unreadable",
        "这不是完整的 GeoJSON（FeatureCollection）文件。",
        "This is no complete GeoJSON file with a FeatureCollection.",
    )
