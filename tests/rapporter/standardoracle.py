"""Standardrapport deltagare computed a second time: plain Python over plain rows, built on the oracle of Deltagarrapport."""

from tests.rapporter import oracle


def sysselsattning(poster, fran, till, given=None):
    return {"sysselsattning": oracle.sysselsattning(poster, fran, till)["sysselsattning"][2:]}


def uppdelad(poster, fran, till, given=None):
    alla = oracle.sysselsattning(poster, fran, till)["sysselsattning"]
    return {"sysselsattning_uppdelad": [alla[nr] for nr in (0, 1, 3, 4)]}


def _andelar(rader, alla, sista):
    return [[text, *oracle.uppdelad(del_), oracle.hel_procent(len(del_), len(alla))] for text, del_ in [*rader, (sista, alla)]]


def resultat(poster, fran, till, given=None):
    matta = oracle.med_matning(poster, fran, till)
    arbetar = [p for p in matta if p.efter.arbete is not None]
    studerar = [p for p in matta if p.efter.studier is not None]
    nagot = [p for p in matta if p in arbetar or p in studerar]
    mer = [p for p in nagot if (p.efter.arbete or 0) > (p.fore.arbete or 0) or (p.efter.studier or 0) > (p.fore.studier or 0)]
    rader = [("Arbetar", arbetar), ("Studerar", studerar), ("Arbetar och/eller studerar", nagot)]
    return {
        "resultat": _andelar(rader, matta, "Avslutade med mätning"),
        "okning": _andelar([("Börjat eller ökat", mer)], nagot, "Arbetar och/eller studerar"),
    }


def forsorjning(poster, fran, till, given=None):
    return oracle.forsorjning(poster, fran, till)


def efter_given(poster, fran, till, given):
    matta = [p for p in oracle.med_matning(poster, fran, till) if given in p.fore.forsorjning]
    rader = [(text, [p for p in matta if nr in p.efter.forsorjning]) for nr, text in enumerate(oracle.FORSORJNINGAR)]
    return {"forsorjning_efter_given": _andelar(rader, matta, "Avslutade med mätning")}


def tid(poster, fran, till, given=None):
    return oracle.tid(poster, fran, till)


TYPER = {
    "sysselsattning": sysselsattning,
    "sysselsattning-uppdelad": uppdelad,
    "resultat": resultat,
    "forsorjning": forsorjning,
    "forsorjning-efter-given": efter_given,
    "tid": tid,
}
UTAN_UNDERLAG = {"tid"}


def tabeller(typ, poster, fran, till, given=None, alla=None, insatser=()):
    """Every table of the report about these posts alone. `alla`: the posts before a filter on persons, in the `insatser`."""
    alla = poster if alla is None else alla
    if given is not None:
        poster = [p for p in poster if given in p.fore.forsorjning]
    underlag = {} if typ in UTAN_UNDERLAG else {"underlag": oracle.underlag(poster, fran, till)}
    return {"tackning": oracle.tackning(poster, fran, till, alla, insatser), **underlag, **TYPER[typ](poster, fran, till, given)}


def sida_vid_sida(enheter):
    """The tables of several units as one: a row per unit where there are only figures, else a block of columns per unit."""
    forsta = enheter[0][1]
    return {nyckel: _ihop([(namn, dess[nyckel]) for namn, dess in enheter]) for nyckel in forsta}


def _ihop(delar):
    if not isinstance(delar[0][1][0][0], str):
        return [[namn, *rad] for namn, rader in delar for rad in rader]
    return [[rader[0][0], *(cell for rad in rader for cell in rad[1:])] for rader in zip(*(rader for _, rader in delar), strict=True)]
