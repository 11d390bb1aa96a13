"""Lists of users: who stands in them, and that they stand in Swedish order."""

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions.uppdrag import utan_deltagaransvarig_efter
from behorigheter.forms.uppdrag import AnvandareEnvalField, begransa
from behorigheter.models import Anvandare, Uppdrag
from behorigheter.models.uppdrag import stod_for
from behorigheter.roller import Roll
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
NAMN = ["Zackrisson", "Åkesson", "Ärlig", "Öman"]


def test_the_users_to_choose_among():
    for namn in reversed(NAMN):
        AnvandareFactory(fornamn="Eva", efternamn=namn, arbetsgivare=None)
    falt = AnvandareEnvalField(queryset=Anvandare.objects.none())

    assert begransa(falt, Anvandare.objects.filter(efternamn__in=NAMN)) == 4
    assert [text for _, text in falt.choices] == [f"Eva {namn}" for namn in NAMN]


def test_the_sus_stod_of_ones_samverkansorganisationer():
    anvandare = AnvandareFactory()
    for namn in reversed(NAMN):
        organisation = SamverkansorganisationFactory(namn=namn)
        UppdragFactory(anvandare=anvandare, roll=Roll.INSATSANSVARIG, samverkansorganisation=organisation)
        UppdragFactory(roll=Roll.SUS_STOD, samverkansorganisation=organisation)

    assert [rad.samverkansorganisation.namn for rad in stod_for(anvandare)] == NAMN


def test_the_insatser_that_would_be_left_alone():
    anvandare = AnvandareFactory()
    for namn in reversed(NAMN):
        UppdragFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(namn=namn))

    assert utan_deltagaransvarig_efter(Uppdrag.objects.all(), timezone.localdate()) == NAMN


def test_those_who_have_uppdrag_in_a_samverkansorganisation(inloggad):
    organisation = SamverkansorganisationFactory()
    for namn in reversed(NAMN):
        UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=organisation, anvandare__efternamn=namn)
    client = inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation, efternamn="Aalto")

    sidor = [client.get(reverse(vy, args=[organisation.pk])).text for vy in ("organisations:detail", "organisations:uppdrag")]

    for sida in sidor:
        assert sorted(NAMN, key=sida.index) == NAMN


def test_the_other_bestallare_at_the_employer():
    arbetsgivare = OrganisationFactory()
    ulf, eva, _ = (
        BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(arbetsgivare=organisation)).anvandare
        for organisation in (arbetsgivare, arbetsgivare, OrganisationFactory())
    )

    assert list(Anvandare.objects.andra_bestallare(ulf)) == [eva]
    Anvandare.objects.filter(pk=eva.pk).update(arbetsgivare=None)
    assert not Anvandare.objects.andra_bestallare(AnvandareFactory(arbetsgivare=None)).exists()
