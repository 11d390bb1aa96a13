from datetime import date

import factory

from insatser.models import Deltagarregistrering, Inriktning, Insats, InsatsAr, InsatsBudget, Malgrupp, PreciseradInriktning


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
    budgettyp = InsatsBudget.Budgettyp.INSATSKOSTNAD
    budget = 500_000
