"""Every consistency check finds what it is there for. Each test breaks the data behind the constraints' back."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.koder import Avslutningsanledning, Kon
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Samtycke
from insatser.models import Insats, InsatsBudget, Malgrupp, VolymPost
from organisations.models import AdministrativKostnad, Budgetar, Finansiering, IngaendeOrganisation
from sus.core.personnummer import tolka
from sus.start.konsistens import KONTROLLER
from tests.factories import (
    AdministrativKostnadFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamtyckeFactory,
    UppdragFactory,
)
from tests.factories.deltagare import provpersonnummer

pytestmark = pytest.mark.django_db


def ta_bort_vakter(modell, villkor=None):
    """The table's triggers are off, as after somebody has mended the database by hand. The test's rollback sets them on again."""
    with connection.cursor() as c:
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")
        c.execute(f"ALTER TABLE {modell._meta.db_table} DISABLE TRIGGER USER")
        if villkor:
            c.execute(f"ALTER TABLE {modell._meta.db_table} DROP CONSTRAINT {villkor}")


def deltagande(**kwargs):
    personnummer = tolka(provpersonnummer(2), date(2026, 1, 1))
    return SamtyckeFactory(
        **{"deltagande__person__personnummer_klartext": personnummer.tolv_siffror},
        deltagande__kon=Kon.fran_slug(personnummer.kon),
        deltagande__alder_vid_start=personnummer.alder(date(2011, 1, 10)),
        **{f"deltagande__{namn}": varde for namn, varde in kwargs.items()},
    ).deltagande


def brister(kod):
    [kontroll] = [kontroll for kontroll in KONTROLLER if kontroll.kod == kod]
    return list(kontroll.brister())


@pytest.fixture
def helt():
    """One right row of everything that is checked."""
    FinansieringFactory()
    AdministrativKostnadFactory()
    InsatsBudgetFactory()
    UppdragFactory(roll=Roll.DELTAGARANSVARIG)
    return deltagande(avslutat=True)


def test_data_that_are_right_pass(helt, capsys):
    call_command("kontrollera")

    assert "inga brister" in capsys.readouterr().out


def test_the_command_ends_with_one_and_names_the_check_and_the_row(helt, capsys):
    Samtycke.objects.all().delete()

    with pytest.raises(SystemExit) as slut:
        call_command("kontrollera")

    assert slut.value.code == 1
    assert f"K11 Deltagandet saknar samtycke. deltagare.Deltagande {helt.pk}" in capsys.readouterr().err


def bryt_k01(d):
    Mattillfalle.objects.filter(typ="in").delete()


def bryt_k02_anonyma(d):
    ta_bort_vakter(AnonymPost)
    AnonymPost.objects.create(insats=d.insats, ar=2011, kon=Kon.MAN, slag="anonym", antal=-1)


def bryt_k02_volym(d):
    ta_bort_vakter(VolymPost)
    VolymPost.objects.create(insats=InsatsFactory(volym=True), ar=2011, antal=-1)


def bryt_k03_annan(d):
    Finansiering.objects.update(part=IngaendeOrganisationFactory())


def bryt_k03_inte_finansiar(d):
    IngaendeOrganisation.objects.update(finansiar=False)


def bryt_k04(d):
    organisation = AdministrativKostnad.objects.get().budgetar.samverkansorganisation
    organisation.samverkansform = "tvaparts"
    organisation.save()


def bryt_k05(d):
    Budgetar.objects.update(ar=2008)


def bryt_k06(d):
    InsatsBudget.objects.update(part=IngaendeOrganisationFactory())


def bryt_k07_ingen(d):
    d.insats.malgrupper.clear()


def bryt_k07_bada(d):
    d.insats.malgrupper.add(Malgrupp.objects.get(kod="ej_tillampliga"))


def bryt_k08_volym(d):
    ta_bort_vakter(VolymPost)
    VolymPost.objects.create(insats=d.insats, ar=2011, antal=1)


def bryt_k08_person(d):
    Insats.objects.update(deltagarregistrering="volym")


def bryt_k09_fore(d):
    Insats.objects.update(startdatum=date(2011, 2, 1))


def bryt_k09_efter(d):
    Insats.objects.update(slutdatum=date(2011, 6, 29))


def bryt_k10_ut(d):
    Mattillfalle.objects.filter(typ="ut").delete()


def bryt_k10_utan_matning(d):
    Deltagande.objects.update(avslutningsanledning=Avslutningsanledning.UTAN_MATNING)


def bryt_k11(d):
    Samtycke.objects.all().delete()


def bryt_k12(d):
    annan = InsatsFactory()
    ta_bort_vakter(Samtycke, "samtycke_i_samma_insats")
    Samtycke.objects.update(insats=annan)


def bryt_k13_kon(d):
    Deltagande.objects.update(kon=Kon.MAN if d.kon == Kon.KVINNA else Kon.KVINNA)


def bryt_k13_alder(d):
    Deltagande.objects.update(alder_vid_start=d.alder_vid_start + 1)


def bryt_k15(d):
    Handelse.objects.create(typ=Handelse.Typ.INLOGGAD)
    ta_bort_vakter(Handelse)
    Handelse.objects.update(typ=Handelse.Typ.UTLOGGAD)


BROTT = {namn: funktion for namn, funktion in globals().items() if namn.startswith("bryt_")}


@pytest.mark.parametrize("namn", BROTT)
def test_the_check_finds_the_broken_row(helt, namn):
    kod = namn.split("_")[1].upper()
    assert brister(kod) == []

    BROTT[namn](helt)

    assert brister(kod) != []


def test_no_check_is_without_a_test():
    assert {kontroll.kod for kontroll in KONTROLLER} == {namn.split("_")[1].upper() for namn in BROTT}
