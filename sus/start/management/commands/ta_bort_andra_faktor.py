"""ta_bort_andra_faktor ANVANDARNAMN: let a user who has lost the app, the keys and the codes in reserve begin again."""

from behorigheter.actions.inloggningar import ta_bort_andra_faktorer
from sus.start.management.anvandarkommando import Anvandarkommando


class Command(Anvandarkommando):
    help = "Tar bort användarens andra faktorer och avslutar inloggningarna. Nästa inloggning med lösenord kräver att en ny läggs till."
    klart = "lägger till en ny andra faktor vid nästa inloggning."

    def gor(self, anvandare):
        ta_bort_andra_faktorer(anvandare=anvandare, by=None)
