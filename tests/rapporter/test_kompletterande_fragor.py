"""Kompletterande frågor: known answers, which questions are offered, and what others than the förbund's own see."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import Svar
from organisations.models import KompletterandeFraga
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, KompletterandeFragaFactory, SvarFactory
from tests.rapporter.conftest import gor_rapport, som_json, tabell

FRAGOR = "kompletterande-fragor"


def svara(fraga, kon, *valda, typ="in", insats=None, **deltagande):
    """A deltagande in an insats of the question's förbund that chose those alternatives, by their place; none: has not answered."""
    insats = insats or fraga.samverkansorganisation.insatser.first() or InsatsFactory(samverkansorganisation=fraga.samverkansorganisation)
    rad = DeltagandeFactory(insats=insats, kon=kon, **deltagande)
    alternativ = list(fraga.alternativ.all())
    for nr in valda:
        SvarFactory(fraga=fraga, deltagande=rad, typ=typ, alternativ=alternativ[nr])
    return rad


def rapporten(fraga=None, **urval):
    urval = {"ar": 2011} | ({"fraga": fraga.pk} if fraga else {}) | urval
    return som_json(gor_rapport(FRAGOR, **urval))


def svarstabell(fraga, **urval):
    return tabell(rapporten(fraga, **urval), "fraga")


def test_each_alternative_is_counted_by_kon_with_its_share_of_those_who_answered(db):
    fraga = KompletterandeFragaFactory(alternativ=["Deltagaren", "Handläggaren", "Ingen"])
    for kon, val in [(Kon.KVINNA, 0), (Kon.KVINNA, 0), (Kon.KVINNA, 1), (Kon.MAN, 0)]:
        svara(fraga, kon, val)
    svara(fraga, Kon.MAN)

    svar = svarstabell(fraga)

    assert [kolumn["nyckel"] for kolumn in svar["kolumner"]] == ["alternativ", "kvinna", "man", "totalt", "andel"]
    assert svar["rader"] == [["Deltagaren", 2, 1, 3, 75], ["Handläggaren", 1, 0, 1, 25], ["Ingen", 0, 0, 0, 0]]
    assert svar["summa"] == ["Har svarat", 3, 1, 4, 100]
    assert tabell(rapporten(fraga), "svarsfrekvens")["rader"] == [[fraga.namn, "Vid inregistrering", 5, 4, 80]]


def test_who_chose_several_alternatives_is_one_who_answered_and_the_shares_may_pass_a_hundred(db):
    fraga = KompletterandeFragaFactory(slag="flera", alternativ=["Vägledning", "Praktik"])
    svara(fraga, Kon.KVINNA, 0, 1)
    svara(fraga, Kon.MAN, 0)

    svar = svarstabell(fraga)

    assert svar["rader"] == [["Vägledning", 1, 1, 2, 100], ["Praktik", 1, 0, 1, 50]]
    assert svar["summa"] == ["Har svarat", 1, 1, 2, 100]
    assert any("mer än 100 procent" in not_ for not_ in svar["noter"])


def test_answers_before_and_after_are_tables_of_their_own(db):
    fraga = KompletterandeFragaFactory(mattillfalle="bada")
    rad = svara(fraga, Kon.KVINNA, 0, avslutat=True)
    SvarFactory(fraga=fraga, deltagande=rad, typ="ut", alternativ=fraga.alternativ.last())

    bada, ut = rapporten(fraga), svarstabell(fraga, mattillfalle="ut")

    assert [t["nyckel"] for t in bada["tabeller"][2:]] == [f"fraga-{fraga.pk}-in", f"fraga-{fraga.pk}-ut"]
    assert [rad[3] for rad in bada["tabeller"][2]["rader"]] == [1, 0]
    assert [rad[3] for rad in ut["rader"]] == [0, 1]


def test_the_day_of_the_mattillfalle_decides_the_period(db):
    fraga = KompletterandeFragaFactory(mattillfalle="bada")
    rad = svara(fraga, Kon.KVINNA, 0, startdatum=date(2011, 1, 10), slutdatum=date(2012, 3, 1), avslutningsanledning=1)
    SvarFactory(fraga=fraga, deltagande=rad, typ="ut")

    antal = {ar: [t["summa"][3] for t in rapporten(fraga, ar=ar)["tabeller"][2:]] for ar in (2011, 2012, 2013)}

    assert antal == {2011: [1, 0], 2012: [0, 1], 2013: [0, 0]}


def test_who_ended_without_measurement_did_not_get_the_question(db):
    fraga = KompletterandeFragaFactory(mattillfalle="ut")
    svara(fraga, Kon.KVINNA, slutdatum=date(2011, 6, 1), avslutningsanledning=7)
    svara(fraga, Kon.KVINNA, slutdatum=date(2011, 6, 1), avslutningsanledning=1)

    assert tabell(rapporten(fraga), "svarsfrekvens")["rader"] == [[fraga.namn, "Vid utregistrering", 1, 0, 0]]


def test_an_answer_outside_the_days_of_its_question_still_counts(db):
    fraga = KompletterandeFragaFactory(fran=date(2011, 5, 1))
    svara(fraga, Kon.KVINNA, 0, startdatum=date(2011, 4, 30))
    svara(fraga, Kon.KVINNA, startdatum=date(2011, 4, 30))

    assert tabell(rapporten(fraga), "svarsfrekvens")["rader"][0][2:4] == [1, 1]


def test_a_question_that_was_ended_at_an_earlier_day_is_shown_where_it_was_answered(db):
    fraga = KompletterandeFragaFactory(fran=date(2010, 1, 1), ordning=1)
    obesvarad = KompletterandeFragaFactory(samverkansorganisation=fraga.samverkansorganisation, fran=date(2010, 1, 1), ordning=2)
    svara(fraga, Kon.KVINNA, 0, startdatum=date(2011, 6, 1))
    KompletterandeFraga.objects.update(till=date(2010, 12, 31))

    forbund = fraga.samverkansorganisation_id
    rader = {ar: tabell(rapporten(organisation=forbund, ar=ar), "svarsfrekvens")["rader"] for ar in (2010, 2011, 2012)}

    namn = {ar: [rad[0] for rad in egna] for ar, egna in rader.items()}
    assert namn == {2010: [fraga.namn, obesvarad.namn], 2011: [fraga.namn], 2012: []}


def test_an_insats_shows_only_its_own(db):
    fraga = KompletterandeFragaFactory()
    egen, annan = (InsatsFactory(samverkansorganisation=fraga.samverkansorganisation) for _ in range(2))
    svara(fraga, Kon.KVINNA, 0, insats=egen)
    svara(fraga, Kon.MAN, 1, insats=annan)

    assert svarstabell(fraga, niva="insats", insats=egen.pk)["summa"][1:4] == [1, 0, 1]
    assert svarstabell(fraga)["summa"][1:4] == [1, 1, 2]


def test_without_a_chosen_question_all_that_were_put_in_the_period_are_shown_in_their_order(db):
    fraga = KompletterandeFragaFactory(ordning=2)
    forbund = fraga.samverkansorganisation
    forst = KompletterandeFragaFactory(samverkansorganisation=forbund, ordning=1)
    KompletterandeFragaFactory(samverkansorganisation=forbund, fran=date(2010, 1, 1), till=date(2010, 12, 31))
    KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True)
    KompletterandeFragaFactory()

    rader = tabell(rapporten(organisation=forbund.pk), "svarsfrekvens")["rader"]

    assert [rad[0] for rad in rader] == [forst.namn, fraga.namn]


@pytest.mark.parametrize("skydd", ["exakt", "skyddad"])
def test_a_förbund_without_questions_is_told_so(db, skydd):
    insats = InsatsFactory()

    rapport = gor_rapport(FRAGOR, ar=2011, organisation=insats.samverkansorganisation_id, skydd=skydd)

    assert rapport.notiser == ("Ingen kompletterande fråga ställdes i urvalet under perioden.",)
    assert not any(innehall.get("visas_inte") for innehall in som_json(rapport)["tabeller"])


@pytest.mark.parametrize("frammande", ["annans", "utkast"])
def test_only_published_questions_of_the_förbund_can_be_chosen(inloggad, frammande):
    fraga = KompletterandeFragaFactory()
    egen = fraga.samverkansorganisation
    val = KompletterandeFragaFactory() if frammande == "annans" else KompletterandeFragaFactory(samverkansorganisation=egen, utkast=True)

    sida = inloggad(Roll.RAPPORT).get(f"/rapporter/{FRAGOR}/", {"ar": 2011, "organisation": egen.pk, "fraga": val.pk}, follow=True)

    assert "Frågan finns inte i vald samverkansorganisation." in sida.content.decode()
    assert val.namn not in sida.content.decode()


def test_without_place_the_field_is_named_instead_of_a_level_that_the_report_lacks(inloggad):
    sida = inloggad(Roll.RAPPORT).get(f"/rapporter/{FRAGOR}/", {"ar": 2011})

    assert dict(sida.context["form"].errors) == {"organisation": ["Välj samverkansorganisation."]}


def test_answers_of_few_are_hidden_from_those_without_uppdrag(db):
    fraga = KompletterandeFragaFactory()
    for nr in range(9):
        svara(fraga, Kon.KVINNA, nr % 2)
    anvandare = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    def rapport():
        return gor_rapport(FRAGOR, by=anvandare, ar=2011, fraga=fraga.pk)

    dold = tabell(som_json(rapport()), "fraga")
    svara(fraga, Kon.MAN, 1)
    visad = tabell(som_json(rapport()), "fraga")

    assert (rapport().skydd, dold["rader"], dold["summa"]) == ("skyddad", [], None)
    assert [rad[:4] for rad in visad["rader"]] == [["Deltagaren", "–", "–", 5], ["Handläggaren", "–", "–", 5]]
    assert [(bild.ingress, [rad.varden for rad in bild.rader]) for bild in rapport().diagram] == [("Antal, 10 har svarat", [(5,), (5,)])]
    assert tabell(som_json(rapport()), "svarsfrekvens")["rader"][0][2:] == [10, 10, "–"]


def test_answers_go_with_the_deltagande(db):
    fraga = KompletterandeFragaFactory()
    rad = svara(fraga, Kon.KVINNA, 0)
    svara(fraga, Kon.KVINNA, 0)

    rad.delete()

    assert Svar.objects.count() == 1
    assert svarstabell(fraga)["summa"][3] == 1
