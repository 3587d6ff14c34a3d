"""``aid``: scope, means step, aid first and the agency's own periods (法律援助法 art. 31, 41 to 44)."""

from __future__ import annotations

from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.eligibility import ITEMS, Applicant, Means, aid_first_allowed, means, split_scope
from nuanxin.law.eligibility.aid_first import BASIS as AID_FIRST
from nuanxin.law.periods import RULES, due
from nuanxin.law.question import Shape, Values, choice, day, flag, flag_or_null, listing, need, place
from nuanxin.law.topic import Body, Topic, reply

_MEANS, _PROOF = cite("法律援助法", "41"), cite("法律援助法", "42(3)")
_OTHER_EXEMPT = (cite("法律援助法", "42(1)"), cite("法律援助法", "42(2)"))
_SCOPE = tuple(dict.fromkeys(basis for basis in ITEMS.values() if basis is not None))
BASIS = (*_SCOPE, _MEANS, _PROOF, *_OTHER_EXEMPT, *AID_FIRST, cite("法律援助法", "43(1)"))

SHAPE = Shape(
    {
        "received_on": day,
        "applicant": Shape(
            {"migrant_worker": flag_or_null, "status_document": flag},
            {"undertaking": flag, "social_assistance": flag, "special_group": flag},
        ),
        "items": listing(choice(*ITEMS), 100, least=1),
    },
    {"place": place, "limitation_ends_on": day, "needs_preservation": flag},
)

_NEEDS_STATUS = need(
    "/applicant/migrant_worker",
    Bilingual(
        "要知道是不是农民工（进城务工人员）：是的话，工资和工伤不用核查经济困难。",
        "Whether the applicant is a worker from the country: then pay and work injury need no means check.",
    ),
)
_MEANS_WORDS = {
    "exempt": Bilingual("不用核查经济困难。", "No means check is needed."),
    "check_or_undertaking": Bilingual(
        "要核查经济困难，或者签一份个人诚信承诺。",
        "Means are checked, or a good-faith undertaking is signed.",
    ),
    "document_needed": Bilingual(
        "请带能证明身份的材料，有了它就不用核查经济困难。",
        "Bring material that proves your status; with it no means check is needed.",
    ),
}


def respond(values: Values) -> Body:
    """Which items aid is open for, how the means step ends, whether aid may come first, and until when."""
    items = list(dict.fromkeys(values["items"]))
    inside, outside = split_scope(items)
    step = means(Applicant(**values["applicant"]), inside)
    received = values["received_on"]
    ground = aid_first_allowed(
        limitation_ends_on=values.get("limitation_ends_on"),
        today=received,
        needs_preservation=values.get("needs_preservation", False),
    )
    review = due("legal_aid.review", received, values.get("place"))
    body: dict[str, Any] = {
        "in_scope": inside,
        "out_of_scope": outside,
        "means": {
            "outcome": step.outcome,
            "exempt_items": list(step.exempt_items),
            "other_items": list(step.other_items),
        },
        "aid_first": {"allowed": ground is not None, "ground": ground},
        "review_by": review.act_by.isoformat(),
        "assign_within": RULES["legal_aid.assign"].count,
    }
    if step.status_unknown:
        body["needs"] = [_NEEDS_STATUS]
    words = join(
        _scope_words(inside, outside), _means_words(step), _first_words(ground), _review_words(review.act_by)
    )
    return reply(body, _basis(values, inside, step, ground, review.basis), words)


def _basis(
    values: Values, inside: list[str], step: Means, ground: str | None, review: tuple[Basis, ...]
) -> list[Basis]:
    found = [basis for item in inside if (basis := ITEMS[item]) is not None]
    applicant = values["applicant"]
    if applicant.get("special_group"):
        found.append(_OTHER_EXEMPT[0])
    if applicant.get("social_assistance"):
        found.append(_OTHER_EXEMPT[1])
    if step.exempt_items:
        found.append(_PROOF)
    if step.other_items or step.outcome == "check_or_undertaking":
        found.append(_MEANS)
    if ground is not None:
        found.append(cite("法律援助法", ground))
    return [*found, *review, *RULES["legal_aid.assign"].basis]


def _scope_words(inside: list[str], outside: list[str]) -> Bilingual:
    if not inside:
        return Bilingual("这些请求不在法律援助范围内。", "Legal aid is not open for these claims.")
    if outside:
        return Bilingual(
            f"可以申请法律援助的有{len(inside)}项，另有{len(outside)}项不在范围内。",
            f"Legal aid is open for {len(inside)} of the claims and not for {len(outside)}.",
        )
    return Bilingual("这些请求都可以申请法律援助。", "Legal aid is open for all of these claims.")


def _means_words(step: Means) -> Bilingual:
    words = _MEANS_WORDS[step.outcome]
    if step.exempt_items and step.other_items:
        return join(
            Bilingual(
                f"其中{len(step.exempt_items)}项免予核查，{len(step.other_items)}项不免。",
                f"{len(step.exempt_items)} of them are exempt from the check, {len(step.other_items)} are not.",
            ),
            words,
        )
    return words


def _first_words(ground: str | None) -> Bilingual | None:
    if ground == "44(1)":
        return Bilingual(
            "离期限届满不到七天，可以先提供援助、后补手续。",
            "Fewer than seven days are left, so aid may come first and the papers later.",
        )
    if ground == "44(2)":
        return Bilingual(
            "需要马上申请保全或先予执行，可以先提供援助、后补手续。",
            "Preservation is needed at once, so aid may come first and the papers later.",
        )
    return None


def _review_words(review_by: Any) -> Bilingual:
    last = dated(review_by)
    days = RULES["legal_aid.assign"].count
    return Bilingual(
        f"法律援助机构最迟{last.zh}作出决定，同意后{days}天内指派律师。",
        f"The agency decides by {last.en} at the latest and assigns a lawyer within {days} days of the decision.",
    )


TOPIC = Topic("aid", SHAPE, respond, BASIS, calendar_path="/received_on")
