"""kontrollera: every consistency check. Exit 1 and a list when anything is wrong."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from sus.start.konsistens import med_ankare


class Command(BaseCommand):
    help = "Kontrollerar att uppgifterna i databasen går ihop."

    def add_arguments(self, parser):
        parser.add_argument("--ankare", default=settings.LOGGANKARE, help="Händelseloggens ankare, annars det i LOGGANKARE.")

    @transaction.atomic
    def handle(self, *args, **options):
        kontroller = med_ankare(options["ankare"])
        rader = [f"{kontroll.kod} {kontroll.mening} {brist}" for kontroll in kontroller for brist in kontroll.brister()]
        for rad in rader:
            self.stderr.write(rad)
        if rader:
            self.stderr.write(f"{len(rader)} brister.")
            sys.exit(1)
        self.stdout.write(f"{len(kontroller)} kontroller, inga brister.")
