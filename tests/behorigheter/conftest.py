"""A kommun with somebody who reviews its log and a colleague, a stranger, and how the log is asked past its pages."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from behorigheter.roller import Roll
from tests.factories import AnvandareFactory, BehorighetFactory, OrganisationFactory

SVENSK_TID = ZoneInfo("Europe/Stockholm")
GRANSKA = "/administration/logg/granska/"
EGEN = "/administration/logg/"


def fraga(sql, *varden):
    with connection.cursor() as c:
        c.execute(sql, varden)
        return c.fetchall()


@pytest.fixture
def kommun():
    return OrganisationFactory(namn="Provstads kommun", typ="kommun")


@pytest.fixture
def granskare(inloggad, kommun):
    return inloggad(Roll.LOGGRANSKARE, arbetsgivare=kommun, fornamn="Greta", efternamn="Granskare")


@pytest.fixture
def kollega(kommun):
    anvandare = AnvandareFactory(arbetsgivare=kommun, fornamn="Karin", efternamn="Kollega", anvandarnamn="karin")
    BehorighetFactory(anvandare=anvandare, roll=Roll.RAPPORT)
    BehorighetFactory(anvandare=anvandare, roll=Roll.INSATSANSVARIG)
    return anvandare


@pytest.fixture
def frammande():
    anvandare = AnvandareFactory(fornamn="Frida", efternamn="Främmande")
    BehorighetFactory(anvandare=anvandare)
    return anvandare
