"""How the tests come by an order: who may order, sign and issue, and what is filled in."""

from datetime import timedelta

from django.utils import timezone

from behorigheter.actions.bestallning import bestall_for_annan, signera_bestallning
from behorigheter.roller import Roll
from organisations.models import Organisation
from sus.core.personnummer import tolka
from tests.factories import AnvandareFactory, BehorighetFactory, OrganisationFactory, OverenskommelseFactory
from tests.factories.personnummer import provpersonnummer


def person(nr):
    return tolka(provpersonnummer(nr), idag=timezone.localdate())


def kommun(**kwargs):
    organisation = OrganisationFactory(**kwargs)
    OverenskommelseFactory(organisation=organisation)
    return organisation


def med_roll(roll, organisation, nr=None):
    anvandare = AnvandareFactory.build(arbetsgivare=organisation)
    if nr is not None:
        anvandare.satt_personnummer(person(nr))
    anvandare.save()
    BehorighetFactory(anvandare=anvandare, roll=roll)
    return anvandare


def bestallare_i(organisation, nr=None):
    return med_roll(Roll.BESTALLARE, organisation, nr)


def utfardare(typ="fk"):
    organisation = Organisation.objects.filter(typ=typ).first() or OrganisationFactory(typ=typ)
    return med_roll(Roll.UTFARDARE, organisation)


def period(dagar=365):
    idag = timezone.localdate()
    return {"fran": idag, "till": idag + timedelta(days=dagar)}


def uppgifter(**kwargs):
    return {"fornamn": "Nina", "efternamn": "Nyström", "epost": "nina@example.com", "telefon": "070-000 00 00"} | kwargs


def bestalld(by, nr=1, roller=(Roll.RAPPORT,), **kwargs):
    return bestall_for_annan(uppgifter=uppgifter(), personnummer=person(nr), roller=list(roller), **period() | kwargs, by=by)


def signerad(by, **kwargs):
    bestallning = bestalld(by, **kwargs)
    innehall = {namn: getattr(bestallning, namn) for namn in ("roller", "fran", "till")}
    return signera_bestallning(bestallning=bestallning, **innehall, by=by)
