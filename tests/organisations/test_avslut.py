"""The end of a samverkansorganisation: what is in its way, and what can and cannot be done after it."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from behorigheter.actions import ge_uppdrag
from behorigheter.models import Uppdrag
from behorigheter.roller import Roll
from insatser.actions import andra_insats, skapa_insats
from organisations.actions.budget import spara_budget
from organisations.models import AdministrativKostnad
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    BudgetarFactory,
    DeltagandeFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db

SA, FK = Roll.SAMVERKANSADMINISTRATOR, Roll.FK_ADMINISTRATOR


def adress(sida, *argument):
    return reverse(f"organisations:{sida}", args=argument)


def post(client, url, version=1, **data):
    return client.post(url, {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | data)


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


@pytest.fixture
def avslutad():
    rad = SamverkansorganisationFactory(namn="Provbygden", slutdatum=date(2015, 12, 31))
    rad.omraden.create(kommun_id="1488")
    return rad


def test_everything_in_the_way_of_the_end_is_named_with_a_link(inloggad):
    rad = SamverkansorganisationFactory()
    utan_slut = InsatsFactory(samverkansorganisation=rad, namn="Utan slut", slutdatum=None)
    for_sen = InsatsFactory(samverkansorganisation=rad, namn="För sen", slutdatum=date(2013, 5, 5))
    med_oppna = InsatsFactory(samverkansorganisation=rad, namn="Med deltagare", slutdatum=date(2012, 6, 30))
    DeltagandeFactory.create_batch(2, insats=med_oppna)
    BudgetarFactory(samverkansorganisation=rad, ar=2014)

    svar = post(inloggad(SA, rad), adress("update", rad.pk), slutdatum="2012-12-31", lan="14")

    assert fel(svar) == {
        "slutdatum": [
            "2 insatser pågår efter 2012-12-31. Ange slutdatum för dem först. "
            "2 deltagare är inte utregistrerade. Registrera ut dem innan samverkansorganisationen avslutas. "
            "Det finns budget registrerad efter 2012. Ta bort den först."
        ]
    }
    for text, lank in [
        ("Utan slut: slutdatum saknas", utan_slut.get_absolute_url()),
        ("För sen: slutdatum är 2013-05-05", for_sen.get_absolute_url()),
        ("Med deltagare: 2 deltagare är inte utregistrerade", med_oppna.get_absolute_url()),
        ("Budget för 2014", f"{adress('budget', rad.pk)}?ar=2014"),
    ]:
        assert f'href="{lank}">{text}</a>' in svar.text
    rad.refresh_from_db()
    assert rad.slutdatum is None


def test_with_nothing_in_the_way_it_ends(inloggad):
    rad = InsatsFactory(slutdatum=date(2012, 12, 31)).samverkansorganisation

    post(inloggad(SA, rad), adress("update", rad.pk), slutdatum="2012-12-31", lan="14")

    rad.refresh_from_db()
    assert (rad.slutdatum, rad.status) == (date(2012, 12, 31), "Avslutad")


def test_the_page_of_what_has_ended_says_so_and_offers_no_change(inloggad, avslutad):
    svar = inloggad(SA, avslutad).get(avslutad.get_absolute_url())

    assert "Avslutad 2015-12-31. Uppgifterna kan läsas men inte ändras." in svar.text
    for knapp in ("Ändra uppgifter", "Ändra kommuner och stadsdelar", "Ändra ingående organisationer"):
        assert knapp not in svar.text
    assert "Slå ihop med en annan" not in inloggad(FK).get(avslutad.get_absolute_url()).text


def test_on_the_last_day_it_can_still_be_changed(inloggad, klockan):
    rad = SamverkansorganisationFactory(slutdatum=date(2015, 12, 31))
    klockan("2015-12-31 23:59:00+01:00")
    client = inloggad(SA, rad)
    assert "Ändra uppgifter" in client.get(rad.get_absolute_url()).text

    klockan("2016-01-01 00:01:00+01:00")

    assert "Avslutad 2015-12-31" in client.get(rad.get_absolute_url()).text


@pytest.mark.parametrize(
    ("sida", "data"),
    [
        ("update", {"beskrivning": "Ny text", "lan": "14", "slutdatum": ""}),
        ("omrade", {"valda": ["k1488", "k1462"]}),
        ("parter", {"rad": "ny1", "ny1-namn": "Arenan AB", "ny1-typ": "ovrig", "ny1-finansiar": "on"}),
    ],
)
def test_facts_area_and_parties_do_not_change_after_the_end(inloggad, avslutad, sida, data):
    client = inloggad(SA, avslutad)

    assert "Samverkansorganisationen är avslutad och uppgifterna kan inte ändras." in client.get(adress(sida, avslutad.pk)).text
    svar = post(client, adress(sida, avslutad.pk), **data)

    assert "Provbygden avslutades 2015-12-31 och kan inte ändras." in [text for texter in fel(svar).values() for text in texter]
    avslutad.refresh_from_db()
    assert (avslutad.beskrivning, avslutad.slutdatum) == ("", date(2015, 12, 31))
    assert [omrade.kommun_id for omrade in avslutad.omraden.all()] == ["1488"]
    assert not avslutad.parter.exists()


def test_the_administrator_cannot_open_what_has_ended(inloggad, avslutad):
    post(inloggad(SA, avslutad), adress("update", avslutad.pk), slutdatum="", lan="14")

    avslutad.refresh_from_db()
    assert avslutad.slutdatum == date(2015, 12, 31)


def test_forsakringskassan_corrects_and_opens_what_has_ended(inloggad, avslutad):
    svar = post(
        inloggad(FK),
        adress("grunduppgifter", avslutad.pk),
        namn="Provbygden med omnejd",
        startdatum="2009-01-01",
        slutdatum="",
        bestallare_epost="",
    )

    assert svar.status_code == 302
    avslutad.refresh_from_db()
    assert (avslutad.namn, avslutad.slutdatum) == ("Provbygden med omnejd", None)


def test_utfall_of_the_last_year_is_registered_after_the_end_and_no_later_year(avslutad):
    by = AnvandareFactory()
    kostnad = AdministrativKostnad(kostnadstyp="kring", budget=100, utfall=90)

    spara_budget(samverkansorganisation=avslutad, ar=2015, finansieringar=[], kostnader=[kostnad], by=by)
    with pytest.raises(Regelbrott, match="Budget kan inte registreras för 2016"):
        spara_budget(samverkansorganisation=avslutad, ar=2016, finansieringar=[], kostnader=[], by=by)

    assert AdministrativKostnad.objects.get().utfall == 90


@pytest.mark.parametrize("roll", [Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG])
def test_after_the_end_only_forsakringskassan_gives_uppdrag(inloggad, avslutad, roll):
    ny = BehorighetFactory(roll=roll).anvandare
    administrator, fk = inloggad(SA, avslutad), inloggad(FK)
    url = adress("uppdrag_ge", avslutad.pk, roll)

    assert f"Ge uppdrag som {roll.label}" not in administrator.get(adress("uppdrag", avslutad.pk)).text
    svar = post(administrator, url, version=0, anvandare=[ny.pk], fran="2026-01-01")
    assert fel(svar) == {"__all__": ["Provbygden är avslutad. Bara Försäkringskassan kan ge nya uppdrag där."]}
    post(fk, url, version=0, anvandare=[ny.pk], fran="2026-01-01")

    assert Uppdrag.objects.get(anvandare=ny).roll == roll


def test_the_system_loads_what_was_before_sus_knew_of_it(avslutad):
    anvandare = BehorighetFactory(roll=SA).anvandare

    ge_uppdrag(anvandare=anvandare, objekt=avslutad, roll=SA, fran=date(2010, 1, 1), till=date(2015, 12, 31), by=None)

    assert anvandare.uppdrag.get().samverkansorganisation == avslutad


def test_the_missing_parties_of_the_law_are_not_asked_for_after_the_end(inloggad, avslutad):
    IngaendeOrganisationFactory(samverkansorganisation=avslutad)

    text = inloggad(FK).get(avslutad.get_absolute_url()).text

    assert f"<h1>{avslutad}</h1>" in text
    assert "ska fler vara medlemmar" not in text


def test_no_insats_is_registered_where_it_would_outlive_its_samverkansorganisation(avslutad):
    by = AnvandareFactory()
    ny = InsatsFactory.build(samverkansorganisation=avslutad, startdatum=date(2015, 1, 1), slutdatum=date(2015, 6, 30))
    with pytest.raises(Regelbrott, match="Provbygden avslutades 2015-12-31 och kan inte ändras"):
        skapa_insats(insats=ny, malgrupper=[], by=by)

    insats = InsatsFactory(samverkansorganisation=avslutad, slutdatum=date(2015, 6, 30))
    for slutdatum in (None, date(2016, 1, 1)):
        with pytest.raises(Regelbrott, match="Provbygden slutar 2015-12-31"):
            andra_insats(insats=insats, by=by, slutdatum=slutdatum)
    andra_insats(insats=insats, by=by, slutdatum=date(2015, 12, 31))

    assert avslutad.insatser.get().slutdatum == date(2015, 12, 31)


def test_what_has_ended_is_no_choice_for_a_new_insats(inloggad, avslutad):
    pagaende = SamverkansorganisationFactory()
    client = inloggad(Roll.INSATSANSVARIG, avslutad)
    UppdragFactory(anvandare=client.anvandare, roll=Roll.INSATSANSVARIG, samverkansorganisation=pagaende)

    val = client.get(reverse("insatser:create")).context["form"].fields["samverkansorganisation"].queryset

    assert list(val) == [pagaende]
