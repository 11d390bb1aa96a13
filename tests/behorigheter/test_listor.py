"""Lists of users and of their uppdrag: who stands in them, and that they stand in Swedish order."""

from datetime import timedelta

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


def test_the_page_says_how_many_of_the_users_it_shows(inloggad):
    arbetsgivare, insats = OrganisationFactory(), InsatsFactory()
    client = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    adress = reverse("insatser:uppdrag_ge", args=[insats.pk])

    def flera(antal):
        for _ in range(antal):
            BehorighetFactory(roll=Roll.DELTAGARANSVARIG, anvandare__arbetsgivare=arbetsgivare)
        return client.get(adress).text

    assert "första användarna" not in flera(50)
    assert "Här visas de 50 första användarna." in flera(1)


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


def test_a_users_uppdrag_come_by_place_and_those_that_have_ended_last(inloggad):
    fk, idag = inloggad(Roll.FK_ADMINISTRATOR), timezone.localdate()
    anvandare = AnvandareFactory()
    zink, oster = (SamverkansorganisationFactory(namn=namn) for namn in ("Zinkdalen", "Österdalen"))
    for plats, namn in ((oster, "Arken"), (zink, "Ängen"), (zink, "Åkern")):
        insats = InsatsFactory(samverkansorganisation=plats, namn=namn)
        UppdragFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=insats)
    for plats in (oster, zink):
        UppdragFactory(anvandare=anvandare, samverkansorganisation=plats)
    for namn, slut in (("Avesta", {"till": idag - timedelta(days=1)}), ("Alby", {"aterkallat": timezone.now()})):
        UppdragFactory(anvandare=anvandare, samverkansorganisation__namn=namn, **slut)

    sida = fk.get(anvandare.get_absolute_url())
    slutar = fk.get(reverse("behorigheter:anvandare_sluta", args=[anvandare.pk]))

    ordning = ["Zinkdalen", "Åkern", "Ängen", "Österdalen", "Arken"]
    assert [str(rad.plats) for rad in sida.context["uppdrag"]] == [*ordning, "Alby", "Avesta"]
    assert [str(rad.plats) for rad in slutar.context["uppdrag"]] == ordning
    assert "Åkern</a>, Zinkdalen" in sida.text


def test_the_deltagaransvariga_of_an_insats_come_by_name_and_those_who_have_ended_last(inloggad):
    insats, igar = InsatsFactory(), timezone.localdate() - timedelta(days=1)
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, anvandare__efternamn="Aalto", till=igar)
    for namn in NAMN:
        UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, anvandare__efternamn=namn)
    client = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)

    sida = client.get(reverse("insatser:uppdrag_ge", args=[insats.pk]))

    assert [rad.anvandare.efternamn for rad in sida.context["uppdrag"]] == [*NAMN, "Aalto"]


def test_the_other_bestallare_at_the_employer():
    arbetsgivare = OrganisationFactory()
    ulf, eva, _ = (
        BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(arbetsgivare=organisation)).anvandare
        for organisation in (arbetsgivare, arbetsgivare, OrganisationFactory())
    )

    assert list(Anvandare.objects.andra_bestallare(ulf)) == [eva]
    Anvandare.objects.filter(pk=eva.pk).update(arbetsgivare=None)
    assert not Anvandare.objects.andra_bestallare(AnvandareFactory(arbetsgivare=None)).exists()
