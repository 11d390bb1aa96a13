"""Every page × every persona × an own, a neighbour's, a foreign, a missing and a malformed row × every method: no leak, no wrong answer.

The walk is made four times: with both walls, with each of them alone, and with none, which shows that there is something to find. In the
ordinary run the first walk takes a third of the pages that are closed to a persona, other ones for each; with --allt all of them.
"""

import logging
import os

import pytest
from django.urls import resolve

from rapporter.register import RAPPORTER
from tests.svep.facit import RELATIONER, SAKNAS, SIDOR, STOR, TRASIG, UTAN_BEHORIGHET, UTLOGGADE
from tests.svep.gang import METODER, VAGAR, VANLIGA_METODER, adressen, ga, gas
from tests.svep.personor import PERSONOR, besok
from tests.svep.vaggar_av import ta_bort_vagg_1, ta_bort_vagg_2
from tests.svep.varld import varld
from tests.test_arkitektur import vyer

pytestmark = pytest.mark.django_db
ALLT = bool(os.environ.get("SUS_ALLT"))
HEL = {"metoder": METODER, "relationer": [*RELATIONER, SAKNAS, TRASIG, STOR]}
VANLIG = {"metoder": VANLIGA_METODER, "relationer": ["egen", "frammande", SAKNAS], "gles": True}
VAR = 1 if ALLT else 3
GANG = (HEL if ALLT else VANLIG) | {"var": VAR}
# With a wall away only GET and POST, which alone reach rows; in the ordinary run by those whom the other wall has most
# to say to, on the pages about persons.
VAGGPERSONOR = list(PERSONOR) if ALLT else ["da", "da_granne", "uppdrag_slut", "igar", "sa", "bestallare"]
PERSONSIDOR = [sida for sida in SIDOR if sida.vy.startswith(("deltagare:", "behorigheter:bestallning")) or sida.objekt == "insats"]
VAGGANG = (
    HEL | {"metoder": VANLIGA_METODER, "relationer": RELATIONER}
    if ALLT
    else VANLIG | {"relationer": ["egen", "frammande"], "sidor": PERSONSIDOR}
)


@pytest.fixture(autouse=True)
def _tyst():
    """A walk meets thousands of refusals; each would be a line in the log of the test run."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def inga(fynd):
    """Fail with the cells and not with a traceback."""
    if fynd:
        pytest.fail("\n".join(sorted(map(str, fynd))), pytrace=False)


@pytest.mark.parametrize("persona", PERSONOR)
def test_each_persona_gets_the_answers_of_the_table_and_sees_nobody_elses_canary(persona):
    plats = varld()

    fynd = ga(besok(persona, plats), persona, plats, **GANG)

    inga(fynd.lackor)
    inga(fynd.fel)


def test_a_page_that_is_closed_to_somebody_logged_in_is_walked_by_one_such():
    def gas_inte(sida):
        stangd_for = [namn for namn in PERSONOR if namn not in UTLOGGADE and sida.ar_stangd_for(namn)]
        return stangd_for and not any(gas(sida, namn, VAR) for namn in stangd_for)

    assert [sida.namn for sida in SIDOR if gas_inte(sida)] == []


@pytest.mark.parametrize("persona", VAGGPERSONOR)
def test_the_second_wall_alone_lets_no_canary_through(persona, monkeypatch):
    plats = varld()
    besokare = besok(persona, plats)
    ta_bort_vagg_1(monkeypatch)

    fynd = ga(besokare, persona, plats, vagg_1=False, **VAGGANG)

    inga(fynd.lackor)
    assert fynd.lasta or persona in UTLOGGADE, "pages opened, so that there was something to see through"


@pytest.mark.parametrize("persona", VAGGPERSONOR)
def test_the_first_wall_alone_gives_the_answers_of_the_table(persona):
    plats = varld()
    besokare = besok(persona, plats)
    ta_bort_vagg_2()

    fynd = ga(besokare, persona, plats, **VAGGANG)

    inga(fynd.lackor)
    inga(fynd.fel)


def test_without_walls_the_canaries_are_found(monkeypatch):
    """The negative control: a walk that finds nothing here finds nothing anywhere."""
    plats = varld()
    besokare = besok("rapport", plats)
    ta_bort_vagg_1(monkeypatch)
    ta_bort_vagg_2()

    fynd = ga(besokare, "rapport", plats, vagg_1=False, metoder=VANLIGA_METODER, relationer=["egen", "frammande"], sidor=PERSONSIDOR)

    funna = {kanarie for _, kanarie in fynd.lackor}
    for plats_ in (plats.egen, plats.frammande):
        for slag in (plats_.deltagare.nummer, plats_.deltagare.antal, plats_.deltagare.texter, plats_.personal.texter):
            assert slag & funna
    assert len(funna) > 10


def test_no_address_is_missing_from_the_table():
    assert {sida.vy for sida in SIDOR} == {namn for namn, _ in vyer()}


def test_every_line_of_the_table_opens_for_somebody_and_names_only_personas_that_walk():
    for sida in SIDOR:
        assert {*sida.get, *sida.post} <= set(PERSONOR), sida.namn
        koder = {kod for linje in (sida.get, sida.post) for svar in linje.values() for kod in svar.split()}
        assert koder & {"200", "302", "409"} or sida.vy in ALDRIG_OPPNA, sida.namn


# Pages that need what no persona has: a link from a letter, a second factor, an issuer, a samtycke just withdrawn.
ALDRIG_OPPNA = {
    "deltagare:kvitto",
    "start:demo_logga_in",
    "start:forslag",  # its own sender's
    "oidc_logga_in",
    "oidc_svar",
    "konto_app_bild",
    "mfa_deactivate_totp",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}


def test_every_use_of_a_page_leads_to_that_page():
    plats = varld()
    for sida in SIDOR:
        assert sida.objekt in VAGAR or "X" not in sida.objekt
        assert resolve(adressen(sida, plats, "egen").partition("?")[0]).view_name == sida.vy


def test_no_object_that_an_address_can_point_at_is_without_a_page():
    assert set(VAGAR) - {sida.objekt for sida in SIDOR} == set()


def test_every_report_of_the_register_is_walked_to_with_a_selection_that_makes_it():
    plats = varld()
    client = besok("analytiker", plats).client
    sidor = {VAGAR[sida.objekt][1][0]: sida for sida in SIDOR if sida.vy == "rapporter:rapport"}

    gjorda = {nyckel for nyckel, sida in sidor.items() if "sus-rapport" in client.get(adressen(sida, plats, "egen")).content.decode()}

    assert gjorda == set(RAPPORTER)


def test_there_are_enough_personas_of_every_sort():
    assert len(PERSONOR) >= 14
    assert len(UTAN_BEHORIGHET) + len(UTLOGGADE) >= 8
