"""The only way to a person's identity: who may see whom, and what the log tells of it."""

import ast
from datetime import date
from pathlib import Path

import pytest

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare import identitet
from deltagare.folkbokforing import Folkbokford, RegistretSvararInte, hamta
from deltagare.identitet import Andamal
from deltagare.models import Deltagande, Person
from sus.core.personnummer import tolka
from tests.deltagare.conftest import ALMA
from tests.factories import AnvandareFactory, DeltagandeFactory, InsatsFactory, UppdragFactory

ROT = Path(__file__).resolve().parent.parent.parent
IDAG = date(2026, 1, 1)
FAR_NAMNA_PERSON = {
    *("deltagare/models/__init__.py", "deltagare/models/person.py", "deltagare/models/deltagande.py"),
    "deltagare/identitet.py",
}


def koden():
    mappar = ("sus", "behorigheter", "organisations", "insatser", "deltagare", "rapporter")
    return [fil for mapp in mappar for fil in (ROT / mapp).rglob("*.py") if "migrations" not in fil.parts]


def test_no_other_module_touches_person():
    syndare = []
    for fil in koden():
        namn = str(fil.relative_to(ROT))
        if namn in FAR_NAMNA_PERSON:
            continue
        for nod in ast.walk(ast.parse(fil.read_text(encoding="utf-8"))):
            hamtar = isinstance(nod, ast.ImportFrom) and any(alias.name == "Person" for alias in nod.names)
            via_modellen = isinstance(nod, ast.Attribute) and nod.attr in {"Person", "person"} and not isinstance(nod.ctx, ast.Store)
            via_namn = isinstance(nod, ast.Constant) and str(nod.value).startswith(("deltagare.Person", "person__"))
            if hamtar or via_modellen or via_namn:
                syndare.append(f"{namn}:{nod.lineno}")

    assert syndare == []


@pytest.fixture
def ansvarig(insats):
    return UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare


def test_looking_up_answers_only_about_this_insats(insats, ansvarig):
    frammande = DeltagandeFactory(insats=InsatsFactory(), person__personnummer_klartext=ALMA)
    personnummer = tolka(ALMA, IDAG)

    assert identitet.sla_upp(insats=insats, personnummer=personnummer, by=ansvarig) is None
    DeltagandeFactory(insats=insats, person=frammande.person)
    assert identitet.sla_upp(insats=insats, personnummer=personnummer, by=ansvarig) == frammande.person_id

    assert [rad.logg_id for rad in Handelse.objects.all()] == [[], [str(frammande.person.logg_id)]]


def test_registering_a_known_person_shows_the_name_given_as_for_one_who_is_new(insats, ansvarig):
    personnummer = tolka(ALMA, IDAG)

    forsta = identitet.registrera(insats=insats, personnummer=personnummer, namn="Alma Testsson", by=ansvarig)
    andra = identitet.registrera(insats=insats, personnummer=personnummer, namn="Någon Annan", by=ansvarig)

    assert forsta == andra
    DeltagandeFactory(insats=insats, person_id=forsta, person=Person.objects.get())
    assert identitet.visa([forsta], andamal=Andamal.SOK, by=ansvarig)[forsta].namn == "Någon Annan"
    assert [rad.detaljer for rad in Handelse.objects.filter(typ=Handelse.Typ.PERSON_HAMTAD)] == [{}, {}]


def test_only_persons_within_the_uppdrag_are_shown_and_logged_in_one_row(insats, ansvarig):
    egna = DeltagandeFactory.create_batch(3, insats=insats)
    frammande = DeltagandeFactory(insats=InsatsFactory())

    visade = identitet.visa([rad.person_id for rad in [*egna, frammande]], andamal=Andamal.SOK, by=ansvarig)

    assert set(visade) == {rad.person_id for rad in egna}
    rad = Handelse.objects.get()
    assert (rad.typ, rad.anvandare_id) == ("deltagare_visade", ansvarig.pk)
    assert sorted(rad.logg_id) == sorted(str(d.person.logg_id) for d in egna)
    assert rad.detaljer == {"andamal": "sok", "antal": 3}


@pytest.mark.parametrize("roll", [Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.SUS_STOD])
def test_other_roles_see_nobody(insats, roll):
    DeltagandeFactory(insats=insats)
    anvandare = UppdragFactory(roll=roll, samverkansorganisation=insats.samverkansorganisation).anvandare

    assert identitet.visa(Deltagande.objects.values_list("person_id", flat=True), andamal=Andamal.SOK, by=anvandare) == {}
    assert identitet.visa(Deltagande.objects.values_list("person_id", flat=True), andamal=Andamal.SOK, by=AnvandareFactory()) == {}
    assert not Handelse.objects.exists()


def test_the_identity_says_nothing_in_a_log():
    svar = [identitet.Identitet(tolka(ALMA, IDAG), "Alma Testsson"), Folkbokford("Alma Testsson", "1488")]

    assert "Alma" not in repr(svar)
    assert "1962" not in repr(svar)


def test_a_person_with_a_deltagande_is_not_forgotten(insats):
    deltagande = DeltagandeFactory(insats=insats)

    assert not identitet.glom(deltagande.person_id)
    deltagande.delete()
    assert identitet.glom(deltagande.person_id)
    assert not Person.objects.exists()


def test_the_test_register_is_made_up_and_right(settings):
    rader = Path(settings.FOLKBOKFORING.removeprefix("fil:")).read_text(encoding="utf-8").splitlines()[1:]

    assert len(rader) >= 60
    for rad in rader:
        personnummer, namn, kommun, skyddad = rad.split(";")
        nummer = tolka(personnummer, IDAG)
        assert (nummer.tolv_siffror, 980 <= int(personnummer[8:11]) <= 999, nummer.ar_samordningsnummer) == (personnummer, True, False)
        traff = hamta(nummer)
        assert (traff.namn, traff.kommun_kod) == (("", "") if skyddad == "ja" else (namn, kommun))


@pytest.mark.parametrize("plats", ["", "fil:/finns/inte.csv", "fil:pyproject.toml"])
def test_a_register_that_cannot_be_read_says_so(settings, plats):
    settings.FOLKBOKFORING = plats

    with pytest.raises(RegistretSvararInte, match="Folkbokföringen svarar inte just nu"):
        hamta(tolka(ALMA, IDAG))
