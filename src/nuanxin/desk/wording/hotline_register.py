"""Words of the hotline's register: kinds of exchanges and desks, the name of a desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.desk.speech import english, said
from nuanxin.hotline.models import Desk
from nuanxin.network.queries import UnknownPlace, region_name, six_digits
from nuanxin.ui.parts import Text

DESK_KINDS: dict[str, Text] = {
    "special": _("For migrant workers, with a lawyer"),
    "general": _("General"),
    "emergency": _("Emergency line"),
}
EXCHANGE_KINDS: dict[str, Text] = {
    "push": _("The exchange itself; it only tells what happens"),
    "ari": _("Our gateway (Asterisk)"),
}

UNITS: dict[str, Text] = {"seconds": _("seconds"), "minutes": _("minutes"), "times": _("times")}


def desk_name(desk: Desk) -> str:
    """In the language of the page; Chinese where there is no English name."""
    return said(desk.name_zh, desk.name_en or desk.name_zh)


def place_name(region: int) -> str:
    """A region in the language of the page."""
    if not region:
        return said("全国", "the whole country")
    try:
        return region_name(region, "en" if english() else "zh", full=False)
    except UnknownPlace:
        return six_digits(region)
