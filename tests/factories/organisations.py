from datetime import date

import factory

from organisations.models import (
    AdministrativKostnad,
    Budgetar,
    Finansiering,
    IngaendeOrganisation,
    Organisation,
    Samverkansorganisation,
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
