"""Who sees exact figures, and what the others see instead (docs/regler.md 10, röjandekontroll)."""

from datetime import date

import pytest

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from insatser.models import Insats
from rapporter.skydd import VERSION, far_se_exakt, skydda
from rapporter.tabell import Kolumn, Rad, Tabell, Typ
from sus.core.regelbrott import Regelbrott
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, UppdragFactory
from tests.rapporter.conftest import gor_rapport, som_json, som_poster, tabell
from tests.rapporter.trollhattan import NAMN

KOLUMNER = (Kolumn("insats", "Insats"), Kolumn("antal", "Antal", Typ.ANTAL, personer=True), Kolumn("budget", "Budget", Typ.KRONOR))


def skyddat(antal, **rad):
    return skydda(Tabell("t", "T", KOLUMNER, (Rad(("A", antal, 3), **rad),))).rader[0].celler


@pytest.mark.parametrize(("antal", "synligt"), [(0, "0–4"), (1, "0–4"), (4, "0–4"), (5, 5), (46, 46), (None, None)])
def test_head_count_of_an_insats_is_hidden_below_five(antal, synligt):
    assert skyddat(antal) == ("A", synligt, 3)


def test_head_count_of_whole_organisations_is_exact():
    assert skyddat(3, insatser=2, hela=True)[1] == 3


def test_sum_over_a_single_insats_is_protected_like_the_insats():
    assert skyddat(3, insatser=1, hela=True)[1] == "0–4"


def test_sum_over_some_of_the_insatser_is_protected_like_an_insats():
    assert skyddat(3, insatser=4, hela=False)[1] == "0–4"


def test_volyminsats_holds_no_persons_to_protect():
    assert skyddat(0, insatser=0)[1] == 0


def test_user_without_uppdrag_sees_the_protected_version(forbund):
    rapport = gor_rapport("insats", by=BehorighetFactory(roll=Roll.RAPPORT).anvandare, ar=2011, organisation=NAMN)

    poster = som_poster(tabell(som_json(rapport), "insatser"))

    assert rapport.skydd == "skyddad"
    assert poster["Trampolin"]["avslutade"] == poster["Hjortmossen"]["anonyma"] == poster["Göra Skillnad"]["anonyma"] == "0–4"
    assert (poster["Trampolin"]["antal"], poster["Trampolin"]["budget"]) == (8, 1_370_000)
    assert poster["Totalt"]["anonyma"] == 3
    assert not Handelse.objects.filter(typ=Handelse.Typ.RAPPORT_SKAPAD).exists()


def test_samverkansadministrator_sees_exact_figures_of_the_own_organisation_and_it_is_logged(forbund):
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare

    rapport = gor_rapport("insats", by=anvandare, ar=2011, organisation=NAMN)

    assert rapport.skydd == "exakt"
    assert som_poster(tabell(som_json(rapport), "insatser"))["Trampolin"]["avslutade"] == 1
    handelse = Handelse.objects.get(typ=Handelse.Typ.RAPPORT_SKAPAD)
    assert handelse.anvandare_id == anvandare.pk
    assert "fran=2011-01" in handelse.detaljer["urval"]


def test_one_foreign_insats_in_the_selection_takes_the_exact_figures_away(forbund):
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare
    InsatsFactory()

    assert gor_rapport("insats", by=anvandare, ar=2011, niva="riket").skydd == "skyddad"


def test_protected_version_can_be_asked_for(forbund):
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare

    assert gor_rapport("insats", by=anvandare, ar=2011, organisation=NAMN, skydd="skyddad").skydd == "skyddad"


def test_asking_for_exact_figures_without_the_right_is_refused_at_the_field(forbund):
    anvandare = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    with pytest.raises(Regelbrott, match="bara se den skyddade") as brott:
        gor_rapport("insats", by=anvandare, ar=2011, organisation=NAMN, skydd="exakt")

    assert brott.value.falt == "skydd"


@pytest.mark.parametrize("typ", ["avslutningsanledning", "bakgrund"])
def test_tables_about_attributes_are_protected_for_who_has_no_exact_right(forbund, typ):
    anvandare = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    rapport = gor_rapport("deltagare", by=anvandare, typ=typ, ar=2011, organisation=NAMN)

    assert rapport.skydd == "skyddad"


def test_asking_for_exact_tables_about_attributes_without_the_right_is_refused_at_the_field(forbund):
    anvandare = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    with pytest.raises(Regelbrott, match="bara se den skyddade") as brott:
        gor_rapport("deltagare", by=anvandare, typ="bakgrund", ar=2011, organisation=NAMN, skydd="exakt")

    assert brott.value.falt == "skydd"


def test_deltagaransvarig_sees_exact_figures_of_the_own_insats_but_not_of_the_whole_organisation(forbund):
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=Insats.objects.get(namn="Trampolin")).anvandare

    egen = gor_rapport("deltagare", by=anvandare, typ="bakgrund", ar=2011, insats="Trampolin")

    assert tabell(som_json(egen), "alder")["summa"][3] == 8
    assert gor_rapport("deltagare", by=anvandare, typ="bakgrund", ar=2011, organisation=NAMN).skydd == "skyddad"


def ansvarig_i(insatser):
    """A deltagaransvarig with uppdrag in every one of the insatser."""
    anvandare = BehorighetFactory(roll=Roll.DELTAGARANSVARIG).anvandare
    for insats in insatser:
        UppdragFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=insats)
    return anvandare


def test_deltagaransvarig_in_every_insats_with_persons_sees_the_organisation_although_it_has_volyminsatser(forbund):
    assert forbund.insatser.exclude(deltagarregistrering="personuppgifter").exists()
    anvandare = ansvarig_i(forbund.insatser.med_personuppgifter())

    rapport = gor_rapport("deltagare", by=anvandare, typ="bakgrund", ar=2011, organisation=NAMN)

    assert rapport.skydd == "exakt"


def test_deltagaransvarig_in_all_but_one_insats_with_persons_sees_the_organisation_protected(forbund):
    anvandare = ansvarig_i(forbund.insatser.med_personuppgifter().exclude(namn="Trampolin"))

    assert gor_rapport("deltagare", by=anvandare, typ="bakgrund", ar=2011, organisation=NAMN).skydd == "skyddad"


def test_selection_of_volyminsatser_only_gives_nobody_exact_figures(forbund):
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare
    volyminsats = forbund.insatser.exclude(deltagarregistrering="personuppgifter").first()

    assert gor_rapport("insats", by=anvandare, ar=2011, insats=volyminsats.pk).skydd == "skyddad"


def test_exact_deltagarrapport_of_volyminsatser_only_is_refused_in_words_that_can_be_acted_on(forbund):
    volyminsats = forbund.insatser.exclude(deltagarregistrering="personuppgifter").first()
    analytiker = BehorighetFactory(roll=Roll.FK_ANALYTIKER).anvandare

    with pytest.raises(Regelbrott, match="bara volyminsatser") as brott:
        gor_rapport("deltagare", by=analytiker, typ="bakgrund", ar=2011, insats=volyminsats.pk, andamal="Uppföljning", skydd="exakt")

    assert brott.value.falt == "insats"


def test_analytiker_must_state_a_purpose_which_is_logged(forbund):
    anvandare = BehorighetFactory(roll=Roll.FK_ANALYTIKER).anvandare

    with pytest.raises(Regelbrott, match="vad uppgifterna ska användas till") as brott:
        gor_rapport("deltagare", by=anvandare, typ="bakgrund", ar=2011, niva="riket", skydd="exakt")
    assert brott.value.falt == "andamal"

    gor_rapport("deltagare", by=anvandare, typ="bakgrund", ar=2011, niva="riket", andamal="Regeringsrapport 2011")
    assert Handelse.objects.get(typ=Handelse.Typ.RAPPORT_SKAPAD).detaljer["andamal"] == "Regeringsrapport 2011"


def test_without_purpose_an_analytiker_gets_the_protected_version(forbund):
    anvandare = BehorighetFactory(roll=Roll.FK_ANALYTIKER).anvandare

    assert gor_rapport("insats", by=anvandare, ar=2011, niva="riket").skydd == "skyddad"


def test_a_selection_without_persons_prints_its_zeros_and_says_why(db):
    """In any period: there is nobody to protect."""
    volym, anvandare = InsatsFactory(volym=True), BehorighetFactory(roll=Roll.RAPPORT).anvandare

    def rapport(**urval):
        return gor_rapport("deltagare", by=anvandare, typ="sysselsattning", insats=volym.pk, **urval)

    mars, framtid = rapport(fran="2020-03", till="2020-03"), rapport(fran="1995-01", till="1995-12")

    assert mars.notiser == ("Urvalet har bara volyminsatser, som inte har några personuppgifter. Välj ett annat urval.",)
    assert framtid.notiser == ("Inga insatser pågår i urvalet. Välj en annan period eller ett annat urval.",)
    assert {rad["fore"] for rad in som_poster(tabell(som_json(mars), "sysselsattning")).values()} == {0}


def test_persons_in_an_insats_that_should_hold_none_are_protected_all_the_same(db):
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    DeltagandeFactory.create_batch(3, insats=insats, startdatum=date(2020, 1, 1))
    Insats.objects.update(deltagarregistrering="volym")
    by = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    rapport = gor_rapport("deltagare", by=by, typ="bakgrund", fran="2020-01", till="2020-12", insats=insats.pk)

    assert tabell(som_json(rapport), "alder")["visas_inte"] == "Färre än 10 deltagare: visas inte."
    assert tabell(som_json(rapport), "tackning")["rader"][0][0] == "0–4"


def test_a_unit_without_persons_is_no_reason_to_refuse_an_exact_report_that_it_stands_beside(db):
    InsatsFactory(startdatum=date(2018, 1, 1))
    InsatsFactory(volym=True, samverkansorganisation__lan_id="12", startdatum=date(2018, 1, 1))
    analytiker = BehorighetFactory(roll=Roll.FK_ANALYTIKER).anvandare
    val = {"typ": "resultat", "niva": "riket", "jamfor": "lan", "jamfor_lan": "12", "andamal": "Uppföljning"}

    rapport = gor_rapport("standard-deltagare", by=analytiker, fran="2020-03", till="2020-05", **val)

    assert rapport.skydd == "exakt"
    assert not rapport.notiser


def test_a_report_of_nothing_but_kronor_may_be_spread(forbund, inloggad):
    anvandare = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).anvandare

    def spridning(rapportniva):
        return gor_rapport("kostnad", by=anvandare, ar=2011, organisation=NAMN, rapportniva=rapportniva).spridning

    sida = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).get("/rapporter/kostnad/", {"ar": 2011, "organisation": forbund.pk})
    assert "Får spridas." in sida.content.decode()
    assert "Visa skyddad version" not in sida.content.decode()
    assert spridning("summerad") == "Får spridas"
    assert spridning("detaljerad").endswith("får inte spridas")


@pytest.mark.parametrize("skydd", ["exakt", "skyddad"])
def test_a_report_of_nothing_but_kronor_needs_no_rojandekontroll_in_any_format(forbund, skydd):
    rapport = gor_rapport("kostnad", ar=2011, organisation=NAMN, skydd=skydd)

    assert rapport.rojandekontroll == f"Behövs inte, för det finns inga uppgifter om deltagare (regler version {VERSION})"
    assert rapport.spridningstext == "Får spridas."
    assert rapport.filnamn == "kostnad-trollhattan-lilla-edet-och-grastorp-2011"
    assert som_json(rapport)["skydd"] == skydd


def test_exact_figures_can_be_for_deltagaransvariga_and_the_fk_analytiker_only(forbund, inloggad, settings):
    """A setting of Försäkringskassan's."""
    insats = forbund.insatser.med_personuppgifter().first()
    administrator = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).anvandare
    ansvarig = inloggad(Roll.DELTAGARANSVARIG, insats).anvandare
    analytiker = BehorighetFactory(roll=Roll.FK_ANALYTIKER).anvandare

    def exakta():
        return [far_se_exakt(en, [insats.pk], "Uppföljning") for en in (administrator, ansvarig, analytiker)]

    assert exakta() == [True, True, True]
    settings.SUS_EXAKT_BARA_DELTAGARANSVARIG = True
    assert exakta() == [False, True, True]


def test_who_has_the_insatser_and_not_the_right_to_exact_figures_is_told_of_the_right(forbund, inloggad, settings):
    settings.SUS_EXAKT_BARA_DELTAGARANSVARIG = True
    administrator = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).anvandare

    with pytest.raises(Regelbrott, match="Du har inte rätt till exakta tal i alla insatser i urvalet"):
        gor_rapport("insats", by=administrator, ar=2011, organisation=NAMN, skydd="exakt")
