"""kontrollera: every consistency check. Exit 1 and a list when anything is wrong."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from sus.start.konsistens import KONTROLLER


class Command(BaseCommand):
    help = "Kontrollerar att uppgifterna i databasen går ihop."

    @transaction.atomic
    def handle(self, *args, **options):
        rader = [f"{kontroll.kod} {kontroll.mening} {brist}" for kontroll in KONTROLLER for brist in kontroll.brister()]
        for rad in rader:
            self.stderr.write(rad)
        if rader:
            self.stderr.write(f"{len(rader)} brister.")
            sys.exit(1)
        self.stdout.write(f"{len(KONTROLLER)} kontroller, inga brister.")
