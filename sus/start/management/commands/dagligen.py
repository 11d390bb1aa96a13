"""dagligen: what SUS does every day. Safe to run again at any time; exit 1 when something failed."""

import sys
from importlib import import_module

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from behorigheter.actions.paminnelser import paminn_om_slut
from behorigheter.handelselogg import ankra
from behorigheter.inskickat import glom_gamla
from deltagare import folkbokforing, utkast
from deltagare.actions.borttagning import fornya_statistik
from deltagare.actions.hamtning import glom_gamla_hamtningar
from deltagare.actions.kontroll import kontrollera_alla
from sus.core.formatering import antal, antal_i_ord
from sus.core.kryptering import Nyckelfel


class Command(BaseCommand):
    help = "Påminner om behörigheter som går ut, rensar gammalt, frågar folkbokföringen om alla deltagare och skriver loggens ankare."

    def handle(self, *args, **options):
        self.fel = []
        rensningar = (self.rensa_inloggningar, self.rensa_kvitton, self.rensa_utkast, self.rensa_hamtningar)
        for steg in (self.paminn, *rensningar, self.fraga_folkbokforingen, self.fornya_statistik, self.ankra):
            try:
                self.stdout.write(steg())
            except (DatabaseError, OSError, Nyckelfel, folkbokforing.RegistretSvararInte) as fel:
                self.fel.append(f"{steg.__name__}: {type(fel).__name__}: {fel}")
        for rad in self.fel:
            self.stderr.write(rad)
        if self.fel:
            sys.exit(1)

    def paminn(self):
        utskick = paminn_om_slut()
        self.fel += utskick.fel
        return f"Påminnelser: {utskick.paminda} behörigheter, {utskick.brev} brev."

    def rensa_inloggningar(self):
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        return "Inloggningar som har gått ut är borttagna."

    def rensa_kvitton(self):
        return f"Gamla kvitton på formulär: {glom_gamla()} borttagna."

    def rensa_utkast(self):
        return f"Gamla utkast: {utkast.glom_gamla()} borttagna."

    def rensa_hamtningar(self):
        return f"Gamla hämtningar: {glom_gamla_hamtningar()} borttagna."

    def fraga_folkbokforingen(self):
        if not folkbokforing.ar_ansluten():
            return "Folkbokföringen är inte ansluten: FOLKBOKFORING är inte satt."
        utfall = kontrollera_alla()
        if utfall.misslyckade:
            self.fel.append(f"fraga_folkbokforingen: {antal_i_ord(utfall.misslyckade, 'person', 'personer')} kunde inte kontrolleras.")
        return (
            f"Folkbokföringen: {antal_i_ord(utfall.fragade, 'person', 'personer')}; kontrollerade efter ifyllnad för hand: "
            f"{antal(utfall.kontrollerade)}, avidentifierade: {antal(utfall.avidentifierade)}."
        )

    def fornya_statistik(self):
        fornya_statistik()
        return "Databasens statistik är förnyad: ingen som har lämnat SUS står kvar i den."

    def ankra(self):
        ankare = ankra()
        return f"Loggens ankare är skrivet vid länk {ankare.lopnr}." if ankare else "Inget ankare är skrivet: LOGGANKARE är inte satt."
