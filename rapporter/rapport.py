"""From a filled-in form to a report: engine, right, röjandekontroll, log. In this order, always."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.text import slugify

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse
from behorigheter.roller import Roll
from rapporter import jamforelse, motor, skydd
from rapporter.definition import Definition
from rapporter.enheter import Enhet, enhet, sida_vid_sida
from rapporter.forms import UrvalForm
from rapporter.rojande import Urvalsdel
from rapporter.skyddat_urval import granska_urval
from rapporter.skyddstexter import forklaringar
from rapporter.tabell import Diagram, Rapport, Tabell
from rapporter.urval import Niva, Urval
from sus.core.formatering import gemen, lista_i_ord
from sus.core.regelbrott import Regelbrott

INGA_INSATSER = "Inga insatser pågår i urvalet. Välj en annan period eller ett annat urval."
UTAN_DELTAGARE = f"Behövs inte, för det finns inga uppgifter om deltagare (regler version {skydd.VERSION})"
BARA_VOLYM = "Urvalet har bara volyminsatser, som inte har några personuppgifter. Välj ett annat urval."


@dataclass(frozen=True)
class Raknad:
    """What the reader may see of one selection. It is protected by itself unless it is seen exactly, or holds no persons to protect."""

    enhet: Enhet
    insatser: tuple[int, ...]
    tabeller: list[Tabell]
    exakt: bool
    har_personer: bool

    @property
    def urval(self) -> Urval:
        return self.enhet.urval

    @property
    def ar_skyddad(self) -> bool:
        return self.har_personer and not self.exakt


@dataclass(frozen=True)
class Raknat:
    """The selection, the larger one whose shares stand beside it, and the units to compare it with."""

    eget: Raknad
    storre: Raknad | None
    ovriga: list[Raknad]

    @property
    def skyddade_bredvid(self) -> list[str]:
        """What stands protected beside the selection in an exact report, for want of a right to its persons."""
        bredvid = [*self.ovriga, *filter(None, [self.storre])] if self.eget.exakt else []
        return ["riket" if en.urval.niva == Niva.RIKET else en.enhet.rubrik for en in bredvid if en.ar_skyddad]


def skapa_rapport(*, definition: Definition, form: UrvalForm, by: Anvandare | None, filformat: str = "") -> Rapport:
    """Make the report of a valid form. `by` None is the system, which sees exact figures.

    `filformat` is that of the file which the report will be, or "" for a page. Exact reports and files are logged with their
    selection and purpose. Raises Regelbrott when the user may not see what was asked for.
    """
    urval, val = form.urval(), form.cleaned_data
    niva, raknat, hamtad = _rakna_allt(definition, form, by)
    if niva == skydd.EXAKT or filformat:
        antal = sum(len(tabell.rader) for tabell in raknat.eget.tabeller)
        _logga(definition, form, by, format=filformat or "sida", skydd=niva, rader=antal)
    tabeller, diagram, notiser = _sammanstall(definition, raknat, val)
    efter_nyckel = _efter_nyckel(tabeller)
    har_skyddade = niva == skydd.SKYDDAD or bool(raknat.skyddade_bredvid)
    om_deltagare = any(tabell.om_deltagare for tabell in tabeller)
    rojandekontroll = _rojandekontroll(niva, raknat) if om_deltagare else UTAN_DELTAGARE
    ar_skyddad = om_deltagare and niva == skydd.SKYDDAD
    period = urval.i_ord[0][1]
    return Rapport(
        nyckel=definition.nyckel,
        titel=definition.slag(val),
        omslag=f"{definition.titel} {period.lower()}",
        plats=urval.plats,
        urval=urval.i_ord,
        tabeller=tuple(tabeller),
        diagram=tuple(ett for ett in diagram if ett.visar_nagot),
        notiser=(*definition.notiser(efter_nyckel, urval), *notiser),
        tackning=definition.tackning(efter_nyckel, urval),
        redogorelser=tuple(definition.redogorelser(urval, val)),
        definitioner=(*definition.definitioner(val, urval), *(forklaringar(tabeller) if har_skyddade else [])),
        skydd=niva,
        spridning=skydd.SPRIDNING[niva if om_deltagare else skydd.SKYDDAD],
        spridning_mer=f"Röjandekontroll: {gemen(rojandekontroll)}." if ar_skyddad else definition.spridning(val),
        rojandekontroll=rojandekontroll,
        hamtad=hamtad,
        framtagen_av=str(by) if by else "SUS",
        filnamn=slugify(
            f"{definition.nyckel} {val.get('typ') or ''} {urval.plats} {_jamford(val)} {_tid(urval)} {niva if om_deltagare else ''}"
        ),
    )


def _rakna_allt(definition: Definition, form: UrvalForm, by: Anvandare | None) -> tuple[str, Raknat, datetime]:
    """The level, the figures and their moment. The right to the insatser is asked about before anything is counted of them."""
    urval, storre, val = form.urval(), form.storre_urval(), form.cleaned_data
    egen, *ovriga = form.enheter() or [enhet(urval, urval.plats)]
    enheter = [egen, *ovriga, *([enhet(storre, storre.plats)] if storre else [])]
    insatser = motor.insatser_i([en.urval for en in enheter], aven_med_budget=definition.aven_med_budget)
    niva = _skyddsniva(insatser[0], val, by)
    exakta = [niva == skydd.EXAKT, *(niva == skydd.EXAKT and _far_se(dess, val, by) for dess in insatser[1:])]
    with motor.oppna(urval, insatser[0]) as oppen:
        alla = [
            _rakna(definition, replace(oppen, urval=en.urval, insatser=dess), en, val, exakt=exakt, falt="" if en is egen else "jamfor")
            for en, dess, exakt in zip(enheter, insatser, exakta, strict=True)
        ]
        return niva, Raknat(alla[0], alla.pop() if storre else None, alla[1:]), oppen.hamtad()


def _rakna(definition: Definition, fragad: motor.Motor, en: Enhet, val: dict, *, exakt: bool, falt: str) -> Raknad:
    """Raises Regelbrott, at the field that chose the unit, when its tables are not protected in such a selection."""
    tabeller, har_personer = definition.tabeller(fragad, val), fragad.har_personer
    if har_personer and not exakt:
        if any(map(skydd.handlar_om_egenskaper, tabeller)):
            granska_urval(en.urval, falt)
        tabeller = _skyddade(definition, fragad, tabeller, val)
    return Raknad(en, fragad.insatser, tabeller, exakt, har_personer)


def _skyddade(definition: Definition, fragad: motor.Motor, tabeller: Sequence[Tabell], val: dict) -> list[Tabell]:
    """Also asked, for what they would tell: those whom a filter on persons leaves out, all without it, and the parts of the selection."""
    urval = fragad.urval
    andra, alla = (_tabeller_for(definition, fragad, annat, val) for annat in (urval.andra_delen, urval.utan_personfilter))
    satt = fragad.uppdelningar() if any(map(skydd.har_delar, tabeller)) else []
    uppdelningar = [[_urvalsdelar(definition, del_, val) for del_ in delar] for delar in satt]
    skyddade: dict[str, Tabell] = {}
    for tabell in tabeller:
        skyddade[tabell.nyckel] = skydd.skydda(
            tabell,
            med_personfilter=bool(urval.personer),
            andra_delen=andra.get(tabell.nyckel),
            ofiltrerad=alla.get(tabell.nyckel),
            uppdelningar=[[del_[tabell.nyckel] for del_ in delar if tabell.nyckel in del_] for delar in uppdelningar],
            bas=skydd.skriven_bas(tabell, skyddade),
        )
    return list(skyddade.values())


def _urvalsdelar(definition: Definition, del_: motor.Motor, val: dict) -> dict[str, Urvalsdel]:
    """The tables of a part of the selection."""
    andra, alla = (_tabeller_for(definition, del_, annat, val) for annat in (del_.urval.andra_delen, del_.urval.utan_personfilter))
    egna = _efter_nyckel(definition.tabeller(del_, val))
    return {nyckel: Urvalsdel(tabell, andra.get(nyckel), alla.get(nyckel)) for nyckel, tabell in egna.items()}


def _tabeller_for(definition: Definition, fragad: motor.Motor, urval: Urval | None, val: dict) -> dict[str, Tabell]:
    """The same tables of other deltagare in the same insatser, where there are such."""
    return _efter_nyckel(definition.tabeller(replace(fragad, urval=urval), val)) if urval else {}


def _sammanstall(definition: Definition, raknat: Raknat, val: dict) -> tuple[list[Tabell], list[Diagram], list[str]]:
    """Tables, diagrams and notices of what the reader may see, put together."""
    eget, tabeller, notiser = raknat.eget, raknat.eget.tabeller, _notiser(raknat)
    if raknat.storre:
        notiser.append(jamforelse.urvalets_del(tabeller, raknat.storre.tabeller, val["jamfor"]))
        tabeller = jamforelse.bredvid(tabeller, raknat.storre.tabeller, val["jamfor"])
    tabeller = list(definition.ordnade(_med_noter(definition, tabeller, eget.urval, val), val))
    if not raknat.ovriga:
        return tabeller, list(definition.diagram(_efter_nyckel(tabeller), eget.urval, val)), notiser
    sidor = [(eget.enhet, tabeller), *((en.enhet, _med_noter(definition, en.tabeller, en.urval, val)) for en in raknat.ovriga)]
    diagram = definition.jamforelsediagram([(en, _efter_nyckel(dess)) for en, dess in sidor], val)
    return sida_vid_sida(sidor), list(diagram), notiser


def _med_noter(definition: Definition, tabeller: Sequence[Tabell], urval: Urval, val: dict) -> list[Tabell]:
    noter = definition.noter(_efter_nyckel(tabeller), urval, val)
    return [replace(tabell, noter=(*tabell.noter, *noter.get(tabell.nyckel, ()))) for tabell in tabeller]


def _efter_nyckel(tabeller: Sequence[Tabell]) -> dict[str, Tabell]:
    return {tabell.nyckel: tabell for tabell in tabeller}


def _notiser(raknat: Raknat) -> list[str]:
    skyddade, eget = raknat.skyddade_bredvid, raknat.eget
    if not eget.har_personer and any(map(skydd.handlar_om_egenskaper, eget.tabeller)):
        return [BARA_VOLYM if eget.insatser else INGA_INSATSER]
    return [f"Talen är skyddade för {lista_i_ord(skyddade)}, där du inte har rätt till exakta tal i alla insatser."] if skyddade else []


def _logga(definition: Definition, form: UrvalForm, by: Anvandare | None, **detaljer) -> None:
    andamal = form.cleaned_data.get("andamal") or ""
    logga(Handelse.Typ.RAPPORT_SKAPAD, by=by, rapport=definition.nyckel, urval=form.adress(), andamal=andamal, **detaljer)


def _rojandekontroll(niva: str, raknat: Raknat) -> str:
    """Whether the control has been applied, and to what when exact figures stand beside protected ones."""
    if skyddade := raknat.skyddade_bredvid:
        return f"Tillämpad för {lista_i_ord(skyddade)} (regler version {skydd.VERSION}), men inte i övrigt"
    return skydd.ROJANDEKONTROLL[niva]


def _jamford(val: dict) -> str:
    """In a file name: the same report may also be saved without what it is compared with."""
    return f"jämfört med {val['jamfor']}" if val.get("jamfor") else ""


def _tid(urval: Urval) -> str:
    """The period in a file name."""
    if urval.hela_ar:
        return f"{urval.fran.year}" if urval.fran.year == urval.till.year else f"{urval.fran.year}-{urval.till.year}"
    fran, till = f"{urval.fran:%Y-%m}", f"{urval.till:%Y-%m}"
    return fran if fran == till else f"{fran} {till}"


def _far_se(insatser: tuple[int, ...], val: dict, by: Anvandare | None) -> bool:
    return skydd.far_se_exakt(by, insatser, val.get("andamal") or "")


def _skyddsniva(insatser: tuple[int, ...], val: dict, by: Anvandare | None) -> str:
    onskad = val.get("skydd")
    if onskad == skydd.SKYDDAD:
        return skydd.SKYDDAD
    if _far_se(insatser, val, by):
        return skydd.EXAKT
    if onskad == skydd.EXAKT:
        raise _avslag(insatser, val, by)
    return skydd.SKYDDAD


def _avslag(insatser: tuple[int, ...], val: dict, by: Anvandare | None) -> Regelbrott:
    """Why the user gets no exact figures, at the field where it can be mended."""
    falt = {"organisation": "organisation", "insats": "insats", "lan": "lan"}.get(val["niva"], "niva")
    if not insatser:
        return Regelbrott(INGA_INSATSER, falt)
    if not skydd.med_personuppgifter(insatser).exists():
        return Regelbrott(BARA_VOLYM, falt)
    if by and Roll.FK_ANALYTIKER in by.gallande_roller:
        return Regelbrott("Skriv vad uppgifterna ska användas till. Ändamålet sparas i loggen.", "andamal")
    return Regelbrott("Du har inte rätt till exakta tal i alla insatser i urvalet och kan bara se den skyddade versionen.", "skydd")
