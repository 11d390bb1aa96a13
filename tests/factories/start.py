from datetime import date

import factory

from sus.start.models import Forbattringsforslag, Hjalptext
from tests.factories.behorigheter import AnvandareFactory


class HjalptextFactory(factory.django.DjangoModelFactory):
    """A news item that everybody sees."""

    class Meta:
        model = Hjalptext

    slag = Hjalptext.Slag.NYHET
    rubrik = factory.Sequence(lambda n: f"Nyhet nummer {n}")
    text = "Nu går det att räkna om."
    dag = date(2009, 1, 1)
    publicerad = True


class ForbattringsforslagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Forbattringsforslag

    avsandare = factory.SubFactory(AnvandareFactory)
    slag = Forbattringsforslag.Slag.FORSLAG
    sida = "/insats/"
    text = "Visa senaste året först."
