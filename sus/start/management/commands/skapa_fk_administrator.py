"""skapa_fk_administrator ANVANDARNAMN …: the first user of a new installation, who then lets in the others."""

from datetime import date
from getpass import getpass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from behorigheter.aktivering import aktiveringslank
from behorigheter.models import Anvandare
from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott
from sus.start.actions import skapa_fk_administrator


class Command(BaseCommand):
    help = (
        "Skapar en användare med rollen FK-administratör, som loggar in med e-legitimation (--personnummer), "
        "eller med lösenord där lokala konton är tillåtna: då skrivs en länk ut där det väljs."
    )

    def add_arguments(self, parser):
        parser.add_argument("anvandarnamn", metavar="ANVANDARNAMN")
        parser.add_argument("--fornamn", required=True)
        parser.add_argument("--efternamn", required=True)
        parser.add_argument("--epost", required=True)
        parser.add_argument(
            "--personnummer", nargs="?", const="", help="knyter första inloggningen till användaren; utan värde frågar kommandot efter det"
        )
        parser.add_argument("--giltig-till", type=date.fromisoformat, help="ÅÅÅÅ-MM-DD, högst två år fram; annars två år")
        parser.add_argument("--adress", help="SUS adress i länken, till exempel https://sus.example.se")

    def handle(self, *args, anvandarnamn, giltig_till, adress, personnummer, **options):
        if personnummer is None and not settings.LOKALA_KONTON:
            raise CommandError("Ange --personnummer: lokala konton är inte tillåtna, så användaren loggar in med e-legitimation.")
        if Anvandare.objects.filter(anvandarnamn__iexact=anvandarnamn).exists():
            raise CommandError(f"Användaren {anvandarnamn} finns redan.")
        namn = {falt: options[falt] for falt in ("fornamn", "efternamn", "epost")}
        try:
            nummer = None if personnummer is None else tolka(personnummer or getpass("Personnummer: "), idag=timezone.localdate())
            anvandare = skapa_fk_administrator(anvandarnamn=anvandarnamn, **namn, personnummer=nummer, giltig_till=giltig_till, by=None)
        except Regelbrott as fel:
            raise CommandError(fel.text) from fel
        except ValidationError as fel:
            raise CommandError(" ".join(fel.messages)) from fel
        self.stdout.write(f"{anvandare} är FK-administratör till och med {anvandare.behorigheter.get().giltig_till}.")
        if lank := aktiveringslank(anvandare, adress):
            self.stdout.write(f"Välj lösenord inom tre dagar: {lank}")
