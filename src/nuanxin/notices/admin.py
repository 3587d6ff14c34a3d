"""Administration pages of notices: texts, the stop of all outgoing messages, what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.pages import ActionPages
from nuanxin.audit.masking import mask_phone
from nuanxin.notices import actions
from nuanxin.notices.models import Notice, OutgoingFreeze, Template
from nuanxin.notices.models.wording import TEXTS
from nuanxin.notices.queries import in_force, newest_wordings
from nuanxin.notices.rules.catalogue import CATALOGUE, GIVEN

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Model]
else:
    ModelForm = forms.ModelForm


def _choices() -> list[tuple[str, str]]:
    """Every message with its beginning in the reader's language."""
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return [(key, f"{key} · {message.text(language)[:24]}…") for key, message in CATALOGUE.items()]


class TemplateForm(ModelForm):
    """A rewording: choose the message, write what shall differ from the default."""

    key = forms.ChoiceField(label=_("Message"), choices=_choices)

    class Meta:
        model = Template
        fields = ("key", *TEXTS)
        widgets = {name: forms.Textarea(attrs={"rows": 2, "cols": 80}) for name in TEXTS[:4]}


@admin.register(Template)
class TemplatePages(ActionPages):
    """Reworded messages. To change one, add its next version; the newest counts."""

    form = TemplateForm
    change_list_template = "notices/admin/texts.html"
    list_display = ("key", "version", "zh", "written_at")
    list_filter = ("key",)
    readonly_fields = ("default",)
    fields = ("key", *TEXTS)
    may_change = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An old version is shown beside the default."""
        return ("key", *TEXTS, "default") if obj else ("key", *TEXTS)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Above the reworded ones, every message with the texts in force, whole."""
        worded = newest_wordings(CATALOGUE)
        texts = [
            {"key": key, "version": getattr(row, "version", 0), **in_force(key, row)}
            for key, row in ((key, worded.get(key)) for key in CATALOGUE)
        ]
        return super().changelist_view(request, {**(extra_context or {}), "texts": texts})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The texts in force, where the page was opened for one message."""
        key = request.GET.get("key", "")
        if key not in CATALOGUE:
            return {}
        return {"key": key, **in_force(key, newest_wordings([key]).get(key))}

    @admin.display(description=_("Default, and what it may contain"))
    def default(self, row: Template) -> str:
        """The text in the release, with its places."""
        message = CATALOGUE.get(row.key)
        if message is None:
            return "—"
        places = " ".join(f"{{{name}}}" for name in sorted(message.places | GIVEN))
        return format_html("{}<br>{}<br>{}", message.zh, message.en, places)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write the next version."""
        texts = {name: form.cleaned_data[name] for name in TEXTS}
        written = actions.reword(key=obj.key, texts=texts, **self.who(request))
        obj.pk, obj.version = written.pk, written.version
        obj._state.adding = False


@admin.register(OutgoingFreeze)
class FreezePages(ActionPages):
    """The switch that stops all outgoing messages: add a row to stop, use the list's action to go on."""

    list_display = ("frozen_at", "reason", "frozen_by", "thawed_at", "thawed_by")
    fields = ("reason",)
    actions = ("let_go",)
    may_change = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while messages leave."""
        return not OutgoingFreeze.objects.filter(thawed_at__isnull=True).exists()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Stop."""
        row = actions.freeze(reason=obj.reason, **self.who(request))
        obj.pk, obj.frozen_at = row.pk, row.frozen_at
        obj._state.adding = False

    @admin.action(description=_("Let messages leave again"))
    def let_go(self, request: HttpRequest, chosen: QuerySet[OutgoingFreeze]) -> None:
        """Go on."""
        try:
            actions.thaw(**self.who(request))
        except actions.NotThere:
            messages.info(request, _("Messages are leaving already."))


@admin.register(Notice)
class NoticePages(ActionPages):
    """What waits, was held back or given up. Contents are not shown: they belong to the case page."""

    list_display = (
        "created_at",
        "channel",
        "recipient",
        "template",
        "status",
        "fault",
        "tries",
        "next_try_at",
    )
    list_filter = ("status", "channel", "template")
    fields = ("case_id", *list_display, "sent_at", "provider_id")
    actions = ("try_now", "hold_back")
    may_add = False
    may_change = False
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All that was not sent. What was sent stands in the case."""
        # By two small indexes; as one condition SQLite would walk through all that was ever sent.
        waiting = Notice.objects.filter(next_try_at__isnull=False).order_by().values("pk")
        aside = Notice.objects.filter(aside_at__isnull=False).order_by().values("pk")
        return Notice.objects.filter(pk__in=waiting.union(aside, all=True))

    @admin.display(description=_("Recipient"))
    def recipient(self, notice: Notice) -> str:
        """Masked."""
        if notice.phone:
            return mask_phone(notice.phone)
        name, _at, domain = notice.email.partition("@")
        return f"{name[:1]}***@{domain}" if domain else "—"

    @admin.action(description=_("Send again now"))
    def try_now(self, request: HttpRequest, chosen: QuerySet[Notice]) -> None:
        """What was held back or given up."""
        self._each(request, chosen, actions.send_again)

    @admin.action(description=_("Hold back"))
    def hold_back(self, request: HttpRequest, chosen: QuerySet[Notice]) -> None:
        """What waits."""
        self._each(request, chosen, actions.hold)

    def _each(self, request: HttpRequest, chosen: QuerySet[Notice], action: Any) -> None:
        skipped = 0
        for notice in chosen:
            try:
                action(notice_id=notice.pk, **self.who(request))
            except actions.NotThere:
                skipped += 1
        if skipped:
            messages.warning(request, _("Some were left as they were: they stand otherwise by now."))
