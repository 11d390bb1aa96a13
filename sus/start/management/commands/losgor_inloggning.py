"""losgor_inloggning ANVANDARNAMN: let a user bind a new login, when the issuer has changed the subject."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse


class Command(BaseCommand):
    help = "Tar bort knytningen till e-legitimationen hos utgivaren. Nästa inloggning med användarens personnummer knyts i stället."

    def add_arguments(self, parser):
        parser.add_argument("anvandarnamn", metavar="ANVANDARNAMN")

    @transaction.atomic
    def handle(self, *args, anvandarnamn, **options):
        anvandare = Anvandare.objects.select_for_update(of=["self"]).filter(anvandarnamn__iexact=anvandarnamn).first()
        if anvandare is None:
            raise CommandError(f"Användaren {anvandarnamn} finns inte.")
        if not anvandare.amne:
            raise CommandError(f"{anvandare} är inte knuten till någon inloggning.")
        anvandare.utgivare = anvandare.amne = ""
        anvandare.save(update_fields=["utgivare", "amne"])
        logga(Handelse.Typ.ANVANDARE_ANDRAD, by=None, pa=anvandare, falt=["utgivare", "amne"])
        self.stdout.write(f"{anvandare} knyts på nytt vid nästa inloggning med e-legitimation.")
