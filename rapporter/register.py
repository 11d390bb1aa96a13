"""The reports, in the order of the menu."""

from rapporter.definition import Definition
from rapporter.definitioner.deltagare.rapport import Deltagarrapport
from rapporter.definitioner.insats import Insatsrapport
from rapporter.definitioner.kompletterande_fragor import KompletterandeFragor
from rapporter.definitioner.kostnad import Kostnadsrapport
from rapporter.definitioner.nationell import Nationell
from rapporter.definitioner.paket import Rapportpaket
from rapporter.definitioner.regeringsunderlag import Regeringsunderlag
from rapporter.definitioner.registrering import Registrering
from rapporter.definitioner.standard.rapport import Standardrapport

ALLA: list[Definition] = [
    Insatsrapport(),
    Kostnadsrapport(),
    Deltagarrapport(),
    Standardrapport(),
    KompletterandeFragor(),
    Registrering(),
    Rapportpaket(),
    Nationell(),
    Regeringsunderlag(),
]
RAPPORTER = {definition.nyckel: definition for definition in ALLA}
