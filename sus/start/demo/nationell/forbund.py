"""Samordningsförbund for every kommun that has none: parties, area and ten years of money."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random

from organisations.models import (
    AdministrativKostnad,
    Budgetar,
    Finansiering,
    IngaendeOrganisation,
    Kommun,
    Omrade,
    Organisation,
    Samverkansorganisation,
)
from sus.core.formatering import lista_i_ord

Typ = Organisation.Typ
LANGSTA_NAMN = Samverkansorganisation._meta.get_field("namn").max_length
KRONOR_PER_KOMMUN = 1_900_000
ANDEL = {Typ.FK: 0.5, Typ.REGION: 0.25}  # the kommuner share what is left
ADMINISTRATION = {AdministrativKostnad.Kostnadstyp.KRING: 140_000, AdministrativKostnad.Kostnadstyp.PERSONAL: 1_250_000}
OFULLSTANDIGA = 25  # every so many förbund has not told what the last year cost


def skapa_forbund(antal: int, ar: range, slump: Random) -> list[Samverkansorganisation]:
    """So many förbund, each in one län, of the kommuner that belong to none."""
    grupper = _grupper(antal)
    forbund = Samverkansorganisation.objects.bulk_create(
        Samverkansorganisation(
            namn=_namn(kommuner),
            samverkansform=Samverkansorganisation.Form.FINSAM,
            startdatum=date(ar.start - slump.randrange(8), 1, 1),
            lan_id=kommuner[0].lan_id,
            beskrivning="Påhittat förbund.",
        )
        for kommuner in grupper
    )
    Omrade.objects.bulk_create(
        Omrade(samverkansorganisation=rad, kommun=kommun) for rad, kommuner in zip(forbund, grupper, strict=True) for kommun in kommuner
    )
    parter = _parter(forbund, grupper)
    for nr, rad in enumerate(forbund):
        _pengar(parter[rad.pk], ar, nr % OFULLSTANDIGA == OFULLSTANDIGA - 1, slump)
    return forbund


def _grupper(antal: int) -> list[list[Kommun]]:
    """Neighbours in the register, within a län: the largest group is halved until there are enough."""
    lediga = Kommun.objects.exclude(pk__in=Omrade.objects.exclude(kommun=None).values("kommun")).order_by("pk")
    per_lan: dict[str, list[Kommun]] = {}
    for kommun in lediga:
        per_lan.setdefault(kommun.lan_id, []).append(kommun)
    grupper = list(per_lan.values())
    while len(grupper) < antal:
        storst = max(range(len(grupper)), key=lambda nr: len(grupper[nr]))
        kommuner = grupper[storst]
        grupper[storst : storst + 1] = [kommuner[: len(kommuner) // 2], kommuner[len(kommuner) // 2 :]]
    return grupper[:antal]


def _namn(kommuner: Sequence[Kommun]) -> str:
    namn = lista_i_ord([kommun.kortnamn for kommun in kommuner])
    return namn if len(namn) <= LANGSTA_NAMN else f"{kommuner[0].kortnamn} med omnejd"


def _parter(forbund, grupper) -> dict[int, list[IngaendeOrganisation]]:
    """Försäkringskassan, Arbetsförmedlingen, region and kommuner as members, and the förbund itself."""
    egna = Organisation.objects.bulk_create(Organisation(namn=rad.forbundsnamn, typ=Typ.SAMORDNINGSFORBUND) for rad in forbund)
    staten = list(Organisation.objects.filter(typ__in=[Typ.FK, Typ.AF]))
    regioner = {rad.lan_id: rad for rad in Organisation.objects.filter(typ=Typ.REGION)}
    kommuner = {rad.kommun_id: rad for rad in Organisation.objects.filter(typ=Typ.KOMMUN)}
    parter = []
    for rad, eget, omrade in zip(forbund, egna, grupper, strict=True):
        medlemmar = [*staten, regioner[rad.lan_id], *(kommuner[kommun.pk] for kommun in omrade if kommun.pk in kommuner)]
        parter += [
            IngaendeOrganisation(samverkansorganisation=rad, organisation=part, medlem=True, finansiar=part.typ != Typ.AF)
            for part in medlemmar
        ]
        parter.append(IngaendeOrganisation(samverkansorganisation=rad, organisation=eget, finansiar=True, konsument=True))
    per_forbund: dict[int, list[IngaendeOrganisation]] = {}
    for part in IngaendeOrganisation.objects.bulk_create(parter):
        per_forbund.setdefault(part.samverkansorganisation_id, []).append(part)
    return per_forbund


def _pengar(parter: list[IngaendeOrganisation], ar: range, saknar_utfall: bool, slump: Random) -> None:
    """Contributions ½ – ¼ – ¼ that rise by two per cent a year; what it has cost is known for the years that have ended."""
    antal = Counter(part.organisation.typ for part in parter)
    hela = KRONOR_PER_KOMMUN * max(1, antal[Typ.KOMMUN])
    budgetar = Budgetar.objects.bulk_create(Budgetar(samverkansorganisation=parter[0].samverkansorganisation, ar=ett) for ett in ar)
    finansiering, kostnader = [], []
    for nr, ett in enumerate(budgetar):
        for part in parter:
            typ = Typ(part.organisation.typ)
            if part.finansiar and typ != Typ.SAMORDNINGSFORBUND:
                andel = ANDEL.get(typ, 0.25) / antal[typ]
                finansiering.append(Finansiering(budgetar=ett, part=part, belopp=round(hela * andel * 1.02**nr / 1000) * 1000))
        kant = ett.ar < ar[-1] and not (saknar_utfall and ett.ar == ar[-2])
        kostnader += [
            AdministrativKostnad(
                budgetar=ett, kostnadstyp=slag, budget=belopp, utfall=round(belopp * slump.uniform(0.9, 1.05)) if kant else None
            )
            for slag, belopp in ADMINISTRATION.items()
        ]
    Finansiering.objects.bulk_create(finansiering)
    AdministrativKostnad.objects.bulk_create(kostnader)
