"""importera SLAG FIL: load a CSV file. Exit 0: loaded, 1: rows refused, 2: the file cannot be used."""

import sys
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand

from behorigheter.models import Anvandare
from sus.core.csvfil import OlasbarFil, las, skriv_felfil
from sus.start.importslag import SLAG
from sus.start.inlasning import las_in


class Command(BaseCommand):
    help = "Läser in en CSV-fil. Antingen läses alla rader in eller ingen."

    def add_arguments(self, parser):
        parser.add_argument("slag", choices=SLAG, metavar="SLAG", help=", ".join(SLAG))
        parser.add_argument("fil", type=Path, metavar="FIL", help="UTF-8, semikolon, rubrikrad")
        parser.add_argument("--torrkorning", action="store_true", help="pröva alla rader men spara ingenting")
        parser.add_argument("--som", metavar="ANVANDARNAMN", help="läs in med användarens rättigheter; annars som systemet")

    def handle(self, *args, slag, fil, torrkorning, som, **options):
        by = self._anvandare(som)
        try:
            rader = las(fil, SLAG[slag].kolumner, SLAG[slag].frivillig)
        except OlasbarFil as fel:
            self._avsluta(2, str(fel))
        utfall = las_in(SLAG[slag], rader, torrkorning=torrkorning, by=by)
        for nummer, texter in utfall.varningar.items():
            for text in texter:
                self.stdout.write(f"rad {nummer}: varning: {text}")
        if utfall.fel:
            self._avvisa(slag, fil, rader, utfall)
        gjort = "kan läsas in, inget är sparat (torrkörning)" if torrkorning else "är inlästa"
        self.stdout.write(f"{len(rader)} rader ur {fil.name} {gjort}.")

    def _anvandare(self, som):
        if som is None:
            return None
        anvandare = Anvandare.objects.filter(anvandarnamn=som, is_active=True).first()
        if anvandare is None:
            self._avsluta(2, f"Användaren {som} finns inte.")
        return anvandare

    def _avvisa(self, slag, fil, rader, utfall):
        for nummer, text in utfall.fel.items():
            self.stderr.write(f"rad {nummer}: {text}")
        try:
            felfil = skriv_felfil(fil, rader[0].kolumner, [(rad, utfall.fel.get(rad.nummer, "")) for rad in rader])
            rad = f"Raderna med fel står i {felfil}: rätta dem och läs in den filen."
        except OSError:
            rad = f"Filen med fel kunde inte skrivas bredvid {fil}."
        self._avsluta(1, f"Inget är inläst: {len(utfall.fel)} av {len(rader)} rader har fel. {rad}")

    def _avsluta(self, kod: int, text: str) -> NoReturn:
        self.stderr.write(text)
        sys.exit(kod)
