"""Where the machine of test_tillstand.py plays: insatser, users of every role, and a folkbokföring in a file."""

import csv
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import ProgrammingError, transaction
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.models import Uppdrag
from behorigheter.roller import Rattighet, Roll
from deltagare.koder import Arbetstyp, Avslutningsanledning, Forsorjning, TidForsorjning, Utbildning
from deltagare.models import Deltagande
from deltagare.uppgifter import Inregistrering, Samtyckesuppgifter, Situation, Utregistrering
from organisations.models import Kommun
from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott
from tests.conftest import WebClient
from tests.factories import AnvandareFactory, BehorighetFactory, InsatsFactory, UppdragFactory
from tests.factories.personnummer import provpersonnummer

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
PERSONER = [provpersonnummer(nr) for nr in (1, 2, 143, 284, 425, 566, 707, 848)]
SAMORDNING = "197001619803"  # nothing that folkbokföringen knows of
TROLLHATTAN, UDDEVALLA = "1488", "1485"


class Varld:
    """Two insatser of one samverkansorganisation and one of another, which ended last year. Everybody's uppdrag is in some of them."""

    def __init__(self):
        forsta = InsatsFactory()
        andra = InsatsFactory(samverkansorganisation=forsta.samverkansorganisation)
        tredje = InsatsFactory(slutdatum=date(2025, 12, 31))
        self.insatser = [forsta, andra, tredje]
        self.kommuner = {kommun.pk: kommun for kommun in Kommun.objects.filter(pk__in=[TROLLHATTAN, UDDEVALLA])}
        self.nar = {}  # user: the insatser of the uppdrag as deltagaransvarig
        for insatser in ([forsta], [forsta, andra], [andra, tredje], [tredje]):
            anvandare = AnvandareFactory()
            for insats in insatser:
                UppdragFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=insats)
            self.nar[anvandare] = {insats.pk for insats in insatser}
        Uppdrag.objects.update(hamtningar_per_timme=500)
        self.flitig = list(self.nar)[1]
        for roll in set(Roll) - {Roll.DELTAGARANSVARIG}:
            self.nar[self.med_roll(roll, forsta)] = set()
        BehorighetFactory(roll=Roll.DELTAGARANSVARIG, anvandare=(utan_uppdrag := AnvandareFactory()))
        self.nar[utan_uppdrag] = set()

    def med_roll(self, roll, insats):
        if roll in {Roll.INSATSANSVARIG, Roll.SAMVERKANSADMINISTRATOR, Roll.SUS_STOD}:
            return UppdragFactory(roll=roll, samverkansorganisation=insats.samverkansorganisation).anvandare
        return BehorighetFactory(roll=roll).anvandare

    def deltagaransvarig(self, insats, slump):
        return slump.choice([anvandare for anvandare, insatser in self.nar.items() if insats.pk in insatser])

    def forsok(self, by, insats, handling, deltagande=None):
        """Do it as the user's request does: "" when it was done, else which of "regel", "vagg" said no.

        Wall 1 must agree with who has uppdrag in the insats; then it is gone past, to see what wall 2 says.
        """
        try:
            with transaction.atomic(), vaggar.som(by):
                if deltagande:
                    syns = Deltagande.objects.tillatna_for(by, Rattighet.DELTAGARE_ANDRA).filter(pk=deltagande.pk).exists()
                    assert syns == (insats.pk in self.nar[by]), (by, deltagande)
                handling()
        except Regelbrott:
            return "regel"
        except (Deltagande.DoesNotExist, ProgrammingError):
            return "vagg"
        return ""

    def skicka(self, by, adress, falt):
        """Through the page: "" when it was done, the errors of the form, or "vagg"."""
        klient = WebClient()
        klient.force_login(by)
        svar = klient.post(adress, {"nyckel": str(uuid.uuid4()), "version": "0", "spara": ""} | falt)
        if svar.status_code in {403, 404}:
            return "vagg"
        if svar.status_code == 302:
            return ""
        return " ".join(text for texter in svar.context["form"].errors.values() for text in texter) or "varning"


def sida(namn, deltagande=None, insats=None):
    adress = reverse(f"deltagare:{namn}", args=[deltagande.pk] if deltagande else [])
    return f"{adress}?insats={insats.pk}" if insats else adress


def skriv_register(katalog, skyddade):
    """A new file: what was read from the one before is remembered. Everybody lives in Trollhättan."""
    plats = katalog / f"register-{uuid.uuid4().hex}.csv"
    with plats.open("w", encoding="utf-8", newline="") as fil:
        rader = csv.writer(fil, delimiter=";")
        rader.writerow(["personnummer", "namn", "kommun", "skyddad"])
        rader.writerows([person, f"Prov {person[:4]}son", TROLLHATTAN, "ja" if person in skyddade else "nej"] for person in PERSONER)
    return f"fil:{plats}"


def personnummer(siffror):
    return tolka(siffror, idag=START.date())


def nagon_situation(slump) -> Situation:
    arbetar, studerar = slump.random() < 0.5, slump.random() < 0.3
    return Situation(
        forsorjning=int(slump.choice(list(Forsorjning))),
        arbetssokande=slump.random() < 0.5,
        arbete_procent=slump.randint(1, 100) if arbetar else None,
        arbetstyp=slump.choice(list(Arbetstyp)) if arbetar else None,
        studier_procent=slump.randint(1, 100) if studerar else None,
    )


def nagon_inregistrering(slump, startdatum, kommun) -> Inregistrering:
    return Inregistrering(
        startdatum=startdatum,
        kommun=kommun,
        stadsdel=None,
        utbildning=slump.choice(list(Utbildning)),
        tid_forsorjning=slump.choice(list(TidForsorjning)),
        fore=nagon_situation(slump),
    )


def nagon_utregistrering(slump, slutdatum) -> Utregistrering:
    lagrade = [kod for kod in Avslutningsanledning if kod not in {6, 8}]
    anledning = slump.choice(lagrade)
    efter = None if anledning == Avslutningsanledning.UTAN_MATNING else nagon_situation(slump)
    return Utregistrering(slutdatum=slutdatum, avslutningsanledning=anledning, efter=efter)


def samtycke(startdatum) -> Samtyckesuppgifter:
    return Samtyckesuppgifter(datum=startdatum, sprak="sv")
