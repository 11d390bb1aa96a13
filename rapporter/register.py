"""The reports, in the order of the menu."""

from rapporter.definitioner.deltagare.rapport import Deltagarrapport
from rapporter.definitioner.insats import Insatsrapport
from rapporter.definitioner.kostnad import Kostnadsrapport

RAPPORTER = {definition.nyckel: definition for definition in [Insatsrapport(), Kostnadsrapport(), Deltagarrapport()]}
