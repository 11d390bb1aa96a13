"""demodata: users of every role and what they work with, all made up: four samverkansorganisationer, or a whole country."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sus.start.demo.nationell import Omfattning, ar_tom, skapa_nationell
from sus.start.demo.skapa import GickInte, finns_redan, skapa_demodata


class Command(BaseCommand):
    help = "Skapar påhittade användare, samverkansorganisationer, insatser och deltagare att prova SUS med."

    def add_arguments(self, parser):
        parser.add_argument("--storlek", choices=["liten", "nationell"], default="liten")

    def handle(self, *args, storlek, verbosity, **options):
        skriv = self.stdout.write if verbosity else lambda _: None
        try:
            if storlek == "nationell":
                self._nationell(skriv)
            elif finns_redan():
                self.stdout.write("Demodata finns redan. Inget är ändrat.")
                return
            else:
                skapa_demodata(timezone.localdate())
        except GickInte as fel:
            raise CommandError(str(fel)) from fel
        skriv("Demodata är skapade. Logga in på /demo/ när SUS körs med DEMO=1.")

    def _nationell(self, skriv):
        if not ar_tom():
            raise CommandError("Nationella demodata kan bara skapas i en tom databas, och här finns redan uppgifter. Inget är ändrat.")
        skapa_nationell(timezone.localdate(), Omfattning(), skriv)
