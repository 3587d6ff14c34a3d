"""Identifiers of people, firms, telephones and places: checked and brought into one form. Never raises.

居民身份证号 GB 11643-1999 · 统一社会信用代码 GB 32100-2015 · 行政区划代码 GB/T 2260 · mobile and landline numbers.
"""

from nuanxin.law.identity.checked import Checked
from nuanxin.law.identity.organisations import check_uscc, normalise_uscc
from nuanxin.law.identity.people import check_resident_id, normalise_resident_id
from nuanxin.law.identity.regions import check_region, is_known_province, normalise_region, successor
from nuanxin.law.identity.telephones import check_landline, check_mobile, normalise_mobile

__all__ = [
    "Checked",
    "check_landline",
    "check_mobile",
    "check_region",
    "check_resident_id",
    "check_uscc",
    "is_known_province",
    "normalise_mobile",
    "normalise_region",
    "normalise_resident_id",
    "normalise_uscc",
    "successor",
]
