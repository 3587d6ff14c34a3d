from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_award_of_nothing")]

    operations = [migrations.AddField("case", "steps", models.JSONField(default=list))]
