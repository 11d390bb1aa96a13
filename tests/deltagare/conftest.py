"""A deltagaransvarig with an insats, and the fields of the forms filled in rightly."""

import uuid

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from tests.deltagare.register import register  # noqa: F401  # fixture
from tests.factories import KompletterandeFragaFactory

ALMA = "196209019808"  # in deltagare/data/testregister.csv, Trollhättan
ELSA = "195810269802"

SITUATION = {"forsorjning": ["sjukpenning"], "af": "nej", "arbetar": "nej", "studerar": "nej"}


def situation(nar, **andra):
    return {f"{fraga}_{nar}": svar for fraga, svar in (SITUATION | andra).items()}


def inregistrering(**andra):
    """The fields of Registrera deltagare, filled in; None takes one away."""
    falt = {
        "samtycke_finns": "on",
        "samtycke_datum": "2011-11-30",
        "samtycke_sprak": "sv",
        "personnummer": ALMA,
        "mattillfalle": "ny",
        "startdatum": "2011-12-05",
        "utbildning": "gymnasium",
        "tid_forsorjning": "3",
        **situation("fore"),
        "nyckel": str(uuid.uuid4()),
        "version": "0",
        "spara": "",
    }
    return {namn: varde for namn, varde in (falt | andra).items() if varde is not None}


def utregistrering(**andra):
    falt = {
        "mattillfalle": "ny",
        "slutdatum": "2012-01-09",
        "avslutningsanledning": "2",
        **situation("efter"),
        "nyckel": str(uuid.uuid4()),
        "version": "1",
        "spara": "",
    }
    return {namn: varde for namn, varde in (falt | andra).items() if varde is not None}


@pytest.fixture
def klient_da(inloggad, insats):
    """The browser of a deltagaransvarig with uppdrag in the insats."""
    return inloggad(Roll.DELTAGARANSVARIG, insats)


@pytest.fixture
def registrera(klient_da, insats):
    """registrera(**falt) → the answer to a sent Registrera deltagare."""

    def _registrera(**falt):
        return klient_da.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", inregistrering(**falt))

    return _registrera


@pytest.fixture
def deltagande(registrera):
    """Alma, registered through the page on 2011-12-05."""
    registrera()
    return Deltagande.objects.get()


@pytest.fixture
def skicka(klient_da):
    """skicka(vy, deltagande, **falt) → the answer."""

    def _skicka(vy, deltagande, **falt):
        return klient_da.post(reverse(f"deltagare:{vy}", args=[deltagande.pk]), falt)

    return _skicka


@pytest.fixture
def fel():
    """fel(svar) → {field: messages} of the form on the page."""
    return lambda svar: {namn: list(texter) for namn, texter in svar.context["form"].errors.items()}


@pytest.fixture
def fraga(insats):
    """fraga(**fields) → a question of the insats's förbund, put before the insats from 2011."""

    def _fraga(**falt):
        return KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, **falt)

    return _fraga
