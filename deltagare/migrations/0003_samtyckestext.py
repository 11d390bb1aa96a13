"""The first version of blankett 9443: a placeholder that Försäkringskassan replaces."""

from datetime import date
from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).resolve().parent.parent / "data" / "9443-platshallare.txt"
VERSION = "9443 platshållare 1"


def las_in(apps, schema_editor):
    apps.get_model("deltagare", "Samtyckestext").objects.create(
        version=VERSION, text=TEXT.read_text(encoding="utf-8"), ar_platshallare=True, giltig_fran=date(2009, 1, 1)
    )


def tom(apps, schema_editor):
    apps.get_model("deltagare", "Samtyckestext").objects.filter(version=VERSION).delete()


class Migration(migrations.Migration):
    dependencies = [("deltagare", "0002_vakter")]
    operations = [migrations.RunPython(las_in, tom)]
