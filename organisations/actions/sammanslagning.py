"""Slå ihop: several samverkansorganisationer become a new one, and their history stays where it is."""

from datetime import timedelta

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from organisations.actions.avslut import Hinder, SlutHindras, krav_pa_slut
from organisations.actions.omrade import andra_omrade
from organisations.actions.parter import ROLLER, andra_parter
from organisations.actions.samverkansorganisation import andra_samverkansorganisation, skapa_samverkansorganisation
from organisations.models import IngaendeOrganisation, Organisation, Samverkansorganisation
from sus.core.regelbrott import Regelbrott

VALJ_TVA = "Välj minst två samverkansorganisationer."


@transaction.atomic
def sla_ihop(*, samverkansorganisationer, sista_dag, uppgifter, administrator, by):
    """End them on the day and begin a new one the day after, with the områden and parties of them all (docs/regler.md 3.2).

    `uppgifter` are the new one's fields but samverkansform, start and län. Insatser, budgets and deltaganden stay with the old
    ones. Raises Regelbrott when they cannot become one, and SlutHindras when one of them cannot end on the day.
    """
    gamla = _lasta(samverkansorganisationer)
    _kan_bli_en(gamla)
    _kan_sluta(gamla, sista_dag)
    ny = skapa_samverkansorganisation(
        uppgifter=uppgifter
        | {"samverkansform": gamla[0].samverkansform, "startdatum": sista_dag + timedelta(days=1), "lan": _gemensamt_lan(gamla)},
        administrator=administrator,
        by=by,
    )
    for gammal in gamla:
        gammal = andra_samverkansorganisation(samverkansorganisation=gammal, uppgifter={"slutdatum": sista_dag}, by=by)
        gammal.uppgick_i = ny
        gammal.save(update_fields=["uppgick_i"])
    kommuner, stadsdelar = samlat_omrade(gamla)
    if kommuner or stadsdelar:
        andra_omrade(samverkansorganisation=ny, kommuner=kommuner, stadsdelar=stadsdelar, by=by)
    if parter := [*samlade_parter(gamla), *_forbundet(ny)]:
        andra_parter(samverkansorganisation=ny, parter=parter, by=by)
    namn = [str(gammal) for gammal in gamla]
    logga(Handelse.Typ.SAMVERKANSORGANISATION_SAMMANSLAGEN, pa=ny, by=by, sammanslagna=namn, sista_dag=sista_dag.isoformat())
    return Samverkansorganisation.objects.get(pk=ny.pk)


def _lasta(samverkansorganisationer):
    """In the order of their keys, so that two who merge the same ones wait for each other."""
    nycklar = [rad.pk for rad in samverkansorganisationer]
    rader = Samverkansorganisation.objects.select_for_update(of=("self",)).select_related("uppgick_i", "lan")
    return list(rader.filter(pk__in=nycklar).order_by("pk"))


def _kan_bli_en(gamla):
    if len(gamla) < 2:
        raise Regelbrott(VALJ_TVA, falt="slas_ihop")
    if len({gammal.samverkansform for gammal in gamla}) > 1:
        raise Regelbrott("Välj samverkansorganisationer som har samma samverkansform.", falt="slas_ihop")
    for gammal in gamla:
        if gammal.uppgick_i:
            raise Regelbrott(f"{gammal} har redan uppgått i {gammal.uppgick_i}.", falt="slas_ihop")
        if gammal.ar_avslutad:
            raise Regelbrott(f"{gammal} avslutades {gammal.slutdatum} och kan inte slås ihop.", falt="slas_ihop")


def _kan_sluta(gamla, sista_dag):
    """The conditions of each end, gathered so that all are seen at once."""
    meningar, hinder = [], []
    for gammal in gamla:
        if sista_dag < gammal.startdatum:
            raise Regelbrott(f"{gammal} börjar {gammal.startdatum}. Välj en sista dag som inte är före dess.", falt="sista_dag")
        try:
            krav_pa_slut(gammal, sista_dag)
        except SlutHindras as brott:
            meningar.append(f"{gammal}: {brott.text}")
            hinder += [Hinder(f"{gammal}: {rad.text}", rad.lank) for rad in brott.hinder]
    if hinder:
        raise SlutHindras(" ".join(meningar), hinder, falt="sista_dag")


def _gemensamt_lan(gamla):
    """Which county the new one is counted to: the one that most of them had, the first of them when it is even."""
    lan = [gammal.lan for gammal in gamla if gammal.lan]
    return max(lan, key=lan.count) if lan else None


def samlat_omrade(gamla):
    """(kommuner, stadsdelar) of all of them, each once. A whole kommun takes the place of its stadsdelar."""
    omraden = [
        omrade for gammal in gamla for omrade in gammal.omraden.select_related("kommun__lan", "stadsdel__kommun__lan").order_by("pk")
    ]
    kommuner = {omrade.kommun_id: omrade.kommun for omrade in omraden if omrade.kommun}
    stadsdelar = {omrade.stadsdel_id: omrade.stadsdel for omrade in omraden if omrade.stadsdel}
    return list(kommuner.values()), [stadsdel for stadsdel in stadsdelar.values() if stadsdel.kommun_id not in kommuner]


def samlade_parter(gamla):
    """Unsaved parties, each organisation once with every role that it has somewhere. The old samordningsförbund are left out."""
    samlade: dict[int, IngaendeOrganisation] = {}
    for gammal in gamla:
        for part in gammal.parter.i_ordning().exclude(organisation__typ=Organisation.Typ.SAMORDNINGSFORBUND, konsument=True):
            ny = samlade.setdefault(part.organisation_id, IngaendeOrganisation(organisation=part.organisation))
            for roll in ROLLER:
                setattr(ny, roll, getattr(ny, roll) or getattr(part, roll))
    return list(samlade.values())


def _forbundet(ny):
    """The new samordningsförbund's own part: it uses the money, and brings eget kapital."""
    if not ny.ar_finsam:
        return []
    forbund = Organisation.objects.filter(typ=Organisation.Typ.SAMORDNINGSFORBUND, namn__iexact=ny.forbundsnamn)
    return [IngaendeOrganisation(organisation=organisation, finansiar=True, konsument=True) for organisation in forbund]
