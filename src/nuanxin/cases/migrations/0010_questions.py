from django.db import migrations


def to_others(apps, schema_editor):
    """A question waits for the duty lawyer, and is no longer the office's to do."""
    cases = apps.get_model("cases", "Case").objects.filter(seat="duty_lawyer", turn="office")
    cases.update(turn="others")


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_steps")]

    operations = [migrations.RunPython(to_others, migrations.RunPython.noop)]
