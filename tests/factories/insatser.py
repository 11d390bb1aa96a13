from datetime import date

import factory
from django.utils import timezone

from insatser.models import Arsredogorelse, Deltagarregistrering, Inriktning, Insats, InsatsAr, InsatsBudget, Malgrupp, PreciseradInriktning
from organisations.models import Budgettyp


class InsatsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Insats
        skip_postgeneration_save = True

    class Params:
        volym = factory.Trait(
            inriktning=Inriktning.STRUKTUROVERGRIPANDE,
            preciserad_inriktning=PreciseradInriktning.UTBILDNING,
            deltagarregistrering=Deltagarregistrering.VOLYM,
        )

    samverkansorganisation = factory.SubFactory("tests.factories.SamverkansorganisationFactory")
    namn = factory.Sequence(lambda n: f"Provinsatsen {n}")
    startdatum = date(2010, 1, 1)
    inriktning = Inriktning.INDIVIDINRIKTAD
    preciserad_inriktning = PreciseradInriktning.FORBEREDANDE
    deltagarregistrering = Deltagarregistrering.PERSONUPPGIFTER

    @factory.post_generation
    def malgrupper(self, create, extracted, **kwargs):
        if create:
            self.malgrupper.set(Malgrupp.objects.filter(kod__in=extracted or ["unga"]))


class InsatsArFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InsatsAr

    insats = factory.SubFactory(InsatsFactory)
    ar = 2011
    planerat_antal = 40


class InsatsBudgetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InsatsBudget

    insatsar = factory.SubFactory(InsatsArFactory)
    budgettyp = Budgettyp.INSATSKOSTNAD
    budget = 500_000


class ArsredogorelseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Arsredogorelse

    class Params:
        klar = factory.Trait(klar_tid=factory.LazyFunction(timezone.now), klar_av=factory.SubFactory("tests.factories.AnvandareFactory"))

    insats = factory.SubFactory(InsatsFactory)
    ar = 2011
    rubrik = "Fler unga i arbete"
    text = "Året började med tio deltagare.\n\n# Så gick det\nHälften gick vidare till studier."
    andrad_tid = factory.LazyFunction(timezone.now)
