"""Sök deltagare: who is found, in which order, and what is shown of the personnummer."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory


@pytest.fixture
def sok(klient_da, insats):
    def _sok(**urval):
        return klient_da.get(reverse("deltagare:sok"), {"insats": insats.pk, **urval})

    return _sok


def rad(insats, namn, **kwargs):
    personnummer = kwargs.pop("personnummer", None)
    person = PersonFactory(namn_klartext=namn, **({"personnummer_klartext": personnummer} if personnummer else {}))
    return DeltagandeFactory(insats=insats, person=person, **kwargs)


def hela_personnummer(sida):
    return re.findall(r"(?<![\w-])19\d{6}-?\d{4}(?![\w-])", sida)


def namn(svar):
    return [rad.identitet.namn for rad in svar.context["rader"]]


@pytest.fixture
def fyra(insats):
    rad(insats, "Örjan Provberg", startdatum=date(2009, 5, 1), slutdatum=date(2010, 2, 1), avslutningsanledning=2)
    rad(insats, "Åsa Testlund", startdatum=date(2010, 5, 1), kommun_id="1462")
    rad(insats, "Zoe Testsson", startdatum=date(2010, 6, 1), slutdatum=date(2010, 6, 30), avslutningsanledning=3)
    rad(insats, "Ali Provberg", startdatum=date(2010, 1, 15), kommun_id="1444")


@pytest.mark.parametrize(
    ("urval", "vantade"),
    [
        ({}, {"Örjan", "Åsa", "Zoe", "Ali"}),
        ({"in_ar": "2010"}, {"Åsa", "Zoe", "Ali"}),
        ({"ut_ar": "2010"}, {"Örjan", "Zoe"}),
        ({"in_ar": "2010", "ut_ar": "2010"}, {"Zoe"}),
        ({"status": "aktiva"}, {"Åsa", "Ali"}),
        ({"status": "inaktiva"}, {"Örjan", "Zoe"}),
    ],
)
def test_the_selection(sok, fyra, insats, urval, vantade):
    insats.startdatum = date(2009, 1, 1)
    insats.save()

    assert {ett.split()[0] for ett in namn(sok(**urval))} == vantade


@pytest.mark.parametrize(
    ("sortera", "forst"),
    [
        ("namn", ["Ali", "Zoe", "Åsa", "Örjan"]),
        ("-namn", ["Örjan", "Åsa", "Zoe", "Ali"]),
        ("kommun", ["Ali", "Åsa", "Örjan", "Zoe"]),
        ("startdag", ["Örjan", "Ali", "Åsa", "Zoe"]),
        ("avslutningsdag", ["Örjan", "Zoe", "Åsa", "Ali"]),
        ("manader", ["Zoe", "Örjan", "Åsa", "Ali"]),
        ("personnummer", ["Örjan", "Åsa", "Zoe", "Ali"]),
        ("drop table", ["Örjan", "Åsa", "Zoe", "Ali"]),
    ],
)
def test_the_order_is_swedish_and_equals_keep_the_order_of_personnummer(sok, fyra, sortera, forst):
    assert [ett.split()[0] for ett in namn(sok(sortera=sortera))] == forst


def test_personnummer_are_masked_and_everybody_shown_stands_in_one_log_row(sok, fyra, klient_da):
    sida = sok().content.decode()

    assert len(re.findall(r"\b19\d{6}-\*{4}", sida)) == 4
    assert hela_personnummer(sida) == []
    rad = Handelse.objects.get()
    assert (rad.typ, len(rad.logg_id), rad.anvandare_id) == ("deltagare_visade", 4, klient_da.anvandare.pk)
    assert rad.detaljer == {"andamal": "sok", "antal": 4}


def test_visa_shows_one_personnummer_and_logs_it(sok, fyra, klient_da, insats):
    deltagande = sok(sortera="namn").context["rader"][0].deltagande

    svar = klient_da.post(f"{reverse('deltagare:sok')}?insats={insats.pk}&sortera=namn", {"visa": str(deltagande.pk)})

    assert [rad.visat for rad in svar.context["rader"]] == [True, False, False, False]
    assert len(hela_personnummer(svar.content.decode())) == 1
    assert Handelse.objects.get(typ=Handelse.Typ.PERSONNUMMER_VISAT).logg_id == [str(deltagande.person.logg_id)]


@pytest.mark.parametrize("varde", ["", "1", "7f0c1d52-6f5e-4f0b-9b7e-0d3b5a1c9e42"])
def test_visa_of_what_does_not_exist_is_not_found(sok, fyra, klient_da, insats, varde):
    assert klient_da.post(f"{reverse('deltagare:sok')}?insats={insats.pk}", {"visa": varde}).status_code == 404


def test_participants_of_other_insatser_are_found_in_no_way(klient_da, insats):
    frammande = rad(InsatsFactory(), "Främmande Provperson")

    for urval in ({}, {"insats": frammande.insats_id}, {"insats": "x"}, {"insats": ""}):
        assert "Främmande Provperson" not in klient_da.get(reverse("deltagare:sok"), urval).content.decode()
    assert klient_da.post(f"{reverse('deltagare:sok')}?insats={insats.pk}", {"visa": str(frammande.pk)}).status_code == 404
    assert set(Handelse.objects.values_list("typ", flat=True)) == {Handelse.Typ.NEKAD}


def test_long_participations_are_bold(sok, insats):
    idag = timezone.localdate()
    rad(insats, "Nyss Börjad", startdatum=idag.replace(day=1))
    rad(insats, "Länge Kvar", startdatum=date(2011, 1, 10))

    sida = sok().content.decode()

    assert sida.count("<strong>") - sida.count("<strong>Karin") == 1


def test_the_list_is_paged(sok, insats):
    for nr in range(23):
        rad(insats, f"Prov{nr}")

    assert len(namn(sok())) == 20
    assert len(namn(sok(sida="2"))) == 3
    assert sok(sida="3").status_code == 404


def test_more_rows_ask_no_more_questions(sok, insats, antal_fragor):
    rad(insats, "Ensam Provberg")
    sok()
    fore = antal_fragor(sok)
    for nr in range(15):
        rad(insats, f"Prov{nr}", kommun_id=["1462", "1444"][nr % 2])

    assert antal_fragor(sok) == fore


def test_with_several_insatser_nobody_is_shown_before_one_is_chosen(klient_da, fyra):
    klient_da.anvandare.uppdrag.create(roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(), fran=timezone.localdate())

    sida = klient_da.get(reverse("deltagare:sok")).content.decode()

    assert "Välj en insats och tryck på Sök." in sida
    assert "Provberg" not in sida.replace(str(klient_da.anvandare), "")


def test_addresses_titles_and_caches_hold_nothing_of_the_person(klient_da, fyra, sok):
    svar = sok()
    deltagande = svar.context["rader"][0].deltagande
    for vy in ("detail", "ut", "ratta", "samtycke", "ateroppna"):
        sida = klient_da.get(reverse(f"deltagare:{vy}", args=[deltagande.pk]), follow=True) if vy != "samtycke" else svar
        titel = sida.content.decode().split("<title>")[1].split("</title>")[0]
        assert "Provberg" not in titel
        assert "1970" not in titel
        assert "no-store" in sida.headers["Cache-Control"]
