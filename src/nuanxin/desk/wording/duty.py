"""Words of duty rosters: states, kinds, and where a search stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

ABSENCES: dict[str, Text] = {"leave": _("Leave"), "training": _("Training"), "wish": _("Wish to be free")}
ANSWERS: dict[str, Text] = {
    "asked": _("Asked for, not answered yet"), "approved": _("Approved"), "refused": _("Refused"), "withdrawn": _("Taken back"),
}  # fmt: skip
SWAPS: dict[str, Text] = {"offered": _("Offered"), "taken": _("Taken, to be approved")}
EXCHANGES: dict[str, Text] = {
    "offered": _("Waits for the colleague"), "taken": _("Agreed, to be approved"),
}  # fmt: skip
STAGES: dict[str, Text] = {
    "": _("Waits for the worker"),
    "weeks": _("Week by week"),
    "again": _("Each week once more, for fairness"),
    "month": _("The whole month at once"),
    "why": _("Looks for what contradicts itself"),
}
RUNS: dict[str, Text] = {
    "waiting": _("Waits"), "running": _("Being worked out"), "done": _("A whole roster was found"),
    "none": _("There is no roster that keeps every rule"), "stopped": _("Stopped; the best so far is kept"),
    "failed": _("Something broke. Please try again, and tell the administrator if it happens twice"),
}  # fmt: skip
WEEKDAYS: tuple[Text, ...] = (
    _("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"),
)  # fmt: skip
