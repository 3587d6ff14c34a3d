from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_questions")]

    operations = [
        migrations.AddField("worker", "missed", models.SmallIntegerField(default=0)),
        migrations.AddField("worker", "missed_on", models.DateField(null=True)),
    ]
