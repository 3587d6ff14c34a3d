"""Every move of the transition table in words: as a task, as a button, and as something that was done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Words:
    """A move in words. ``do``: a task in a queue; ``press``: the button; ``done``: the line of the timeline."""

    do: Text
    press: Text
    done: Text


ACTIONS: dict[str, Words] = {
    # first contact
    "call_back": Words(_("Call back"), _("Reached: record the call"), _("rang the worker")),
    "call_failed": Words(_("Ring again"), _("No answer: count the attempt"), _("rang, nobody answered")),
    "give_up_calling": Words(
        _("End after four calls"), _("Four calls failed: tell by text message and end"), _("ended it after four failed calls")
    ),
    "convert": Words(_("Agree the next step"), _("Open an application for aid"), _("opened an application for aid")),
    "advise": Words(_("Give advice"), _("Advice given: end"), _("gave advice and ended it")),
    "answer": Words(_("Answer the question"), _("Send the answer"), _("answered the question")),
    "ask_again": Words(_("Ask once more"), _("The worker asks once more"), _("asked once more")),
    "not_helped": Words(
        _("Ring: the answer did not help"), _("The answer did not help: ring back"), _("said that the answer did not help")
    ),
    "close_question": Words(_("Close the question"), _("Close the question"), _("closed the question")),
    # review and decision
    "accept": Words(_("Accept the application"), _("Accept"), _("accepted the application")),
    "ask_for_more": Words(
        _("Ask once for what is missing"), _("Ask once for what is missing"), _("asked for what is missing")
    ),
    "supply": Words(_("Papers to be handed in"), _("The papers have arrived"), _("received the papers")),
    "deem_withdrawn": Words(
        _("Count as withdrawn"), _("Not supplied in time: count as withdrawn"), _("counted it as withdrawn")
    ),
    "review": Words(_("Review"), _("Hand in the review"), _("reviewed the application")),
    "return_to_review": Words(_("Return for review"), _("Return for review"), _("returned it for review")),
    "grant": Words(_("Decide about aid"), _("Give aid"), _("decided to give aid")),
    "grant_aid_first": Words(_("Give aid first"), _("Give aid first"), _("gave aid first, papers later")),
    "complete_formalities": Words(
        _("Make the papers good"), _("The papers are complete"), _("made the papers good")
    ),
    "refuse": Words(_("Refuse aid"), _("Refuse aid"), _("decided not to give aid")),
    "object": Words(_("Record an objection"), _("Record an objection"), _("recorded an objection")),
    "sustain_objection": Words(_("Decide the objection"), _("Uphold the objection"), _("upheld the objection")),
    "dismiss_objection": Words(_("Keep the decision"), _("Keep the decision"), _("kept the decision")),
    # handover, leaving, watch
    "transfer": Words(_("Transfer"), _("Transfer to another agency"), _("asked another agency to take over")),
    "accept_transfer": Words(_("Take over a case sent to you"), _("Take it over"), _("took the case over")),
    "refuse_transfer": Words(_("Send it back"), _("Send it back"), _("did not take the case over")),
    "revoke_transfer": Words(_("Call the transfer off"), _("Call the transfer off"), _("called the transfer off")),
    "move_on": Words(_("Goes on elsewhere"), _("Goes on elsewhere"), _("went on in another province")),
    "request_withdrawal": Words(
        _("Wish to withdraw"), _("Record the wish to withdraw"), _("recorded the wish to withdraw")
    ),
    "confirm_withdrawal": Words(
        _("Ring before withdrawal"), _("Rang: confirm the withdrawal"), _("confirmed the withdrawal")
    ),
    "keep_case": Words(_("Keep the case"), _("Rang: the case goes on"), _("kept the case going")),
    "terminate": Words(_("End aid early"), _("End aid early"), _("ended aid early")),
    "open_watch": Words(_("Put under watch"), _("Put under watch"), _("put the case under watch")),
    "answer_watch": Words(_("Answer the watch"), _("Answer the watch"), _("answered the watch")),
    "add_note": Words(_("Write a note"), _("Write a note"), _("wrote a note")),
    "record_facts": Words(
        _("Enter the facts for the law"), _("Enter or correct the facts for the law"), _("entered facts for the law")
    ),
    "tell_worker": Words(_("Message to the worker"), _("Message to the worker"), _("left the worker a message")),
    # lawyer
    "offer": Words(_("Find a lawyer"), _("Offer it to a lawyer"), _("offered it to a lawyer")),
    "accept_offer": Words(_("Answer the offer"), _("I take the case"), _("took the case")),
    "decline_offer": Words(_("Decline"), _("I cannot take it"), _("could not take the case")),
    "recall_offer": Words(_("Take the offer back"), _("Take the offer back"), _("took the offer back")),
    "sign_agreement": Words(_("Sign the agreement"), _("The agreement is signed"), _("signed the agreement")),
    "record_meeting": Words(_("Meet the worker"), _("Record a meeting"), _("met the worker")),
    "report_progress": Words(_("Report progress"), _("Report to the worker"), _("reported to the worker")),
    "record_step": Words(_("Record a step"), _("Record a filing, hearing or result"), _("recorded a step")),
    "call_off_hearing": Words(
        _("Call off the hearing"), _("The hearing is called off or put off"), _("called off the hearing")
    ),
    "correct_step": Words(
        _("Correct a step"), _("Correct a step on the record"), _("corrected a step on the record")
    ),
    "change_lawyer": Words(_("Change the lawyer"), _("Change the lawyer"), _("took the case from the lawyer")),
    "ask_other_lawyer": Words(
        _("Wish for another lawyer"), _("The worker wants another lawyer"), _("recorded a wish for another lawyer")
    ),
    # money
    "import_roster": Words(_("Enter the workers"), _("Enter the list of workers"), _("entered the list of workers")),
    "leave_group": Words(_("Leave the group"), _("A worker leaves the group"), _("recorded that a worker leaves the group")),
    "record_claim": Words(_("Enter a claim"), _("Enter what is claimed"), _("entered a claim")),
    "record_award": Words(_("Enter an award"), _("Enter what was awarded or agreed"), _("entered an award")),
    "record_payment": Words(_("Enter a payment"), _("Enter a payment"), _("entered a payment")),
    "confirm_payment": Words(_("Confirm the money"), _("The worker has the money"), _("confirmed money received")),
    "answer_denial": Words(
        _("Find out about the money and answer"), _("Answer about money that did not come"), _("answered about money that did not come")
    ),
    "not_reached": Words(
        _("Ask again about the money"), _("Asked about the money and not reached"), _("did not reach the worker about the money")
    ),
    "deny_payment": Words(_("Money did not come"), _("The worker does not have the money"), _("said the money did not come")),
    # ending
    "report_closing": Words(
        _("Hand in the closing report"), _("Hand in the closing report"), _("handed in the closing report")
    ),
    "return_file": Words(_("Return the file"), _("Return the file to the lawyer"), _("returned the file")),
    "pass_file": Words(_("Check the file"), _("The file passes"), _("passed the file")),
    "pay_subsidy": Words(_("Enter the subsidy"), _("Enter the lawyer's subsidy"), _("entered the subsidy")),
    "record_follow_up": Words(_("Follow-up call"), _("Record the follow-up call"), _("made the follow-up call")),
    "rate": Words(_("Rating"), _("Record the worker's rating"), _("recorded the rating")),
    "close": Words(_("Close the case"), _("Close the case"), _("closed the case")),
}  # fmt: skip

REVIEW_AND_DECIDE = _("Review and decide")  # one person does both where the agency allows it

# Events that are no move of the table.
EVENTS: dict[str, Text] = {
    "case.submitted": _("handed in"),
    "case.continued": _("goes on here from another province"),
    "case.clock_warned": _("a clock runs out soon: %(clock)s"),
    "case.clock_late": _("a clock ran out: %(clock)s"),
    "case.clocks_recounted": _("dates counted anew with the published holidays"),
    "case.clocks_moved": _("dates moved: a day that they depended on is over"),
    "case.person_corrected": _("corrected a person's data"),
    "case.persons_erased": _("erased personal data after the archive period"),
    "case.ask_correction": _("asked to have their data corrected"),
    "case.ask_erasure": _("asked to have their data erased"),
    "case.lines_recorded": _("further lines of the ledger"),
    "case.urgency_turned": _("the limitation changed how pressing it is"),
    "question.taken": _("took the question in hand"),
    "question.released": _("put the question back into the queue"),
    "question.share": _("said whether others may read it"),
    "public_answer.proposed": _("proposed the answer to the public"),
    "public_answer.approved": _("let the answer out to the public"),
    "public_answer.refused": _("did not let the answer out"),
    "public_answer.withdrawn": _("withdrew the public answer"),
    "public_answer.confirmed": _("found the public answer right by the law of the day"),
    "public_answer.emptied": _("emptied a text that was not published"),
    "personal.seen": _("looked at a whole number"),
    "evidence.received": _("a paper arrived"),
    "evidence.erased": _("papers erased after the archive period"),
}


def words_of(action: str) -> Words:
    """The words of a move. Raises KeyError for an action nobody has worded; a test walks the table."""
    return ACTIONS[action]
