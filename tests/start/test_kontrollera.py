"""Every consistency check finds what it is there for. Each test breaks the data behind the constraints' back."""

from base64 import b64encode
from datetime import date
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from behorigheter.models import Anvandare, Bestallning, Handelse
from behorigheter.roller import Roll
from deltagare import utkast
from deltagare.koder import Avslutningsanledning, Kon
from deltagare.models import AnonymPost, Deltagande, Faktum, Mattillfalle, Person, Samtycke, Utkast
from insatser.models import Insats, InsatsBudget, Malgrupp, VolymPost
from organisations.models import AdministrativKostnad, Budgetar, Finansiering, IngaendeOrganisation
from sus.core.kryptering import kryptera, uppslag
from sus.core.personnummer import tolka
from sus.start.konsistens import KONTROLLER
from tests.factories import (
    AdministrativKostnadFactory,
    AnvandareFactory,
    BestallningFactory,
    DeltagandeFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    PersonFactory,
    SamtyckeFactory,
    UppdragFactory,
)
from tests.factories.personnummer import provpersonnummer

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


def bryt_k01_kolumn(d):
    Faktum.objects.update(utbildning=F("utbildning") + 1)


def bryt_k01_fore(d):
    Faktum.objects.update(arbetssokande_fore=~F("arbetssokande_fore"))


def bryt_k01_efter(d):
    Faktum.objects.update(arbete_efter=37)


def bryt_k01_person(d):
    Faktum.objects.update(person_nr=7)


def bryt_k01_utan_kalla(d):
    kopia = Faktum.objects.get()
    kopia.pk = uuid4()
    kopia.save(force_insert=True)


def bryt_k01_utan_faktum(d):
    Faktum.objects.all().delete()


def bryt_k01_vyn(d):
    """The view as after a careless change."""
    with connection.cursor() as c:
        c.execute("SELECT pg_get_viewdef('vagg.faktum'::regclass)")
        sql = c.fetchone()[0]
        assert "f.kon," in sql
        c.execute("SET LOCAL ROLE sus_funk")
        c.execute(f"CREATE OR REPLACE VIEW vagg.faktum AS {sql.replace('f.kon,', '3::smallint AS kon,')}")
        c.execute("RESET ROLE")


def bryt_k02_tidigare(d):
    ta_bort_vakter(AnonymPost)
    for antal in (-1, 2):
        AnonymPost.objects.create(insats=d.insats, ar=2011, kon=Kon.MAN, slag="anonym", antal=antal)


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


def bryt_k17_person(d):
    Person.objects.update(namn=kryptera("Alma", plats="en annan plats"))


def bryt_k17_anvandare(d):
    Anvandare.objects.filter(pk=anstalld().pk).update(personnummer=b"\x09" * 60)


def bryt_k17_bestallning(d):
    BestallningFactory()
    Bestallning.objects.update(personnummer=kryptera("1", plats="en annan plats"))


def bryt_k17_andra_faktor(d):
    Authenticator.objects.create(user=anstalld(), type="totp", data={"secret": b64encode(b"\x01" * 60).decode()})


def bryt_k17_utkast(d):
    ett_utkast(d)
    Utkast.objects.update(innehall=kryptera("{}", plats="en annan plats"))


def bryt_k18_person(d):
    Person.objects.update(uppslag=uppslag(provpersonnummer(7)))


def bryt_k18_utkast(d):
    ett_utkast(d)
    Utkast.objects.update(uppslag=uppslag(provpersonnummer(7)))


def bryt_k19(d):
    PersonFactory()


def anstalld():
    anvandare = AnvandareFactory()
    anvandare.satt_personnummer(tolka(provpersonnummer(5), date(2026, 1, 1)))
    anvandare.save()
    return anvandare


def ett_utkast(d):
    siffror = provpersonnummer(6)
    utkast.spara(insats=d.insats, sida="registrera", falt={"personnummer": [siffror]}, uppslag=uppslag(siffror), by=AnvandareFactory())


BROTT = {namn: funktion for namn, funktion in globals().items() if namn.startswith("bryt_")}


@pytest.mark.parametrize("namn", BROTT)
def test_the_check_finds_the_broken_row(helt, namn):
    kod = namn.split("_")[1].upper()
    assert brister(kod) == []

    BROTT[namn](helt)

    assert brister(kod) != []


def test_encrypted_values_of_every_kind_that_are_right_pass(helt):
    ett_utkast(helt)
    BestallningFactory()
    Authenticator.objects.create(user=anstalld(), type="webauthn", data={"name": "nyckel"})

    assert [brister(kod) for kod in ("K13", "K17", "K18")] == [[], [], []]


def test_one_identity_that_cannot_be_read_hides_no_other(helt):
    felaktiga = [deltagande_av(nr) for nr in (3, 4, 5)]
    Deltagande.objects.update(alder_vid_start=1)
    Person.objects.filter(pk=felaktiga[1].person_id).update(personnummer=kryptera("1", plats="en annan plats"))

    assert set(brister("K13")) == {f"deltagare.Deltagande {d.pk}" for d in (helt, felaktiga[0], felaktiga[2])}
    assert brister("K17") == [f"deltagare.Person {felaktiga[1].person_id}"]


def deltagande_av(nr):
    return DeltagandeFactory(person__personnummer_klartext=provpersonnummer(nr))


def test_no_check_is_without_a_test():
    assert {kontroll.kod for kontroll in KONTROLLER} == {namn.split("_")[1].upper() for namn in BROTT}
