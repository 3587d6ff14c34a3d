"""As what a call counts and how long it waited stand with the call, so that the board reads an index alone."""

from django.db import migrations, models

from nuanxin.hotline.rules.calls import Outcome, State
from nuanxin.hotline.rules.figures import result_of, waited_of
from nuanxin.hotline.rules.life import Life

BATCH = 1000


def fill(apps, _editor):
    """The calls on file, from where their events left them."""
    calls = apps.get_model("hotline", "Call").objects
    rows = []
    for call in calls.all().iterator(chunk_size=BATCH):
        life = Life(
            state=State(call.state), outcome=Outcome(call.outcome), queued_at=call.queued_at,
            answered_at=call.answered_at, closed_at=call.closed_at,
        )  # fmt: skip
        call.result, call.waited_s = result_of(life), waited_of(life)
        rows.append(call)
        if len(rows) == BATCH:
            calls.bulk_update(rows, ["result", "waited_s"])
            rows.clear()
    calls.bulk_update(rows, ["result", "waited_s"])


class Migration(migrations.Migration):
    dependencies = [("hotline", "0016_backs_told")]

    operations = [
        migrations.AddField("call", "result", models.CharField(default="", max_length=12)),
        migrations.AddField("call", "waited_s", models.IntegerField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "call",
            models.Index(fields=["arrived_at", "desk", "result", "waited_s"], name="hotline_call_figures"),
        ),
    ]
