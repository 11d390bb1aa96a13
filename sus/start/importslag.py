"""The kinds of import files, each said once (docs/import.md); in the order of their dependencies."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from behorigheter.roller import Rattighet
from deltagare.importer import anonyma, deltaganden
from insatser.importer import insatsbudget, insatser, volym
from organisations.importer import adminkostnader, finansiering, organisationer, parter


class Plats(Enum):
    """Where a user must have the right to what a row does."""

    ROLLEN = auto()  # whatever its uppdrag: the row makes what they would be in
    SAMVERKANSORGANISATIONEN = auto()  # of the row
    INSATSEN = auto()  # of the row


@dataclass(frozen=True)
class Importslag:
    """One kind of file. `rad` loads one row as a user (None: the system), returns warnings and raises Radfel.

    The columns `nyckel` tell which row of SUS a row of the file is about. `kraver` is what the user must have the right to, `kravs_i`
    where. `frivillig` is a column that may follow the others, or "".
    """

    slag: str
    kolumner: tuple[str, ...]
    nyckel: tuple[str, ...]
    kraver: Rattighet
    rad: Callable[[dict[str, str], Any], list[str]]
    kravs_i: Plats = Plats.SAMVERKANSORGANISATIONEN
    frivillig: str = ""


def _slag(slag: str, rad: Callable[..., list[str]], kolumner: str, nyckel: str, kraver: Rattighet, **andra: Any) -> Importslag:
    return Importslag(slag, tuple(kolumner.split(";")), tuple(nyckel.split(";")), kraver, rad, **andra)


SLAG = {
    slag.slag: slag
    for slag in [
        _slag(
            "organisationer",
            organisationer,
            "namn;organisationsnummer;samverkansform;startdatum;slutdatum;kommuner",
            "namn",
            Rattighet.SAMVERKANSORGANISATION_SKAPA,
            kravs_i=Plats.ROLLEN,
        ),
        _slag(
            "parter",
            parter,
            "samverkansorganisation;organisation;typ;medlem;finansiar;konsument",
            "samverkansorganisation;organisation",
            Rattighet.SAMVERKANSORGANISATION_ANDRA,
        ),
        _slag(
            "finansiering",
            finansiering,
            "samverkansorganisation;ar;finansiar;belopp;beskrivning",
            "samverkansorganisation;ar;finansiar;beskrivning",
            Rattighet.BUDGET_ANDRA,
        ),
        _slag(
            "adminkostnader",
            adminkostnader,
            "samverkansorganisation;ar;kostnadstyp;budget;utfall",
            "samverkansorganisation;ar;kostnadstyp",
            Rattighet.BUDGET_ANDRA,
        ),
        _slag(
            "insatser",
            insatser,
            "samverkansorganisation;insats;startdatum;slutdatum;inriktning;preciserad_inriktning;deltagarregistrering;malgrupper;beskrivning",
            "samverkansorganisation;insats",
            Rattighet.INSATS_ANDRA,
            frivillig="volym_avser",
        ),
        _slag(
            "insatsbudget",
            insatsbudget,
            "samverkansorganisation;insats;ar;budgettyp;budget;utfall;planerat_antal",
            "samverkansorganisation;insats;ar;budgettyp",
            Rattighet.INSATS_ANDRA,
        ),
        _slag(
            "deltaganden",
            deltaganden,
            "samverkansorganisation;insats;personnummer;namn;kommun;stadsdel;startdatum;utbildning;tid_forsorjning;"
            "forsorjning_fore;af_fore;arbete_fore;arbetstyp_fore;studier_fore;avslutningsdatum;avslutningsanledning;"
            "forsorjning_efter;af_efter;arbete_efter;arbetstyp_efter;studier_efter;samtycke_datum",
            "samverkansorganisation;insats;personnummer;startdatum",
            Rattighet.DELTAGARE_ANDRA,
            kravs_i=Plats.INSATSEN,
        ),
        _slag(
            "anonyma",
            anonyma,
            "samverkansorganisation;insats;ar;kvinnor;man",
            "samverkansorganisation;insats;ar",
            Rattighet.ANONYMA_ANDRA,
            kravs_i=Plats.INSATSEN,
        ),
        _slag("volym", volym, "samverkansorganisation;insats;ar;antal", "samverkansorganisation;insats;ar", Rattighet.INSATS_ANDRA),
    ]
}
