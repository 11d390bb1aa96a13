"""The demo's news and förbättringsförslag, written through the same code as the pages."""

from datetime import date, timedelta

from behorigheter.models import Anvandare
from sus.start.hjalp.actions import besvara_forslag, lamna_forslag, skriv_hjalptext
from sus.start.models import Forbattringsforslag, Hjalptext

Slag, Status = Forbattringsforslag.Slag, Forbattringsforslag.Status
NYHETER = [
    (
        3,
        "Rapporterna går att jämföra med länet",
        "Välj länet eller riket i formuläret, så står deras andelar bredvid era.\n\n- Diagrammen visar båda.\n- Filerna också.",
    ),
    (
        40,
        "Budgeten föreslår eget kapital",
        "När allt utfall för förra året är känt föreslår SUS vad som är kvar. Skriver du något annat frågar SUS varför.",
    ),
]
FORSLAG = [
    ("insatsansvarig", Slag.FORSLAG, "/insats/", "Visa årets insatser först i listan.", None),
    ("deltagaransvarig", Slag.TILLGANGLIGHET, "/deltagande/sok/", "Skärmläsaren läser månaderna före namnet i listan.", None),
    (
        "samverkansadministrator",
        Slag.FEL,
        "/samverkansorganisation/",
        "Utskriften av budgeten saknar årtal på andra sidan.",
        (Status.ATGARDAD, "Tack! Nu står året på varje sida."),
    ),
]


def skapa_hjalp(idag: date) -> None:
    fk = Anvandare.objects.get(anvandarnamn="fk_administrator")
    for dagar, rubrik, text in NYHETER:
        innehall = {"rubrik": rubrik, "text": text, "dag": idag - timedelta(days=dagar), "publicerad": True}
        skriv_hjalptext(slag=Hjalptext.Slag.NYHET, innehall=innehall, by=fk)
    for anvandarnamn, slag, sida, text, svar in FORSLAG:
        forslag = lamna_forslag(slag=slag, sida=sida, text=text, by=Anvandare.objects.get(anvandarnamn=anvandarnamn))
        if svar:
            besvara_forslag(forslag=forslag, status=svar[0], svar=svar[1], by=fk)
