"""From a filled-in form to a report: engine, right, röjandekontroll, log. In this order, always."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.text import slugify

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse
from behorigheter.roller import Roll
from rapporter import jamforelse, motor, skydd
from rapporter.definition import Definition
from rapporter.enheter import Enhet, sida_vid_sida
from rapporter.forms import UrvalForm
from rapporter.tabell import Rapport, Tabell
from rapporter.urval import Urval
from sus.core.formatering import lista_i_ord
from sus.core.regelbrott import Regelbrott


def skapa_rapport(*, definition: Definition, form: UrvalForm, by: Anvandare | None, filformat: str = "") -> Rapport:
    """Make the report of a valid form. `by` None is the system, which sees exact figures.

    `filformat` is that of the file which the report will be, or "" for a page. Exact reports and files are logged with their
    selection and purpose. Raises Regelbrott when the user may not see what was asked for.
    """
    urval, enheter, val = form.urval(), form.enheter(), form.cleaned_data
    with motor.oppna(urval, aven_med_budget=definition.aven_med_budget) as oppen:
        insatser, hamtad = oppen.insatser, oppen.hamtad()
        tabeller = definition.tabeller(oppen, val)
        storre = form.storre_urval()
        bredvid = oppen.for_urval(storre) if storre else None
        andra = definition.tabeller(bredvid, val) if bredvid else []
        ovriga = [_rakna(definition, oppen.for_urval(en.urval), en, val) for en in enheter[1:]]
    niva = _skyddsniva(insatser, val, by)
    if niva != skydd.EXAKT:
        tabeller = _skyddade(tabeller, urval)
    ovriga = [_for_lasaren(en, niva, val, by) for en in ovriga]
    if niva == skydd.EXAKT or filformat:
        _logga(definition, form, by, format=filformat or "sida", skydd=niva, rader=sum(len(tabell.rader) for tabell in tabeller))
    notiser = []
    if bredvid:
        andra_exakta = niva == skydd.EXAKT and _far_se(bredvid.insatser, val, by)
        if not andra_exakta:
            andra = _skyddade(andra, bredvid.urval, falt="jamfor")
        notiser.append(jamforelse.urvalets_del(tabeller, andra, val["jamfor"]))
        tabeller = jamforelse.bredvid(tabeller, andra, val["jamfor"])
    tabeller = list(definition.ordnade(_med_noter(definition, tabeller, urval, val), val))
    if ovriga:
        notiser += _skyddade_i_ord(ovriga) if niva == skydd.EXAKT else []
        sidor = [(enheter[0], tabeller), *((en.enhet, _med_noter(definition, en.tabeller, en.enhet.urval, val)) for en in ovriga)]
        diagram = definition.jamforelsediagram([(en, _efter_nyckel(dess)) for en, dess in sidor], val)
        tabeller = sida_vid_sida(sidor)
    else:
        diagram = definition.diagram(_efter_nyckel(tabeller), urval, val)
    efter_nyckel = _efter_nyckel(tabeller)
    period = urval.i_ord[0][1]
    return Rapport(
        nyckel=definition.nyckel,
        titel=definition.slag(val),
        omslag=f"{definition.titel} {period.lower()}",
        plats=urval.plats,
        slag=definition.slag(val),
        urval=urval.i_ord,
        tabeller=tuple(tabeller),
        diagram=tuple(diagram),
        notiser=(*definition.notiser(efter_nyckel, urval), *notiser),
        tackning=definition.tackning(efter_nyckel, urval),
        redogorelser=tuple(definition.redogorelser(urval, val)),
        definitioner=(*definition.definitioner(val, urval), *(skydd.forklaringar(tabeller) if niva == skydd.SKYDDAD else [])),
        skydd=niva,
        spridning=skydd.SPRIDNING[niva],
        spridning_mer=definition.spridning(val) if niva == skydd.EXAKT else skydd.TILLAMPAD,
        rojandekontroll=skydd.ROJANDEKONTROLL[niva],
        hamtad=hamtad,
        framtagen_av=str(by) if by else "SUS",
        filnamn=slugify(f"{definition.nyckel} {urval.plats} {_tid(urval)}"),
    )


def _med_noter(definition: Definition, tabeller: Sequence[Tabell], urval: Urval, val: dict) -> list[Tabell]:
    noter = definition.noter(_efter_nyckel(tabeller), urval, val)
    return [replace(tabell, noter=(*tabell.noter, *noter.get(tabell.nyckel, ()))) for tabell in tabeller]


def _efter_nyckel(tabeller: Sequence[Tabell]) -> dict[str, Tabell]:
    return {tabell.nyckel: tabell for tabell in tabeller}


@dataclass(frozen=True)
class Raknad:
    """A unit that stands beside the selection: what was counted of it, and whether the reader may see it as it is."""

    enhet: Enhet
    insatser: tuple[int, ...]
    tabeller: list[Tabell]
    exakt: bool = False


def _rakna(definition: Definition, oppen: motor.Motor, enhet: Enhet, val: dict) -> Raknad:
    return Raknad(enhet, oppen.insatser, definition.tabeller(oppen, val))


def _for_lasaren(raknad: Raknad, niva: str, val: dict, by: Anvandare | None) -> Raknad:
    """Exact only in an exact report and where the right reaches; each unit is protected by itself."""
    if niva == skydd.EXAKT and _far_se(raknad.insatser, val, by):
        return replace(raknad, exakt=True)
    return replace(raknad, tabeller=_skyddade(raknad.tabeller, raknad.enhet.urval, falt="jamfor"))


def _skyddade_i_ord(ovriga: Sequence[Raknad]) -> list[str]:
    """Which units stand protected in an exact report."""
    namn = [en.enhet.rubrik for en in ovriga if not en.exakt]
    return [f"Talen är skyddade för {lista_i_ord(namn)}, där du inte har uppdrag i alla insatser."] if namn else []


def _logga(definition: Definition, form: UrvalForm, by: Anvandare | None, **detaljer) -> None:
    andamal = form.cleaned_data.get("andamal") or ""
    logga(Handelse.Typ.RAPPORT_SKAPAD, by=by, rapport=definition.nyckel, urval=form.adress(), andamal=andamal, **detaljer)


def _tid(urval: Urval) -> str:
    """The period in a file name."""
    if (urval.fran.month, urval.till.month) == (1, 12):
        return f"{urval.fran.year}" if urval.fran.year == urval.till.year else f"{urval.fran.year}-{urval.till.year}"
    return f"{urval.fran:%Y-%m} {urval.till:%Y-%m}"


def _far_se(insatser: tuple[int, ...], val: dict, by: Anvandare | None) -> bool:
    return skydd.far_se_exakt(by, insatser, val.get("andamal") or "")


def _skyddade(tabeller: Sequence[Tabell], urval: Urval, falt: str = "") -> list[Tabell]:
    """Raises Regelbrott when the selection is one that the tables are not protected in."""
    if any(skydd.handlar_om_egenskaper(tabell) for tabell in tabeller):
        skydd.granska_urval(urval, falt)
    return [skydd.skydda(tabell, med_personfilter=bool(urval.personer)) for tabell in tabeller]


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
