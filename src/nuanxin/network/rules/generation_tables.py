"""What the invented network is drawn from: shares of services, languages by region, hours, names. Pure.

The shares are plausible, and no more: they describe no real place. Codes are those of ``rules.points``.
"""

from __future__ import annotations

from collections.abc import Mapping

from nuanxin.network.rules.points import Kind

# How many points of a kind offer a service.
SERVICE_SHARES: Mapping[Kind, Mapping[str, float]] = {
    Kind.PLATFORM: {
        "consultation": 1.0, "wage_claims": 0.85, "legal_aid": 0.6, "work_injury": 0.6, "mediation": 0.75,
        "document_drafting": 0.5, "arbitration_help": 0.3, "video_consultation": 0.45, "notary": 0.3,
        "labour_inspection": 0.3, "night": 0.01, "site_visit": 0.02,
    },
    Kind.WORKSTATION: {
        "consultation": 1.0, "wage_claims": 0.97, "legal_aid": 0.95, "work_injury": 0.85, "mediation": 0.5,
        "document_drafting": 0.9, "arbitration_help": 0.7, "video_consultation": 0.3, "notary": 0.05,
        "labour_inspection": 0.7, "night": 0.03, "site_visit": 0.2,
    },
    Kind.CONTACT_POINT: {
        "consultation": 1.0, "wage_claims": 0.7, "legal_aid": 0.4, "work_injury": 0.3, "mediation": 0.55,
        "document_drafting": 0.1, "arbitration_help": 0.1, "video_consultation": 0.15, "notary": 0.02,
        "labour_inspection": 0.2, "night": 0.005, "site_visit": 0.05,
    },
}  # fmt: skip

# Where a language is spoken at points, beside Mandarin, and at what share of them: beginnings of the six digits. The
# longest beginning that fits a county counts.
LANGUAGE_SHARES: Mapping[str, Mapping[str, float]] = {
    "yue": {"44": 0.75, "4405": 0.05, "4451": 0.05, "4452": 0.05, "4414": 0.1, "4408": 0.4, "4501": 0.3,
            "4504": 0.8, "4509": 0.7, "4508": 0.4, "4505": 0.6, "4507": 0.5, "4506": 0.4, "81": 0.95, "82": 0.95},
    "wuu": {"31": 0.7, "33": 0.7, "3202": 0.7, "3204": 0.7, "3205": 0.7, "3206": 0.4},
    "nan": {"3502": 0.7, "3505": 0.75, "3506": 0.75, "4405": 0.8, "4451": 0.8, "4452": 0.75, "46": 0.5, "71": 0.7},
    "hak": {"4414": 0.85, "3508": 0.6, "3607": 0.6, "4416": 0.6, "4413": 0.3, "4402": 0.3, "4511": 0.15},
    "bo": {"54": 0.9, "6322": 0.4, "6323": 0.6, "6325": 0.6, "6326": 0.85, "6327": 0.9, "6328": 0.3, "5132": 0.6,
           "5133": 0.8, "5334": 0.5, "6230": 0.6, "513422": 0.3},
    "ug": {"65": 0.4, "6529": 0.85, "6530": 0.7, "6531": 0.9, "6532": 0.92, "6504": 0.75, "6523": 0.1, "659": 0.1},
    "mn": {"15": 0.25, "1522": 0.6, "1525": 0.7, "1529": 0.5, "1505": 0.5, "6528": 0.1, "6527": 0.15, "2224": 0.0,
           "220721": 0.4, "2113": 0.1, "632801": 0.2, "632324": 0.5},
    "kk": {"6540": 0.5, "6542": 0.5, "6543": 0.75, "6523": 0.25, "6505": 0.15, "6501": 0.05, "620924": 0.2},
    "za": {"45": 0.35, "4510": 0.7, "4512": 0.6, "4514": 0.8, "4501": 0.4, "4513": 0.6, "4503": 0.1, "4509": 0.05,
           "5326": 0.4, "441825": 0.3},
    "ii": {"5134": 0.9, "513401": 0.4, "513422": 0.3, "511132": 0.5, "511133": 0.6, "5323": 0.4, "5325": 0.3,
           "5303": 0.1, "5307": 0.2, "530724": 0.6, "5308": 0.15, "5202": 0.15, "5205": 0.2},
    "ko": {"2224": 0.8, "22": 0.05, "2310": 0.1, "2101": 0.05, "210603": 0.1},
    "hmn": {"5226": 0.6, "5223": 0.25, "5227": 0.2, "5205": 0.2, "4331": 0.5, "5326": 0.2, "5325": 0.15,
            "500241": 0.3, "500243": 0.4, "450225": 0.5, "520628": 0.5},
    "dai": {"5328": 0.7, "5331": 0.5, "5309": 0.15, "530827": 0.4, "530824": 0.2},
    "bai": {"5329": 0.6, "533325": 0.4, "430822": 0.2},
    "doc": {"5226": 0.35, "4312": 0.3, "450226": 0.6, "4503": 0.05, "520622": 0.5},
    "en": {"11": 0.05, "31": 0.08, "44": 0.03, "33": 0.02, "32": 0.02, "81": 0.8, "82": 0.3},
}  # fmt: skip
SIGN_SHARE = 0.03  # of the points have somebody who signs, everywhere

# The weeks that points keep, in canonical form; and how often each kind keeps each of them (of 1000).
HOURS: tuple[str, ...] = (
    "Mo-Fr 09:00-12:00,14:00-17:30; PH off",
    "Mo-Fr 09:00-12:00,13:30-17:00; PH off",
    "Mo-Fr 08:30-12:00,14:30-18:00; PH off",
    "Mo-Fr 09:00-17:00; PH off",
    "Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off",
    "Mo-Sa 08:30-18:00; PH off",
    "Mo-Su 09:00-17:00; PH 09:00-12:00",
    "Mo-Su 08:00-20:00; PH 08:00-20:00",
    "Mo-Fr 10:00-13:00,15:30-19:30; PH off",  # the west by Beijing time
    "Tu 09:00-12:00; Fr 09:00-12:00; PH off",
    "Sa-Su 08:00-12:00; PH off",  # market days
    "Mo-Fr 18:00-21:00; Sa-Su 09:00-12:00; PH off",  # after work
    "Mo-Su 22:00-06:00; PH 22:00-06:00",  # at night
    "24/7",
)
WEST = 8  # the pattern of Xinjiang and Xizang, in place of the first
HOURS_SHARES: Mapping[Kind, tuple[int, ...]] = {
    Kind.PLATFORM: (300, 150, 120, 120, 120, 40, 40, 20, 0, 40, 20, 20, 3, 7),
    Kind.WORKSTATION: (330, 180, 120, 160, 100, 40, 20, 10, 0, 15, 5, 10, 2, 8),
    Kind.CONTACT_POINT: (200, 100, 80, 80, 80, 90, 100, 70, 0, 100, 50, 40, 3, 7),
}
WESTERN = ("54", "65")

CAPACITIES: tuple[int, ...] = (0, 5, 10, 15, 20, 30, 50, 80)  # people a day; 0: not known
CAPACITY_SHARES: Mapping[Kind, tuple[int, ...]] = {
    Kind.PLATFORM: (200, 150, 250, 150, 120, 80, 40, 10),
    Kind.WORKSTATION: (100, 50, 200, 200, 200, 150, 70, 30),
    Kind.CONTACT_POINT: (450, 350, 150, 40, 10, 0, 0, 0),
}
STEP_FREE: Mapping[Kind, float] = {Kind.PLATFORM: 0.72, Kind.WORKSTATION: 0.8, Kind.CONTACT_POINT: 0.45}

# Looked at within the last year; longer ago; the rest never.
VERIFIED, LAPSED = 0.83, 0.12

# Names of each kind, with how often (of 1000). What begins with 示例 is invented, and says so.
MARK_ZH, MARK_EN = "示例·", "Example · "
FORMS: Mapping[Kind, tuple[tuple[str, str, int], ...]] = {
    Kind.PLATFORM: (
        ("公共法律服务室", "Public legal service room", 700),
        ("公共法律服务站", "Public legal service station", 285),
        ("公共法律服务中心", "Public legal service centre", 15),
    ),
    Kind.WORKSTATION: (
        ("法律援助工作站", "Legal-aid workstation", 600),
        ("工会法律援助工作站", "Legal-aid workstation at the union", 200),
        ("劳动维权法律援助工作站", "Legal-aid workstation for labour rights", 200),
    ),
    Kind.CONTACT_POINT: (
        ("法律援助联络点", "Legal-aid contact point", 800),
        ("工地法律援助联络点", "Legal-aid contact point of a building site", 100),
        ("园区法律援助联络点", "Legal-aid contact point of an industrial park", 100),
    ),
}
