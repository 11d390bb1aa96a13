from datetime import timedelta

import factory
from django.utils import timezone

from behorigheter.models import Anvandare, Behorighet, Uppdrag
from behorigheter.roller import Roll


class AnvandareFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Anvandare

    anvandarnamn = factory.Sequence(lambda n: f"anvandare{n}")
    fornamn = "Karin"
    efternamn = factory.Sequence(lambda n: f"Provberg {n}")
    epost = factory.LazyAttribute(lambda rad: f"{rad.anvandarnamn}@example.com")
    arbetsgivare = factory.SubFactory("tests.factories.OrganisationFactory")


class BehorighetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Behorighet

    anvandare = factory.SubFactory(AnvandareFactory)
    roll = Roll.RAPPORT
    giltig_fran = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    giltig_till = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=300))


class UppdragFactory(factory.django.DjangoModelFactory):
    """An uppdrag together with the behörighet it needs."""

    class Meta:
        model = Uppdrag
        skip_postgeneration_save = True

    anvandare = factory.SubFactory(AnvandareFactory)
    roll = Roll.INSATSANSVARIG
    samverkansorganisation = factory.Maybe(
        factory.LazyAttribute(lambda rad: rad.roll != Roll.DELTAGARANSVARIG),
        factory.SubFactory("tests.factories.SamverkansorganisationFactory"),
        None,
    )
    insats = factory.Maybe(
        factory.LazyAttribute(lambda rad: rad.roll == Roll.DELTAGARANSVARIG), factory.SubFactory("tests.factories.InsatsFactory"), None
    )
    fran = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))

    @factory.post_generation
    def behorighet(self, create, extracted, **kwargs):
        if extracted is not False and not self.anvandare.behorigheter.giltiga().filter(roll=self.roll).exists():
            BehorighetFactory(anvandare=self.anvandare, roll=self.roll)
