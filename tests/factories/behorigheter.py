from datetime import date, timedelta

import factory
from django.utils import timezone

from behorigheter.models import Anvandare, Behorighet, Bestallning, Overenskommelse, Uppdrag
from behorigheter.roller import Roll
from sus.core.kryptering import kryptera, uppslag
from tests.factories.personnummer import provpersonnummer


class AnvandareFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Anvandare

    anvandarnamn = factory.Sequence(lambda n: f"anvandare{n}")
    fornamn = "Karin"
    efternamn = factory.Sequence(lambda n: f"Provberg {n}")
    epost = factory.LazyAttribute(lambda rad: f"{rad.anvandarnamn}@example.com")
    arbetsgivare = factory.SubFactory("tests.factories.OrganisationFactory")


class OverenskommelseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Overenskommelse

    organisation = factory.SubFactory("tests.factories.OrganisationFactory")
    fran = date(2009, 1, 1)
    referens = factory.Sequence(lambda n: f"FK 2009/{n}")


class BehorighetFactory(factory.django.DjangoModelFactory):
    """A behörighet at the user's employer, together with the överenskommelse it needs (overenskommelse=False: without)."""

    class Meta:
        model = Behorighet
        skip_postgeneration_save = True

    anvandare = factory.SubFactory(AnvandareFactory)
    roll = Roll.RAPPORT
    arbetsgivare = factory.SelfAttribute("anvandare.arbetsgivare")
    giltig_fran = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    giltig_till = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=300))

    @factory.post_generation
    def overenskommelse(self, create, extracted, **kwargs):
        if extracted is not False and not self.arbetsgivare.overenskommelser.exists():
            OverenskommelseFactory(organisation=self.arbetsgivare)


class BestallningFactory(factory.django.DjangoModelFactory):
    """An order that its own user has filled in; signerad_av and avgjord_av take it further."""

    class Meta:
        model = Bestallning

    class Params:
        personnummer_klartext = factory.Sequence(lambda n: provpersonnummer(100_000 + n))

    organisation = factory.SubFactory("tests.factories.OrganisationFactory")
    fornamn = "Nina"
    efternamn = factory.Sequence(lambda n: f"Nysson {n}")
    epost = factory.Sequence(lambda n: f"nina{n}@example.com")
    telefon = "070-000 00 00"
    uppslag = factory.LazyAttribute(lambda rad: uppslag(rad.personnummer_klartext))
    personnummer = factory.LazyAttribute(
        lambda rad: kryptera(rad.personnummer_klartext, plats=f"anvandare|personnummer|{rad.uppslag.hex()}")
    )
    roller = [Roll.RAPPORT]
    fran = factory.LazyFunction(timezone.localdate)
    till = factory.LazyAttribute(lambda rad: rad.fran + timedelta(days=365))
    ifylld_av = factory.SubFactory(AnvandareFactory)


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
