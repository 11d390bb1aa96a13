"""From a filled-in form to a report: engine, right, röjandekontroll, log. In this order, always."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.text import slugify

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse
from behorigheter.roller import Roll
from rapporter import jamforelse, motor, skydd
from rapporter.definition import Definition
from rapporter.enheter import Enhet, enhet, sida_vid_sida
from rapporter.forms import UrvalForm
from rapporter.skyddstexter import forklaringar
from rapporter.tabell import Diagram, Rapport, Tabell
from rapporter.urval import Niva, Urval
from sus.core.formatering import lista_i_ord
from sus.core.regelbrott import Regelbrott


@dataclass(frozen=True)
class Raknad:
    """What was counted of one selection, and whether the reader may see it as it is.

    `andra_delen` are the same tables about those whom a filter on persons leaves out, for the röjandekontroll.
    """

    enhet: Enhet
    insatser: tuple[int, ...]
    tabeller: list[Tabell]
    andra_delen: list[Tabell]
    exakt: bool = False

    @property
    def urval(self) -> Urval:
        return self.enhet.urval

    def for_lasaren(self, exakt: bool, falt: str = "") -> "Raknad":
        """Protected by itself unless it is seen exactly. Raises Regelbrott at the field that chose it."""
        return replace(self, exakt=True) if exakt else replace(self, tabeller=self._skyddade(falt))

    def _skyddade(self, falt: str) -> list[Tabell]:
        """Raises Regelbrott when the selection is one that the tables are not protected in."""
        if any(skydd.handlar_om_egenskaper(tabell) for tabell in self.tabeller):
            skydd.granska_urval(self.urval, falt)
        andra = _efter_nyckel(self.andra_delen)
        urvalda = bool(self.urval.personer)
        return [skydd.skydda(tabell, med_personfilter=urvalda, andra_delen=andra.get(tabell.nyckel)) for tabell in self.tabeller]


@dataclass(frozen=True)
class Raknat:
    """The selection, the larger one whose shares stand beside it, and the units to compare it with."""

    eget: Raknad
    storre: Raknad | None
    ovriga: list[Raknad]

    @cached_property
    def skyddade_bredvid(self) -> list[str]:
        """What stands protected beside the selection in an exact report, for want of a right to its persons."""
        if not self.eget.exakt:
            return []
        skyddade = [en for en in (*self.ovriga, *filter(None, [self.storre])) if not en.exakt]
        return [
            "riket" if en.urval.niva == Niva.RIKET else en.enhet.rubrik
            for en in skyddade
            if skydd.med_personuppgifter(en.insatser).exists()
        ]

    def for_lasaren(self, niva: str, val: dict, by: Anvandare | None) -> "Raknat":
        """Exact only in an exact report and where the right reaches."""

        def bredvid(raknad: Raknad) -> Raknad:
            return raknad.for_lasaren(niva == skydd.EXAKT and _far_se(raknad.insatser, val, by), "jamfor")

        eget = self.eget.for_lasaren(niva == skydd.EXAKT)
        return Raknat(eget, self.storre and bredvid(self.storre), [bredvid(raknad) for raknad in self.ovriga])


def skapa_rapport(*, definition: Definition, form: UrvalForm, by: Anvandare | None, filformat: str = "") -> Rapport:
    """Make the report of a valid form. `by` None is the system, which sees exact figures.

    `filformat` is that of the file which the report will be, or "" for a page. Exact reports and files are logged with their
    selection and purpose. Raises Regelbrott when the user may not see what was asked for.
    """
    urval, val = form.urval(), form.cleaned_data
    with motor.oppna(urval, aven_med_budget=definition.aven_med_budget) as oppen:
        raknat, hamtad = _rakna_allt(definition, oppen, form), oppen.hamtad()
    niva = _skyddsniva(raknat.eget.insatser, val, by)
    raknat = raknat.for_lasaren(niva, val, by)
    if niva == skydd.EXAKT or filformat:
        antal = sum(len(tabell.rader) for tabell in raknat.eget.tabeller)
        _logga(definition, form, by, format=filformat or "sida", skydd=niva, rader=antal)
    tabeller, diagram, notiser = _sammanstall(definition, raknat, val)
    efter_nyckel = _efter_nyckel(tabeller)
    har_skyddade = niva == skydd.SKYDDAD or bool(raknat.skyddade_bredvid)
    period = urval.i_ord[0][1]
    return Rapport(
        nyckel=definition.nyckel,
        titel=definition.slag(val),
        omslag=f"{definition.titel} {period.lower()}",
        plats=urval.plats,
        urval=urval.i_ord,
        tabeller=tuple(tabeller),
        diagram=tuple(ett for ett in diagram if ett.visar_tal),
        notiser=(*definition.notiser(efter_nyckel, urval), *notiser),
        tackning=definition.tackning(efter_nyckel, urval),
        redogorelser=tuple(definition.redogorelser(urval, val)),
        definitioner=(*definition.definitioner(val, urval), *(forklaringar(tabeller) if har_skyddade else [])),
        skydd=niva,
        spridning=skydd.SPRIDNING[niva],
        spridning_mer=definition.spridning(val) if niva == skydd.EXAKT else f"{skydd.ROJANDEKONTROLL[niva]}.",
        rojandekontroll=skydd.ROJANDEKONTROLL[niva],
        hamtad=hamtad,
        framtagen_av=str(by) if by else "SUS",
        filnamn=slugify(f"{definition.nyckel} {val.get('typ') or ''} {urval.plats} {_tid(urval)} {niva}"),
    )


def _rakna_allt(definition: Definition, oppen: motor.Motor, form: UrvalForm) -> Raknat:
    def rakna(en: Enhet, motor_: motor.Motor) -> Raknad:
        andra = definition.tabeller(motor_.for_urval(en.urval.andra_delen), form.cleaned_data) if en.urval.andra_delen else []
        return Raknad(en, motor_.insatser, definition.tabeller(motor_, form.cleaned_data), andra)

    egen, *ovriga = form.enheter() or [enhet(oppen.urval, oppen.urval.plats)]
    storre = form.storre_urval()
    return Raknat(
        eget=rakna(egen, oppen),
        storre=rakna(enhet(storre, storre.plats), oppen.for_urval(storre)) if storre else None,
        ovriga=[rakna(en, oppen.for_urval(en.urval)) for en in ovriga],
    )


def _sammanstall(definition: Definition, raknat: Raknat, val: dict) -> tuple[list[Tabell], list[Diagram], list[str]]:
    """Tables, diagrams and notices of what the reader may see, put together."""
    eget, tabeller, notiser = raknat.eget, raknat.eget.tabeller, _notiser(raknat.skyddade_bredvid)
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


def _notiser(skyddade: Sequence[str]) -> list[str]:
    return [f"Talen är skyddade för {lista_i_ord(skyddade)}, där du inte har uppdrag i alla insatser."] if skyddade else []


def _logga(definition: Definition, form: UrvalForm, by: Anvandare | None, **detaljer) -> None:
    andamal = form.cleaned_data.get("andamal") or ""
    logga(Handelse.Typ.RAPPORT_SKAPAD, by=by, rapport=definition.nyckel, urval=form.adress(), andamal=andamal, **detaljer)


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
        return Regelbrott("Inga insatser pågår i urvalet. Välj en annan period eller ett annat urval.", falt)
    if not skydd.med_personuppgifter(insatser).exists():
        return Regelbrott("Urvalet har bara volyminsatser, som inte har några personuppgifter. Välj ett annat urval.", falt)
    if by and Roll.FK_ANALYTIKER in by.gallande_roller:
        return Regelbrott("Skriv vad uppgifterna ska användas till. Ändamålet sparas i loggen.", "andamal")
    return Regelbrott("Du har inte uppdrag i alla insatser i urvalet och kan bara se den skyddade versionen.", "skydd")
