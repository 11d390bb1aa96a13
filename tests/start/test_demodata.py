"""The demo's data: made up, the same every time, and enough to try everything."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from behorigheter.models import Anvandare, Bestallning
from behorigheter.roller import Rattighet, Roll
from deltagare.models import Deltagande, Samtyckestext
from insatser.models import Insats, InsatsBudget
from organisations.models import KompletterandeFraga, Samverkansorganisation
from sus.core.csvfil import las
from sus.core.personnummer import tolka
from sus.start.demo.anvandare import DEMOANVANDARE, TROLLHATTAN
from sus.start.demo.bestallningar import PERSONER
from sus.start.demo.exempelforbund import exempelrader
from sus.start.demo.skapa import TROLLHATTAN_2011, las_publicerat
from sus.start.demo.trollhattan import fortsattning
from sus.start.demo.vandringar import VANDRINGAR
from sus.start.inlasning import SLAG
from sus.start.models import Forbattringsforslag, Hjalptext

IDAG = date(2026, 11, 21)


def test_the_same_day_gives_the_same_rows():
    assert exempelrader(IDAG) == exempelrader(IDAG)


def test_every_person_is_made_up():
    fil = las(TROLLHATTAN_2011 / "deltaganden.csv", SLAG["deltaganden"].kolumner)
    rader = [*(rad.varden() for rad in fil), *exempelrader(IDAG)["deltaganden"]]

    personnummer = [tolka(rad["personnummer"], IDAG).tolv_siffror for rad in rader]
    personnummer += [tolka(nummer, IDAG).tolv_siffror for nummer, _ in PERSONER.values()]

    assert len(rader) > 300
    assert {nummer[8:10] for nummer in personnummer} <= {"98", "99"}


@pytest.mark.parametrize("dag", [date(2026, 1, 1), date(2028, 2, 29), IDAG])
def test_nothing_in_the_rows_lies_after_the_day(dag):
    publicerat = {slag: [rad.varden() for rad in rader] for slag, rader in las_publicerat().items()}
    rader = [*exempelrader(dag)["deltaganden"], *fortsattning(dag, publicerat)["deltaganden"]]

    assert max(max(rad["startdatum"], rad.get("avslutningsdatum", "")) for rad in rader) <= dag.isoformat()
    assert any("avslutningsdatum" not in rad for rad in rader)


@pytest.mark.django_db
def test_the_demo_is_whole_consistent_and_made_once(capsys, klient):
    call_command("demodata", storlek="liten")
    antal = Deltagande.objects.count()
    call_command("demodata", storlek="liten")

    assert "Demodata finns redan. Inget är ändrat." in capsys.readouterr().out
    assert Deltagande.objects.count() == antal
    assert sorted(Samverkansorganisation.objects.values_list("samverkansform", flat=True)) == ["finsam"] * 3 + ["tvaparts"]
    assert InsatsBudget.objects.filter(insatsar__ar=2011).count() == 9
    assert set(Bestallning.objects.values_list("status", flat=True)) == set(Bestallning.Status)
    assert set(KompletterandeFraga.objects.som_stalls(timezone.localdate()).values_list("slag", flat=True)) == set(KompletterandeFraga.Slag)
    assert set(Forbattringsforslag.objects.values_list("status", flat=True)) == {"ny", "atgardad"}
    assert Hjalptext.objects.nyheter().count() == 2
    assert {*Samtyckestext.objects.get().sprak} == {"sv", "ar", "en"}
    with connection.cursor() as c:
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the log is chained at COMMIT, which a test never reaches
    call_command("kontrollera")
    _det_publicerade_aret_star_kvar()
    _alla_kan_det_de_ska()
    _alla_kan_logga_in(klient)
    _vandringarna_borjar_pa_en_sida(klient)


def _det_publicerade_aret_star_kvar():
    """Who took part at the end of 2011 did so, and has ended since."""
    da = Deltagande.objects.filter(insats__samverkansorganisation__namn=TROLLHATTAN, startdatum__lt="2012-01-01")
    assert (da.count(), da.filter(slutdatum__lt="2012-01-01").count(), da.filter(slutdatum=None).count()) == (201, 67, 0)


def _alla_kan_det_de_ska():
    for person in DEMOANVANDARE:
        anvandare = Anvandare.objects.get(anvandarnamn=person.anvandarnamn)
        vantat = {person.roll} if person.roll and not person.slutade_galla else set()
        assert anvandare.gallande_roller == vantat
        assert not anvandare.has_usable_password()
    karin = Anvandare.objects.get(anvandarnamn=Roll.DELTAGARANSVARIG)
    trollhattan = Insats.objects.filter(samverkansorganisation__namn=TROLLHATTAN)
    assert set(Insats.objects.tillatna_for(karin, Rattighet.DELTAGARE_ANDRA)) == set(trollhattan.med_personuppgifter())


def _alla_kan_logga_in(klient):
    for person in DEMOANVANDARE:
        svar = klient.post(f"/demo/{person.anvandarnamn}/", follow=True)
        assert svar.status_code == (200 if person.roll and not person.slutade_galla else 403)
        assert person.namn in svar.text


def _vandringarna_borjar_pa_en_sida(klient):
    assert len(VANDRINGAR) == 5
    for vandring in VANDRINGAR:
        svar = klient.post(f"/demo/{vandring.anvandarnamn}/", {"vandring": vandring.nyckel}, follow=True)
        assert svar.status_code == (403 if vandring.nyckel == "behorighet" else 200)
        assert svar.request["PATH_INFO"] + vandring.fraga == vandring.adress
