from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_reaching")]

    operations = [migrations.AddField("worker", "denial_answered_at", models.DateTimeField(null=True))]
