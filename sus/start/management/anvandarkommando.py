"""Commands by which the operators change one user's account."""

from django.core.management.base import BaseCommand, CommandError

from behorigheter.models import Anvandare
from sus.core.regelbrott import Regelbrott


class Anvandarkommando(BaseCommand):
    """Finds the user, whatever the case of the name, does `gor` as the system and prints `klart`."""

    klart = ""

    def add_arguments(self, parser):
        parser.add_argument("anvandarnamn", metavar="ANVANDARNAMN")

    def handle(self, *args, anvandarnamn, **options):
        anvandare = Anvandare.objects.filter(anvandarnamn__iexact=anvandarnamn).first()
        if anvandare is None:
            raise CommandError(f"Användaren {anvandarnamn} finns inte.")
        try:
            self.gor(anvandare)
        except Regelbrott as fel:
            raise CommandError(fel.text) from fel
        self.stdout.write(f"{anvandare} {self.klart}")

    def gor(self, anvandare: Anvandare) -> None:
        raise NotImplementedError
