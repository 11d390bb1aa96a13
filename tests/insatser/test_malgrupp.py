"""The register of målgrupper: kept by the FK-administratör; what insatser have stays theirs."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from insatser.malgruppsregister import andra_malgrupp, registrera_malgrupp
from insatser.models import Insats, Malgrupp
from sus.core.regelbrott import Regelbrott
from tests.conftest import med_riktiga_transaktioner
from tests.factories import AnvandareFactory, InsatsFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db


def adress(sida, *argument):
    return reverse(f"register:{sida}", args=argument)


def post(client, url, **data):
    """Send the form as the page has it; the version is the page's own."""
    version = client.get(url).context["version"]
    return client.post(url, {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | data)


def andra(client, kod, **andring):
    """Change a målgrupp: what is not given is sent as the page shows it."""
    form = client.get(adress("malgrupp_andra", kod)).context["form"]
    visat = {namn: form[namn].value() or "" for namn in form.fields}
    return post(client, adress("malgrupp_andra", kod), **visat | andring)


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def varningar(svar):
    return [text for _, text in svar.context["varningar"]]


def ordningen():
    return list(Malgrupp.objects.order_by("ordning").values_list("kod", flat=True))


def ny(**andring):
    return {"namn": "Småföretagare på väg åter", "giltig_fran": "2012-01-01", "giltig_till": "", "efter": ""} | andring


def test_the_list_stands_in_order_with_the_number_of_insatser(fk):
    InsatsFactory.create_batch(2, malgrupper=["unga", "nyanlanda"])

    rader = fk.get(adress("malgrupper")).context["object_list"]

    assert [rad.kod for rad in rader] == ordningen()
    assert {rad.kod: rad.antal_insatser for rad in rader if rad.antal_insatser} == {"unga": 2, "nyanlanda": 2}


def test_the_list_asks_no_more_for_more_rows(fk, antal_fragor):
    fore = antal_fragor(lambda: fk.get(adress("malgrupper")))
    for nr in range(20):
        Malgrupp.objects.create(kod=f"prov{nr}", namn=f"Provgruppen {nr}", ordning=50 + nr, giltig_fran=date(2012, 1, 1))

    assert antal_fragor(lambda: fk.get(adress("malgrupper"))) == fore


def test_an_empty_register_says_so(fk):
    Malgrupp.objects.all().delete()

    assert "Inga målgrupper än" in fk.get(adress("malgrupper")).content.decode()


# New


def test_a_new_malgrupp_gets_its_code_from_its_name_and_its_place_in_the_list(fk):
    fore = ordningen()

    post(fk, adress("malgrupp_ny"), **ny(efter="unga"))

    rad = Malgrupp.objects.get(namn="Småföretagare på väg åter")
    assert rad.kod == "smaforetagare_pa_vag_ater"
    assert (rad.giltig_fran, rad.giltig_till) == (date(2012, 1, 1), None)
    assert ordningen() == [fore[0], rad.kod, *fore[1:]]
    assert Handelse.objects.get(typ="register_andrat").objekt == "insatser.Malgrupp:smaforetagare_pa_vag_ater"


def test_two_names_that_give_the_same_code_get_one_each(fk):
    for namn in ("Föräldrar", "Foraldrar"):
        post(fk, adress("malgrupp_ny"), **ny(namn=namn))

    assert set(ordningen()) > {"foraldrar", "foraldrar_2"}


def test_a_long_name_gets_a_code_that_fits(fk):
    post(fk, adress("malgrupp_ny"), **ny(namn="å" * 100))

    assert Malgrupp.objects.get(namn="å" * 100).kod == "a" * 37


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"namn": ""}, "namn", "Fyll i namn."),
        ({"namn": "UNGA"}, "namn", "Det finns redan en målgrupp med det namnet."),
        ({"namn": "x" * 101}, "namn", "Skriv högst 100 tecken. Du har skrivit 101."),
        ({"giltig_fran": ""}, "giltig_fran", "Fyll i första dag."),
        ({"giltig_till": "2011-12-31"}, "giltig_till", "Sista dagen kan inte vara tidigare än första dagen."),
        ({"efter": "finns_inte"}, "efter", None),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(fk, andring, falt, text):
    antal = Malgrupp.objects.count()

    svar = post(fk, adress("malgrupp_ny"), **ny(**andring))

    assert list(fel(svar)) == [falt]
    assert text is None or fel(svar)[falt] == [text]
    assert Malgrupp.objects.count() == antal


# Changing


def test_a_malgrupp_in_use_is_not_renamed_without_being_told_by_how_many(fk):
    InsatsFactory.create_batch(2, malgrupper=["unga"])

    svar = andra(fk, "unga", namn="Äldre")

    (text,) = varningar(svar)
    assert text.startswith("2 insatser har målgruppen Unga och visas i fortsättningen med det nya namnet, också i äldre rapporter.")
    assert Malgrupp.objects.get(pk="unga").namn == "Unga"
    andra(fk, "unga", namn="Äldre", bekraftade="NAMN")
    assert Malgrupp.objects.get(pk="unga").namn == "Äldre"
    detaljer = Handelse.objects.get(typ="register_andrat").detaljer
    assert (detaljer["fore"], detaljer["efter"]) == ({"namn": "Unga"}, {"namn": "Äldre"})


def test_a_malgrupp_that_nobody_has_is_renamed_at_once(fk):
    andra(fk, "unga", namn="Unga vuxna")

    assert Malgrupp.objects.get(pk="unga").namn == "Unga vuxna"


@pytest.mark.parametrize(("efter", "plats"), [("", 0), ("nyanlanda", None)])
def test_a_malgrupp_is_moved_in_the_list(fk, efter, plats):
    fore = ordningen()

    andra(fk, "langtidssjukskrivna", efter=efter)

    ovriga = [kod for kod in fore if kod != "langtidssjukskrivna"]
    plats = ovriga.index("nyanlanda") + 1 if plats is None else plats
    assert ordningen() == [*ovriga[:plats], "langtidssjukskrivna", *ovriga[plats:]]
    assert list(Malgrupp.objects.values_list("ordning", flat=True)) == list(range(1, len(fore) + 1))


def test_saved_unchanged_it_stays_in_its_place_and_leaves_no_event(fk):
    fore = ordningen()

    for kod in fore:
        andra(fk, kod)

    assert ordningen() == fore
    assert not Handelse.objects.filter(typ="register_andrat").exists()


def test_ending_a_malgrupp_tells_how_many_keep_it(fk):
    InsatsFactory(malgrupper=["unga"])

    svar = andra(fk, "unga", giltig_till="2012-12-31")

    assert varningar(svar) == ["1 insats har målgruppen och behåller den. Insatser som börjar efter sista dagen kan inte få den."]
    andra(fk, "unga", giltig_till="2012-12-31", bekraftade="SLUT")
    rad = Malgrupp.objects.get(pk="unga")
    assert (rad.giltig_till, rad.lage, rad.insatser.count()) == (date(2012, 12, 31), "Avslutad", 1)


def test_an_end_may_be_taken_back(fk):
    Malgrupp.objects.filter(pk="unga").update(giltig_till=date(2012, 12, 31))

    andra(fk, "unga", giltig_till="")

    assert Malgrupp.objects.get(pk="unga").lage == "Gäller"


def test_ej_tillampliga_malgrupper_cannot_be_ended(fk):
    andra(fk, Malgrupp.EJ_TILLAMPLIGA, giltig_till="2012-12-31")

    rad = Malgrupp.objects.get(pk=Malgrupp.EJ_TILLAMPLIGA)
    assert rad.giltig_till is None
    assert "kan inte avslutas" in fk.get(adress("malgrupp_andra", rad.pk)).content.decode()
    with pytest.raises(Regelbrott, match="kan inte avslutas"):
        andra_malgrupp(malgrupp=rad, namn=rad.namn, giltig_till=date(2012, 12, 31), efter="", by=AnvandareFactory())


def test_two_administrators_at_once_lose_nothing(fk, inloggad):
    url = adress("malgrupp_andra", "unga")
    oppnad = fk.get(url).context["version"]
    andra(inloggad(Roll.FK_ADMINISTRATOR), "unga", namn="Den andras namn")

    svar = fk.post(url, {"nyckel": str(uuid.uuid4()), "version": oppnad, "namn": "Mitt namn", "giltig_till": "", "efter": ""})

    assert svar.status_code == 409
    assert [(rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]] == [("Den andras namn", "Mitt namn")]
    assert Malgrupp.objects.get(pk="unga").namn == "Den andras namn"


@med_riktiga_transaktioner
def test_malgrupper_added_at_the_same_moment_all_get_a_place_of_their_own(samtidigt):
    by, dag = AnvandareFactory(), timezone.localdate()

    samtidigt(lambda nr: registrera_malgrupp(namn=f"Tävlande {nr}", giltig_fran=dag, giltig_till=None, efter="", by=by), 4)

    platser = list(Malgrupp.objects.values_list("ordning", flat=True))
    assert platser == list(range(1, len(platser) + 1))


# What an ended målgrupp means for the insatser


def insats(organisation, **andring):
    return {
        "samverkansorganisation": organisation.pk, "namn": "Provinsatsen", "beskrivning": "", "startdatum": "2011-01-01", "slutdatum": "",
        "inriktning": "individinriktad", "preciserad_inriktning": "forberedande", "deltagarregistrering": "personuppgifter",
        "malgrupper": ["unga"], "version": 0,
    } | andring  # fmt: skip


@pytest.mark.parametrize(("startdatum", "far"), [("2030-06-30", True), ("2030-07-01", False)])
def test_an_ended_malgrupp_cannot_be_chosen_for_an_insats_that_starts_later(inloggad, klockan, startdatum, far):
    klockan("2030-01-10 12:00:00+01:00")
    Malgrupp.objects.filter(pk="unga").update(giltig_till=date(2030, 6, 30))
    organisation = SamverkansorganisationFactory()
    ansvarig = inloggad(Roll.INSATSANSVARIG, organisation)

    svar = ansvarig.post(reverse("insatser:create"), insats(organisation, startdatum=startdatum))

    assert Insats.objects.exists() == far
    if not far:
        mening = "Unga gäller till och med 2030-06-30 och kan inte väljas för en insats som börjar senare."
        assert fel(svar) == {"malgrupper": [mening]}


def test_an_insats_keeps_a_malgrupp_that_has_ended_since(inloggad):
    rad = InsatsFactory(malgrupper=["unga"], startdatum=timezone.localdate() - timedelta(days=10))
    Malgrupp.objects.filter(pk="unga").update(giltig_till=timezone.localdate() - timedelta(days=20))
    ansvarig = inloggad(Roll.INSATSANSVARIG, rad.samverkansorganisation)
    kropp = insats(rad.samverkansorganisation, namn="Nytt namn", startdatum=str(rad.startdatum), version=1)

    svar = ansvarig.post(reverse("insatser:update", args=[rad.pk]), kropp)

    rad.refresh_from_db()
    assert svar.status_code == 302
    assert (rad.namn, [str(malgrupp) for malgrupp in rad.malgrupper.all()]) == ("Nytt namn", ["Unga"])


@pytest.mark.parametrize("roll", [Roll.INSATSANSVARIG, Roll.UTFARDARE])
def test_the_register_is_closed_to_other_roles(inloggad, roll):
    client = inloggad(roll, SamverkansorganisationFactory() if roll == Roll.INSATSANSVARIG else None)

    svar = client.post(adress("malgrupp_andra", "unga"), {"namn": "Kapad", "giltig_till": "", "efter": ""})

    assert svar.status_code == 403
    assert Malgrupp.objects.get(pk="unga").namn == "Unga"
