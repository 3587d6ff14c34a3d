"""What the free text of a move asks for: a label, and a hint where the worker will read it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Prompt:
    """The label and hint of a text field; whether it must be filled in."""

    label: Text
    hint: Text = ""
    required: bool = True


WORKER_READS = _("The worker reads this. Write as you would speak.")
STAFF_READ = _("Colleagues read this, the worker does not.")
_NOTE = Prompt(_("Note"), STAFF_READ, required=False)

PROMPTS: dict[str, Prompt] = {
    "call_back": Prompt(_("What was said"), STAFF_READ, required=False),
    "call_failed": Prompt(
        _("What happened"), _("Engaged, switched off, somebody else answered …"), required=False
    ),
    "give_up_calling": Prompt(_("Note"), STAFF_READ, required=False),
    "convert": Prompt(_("What was agreed with the worker"), STAFF_READ, required=False),
    "advise": Prompt(_("The advice you gave"), WORKER_READS),
    "answer": Prompt(_("Your answer"), WORKER_READS),
    "ask_again": Prompt(_("What they ask"), _("The duty lawyer answers this.")),
    "ask_for_more": Prompt(
        _("Anything else that is missing, and how to get it"), WORKER_READS, required=False
    ),
    "review": Prompt(_("Findings"), STAFF_READ, required=False),
    "return_to_review": Prompt(_("What has to be looked at again"), STAFF_READ),
    "grant": _NOTE,
    "grant_aid_first": Prompt(_("Why it cannot wait"), STAFF_READ),
    "refuse": Prompt(_("The reasons, and what the worker can do now"), WORKER_READS),
    "object": Prompt(_("What the worker objects to"), STAFF_READ),
    "sustain_objection": Prompt(_("Reasons of the decision"), WORKER_READS),
    "dismiss_objection": Prompt(_("Reasons of the decision, and which remedies remain"), WORKER_READS),
    "transfer": Prompt(_("Why that agency, and what it must know"), _("The other agency reads this.")),
    "refuse_transfer": Prompt(_("Why it is sent back"), _("The sender reads this.")),
    "revoke_transfer": _NOTE,
    "request_withdrawal": Prompt(
        _("Why they want to withdraw, in their own words"),
        _("A colleague who has not handled the case rings them before anything ends."),
    ),
    "confirm_withdrawal": Prompt(
        _("What they said"),
        _("Was it their own wish? Do they have the money, how much? Did anybody press them?"),
    ),
    "keep_case": Prompt(_("What they said"), STAFF_READ, required=False),
    "terminate": Prompt(_("The facts, and what the worker can do now"), WORKER_READS),
    "open_watch": Prompt(
        _("What you ask"), _("The holder answers within the promised days; both stay on the record.")
    ),
    "answer_watch": Prompt(_("Your answer to the higher level"), _("The supervisor reads this.")),
    "add_note": Prompt(_("Note"), STAFF_READ),
    "tell_worker": Prompt(_("Your message"), WORKER_READS),
    "leave_group": Prompt(
        _("What the worker said"),
        _("Their own wish? Do they have money, how much? Did anybody press them? Colleagues read this."),
    ),
    "decline_offer": Prompt(_("More, if you wish"), STAFF_READ, required=False),
    "record_meeting": Prompt(_("What was said and agreed"), STAFF_READ, required=False),
    "report_progress": Prompt(_("How it stands, and what comes next"), WORKER_READS),
    "record_step": Prompt(_("More about it"), WORKER_READS, required=False),
    "call_off_hearing": Prompt(_("More about it"), WORKER_READS, required=False),
    "correct_step": Prompt(_("What was wrong, and how it is"), WORKER_READS),
    "change_lawyer": Prompt(_("Why the lawyer changes"), STAFF_READ),
    "ask_other_lawyer": Prompt(_("What the worker said"), STAFF_READ),
    "answer_denial": Prompt(_("What you found out, and what happens now"), WORKER_READS),
    "not_reached": Prompt(
        _("When and how you tried, and what happened"),
        _(
            "A day counts once. After three days the case may end with this payment left open, never as recovered in full."
        ),
    ),
    "deny_payment": Prompt(_("What the worker said"), STAFF_READ),
    "report_closing": Prompt(_("The closing report: what was done, what was reached"), STAFF_READ),
    "return_file": Prompt(_("What is missing in the file"), _("The lawyer reads this.")),
    "record_follow_up": Prompt(_("What the worker said"), STAFF_READ, required=False),
    "rate": Prompt(_("What the worker said"), STAFF_READ, required=False),
}


def prompt_of(action: str) -> Prompt:
    """What the text of a move asks for."""
    return PROMPTS.get(action, _NOTE)
