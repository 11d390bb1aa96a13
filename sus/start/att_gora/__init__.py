"""What waits for the user on the start page: counts that are cheap and true, each with where to go and why."""

from datetime import date

from sus.start.att_gora import behorigheter, deltagare, insatser
from sus.start.att_gora.uppgift import Uppgift


def uppgifter(anvandare, idag: date) -> list[Uppgift]:
    alla = [
        behorigheter.bestallningar_att_avgora(anvandare),
        behorigheter.bestallningar_utan_bestallare(anvandare),
        behorigheter.forslag_att_besvara(anvandare),
        insatser.utan_deltagaransvarig(anvandare, idag),
        behorigheter.utan_uppdrag_att_ge(anvandare, idag),
        *deltagare.listor_som_vantar(anvandare, idag),
        deltagare.anonyma_som_fortsatter(anvandare, idag),
        insatser.utan_finansiering(anvandare, idag),
        insatser.utan_utfall(anvandare, idag),
        insatser.utan_planerat_antal(anvandare, idag),
        behorigheter.behorigheter_att_fornya(anvandare, idag),
        behorigheter.behorigheter_som_slutar(anvandare, idag),
        behorigheter.uppdrag_som_slutar(anvandare, idag),
        behorigheter.andras_uppdrag_som_slutar(anvandare, idag),
    ]
    return [uppgift for uppgift in alla if uppgift]
