"""The codes with which the hotline is delivered. The registries in the database are what counts: they may be extended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shipped:
    """One code as delivered. ``needs_record`` and ``item`` as in the models."""

    code: str
    zh: str
    en: str
    needs_record: bool = True
    item: str = ""


WRAP_UP = (
    Shipped("advised", "已解答", "Advised"),
    Shipped("application", "已登记案件", "A case was opened"),
    Shipped("call_back", "需要回电", "To be rung back", False),
    Shipped("other_office", "转其他部门", "Sent to another office"),
    Shipped("wrong_number", "打错电话", "Wrong number", False),
    Shipped("nuisance", "骚扰电话", "Nuisance call", False),
    Shipped("other", "其他", "Something else", False),
)
CATEGORIES = (
    Shipped("wages", "拖欠工资", "Unpaid wages", item="wages"),
    Shipped("injury", "工伤", "Injury at work", item="work_injury"),
    Shipped("no_contract", "没签合同", "No written contract", item="double_wage"),
    Shipped("dismissal", "被辞退、补偿", "Dismissal and severance", item="severance"),
    Shipped("overtime", "加班、休假", "Overtime and leave", item="overtime"),
    Shipped("insurance", "社会保险", "Social insurance", item="social_insurance"),
    Shipped("relation", "算不算劳动关系", "Whether it is an employment", item="labour_relationship"),
    Shipped("iou", "欠条、结算单", "IOU or settlement", item="wages"),
    Shipped("own_case", "已有案件的进展", "How an open case stands"),
    Shipped("aid", "怎样申请法律援助", "How to apply for legal aid"),
    Shipped("court", "仲裁、诉讼、执行", "Arbitration, court, enforcement"),
    Shipped("civil", "其他民事", "Other civil matters"),
    Shipped("criminal", "刑事", "Criminal matters"),
    Shipped("other", "其他", "Something else"),
)


def well_formed(code: str) -> bool:
    """Whether a code can stand in the registries: small letters, figures and underscores, at most twenty."""
    return (
        0 < len(code) <= 20 and code.isascii() and code.replace("_", "a").isalnum() and code == code.lower()
    )
