"""Every form that changes something, sent wrong in hundreds of ways: told so in Swedish at the field, and nothing written."""

import logging
import os

import pytest

from tests.fientligt.formular import formularsidor, las_formular, renderade_formular
from tests.fientligt.ifyllt import berika
from tests.fientligt.prov import Attack, Prov, attacker, par
from tests.fientligt.sida import las_sida
from tests.svep.gang import adressen
from tests.svep.personor import besok
from tests.svep.varld import varld

pytestmark = pytest.mark.django_db
ANTAL = 500 if os.environ.get("SUS_ALLT") else 12
FORMULAR = formularsidor()


@pytest.fixture(autouse=True)
def _tyst():
    """Each refusal would be a line in the log of the test run."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def inga(brister):
    if brister:
        pytest.fail("\n".join(brister), pytrace=False)


def oppna(vy):
    """The page as its own role gets it, and its form."""
    plats = varld()
    berika(plats)
    sida, persona = FORMULAR[vy]
    prov = Prov(besok(persona, plats), adressen(sida, plats, "egen"))
    with renderade_formular() as renderade:
        svar = prov.hamta().svar
    assert svar.status_code == 200, vy
    return prov, las_formular(svar, renderade, vy)


def skicka_ratt(prov, formular):
    """The answer to the form filled in rightly; what it warns of is said yes to."""
    svar = prov.skicka(Attack("rätt ifyllt", par(formular.ratt)))
    koder = [varde for namn, varde in las_sida(svar.svar.content.decode()).knappar if namn == "bekraftade"]
    if not koder:
        return svar
    formular.ratt["bekraftade"] = koder
    return prov.skicka(Attack("rätt ifyllt, trots varning", par(formular.ratt)))


def test_each_form_has_a_line_in_the_table_that_lets_somebody_send_it():
    assert [vy for vy, rad in FORMULAR.items() if rad is None] == []


@pytest.mark.parametrize("vy", FORMULAR)
def test_hostile_input_is_refused_in_swedish_at_the_field_and_writes_nothing(vy):
    prov, formular = oppna(vy)

    ratt = skicka_ratt(prov, formular)
    fel = las_sida(ratt.svar.content.decode()).fel or ratt.fel
    assert ratt.status == 302, f"write in IFYLLT what the form needs, else nothing behind the first refusal is tried: {fel}"
    inga([brist for attack in attacker(formular, ANTAL, vy) for brist in prov.brister(attack, formular)])
