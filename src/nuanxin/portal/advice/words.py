"""The words of the pages of advice: what they offer to choose from, parties, claims, and which paper shows a fact."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from nuanxin.portal.words import ITEM_NOTES, ITEMS
from nuanxin.ui.parts import Text

# The heads that the pages of advice work out; one tick for everything that the end of the work brings.
HEADS: Mapping[str, Text] = {
    **{key: ITEMS[key] for key in ("wages", "overtime", "double_wage")},
    "severance": _("I was sent away, or left because they did not pay"),
    **{key: ITEMS[key] for key in ("annual_leave", "work_injury")},
}
HEAD_NOTES: Mapping[str, Text] = {"wages": ITEM_NOTES["wages"]}
PAY: Mapping[str, Text] = {
    "month": _("By the month"),
    "day": _("By the day"),
    "hour": _("By the hour"),
    "piece": _("By the piece, the metre or the square metre"),
    "sum": _("There is an IOU or a settlement with the sum"),
}
REASONS: Mapping[str, Text] = {
    "employer_unlawful": _("They sent me away, without a reason or without saying why"),
    "worker_for_employer_breach": _("I left because they did not pay or did not insure me"),
    "agreed_employer_proposed": _("They proposed it, and I agreed"),
    "term_expired": _("The contract ran out and they did not renew it"),
    "task_completed": _("The job that the contract was for was finished"),
    "employer_closed": _("The firm closed down"),
    "layoff": _("Many were laid off at once"),
    "employer_no_fault": _("They said that I was ill for too long, not able, or that things had changed"),
    "worker_fault": _("They said that I had done something seriously wrong"),
    "agreed_worker_proposed": _("I proposed it, and they agreed"),
    "worker_resigned": _("I left for a reason of my own"),
}
LEAVE: Mapping[str, Text] = {
    "5": _("5 days: I have worked 1 to 10 years in all my life"),
    "10": _("10 days: 10 to 20 years"),
    "15": _("15 days: 20 years or more"),
}
EVENTS: Mapping[str, Text] = {
    "demand": _("I asked them for the money: a message, a call, a letter"),
    "complaint": _("I complained: labour inspection, 12345, trade union"),
    "mediation": _("I asked for mediation"),
    "suit": _("I went to arbitration or to court"),
    "promise": _("They promised to pay, wrote an IOU, or paid a part"),
}
ABOVE_SITE: Mapping[str, Text] = {
    "sub": _("A building firm that had the work from somebody else"),
    "builder": _("The main builder of the site"),
    "owner": _("Whoever the building is for"),
}
ABOVE_ELSEWHERE: Mapping[str, Text] = {
    "firm": _("A firm: a factory, a shop, a cleaning firm"),
    "person": _("A single person or a family"),
}
MAIN: Mapping[str, Text] = {
    "main": _("Yes, it is the main builder of the site"),
    "sub": _("No, it had the work from somebody else"),
}
SENDER: Mapping[str, Text] = {
    "yes": _("A firm with a licence to send workers"),
    "no": _("A firm without such a licence"),
    "person": _("A single person, a go-between"),
}
STATION: Mapping[str, Text] = {
    "station": _("A station or delivery firm"),
    "app": _("Only the app"),
}
OWNER: Mapping[str, Text] = {
    "firm": _("For a firm, a developer, a village or an office"),
    "person": _("For a family: a house of their own"),
}
# A party of the chain, by its id.
PARTIES: Mapping[str, Text] = {
    "leader": _("The contractor or team leader"),
    "lender": _("The firm in whose name he works"),
    "sub": _("The building firm that gave him the work"),
    "firm": _("The firm you worked for"),
    "builder": _("The main builder of the site"),
    "owner": _("Whoever the building is for"),
    "sender": _("The agency or go-between"),
    "user": _("The firm where you did the work"),
    "station": _("The station or delivery firm"),
    "platform": _("The platform"),
}
# The same by its role, as an application keeps a party that nobody can name yet.
ROLES: Mapping[str, Text] = {
    "team_leader": PARTIES["leader"],
    "name_lender": PARTIES["lender"],
    "subcontractor": _("A building firm below the main builder"),
    "employer": PARTIES["firm"],
    "general_contractor": PARTIES["builder"],
    "owner": PARTIES["owner"],
    "dispatcher": PARTIES["sender"],
    "user_unit": _("The firm or platform where you did the work"),
}
SHARES: Mapping[str, Text] = {
    "pays_first": _("Must pay first"),
    "direct": _("Has to pay"),
    "joint": _("Must pay together with the others"),
}
# An item of a claim, by the kind that the engine gives it.
CLAIMED: Mapping[str, Text] = {
    "wages": _("Wages for work done"),
    "overtime": _("Pay for overtime"),
    "double_wage": _("The second wage for having no contract"),
    "severance": _("Severance"),
    "unlawful_termination": _("Damages for being dismissed unlawfully"),
    "notice_pay": _("A month's pay in place of notice"),
    "annual_leave": _("Pay for leave not taken"),
    "work_injury": _("The one-off payment for the injury"),
}
# What is missing -> the paper or the place that shows it.
PAPERS: Mapping[str, Text] = {
    "items": _("Think of what was promised and did not come."),
    "caller": _("Who rang you, who took you there, who told you what to do? The chat shows it."),
    "where": _("Look at the address in the chat, or at the board at the gate."),
    "pay": _("Contract, chat or what you were told when you began; the IOU, if there is one."),
    "rate_month": _("Contract, pay slip or bank record."),
    "rate_day": _("The chat with the team leader, or what your workmates are paid."),
    "rate_hour": _("Contract, pay slip or chat."),
    "rate_piece": _("The price list, the settlement sheet or the chat."),
    "rate_sum": _("The IOU or settlement sheet itself."),
    "days": _("Attendance sheet, clock app, notebook, photographs at work, transport records."),
    "hours": _("Attendance sheet, clock app, notebook, photographs at work."),
    "units": _("Settlement sheet, delivery notes, the team leader's notebook, photographs."),
    "unpaid": _("The bank record shows the last pay; attendance sheet and chat show the days."),
    "paid": _("Bank record, transfers on the phone, what you signed for."),
    "wage": _("Pay slip or bank record of the last months."),
    "overtime": _("Attendance sheet, clock app, chat, photographs with their time."),
    "overtime_paid": _("The pay slip shows overtime pay as a line of its own."),
    "signed": _("Did you sign anything with pages about work and wages? Ask for your copy."),
    "signed_on": _("The date on the last page of the contract."),
    "began": _("Contract, entry form, badge, the first chat, the ticket to the place."),
    "still": _("If you are not sure: were you told to go, or did you tell them that you leave?"),
    "ended": _("The notice of dismissal, the last attendance, the chat, the ticket home."),
    "reason": _("The notice of dismissal or the chat about it."),
    "average": _("The bank record of the last twelve months, all pay added up and divided by the months."),
    "notice": _("A letter or message that told you a month before."),
    "last_wage": _("The bank record of the month before the last."),
    "leave": _("The years in your social-insurance record, from all firms."),
    "leave_used": _("Leave slips, attendance sheet or chat."),
    "full_year": _("The social-insurance record."),
    "grade": _("The decision on the grade of disability. Who has none yet applies for it first."),
    "local": _("Ring 12333: the social-insurance office tells you."),
    "due": _(
        "The IOU, the contract or the chat: the day on which you were to be paid, or first asked for it."
    ),
    "demanded": _("Messages and call lists on your phone."),
    "hurt": _("The hospital's record of the first day."),
    "since": _("Messages, call lists, receipts of complaints, transfers: each with its day."),
    "site": _("Was there a fence with a board, and were houses, roads or flats built?"),
    "above": _("Ask the team leader whose work it is, or look at the board at the gate."),
    "main": _("The board at the gate names the main builder."),
    "licence": _("Look the firm up free of charge at gsxt.gov.cn, or ask us."),
    "sender": _("The licence to send workers hangs in the agency's office; the labour office knows it too."),
    "station": _("The bank record or the app's wallet shows who paid you."),
    "board": _("The board at the gate: main builder, owner, labour inspection's telephone."),
    "owner": _("The board at the gate names whoever the building is for."),
}
