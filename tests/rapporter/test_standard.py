"""Standardrapport deltagare: what stands beside what, who sees it exactly, and how it is chosen (docs/regler.md 10.6)."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from behorigheter.roller import Roll
from deltagare.koder import Forsorjning, Kon
from rapporter.diagram import rita
from rapporter.renderare.to_svg import to_svg
from rapporter.skydd import VERSION
from tests.factories import BehorighetFactory, InsatsFactory, SamverkansorganisationFactory, UppdragFactory
from tests.rapporter.conftest import AR, avslutad, gor_rapport, som_json, som_poster, tabell

STANDARD = "standard-deltagare"


def rapporten(typ, by=None, **urval):
    return gor_rapport(STANDARD, by=by, typ=typ, **{**AR, **urval})


@pytest.fixture
def grannar(sex):
    """An insats beside the six's own in the same organisation, and one in another län; four in each, who had a-kassa before."""
    egen = sex.samverkansorganisation
    annan = SamverkansorganisationFactory(namn="Ånge", lan_id="22")
    bredvid = [
        InsatsFactory(samverkansorganisation=organisation, namn="Bron", startdatum=date(2018, 1, 1)) for organisation in (egen, annan)
    ]
    for insats in bredvid:
        for _ in range(4):
            avslutad(insats, {"forsorjning": Forsorjning.A_KASSA}, {"forsorjning": Forsorjning.INGEN})
    return [sex, *bredvid]


@pytest.fixture
def jamna(db):
    """So many, and so evenly spread over kön and answers, that nothing of them is hidden."""
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    svar = [{"arbete_procent": 50}, {"studier_procent": 50}, {}]
    for nr in range(120):
        avslutad(insats, svar[nr // 2 % 3], svar[nr // 40], kon=(Kon.KVINNA, Kon.MAN)[nr % 2])
    return insats


def test_resultat_prints_the_worked_example(sex):
    innehall = som_json(rapporten("resultat", insats=sex.pk))

    resultat = som_poster(tabell(innehall, "resultat"))
    assert (resultat["Arbetar och/eller studerar"]["totalt"], resultat["Arbetar och/eller studerar"]["andel"]) == (4, 67)
    assert resultat["Avslutade med mätning"]["totalt"] == 6
    okning = som_poster(tabell(innehall, "okning"))
    assert (okning["Börjat eller ökat"]["totalt"], okning["Börjat eller ökat"]["andel"]) == (3, 75)


@pytest.mark.parametrize(
    ("val", "finns"),
    [
        ({}, "Alla tal, också för kvinnor och män var för sig, finns i CSV och JSON."),
        ({"kon": "kvinna"}, "Alla tal finns i CSV och JSON."),
    ],
)
def test_a_comparison_says_what_the_files_hold_that_it_does_not_print(jamna, val, finns):
    rapport = rapporten("sysselsattning", by=BehorighetFactory(roll=Roll.RAPPORT).anvandare, insats=jamna.pk, jamfor="riket", **val)

    assert tabell(som_json(rapport), "sysselsattning")["noter"][-1] == finns


def test_rows_of_sysselsattning_hold_everybody_once(sex):
    rader = tabell(som_json(rapporten("sysselsattning", insats=sex.pk)), "sysselsattning")["rader"]

    assert [rad[3] for rad in rader] == [2, 1, 3]
    assert [rad[7] for rad in rader] == [4, 1, 1]


def test_one_selection_alone_has_the_columns_of_the_deltagarrapport(sex):
    egen = tabell(som_json(rapporten("forsorjning", insats=sex.pk)), "forsorjning")
    deltagare = tabell(som_json(gor_rapport("deltagare", typ="forsorjning", insats=sex.pk, **AR)), "forsorjning")

    assert egen == deltagare


def test_each_unit_has_the_same_columns_with_its_own_beginning(grannar):
    egen, granne, _ = grannar
    kolumner = tabell(som_json(rapporten("tid", insats=egen.pk, jamfor="insats")), "tid")["kolumner"]

    assert [kolumn["nyckel"] for kolumn in kolumner] == [
        "kategori",
        *(f"insats_{insats.pk}_{namn}" for insats in (egen, granne) for namn in ("kvinna", "man", "totalt", "andel")),
    ]
    assert kolumner[1]["rubrik"] == f"{egen.namn}, kvinna"


def test_insatser_of_the_same_name_say_whose_they_are(grannar):
    egen, granne, annan = grannar
    rapport = rapporten("tid", insats=egen.pk, jamfor="insats", jamfor_insats=annan.pk)
    grannars = rapporten("tid", insats=granne.pk, jamfor="insats", jamfor_insats=annan.pk)

    assert dict(rapport.urval)["Jämförs med"] == "Bron (Ånge)"
    assert len({rad[0] for rad in tabell(som_json(grannars), "matt")["rader"]}) == 2


def test_only_those_with_the_given_forsorjning_are_counted(grannar):
    _, granne, _ = grannar
    avslutad(granne, {"forsorjning": Forsorjning.SJUKPENNING}, {"forsorjning": Forsorjning.SJUKPENNING})

    innehall = som_json(rapporten("forsorjning-efter-given", insats=granne.pk, forsorjning_fore="a_kassa"))
    poster = som_poster(tabell(innehall, "forsorjning_efter_given"))

    assert (poster["Ingen offentlig försörjning"]["efter"], poster["Ingen offentlig försörjning"]["efter_andel"]) == (4, 100)
    assert poster["Sjukpenning eller rehabiliteringspenning"]["efter"] == 0
    assert poster["Avslutade med mätning"]["efter"] == 4


@pytest.mark.parametrize(
    ("urval", "falt", "text"),
    [
        ({"typ": "forsorjning-efter-given", "niva": "riket"}, "forsorjning_fore", "Välj vilken försörjning"),
        ({"typ": "tid", "niva": "riket", "jamfor": "riket"}, "jamfor", "Urvalet är redan riket."),
        ({"typ": "tid", "lan": "25", "jamfor": "organisation"}, "jamfor", "Det finns inget annat att jämföra urvalet med bland samverkans"),
        ({"typ": "tid", "niva": "riket", "jamfor": "insats"}, "jamfor_insats", "Välj högst 25 insatser"),
    ],
)
def test_what_cannot_be_compared_is_told_at_the_field(sex, inloggad, urval, falt, text):
    InsatsFactory.create_batch(25, startdatum=date(2018, 1, 1), samverkansorganisation=sex.samverkansorganisation)
    svar = inloggad(Roll.FK_ANALYTIKER).get(f"/rapporter/{STANDARD}/", {**AR, **urval, "andamal": "Kontroll"})

    assert text in str(svar.context["form"].errors[falt])


def test_an_organisation_without_deltagare_is_not_said_to_be_protected(sex, inloggad):
    """Its only insats counts volym: nobody has a right to its persons, and there are none."""
    organisation = SamverkansorganisationFactory(namn="Ånge", lan_id="22")
    InsatsFactory(samverkansorganisation=organisation, startdatum=date(2018, 1, 1), volym=True)
    val = {**AR, "typ": "tid", "organisation": sex.samverkansorganisation_id, "jamfor": "organisation", "andamal": "Kontroll"}
    svar = inloggad(Roll.FK_ANALYTIKER).get(f"/rapporter/{STANDARD}/", {**val, "jamfor_organisation": organisation.pk})

    assert svar.context["rapport"].skydd == "exakt"
    assert not any("skyddade" in notis for notis in svar.context["rapport"].notiser)


@pytest.mark.parametrize("jamfor", ["lan", "organisation", "insats"])
def test_units_to_compare_with_can_be_ticked_on_the_page(grannar, inloggad, jamfor):
    egen, granne, annan = grannar
    vald, andra = {
        "lan": (annan.samverkansorganisation.lan_id, egen.samverkansorganisation.lan_id),
        "organisation": (annan.samverkansorganisation_id, egen.samverkansorganisation_id),
        "insats": (annan.pk, granne.pk),
    }[jamfor]
    sokning = {**AR, "typ": "tid", "insats": egen.pk, "andamal": "Kontroll", "jamfor": jamfor, f"jamfor_{jamfor}": vald}
    svar = inloggad(Roll.FK_ANALYTIKER).get(f"/rapporter/{STANDARD}/", sokning)

    rutor = {str(ruta.data["value"]): ruta.data["selected"] for ruta in svar.context["form"][f"jamfor_{jamfor}"].subwidgets}
    assert (rutor[str(vald)], rutor[str(andra)]) == (True, False)


def tiden_i_organisationerna(egen, annan, uppdrag_i):
    """The own organisation beside the other, for who has an uppdrag in one of them."""
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=uppdrag_i.samverkansorganisation).anvandare
    egen, annan = egen.samverkansorganisation_id, annan.samverkansorganisation_id
    return rapporten("tid", by=anvandare, organisation=egen, jamfor="organisation", jamfor_organisation=annan)


def test_own_figures_are_exact_and_those_of_others_protected_and_the_report_says_so(grannar):
    egen, _, annan = grannar
    rapport = tiden_i_organisationerna(egen, annan, uppdrag_i=egen)

    rader = som_poster(tabell(som_json(rapport), "tid"))
    assert rapport.skydd == "exakt"
    assert rader["Totalt"][f"organisation_{egen.samverkansorganisation_id}_totalt"] == 10
    assert {rad[f"organisation_{annan.samverkansorganisation_id}_totalt"] for rad in rader.values()} == {"–"}
    assert "Ånge: Färre än 10 deltagare: visas inte." in tabell(som_json(rapport), "tid")["noter"]
    assert rapport.notiser == ("Talen är skyddade för Ånge, där du inte har rätt till exakta tal i alla insatser.",)
    assert rapport.rojandekontroll == f"Tillämpad för Ånge (regler version {VERSION}), men inte i övrigt"
    assert "-jamfort-med-organisation-" in rapport.filnamn
    assert "Talen är skyddade för Ånge, där du inte har rätt" in to_svg(rapport).decode()


def test_protected_report_protects_every_unit_although_the_reader_has_an_uppdrag_in_one_of_them(grannar):
    egen, _, annan = grannar
    for slut, antal in ((date(2020, 12, 1), 5), (date(2020, 2, 1), 3)):
        for _ in range(antal):
            avslutad(egen, {}, {}, slutdatum=slut)
    for _ in range(3):
        avslutad(egen, {}, {}, startdatum=date(2019, 6, 1), slutdatum=date(2020, 8, 1))
    rapport = tiden_i_organisationerna(egen, annan, uppdrag_i=annan)

    rader = som_poster(tabell(som_json(rapport), "tid"))
    assert rapport.skydd == "skyddad"
    assert {rad[f"organisation_{annan.samverkansorganisation_id}_totalt"] for rad in rader.values()} == {"–"}
    assert rader["Totalt"][f"organisation_{egen.samverkansorganisation_id}_totalt"] == 20  # of 21


def test_tables_that_are_shown_for_nobody_say_why(grannar):
    egen = grannar[0]
    rapport = rapporten("tid", by=BehorighetFactory(roll=Roll.RAPPORT).anvandare, insats=egen.pk, jamfor="insats")

    tid = next(tabell for tabell in rapport.tabeller if tabell.nyckel == "tid")
    assert not tid.rader
    assert tid.visas_inte == f"{egen.namn}: Färre än 10 deltagare: visas inte. Bron: Färre än 10 deltagare: visas inte."
    assert rapport.diagram == ()


def test_diagrams_of_shares_that_stand_together_are_on_one_scale(sex):
    """The longest way on the page is the largest share, whichever table it is from."""
    diagram = rapporten("resultat", insats=sex.pk, jamfor="riket").diagram

    assert [max(ett.tal) for ett in diagram] == [67, 17, 67, 75]
    assert {rita(ett).skala for ett in diagram} == {80}


def test_people_see_fewer_columns_the_more_units_there_are_and_programs_all(grannar):
    egen, _, _ = grannar

    def bredd(jamfor):
        tabell = next(t for t in rapporten("forsorjning", insats=egen.pk, **jamfor).tabeller if t.nyckel == "forsorjning")
        return len(tabell.visad().kolumner), len(tabell.kolumner)

    assert bredd({}) == (11, 11)
    assert bredd({"jamfor": "riket"}) == (1 + 2 * 6, 1 + 2 * 10)
    assert bredd({"jamfor": "insats", "jamfor_insats": grannar[1].pk}) == (1 + 2 * 6, 1 + 2 * 10)


def test_command_takes_several_units_by_name(grannar, tmp_path):
    fil, egen = tmp_path / "rapport.json", grannar[0]

    call_command(
        "rapport",
        STANDARD,
        typ="tid",
        ar=["2020"],
        niva="riket",
        jamfor="organisation",
        jamfor_organisation=[egen.samverkansorganisation.namn, "ånge"],
        format="json",
        som="system",
        ut=fil,
    )

    rader = tabell(json.loads(fil.read_text()), "matt")["rader"]
    assert sorted(rad[0] for rad in rader) == sorted(["Riket", egen.samverkansorganisation.namn, "Ånge"])
