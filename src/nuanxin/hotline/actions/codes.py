"""Keeping the registries: a code is added, retired, and taken up again; it is never renamed and never removed."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.cases.rules.states import ITEMS
from nuanxin.hotline.models import Category, WrapUpCode
from nuanxin.hotline.permissions import check, may_keep_codes
from nuanxin.hotline.rules.codes import well_formed

Code = TypeVar("Code", WrapUpCode, Category)


def add_wrap_up_code(
    *, code: str, zh: str, en: str, order: int = 100, needs_record: bool = True, by: Actor, at: datetime
) -> WrapUpCode:
    """Add what may come of a call. Raises NotPermitted, and Refused for a code that is none or is known already."""
    check(may_keep_codes(by))
    with write():
        _check_new(WrapUpCode, code, zh, en)
        row = WrapUpCode.objects.create(code=code, zh=zh, en=en, order=order, needs_record=needs_record)
        _record("hotline.wrap_up_code_added", {"code": code, "needs_record": needs_record}, by, at)
    return row


def add_category(
    *, code: str, zh: str, en: str, order: int = 100, item: str = "", by: Actor, at: datetime
) -> Category:
    """Add what a consultation may be about; ``item``: what an application claims by it. Raises NotPermitted, Refused."""
    check(may_keep_codes(by))
    if item and item not in ITEMS:
        raise Refused("choose_one", "没有这个请求项目。", "There is no such item of a claim.")
    with write():
        _check_new(Category, code, zh, en)
        row = Category.objects.create(code=code, zh=zh, en=en, order=order, item=item)
        _record("hotline.category_added", {"code": code, "item": item}, by, at)
    return row


def retire_wrap_up_code(*, code: str, by: Actor, at: datetime) -> WrapUpCode:
    """Offer a code no more; calls that were closed with it keep it. Raises NotPermitted, Refused for an unknown one."""
    return _stand(WrapUpCode, code, active=False, by=by, at=at)


def retire_category(*, code: str, by: Actor, at: datetime) -> Category:
    """Offer a category no more; records that have it keep it. Raises NotPermitted, Refused for an unknown one."""
    return _stand(Category, code, active=False, by=by, at=at)


def restore_wrap_up_code(*, code: str, by: Actor, at: datetime) -> WrapUpCode:
    """Offer a retired code again, by its old words. Raises NotPermitted, Refused for an unknown one."""
    return _stand(WrapUpCode, code, active=True, by=by, at=at)


def restore_category(*, code: str, by: Actor, at: datetime) -> Category:
    """Offer a retired category again, by its old words. Raises NotPermitted, Refused for an unknown one."""
    return _stand(Category, code, active=True, by=by, at=at)


def _check_new(kind: type[WrapUpCode | Category], code: str, zh: str, en: str) -> None:
    if not well_formed(code):
        raise Refused(
            "bad_code",
            "代码只能用小写字母、数字和下划线，最多二十个。",
            "A code has small letters, figures and underscores, at most twenty.",
        )
    if not zh.strip() or not en.strip():
        raise Refused("no_words", "中文和英文名称都要写。", "Write the name in Chinese and in English.")
    if kind.objects.filter(code=code).exists():
        raise Refused(
            "known_code",
            "已经有这个代码；停用的可以重新启用。",
            "There is this code already; a retired one can be taken up again.",
        )


def _stand(kind: type[Code], code: str, *, active: bool, by: Actor, at: datetime) -> Code:
    check(may_keep_codes(by))
    with write():
        # What cannot be a code is not looked for: a database may refuse it.
        row = kind.objects.select_for_update().filter(code=code).first() if well_formed(code) else None
        if row is None:
            raise Refused("no_such_code", "没有这个代码。", "There is no such code.")
        if row.active != active:
            row.active = active
            row.save(update_fields=["active"])
            name = "wrap_up_code" if kind is WrapUpCode else "category"
            _record(f"hotline.{name}_{'restored' if active else 'retired'}", {"code": code}, by, at)
    return row


def _record(kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    append([NewEvent(STREAM_SITE, 0, kind, payload)], by=by, at=at)
