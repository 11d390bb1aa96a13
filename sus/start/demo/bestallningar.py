"""The demo's orders of behörighet, one in each state, made through the same actions as the pages."""

from datetime import date, timedelta

from behorigheter.actions.bestallning import (
    aterta_bestallning,
    avsla_bestallning,
    bestall_for_annan,
    bestall_for_sig_sjalv,
    signera_bestallning,
    utfarda_bestallning,
)
from behorigheter.models import Anvandare, Bestallning
from behorigheter.roller import Roll
from sus.core.personnummer import tolka

# Made up: the birth numbers 980 to 999 are given to nobody.
PERSONER = {
    "Olle Sandberg": ("197001019806", Roll.INSATSANSVARIG),
    "Malin Persson": ("197001019814", Roll.RAPPORT),
    "Sara Lindqvist": ("197001019822", Roll.DELTAGARANSVARIG),
    "Bo Wallin": ("197001019830", Roll.INSATSANSVARIG),
    "Elin Forsgren": ("197001019848", Roll.DELTAGARANSVARIG),
}


def skapa_bestallningar(idag: date) -> None:
    """At the beställare's organisation: to sign, to decide, issued (and soon at its end), refused and withdrawn."""
    ulf, sofia, karin = (Anvandare.objects.get(anvandarnamn=namn) for namn in ("bestallare", "utfardare", "deltagaransvarig"))
    bestall_for_sig_sjalv(
        epost=karin.epost, telefon="070-000 00 01", roller=[Roll.DELTAGARANSVARIG, Roll.RAPPORT], **_period(idag, 365), by=karin
    )
    _bestall("Olle Sandberg", idag, 730, ulf)
    _signera(_bestall("Elin Forsgren", idag, 730, ulf), ulf)
    utfarda_bestallning(bestallning=_signera(_bestall("Malin Persson", idag, 45, ulf), ulf), by=sofia)
    avsla_bestallning(
        bestallning=_signera(_bestall("Sara Lindqvist", idag, 365, ulf), ulf),
        lage=Bestallning.Status.SIGNERAD,
        skal="Telefonnumret går inte fram. Gör en ny beställning med rätt nummer.",
        by=sofia,
    )
    aterta_bestallning(bestallning=_bestall("Bo Wallin", idag, 365, ulf), by=ulf)


def _period(idag, dagar):
    return {"fran": idag, "till": idag + timedelta(days=dagar)}


def _bestall(namn, idag, dagar, by):
    personnummer, roll = PERSONER[namn]
    fornamn, efternamn = namn.split()
    epost = f"{fornamn}.{efternamn}@example.se".lower()
    return bestall_for_annan(
        uppgifter={"fornamn": fornamn, "efternamn": efternamn, "epost": epost, "telefon": "070-000 00 02"},
        personnummer=tolka(personnummer, idag),
        roller=[roll],
        **_period(idag, dagar),
        by=by,
    )


def _signera(bestallning, by):
    innehall = {"roller": bestallning.roller, "fran": bestallning.fran, "till": bestallning.till}
    return signera_bestallning(bestallning=bestallning, **innehall, by=by)
