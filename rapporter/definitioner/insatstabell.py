"""The table of insatser: Insatsrapport, and the end of the detailed Kostnadsrapport (docs/regler.md 10.3)."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.urls import reverse

from insatser.models import Deltagarregistrering, Inriktning, PreciseradInriktning, VolymAvser
from rapporter.helar import markta, not_om_helar
from rapporter.matt import ANTAL, AVSLUTADE_MATT, NYA, PAGAENDE
from rapporter.motor import Motor, Resultat
from rapporter.tabell import Kolumn, Rad, Tabell, Typ
from rapporter.urval import Niva, Urval
from sus.core.formatering import lista_i_ord
from sus.core.sortering import sortnyckel

DELTAGARMATT = (ANTAL, PAGAENDE, NYA, AVSLUTADE_MATT)

# In the order of the file interface; the first is always printed.
KOLUMNER = (
    Kolumn("insats", "Insats"),
    Kolumn("samverkansorganisation", "Samverkansorganisation"),
    Kolumn("insatsbeskrivning", "Insatsbeskrivning"),
    Kolumn("startdatum", "Startdatum", Typ.DATUM),
    Kolumn("slutdatum", "Slutdatum", Typ.DATUM),
    Kolumn("inriktning", "Inriktning"),
    Kolumn("preciserad_inriktning", "Preciserad inriktning"),
    Kolumn("malgrupp", "Målgrupp"),
    Kolumn("planerat_antal", "Planerat antal", Typ.ANTAL),
    Kolumn("antal", "Antal", Typ.ANTAL, personer=True, tom_nolla=True),
    Kolumn("pagaende", "Pågående", Typ.ANTAL, personer=True, tom_nolla=True),
    Kolumn("anonyma", "Anonyma", Typ.ANTAL, personer=True, tom_nolla=True),
    Kolumn("budget", "Budget", Typ.KRONOR),
    Kolumn("utfall", "Utfall", Typ.KRONOR),
    Kolumn("volyminsats", "Volyminsats"),
    Kolumn("nya", "Nya", Typ.ANTAL, personer=True, tom_nolla=True),
    Kolumn("avslutade", "Avslutade", Typ.ANTAL, personer=True, tom_nolla=True),
    Kolumn("antal_volym", "Antal i volyminsats", Typ.ANTAL, tom_nolla=True),
    Kolumn("esf_budget", "ESF, budget", Typ.KRONOR),
    Kolumn("esf_utfall", "ESF, utfall", Typ.KRONOR),
    Kolumn("aterkallade", "Återtagna samtycken", Typ.ANTAL, personer=True, tom_nolla=True),
)
FORVALDA = [
    "insats",
    "startdatum",
    "inriktning",
    "preciserad_inriktning",
    "malgrupp",
    "planerat_antal",
    "antal",
    "pagaende",
    "anonyma",
    "budget",
    "utfall",
    "volyminsats",
]
FLEST_NAMNDA = 6  # of more insatser only the number is told in a note


def insatstabell(motor: Motor, valda: Sequence[str] = ()) -> Tabell:
    """One row per insats, a subtotal per samverkansorganisation above that level, and Totalt."""
    urval = motor.urval
    grupperingar = [("insats",), ("samverkansorganisation",), ()]
    antal, arsvarden = motor.rakna(DELTAGARMATT, grupperingar), motor.arsvarden()
    uppgifter, visade = insatser_i_ordning(motor), _visade(urval, valda)
    kolumner = markta(KOLUMNER, urval)
    return Tabell(
        nyckel="insatser",
        titel=f"Insatser {urval.i_ord[0][1].lower()}",
        kolumner=kolumner,
        rader=tuple(_insatsrad(kolumner, rad, antal, arsvarden) for rad in uppgifter),
        delsummor=tuple(_delsummor(kolumner, uppgifter, antal, arsvarden, urval)),
        summa=_summarad(kolumner, "Totalt", antal.rad(), arsvarden.rad(), urval),
        noter=tuple(_noter(urval, uppgifter, visade)),
        bred=True,
        rubrik="Insatser",
        visade=visade,
        ar_valda=bool(valda),
    )


def insatser_i_ordning(motor: Motor) -> list[dict[str, Any]]:
    """What is known of each insats, by samverkansorganisation and name."""
    return sorted(motor.insatsuppgifter(), key=lambda rad: (sortnyckel(rad["organisation"]), sortnyckel(rad["namn"]), rad["id"]))


def sista_i_organisationen(urval: Urval, uppgifter: Sequence[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each organisation's last insats and its index, when several organisationer may be in the table: a subtotal follows it."""
    if _inom_organisation(urval):
        return
    for index, rad in enumerate(uppgifter):
        if index + 1 == len(uppgifter) or uppgifter[index + 1]["organisation_id"] != rad["organisation_id"]:
            yield index, rad


def _visade(urval: Urval, valda: Sequence[str]) -> tuple[str, ...]:
    if valda:
        return tuple(dict.fromkeys(("insats", *valda)))
    return tuple(FORVALDA) if _inom_organisation(urval) else ("samverkansorganisation", *FORVALDA)


def _inom_organisation(urval: Urval) -> bool:
    return urval.niva in (Niva.ORGANISATION, Niva.INSATS)


def _insatsrad(kolumner: Sequence[Kolumn], uppgifter: dict[str, Any], antal: Resultat, arsvarden: Resultat) -> Rad:
    nyckel = uppgifter["id"]
    ar_volym = uppgifter["deltagarregistrering"] == Deltagarregistrering.VOLYM
    varden = {
        **antal.rad(insats=nyckel),
        **arsvarden.rad(insats=nyckel),
        "insats": uppgifter["namn"],
        "samverkansorganisation": uppgifter["organisation"],
        "insatsbeskrivning": uppgifter["beskrivning"] or None,
        "startdatum": uppgifter["startdatum"],
        "slutdatum": uppgifter["slutdatum"],
        "inriktning": str(Inriktning(uppgifter["inriktning"]).label),
        "preciserad_inriktning": str(PreciseradInriktning(uppgifter["preciserad_inriktning"]).label),
        "malgrupp": uppgifter["malgrupp"],
        "volyminsats": "Ja" if ar_volym else "Nej",
    }
    celler = tuple(varden[kolumn.nyckel] for kolumn in kolumner)
    return Rad(celler, insatser=0 if ar_volym else 1, lank=reverse("insatser:detail", args=[nyckel]))


def _summarad(kolumner: Sequence[Kolumn], rubrik: str, antal: dict[str, Any], arsvarden: dict[str, Any], urval: Urval) -> Rad:
    varden = {**antal, **arsvarden, "insats": rubrik}
    celler = tuple(varden.get(kolumn.nyckel) for kolumn in kolumner)
    return Rad(celler, insatser=arsvarden["med_personuppgifter"], hela=urval.hela_organisationer)


def _delsummor(kolumner, uppgifter, antal: Resultat, arsvarden: Resultat, urval: Urval):
    """(index of the organisation's last row, its sum)."""
    for index, rad in sista_i_organisationen(urval, uppgifter):
        nyckel = {"samverkansorganisation": rad["organisation_id"]}
        yield index, _summarad(kolumner, f"Summa {rad['organisation']}", antal.rad(**nyckel), arsvarden.rad(**nyckel), urval)


def _noter(urval: Urval, uppgifter: Sequence[dict[str, Any]], visade: Collection[str]) -> list[str]:
    noter = [
        "Antal, Pågående, Nya och Avslutade gäller deltagare med personuppgifter. Tomma rutor i kolumner med antal betyder 0. "
        "I Planerat antal, Budget och Utfall betyder de att inget är registrerat."
    ]
    return [*noter, *not_om_helar(urval), *(_vad_volymen_avser(uppgifter) if "antal_volym" in visade else [])]


def _vad_volymen_avser(uppgifter: Sequence[dict[str, Any]]) -> list[str]:
    """What one of the volym is, in which insatser (docs/regler.md 6.8)."""
    namn: dict[str, list[str]] = {}
    for rad in uppgifter:
        if rad["deltagarregistrering"] == Deltagarregistrering.VOLYM:
            namn.setdefault(rad["volym_avser"], []).append(rad["namn"])
    if not namn:
        return []
    kanda = [f"{slag.label.lower()} i {_insatser_i_ord(namn[slag])}" for slag in VolymAvser if slag in namn]
    noter = [f"Antal i volyminsats är {lista_i_ord(kanda)}."] if kanda else []
    if "" in namn:
        noter.append(f"Det framgår inte om volymen i {_insatser_i_ord(namn[''])} är personer eller tillfällen.")
    if len(namn) > 1:
        noter.append("Summan lägger ihop det som räknas på olika sätt.")
    return [" ".join(noter)]


def _insatser_i_ord(namn: Sequence[str]) -> str:
    return lista_i_ord(namn) if len(namn) <= FLEST_NAMNDA else f"{len(namn)} insatser"
