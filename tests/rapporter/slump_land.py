"""The made-up country with more than deltaganden: money, planned numbers, anonyma, volyminsatser, and förbund where nobody is."""

import random
from datetime import date

from deltagare.models import AnonymPost
from insatser.models import InsatsAr, InsatsBudget, Malgrupp, VolymPost
from organisations.models import EGET_KAPITAL, AdministrativKostnad, Budgetar, Finansiering, IngaendeOrganisation, Omrade, Stadsdel
from tests.factories import InsatsFactory, OrganisationFactory, SamverkansorganisationFactory
from tests.rapporter import slump
from tests.rapporter.oracle_insatser import BUDGETTYPER, KOSTNADSTYPER, Ar, Forbund, Insats, Land, Rad

AREN = range(2018, 2022)
FINANSIARER = (
    ("fk", "Provkassan"),
    ("af", "Provförmedlingen"),
    ("region", "Region Provland"),
    ("kommun", "Åprovs kommun"),
    ("kommun", "Äprovs kommun"),
    ("esf", "Provfonden"),
    ("ovrig", "Stiftelsen Prov"),
)


def lagg_upp(fro):
    """The rows in the database, and the same as a Land for the oracles. Two förbund are those of slump.py; the last has no insats."""
    poster, modeller = slump.lagg_upp(fro)
    dra = random.Random(f"land {fro}")
    forsta, andra = modeller[0].samverkansorganisation, modeller[2].samverkansorganisation
    tredje, fjarde = SamverkansorganisationFactory(namn="Ängprov", lan_id="12"), SamverkansorganisationFactory(namn="Åprov", lan_id="14")
    modeller += _fler_insatser(forsta, andra, tredje)
    organisationer = [OrganisationFactory(typ=typ, namn=namn) for typ, namn in FINANSIARER]
    forbund = {rad.pk: _forbund(rad) for rad in (forsta, andra, tredje, fjarde)}
    parter = {rad.pk: _parter(rad, organisationer, forbund[rad.pk]) for rad in (forsta, andra, tredje, fjarde)}
    for pk, ett in forbund.items():
        _budgetar(dra, ett, parter[pk])
    insatser = [_insats(modell, forbund[modell.samverkansorganisation_id]) for modell in modeller]
    for insats in insatser[:-1]:  # of the last nothing is registered
        _insatsar(dra, insats, parter[insats.organisation])
    return Land(poster, insatser, list(forbund.values()))


def _fler_insatser(forsta, andra, tredje):
    """Volyminsatser, one of which ended before 2020 and has money left; and two insatser with personuppgifter where nobody is."""
    return [
        InsatsFactory(volym=True, samverkansorganisation=forsta, startdatum=slump.BORJAN, namn="Äventyret", malgrupper=["missbruk"]),
        InsatsFactory(volym=True, samverkansorganisation=andra, startdatum=slump.BORJAN, slutdatum=date(2019, 6, 30), namn="Åhuset"),
        InsatsFactory(samverkansorganisation=tredje, startdatum=date(2020, 2, 29), namn="Öppet hus", beskrivning="Kaffe."),
        InsatsFactory(samverkansorganisation=tredje, startdatum=slump.BORJAN, namn="Orört"),
    ]


def _forbund(rad):
    """Where they work: two kommuner, of which one is in both län, and a stadsdel."""
    stadsdel = Stadsdel.objects.get(kommun="0180", namn="Bromma")
    omraden = [{"kommun_id": "1488"}, {"kommun_id": "1462"}] if rad.lan_id == "14" else [{"kommun_id": "1488"}, {"stadsdel": stadsdel}]
    for omrade in omraden:
        Omrade.objects.create(samverkansorganisation=rad, **omrade)
    kommuner = {"1488", "1462"} if rad.lan_id == "14" else {"1488", "0180"}
    return Forbund(rad.pk, rad.namn, rad.namn, rad.lan_id, rad.lan.kortnamn, rad.samverkansform, kommuner)


def _parter(rad, organisationer, forbund):
    """All financiers, and in the first län its samordningsförbund, whose legal name is printed."""
    if rad.lan_id == "14":
        forbund.juridiskt = f"Samordningsförbundet {rad.namn}"
        organisationer = [*organisationer, OrganisationFactory(typ="samordningsforbund", namn=forbund.juridiskt)]
    return [
        IngaendeOrganisation.objects.create(samverkansorganisation=rad, organisation=organisation, finansiar=True, konsument=True)
        for organisation in organisationer
    ]


def _budgetar(dra, forbund, parter):
    for ar in AREN:
        budgetar = Budgetar.objects.create(samverkansorganisation_id=forbund.organisation, ar=ar)
        for part in parter:
            for beskrivning in dra.choice([[], [""], ["", "Extra"]]):
                _finansiera(dra, forbund, budgetar, part, beskrivning)
        for typ in dra.sample(list(KOSTNADSTYPER), dra.randint(0, 4)):
            budget, utfall = _belopp(dra)
            AdministrativKostnad.objects.create(budgetar=budgetar, kostnadstyp=typ, budget=budget, utfall=utfall)
            forbund.administration.append((ar, typ, budget, utfall))


def _finansiera(dra, forbund, budgetar, part, beskrivning):
    typ, belopp = part.organisation.typ, dra.randrange(1, 900_000)
    if typ == "samordningsforbund" and beskrivning:
        beskrivning, belopp = EGET_KAPITAL, dra.choice([belopp, -belopp])
    Finansiering.objects.create(budgetar=budgetar, part=part, belopp=belopp, beskrivning=beskrivning)
    forbund.finansiering.append((budgetar.ar, typ, part.organisation.namn, belopp))


def _belopp(dra):
    """Budget, and the utfall that is known of some."""
    return dra.randrange(1, 900_000), dra.choice([None, 0, dra.randrange(900_000), dra.randrange(900_000)])


def _insats(modell, forbund):
    return Insats(
        insats=modell.pk,
        namn=modell.namn,
        forbund=forbund,
        start=modell.startdatum,
        slut=modell.slutdatum,
        inriktning=str(modell.inriktning),
        preciserad_inriktning=str(modell.preciserad_inriktning),
        malgrupper=list(Malgrupp.objects.filter(insatser=modell).order_by("ordning").values_list("namn", flat=True)),
        volym=modell.ar_volyminsats,
        beskrivning=modell.beskrivning,
    )


def _insatsar(dra, insats, parter):
    """Of most years something, never of a year before the insats; of a volyminsats, money every year."""
    for ar in (ar for ar in AREN if ar >= insats.start.year and (insats.volym or dra.random() < 0.8)):
        insats.ar[ar] = Ar(planerat=dra.choice([None, dra.randrange(100)]))
        rad = InsatsAr.objects.create(insats_id=insats.insats, ar=ar, planerat_antal=insats.ar[ar].planerat)
        for budgettyp in dra.choices(list(BUDGETTYPER), k=dra.randrange(1 if insats.volym else 0, 6)):
            _budgetrad(dra, insats, rad, budgettyp, dra.choice([None, dra.choice(parter)]))
        _utan_personuppgifter(dra, insats, ar)


def _budgetrad(dra, insats, insatsar, budgettyp, part):
    """Without a part the förbund itself consumes it."""
    budget, utfall = _belopp(dra)
    rader = insats.ar[insatsar.ar].rader
    InsatsBudget.objects.create(
        insatsar=insatsar, part=part, budgettyp=budgettyp, budget=budget, utfall=utfall, beskrivning=f"Rad {len(rader)}"
    )
    rader.append(Rad(budgettyp, part.organisation.namn if part else insats.forbund.juridiskt, budget, utfall))


def _utan_personuppgifter(dra, insats, ar):
    """Journals: what was counted, then a correction downwards."""
    antal, rattat, atertagna = dra.randint(4, 30), dra.randint(1, 3), dra.randint(1, 3)
    summa = antal - rattat
    if insats.volym:
        VolymPost.objects.bulk_create(VolymPost(insats_id=insats.insats, ar=ar, antal=del_) for del_ in (antal, -rattat))
        insats.ar[ar].antal_volym = summa
        return
    kon = dra.choice([1, 2])
    AnonymPost.objects.bulk_create(
        AnonymPost(insats_id=insats.insats, ar=ar, kon=kon, slag="anonym", antal=del_) for del_ in (antal, -rattat)
    )
    AnonymPost.objects.create(insats_id=insats.insats, ar=ar, kon=kon, slag="atertaget", antal=atertagna, tid=None)
    insats.ar[ar].anonyma, insats.ar[ar].aterkallade = summa, atertagna
