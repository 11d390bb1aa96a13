"""The categorisation as a guided choice, mixed activities, what a volym counts, and the locks (docs/regler.md 5.2, 5.3, V08)."""

import re

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from insatser.actions import andra_insats, registrera_volym, ta_bort_insats
from insatser.forms.kategorisering import INRIKTNINGAR, PRECISERADE, REGISTRERINGAR
from insatser.importer import insatser
from insatser.models import Insats, Malgrupp
from sus.core.regelbrott import Regelbrott
from tests.factories import DeltagandeFactory, InsatsFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db
NY = "/insats/ny/"
STRUKTUR = {"inriktning": "strukturovergripande", "preciserad_inriktning": "utbildning"}
VOLYM = STRUKTUR | {"deltagarregistrering": "volym", "volym_avser": "personer"}


@pytest.fixture
def forbund():
    return SamverkansorganisationFactory()


@pytest.fixture
def ansvarig(inloggad, forbund):
    return inloggad(Roll.INSATSANSVARIG, forbund)


@pytest.fixture
def insats(forbund):
    return InsatsFactory(samverkansorganisation=forbund, namn="Hjortmossen", beskrivning="Arbetsträning i stall.", mal="Fler i arbete.")


def uppgifter(forbund, **kwargs):
    return {
        **{"samverkansorganisation": forbund.pk, "namn": "Trampolin", "startdatum": "2010-01-01", "malgrupper": ["unga"], "version": "0"},
        **{"inriktning": "individinriktad", "preciserad_inriktning": "forberedande", "deltagarregistrering": "personuppgifter"},
    } | kwargs


def andra(klient, insats, **kwargs):
    sant = uppgifter(insats.samverkansorganisation, namn=insats.namn, beskrivning=insats.beskrivning, mal=insats.mal)
    return klient.post(reverse("insatser:update", args=[insats.pk]), sant | {"version": insats.version} | kwargs)


def test_every_option_is_explained_with_two_examples_beside_it(ansvarig):
    sida = ansvarig.get(NY).text

    for kod, val in [*INRIKTNINGAR, *PRECISERADE, *REGISTRERINGAR]:
        assert len(val.exempel) == 2, kod
        for text in [val.forklaring, *val.exempel]:
            assert text in sida
    for malgrupp in Malgrupp.objects.all():
        knapp = re.search(f'<input type="checkbox" name="malgrupper" value="{malgrupp.pk}"[^>]*aria-describedby="([^"]+)"', sida)
        om = re.search(f'id="{knapp[1]}">(.*?)</div>', sida, re.S)[1]
        assert om.count("– </span>") == 2, malgrupp


def test_a_malgrupp_that_has_been_added_since_stands_with_its_name(ansvarig):
    Malgrupp.objects.create(kod="ny", namn="Helt ny grupp", ordning=99, giltig_fran="2020-01-01")

    sida = ansvarig.get(NY).text

    assert "Helt ny grupp" in sida
    assert not re.search('name="malgrupper" value="ny"[^>]*aria-describedby', sida)


@pytest.mark.parametrize(
    ("namn", "varnas"),
    [
        ("Trampolinen", True),
        ("Trampolin 2012", True),
        ("TRAMPOLIN, 2013", True),
        ("Samsyn steg 2", False),
        ("Språngbrädan", False),
    ],
)
def test_last_years_insats_under_almost_the_same_name_is_warned_of_with_a_way_to_it(ansvarig, forbund, namn, varnas):
    forra = InsatsFactory(samverkansorganisation=forbund, namn="Trampolin")
    InsatsFactory(samverkansorganisation=forbund, namn="Samsyn steg 1")
    InsatsFactory(namn="Språngbrädan")

    svar = ansvarig.post(NY, uppgifter(forbund, namn=namn))

    assert ("Fortsätt på den insatsen i stället?" in getattr(svar, "text", "")) == varnas
    assert (f'href="{forra.get_absolute_url()}">Fortsätt på Trampolin' in getattr(svar, "text", "")) == varnas
    assert Insats.objects.filter(namn=namn, samverkansorganisation=forbund).exists() == (not varnas)


def test_a_year_in_the_name_is_warned_of_though_no_other_has_it(ansvarig, forbund):
    svar = ansvarig.post(NY, uppgifter(forbund, namn="Vårprojektet 2012"))

    assert "Namnet innehåller årtalet 2012." in svar.text
    ansvarig.post(NY, uppgifter(forbund, namn="Vårprojektet 2012", bekraftade="namn"))
    assert Insats.objects.get().namn == "Vårprojektet 2012"


def test_a_mixed_activity_becomes_two_insatser_that_know_of_each_other(ansvarig, forbund):
    svar = ansvarig.post(NY, uppgifter(forbund, mal="Fler i arbete.", beskrivning="Stall.", bada_slagen="on"))
    forsta = Insats.objects.get()
    assert svar.url == f"{NY}?hor_ihop_med={forsta.pk}"

    andra_sidan = ansvarig.get(svar.url)
    form = andra_sidan.context["form"]
    assert {namn: form[namn].value() for namn in ("inriktning", "mal", "beskrivning", "namn")} == {
        **{"inriktning": "strukturovergripande", "mal": "Fler i arbete.", "beskrivning": "Stall.", "namn": None},
    }
    assert "bada_slagen" not in form.fields
    ansvarig.post(svar.url, uppgifter(forbund, namn="Trampolinens nätverk", **VOLYM))

    andra_halvan = Insats.objects.get(namn="Trampolinens nätverk")
    assert andra_halvan.hor_ihop_med == forsta
    assert f'href="{andra_halvan.get_absolute_url()}">Trampolinens nätverk' in ansvarig.get(forsta.get_absolute_url()).text
    assert f'href="{forsta.get_absolute_url()}">Trampolin' in ansvarig.get(andra_halvan.get_absolute_url()).text


def test_the_other_half_stays_in_the_samverkansorganisation_of_the_first(ansvarig, insats):
    annan = SamverkansorganisationFactory()
    ansvarig.anvandare.uppdrag.create(roll=Roll.INSATSANSVARIG, samverkansorganisation=annan, fran="2020-01-01")

    ansvarig.post(f"{NY}?hor_ihop_med={insats.pk}", uppgifter(annan, namn="Nätverket", **VOLYM))

    assert Insats.objects.get(namn="Nätverket").samverkansorganisation == insats.samverkansorganisation


def test_two_halves_of_the_same_inriktning_are_warned_of(ansvarig, insats):
    svar = ansvarig.post(f"{NY}?hor_ihop_med={insats.pk}", uppgifter(insats.samverkansorganisation, namn="Nätverket"))

    assert "Hjortmossen har också inriktningen Individinriktad." in svar.text
    assert Insats.objects.count() == 1


@pytest.mark.parametrize("vems", ["nagon annans", "ingens", "trasig"])
def test_only_an_insats_of_ones_own_gets_another_half(ansvarig, vems):
    pk = {"nagon annans": InsatsFactory().pk, "ingens": 10**9, "trasig": "x"}[vems]

    for svar in (
        ansvarig.get(f"{NY}?hor_ihop_med={pk}"),
        ansvarig.post(f"{NY}?hor_ihop_med={pk}", uppgifter(SamverkansorganisationFactory())),
    ):
        assert svar.status_code == 404
    assert Insats.objects.filter(namn="Trampolin").count() == 0


def test_when_one_half_is_removed_the_other_remains_alone(insats):
    halva = InsatsFactory(samverkansorganisation=insats.samverkansorganisation, volym=True, hor_ihop_med=insats)

    ta_bort_insats(insats=insats, by=None)

    halva.refresh_from_db()
    assert halva.hor_ihop_med is None


def test_a_volyminsats_says_whether_it_counts_personer_or_tillfallen(ansvarig, forbund):
    svar = ansvarig.post(NY, uppgifter(forbund, **VOLYM | {"volym_avser": ""}))
    assert svar.context["form"].errors == {"volym_avser": ["Välj vad som räknas: personer eller tillfällen."]}

    ansvarig.post(NY, uppgifter(forbund, **VOLYM | {"volym_avser": "tillfallen"}))

    volyminsats = Insats.objects.get()
    registrera_volym(insats=volyminsats, ar=2011, antal=7, by=None)
    assert "Antal tillfällen" in ansvarig.get(volyminsats.get_absolute_url()).text
    volymsidan = ansvarig.get(reverse("insatser:volym", args=[volyminsats.pk])).text
    assert "Räknat i tillfällen." in volymsidan
    assert "En är ett tillfälle." in volymsidan
    assert "Antal tillfällen 2011" in ansvarig.get("/insats/", {"vy": "kort"}).text


def test_what_is_counted_is_left_out_of_an_insats_with_personuppgifter(ansvarig, forbund):
    ansvarig.post(NY, uppgifter(forbund, volym_avser="personer"))

    assert Insats.objects.get().volym_avser == ""


def test_a_number_never_changes_its_meaning_but_may_be_given_one(ansvarig, forbund):
    volyminsats = InsatsFactory(samverkansorganisation=forbund, volym=True)
    registrera_volym(insats=volyminsats, ar=2011, antal=7, by=None)
    utan_kategorisering = {"inriktning": "", "preciserad_inriktning": "", "deltagarregistrering": "", "malgrupper": []}
    sant = {namn: varde for namn, varde in uppgifter(forbund, namn=volyminsats.namn).items() if namn not in utan_kategorisering}
    adress = reverse("insatser:update", args=[volyminsats.pk])

    ansvarig.post(adress, sant | {"volym_avser": "personer", "version": 1})
    volyminsats.refresh_from_db()
    assert volyminsats.volym_avser == "personer"

    ansvarig.post(adress, sant | {"volym_avser": "tillfallen", "version": 2})
    volyminsats.refresh_from_db()
    assert volyminsats.volym_avser == "personer"
    assert 'name="volym_avser"' not in ansvarig.get(adress).text
    with pytest.raises(Regelbrott, match="Vad som räknas kan inte ändras"):
        andra_insats(insats=volyminsats, volym_avser="tillfallen", by=None)


def test_locked_page_says_what_locks_it_and_who_can_take_it_away(ansvarig, insats):
    DeltagandeFactory(insats=insats, avslutat=True)
    DeltagandeFactory(insats=insats)
    AnonymPost.objects.create(insats=insats, ar=2011, kon=Kon.KVINNA, slag="anonym", antal=3)

    sida = ansvarig.get(reverse("insatser:update", args=[insats.pk]))

    assert sida.context["registrerat"] == [("Deltaganden med personuppgifter", 2), ("Anonyma deltagare", 3)]
    assert "Deltagaransvarig avslutar deltagandet som felregistrering" in sida.text


def test_locked_page_of_a_volyminsats_leads_to_the_volym(ansvarig, forbund):
    volyminsats = InsatsFactory(samverkansorganisation=forbund, volym=True, volym_avser="personer")
    registrera_volym(insats=volyminsats, ar=2011, antal=7, by=None)

    sida = ansvarig.get(reverse("insatser:update", args=[volyminsats.pk]))

    assert sida.context["registrerat"] == [("Antal personer", 7)]
    assert reverse("insatser:volym", args=[volyminsats.pk]) in sida.text


def test_inriktning_is_refused_with_one_deltagare_and_allowed_when_the_only_one_was_a_felregistrering(inloggad, ansvarig, insats):
    """Acceptance test 4."""
    deltagande = DeltagandeFactory(insats=insats)
    struktur = VOLYM | {"version": 1}

    svar = andra(ansvarig, insats, **struktur)
    assert ["Kategoriseringen kan inte ändras eftersom deltagare har registrerats i insatsen."] in svar.context["form"].errors.values()

    registrerare = inloggad(Roll.DELTAGARANSVARIG, insats)
    registrerare.post(reverse("deltagare:felregistrera", args=[deltagande.pk]), {"bekraftelse": "ta bort", "version": "0"})
    assert not insats.har_registrerade
    andra(ansvarig, insats, **struktur)

    insats.refresh_from_db()
    assert insats.inriktning == "strukturovergripande"


def test_mal_is_shown_on_the_page_and_the_card(ansvarig, insats):
    assert "Fler i arbete." in ansvarig.get(insats.get_absolute_url()).text
    assert "Fler i arbete." in ansvarig.get("/insats/", {"vy": "kort"}).text


def test_a_file_keeps_the_mal_and_what_is_counted_that_it_has_no_column_for(forbund):
    volyminsats = InsatsFactory(samverkansorganisation=forbund, volym=True, volym_avser="personer", mal="Fler i arbete.")
    rad = {
        **{"samverkansorganisation": forbund.namn, "insats": volyminsats.namn, "startdatum": "2010-01-01", "slutdatum": ""},
        **{"inriktning": "strukturovergripande", "preciserad_inriktning": "utbildning", "deltagarregistrering": "volym"},
        **{"malgrupper": "unga", "beskrivning": "Ny text"},
    }

    insatser(rad, None)
    insatser(rad | {"insats": "En annan"}, None)

    volyminsats.refresh_from_db()
    assert (volyminsats.beskrivning, volyminsats.mal, volyminsats.volym_avser) == ("Ny text", "Fler i arbete.", "personer")
    assert Insats.objects.get(namn="En annan").volym_avser == ""
