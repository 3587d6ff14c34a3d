"""The registries: what may be chosen now, and what every code ever used is called."""

from __future__ import annotations

from nuanxin.hotline.models import Category, WrapUpCode


def wrap_up_codes() -> list[WrapUpCode]:
    """What may come of a call, in the order of the registry."""
    return list(WrapUpCode.objects.filter(active=True))


def categories() -> list[Category]:
    """What a consultation may be about, in the order of the registry."""
    return list(Category.objects.filter(active=True))


def every_category() -> list[Category]:
    """The same with the retired ones, for records that were written with them."""
    return list(Category.objects.all())


def every_wrap_up_code() -> list[WrapUpCode]:
    """What came of calls, the retired ones too: what was used never vanishes."""
    return list(WrapUpCode.objects.all())


def wrap_up_code(code: str) -> WrapUpCode | None:
    """The code as it may be chosen now; None for an unknown or retired one."""
    return WrapUpCode.objects.filter(code=code, active=True).first()
