"""The regions and the national intake desk, so that no database is ever without them."""

from __future__ import annotations

import secrets

from django.db import migrations

from nuanxin.network.loading import open_national_intake, write_regions
from nuanxin.network.rules.gazetteer import gazetteer


def load(apps, _editor):
    write_regions(apps.get_model("network", "Region"))
    open_national_intake(apps.get_model("network", "Agency"))
    edition = apps.get_model("network", "Edition")
    edition.objects.create(id=1, regions=gazetteer().edition, token=secrets.token_hex(16))


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
