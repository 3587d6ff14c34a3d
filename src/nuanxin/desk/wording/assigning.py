"""Why a lawyer fits, why one may not be asked, and why one declines."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuanxin.assignment.rules.ranking import Reason
from nuanxin.desk.speech import said
from nuanxin.ui.parts import Text

DECLINES: dict[str, Text] = {
    "conflict": gettext_lazy("conflict of interest"),
    "too_busy": gettext_lazy("no time now"),
    "not_my_field": gettext_lazy("not my field"),
    "too_far": gettext_lazy("too far away"),
    "language": gettext_lazy("I do not speak the worker's language"),
    "health": gettext_lazy("health"),
    "other": gettext_lazy("another reason"),
}
# Why an offer ended without its lawyer, as the record tells it.
GIVEN_UP: dict[str, Text] = {
    **DECLINES,
    "silent": gettext_lazy("not answered in time"),
    "recalled": gettext_lazy("taken back by the office"),
}
EXCLUDED: dict[str, Text] = {
    "conflict": gettext_lazy("conflict of interest with a respondent"),
    "declined": gettext_lazy("has declined this case or let it pass"),
    "full": gettext_lazy("has no room for another case"),
}
SPECIALTIES: dict[str, Text] = {
    "labour": gettext_lazy("labour law"),
    "injury": gettext_lazy("work injury"),
    "group": gettext_lazy("group claims"),
    "enforcement": gettext_lazy("enforcement"),
}


def reason_words(reasons: Iterable[Reason]) -> str:
    """The reasons of a ranking in one line, each with its points."""
    return said("；", "; ").join(f"{_reason(one)} +{one.points}" for one in reasons)


_PLAIN: dict[str, Text] = {
    "sign_language": gettext_lazy("speaks sign language"),
    "no_offer_yet": gettext_lazy("no offer yet"),
    "same_county": gettext_lazy("in the same county"),
    "same_city": gettext_lazy("in the same city"),
}
_WITH_VALUE: dict[str, Text] = {
    "language": gettext_lazy("speaks %(value)s"),
    "distance": gettext_lazy("%(value)s km away, straight line"),
    "load": gettext_lazy("%(value)s cases in hand"),
    "waited": gettext_lazy("last offer %(value)s days ago"),
}
REASON_CODES = {*_PLAIN, *_WITH_VALUE, "specialty"}


def _reason(one: Reason) -> str:
    if one.code == "specialty":
        fields = [str(SPECIALTIES.get(field, field)) for field in one.value.split("+")]
        return _("knows %(fields)s") % {"fields": said("、", ", ").join(fields)}
    if one.code in _PLAIN:
        return str(_PLAIN[one.code])
    return str(_WITH_VALUE[one.code]) % {"value": one.value.replace("+", said("、", ", "))}
