"""The telephone of a caller goes when nobody needs it any more; the call stays on the record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.models import Event
from nuanxin.audit.transactions import write
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.personal import ERASED
from nuanxin.hotline import actions
from nuanxin.hotline.actions.forgetting import KEPT
from nuanxin.hotline.models import Call, CallBack
from nuanxin.hotline.rules.callbacks import Status
from nuanxin.hotline.rules.calls import Happening, State
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.story import Story
from tests.factories.world import offices as open_offices

pytestmark = pytest.mark.django_db
LATER = WORKDAY + KEPT + timedelta(days=2)


@pytest.fixture
def line(db: object) -> Hotline:
    return open_hotline()


def ended(line: Hotline, call: str = "c1") -> Call:
    """A call that was given up while it waited."""
    line.queued(call)
    line.tell(Happening.HUNG_UP, 40, call=call)
    kept = Call.objects.get(external=call)
    assert kept.state == State.ENDED
    return kept


def test_the_number_of_an_old_call_goes_and_the_call_stays(line: Hotline) -> None:
    call = ended(line)
    assert actions.forget_callers(at=LATER - timedelta(days=3)) == 0
    assert Call.objects.get().phone == PHONE
    assert actions.forget_callers(at=LATER) == 1
    after = Call.objects.get()
    assert (after.phone, after.phone_index, after.outcome, after.arrived_at) == (
        "", None, call.outcome, call.arrived_at,
    )  # fmt: skip
    assert Event.objects.filter(stream=call.pk, kind="call.caller_forgotten").count() == 1
    assert list(verify()) == []
    assert actions.forget_callers(at=LATER) == 0


def test_a_live_call_and_one_that_waits_for_a_call_back_keep_their_number(line: Hotline) -> None:
    line.queued("live")
    promised = ended(line, "promised")
    CallBack.objects.filter(call=promised).delete()
    CallBack(
        id=promised.pk, province=promised.province, call=promised, phone=PHONE, phone_index=promised.phone_index,
        place_at=WORKDAY, due_at=WORKDAY, status=Status.PROMISED,
    ).save(force_insert=True)  # fmt: skip
    assert actions.forget_callers(at=LATER) == 0
    CallBack.objects.update(status=Status.CANCELLED, due_at=None, settled_at=WORKDAY)
    assert actions.forget_callers(at=LATER) == 1
    assert CallBack.objects.values_list("phone", "phone_index").get() == ("", None)


def test_the_number_of_a_case_goes_with_the_people_of_the_case(line: Hotline) -> None:
    open_offices()
    case = Story().in_progress().case
    call = ended(line)
    Call.objects.filter(pk=call.pk).update(case=case.pk)
    assert actions.forget_callers(at=LATER) == 0
    with write():
        append([NewEvent(case.pk, case.province, ERASED, {"case": case.pk})], by=SYSTEM, at=LATER)
    assert actions.forget_callers(at=LATER) == 1
    assert Call.objects.get().phone == ""
