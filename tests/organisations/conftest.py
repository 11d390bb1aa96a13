"""How the tests of the pages ask for them, send their forms and read what was wrong."""

import uuid

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from tests.factories import SamverkansorganisationFactory

SA, IA, FK = Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.FK_ADMINISTRATOR


def adress(sida, *argument, **fraga):
    return reverse(f"organisations:{sida}", args=argument, query=fraga or None)


def post(client, url, version=1, **data):
    return client.post(url, {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | data)


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


@pytest.fixture
def forbund():
    return SamverkansorganisationFactory(namn="Provbygden")


@pytest.fixture
def administrator(inloggad, forbund):
    return inloggad(SA, forbund)
