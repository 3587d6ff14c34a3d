"""A ring-back is asked of the voice for its call-back, and its talk is a call of its own."""

import django.db.models.deletion
from django.db import migrations, models


def name_call_backs(apps, editor):
    """Commands on file name the call-back that they rang, instead of the call that it came from."""
    commands = apps.get_model("hotline", "VoiceCommand").objects.filter(kind="ring_back")
    backs = apps.get_model("hotline", "CallBack").objects
    for command in commands.iterator():
        row = backs.filter(call=command.call_id).order_by("pk").first()
        if row is None:
            command.delete()  # asked for a call-back that is not on file: nothing can come of it
        else:
            command.call_back, command.call = row, None
            command.save(update_fields=["call_back", "call"])
    if editor.connection.vendor == "postgresql":  # the tables are altered further in this transaction
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0010_phone'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='rings_back',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='voicecommand',
            name='call_back',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commands', to='hotline.callback'),
        ),
        migrations.AlterField(
            model_name='voicecommand',
            name='call',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commands', to='hotline.call'),
        ),
        migrations.RunPython(name_call_backs, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('rings_back', 0), _negated=True), fields=['rings_back'], name='hotline_call_back_talk'),
        ),
        migrations.AddConstraint(
            model_name='voicecommand',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('call__isnull', True), ('call_back__isnull', False), ('kind', 'ring_back')), models.Q(models.Q(('kind', 'ring_back'), _negated=True), ('call__isnull', False), ('call_back__isnull', True)), _connector='OR'), name='hotline_command_about_one'),
        ),
    ]
