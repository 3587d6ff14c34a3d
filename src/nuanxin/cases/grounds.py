"""On which ground aid was refused or ended, as the worker reads it. Codes in, sentences out."""

from __future__ import annotations

from nuanxin.cases.sentences import Pair, pair

_GROUNDS: dict[str, tuple[str, str]] = {
    # of a refusal (Legal Aid Law art. 43)
    "out_of_scope": ("这件事不在法律援助的范围里", "The matter is outside the scope of legal aid"),
    "means": ("不符合经济困难的标准", "The means standard is not met"),
    "no_facts": ("还没有能支持请求的事实", "No facts support the claim yet"),
    "already_aided": ("同一件事已经给过法律援助", "Aid was already given for this matter"),
    "has_agent": ("您已经另外请了代理人", "You have engaged an agent already"),
    "not_competent": ("应当由别的法律援助机构受理", "Another legal-aid office is competent"),
    # of an early end (art. 48)
    "fraud": ("用欺骗的办法得到了法律援助", "Aid was obtained by deceit"),
    "hidden_facts": (
        "故意隐瞒了重要事实，或者提供了虚假证据",
        "Important facts were hidden, or evidence was false",
    ),
    "illegal_use": ("利用法律援助做了违法的事", "Aid was used for something unlawful"),
    "means_changed": (
        "经济状况变了，不再符合援助条件",
        "Means have changed, so that aid is no longer due",
    ),
    "case_ended": ("案子已经终止审理或者撤销", "The proceedings have ended or were withdrawn"),
    "own_lawyer": ("您自己请了律师或者别的代理人", "You have engaged a lawyer or agent of your own"),
    "client_asks": ("您有正当理由，自己要求终止", "You asked for it yourself, with good reason"),
    "other_by_law": ("法律、法规规定的其他情形", "Another ground of law"),
}


def ground_words(code: str) -> Pair:
    """A ground as the worker reads it; a code of an earlier release as it is."""
    return pair(_GROUNDS.get(code, (code, code)))
