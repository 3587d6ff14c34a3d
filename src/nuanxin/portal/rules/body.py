"""From answers to what is handed in: the body of ``POST /applications``, as every door builds it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from nuanxin.portal.rules.route import TOLD, Answers, answer, relevant

# JSON pointer -> question and field that answers it. The longest fitting pointer wins.
POINTS: Mapping[str, tuple[str, str]] = {
    "/helper/name": ("helper", "helper_name"),
    "/helper/phone": ("helper", "helper_phone"),
    "/helper/relation": ("helper", "relation"),
    "/workers": ("group", "workers"),
    "/items": ("items", "items"),
    "/relation": ("caller", "caller"),
    "/respondents": ("firms", "others"),
    "/place": ("where", "where"),
    "/worked/from": ("began", "began"),
    "/worked/to": ("ended", "ended"),
    "/ended_on": ("ended", "ended"),
    "/amount_claimed": ("amount", "amount"),
    "/applicant/name": ("you", "name"),
    "/applicant/phone": ("you", "phone"),
    "/applicant/resident_id": ("identity", "resident_id"),
    "/applicant/languages": ("needs", "languages"),
    "/applicant/needs": ("needs", "needs"),
    "/applicant/safe_contact/hours": ("contact", "from_hour"),
    "/applicant/safe_contact/passphrase": ("contact", "passphrase"),
    "/applicant/safe_contact": ("contact", "may_call"),
    "/story": ("story", "story"),
    "/consent": ("send", "consent"),
}

# Slot on the page about firms -> role and kind of the party. The kind stays open where a worker cannot know it.
SLOTS: Mapping[str, tuple[str, str]] = {
    "leader": ("team_leader", "individual"),
    "company": ("employer", ""),
    "dispatcher": ("dispatcher", ""),
    "platform": ("user_unit", ""),
    "contractor": ("general_contractor", ""),
    "owner": ("owner", ""),
}
ANY_TIME = "any"  # instead of an hour
RELATIONS: Mapping[str, str] = {"company": "employment", "platform": "platform"}


def parties(answers: Answers) -> list[tuple[str, dict[str, str]]]:
    """The parties as the worker knows them, each with the field that its name was typed in."""
    found: list[tuple[str, dict[str, str]]] = []
    firms = answers.get("firms", {})
    for slot, (role, kind) in SLOTS.items():
        party = {"name": firms.get(slot, ""), "role": role, "kind": kind}
        if slot == "leader":
            party["phone"] = firms.get("leader_phone", "")
        if party["name"] or party.get("phone"):
            found.append((slot, {key: value for key, value in party.items() if value}))
    others = str(firms.get("others", "")).splitlines()
    found.extend(("others", {"name": line.strip()}) for line in others if line.strip())
    found.extend(
        ("others", party) for party in nameless(answers, {party.get("role", "") for _, party in found})
    )
    return found


def nameless(answers: Answers, named: Collection[str]) -> list[dict[str, str]]:
    """Parties that the pages of advice found in the chain and that nobody has named, as long as it is the same chain."""
    told = answers.get(TOLD, {})
    if not told or told.get("caller") != answer(answers, "caller", "caller"):
        return []
    firms = {"employer", "subcontractor"}  # one of them, once the worker names the company
    taken = {*named, *(firms if firms & {*named} else ())}
    return [party for party in told.get("parties", ()) if party["role"] not in taken]


def field_of(pointer: str, answers: Answers) -> tuple[str, str] | None:
    """The question and field where a fault is mended; None when it is on no page."""
    if pointer.startswith("/respondents/"):
        place = int(pointer.split("/")[2])
        slot = parties(answers)[place][0]
        return "firms", "leader_phone" if pointer.endswith("/phone") else slot
    fitting = [known for known in POINTS if pointer == known or pointer.startswith(f"{known}/")]
    return POINTS[max(fitting, key=len)] if fitting else None


def safe_contact(said: Mapping[str, Any]) -> dict[str, Any]:
    """The wishes of the page about contact."""
    first, last = said.get("from_hour", ANY_TIME), said.get("to_hour", ANY_TIME)
    safe: dict[str, Any] = {
        "may_call": said.get("may_call") != "no",
        "may_say_who": said.get("may_say_who") != "no",
    }
    if ANY_TIME not in (first, last):
        safe["hours"] = f"{first}-{last}"
    if said.get("passphrase"):
        safe["passphrase"] = said["passphrase"]
    return safe


def applicant(answers: Answers, language: str) -> dict[str, Any]:
    """The worker, or the representative of a group."""
    said = answers.get("needs", {})
    languages = list(said.get("languages") or []) or (["en"] if language == "en" else [])
    person: dict[str, Any] = {
        "name": answer(answers, "you", "name") or "",
        "phone": answer(answers, "you", "phone") or "",
        "languages": languages,
        "needs": list(said.get("needs") or []),
        "safe_contact": safe_contact(answers.get("contact", {})),
    }
    if resident_id := answer(answers, "identity", "resident_id"):
        person["resident_id"] = resident_id
    return person


def body_of(answers: Answers, *, language: str, consent: bool) -> dict[str, Any]:
    """The body for these answers; what is hidden or was left out is not in it."""
    said = relevant(answers)
    body: dict[str, Any] = {
        "door": "helper" if "helper" in said else "web",
        "kind": "aid",
        "applicant": applicant(said, language),
        "items": list(answer(said, "items", "items") or []),
        "workers": answer(said, "group", "workers") or 1,
        "relation": RELATIONS.get(answer(said, "caller", "caller") or "", "unknown"),
        "respondents": [party for _, party in parties(said)],
        "consent": consent,
    }
    if "helper" in said:
        helper = said["helper"]
        body["helper"] = {
            "name": helper.get("helper_name", ""),
            "phone": helper.get("helper_phone", ""),
            "relation": helper.get("relation", ""),
        }
    optional = {
        "place": answer(said, "where", "place"),
        "amount_claimed": answer(said, "amount", "amount"),
    }
    body |= {key: value for key, value in optional.items() if value}
    body |= _times(said)
    if story := answer(said, "story", "story"):
        body["story"] = {"text": story, "language": language}
    return body


def _times(said: Answers) -> dict[str, Any]:
    """When the work began and ended. A last day that is known to the day also ends the relation."""
    began, ended = answer(said, "began", "began"), answer(said, "ended", "ended")
    worked = {key: value for key, value in (("from", began), ("to", ended)) if value}
    found: dict[str, Any] = {"worked": worked} if worked else {}
    if ended and len(ended) == len("2026-03-31"):
        found["ended_on"] = ended
    return found
