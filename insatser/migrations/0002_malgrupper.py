"""The first målgrupper, from insatser/data."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "malgrupper.csv"


def las_in(apps, schema_editor):
    with DATA.open(encoding="utf-8") as f:
        rader = list(csv.DictReader(f, delimiter=";"))
    Malgrupp = apps.get_model("insatser", "Malgrupp")
    Malgrupp.objects.bulk_create(Malgrupp(ordning=nr, **rad) for nr, rad in enumerate(rader, start=1))


def tom(apps, schema_editor):
    apps.get_model("insatser", "Malgrupp").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("insatser", "0001_initial")]
    operations = [migrations.RunPython(las_in, tom)]
