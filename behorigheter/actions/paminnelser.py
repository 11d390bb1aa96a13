"""Notices by mail 60, 30 and 7 days before a behörighet ends, to the user and to the employer's beställare (docs/regler.md 9.3)."""

import smtplib
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Behorighet, Handelse
from behorigheter.roller import Roll

DAGAR_FORE = (60, 30, 7)
I_TAGET = 100  # behörigheter of one employer in a transaction, and in one letter to the beställare
AMNE = "Behörighet till SUS går snart ut"


@dataclass
class Utskick:
    """What has been sent. One address that cannot be reached stops nothing; a mail server that does not answer stops the rest."""

    brev: int = 0
    paminda: int = 0
    fel: list[str] = field(default_factory=list)
    servern_svarar: bool = True

    def skicka(self, mall, mottagare, **context) -> bool:
        if not (self.servern_svarar and mottagare.epost):
            return False
        try:
            send_mail(AMNE, render_to_string(mall, context | {"mottagare": mottagare}), settings.DEFAULT_FROM_EMAIL, [mottagare.epost])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused, ValueError) as fel:
            self.fel.append(f"Brevet till användare {mottagare.pk} gick inte att skicka ({type(fel).__name__}).")
            return False
        except OSError as fel:
            self.servern_svarar = False
            self.fel.append(f"E-postservern svarar inte ({type(fel).__name__}). Resten skickas nästa gång.")
            return False
        self.brev += 1
        return True


def paminn_om_slut() -> Utskick:
    """Send every notice that is due. Each employer's rows in transactions of their own: what has been sent is not sent again.

    A notice counts as given when it has reached the user or a beställare.
    """
    utskick = Utskick()
    for arbetsgivare in sorted(set(_att_paminna().values_list("arbetsgivare", flat=True))):
        sista = 0
        while utskick.servern_svarar and (sista := _paminn_en_omgang(arbetsgivare, sista, utskick)):
            pass
    return utskick


def _att_paminna():
    """Behörigheter that have come nearer to their end than the latest notice says."""
    idag = timezone.localdate()
    villkor = Q(pk__in=[])
    for dagar in DAGAR_FORE:
        inom = Q(giltig_till__lte=idag + timedelta(days=dagar))
        villkor |= inom & (Q(paminnd=None) | Q(paminnd__gt=dagar))
    return Behorighet.objects.som_slutar_inom(max(DAGAR_FORE), idag).filter(villkor)


@transaction.atomic
def _paminn_en_omgang(arbetsgivare, efter, utskick):
    """The employer's next rows after the key `efter`, those that another run holds left out. Returns the last key, or None at the end."""
    rader = _att_paminna().filter(arbetsgivare=arbetsgivare, pk__gt=efter).select_related("anvandare", "arbetsgivare")
    omgang = list(rader.order_by("pk").select_for_update(of=("self",), skip_locked=True)[:I_TAGET])
    if not omgang:
        return None
    bestallare = list(Anvandare.objects.med_roll(Roll.BESTALLARE).filter(arbetsgivare=arbetsgivare).order_by("pk").distinct())
    nadda = _till_anvandarna(omgang, bestallare, utskick) | _till_bestallarna(omgang, bestallare, utskick)
    for rad in omgang:
        if rad.pk in nadda:
            _anteckna(rad)
            utskick.paminda += 1
    return omgang[-1].pk


def _till_anvandarna(omgang, bestallare, utskick):
    """One letter to each user about all the rows. Returns the keys of the rows whose letter was sent."""
    nadda = set()
    for _, grupp in groupby(sorted(omgang, key=attrgetter("anvandare_id", "giltig_till", "pk")), key=attrgetter("anvandare_id")):
        rader = list(grupp)
        anvandare = rader[0].anvandare
        context = {
            "behorigheter": rader,
            "bestallare": [person for person in bestallare if person.pk != anvandare.pk],
            "utses_av_fk": all(rad.roll == Roll.BESTALLARE for rad in rader),
        }
        if utskick.skicka("behorigheter/mejl_paminnelse.txt", anvandare, **context):
            nadda |= {rad.pk for rad in rader}
    return nadda


def _till_bestallarna(omgang, bestallare, utskick):
    """One letter to each beställare about what that person can renew. Returns the keys of the rows that stood in a letter."""
    nadda = set()
    fornybara = sorted((rad for rad in omgang if rad.roll != Roll.BESTALLARE), key=attrgetter("giltig_till", "pk"))
    for person in bestallare:
        rader = [rad for rad in fornybara if rad.anvandare_id != person.pk]
        if rader and utskick.skicka("behorigheter/mejl_paminnelse_bestallare.txt", person, behorigheter=rader):
            nadda |= {rad.pk for rad in rader}
    return nadda


def _anteckna(behorighet):
    kvar = (behorighet.giltig_till - timezone.localdate()).days
    behorighet.paminnd = min(dagar for dagar in DAGAR_FORE if kvar <= dagar)
    behorighet.save(update_fields=["paminnd"])
    logga(Handelse.Typ.PAMINNELSE_SKICKAD, by=None, pa=behorighet, anvandare=behorighet.anvandare_id, dagar=behorighet.paminnd)
