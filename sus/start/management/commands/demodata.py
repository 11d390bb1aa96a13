"""demodata: users of every role, four samverkansorganisationer and their participants, all made up."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sus.start.demodata import GickInte, finns_redan, skapa_demodata


class Command(BaseCommand):
    help = "Skapar påhittade användare, samverkansorganisationer, insatser och deltagare att prova SUS med."

    def add_arguments(self, parser):
        parser.add_argument("--storlek", choices=["liten"], default="liten")

    def handle(self, *args, verbosity, **options):
        if finns_redan():
            self.stdout.write("Demodata finns redan. Inget är ändrat.")
            return
        try:
            skapa_demodata(timezone.localdate())
        except GickInte as fel:
            raise CommandError(str(fel)) from fel
        if verbosity:
            self.stdout.write("Demodata är skapade. Logga in på /demo/ när SUS körs med DEMO=1.")
