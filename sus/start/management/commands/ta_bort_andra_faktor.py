"""ta_bort_andra_faktor ANVANDARNAMN: let a user who has lost the app, the keys and the codes in reserve begin again."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from behorigheter.actions.inloggningar import avsluta_inloggningar
from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse


class Command(BaseCommand):
    help = "Tar bort användarens andra faktorer och avslutar inloggningarna. Nästa inloggning med lösenord kräver att en ny läggs till."

    def add_arguments(self, parser):
        parser.add_argument("anvandarnamn", metavar="ANVANDARNAMN")

    @transaction.atomic
    def handle(self, *args, anvandarnamn, **options):
        anvandare = Anvandare.objects.select_for_update(of=["self"]).filter(anvandarnamn__iexact=anvandarnamn).first()
        if anvandare is None:
            raise CommandError(f"Användaren {anvandarnamn} finns inte.")
        antal, _ = anvandare.authenticator_set.all().delete()
        if not antal:
            raise CommandError(f"{anvandare} har ingen andra faktor.")
        avsluta_inloggningar(anvandare=anvandare, inloggningar=anvandare.sessioner.all(), by=None)
        logga(Handelse.Typ.ANDRA_FAKTOR_BORTTAGEN, by=None, pa=anvandare, antal=antal)
        self.stdout.write(f"{anvandare} lägger till en ny andra faktor vid nästa inloggning.")
