"""What may be written into the register of lawyers."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.models import Staff
from nuanxin.assignment.models import Client, Firm, Lawyer
from nuanxin.assignment.rules.ranking import SPECIALTIES
from nuanxin.cases.rules.reading import LANGUAGE
from nuanxin.law.identity import check_uscc
from nuanxin.network.queries import UnknownPlace, region

MOST_CASES = 500
SIGN = "sign"


def _check_place(place: int) -> None:
    try:
        region(place)
    except UnknownPlace:
        raise ValidationError({"region": _("There is no region with this code.")}) from None


def check_firm(firm: Firm) -> None:
    """A name, and a region that exists. Raises ValidationError."""
    if not firm.name_zh.strip():
        raise ValidationError({"name_zh": _("The firm needs its name.")})
    _check_place(firm.region)


def check_lawyer(lawyer: Lawyer) -> None:
    """An account, a region, known specialties, languages by their code, a sensible number of cases.

    Raises ValidationError.
    """
    _check_place(lawyer.region)
    if not Staff.objects.filter(pk=lawyer.staff).exists():
        raise ValidationError({"staff": _("There is no such account.")})
    if set(lawyer.specialties) - set(SPECIALTIES):
        raise ValidationError({"specialties": _("Choose from the list.")})
    if not all(code == SIGN or LANGUAGE.fullmatch(code) for code in lawyer.languages):
        raise ValidationError({"languages": _("Language codes such as zh, ii, ug, or sign.")})
    if not 0 <= lawyer.capacity <= MOST_CASES:
        raise ValidationError({"capacity": _("Between 0 and 500.")})


def check_client(client: Client) -> None:
    """Whose it is, by name or code, and from when until when. Raises ValidationError."""
    if (client.firm is None) == (client.lawyer is None):
        raise ValidationError(_("A client is of a firm or of one lawyer."))
    if not client.name.strip() and not client.uscc:
        raise ValidationError({"name": _("Give the name or the social credit code.")})
    if client.uscc and not check_uscc(client.uscc).valid:
        raise ValidationError({"uscc": _("This is no unified social credit code.")})
    if client.until is not None and client.until < client.since:
        raise ValidationError({"until": _("The end lies before the beginning.")})
