"""The selection: what each filter does, what has no meaning, and the way from level to level."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from django.forms import ChoiceField
from django.http import QueryDict

from behorigheter.models import Handelse
from rapporter.falt import NamnField
from rapporter.nivabyte import nivabyte
from rapporter.register import RAPPORTER
from rapporter.urval import Niva
from tests.factories import InsatsFactory, KompletterandeFragaFactory, SamverkansorganisationFactory
from tests.rapporter.conftest import adress
from tests.rapporter.trollhattan import NAMN

SJALVKLARA = {"typ", "fran", "till", "niva", "organisation", "fraga"}


def ifylld(nyckel, fraga):
    form = RAPPORTER[nyckel].form_class(QueryDict(fraga), anvandare=None)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize("nyckel", RAPPORTER)
def test_every_filter_is_explained(db, nyckel):
    form = RAPPORTER[nyckel].form_class(anvandare=None)

    synliga = {namn: falt for namn, falt in form.fields.items() if not falt.widget.is_hidden}
    assert [namn for namn, falt in synliga.items() if not falt.help_text and namn not in SJALVKLARA] == []


@pytest.mark.parametrize("nyckel", RAPPORTER)
def test_every_list_of_rows_calls_them_by_the_name_they_go_by(forbund, nyckel):
    KompletterandeFragaFactory(samverkansorganisation=forbund)
    form = RAPPORTER[nyckel].form_class(QueryDict(f"niva=organisation&organisation={forbund.pk}"), anvandare=None)
    for falt in form:
        if isinstance(falt.field, NamnField):
            namn = {str(val): etikett for val, etikett in falt.field.choices if val}
            assert namn == {str(rad.pk): str(rad) for rad in falt.field.queryset if str(rad.pk) in namn}, falt.name
            assert namn or falt.name.startswith("jamfor_insats"), falt.name


def test_place_of_another_level_is_put_aside_and_that_is_said(klient_sa):
    svar = klient_sa.get(adress("insats"), {"ar": "2011", "niva": "riket", "organisation": klient_sa.forbund.pk})

    assert "Nivå är Riket. Samverkansorganisation har då ingen betydelse och är inte med i urvalet." in svar.text.replace("\u00ad", "")
    assert "organisation" not in parse_qs(svar.context["adress"])
    assert ("Nivå", "Riket") in svar.context["rapport"].urval


def test_place_of_the_chosen_level_is_kept_without_a_word(klient_sa):
    svar = klient_sa.get(adress("insats"), {"ar": "2011", "niva": "organisation", "organisation": klient_sa.forbund.pk})

    assert svar.context["form"].undanlagda == {}
    assert parse_qs(svar.context["adress"])["organisation"] == [str(klient_sa.forbund.pk)]


@pytest.mark.parametrize(("typ", "anvands"), [("tid", False), ("forsorjning", False), ("bakgrund", True), ("in-ut", True)])
def test_status_has_no_meaning_where_only_those_who_ended_are_counted(db, typ, anvands):
    form = ifylld("deltagare", f"typ={typ}&ar=2011&niva=riket&status=pagaende")

    assert (form.urval().personer == {"status": "pagaende"}) == anvands
    assert ("status" in form.undanlagda) != anvands


@pytest.mark.parametrize(("typ", "anvands"), [("in-ut", False), ("tid", True)])
def test_comparison_has_no_meaning_where_there_are_no_shares(klient_sa, typ, anvands):
    InsatsFactory(startdatum="2010-01-01")  # riket is more than the own
    fraga = {"typ": typ, "fran": "2011-01", "till": "2011-01", "organisation": klient_sa.forbund.pk, "jamfor": "riket"}

    form = klient_sa.get(adress("deltagare"), fraga).context["form"]

    assert ("jamfor" in form.undanlagda) != anvands
    assert ("jamfor" in form.errors) == anvands  # a month of riket is not protected
    sida = klient_sa.get(adress("deltagare")).content.decode()
    assert 'data-styrs-av="typ" data-utan-betydelse="in-ut"' in sida


def test_page_knows_what_decides_whether_a_filter_has_meaning(klient_sa):
    sida = klient_sa.get(adress("deltagare")).content.decode()

    assert 'data-styrs-av="niva" data-utan-betydelse="riket lan organisation"' in sida
    assert 'data-styrs-av="typ" data-utan-betydelse="forsorjning forsorjningsgrupp sysselsattning avslutningsanledning tid"' in sida
    assert "sus/urval" in sida


def insatsval(svar):
    """The insatser that the form offers, by name."""
    return [namn for _, namn in svar.context["form"].fields["insats"].choices[1:]]


def test_insats_of_another_organisation_is_told_and_those_of_the_chosen_one_are_offered(klient_sa):
    annan = InsatsFactory(namn="Bron", samverkansorganisation=SamverkansorganisationFactory(namn="Ånge"))
    urval = {"ar": "2011", "niva": "insats", "organisation": annan.samverkansorganisation_id}

    svar = klient_sa.get(adress("insats"), {**urval, "insats": klient_sa.forbund.insatser.first().pk})

    assert svar.context["form"].errors == {"insats": ["Insatsen hör inte till vald samverkansorganisation."]}
    assert insatsval(svar) == ["Bron"]


def test_place_that_has_no_meaning_is_put_aside_also_when_it_fits_nothing(klient_sa):
    annan = InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Ånge"))

    svar = klient_sa.get(adress("insats"), {"ar": "2011", "organisation": klient_sa.forbund.pk, "niva": "organisation", "insats": annan.pk})

    assert "Insats har då ingen betydelse och är inte med i urvalet." in svar.text
    assert "insats" not in parse_qs(svar.context["adress"])


@pytest.mark.parametrize("nyckel", ["insats", "standard-deltagare", "kompletterande-fragor"])
def test_unsent_form_comes_back_as_it_was_filled_in_with_the_lists_of_the_organisation(klient_sa, nyckel):
    """Nothing is made, logged or found wrong."""
    fraga = KompletterandeFragaFactory()
    organisation = fraga.samverkansorganisation
    InsatsFactory(namn="Bron", samverkansorganisation=organisation)
    vald = klient_sa.forbund.insatser.get(namn="Trampolin")
    urval = {"osand": "1", "fran": "2011-1", "niva": "insats", "organisation": organisation.pk, "jamfor_insats": vald.pk}

    svar = klient_sa.get(adress(nyckel), urval)

    form = svar.context["form"]
    assert (form.errors, "rapport" in svar.context, Handelse.objects.count()) == ({}, False, 0)
    assert [form[namn].value() for namn in ("fran", "niva", "organisation")] == ["2011-1", "insats", organisation.pk]
    assert insatsval(svar) == ["Bron"]
    if nyckel == "standard-deltagare":
        assert [(ruta.choice_label, ruta.data["selected"]) for ruta in form["jamfor_insats"].subwidgets] == [
            ("Bron", False),
            ("Trampolin", True),
        ]
    if nyckel == "kompletterande-fragor":
        assert list(form.fields["fraga"].queryset) == [fraga]


def test_what_can_be_compared_with_and_what_is_needed_is_on_the_page_before_it_is_chosen(klient_sa):
    form = klient_sa.get(adress("standard-deltagare")).context["form"]

    assert {"jamfor_lan", "jamfor_organisation", "jamfor_insats"} <= {falt.name for falt in form.mer()}
    assert "Trampolin" in [ruta.choice_label for ruta in form["jamfor_insats"].subwidgets]
    assert "forsorjning_fore" in [falt.name for falt in form.huvud()]


def test_units_of_another_level_than_the_one_that_is_compared_with_are_put_aside(klient_sa):
    form = ifylld("standard-deltagare", f"typ=tid&ar=2011&organisation={klient_sa.forbund.pk}&jamfor=riket&jamfor_lan=14")

    assert form.undanlagda["jamfor_lan"].startswith("Jämför med är Riket. Län att jämföra med har då ingen betydelse")
    assert "jamfor_lan" not in parse_qs(form.adress())


def test_file_asked_for_without_a_selection_is_told_to_choose_one(klient_sa):
    svar = klient_sa.get(adress("insats"), {"format": "pdf"})

    assert svar.status_code == 400
    assert "Välj urval först." in svar.text
    assert "<title>Fel: " in svar.text
    assert "Välj urval först." not in klient_sa.get(adress("insats")).text


def test_the_way_up_leads_through_lan_to_riket_and_the_way_down_to_each_insats(klient_sa):
    sida = klient_sa.get(adress("insats"), {"ar": "2011", "organisation": NAMN, "inriktning": "individinriktad"})
    byte = sida.context["nivabyte"]

    assert [(lank.text, bool(lank.adress)) for lank in byte.steg] == [("Riket", True), ("Västra Götalands län", True), (NAMN, False)]
    assert byte.rubrik == "Insatser"
    assert len(byte.delar) == klient_sa.forbund.insatser.count()
    for lank in (*byte.steg[:2], *byte.delar):
        dit = klient_sa.get(f"{adress('insats')}?{lank.adress}")
        assert lank.text in dict(dit.context["rapport"].urval).values()
        assert parse_qs(dit.context["adress"])["inriktning"] == ["individinriktad"]


def test_riket_leads_to_every_lan_and_a_lan_to_its_samverkansorganisationer(forbund):
    riket = nivabyte(ifylld("insats", "ar=2011&niva=riket"))
    lanet = nivabyte(ifylld("insats", "ar=2011&lan=14"))

    assert (riket.rubrik, len(riket.delar)) == ("Län", 21)
    assert riket.delar[-1].text == "Östergötlands län"
    assert [(lanet.rubrik, lank.text) for lank in lanet.delar] == [("Samverkansorganisationer", NAMN)]


def test_levels_that_a_report_lacks_are_not_offered(forbund):
    kostnad = nivabyte(ifylld("kostnad", f"ar=2011&organisation={forbund.pk}"))
    fragor = nivabyte(ifylld("kompletterande-fragor", f"ar=2011&organisation={forbund.pk}"))

    assert kostnad.delar == ()
    assert [lank.text for lank in fragor.steg] == [NAMN]


def test_a_comparison_with_what_is_shown_is_left_behind_on_the_way_up(forbund):
    steg = nivabyte(ifylld("deltagare", f"typ=bakgrund&ar=2011&organisation={forbund.pk}&jamfor=lan")).steg

    assert ["jamfor" in parse_qs(lank.adress) for lank in steg[:2]] == [False, False]
    assert "jamfor" in parse_qs(nivabyte(ifylld("deltagare", f"typ=tid&ar=2011&organisation={forbund.pk}&jamfor=riket")).steg[1].adress)


def test_a_comparison_side_by_side_follows_to_every_level_where_it_can_be_made(forbund):
    def foljer_med(plats, mot):
        """To riket, to the län, and to the first part."""
        byte = nivabyte(ifylld("standard-deltagare", f"typ=tid&ar=2011&{plats}&jamfor={mot}"))
        return ["jamfor" in parse_qs(lank.adress) for lank in (*byte.steg[:2], byte.delar[0])]

    organisation, insats = f"organisation={forbund.pk}", forbund.insatser.get(namn="Trampolin").pk
    assert foljer_med(organisation, "riket") == [False, True, True]
    assert foljer_med(organisation, "insats") == [False, False, True]
    assert foljer_med(organisation, f"insats&jamfor_insats={insats}") == [True, True, True]
    assert foljer_med(organisation, "lan&jamfor_lan=14") == [True, False, True]  # the län would stand beside itself
    assert foljer_med(organisation, "lan&jamfor_lan=12") == [True, True, True]
    steg = nivabyte(ifylld("standard-deltagare", f"typ=tid&ar=2011&insats={insats}&jamfor=organisation")).steg
    assert ["jamfor" in parse_qs(lank.adress) for lank in steg[:3]] == [False, True, False]  # the organisation is alone in its län
    riket = nivabyte(ifylld("standard-deltagare", "typ=tid&ar=2011&lan=14&jamfor=riket"))
    assert ["jamfor" in parse_qs(lank.adress) for lank in (riket.steg[0], *riket.delar)] == [False, True]


def test_exact_figures_are_not_demanded_of_the_next_level(klient_sa):
    """Nobody but FK analytiker has the right to the whole country; who asked for exact figures of the own is shown the protected ones."""
    InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Ånge", lan_id="22"), startdatum=date(2011, 1, 1))
    byte = klient_sa.get(adress("deltagare"), {"typ": "tid", "ar": "2011", "organisation": NAMN, "skydd": "exakt"}).context["nivabyte"]

    assert not any("skydd" in parse_qs(lank.adress) for lank in (*byte.steg, *byte.delar))
    assert klient_sa.get(f"{adress('deltagare')}?{byte.steg[0].adress}").context["rapport"].skydd == "skyddad"
    riket = klient_sa.get(adress("deltagare"), {"typ": "tid", "ar": "2011", "niva": "riket", "skydd": "skyddad"}).context["nivabyte"]
    assert parse_qs(riket.delar[0].adress)["skydd"] == ["skyddad"]


def test_a_period_that_is_only_seen_exactly_leads_up_to_its_whole_years_and_says_so(klient_sa):
    InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Ånge", lan_id="22"))
    urval = {"typ": "tid", "fran": "2011-03", "till": "2011-05", "insats": klient_sa.forbund.insatser.get(namn="Trampolin").pk}

    steg = klient_sa.get(adress("deltagare"), urval).context["nivabyte"].steg

    assert [lank.text for lank in steg] == ["Riket, hela 2011", "Västra Götalands län", NAMN, "Trampolin"]
    perioder = [klient_sa.get(f"{adress('deltagare')}?{lank.adress}").context["rapport"].urval[0][1] for lank in steg[:3]]
    assert perioder == ["Januari–december 2011", "Mars–maj 2011", "Mars–maj 2011"]


def test_filters_that_are_only_seen_exactly_together_do_not_lead_up(klient_sa):
    InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Ånge", lan_id="14"))
    urval = {"typ": "tid", "ar": "2011", "organisation": NAMN, "kon": "kvinna", "alder": "30-45"}

    byte = klient_sa.get(adress("deltagare"), urval).context["nivabyte"]

    assert [lank.text for lank in byte.steg] == [NAMN]
    assert all("alder" in parse_qs(lank.adress) for lank in byte.delar)


def test_a_report_that_needs_no_protected_period_leads_up_with_its_own(klient_sa):
    urval = {"fran": "2011-03", "till": "2011-05", "organisation": NAMN}
    InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Ånge", lan_id="22"))

    steg = klient_sa.get(adress("insats"), urval).context["nivabyte"].steg

    assert steg[0].text == "Riket"
    assert parse_qs(steg[0].adress)["fran"] == ["2011-03"]


@pytest.mark.parametrize("nyckel", RAPPORTER)
def test_every_option_comes_back_in_the_address_that_leads_from_page_to_file_and_log(forbund, nyckel):
    klass = RAPPORTER[nyckel].form_class
    niva = Niva.ORGANISATION if Niva.ORGANISATION in dict(klass.nivaer) else Niva.RIKET
    fasta = f"ar=2011&niva={niva}&organisation={forbund.pk}&andamal=Kontroll"
    val = [(falt.name, kod) for falt in klass(anvandare=None) if type(falt.field) is ChoiceField for kod, _ in falt.field.choices]
    former = [(namn, kod, klass(QueryDict(f"{namn}={kod}&{fasta}"), anvandare=None)) for namn, kod in val if namn != "niva"]

    giltiga = [(namn, kod, form) for namn, kod, form in former if form.is_valid()]
    assert [(namn, kod) for namn, kod, form in giltiga if ifylld(nyckel, form.adress()).cleaned_data != form.cleaned_data] == []
    assert {namn for namn, *_ in giltiga} == {namn for namn, _ in val} - {"niva"}
