"""The facts of a claim, its items and its ways in words, and the sections of the form in which facts are entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nuanxin.desk.wording.codes import ITEMS, PARTY_KINDS, PARTY_ROLES, RELATIONS
from nuanxin.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: its heading, a line under it, and its facts in order."""

    title: Text
    keys: Sequence[str]
    hint: Text = ""


SECTIONS: tuple[Section, ...] = (
    Section(
        _("The work"),
        ("relation", "started_on", "ended_on", "still_employed"),
        _("Days as 2026-03-31. What is not known stays empty; nothing is guessed."),
    ),
    Section(
        _("Pay, and what was not paid"),
        (
            "pay/basis", "pay/amount", "arrears/from", "arrears/to", "arrears/days", "arrears/hours", "arrears/units",
            "arrears/paid", "monthly_wage",
        ),
        _("First and last day of the unpaid time both worked. By day, hour or piece the number is needed."),
    ),
    Section(
        _("Written contract"),
        ("contract", "double_wage/signed_on", "double_wage/contract_expired_on", "double_wage/refused_by_worker"),
    ),
    Section(
        _("How the work ended"),
        (
            "severance/end_reason", "severance/notice_given", "severance/average_wage", "severance/last_month_wage",
        ),
    ),
    Section(
        _("Overtime, in hours"),
        ("overtime/hours/workday", "overtime/hours/rest_day", "overtime/hours/holiday", "overtime/paid"),
    ),
    Section(
        _("Minimum wage"),
        ("minimum_wage/paid", "minimum_wage/month", "local_minimum", "local_average_wage"),
        _("The local figures only where the law's own tables have none for the place."),
    ),
    Section(
        _("Annual leave and work injury"),
        (
            "annual_leave/continuous_12_months", "annual_leave/entitled_days", "annual_leave/used_days",
            "annual_leave/declined_in_writing", "injury/grade",
        ),
    ),
    Section(
        _("Time limits"),
        ("filed_on", "due_on", "limitation/knew_on"),
        _("Every demand, complaint and promise to pay with its day: each may start the time anew."),
    ),
    Section(
        _("Order to pay and report to the police"),
        ("crime/government_order", "crime/months", "liability/project/has_planning_permission"),
    ),
)  # fmt: skip

FACTS: dict[str, Text] = {
    "relation": _("Relation"),
    "started_on": _("First day of the work"),
    "ended_on": _("Left on"),
    "still_employed": _("Still works there"),
    "pay/basis": _("Paid by"),
    "pay/amount": _("Rate or sum, yuan"),
    "arrears/from": _("Unpaid from"),
    "arrears/to": _("Unpaid until"),
    "arrears/days": _("Days worked"),
    "arrears/hours": _("Hours worked"),
    "arrears/units": _("Pieces made"),
    "arrears/paid": _("Paid already, yuan"),
    "monthly_wage": _("Wage a month, yuan"),
    "minimum_wage/paid": _("Paid in one month, yuan"),
    "minimum_wage/month": _("In which month"),
    "local_minimum": _("Local minimum wage a month"),
    "local_average_wage": _("Local average wage a month"),
    "contract": _("Written contract"),
    "double_wage/signed_on": _("Contract signed on"),
    "double_wage/contract_expired_on": _("Contract ran out on"),
    "double_wage/refused_by_worker": _("The worker refused to sign"),
    "severance/end_reason": _("Why it ended"),
    "severance/notice_given": _("Notice was given in time"),
    "severance/average_wage": _("Average of the last 12 months, yuan"),
    "severance/last_month_wage": _("Wage of the last month, yuan"),
    "overtime/hours/workday": _("Overtime on working days"),
    "overtime/hours/rest_day": _("Overtime on rest days"),
    "overtime/hours/holiday": _("Overtime on public holidays"),
    "overtime/paid": _("Paid for overtime, yuan"),
    "annual_leave/continuous_12_months": _("Twelve months of work without a break"),
    "annual_leave/entitled_days": _("Days of leave a year"),
    "annual_leave/used_days": _("Days of leave taken"),
    "annual_leave/declined_in_writing": _("Leave declined in writing"),
    "injury/grade": _("Grade of the injury, 1 to 10"),
    "filed_on": _("Filed with commission or court on"),
    "due_on": _("Pay was due on"),
    "limitation/knew_on": _("Learned of the harm on"),
    "limitation/events": _("Demands, complaints, promises"),
    "limitation/obstacles": _("Times in which they could not claim"),
    "parties": _("Who may have to pay"),
    "liability/project/has_planning_permission": _("The building has planning permission"),
    "crime/government_order": _("Ordered to pay by a department, and not obeyed"),
    "crime/months": _("Months without pay"),
    "evidence": _("Evidence that the worker has"),
}
HINTS: dict[str, Text] = {
    "arrears/days": _("Where the days of the unpaid time are not known, or by the day."),
    "arrears/paid": _("Several payments with a semicolon between: 1000; 500"),
    "monthly_wage": _("For overtime, double wage, leave and injury."),
    "due_on": _("For a service contract or an IOU."),
    "minimum_wage/month": _("Year and month: 2025-03"),
}
PARTS: dict[str, Text] = {
    "limitation/events/kind": _("What happened"),
    "limitation/events/on": _("On"),
    "limitation/obstacles/from": _("From"),
    "limitation/obstacles/to": _("Until"),
    "parties/role": _("What they are"),
    "parties/kind": _("Kind"),
    "parties/engaged_by": _("Engaged by No."),
    "parties/unpaid_to_next": _("Still owes below it, yuan"),
    "parties/paid_in_full": _("Has paid everything due"),
    "parties/caused_arrears": _("Its not paying led to this"),
    "parties/recontracted": _("Passed its whole contract on"),
}
YES_NO: dict[str, Text] = {"yes": _("yes"), "no": _("no")}
# fact or part of one → the words of its codes
CHOICES: dict[str, dict[str, Text]] = {
    "relation": RELATIONS,
    "pay/basis": {
        "month": _("the month"),
        "day": _("the day"),
        "hour": _("the hour"),
        "piece": _("the piece"),
        "sum": _("a sum in writing (IOU, settlement)"),
    },
    "contract": {"none": _("none was signed"), "signed": _("was signed")},
    "severance/end_reason": {
        "employer_unlawful": _("The employer dismissed without lawful ground"),
        "employer_no_fault": _("The employer gave notice: illness, unfit, change of circumstances"),
        "layoff": _("Layoff"),
        "agreed_employer_proposed": _("By agreement, proposed by the employer"),
        "agreed_worker_proposed": _("By agreement, proposed by the worker"),
        "worker_for_employer_breach": _("The worker left because of arrears or another breach"),
        "worker_resigned": _("The worker resigned for own reasons"),
        "term_expired": _("The contract ran out"),
        "term_expired_worker_declined_equal_terms": _("It ran out; the worker declined the same terms"),
        "employer_closed": _("The employer closed or went bankrupt"),
        "task_completed": _("The agreed task was done"),
        "worker_fault": _("The worker was at serious fault"),
    },
    "limitation/events/kind": {
        "demand": _("The worker demanded the pay"),
        "complaint": _("Complaint to a department"),
        "promise": _("The other side promised to pay"),
        "agreement": _("Agreement or IOU"),
        "mediation": _("Mediation was asked for"),
        "suit": _("Arbitration or suit"),
    },
    "parties/role": PARTY_ROLES,
    "parties/kind": PARTY_KINDS,
}
# Faults that the law words by the keys of its questions: here by what stands on the page.
FAULTS: dict[str, Text] = {
    "dates_out_of_order": _("This day lies before one that comes first. Check both."),
    "in_future": _("This day has not come yet. Check it."),
    "still_employed": _("One says that they still work there, the other that they have left. Check both."),
    "paid_in_full": _("It cannot have paid everything and still owe something."),
    "required": _("Fill this in too."),
}
KINDS: dict[str, Text] = {
    **ITEMS,
    "deduction": _("Refund of deductions"),
    "notice_pay": _("Pay in place of notice"),
    "extra_compensation": _("Extra compensation"),
    "interest": _("Interest"),
}
ROUTES: dict[str, Text] = {
    "inspection": _("Labour inspection"),
    "mediation": _("Mediation"),
    "arbitration": _("Labour arbitration"),
    "payment_order": _("Payment order"),
    "court": pgettext_lazy("way of a claim", "Court"),
    "criminal_report": _("Report to the police"),
}
BURDENS: dict[str, Text] = {
    "worker": _("the worker proves it"),
    "employer": _("the employer proves it"),
}
EVIDENCE: dict[str, Text] = {
    "labour_relationship": _("That they worked there"),
    "work_done": _("The work that was done"),
    "wage_rate": _("What pay was agreed"),
    "arrears": _("Whether it was paid"),
    "acknowledged_sum": _("The sum in writing"),
    "hours": _("The hours of overtime"),
    "written_contract": _("Whether a contract was signed"),
    "length_of_service": _("How long they worked there"),
    "termination_reason": _("How it ended"),
    "leave_taken": _("Whether leave was taken"),
    "accident": _("That it was a work injury"),
    "disability_grade": _("The grade of the injury"),
    "government_order": _("The order to pay"),
    "liable_parties": _("Who stands above the employer"),
}
READINGS: dict[str, Text] = {
    "employment": _("as an employment"),
    "service": _("as a service contract"),
}
