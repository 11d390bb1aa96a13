"""byt_nycklar: encrypt anew what an earlier key has encrypted, while SUS is in use (docs/drift.md 5). Exit 1 when something is left."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.nyckelbyte import losenord_med_gammal_nyckel
from sus.core.nyckelbyte import Utfall, byt
from sus.start.personkontroller import SLAG


class Command(BaseCommand):
    help = "Krypterar om med den första nyckeln i SUS_NYCKLAR och SUS_UPPSLAGSNYCKEL. Kan köras medan SUS används, avbrytas och köras igen."

    def handle(self, *args, **options):
        self.version = next(iter(settings.SUS_NYCKLAR))
        logga(Handelse.Typ.NYCKLAR_BYTTA, by=None, status="påbörjat", nyckel=self.version)
        fel = [rad for slag in SLAG for rad in self.redovisa(slag.namn, byt(slag))]
        if fel:
            self.stderr.write("\n".join([*fel, "De gamla nycklarna behövs än. Kör kommandot igen."]))
            sys.exit(1)
        self.stdout.write(f"Allt är krypterat med nyckel {self.version} och inget annat.")
        self.sag_vad_som_kan_tas_bort()

    def redovisa(self, namn: str, utfall: Utfall):
        """One event per kind of rows, in numbers; yields what went wrong."""
        if utfall.bytta:
            logga(Handelse.Typ.NYCKLAR_BYTTA, by=None, slag=namn, antal=utfall.bytta, nyckel=self.version)
        self.stdout.write(f"{namn}: {utfall.bytta} omkrypterade.")
        if utfall.kvar:
            yield f"{namn}: {utfall.kvar} rader har en gammal nyckel. De används just nu, eller också har en webbserver den nyckeln först."
        for nyckel in utfall.olasliga:
            yield f"{namn}: rad {nyckel} går inte att läsa med någon av nycklarna."

    def sag_vad_som_kan_tas_bort(self):
        gamla = [str(version) for version in settings.SUS_NYCKLAR if version != self.version]
        if gamla:
            self.stdout.write(f"Version {', '.join(gamla)} kan tas bort ur SUS_NYCKLAR.")
        if len(settings.SUS_UPPSLAGSNYCKLAR) == 1:
            return
        if antal := losenord_med_gammal_nyckel():
            self.stdout.write(
                f"{antal} lokala konton har ett lösenord med den gamla uppslagsnyckeln. Vänta med att ta bort den tills de har loggat in; "
                "annars får de välja ett nytt lösenord."
            )
        else:
            self.stdout.write("Bara den första nyckeln i SUS_UPPSLAGSNYCKEL behövs.")
