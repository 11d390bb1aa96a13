"""Acceptance tests 6, 7, 9 and 10 of the domain's Annex D, from the page to the reports.

5 and 11 stand in tests/behorigheter/test_bestallning.py and test_forbjudna_par.py, 8 in tests/insatser/test_volym.py.
"""

import re
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import Deltagande
from tests.deltagare.conftest import ALMA, ELSA, inregistrering, utregistrering
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory, SamtyckeFactory, UppdragFactory
from tests.rapporter.conftest import gor_rapport, som_json, som_poster, tabell

NAMN = "Hemliga Hansdotter"


def formular(**falt):
    return {"nyckel": str(uuid.uuid4()), "version": "0", "spara": ""} | falt


def insatsrapport(by, organisation, ar):
    """{insats: {column: cell}}"""
    return som_poster(tabell(som_json(gor_rapport("insats", by=by, ar=ar, organisation=organisation.namn)), "insatser"))


def tackning(by, ar, **plats):
    """How many of each kind the Deltagarrapport tells of."""
    del_ = tabell(som_json(gor_rapport("deltagare", by=by, typ="bakgrund", ar=ar, **plats)), "tackning")
    return dict(zip([kolumn["nyckel"] for kolumn in del_["kolumner"]], del_["rader"][0], strict=True))


def huvuddelen(svar):
    """What the page says, without random ids."""
    [text] = re.findall("<main.*</main>", svar.text, flags=re.S)
    return re.sub("[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", "…", text)


def allt_utom_loggen():
    """Every value of every table as text."""
    with connection.cursor() as c:
        c.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'behorigheter_handelse%'")
        delar = []
        for (namn,) in c.fetchall():
            c.execute(f'SELECT t::text FROM "{namn}" t')
            delar += [rad for (rad,) in c.fetchall()]
    return "\n".join(delar)


@pytest.fixture
def annan(db):
    """A deltagande in an insats where the user has no uppdrag."""
    person = PersonFactory(personnummer_klartext=ELSA, namn_klartext=NAMN)
    return SamtyckeFactory(deltagande=DeltagandeFactory(person=person, insats__namn="En annan insats")).deltagande


@pytest.mark.parametrize(
    "namn",
    ["detail", "ut", "ratta", "ateroppna", "samtycke", "aterta", "felregistrera", "felregistrering_avgor", "visa", "samtyckeskvitto"],
)
def test_6_a_deltagande_of_another_insats_does_not_exist_at_any_address(klient_da, annan, namn):
    adress, finns_inte = (reverse(f"deltagare:{namn}", args=[pk]) for pk in (annan.pk, uuid.uuid4()))
    fore = allt_utom_loggen()
    fyllt = formular(beslut="godkann", bekraftelse="ta bort", slutdatum="2011-12-31")

    for falt in {"detail": [{}], "samtyckeskvitto": [{}], "visa": [fyllt]}.get(namn, [{}, fyllt]):
        svar, inget = (klient_da.post(a, falt) if falt else klient_da.get(a) for a in (adress, finns_inte))
        assert (svar.status_code, huvuddelen(svar)) == (404, huvuddelen(inget))
    assert allt_utom_loggen() == fore


@pytest.mark.parametrize("namn", ["sok", "registrera", "anonyma", "original"])
def test_6_another_insats_is_refused_as_one_that_does_not_exist(klient_da, annan, namn):
    svar = klient_da.get(reverse(f"deltagare:{namn}"), {"insats": annan.insats_id})

    assert svar.status_code == 404
    assert "En annan insats" not in svar.text


def test_6_neither_search_nor_hamta_nor_the_work_list_tells_that_the_person_takes_part_elsewhere(klient_da, insats, annan):
    sidor = [klient_da.get(reverse("deltagare:sok"), {"insats": insats.pk}), klient_da.get(reverse("deltagare:att_gora"))]
    falt = inregistrering(personnummer=ELSA, hamta="", spara=None)
    hamtad = klient_da.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", falt)

    assert not [sida for sida in [*sidor, hamtad] if NAMN in sida.text or str(annan.pk) in sida.text or "En annan insats" in sida.text]
    assert hamtad.context["form"].fields["mattillfalle"].choices == [("ny", "Nyinregistrering")]


@pytest.mark.parametrize("format_", ["html", "json", "csv", "xlsx", "pdf"])
def test_6_exact_reports_of_another_insats_are_refused(klient_da, annan, format_):
    svar = klient_da.get(reverse("rapporter:rapport", args=["deltagare"]), _bakgrund(annan, skydd="exakt", format=format_))

    assert "kan bara se den skyddade versionen" in svar.text


def test_6_a_protected_report_of_another_insats_tells_nothing_of_one_person(klient_da, annan):
    svar = klient_da.get(reverse("rapporter:rapport", args=["deltagare"]), _bakgrund(annan, format="json"))

    tackning, *tabeller = svar.json()["tabeller"]
    assert tackning["rader"][0][0] == "0–4"
    assert {(tabell["visas_inte"], len(tabell["rader"])) for tabell in tabeller} == {("Färre än 10 deltagare: visas inte.", 0)}


def _bakgrund(deltagande, **mer):
    insats = deltagande.insats
    plats = {"niva": "insats", "organisation": insats.samverkansorganisation.namn, "insats": insats.namn}
    return {"typ": "bakgrund", "ar": str(deltagande.startdatum.year), **plats, **mer}


def test_7_anonyma_count_in_their_own_year_and_in_the_insatsrapport_only(klient_da, insats):
    adress = f"{reverse('deltagare:anonyma')}?insats={insats.pk}"
    klient_da.post(adress, formular(ar="2020", kvinnor="3", man="", riktning="lagg-till"))
    by = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=insats.samverkansorganisation).anvandare

    rader = {ar: insatsrapport(by, insats.samverkansorganisation, ar)["Hjortmossen"] for ar in (2020, 2021)}
    bakgrund = som_json(gor_rapport("deltagare", by=by, typ="bakgrund", ar=2020, organisation=insats.samverkansorganisation.namn))

    assert rader[2020]["anonyma"] == 3
    assert rader[2021]["anonyma"] == 0
    assert {ett["nyckel"]: ett["summa"][3] for ett in bakgrund["tabeller"] if ett["nyckel"] in {"alder", "utbildning"}} == {
        "alder": 0,
        "utbildning": 0,
    }


def test_9_a_person_in_two_insatser_and_twice_in_one_is_counted_three_times_and_is_one(inloggad, insats):
    andra = InsatsFactory(samverkansorganisation=insats.samverkansorganisation)
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)
    UppdragFactory(anvandare=klient.anvandare, roll=Roll.DELTAGARANSVARIG, insats=andra)

    def registrera(vilken, dag):
        klient.post(f"{reverse('deltagare:registrera')}?insats={vilken.pk}", inregistrering(startdatum=dag, samtycke_datum=dag))

    registrera(insats, "2020-01-10")
    forsta = Deltagande.objects.get()
    klient.post(reverse("deltagare:ut", args=[forsta.pk]), utregistrering(slutdatum="2020-03-01"))
    registrera(insats, "2020-06-01")
    registrera(andra, "2020-02-01")

    siffror = tackning(klient.anvandare, 2020, organisation=insats.samverkansorganisation.namn)
    assert (siffror["personuppgifter"], siffror["unika"]) == (3, 1)


def test_10_a_felregistrering_is_gone_from_search_reports_and_rows_but_for_the_log_without_identity(klient_da, insats, deltagande):
    by, organisation = klient_da.anvandare, insats.samverkansorganisation
    person = str(deltagande.person_id)
    assert person in allt_utom_loggen()
    assert tackning(by, 2011, organisation=organisation.namn)["personuppgifter"] == 1

    klient_da.post(reverse("deltagare:felregistrera", args=[deltagande.pk]), formular(bekraftelse="ta bort"))

    assert "Alma" not in klient_da.get(reverse("deltagare:sok"), {"insats": insats.pk}).text
    assert klient_da.get(deltagande.get_absolute_url()).status_code == 404
    assert tackning(by, 2011, organisation=organisation.namn)["personuppgifter"] == 0
    rad = insatsrapport(by, organisation, 2011)["Hjortmossen"]
    assert (rad["antal"], rad["nya"], rad["aterkallade"]) == (0, 0, 0)
    assert not [text for text in (person, str(deltagande.pk), ALMA, "Alma Testsson") if text in allt_utom_loggen()]
    handelse = Handelse.objects.get(typ=Handelse.Typ.DELTAGANDE_FELREGISTRERAT)
    assert (handelse.detaljer, handelse.objekt) == ({}, f"deltagare.Deltagande:{deltagande.pk}")
    assert person not in str(handelse.logg_id)
