"""skapa_fk_administrator ANVANDARNAMN …: the first user of a new installation, who then lets in the others."""

from datetime import date
from getpass import getpass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from behorigheter.aktivering import aktiveringslank
from behorigheter.logg import logga
from behorigheter.models import Anvandare, Behorighet, Handelse, om_tva_ar
from behorigheter.roller import Roll
from organisations.models import Organisation
from sus.core.personnummer import Personnummer, tolka
from sus.core.regelbrott import Regelbrott


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
            anvandare = skapa(anvandarnamn=anvandarnamn, giltig_till=giltig_till, personnummer=nummer, **namn)
        except Regelbrott as fel:
            raise CommandError(fel.text) from fel
        except ValidationError as fel:
            raise CommandError(" ".join(fel.messages)) from fel
        self.stdout.write(f"{anvandare} är FK-administratör till och med {anvandare.behorigheter.get().giltig_till}.")
        if lank := aktiveringslank(anvandare, adress):
            self.stdout.write(f"Välj lösenord inom tre dagar: {lank}")


@transaction.atomic
def skapa(*, anvandarnamn, fornamn, efternamn, epost, giltig_till=None, personnummer: Personnummer | None = None):
    """The account without password, and its behörighet. Raises ValidationError."""
    fk = Organisation.objects.filter(typ=Organisation.Typ.FK).first()
    anvandare = Anvandare(anvandarnamn=anvandarnamn, fornamn=fornamn, efternamn=efternamn, epost=epost, arbetsgivare=fk)
    anvandare.set_unusable_password()
    if personnummer:
        anvandare.satt_personnummer(personnummer)
    anvandare.full_clean()
    anvandare.save()
    idag = timezone.localdate()
    if giltig_till and giltig_till < idag:
        raise ValidationError("Behörigheten kan inte sluta innan den börjar.")
    behorighet = Behorighet(
        anvandare=anvandare, roll=Roll.FK_ADMINISTRATOR, arbetsgivare=fk, giltig_fran=idag, giltig_till=giltig_till or om_tva_ar(idag)
    )
    behorighet.full_clean(exclude=["arbetsgivare"])
    behorighet.save()
    logga(Handelse.Typ.ANVANDARE_SKAPAD, by=None, pa=anvandare, roll=behorighet.roll.value, till=behorighet.giltig_till.isoformat())
    return anvandare
