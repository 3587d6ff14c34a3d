"""Words of the quality of the hotline: what is scored, why a recording is heard, what was done for a caller."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuanxin.ui.parts import Text

POINTS: dict[str, Text] = {
    "greeting": _("Greeted, and said the name of the service"),
    "need_asked": _("Asked what the caller needed, and heard them out"),
    "right_law": _("The law was right, with its limits of time"),
    "next_step": _("Said the next step: what, where, until when"),
    "plain_words": _("Plain words, and made sure that they were understood"),
    "contact_obeyed": _("Obeyed how the caller may safely be reached"),
}
LEVELS: dict[str, Text] = {"2": _("Done in full"), "1": _("In part"), "0": _("Missing")}
REASONS: dict[str, Text] = {
    "check": _("Check of quality"),
    "complaint": _("Complaint of the caller"),
    "own_record": _("To complete my record"),
}
REMEDIES: dict[str, Text] = {
    "explained": _("Explained again"),
    "corrected": _("A mistake was put right"),
    "case_opened": _("A case was opened"),
    "passed_on": _("Sent to the right office"),
    "complaint": _("Taken as a complaint"),
    "nothing_wanted": _("The caller wants nothing more"),
    "unreached": _("Could not be reached"),
}
GONE: dict[str, Text] = {
    "age": _("deleted: its time was over"),
    "withdrawn": _("deleted: the caller took the consent back"),
}
RESULTS: dict[str, Text] = {
    "": _("being rung"),
    "done": _("on the line"),
    "not_reached": _("did not answer"),
    "no_such_call": _("the call was over"),
    "too_late": _("asked too late"),
    "failed": _("did not work"),
}
