from datetime import UTC, date, datetime

import factory

from organisations.models import (
    AdministrativKostnad,
    Budgetar,
    Finansiering,
    IngaendeOrganisation,
    KompletterandeFraga,
    Organisation,
    Samverkansorganisation,
    Svarsalternativ,
)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    namn = factory.Sequence(lambda n: f"Provorganisationen {n}")
    typ = Organisation.Typ.KOMMUN


class SamverkansorganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Samverkansorganisation

    namn = factory.Sequence(lambda n: f"Provförbundet {n}")
    samverkansform = Samverkansorganisation.Form.FINSAM
    startdatum = date(2009, 1, 1)
    lan_id = "14"


class IngaendeOrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IngaendeOrganisation

    samverkansorganisation = factory.SubFactory(SamverkansorganisationFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    medlem = True
    finansiar = True


class BudgetarFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Budgetar

    samverkansorganisation = factory.SubFactory(SamverkansorganisationFactory)
    ar = 2011


class FinansieringFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finansiering

    budgetar = factory.SubFactory(BudgetarFactory)
    part = factory.SubFactory(
        IngaendeOrganisationFactory, samverkansorganisation=factory.SelfAttribute("..budgetar.samverkansorganisation")
    )
    belopp = 100_000


class AdministrativKostnadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdministrativKostnad

    budgetar = factory.SubFactory(BudgetarFactory)
    kostnadstyp = AdministrativKostnad.Kostnadstyp.KRING
    budget = 50_000


class KompletterandeFragaFactory(factory.django.DjangoModelFactory):
    """A published question with two alternatives (alternativ=[…]: others); utkast=True is not published."""

    class Meta:
        model = KompletterandeFraga
        skip_postgeneration_save = True

    class Params:
        utkast = factory.Trait(publicerad=None)

    samverkansorganisation = factory.SubFactory(SamverkansorganisationFactory)
    namn = factory.Sequence(lambda n: f"Provfrågan {n}")
    fragetext = "Vem tog initiativ till insatsen?"
    fran = date(2011, 1, 1)
    mattillfalle = KompletterandeFraga.Mattillfalle.IN
    slag = KompletterandeFraga.Slag.ETT
    ordning = factory.Sequence(lambda n: n)
    publicerad = datetime(2011, 1, 1, 8, tzinfo=UTC)

    @factory.post_generation
    def alternativ(self, create, extracted, **kwargs):
        for nr, text in enumerate(extracted or ["Deltagaren", "Handläggaren"], 1):
            Svarsalternativ.objects.create(fraga=self, text=text, ordning=nr)
