"""The telephone of the person who is signed in, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass, field

from nuanxin.audit.actor import Actor
from nuanxin.hotline.models import OperatorState
from nuanxin.hotline.permissions import may_answer
from nuanxin.hotline.rules.telephones import origin, sip_domain


@dataclass(frozen=True, slots=True)
class BrowserTelephone:
    """What a browser needs to sign in to the exchange. The secret stays out of anything that prints this."""

    web_socket: str
    extension: str
    secret: str = field(repr=False)

    @property
    def origin(self) -> str:
        """What the page's policy must let the browser reach."""
        return origin(self.web_socket)

    @property
    def uri(self) -> str:
        """The telephone's SIP address."""
        return f"sip:{self.extension}@{sip_domain(self.web_socket)}"


def browser_telephone(by: Actor) -> BrowserTelephone | None:
    """The person's own; None without a seat, with a telephone on the desk, or where browsers cannot reach the exchange."""
    seat = OperatorState.objects.select_related("desk", "exchange").filter(staff=by.id).first()
    if seat is None or not in_browser(seat) or not may_answer(by, seat.desk.region):
        return None
    return BrowserTelephone(seat.exchange.web_socket, seat.extension, seat.phone_secret or "")


def in_browser(seat: OperatorState) -> bool:
    """Whether a seat's telephone is in the browser and can reach its exchange."""
    return bool(
        seat.browser_phone and seat.phone_secret and seat.exchange.web_socket and seat.exchange.active
    )
