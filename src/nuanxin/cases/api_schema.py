"""The shapes of the applications API as its description shows them.

The request schema describes; ``rules.intake`` decides, because it names every fault at once with its place and a
sentence. Both refuse unknown keys.
"""

from __future__ import annotations

from typing import Any

from ninja import Schema

from nuanxin.cases.rules.intake import MOST_PARTIES, MOST_STORY, MOST_WORKERS
from nuanxin.cases.rules.states import ITEMS, PARTY_KINDS, PARTY_ROLES, RELATIONS, Door, Kind
from nuanxin.ui.problems import Message


class AgencyOut(Schema):
    """The office that is responsible."""

    name: str
    place: str


class NextOut(Schema):
    """Who acts next, by when, as a sentence."""

    actor: str
    by: str | None
    sentence: Message


class ReceiptOut(Schema):
    """What a submission gives back."""

    number: str
    follow_code: str
    status: str
    lane: str
    urgent: bool
    agency: AgencyOut
    next: NextOut


class HolderOut(Schema):
    """The office that has the case; never a person."""

    name: str
    phone: str


class LineOut(Schema):
    """One thing that was done."""

    on: str
    sentence: Message


class LedgerOut(Schema):
    """The four totals, in yuan."""

    claimed: str
    awarded: str
    paid: str
    confirmed: str


class FollowOut(Schema):
    """Where a case stands, without personal data."""

    number: str
    status: str
    stage: str
    lane: str
    holder: HolderOut
    next: NextOut
    timeline: list[LineOut]
    ledger: LedgerOut


# Text that a database can keep: no control characters. Names also refuse markup.
_TEXT = r"^[^\u0000-\u001f\u007f-\u009f]*$"
_NAME = r"^[^\u0000-\u001f\u007f-\u009f<>{}\[\]\\|`$%^*=\"]*$"
_PHONE = {"type": "string", "maxLength": 30, "pattern": r"^[0-9+() -]{7,30}$", "examples": ["13800000000"]}
_PARTIAL = {"type": "string", "pattern": r"^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _text(most: int, pattern: str = _TEXT, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "maxLength": most, "minLength": least, "pattern": pattern}


def _words(values: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [str(value) for value in values]}


def _list(item: dict[str, Any], most: int = 20) -> dict[str, Any]:
    return {"type": "array", "items": item, "maxItems": most}


_SAFE = _object(
    {
        "may_call": {"type": "boolean"},
        "hours": {
            "type": "string",
            "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$",
        },
        "may_say_who": {"type": "boolean"},
        "passphrase": _text(60),
    },
    [],
)
_APPLICANT = _object(
    {
        "name": _text(100, _NAME, 1),
        "phone": _PHONE,
        "resident_id": {"type": "string", "pattern": r"^[1-9][0-9]{16}[0-9Xx]$"},
        "languages": _list({"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$"}),
        "needs": _list({"type": "string", "pattern": r"^[a-z][a-z0-9_]{1,29}$"}),
        "safe_contact": _SAFE,
    },
    ["name", "phone"],
)
_RESPONDENT = _object(
    {
        "name": _text(200, _NAME),
        "role": _words(PARTY_ROLES),
        "kind": _words(PARTY_KINDS),
        "uscc": {"type": "string", "pattern": r"^[0-9A-HJ-NP-RTUW-Y]{18}$"},
        "phone": _PHONE,
    },
    [],
)
APPLICATION: dict[str, Any] = _object(
    {
        "door": _words(Door),
        "kind": _words(Kind),
        "applicant": _APPLICANT,
        "helper": _object(
            {"name": _text(100, _NAME, 1), "phone": _PHONE, "relation": _text(40, least=1)},
            ["name", "phone", "relation"],
        ),
        "place": {"type": "string", "pattern": "^[0-9]{6}$", "description": "GB/T 2260; needed for aid"},
        "items": _list(_words(ITEMS)),
        "workers": {"type": "integer", "minimum": 1, "maximum": MOST_WORKERS},
        "worked": _object({"from": _PARTIAL, "to": _PARTIAL}, []),
        "amount_claimed": {"type": "string", "pattern": r"^[0-9]{1,13}\.[0-9]{2}$", "description": "yuan"},
        "relation": _words(RELATIONS),
        "ended_on": {"type": "string", "format": "date"},
        "respondents": _list(_RESPONDENT, MOST_PARTIES),
        "story": _object(
            {
                "text": {"type": "string", "minLength": 1, "maxLength": MOST_STORY},
                "language": {"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$"},
            },
            ["text"],
        ),
        "consent": {"const": True},
    },
    ["door", "kind", "applicant", "consent"],
)
REQUEST_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": APPLICATION}}}
}
KEY_HEADER: dict[str, Any] = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "schema": {"type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[!-~]{8,64}$"},
        }
    ]
}
