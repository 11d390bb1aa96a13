"""What may be registered about a samverkansorganisation: the rules and the database behind them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from behorigheter.actions import avsluta_uppdrag, ge_uppdrag
from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from organisations.actions.budget import spara_budget
from organisations.actions.omrade import andra_omrade
from organisations.actions.parter import andra_parter
from organisations.actions.samverkansorganisation import andra_samverkansorganisation
from organisations.budgetbild import Budgetbild
from organisations.models import (
    AdministrativKostnad,
    Finansiering,
    IngaendeOrganisation,
    Kommun,
    Omrade,
    Organisation,
    Samverkansorganisation,
    Stadsdel,
)
from organisations.organisationsnummer import tolka
from organisations.sammanstallning import avvikelser_fran_lagen, avviker_fran_lagen, sammanstall
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    AdministrativKostnadFactory,
    AnvandareFactory,
    BudgetarFactory,
    DeltagandeFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db

TVAPARTS = Samverkansorganisation.Form.TVAPARTS


def part(samverkansorganisation, organisation, **roller):
    return IngaendeOrganisation(samverkansorganisation=samverkansorganisation, organisation=organisation, **roller)


def budget(samverkansorganisation, finansieringar=(), kostnader=(), ar=2011):
    return spara_budget(
        samverkansorganisation=samverkansorganisation, ar=ar, finansieringar=list(finansieringar), kostnader=list(kostnader), by=None
    )


@pytest.mark.parametrize("text", ["202100-5521", "2021005521", "202100–5521"])
def test_an_organisationsnummer_is_read_with_and_without_hyphen(text):
    assert tolka(text) == "202100-5521"


@pytest.mark.parametrize("text", ["202100-5522", "190101-1234", "202100-552", "٢٠٢١٠٠-٥٥٢١", "202100-5521-", "x" * 400])
def test_a_faulty_organisationsnummer_is_refused(text):
    with pytest.raises(Regelbrott):
        tolka(text)


def test_the_five_lines_are_those_of_the_published_report():
    lines = sammanstall(
        finansiering=12_320_000, insatser_budget=10_910_000, insatser_utfall=None, administration_budget=1_410_000, administration_utfall=0
    )

    assert (lines.medelstillgangar, lines.forbrukat, lines.kvar) == (12_320_000, 0, 12_320_000)
    assert (lines.budgeterat, lines.budgeterat_minus_forbrukat, lines.overskridande) == (12_320_000, 12_320_000, 0)


@pytest.mark.parametrize(
    ("stat", "region", "kommuner", "avviker"),
    [
        (5_030_000, 2_515_000, 2_515_000, False),
        (3, 2, 1, False),
        (1_000_002, 499_999, 499_999, False),  # 2 kr above
        (1_000_001, 500_003, 499_998, False),  # 2.5 kr above and below: the half krona cannot be contributed
        (1_000_003, 499_998, 499_999, True),  # 3 kr above
        (999_997, 500_002, 500_001, True),  # 3 kr below
        (5_200_000, 2_600_000, 2_580_000, True),
        (100, 0, 0, True),
    ],
)
def test_shares_off_the_law_are_noticed_but_not_what_rounding_makes(stat, region, kommuner, avviker):
    avvikelser = avvikelser_fran_lagen(stat=stat, region=region, kommuner=kommuner)

    assert avviker_fran_lagen(avvikelser) is avviker


def test_what_lies_off_the_law_is_told_in_whole_kronor():
    assert avvikelser_fran_lagen(stat=500, region=300, kommuner=203) == {"stat": -2, "region": 49, "kommuner": -48}
    assert set(avvikelser_fran_lagen(stat=999_999_999_999, region=500_000_000_000, kommuner=499_999_999_999).values()) == {0}


def test_a_samverkansorganisation_cannot_end_before_it_starts():
    rad = SamverkansorganisationFactory(startdatum=date(2009, 1, 1))

    with pytest.raises(Regelbrott, match="Slutdatum kan inte vara tidigare än startdatum"):
        andra_samverkansorganisation(samverkansorganisation=rad, uppgifter={"slutdatum": date(2008, 12, 31)}, by=None)

    with pytest.raises(IntegrityError, match="samverkansorganisation_slutar_inte_fore_start"), transaction.atomic():
        Samverkansorganisation.objects.filter(pk=rad.pk).update(slutdatum=date(2008, 12, 31))


def test_the_start_cannot_move_past_what_is_registered():
    rad = BudgetarFactory(ar=2011).samverkansorganisation

    with pytest.raises(Regelbrott, match="före 2012-01-01"):
        andra_samverkansorganisation(samverkansorganisation=rad, uppgifter={"startdatum": date(2012, 1, 1)}, by=None)


def test_the_start_cannot_move_past_a_deltagare():
    rad = DeltagandeFactory(startdatum=date(2011, 3, 1)).insats.samverkansorganisation

    with pytest.raises(Regelbrott, match="deltagare registrerade före 2011-03-02"):
        andra_samverkansorganisation(samverkansorganisation=rad, uppgifter={"startdatum": date(2011, 3, 2)}, by=None)


def test_the_insatser_must_end_before_the_samverkansorganisation():
    rad = InsatsFactory(slutdatum=None).samverkansorganisation

    with pytest.raises(Regelbrott, match="1 insats pågår efter 2012-12-31"):
        andra_samverkansorganisation(samverkansorganisation=rad, uppgifter={"slutdatum": date(2012, 12, 31)}, by=None)


def test_nobody_may_be_left_in_an_insats_when_the_samverkansorganisation_ends():
    insats = DeltagandeFactory(insats__slutdatum=date(2012, 6, 30)).insats

    with pytest.raises(Regelbrott, match="1 deltagare är inte utregistrerad"):
        andra_samverkansorganisation(
            samverkansorganisation=insats.samverkansorganisation, uppgifter={"slutdatum": date(2012, 12, 31)}, by=None
        )


def test_a_change_that_changes_nothing_leaves_version_and_log_alone():
    rad = SamverkansorganisationFactory(beskrivning="Stöd till unga")

    efter = andra_samverkansorganisation(samverkansorganisation=rad, uppgifter={"beskrivning": "Stöd till unga"}, by=None)

    assert efter.version == rad.version
    assert not Handelse.objects.exists()


def test_the_first_kommun_gives_the_county_unless_there_is_one():
    utan, med = SamverkansorganisationFactory(lan_id=None), SamverkansorganisationFactory(lan_id="14")

    for rad in (utan, med):
        andra_omrade(samverkansorganisation=rad, kommuner=list(Kommun.objects.filter(kod="1980")), stadsdelar=[], by=None)

    assert [rad.lan_id for rad in Samverkansorganisation.objects.order_by("pk")] == ["19", "14"]


def test_a_finsam_keeps_at_least_one_kommun_and_a_tvaparts_may_have_none():
    with pytest.raises(Regelbrott, match="minst en kommun"):
        andra_omrade(samverkansorganisation=SamverkansorganisationFactory(), kommuner=[], stadsdelar=[], by=None)

    andra_omrade(samverkansorganisation=SamverkansorganisationFactory(samverkansform=TVAPARTS), kommuner=[], stadsdelar=[], by=None)


def test_a_whole_kommun_and_its_stadsdelar_are_not_chosen_together():
    stadsdel = Stadsdel.objects.filter(kommun="1480").select_related("kommun").first()

    with pytest.raises(Regelbrott, match="hela Göteborg"):
        andra_omrade(samverkansorganisation=SamverkansorganisationFactory(), kommuner=[stadsdel.kommun], stadsdelar=[stadsdel], by=None)


def test_an_area_is_a_kommun_or_a_stadsdel_never_both():
    with pytest.raises(IntegrityError, match="omrade_kommun_eller_stadsdel"), transaction.atomic():
        Omrade.objects.create(samverkansorganisation=SamverkansorganisationFactory(), kommun_id="1480", stadsdel=Stadsdel.objects.first())


@pytest.mark.parametrize(
    ("form", "typ", "roller", "mening"),
    [
        ("finsam", "kommun", {"konsument": True}, "Bara samordningsförbundet kan vara konsument"),
        ("finsam", "kommun", {}, "Kryssa för minst en"),
        ("tvaparts", "af", {"medlem": True}, "kan inte ingå i Tvåpartsfinsam"),
        ("tvaparts", "kommun", {"medlem": True}, "kan inte ingå i Tvåpartsfinsam"),
        ("tvaparts", "samordningsforbund", {"finansiar": True}, "kan inte ingå i Tvåpartsfinsam"),
    ],
)
def test_a_role_that_the_form_does_not_give_is_refused(form, typ, roller, mening):
    rad = SamverkansorganisationFactory(samverkansform=form)

    with pytest.raises(Regelbrott, match=mening):
        andra_parter(samverkansorganisation=rad, parter=[part(rad, OrganisationFactory(typ=typ), **roller)], by=None)

    assert not IngaendeOrganisation.objects.exists()


def test_a_financier_with_amounts_stays_a_financier():
    rad = FinansieringFactory().part
    forbundet = rad.samverkansorganisation

    with pytest.raises(Regelbrott, match="har registrerade belopp och kan inte tas bort"):
        andra_parter(samverkansorganisation=forbundet, parter=[], by=None)
    with pytest.raises(Regelbrott, match="har registrerade belopp och kan inte tas bort som finansiär"):
        andra_parter(samverkansorganisation=forbundet, parter=[part(forbundet, rad.organisation, medlem=True)], by=None)

    assert IngaendeOrganisation.objects.get().finansiar


def test_a_konsument_with_insats_money_stays_a_konsument():
    rad = IngaendeOrganisationFactory(konsument=True, samverkansorganisation__samverkansform=TVAPARTS, organisation__typ="region")
    insats = InsatsFactory(samverkansorganisation=rad.samverkansorganisation)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats), part=rad)

    with pytest.raises(Regelbrott, match="kan inte tas bort som konsument"):
        andra_parter(
            samverkansorganisation=rad.samverkansorganisation,
            parter=[part(rad.samverkansorganisation, rad.organisation, medlem=True, finansiar=True)],
            by=None,
        )


def test_the_database_refuses_a_party_twice_and_one_without_roles():
    rad = IngaendeOrganisationFactory()

    with pytest.raises(IntegrityError, match="ingaende_organisation_en_gang"), transaction.atomic():
        IngaendeOrganisationFactory(samverkansorganisation=rad.samverkansorganisation, organisation=rad.organisation)
    with pytest.raises(IntegrityError, match="ingaende_organisation_har_nagon_roll"), transaction.atomic():
        IngaendeOrganisationFactory(medlem=False, finansiar=False)


def test_money_is_not_registered_outside_the_time_of_the_samverkansorganisation():
    rad = SamverkansorganisationFactory(startdatum=date(2010, 7, 1), slutdatum=date(2012, 6, 30))

    with pytest.raises(Regelbrott, match=r"före samverkansorganisationens startdatum \(2010-07-01\)"):
        budget(rad, ar=2009)
    with pytest.raises(Regelbrott, match="Budget kan inte registreras för 2013"):
        budget(rad, ar=2013)

    assert rad.budgetar_att_valja() == [2012, 2011, 2010]


def test_only_a_financier_gives_money():
    rad = IngaendeOrganisationFactory(finansiar=False)

    with pytest.raises(Regelbrott, match="Organisationen är inte markerad som finansiär"):
        budget(rad.samverkansorganisation, [Finansiering(part=rad, belopp=1)])


def test_eget_kapital_belongs_to_the_samordningsforbund_and_may_be_a_deficit():
    kommun = IngaendeOrganisationFactory()
    forbund = IngaendeOrganisationFactory(
        samverkansorganisation=kommun.samverkansorganisation, organisation__typ="samordningsforbund", medlem=False, konsument=True
    )

    with pytest.raises(Regelbrott, match="Eget kapital kan bara anges för samordningsförbundet"):
        budget(kommun.samverkansorganisation, [Finansiering(part=kommun, belopp=1, beskrivning="Eget kapital")])
    with pytest.raises(Regelbrott, match="bara vara negativt för eget kapital"):
        budget(kommun.samverkansorganisation, [Finansiering(part=forbund, belopp=-1)])
    budget(kommun.samverkansorganisation, [Finansiering(part=forbund, belopp=-1, beskrivning="Eget kapital")])

    assert Finansiering.objects.get().belopp == -1


@pytest.mark.parametrize(
    ("andring", "villkor"),
    [
        ({"belopp": -1}, "finansiering_negativ_bara_for_eget_kapital"),
        ({"belopp": 10**12}, "finansiering_hogst_tolv_siffror"),
    ],
)
def test_the_database_refuses_impossible_amounts(andring, villkor):
    rad = FinansieringFactory()

    with pytest.raises(IntegrityError, match=villkor), transaction.atomic():
        Finansiering.objects.filter(pk=rad.pk).update(**andring)


def test_the_database_refuses_a_kostnadstyp_twice_in_a_year():
    rad = AdministrativKostnadFactory()

    with pytest.raises(IntegrityError, match="administrativ_kostnad_en_per_typ"), transaction.atomic():
        AdministrativKostnadFactory(budgetar=rad.budgetar)


def test_administrative_costs_exist_in_finsam_only():
    rad = SamverkansorganisationFactory(samverkansform=TVAPARTS)

    with pytest.raises(Regelbrott, match="finns bara i Finsam"):
        budget(rad, kostnader=[AdministrativKostnad(kostnadstyp="kring", budget=1)])


def test_unknown_utfall_is_kept_apart_from_zero():
    rad = SamverkansorganisationFactory()

    budget(
        rad,
        kostnader=[
            AdministrativKostnad(kostnadstyp="kring", budget=1, utfall=None),
            AdministrativKostnad(kostnadstyp="personal", budget=1, utfall=0),
        ],
    )

    assert dict(AdministrativKostnad.objects.values_list("kostnadstyp", "utfall")) == {"kring": None, "personal": 0}
    assert Budgetbild(rad, 2011).har_utfall


def texter(rad, ar):
    return [notis.text for notis in Budgetbild(rad, ar).notiser()]


def test_a_budget_above_the_money_there_is_is_noticed():
    finansiering = FinansieringFactory(belopp=100_000)
    rad = finansiering.budgetar.samverkansorganisation
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad)), budget=330_000)

    assert "Budgeterade kostnader överstiger medelstillgångarna med 230\u202f000 kr. Du kan spara ändå." in texter(rad, 2011)


def test_eget_kapital_is_suggested_when_all_utfall_is_known():
    rad = FinansieringFactory(belopp=100_000).budgetar.samverkansorganisation
    insatsbudget = InsatsBudgetFactory(insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad)), utfall=None)

    assert any("utfall för 2011 saknas i en insats." in text for text in texter(rad, 2012))

    insatsbudget.utfall = 40_000
    insatsbudget.save()

    assert "Eget kapital bör vara 60\u202f000 kr, det som var kvar efter 2011." in texter(rad, 2012)


def test_ej_uppdelad_together_with_other_types_is_noticed():
    budgetar = AdministrativKostnadFactory(kostnadstyp="ej_uppdelad").budgetar
    rad = budgetar.samverkansorganisation

    assert not any("Ej uppdelad" in text for text in texter(rad, 2011))

    AdministrativKostnadFactory(budgetar=budgetar, kostnadstyp="kring")

    assert any("Ej uppdelad" in text for text in texter(rad, 2011))


def test_parties_are_proposed_from_the_form_and_the_kommuner():
    finsam = SamverkansorganisationFactory(namn="Provbygden")
    tvaparts = SamverkansorganisationFactory(samverkansform=TVAPARTS)
    Organisation.objects.create(namn="Samordningsförbundet Provbygden", typ="samordningsforbund")
    for rad in (finsam, tvaparts):
        rad.omraden.create(kommun_id="1488")

    assert [str(rad) for rad in finsam.foreslagna_parter()] == [
        "Försäkringskassan",
        "Arbetsförmedlingen",
        "Västra Götalandsregionen",
        "Trollhättans kommun",
        "Samordningsförbundet Provbygden",
    ]
    assert [str(rad) for rad in tvaparts.foreslagna_parter()] == ["Försäkringskassan", "Västra Götalandsregionen"]


def ge(anvandare, roll, objekt, **kwargs):
    return ge_uppdrag(anvandare=anvandare, objekt=objekt, roll=roll, fran=date(2026, 1, 1), by=None, **kwargs)


def test_an_uppdrag_needs_a_behorighet_for_the_role():
    with pytest.raises(Regelbrott, match="ingen gällande behörighet som insatsansvarig"):
        ge(AnvandareFactory(), Roll.INSATSANSVARIG, SamverkansorganisationFactory())


def test_an_uppdrag_is_given_once():
    uppdrag = UppdragFactory(roll=Roll.INSATSANSVARIG)

    with pytest.raises(Regelbrott, match="har redan uppdraget"):
        ge(uppdrag.anvandare, Roll.INSATSANSVARIG, uppdrag.samverkansorganisation)


def test_an_uppdrag_ends_on_a_day_of_its_own_time():
    uppdrag = UppdragFactory()

    with pytest.raises(Regelbrott, match="Sista dagen kan inte vara före uppdragets första dag"):
        avsluta_uppdrag(uppdrag=uppdrag, till=date(2000, 1, 1), by=None)
    avsluta_uppdrag(uppdrag=uppdrag, till=uppdrag.fran, by=None)
    with pytest.raises(Regelbrott, match="redan avslutat"):
        avsluta_uppdrag(uppdrag=uppdrag, till=uppdrag.fran, by=None)

    assert Uppdrag.objects.get().till == uppdrag.fran


def test_the_first_year_is_compared_with_nothing():
    budgetar = FinansieringFactory().budgetar
    bild = Budgetbild(budgetar.samverkansorganisation, budgetar.ar)

    assert [(forra, skillnad) for _, _, forra, skillnad in bild.poster()] == [(None, None)] * 5
    assert (bild.medel(1).forandring, bild.administration(1, None, True).forandring) == (None, None)
