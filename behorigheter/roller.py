"""Which roles exist and what each may do. Changed here and nowhere else."""

from enum import StrEnum, auto

from django.db import models


class Rattighet(StrEnum):
    """What code asks for. Every view names one on its first line."""

    SAMVERKANSORGANISATION_SE = auto()
    SAMVERKANSORGANISATION_SKAPA = auto()
    SAMVERKANSORGANISATION_ANDRA = auto()
    BUDGET_ANDRA = auto()
    FRAGA_ANDRA = auto()
    REGISTER_ANDRA = auto()
    UPPDRAG_SE = auto()
    UPPDRAG_GE = auto()
    UPPDRAG_SAMVERKAN_ANDRA = auto()
    INSATS_SE = auto()
    INSATS_ANDRA = auto()
    UPPDRAG_INSATS_ANDRA = auto()
    DELTAGARE_SE = auto()
    DELTAGARE_ANDRA = auto()
    ANONYMA_ANDRA = auto()
    RAPPORT_SE = auto()
    RAPPORT_EXAKT = auto()
    OVERENSKOMMELSE_ANDRA = auto()
    BESTALLARE_UTSE = auto()
    BESTALLNING_SE = auto()
    BESTALLNING_EGEN = auto()
    BESTALLNING_GORA = auto()
    BESTALLNING_AVGORA = auto()
    ANVANDARE_SE = auto()
    BEHORIGHET_ATERKALLA = auto()
    LOGG_GRANSKA = auto()
    HJALP_LASA = auto()
    HJALP_ANDRA = auto()
    FORSLAG_LAMNA = auto()
    FORSLAG_BESVARA = auto()


class Roll(models.TextChoices):
    SAMVERKANSADMINISTRATOR = "samverkansadministrator", "samverkansadministratör"
    INSATSANSVARIG = "insatsansvarig", "insatsansvarig"
    DELTAGARANSVARIG = "deltagaransvarig", "deltagaransvarig"
    RAPPORT = "rapport", "SUSrapport"
    BESTALLARE = "bestallare", "beställare"
    UTFARDARE = "utfardare", "utfärdare"
    FK_ADMINISTRATOR = "fk_administrator", "FK-administratör"
    FK_ANALYTIKER = "fk_analytiker", "FK-analytiker"
    LOGGRANSKARE = "loggranskare", "loggranskare"
    SUS_STOD = "sus_stod", "SUS-stödjare"


# docs/regler.md Annex C: every role reads organisations, budgets, insatser and reports. Never personal data.
LASA = {Rattighet.SAMVERKANSORGANISATION_SE, Rattighet.INSATS_SE, Rattighet.RAPPORT_SE}

# What everybody who has logged in may, also without a valid behörighet: only with rows about oneself, and the help.
ALLA_INLOGGADE = {Rattighet.BESTALLNING_SE, Rattighet.BESTALLNING_EGEN, Rattighet.HJALP_LASA, Rattighet.FORSLAG_LAMNA}

# docs/regler.md 9.2: what one person may never be at the same time, in any organisation.
FAR_INTE_FORENAS: dict[Roll, set[Roll]] = {
    Roll.DELTAGARANSVARIG: {Roll.SAMVERKANSADMINISTRATOR, Roll.BESTALLARE},
    Roll.SAMVERKANSADMINISTRATOR: {Roll.DELTAGARANSVARIG},
    Roll.BESTALLARE: {Roll.DELTAGARANSVARIG},
}

RATTIGHETER: dict[Roll, set[Rattighet]] = {
    Roll.SAMVERKANSADMINISTRATOR: LASA
    | {
        Rattighet.SAMVERKANSORGANISATION_ANDRA,
        Rattighet.BUDGET_ANDRA,
        Rattighet.FRAGA_ANDRA,
        Rattighet.UPPDRAG_SE,
        Rattighet.UPPDRAG_GE,
        Rattighet.UPPDRAG_SAMVERKAN_ANDRA,
        Rattighet.RAPPORT_EXAKT,
    },
    Roll.INSATSANSVARIG: LASA | {Rattighet.INSATS_ANDRA, Rattighet.UPPDRAG_GE, Rattighet.UPPDRAG_INSATS_ANDRA, Rattighet.RAPPORT_EXAKT},
    Roll.DELTAGARANSVARIG: LASA
    | {
        Rattighet.DELTAGARE_SE,
        Rattighet.DELTAGARE_ANDRA,
        Rattighet.ANONYMA_ANDRA,
        Rattighet.RAPPORT_EXAKT,
    },
    Roll.RAPPORT: LASA,
    Roll.BESTALLARE: LASA
    | {
        Rattighet.BESTALLNING_SE,
        Rattighet.BESTALLNING_EGEN,
        Rattighet.BESTALLNING_GORA,
        Rattighet.ANVANDARE_SE,
        Rattighet.BEHORIGHET_ATERKALLA,
    },
    Roll.UTFARDARE: LASA | {Rattighet.BESTALLNING_SE, Rattighet.BESTALLNING_AVGORA, Rattighet.ANVANDARE_SE, Rattighet.BEHORIGHET_ATERKALLA},
    Roll.FK_ADMINISTRATOR: LASA
    | {
        Rattighet.SAMVERKANSORGANISATION_SKAPA,
        Rattighet.REGISTER_ANDRA,
        Rattighet.HJALP_ANDRA,
        Rattighet.FORSLAG_BESVARA,
        Rattighet.UPPDRAG_SE,
        Rattighet.UPPDRAG_GE,
        Rattighet.UPPDRAG_SAMVERKAN_ANDRA,
        Rattighet.OVERENSKOMMELSE_ANDRA,
        Rattighet.BESTALLARE_UTSE,
        Rattighet.BESTALLNING_SE,
        Rattighet.BESTALLNING_AVGORA,
        Rattighet.ANVANDARE_SE,
        Rattighet.BEHORIGHET_ATERKALLA,
    },
    Roll.FK_ANALYTIKER: LASA | {Rattighet.RAPPORT_EXAKT},
    Roll.LOGGRANSKARE: LASA | {Rattighet.LOGG_GRANSKA},
    Roll.SUS_STOD: LASA | {Rattighet.UPPDRAG_SE},
}

# Holds for every row as soon as the user has the role anywhere. Never personal data.
OBEROENDE_AV_UPPDRAGETS_PLATS = LASA

# Roles for the whole country: the behörighet itself is the uppdrag.
RIKSROLLER = {Roll.FK_ADMINISTRATOR, Roll.FK_ANALYTIKER}

# For which roles the holder of a role gives uppdrag: in the own samverkansorganisation, the FK-administratör in all (regler.md Annex C).
UPPDRAG_I_SAMVERKANSORGANISATION = {Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.SUS_STOD}
GER_UPPDRAG: dict[Roll, set[Roll]] = {
    Roll.SAMVERKANSADMINISTRATOR: UPPDRAG_I_SAMVERKANSORGANISATION,
    Roll.INSATSANSVARIG: {Roll.DELTAGARANSVARIG},
    Roll.FK_ADMINISTRATOR: UPPDRAG_I_SAMVERKANSORGANISATION,
}

# Roles that reach over the whole country or over other people's behörigheter: only the FK-administratör issues them.
FK_UTFARDAR = {Roll.FK_ADMINISTRATOR, Roll.FK_ANALYTIKER, Roll.UTFARDARE, Roll.SUS_STOD}


def roller_med(rattighet: Rattighet) -> set[Roll]:
    """Every role that gives the rattighet."""
    return {roll for roll, rattigheter in RATTIGHETER.items() if rattighet in rattigheter}
