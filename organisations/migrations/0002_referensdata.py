"""Län, kommuner, stadsdelar and the register of organisations, from organisations/data."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def _rader(fil):
    with (DATA / fil).open(encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter=";"))


def las_in(apps, schema_editor):
    Lan, Kommun, Stadsdel, Organisation = (apps.get_model("organisations", namn) for namn in ("Lan", "Kommun", "Stadsdel", "Organisation"))
    Lan.objects.bulk_create(Lan(**rad) for rad in _rader("lan.csv"))
    Kommun.objects.bulk_create(
        Kommun(kod=rad["kod"], namn=rad["namn"], kortnamn=rad["kortnamn"], lan_id=rad["lan_kod"]) for rad in _rader("kommuner.csv")
    )
    Stadsdel.objects.bulk_create(
        Stadsdel(kommun_id=rad["kommun_kod"], namn=rad["namn"], giltig_fran=rad["giltig_fran"], giltig_till=rad["giltig_till"] or None)
        for rad in _rader("stadsdelar.csv")
    )
    Organisation.objects.bulk_create(
        [
            Organisation(namn="Försäkringskassan", typ="fk"),
            Organisation(namn="Arbetsförmedlingen", typ="af"),
            Organisation(namn="Svenska ESF-rådet", typ="esf"),
            *(Organisation(namn=rad["namn"], typ="region", lan_id=rad["lan_kod"]) for rad in _rader("regioner.csv")),
            *(
                Organisation(namn=rad["namn"], typ="kommun", kommun_id=rad["kod"], lan_id=rad["lan_kod"])
                for rad in _rader("kommuner.csv")
                if rad["kod"] != GOTLAND
            ),
        ]
    )


GOTLAND = "0980"  # is a region that also has the tasks of a kommun, and stands in the register once


def tom(apps, schema_editor):
    for namn in ("Organisation", "Stadsdel", "Kommun", "Lan"):
        apps.get_model("organisations", namn).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(las_in, tom)]
