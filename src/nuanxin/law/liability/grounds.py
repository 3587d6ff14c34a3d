"""The grounds of the Regulation, role by role. Each rule looks at one party in its chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.liability.parties import (
    Chain,
    Finding,
    Ground,
    Party,
    Refused,
    Respondent,
    Role,
    Share,
    Unknown,
)

_RULES = "保障农民工工资支付条例"
_CONTRACT = "劳动合同法"
_INVESTORS, _JOINT = cite(_CONTRACT, "93"), cite(_CONTRACT, "94")
_DISPATCH, _USER_UNIT = cite(_CONTRACT, "58(1)"), cite(_CONTRACT, "92(2)")
_DEBT = cite("民法典", "509(1)")

_BASIS: dict[Ground, tuple[Basis, ...]] = {
    "16": (cite(_RULES, "16"),),
    "17": (cite(_RULES, "17"), _INVESTORS),
    "18": (cite(_RULES, "18"),),
    "19(1)": (cite(_RULES, "19(1)"), _JOINT),
    "19(2)": (cite(_RULES, "19(2)"),),
    "29(2)": (cite(_RULES, "29(2)"),),
    "30(3)": (cite(_RULES, "30(3)"), cite(_RULES, "35")),
    "30(4)": (cite(_RULES, "30(4)"),),
    "36(1)": (cite(_RULES, "36(1)"),),
    "36(2)": (cite(_RULES, "36(2)"),),
    "37": (cite(_RULES, "37"),),
    "other": (_DEBT,),
}
BASIS = (*dict.fromkeys(basis for found in _BASIS.values() for basis in found), _DISPATCH, _USER_UNIT)

_WHY: dict[Ground, Bilingual] = {
    "16": Bilingual("用人单位欠的工资，由它付。", "It employed the workers and owes their pay."),
    "17": Bilingual(
        "没有合法经营资格，单位或出资人要付。", "It has no licence: it or its investors must pay."
    ),
    "18": Bilingual(
        "用了没有资格的派遣，由用工单位付。", "It used workers sent by one who may not dispatch, so it pays."
    ),
    "19(1)": Bilingual(
        "把活包给个人或没有资格的单位，要一起承担。",
        "It gave the work to a person or a unit without a licence, so it is jointly liable.",
    ),
    "19(2)": Bilingual("让别人用自己的名义经营，由它付。", "It let others trade in its name, so it pays."),
    "29(2)": Bilingual(
        "没按约定拨付工程款造成欠薪，在没结清的工程款内先垫付。",
        "Its unpaid project money led to the arrears; it advances the wages up to what it still owes.",
    ),
    "30(3)": Bilingual(
        "分包单位欠薪，总包先付，再去追偿；已经付过分包款也不能推。",
        "A subcontractor is in arrears: the general contractor pays first and recovers later, even if it paid its sub.",
    ),
    "30(4)": Bilingual(
        "工程转包欠薪，总包先付。", "The project was passed on whole: the general contractor pays first."
    ),
    "36(1)": Bilingual(
        "把工程包给个人或没有资格的单位，由它付。",
        "It gave the building work to a person or a unit without a licence, so it pays.",
    ),
    "36(2)": Bilingual("让别人挂靠自己的名义施工，由它付。", "It let others build in its name, so it pays."),
    "37": Bilingual(
        "工程违反规划、建设法律，由建设单位付。",
        "The project breaks planning or building law: the owner pays.",
    ),
    "other": Bilingual("是他叫的人干活，按约定要付钱。", "He engaged the workers and owes what was agreed."),
}


def respond(
    party: Party, ground: Ground, share: Share, cap: int | None = None, extra: tuple[Basis, ...] = ()
) -> Respondent:
    """A respondent with the ground's usual basis and reason."""
    return Respondent(party.id, ground, share, cap, (*_BASIS[ground], *extra), _WHY[ground])


def _hirer(party: Party, chain: Chain) -> Iterator[Finding]:
    """Employer, subcontractor, team leader: whoever hired the workers, or stands above one who did."""
    if chain.engaged_unlawfully_by(party):
        yield respond(party, "19(1)", "joint")
    elif chain.engaged_another_hirer(party):
        why = Bilingual(
            "人不是它招的，它下面有资格的单位招的，先找那个单位和总包。",
            "The licensed unit below it hired the workers: ask that unit, and the general contractor.",
        )
        yield Refused(party.id, "16", None, _BASIS["16"], why)
    else:
        yield from _own_workers(party)
    if party.role != "employer" or party.engaged_by is not None:
        yield from _link(party, chain)


def _own_workers(party: Party) -> Iterator[Finding]:
    """Whoever hired the workers, by what it is."""
    if party.kind == "licensed_unit":
        yield respond(party, "16", "direct", extra=_direct_duty(party))
    elif party.kind == "unlicensed_unit":
        yield respond(party, "17", "direct")
    elif party.engaged_by is None:
        yield respond(party, "other", "direct")
    else:
        yield Respondent(party.id, "other", "joint", None, (_JOINT,), _WHY["other"])


def _direct_duty(party: Party) -> tuple[Basis, ...]:
    return (cite(_RULES, "30(1)"),) if party.role == "subcontractor" else ()


def _link(party: Party, chain: Chain) -> Iterator[Unknown]:
    """Who engaged this party, if nobody said or the one named is not described."""
    if party.engaged_by is None:
        yield Unknown(party.id, Bilingual("不知道是谁叫它来干的。", "Nobody said who engaged it."))
    elif party.engaged_by not in chain.by_id:
        yield Unknown(
            party.engaged_by,
            Bilingual("提到了它，但没有说它是什么单位。", "It is named as the one above, but not described."),
        )


def _general_contractor(party: Party, chain: Chain) -> Iterator[Finding]:
    if chain.engaged_unlawfully_by(party):
        yield respond(party, "36(1)", "direct")
    if any(other.recontracted for other in chain.parties):
        yield respond(party, "30(4)", "pays_first")
    elif chain.has_subcontractor_below(party):
        yield respond(party, "30(3)", "pays_first")
    elif not chain.with_role("subcontractor", "team_leader", "employer"):
        yield from _own_workers(party)  # nobody stands between it and the workers


def _owner(party: Party, chain: Chain) -> Iterator[Finding]:
    uncapped: list[Finding] = []
    if chain.planning_permission is False:
        uncapped.append(respond(party, "37", "direct"))
    if chain.engaged_unlawfully_by(party):
        uncapped.append(respond(party, "36(1)", "direct"))
    yield from uncapped or advance(party)


def advance(party: Party) -> Iterator[Finding]:
    """Article 29(2): an owner whose unpaid project money led to the arrears, up to what it still owes."""
    settled = party.paid_in_full or party.unpaid_to_next == 0
    if settled or party.caused_arrears is False:
        why = (
            Bilingual("工程款已经结清，不用垫付。", "It has paid the project money, so it need not advance.")
            if settled
            else Bilingual("欠薪不是它没拨款造成的，不用垫付。", "Its payments did not lead to the arrears.")
        )
        yield Refused(party.id, "29(2)", None, _BASIS["29(2)"], why)
    elif party.caused_arrears is None:
        yield Unknown(
            party.id,
            Bilingual(
                "不知道欠薪是不是它没按约定拨款造成的。",
                "Nobody knows whether its late payments led to the arrears.",
            ),
        )
    elif party.unpaid_to_next is None:
        yield Unknown(
            party.id,
            Bilingual("不知道它还有多少工程款没结清。", "Nobody knows how much project money it still owes."),
        )
    else:
        yield respond(party, "29(2)", "pays_first", party.unpaid_to_next)


def _dispatcher(party: Party, chain: Chain) -> Iterator[Finding]:
    if party.kind == "licensed_unit":
        yield respond(party, "16", "direct", extra=(_DISPATCH,))
    elif party.kind == "unlicensed_unit":
        yield respond(party, "17", "direct")
    else:
        yield Respondent(party.id, "other", "joint", None, (_JOINT,), _WHY["other"])
    if not chain.with_role("user_unit"):
        yield Unknown(
            "user_unit", Bilingual("不知道人派到了哪个单位。", "Nobody said which unit used the workers.")
        )


def _user_unit(party: Party, chain: Chain) -> Iterator[Finding]:
    senders = [other for other in chain.with_role("dispatcher") if other.engaged_by in (None, party.id)]
    if any(not sender.may_employ for sender in senders):
        yield respond(party, "18", "direct")
    elif not senders:
        yield Unknown("dispatcher", Bilingual("不知道人是谁派来的。", "Nobody said who sent the workers."))
    elif party.caused_arrears:
        why = Bilingual(
            "用工单位造成的损害，和派遣单位一起承担。", "It did the harm, so it is jointly liable."
        )
        yield Respondent(party.id, "other", "joint", None, (_USER_UNIT,), why)
    else:
        why = Bilingual(
            "派遣单位有资格，先找派遣单位。",
            "The dispatcher is licensed: the claim is against the dispatcher.",
        )
        yield Refused(party.id, "18", None, _BASIS["18"], why)


def _name_lender(party: Party, chain: Chain) -> Iterator[Finding]:
    yield respond(party, "36(2)" if chain.is_construction else "19(2)", "direct")


def _investor(party: Party, chain: Chain) -> Iterator[Finding]:
    """Investors answer for a unit without a licence; for others only where the form of the firm says so."""
    if any(other.kind == "unlicensed_unit" for other in chain.parties):
        yield respond(party, "17", "joint")
    else:
        yield Unknown(
            party.id,
            Bilingual(
                "要知道企业形式：合伙、个人独资、个体户的出资人才要付（条例第20条）。",
                "The form of the firm: only investors of a partnership or a sole proprietor pay (art. 20).",
            ),
        )


BY_ROLE: dict[Role, Callable[[Party, Chain], Iterator[Finding]]] = {
    "employer": _hirer,
    "subcontractor": _hirer,
    "team_leader": _hirer,
    "general_contractor": _general_contractor,
    "owner": _owner,
    "dispatcher": _dispatcher,
    "user_unit": _user_unit,
    "name_lender": _name_lender,
    "investor": _investor,
}
