"""Every page × every persona × an own, a neighbour's, a foreign, a missing and a malformed row × every method: no leak, no wrong answer."""

import logging
import os

import pytest

from tests.svep.facit import RELATIONER, SAKNAS, SIDOR, STOR, TRASIG
from tests.svep.gang import METODER, VANLIGA_METODER, ga
from tests.svep.personor import PERSONOR, besok
from tests.svep.varld import varld
from tests.test_arkitektur import vyer

pytestmark = pytest.mark.django_db
ALLT = bool(os.environ.get("SUS_ALLT"))
HEL = {"metoder": METODER, "relationer": [*RELATIONER, SAKNAS, TRASIG, STOR]}
VANLIG = {"metoder": VANLIGA_METODER, "relationer": ["egen", "frammande", SAKNAS]}
GANG = HEL if ALLT else VANLIG


@pytest.fixture(autouse=True)
def _tyst():
    """A walk meets thousands of refusals; each would be a line in the log of the test run."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("persona", PERSONOR)
def test_each_persona_gets_the_answers_of_the_table_and_sees_nobody_elses_canary(persona):
    plats = varld()

    fynd = ga(besok(persona, plats), persona, plats, **GANG)

    assert not fynd.lackor, fynd.lackor
    if fynd.fel:
        pytest.fail("\n".join(fynd.fel), pytrace=False)


def test_no_address_is_missing_from_the_table():
    assert {sida.vy for sida in SIDOR} == {namn for namn, _ in vyer()}
