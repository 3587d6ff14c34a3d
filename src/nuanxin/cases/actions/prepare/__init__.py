"""What each move adds to its row, from the form that the officer or the worker filled in.

One small function an action; a move without one adds nothing but its form's text.
"""

from __future__ import annotations

from nuanxin.cases.actions.prepare import contact, correction, ending, handover, review, work
from nuanxin.cases.actions.prepare.form import (
    Moved,
    Prepared,
    dated,
    explained,
    plain,
    taken_up,
    to_worker,
)

__all__ = ["PREPARE", "Moved", "prepare_for"]

PREPARE: dict[str, Prepared] = {
    "call_back": taken_up,
    "call_failed": contact.call_failed,
    "give_up_calling": contact.give_up,
    "not_helped": contact.not_helped,
    "convert": contact.convert,
    "advise": contact.advise,
    "answer": contact.answer,
    "ask_again": explained,
    "close_question": contact.close_question,
    "accept": taken_up,
    "ask_for_more": review.ask_for_more,
    "supply": review.supply,
    "review": review.review,
    "return_to_review": explained,
    "grant": review.grant,
    "grant_aid_first": review.grant_first,
    "refuse": review.refuse,
    "object": review.object_to,
    "sustain_objection": review.sustain,
    "dismiss_objection": to_worker,
    "transfer": handover.transfer,
    "refuse_transfer": handover.transfer_refused,
    "revoke_transfer": handover.transfer_ended,
    "request_withdrawal": handover.withdrawal,
    "confirm_withdrawal": explained,
    "keep_case": handover.kept,
    "open_watch": handover.open_watch,
    "answer_watch": handover.answer_watch,
    "add_note": explained,
    "tell_worker": to_worker,
    "sign_agreement": work.sign,
    "record_meeting": dated,
    "report_progress": to_worker,
    "record_step": work.step,
    "correct_step": correction.correct,
    "call_off_hearing": work.call_off,
    "change_lawyer": work.drop_lawyer,
    "ask_other_lawyer": explained,
    "report_closing": ending.closing,
    "return_file": explained,
    "terminate": ending.terminate,
    "pay_subsidy": ending.subsidy,
    "record_follow_up": ending.follow_up,
    "rate": ending.rate,
}


def prepare_for(action: str) -> Prepared:
    """The function of an action; one that only keeps the form's text where there is none."""
    return PREPARE.get(action, plain)
