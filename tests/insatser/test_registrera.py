"""Registrera ny insats and Ändra insats: rules, warnings and locks (docs/regler.md 5, Annex B V02-V08, V38)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from insatser.actions import andra_insats, registrera_volym
from insatser.models import Insats, Malgrupp
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    AnvandareFactory,
    DeltagandeFactory,
    InsatsArFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def forbund():
    return SamverkansorganisationFactory()


@pytest.fixture
def ansvarig(inloggad, forbund):
    return inloggad(Roll.INSATSANSVARIG, forbund)


@pytest.fixture
def insats(forbund):
    return InsatsFactory(samverkansorganisation=forbund, namn="Hjortmossen")


def uppgifter(forbund, **kwargs):
    return {
        "samverkansorganisation": forbund.pk,
        "namn": "Trampolin",
        "beskrivning": "",
        "startdatum": "2010-01-01",
        "slutdatum": "",
        "inriktning": "individinriktad",
        "preciserad_inriktning": "forberedande",
        "deltagarregistrering": "personuppgifter",
        "malgrupper": ["unga"],
        "version": "0",
    } | kwargs


def andra(klient, insats, **kwargs):
    version = kwargs.pop("version", insats.version)
    sant = uppgifter(insats.samverkansorganisation, namn=insats.namn, **kwargs) | {"version": version}
    return klient.post(reverse("insatser:update", args=[insats.pk]), sant)


NY = "/insats/ny/"


def test_an_insats_is_registered_with_its_malgrupper_and_leaves_a_trace(ansvarig, forbund):
    svar = ansvarig.post(NY, uppgifter(forbund, malgrupper=["unga", "nyanlanda"]))

    insats = Insats.objects.get()
    assert svar.url == insats.get_absolute_url()
    assert insats.namn == "Trampolin"
    assert {malgrupp.pk for malgrupp in insats.malgrupper.all()} == {"unga", "nyanlanda"}
    handelse = Handelse.objects.get()
    assert (handelse.typ, handelse.anvandare_id) == ("insats_skapad", ansvarig.anvandare.pk)
    assert handelse.objekt == f"insatser.Insats:{insats.pk}"


def test_nothing_is_chosen_from_the_start_but_the_only_samverkansorganisation(ansvarig, forbund):
    form = ansvarig.get(NY).context["form"]

    assert {namn: form[namn].value() for namn in form.fields if form[namn].value()} == {"samverkansorganisation": forbund.pk}


def test_with_two_samverkansorganisationer_none_is_chosen(inloggad, forbund):
    klient = inloggad(Roll.INSATSANSVARIG, forbund)
    annan = SamverkansorganisationFactory()
    klient.anvandare.uppdrag.create(roll=Roll.INSATSANSVARIG, samverkansorganisation=annan, fran=date(2020, 1, 1))

    assert klient.get(NY).context["form"]["samverkansorganisation"].value() is None


@pytest.mark.parametrize(
    ("andrat", "falt", "mening"),
    [
        ({"namn": ""}, "namn", "Fyll i insatsnamn."),
        ({"namn": "x" * 101}, "namn", "Skriv högst 100 tecken. Du har skrivit 101."),
        ({"namn": "hjortMOSSEN"}, "namn", "Det finns redan en insats med det namnet. Välj ett annat namn."),
        ({"startdatum": ""}, "startdatum", "Fyll i startdatum."),
        ({"slutdatum": "2009-12-31"}, "slutdatum", "Slutdatum kan inte vara tidigare än startdatum."),
        ({"inriktning": ""}, "inriktning", "Välj inriktning."),
        ({"preciserad_inriktning": ""}, "preciserad_inriktning", "Välj preciserad inriktning."),
        (
            {"preciserad_inriktning": "utbildning"},
            "preciserad_inriktning",
            "Välj en preciserad inriktning som hör till vald inriktning.",
        ),
        ({"deltagarregistrering": ""}, "deltagarregistrering", "Välj deltagarregistrering."),
        ({"malgrupper": []}, "malgrupper", "Ange minst en målgrupp."),
        (
            {"malgrupper": ["unga", "ej_tillampliga"]},
            "malgrupper",
            "Ej tillämpliga målgrupper kan inte kombineras med andra målgrupper.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_input_is_kept(ansvarig, insats, andrat, falt, mening):
    svar = ansvarig.post(NY, uppgifter(insats.samverkansorganisation, **andrat | {"beskrivning": "Står kvar"}))

    assert svar.context["form"].errors == {falt: [mening]}
    assert "Står kvar" in svar.text
    assert "<title>Fel: " in svar.text
    assert Insats.objects.count() == 1


def test_the_same_name_may_be_used_in_another_samverkansorganisation(ansvarig, forbund):
    InsatsFactory(namn="Trampolin")

    ansvarig.post(NY, uppgifter(forbund))

    assert forbund.insatser.get().namn == "Trampolin"


def test_samverkansorganisation_of_others_cannot_be_chosen(ansvarig):
    frammande = SamverkansorganisationFactory()

    svar = ansvarig.post(NY, uppgifter(frammande))

    assert "samverkansorganisation" in svar.context["form"].errors
    assert not Insats.objects.exists()


def test_malgrupp_that_has_ended_can_only_be_kept(ansvarig, forbund, insats):
    Malgrupp.objects.filter(pk="unga").update(giltig_till=timezone.localdate() - timedelta(days=1))

    nytt = ansvarig.post(NY, uppgifter(forbund))
    andrat = andra(ansvarig, insats, beskrivning="Ny text")

    assert nytt.context["form"].errors == {"malgrupper": ["Målgruppen unga finns inte."]}
    assert andrat.url == insats.get_absolute_url()


def test_endast_antal_is_what_no_answer_means_for_a_strukturovergripande_insats(ansvarig, forbund):
    struktur = {"inriktning": "strukturovergripande", "preciserad_inriktning": "utbildning", "deltagarregistrering": ""}
    ansvarig.post(NY, uppgifter(forbund, **struktur, volym_avser="personer"))

    assert Insats.objects.get().ar_volyminsats


@pytest.mark.parametrize(
    ("andrat", "mening"),
    [
        ({"startdatum": "2008-12-31"}, "Insatsen börjar före samverkansorganisationens startdatum (2009-01-01)."),
        ({"namn": "Hjortmossen 2012"}, "Det finns redan en insats som heter Hjortmossen."),
        (
            {"inriktning": "strukturovergripande", "preciserad_inriktning": "utbildning"},
            "En strukturövergripande insats följs vanligen upp med endast antal.",
        ),
    ],
)
def test_the_unusual_is_warned_of_and_saved_when_confirmed(ansvarig, insats, andrat, mening):
    sant = uppgifter(insats.samverkansorganisation, **andrat)

    varnad = ansvarig.post(NY, sant)
    assert mening in varnad.text
    assert Insats.objects.count() == 1

    ansvarig.post(NY, sant | {"bekraftade": varnad.context["bekrafta"]})
    assert Insats.objects.count() == 2


def test_the_same_form_sent_twice_makes_one_insats(ansvarig, forbund):
    sant = uppgifter(forbund, nyckel="6f1c0a52-0c3c-4d5e-9a52-2f1f4a3f7d10")

    svar = [ansvarig.post(NY, sant).url for _ in range(2)]

    assert svar[0] == svar[1] == Insats.objects.get().get_absolute_url()


def test_an_insats_is_changed_and_the_log_says_which_fields(ansvarig, insats):
    andra(ansvarig, insats, beskrivning="Ny text", malgrupper=["nyanlanda"])

    insats.refresh_from_db()
    assert (insats.beskrivning, insats.version, insats.andrad_av) == ("Ny text", 2, ansvarig.anvandare)
    assert [malgrupp.pk for malgrupp in insats.malgrupper.all()] == ["nyanlanda"]
    assert Handelse.objects.get().detaljer == {"falt": ["beskrivning", "malgrupper"]}


def test_saving_without_a_change_leaves_no_trace(ansvarig, insats):
    andra(ansvarig, insats)

    insats.refresh_from_db()
    assert insats.version == 1
    assert not Handelse.objects.exists()


def test_insats_never_moves_to_another_samverkansorganisation(ansvarig, insats):
    annan = SamverkansorganisationFactory()
    ansvarig.anvandare.uppdrag.create(roll=Roll.INSATSANSVARIG, samverkansorganisation=annan, fran=date(2020, 1, 1))

    andra(ansvarig, insats, samverkansorganisation=annan.pk)

    insats.refresh_from_db()
    assert insats.samverkansorganisation != annan


def test_two_who_change_at_once_see_both_texts(ansvarig, insats):
    andra_insats(insats=insats, beskrivning="Den andres text", by=AnvandareFactory())

    svar = andra(ansvarig, insats, beskrivning="Min egen text", version=1)

    assert svar.status_code == 409
    assert [(rad.falt, rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]] == [
        ("Beskrivning", "Den andres text", "Min egen text")
    ]
    insats.refresh_from_db()
    assert insats.beskrivning == "Den andres text"


def med_deltagande(insats):
    DeltagandeFactory(insats=insats, avslutat=True)


def med_anonym(insats):
    AnonymPost.objects.create(insats=insats, ar=2011, kon=Kon.KVINNA, slag="anonym", antal=1)


@pytest.mark.parametrize("registrera", [med_deltagande, med_anonym])
@pytest.mark.parametrize(
    "andrat",
    [
        {"inriktning": "strukturovergripande", "preciserad_inriktning": "utbildning"},
        {"preciserad_inriktning": "forebyggande"},
        {"deltagarregistrering": "volym"},
        {"malgrupper": ["nyanlanda"]},
    ],
)
def test_categorisation_is_locked_when_someone_is_registered(ansvarig, insats, registrera, andrat):
    registrera(insats)

    svar = andra(ansvarig, insats, **andrat)

    fel = svar.context["form"].errors
    assert list(fel.values()) == [["Kategoriseringen kan inte ändras eftersom deltagare har registrerats i insatsen."]]
    assert not Handelse.objects.exists()


def test_categorisation_is_locked_by_a_volym_and_opens_when_it_is_taken_away(forbund):
    insats = InsatsFactory(volym=True)
    registrera_volym(insats=insats, ar=2011, antal=5, by=None)

    with pytest.raises(Regelbrott, match="Kategoriseringen kan inte ändras"):
        andra_insats(insats=insats, preciserad_inriktning="annan", by=None)

    registrera_volym(insats=insats, ar=2011, antal=-5, by=None)
    assert andra_insats(insats=insats, preciserad_inriktning="annan", by=None).preciserad_inriktning == "annan"


def test_locked_page_says_why_and_the_rest_can_be_changed(ansvarig, insats):
    DeltagandeFactory(insats=insats)
    kategorisering = ("inriktning", "preciserad_inriktning", "deltagarregistrering", "malgrupper")

    sida = ansvarig.get(reverse("insatser:update", args=[insats.pk]))
    sant = {namn: varde for namn, varde in uppgifter(insats.samverkansorganisation).items() if namn not in kategorisering}
    svar = ansvarig.post(reverse("insatser:update", args=[insats.pk]), sant | {"namn": "Nytt namn", "version": 1})

    assert "Kategoriseringen kan inte ändras" in sida.text
    assert "Förberedande" in sida.text
    assert [namn for namn in kategorisering if f'name="{namn}"' in sida.text] == []
    assert svar.url == insats.get_absolute_url()
    insats.refresh_from_db()
    assert (insats.namn, insats.inriktning) == ("Nytt namn", "individinriktad")
    assert insats.malgrupper.count() == 1


def test_insats_with_open_deltaganden_is_not_closed(ansvarig, insats):
    DeltagandeFactory.create_batch(2, insats=insats)

    svar = andra(ansvarig, insats, slutdatum="2012-12-31")

    assert svar.context["form"].errors == {"slutdatum": ["2 deltagare är inte utregistrerade. Registrera ut dem innan insatsen avslutas."]}


def test_end_that_was_there_already_may_be_put_off_though_deltaganden_are_open(insats):
    Insats.objects.update(slutdatum=date(2012, 12, 31))
    DeltagandeFactory(insats=insats)

    assert andra_insats(insats=insats, slutdatum=date(2013, 12, 31), by=None).slutdatum == date(2013, 12, 31)


@pytest.mark.parametrize(
    ("falt", "dag", "gar"),
    [
        ("startdatum", date(2011, 1, 10), True),
        ("startdatum", date(2011, 1, 11), False),
        ("slutdatum", date(2011, 6, 30), True),
        ("slutdatum", date(2011, 6, 29), False),
    ],
)
def test_insats_covers_its_participants(insats, falt, dag, gar):
    DeltagandeFactory(insats=insats, avslutat=True)

    if gar:
        assert getattr(andra_insats(insats=insats, by=None, **{falt: dag}), falt) == dag
    else:
        with pytest.raises(Regelbrott) as brott:
            andra_insats(insats=insats, by=None, **{falt: dag})
        assert brott.value.falt == falt


def budget(insats):
    InsatsArFactory(insats=insats, ar=2011)


def volym(insats):
    registrera_volym(insats=insats, ar=2011, antal=3, by=None)


@pytest.mark.parametrize(("lagg_in", "vad"), [(budget, "budget"), (volym, "registrerat antal"), (med_anonym, "anonyma deltagare")])
@pytest.mark.parametrize(("falt", "dag"), [("startdatum", date(2012, 1, 1)), ("slutdatum", date(2010, 12, 31))])
def test_insats_covers_the_years_of_its_budget_and_counts(lagg_in, vad, falt, dag):
    insats = InsatsFactory(volym=lagg_in is volym)
    lagg_in(insats)

    with pytest.raises(Regelbrott, match=f"2011, eftersom insatsen har {vad} för det året") as brott:
        andra_insats(insats=insats, by=None, **{falt: dag})

    assert brott.value.falt == falt


@pytest.mark.parametrize(
    ("villkor", "varden"),
    [
        ("insats_slutar_inte_fore_start", {"slutdatum": date(2009, 12, 31)}),
        ("insats_preciserad_hor_till_inriktning", {"preciserad_inriktning": "utbildning"}),
        ("insats_kand_deltagarregistrering", {"deltagarregistrering": "okand"}),
    ],
)
def test_the_database_itself_refuses(insats, villkor, varden):
    with pytest.raises(IntegrityError, match=villkor), transaction.atomic():
        Insats.objects.filter(pk=insats.pk).update(**varden)


def test_the_database_itself_refuses_a_second_insats_of_the_name(insats):
    with pytest.raises(IntegrityError, match="insats_unikt_namn"), transaction.atomic():
        InsatsFactory(samverkansorganisation=insats.samverkansorganisation, namn="HJORTMOSSEN")
