"""Logs as data, without people in them.

``settings.LOGGING_CONFIG`` names ``configure``. Our own lines come from ``structlog.get_logger(…)`` with coded
values; a key that announces personal data is refused, numbers that look like a telephone, resident ID or bank card
are masked wherever they stand, and messages of exceptions and of libraries lose quoted and Chinese text too, since
a database likes to quote the row that it did not take.
"""

from __future__ import annotations

import logging.config
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog

from nuanxin.audit.masking import mask_numbers
from nuanxin.audit.payload import PERSONAL_KEYS

REFUSED = "[personal]"
_LONGEST = 2000  # characters of one value
_ENDINGS = re.compile(
    r"(?:^|_)(?:phone|mobile|password|passphrase|token|secret|resident_id|bank_card|follow_code)$"
)
_QUERY = re.compile(r"([?&;](?:code|token|phone|name|id|key|q|lon|lat)=)[^&\s\"']+", re.IGNORECASE)
_DETAIL = re.compile(r"(DETAIL|CONTEXT|HINT|Failing row contains):?.*", re.DOTALL)
_QUOTED = re.compile(r"(['\"“])(?![\w.]*['\"”])[^'\"”\n]*(['\"”])", re.ASCII)
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]+")

Event = MutableMapping[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class StandardError(logging.StreamHandler):  # type: ignore[type-arg]  # generic in the stubs only
    """Writes to standard error as it is now, not as it was when logging was set up, unless told another stream."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        if self.stream is not sys.stderr and getattr(self.stream, "closed", False):
            self.stream = sys.stderr  # setStream would first flush the closed one, which raises
        super().emit(record)


class PersonalDataLogged(Exception):
    """A log line was about to name a person. Raised where ``strict`` is on (tests); elsewhere it is left out."""


class RefusePersonal:
    """The processor that keeps people out of log lines."""

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict

    def __call__(self, _logger: Any, _method: str, event: Event) -> Event:
        """Refuse personal keys, mask numbers in every text. Raises PersonalDataLogged when strict."""
        for key, value in event.items():
            if key != "event" and is_personal_key(key) and value not in (None, "", True, False):
                if self.strict:
                    raise PersonalDataLogged(f"{key} in a log line")
                event[key] = REFUSED
            elif not key.startswith("_"):
                event[key] = self._clean(value)
        return event

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            return mask(value)
        if isinstance(value, Mapping):
            return dict(self(None, "", {str(key): item for key, item in value.items()}))
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(item) for item in value]
        if isinstance(value, int):
            text = str(value)
            masked = mask_numbers(text) if len(text) in (11, 18) else text
            return value if masked == text else masked
        return value if value is None or isinstance(value, float) else mask(str(value))


def is_personal_key(key: str) -> bool:
    """Whether a key announces personal data or a secret."""
    return key in PERSONAL_KEYS or _ENDINGS.search(key) is not None


def mask(text: str) -> str:
    """Mask telephone numbers, resident IDs, bank cards and what stands in a query string."""
    return _QUERY.sub(r"\1…", mask_numbers(text[:_LONGEST]))


def scrub(text: str) -> str:
    """``mask``, for text that we did not write: quoted and Chinese text and a database's details go too."""
    text = _DETAIL.sub(r"\1 left out", text[:_LONGEST])
    return mask(_CHINESE.sub("…", _QUOTED.sub(r"\1…\2", text)))


def render_exception(_logger: Any, _method: str, event: Event) -> Event:
    """Turn ``exc_info`` into text: our code lines as they are, every message scrubbed, never a local variable."""
    info = event.pop("exc_info", None)
    if info is True:
        raised = sys.exc_info()[1]
    elif isinstance(info, tuple):
        raised = info[1]
    else:
        raised = info if isinstance(info, BaseException) else None
    if raised is not None:
        event["exception"] = "\n".join(_lines(raised))
    return event


def _lines(fault: BaseException) -> list[str]:
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = [*_lines(before), "which led to:"] if before is not None else []
    for frame in traceback.extract_tb(fault.__traceback__):
        lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line or ''}")
    lines.append(f"{type(fault).__module__}.{type(fault).__qualname__}: {scrub(str(fault))}")
    return lines


def _foreign(_logger: Any, _method: str, event: Event) -> Event:
    """Lines of libraries: their text is not ours to trust, and what they attach is dropped."""
    return {**{key: event[key] for key in event if key in _KEPT}, "event": scrub(str(event.get("event", "")))}


_KEPT = frozenset({"logger", "level", "at", "exc_info", "_record", "_from_structlog"})


def configure(options: Mapping[str, Any]) -> None:
    """Set up structlog and the standard library's logging as one. Options: ``as_json``, our own ``level``, ``strict``."""
    shared: list[Any] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            *shared,
            RefusePersonal(strict=bool(options.get("strict"))),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    render: Any = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_no_exception)
    if options.get("as_json"):
        render = structlog.processors.JSONRenderer(ensure_ascii=False)
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*shared, _foreign],
        "processors": [
            render_exception,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            render,
        ],
    }
    logging.raiseExceptions = False  # the report of a line that cannot be written would quote what it says
    logging.config.dictConfig(_dict_config(formatter, str(options.get("level", "INFO"))))


def _no_exception(_out: Any, _info: ExcInfo) -> None:
    """Exceptions are rendered before the console sees them."""


# Libraries only warn, and some warn of too much: "django.request" tells the path (our own line has the route),
# "axes" user names and addresses (its table keeps them).
_QUIET = {"django": "WARNING", "django.server": "WARNING", "django.request": "ERROR", "axes": "ERROR"}


def _dict_config(formatter: dict[str, Any], level: str) -> dict[str, Any]:
    quiet = {name: {"level": least, "handlers": [], "propagate": True} for name, least in _QUIET.items()}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"()": StandardError, "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {**quiet, "nuanxin": {"level": level}},
    }
