"""How an employment ended, and what the law gives for it (劳动合同法 art. 46, 87; 实施条例 art. 22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual

Due = Literal["compensation", "unlawful_termination", "nothing"]
_LAW, _REGULATION = "劳动合同法", "劳动合同法实施条例"


@dataclass(frozen=True, slots=True)
class Ending:
    """What is due for one way of ending. ``notice``: 30 days' notice or a month's wage is owed (art. 40)."""

    due: Due
    basis: tuple[Basis, ...]
    why: Bilingual
    notice: bool = False


ENDINGS: dict[str, Ending] = {
    "employer_unlawful": Ending(
        "unlawful_termination",
        (cite(_LAW, "87"), cite(_REGULATION, "25")),
        Bilingual(
            "单位违法解除或终止，付经济补偿标准的两倍（2N），付了就不再另付经济补偿和代通知金。",
            "The ending was unlawful: twice the severance (2N), and neither severance nor notice pay besides.",
        ),
    ),
    "employer_no_fault": Ending(
        "compensation",
        (cite(_LAW, "46(3)"), cite(_LAW, "40")),
        Bilingual(
            "不是您的过错，单位依法解除，要付经济补偿。",
            "The employer ended it lawfully without your fault: severance is due.",
        ),
        notice=True,
    ),
    "layoff": Ending(
        "compensation",
        (cite(_LAW, "46(4)"),),
        Bilingual(
            "经济性裁员要付经济补偿；代通知金只在第四十条的情形才有。",
            "A layoff: severance is due; pay in place of notice exists only for the grounds of article 40.",
        ),
    ),
    "agreed_employer_proposed": Ending(
        "compensation",
        (cite(_LAW, "46(2)"),),
        Bilingual(
            "单位提出、双方商量好离职的，要付经济补偿。",
            "The employer proposed the parting and you agreed: severance is due.",
        ),
    ),
    "agreed_worker_proposed": Ending(
        "nothing",
        (cite(_LAW, "46(2)"),),
        Bilingual(
            "您自己提出、双方商量好离职的，没有经济补偿。",
            "You proposed the parting yourself: no severance is due.",
        ),
    ),
    "worker_for_employer_breach": Ending(
        "compensation",
        (cite(_LAW, "46(1)"),),
        Bilingual(
            "因为单位欠薪、不交社保等过错离职的，要付经济补偿；离职时写明的理由算数，事后不能改。",
            "You left because the employer broke the law: severance is due; the reason you wrote when leaving is what counts.",
        ),
    ),
    "worker_resigned": Ending(
        "nothing",
        (cite(_LAW, "46(1)"),),
        Bilingual(
            "自己辞职又没有写单位的过错，没有经济补偿。",
            "You resigned without naming a breach by the employer: no severance is due.",
        ),
    ),
    "term_expired": Ending(
        "compensation",
        (cite(_LAW, "46(5)"),),
        Bilingual("合同到期没有续订，要付经济补偿。", "The fixed term ran out: severance is due."),
    ),
    "term_expired_worker_declined_equal_terms": Ending(
        "nothing",
        (cite(_LAW, "46(5)"),),
        Bilingual(
            "合同到期，单位愿意按不低于原来的条件续订而您不同意，没有经济补偿。",
            "You declined to renew on the same or better terms: no severance is due.",
        ),
    ),
    "employer_closed": Ending(
        "compensation",
        (cite(_LAW, "46(6)"),),
        Bilingual(
            "单位破产、关闭、撤销或解散，要付经济补偿。", "The employer closed down: severance is due."
        ),
    ),
    "task_completed": Ending(
        "compensation",
        (cite(_REGULATION, "22"),),
        Bilingual(
            "以完成任务为期限的合同因任务完成而终止，要付经济补偿。",
            "The contract ended with its task: severance is due.",
        ),
    ),
    "worker_fault": Ending(
        "nothing",
        (cite(_LAW, "39"),),
        Bilingual(
            "因您有法律写明的过错被解除的，没有经济补偿；有没有过错由单位举证。",
            "Ended for a fault of yours that the law names: no severance is due; the employer has to prove the fault.",
        ),
    ),
}
