"""Förbund whose figures look incomplete, each with why: what to ask for before a national report is printed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rapporter.brister import brister
from rapporter.forbund import forbund, med_finansiering
from rapporter.matt import ANTAL, AVSLUTADE_MATT, AVSLUTADE_MED_MATNING
from rapporter.motor import Motor
from rapporter.tabell import Kolumn, Rad, Tabell
from sus.core.formatering import andel, antal_i_ord, procent
from sus.core.sortering import sortnyckel

OFULLSTANDIGA = "ofullstandiga"
LAG = 50  # per cent: below it, most of those whom the figures are about are not in them
KOLUMNER = (Kolumn("samverkansorganisation", "Samverkansorganisation"), Kolumn("lan", "Län"), Kolumn("brister", "Vad som saknas"))
INGET_SAKNAS = "Inget förbund har uppgifter som ser ofullständiga ut."
INGA_PENGAR_SAKNAS = "Inget förbund har uppgifter om insatser och pengar som ser ofullständiga ut."


def ofullstandiga(motor: Motor) -> Tabell:
    """Protected, only what is about förbund, insatser and money: the rest would tell of deltagare."""
    antal = motor.rakna([ANTAL, AVSLUTADE_MATT, AVSLUTADE_MED_MATNING], [("samverkansorganisation",)])
    ar, saknas, finansierade = motor.arsvarden(), brister(motor), med_finansiering(motor)
    rader: list[Rad] = []
    skyddade: list[Rad] = []
    for ett in sorted(forbund(motor), key=lambda ett: sortnyckel(ett.namn)):
        nyckel = {"samverkansorganisation": ett.id}
        utan_lan = [] if ett.lan else ["Län saknas."]
        oppet = [*utan_lan, *_om_pengar(ar.rad(**nyckel)["insatser"], saknas.rad(**nyckel), ett.id in finansierade)]
        om_deltagare = list(_om_deltagare(ar.rad(**nyckel), antal.rad(**nyckel)))
        for lista, texter in ((rader, [*oppet, *om_deltagare]), (skyddade, oppet)):
            if texter:
                lista.append(Rad((ett.namn, ett.lansnamn, " ".join(texter))))
    return replace(_tabell(rader, INGET_SAKNAS), skyddad=_tabell(skyddade, INGA_PENGAR_SAKNAS))


def _tabell(rader: list[Rad], annars: str) -> Tabell:
    return Tabell(OFULLSTANDIGA, "Förbund med ofullständiga uppgifter", KOLUMNER, tuple(rader), visas_inte="" if rader else annars)


def _om_pengar(insatser: int, saknas: Mapping, ar_finansierad: bool) -> Iterator[str]:
    if not insatser:
        yield "Inga insatser pågick."
    if not ar_finansierad:
        yield "Medelstillgångar är inte registrerade."
    for nyckel, vad in (("saknar_budget", "Budget"), ("saknar_utfall", "Utfall"), ("saknar_planerat", "Planerat antal")):
        if saknas[nyckel]:
            yield f"{vad} saknas i {antal_i_ord(saknas[nyckel], 'insats', 'insatser')} av {insatser}."


def _om_deltagare(ar: Mapping, antal: Mapping) -> Iterator[str]:
    alla = antal[ANTAL.slug] + (ar["anonyma"] or 0) + (ar["aterkallade"] or 0)
    tackning = andel(antal[ANTAL.slug], alla)
    if ar["med_personuppgifter"] and not antal[ANTAL.slug]:
        yield "Inga deltagare med personuppgifter är registrerade."
    elif tackning is not None and tackning < LAG:
        yield f"Täckningen är {procent(tackning)}."
    matta = andel(antal[AVSLUTADE_MED_MATNING.slug], antal[AVSLUTADE_MATT.slug])
    if matta is not None and matta < LAG:
        yield f"Bara {procent(matta)} av de avslutade har en mätning efter insatsen."
