from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_claim_version")]

    operations = [
        migrations.AddField("worker", "dismissed_on", models.DateField(null=True)),
        migrations.RemoveConstraint("ledgerline", "ledger_line_not_zero"),
        migrations.AddConstraint(
            "ledgerline",
            models.CheckConstraint(
                condition=models.Q(("fen", 0), _negated=True) | models.Q(("step", "awarded")),
                name="ledger_line_not_zero",
            ),
        ),
    ]
