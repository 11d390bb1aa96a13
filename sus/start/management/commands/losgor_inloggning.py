"""losgor_inloggning ANVANDARNAMN: let a user bind a new login, when the issuer has changed the subject."""

from behorigheter.actions.inloggningar import losgor_inloggning
from sus.start.management.anvandarkommando import Anvandarkommando


class Command(Anvandarkommando):
    help = "Tar bort knytningen till e-legitimationen hos utgivaren. Nästa inloggning med användarens personnummer knyts i stället."
    klart = "knyts på nytt vid nästa inloggning med e-legitimation."

    def gor(self, anvandare):
        losgor_inloggning(anvandare=anvandare, by=None)
