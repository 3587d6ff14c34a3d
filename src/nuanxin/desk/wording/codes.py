"""Statuses, items, needs, parties, grounds: every stored code as staff read it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

KINDS: dict[str, Text] = {
    "aid": _("Application for aid"),
    "report": _("Report of unpaid wages"),
    "question": _("Question"),
}
DOORS: dict[str, Text] = {
    "web": _("Web"),
    "hotline": _("12348 hotline"),
    "counter": _("Counter"),
    "helper": _("Village helper"),
    "paper": _("Paper"),
    "partner": _("Partner department"),
}
STATUSES: dict[str, Text] = {
    "submitted": _("Received"),
    "accepted": _("Under review"),
    "awaiting_material": _("Papers missing"),
    "reviewed": _("Waits for a decision"),
    "granted": _("Aid granted, no lawyer yet"),
    "offered": _("Offered to a lawyer"),
    "assigned": _("Lawyer has accepted"),
    "in_progress": _("In progress"),
    "closing": _("File check"),
    "aftercare": _("Subsidy and follow-up"),
    "closed": _("Closed"),
    "refused": _("Aid refused"),
    "objection": _("Objection under review"),
    "withdrawal_requested": _("Withdrawal asked for"),
    "withdrawn": _("Withdrawn"),
    "terminated": _("Aid ended early"),
    "answered": _("Answered"),
    "moved": _("Moved to another province"),
}
STAGES: dict[str, Text] = {
    "negotiation": _("Negotiation"),
    "mediation": _("Mediation"),
    "inspection": _("Labour inspection"),
    "arbitration": _("Labour arbitration"),
    "first_instance": _("First instance"),
    "appeal": _("Appeal"),
    "payment_order": _("Payment order"),
    "enforcement": _("Enforcement"),
}
SEATS: dict[str, Text] = {
    "clerk": _("office"),
    "decider": _("decider"),
    "operator": _("operator"),
    "duty_lawyer": _("duty lawyer"),
    "lawyer": _("lawyer"),
    "worker": _("worker"),
    "bureau": _("justice bureau"),
    "receiver": _("the other agency"),
    "nobody": _("nobody"),
}
ITEMS: dict[str, Text] = {
    "wages": _("wages"),
    "overtime": _("overtime"),
    "minimum_wage": _("minimum wage"),
    "double_wage": _("double wage"),
    "severance": _("severance"),
    "unlawful_termination": _("unlawful dismissal"),
    "annual_leave": _("annual leave"),
    "labour_relationship": _("labour relationship"),
    "social_insurance": _("social insurance"),
    "work_injury": _("work injury"),
    "other": _("other"),
}
NEEDS: dict[str, Text] = {
    "sign_language": _("sign language"),
    "no_calls": _("no calls"),
    "cannot_read": _("cannot read"),
    "step_free": _("step-free access"),
    "dialect": _("dialect"),
    "interpreter": _("interpreter"),
    "large_print": _("large print"),
    "child_care": _("child care"),
}
PARTY_ROLES: dict[str, Text] = {
    "employer": _("employer"),
    "subcontractor": _("subcontractor"),
    "general_contractor": _("general contractor"),
    "owner": _("owner of the project"),
    "team_leader": _("team leader"),
    "dispatcher": _("dispatching firm"),
    "user_unit": _("firm that uses dispatched workers"),
    "name_lender": _("firm that lent its name"),
    "investor": _("investor"),
}
PARTY_KINDS: dict[str, Text] = {
    "licensed_unit": _("licensed firm"),
    "unlicensed_unit": _("unlicensed firm"),
    "individual": _("individual"),
}
RELATIONS: dict[str, Text] = {
    "employment": _("employment"),
    "service": _("service (labour for hire)"),
    "platform": _("platform work"),
    "unknown": _("not known"),
}
MEANS: dict[str, Text] = {
    "exempt": _("Exempt from the means check"),
    "check_or_undertaking": _("Check or good-faith undertaking needed"),
    "document_needed": _("Exempt once the document is shown"),
}
REFUSAL_GROUNDS: dict[str, Text] = {
    "out_of_scope": _("outside the scope of legal aid"),
    "means": _("does not meet the means standard"),
    "no_facts": _("no facts that support the claim"),
    "already_aided": _("aid was already given for this matter"),
    "has_agent": _("has engaged an agent already"),
    "not_competent": _("another agency is competent"),
}
TERMINATION_GROUNDS: dict[str, Text] = {
    "fraud": _("aid was obtained by deceit"),
    "hidden_facts": _("important facts were hidden or evidence was false"),
    "illegal_use": _("aid was used for something unlawful"),
    "means_changed": _("means have changed, aid is no longer due"),
    "case_ended": _("the proceedings have ended or were withdrawn"),
    "own_lawyer": _("the worker engaged a lawyer of their own"),
    "client_asks": _("the worker asks for it with good reason"),
    "other_by_law": _("another ground of law"),
}
CONTACT_WAYS: dict[str, Text] = {
    "phone": _("on the telephone"),
    "visit": _("by a visit"),
    "message": _("by message"),
    "through_others": _("through fellow workers or family"),
}
OUTCOMES: dict[str, Text] = {
    "recovered": _("all recovered"),
    "partly_recovered": _("partly recovered"),
    "not_recovered": _("not recovered"),
    "advice_given": _("advice given"),
    "unreachable": _("not reachable"),
    "converted": _("became an application"),
}
LEAVE_REASONS: dict[str, Text] = {
    "settled_alone": _("settled with the other side alone"),
    "own_claim": _("wants to go on alone"),
    "own_lawyer": _("has a lawyer of their own"),
    "nothing_owed": _("is owed nothing any more"),
    "no_wish": _("does not want to go on"),
    "by_mistake": _("stood on the list by mistake"),
    "other": _("another reason"),
}
CONSENTS: dict[str, Text] = {
    "in_person": _("in person"),
    "phone": _("on the telephone"),
    "writing": _("in writing"),
}
WAYS: dict[str, Text] = {
    "stated": _("as stated"),
    "document": _("by document"),
    "link": _("by the worker, by link and code"),
    "phone": _("by the worker, on the telephone"),
    "in_person": _("by the worker, in person"),
    "bank_proof": _("by bank proof"),
}
DOUBTS: dict[str, Text] = {
    "above_claim": _("award far above the claim"),
    "above_award": _("payment above the award"),
    "above_due": _("payment above the claim, no award on file"),
    "much_a_worker": _("unusually much for a worker"),
    "said_otherwise": _("the worker had said that it did not come"),
    "above_group": _("list far above the claim of the group"),
    "long_ago": _("long before the case"),
    "out_of_order": _("out of order"),
    "before_earlier": _("before what came first"),
}
# Papers that are usually missing; the codes are stored and told to the worker.
PAPERS: dict[str, Text] = {
    "identity": _("identity card or another proof of identity"),
    "employment": _("proof of the work: contract, pass, attendance, chat records"),
    "debt": _("proof of the debt: IOU, pay slip, settlement, bank statement"),
    "roster": _("list of the workers with what each is owed"),
    "mandate": _("mandate of the representatives"),
    "respondent": _("name and address of who is to pay"),
    "undertaking": _("good-faith undertaking about means"),
    "proof_of_status": _("document for the exemption from the means check"),
    "injury": _("papers on the injury: diagnosis, bills, recognition"),
    "decision": _("award, judgment or decision received so far"),
}
DECLINE_REASONS: dict[str, Text] = {}


def label(table: dict[str, Text], code: str) -> Text:
    """The words of a code, or the code itself where it came from outside our lists (a need as told, say)."""
    return table.get(code, code)


def listed(table: dict[str, Text], codes: list[str], between: str) -> str:
    """Several codes in words, one behind the other."""
    return between.join(str(label(table, code)) for code in codes)
