"""The order of a behörighet (form 9445): filled in, signed by the beställare, issued or refused by the utfärdare.

Nobody signs or decides an order about oneself, and nobody both signs and issues (docs/regler.md 9.4).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from behorigheter.actions.anvandare import ta_in_anvandare
from behorigheter.actions.behorighet import ge_behorighet, ska_kunna_forenas
from behorigheter.actions.bestallare import hinder_utan_overenskommelse, ska_ha_overenskommelse, ska_vara_i_tid
from behorigheter.aktivering import aktiveringslank
from behorigheter.logg import logga
from behorigheter.mejl import skicka
from behorigheter.models import Anvandare, Bestallning, Handelse, bestallbara_roller
from behorigheter.models.behorighet import V34
from behorigheter.roller import FAR_INTE_FORENAS, Roll
from sus.core.regelbrott import Regelbrott

SAKNAR_ARBETSGIVARE = "Ditt konto har ingen arbetsgivare. Be din arbetsgivares beställare att beställa behörighet åt dig."
NYCKLAR_BYTS = "SUS byter nycklarna till personuppgifterna just nu. Försök igen om en stund."
Status = Bestallning.Status


def hinder_mot_egen(anvandare) -> str:
    """Why the user cannot order at all, or empty."""
    if anvandare.arbetsgivare is None:
        return SAKNAR_ARBETSGIVARE
    return hinder_utan_overenskommelse(anvandare.arbetsgivare)


@transaction.atomic
def bestall_for_sig_sjalv(*, epost, telefon, roller, fran, till, by):
    """An order about oneself, at the own employer; the account's name and personnummer are used. The beställare is told."""
    if by.arbetsgivare is None:
        raise Regelbrott(SAKNAR_ARBETSGIVARE)
    bestallning = _om(by, epost=epost, telefon=telefon, roller=roller, fran=fran, till=till)
    _fyll_i(bestallning, by)
    skicka(
        "behorigheter/mejl_att_signera.txt",
        amne="En beställning av behörighet till SUS väntar på dig",
        till=Anvandare.objects.andra_bestallare(by).values_list("epost", flat=True),
        bestallning=bestallning,
    )
    return bestallning


@transaction.atomic
def bestall_for_annan(*, uppgifter, personnummer, roller, fran, till, by):
    """The beställare fills in the order for somebody at the own employer; `uppgifter` are namn, e-post and telefon.

    Whether the person is known at another employer is neither looked up nor told.
    """
    bestallning = Bestallning(organisation=by.arbetsgivare, roller=roller, fran=fran, till=till, **uppgifter)
    bestallning.satt_personnummer(personnummer)
    if by.ar_samma_person(bestallning):
        raise Regelbrott("Du kan inte beställa åt dig själv här. Välj Beställ åt mig själv.", falt="personnummer")
    bestallning.anvandare = Anvandare.objects.filter(uppslag__in=bestallning.uppslagsvarden, arbetsgivare=by.arbetsgivare).first()
    _fyll_i(bestallning, by)
    return bestallning


def _om(anvandare, **innehall):
    """A new order about a user, at the employer; name and personnummer are the account's."""
    return Bestallning(
        organisation=anvandare.arbetsgivare,
        anvandare=anvandare,
        fornamn=anvandare.fornamn,
        efternamn=anvandare.efternamn,
        uppslag=anvandare.uppslag,
        personnummer=anvandare.personnummer,
        **innehall,
    )


def _fyll_i(bestallning, by):
    if bestallning.fran < timezone.localdate():
        raise Regelbrott("Första dagen kan inte ligga före i dag.", falt="fran")
    if Bestallning.objects.om_personen(bestallning).filter(organisation=bestallning.organisation).vantande().exists():
        raise Regelbrott("Det finns redan en beställning för personen som inte är avgjord. Vänta på den eller ta tillbaka den först.")
    _prova(bestallning)
    bestallning.ifylld_av = by
    bestallning.save()
    logga(Handelse.Typ.BESTALLNING_IFYLLD, pa=bestallning, by=by, **_innehall(bestallning))


def _prova(bestallning):
    """What must hold when it is filled in, and again when it is signed."""
    ska_ha_overenskommelse(bestallning.organisation)
    ska_vara_i_tid(bestallning.fran, bestallning.till)
    roller = set(bestallning.roller)
    if not roller <= set(bestallbara_roller(bestallning.organisation.typ)):
        raise Regelbrott("En av rollerna kan inte beställas för anställda i organisationen.", falt="roller")
    if any(roller & FAR_INTE_FORENAS.get(Roll(roll), set()) for roll in roller):
        raise Regelbrott(V34, falt="roller")
    if bestallning.anvandare:
        ska_kunna_forenas(bestallning.anvandare, bestallning.roller, bestallning.fran, bestallning.till)


@transaction.atomic
def signera_bestallning(*, bestallning, roller, fran, till, by):
    """The beställare's signature, after possible changes of roles and period."""
    bestallning = _last(bestallning, Status.IFYLLD)
    _inte_om_sig_sjalv(bestallning, by)
    bestallning.roller, bestallning.fran, bestallning.till = roller, fran, till
    _prova(bestallning)
    _signera(bestallning, by)
    return bestallning


def _signera(bestallning, by):
    bestallning.status = Status.SIGNERAD
    bestallning.signerad_av, bestallning.signerad_tid = by, timezone.now()
    _spara(bestallning, by)
    logga(Handelse.Typ.BESTALLNING_SIGNERAD, pa=bestallning, by=by, **_innehall(bestallning))


@transaction.atomic
def fornya_behorigheter(*, anvandare, roller, till, epost, telefon, by):
    """The beställare orders anew what a user of the own employer has, filled in and signed in one step.

    Each behörighet is followed without a gap by the next one; the order's first day is the first of these days.
    """
    slut = anvandare.behorigheter.giltiga().filter(roll__in=roller).order_by("giltig_till").values_list("giltig_till", flat=True).first()
    if slut is None:
        raise Regelbrott(f"{anvandare} har ingen gällande behörighet att förnya. Gör en ny beställning.")
    bestallning = _om(anvandare, epost=epost, telefon=telefon, roller=roller, fran=slut + timedelta(days=1), till=till)
    _inte_om_sig_sjalv(bestallning, by)
    _fyll_i(bestallning, by)
    _signera(bestallning, by)
    return bestallning


@transaction.atomic
def avsla_bestallning(*, bestallning, lage, skal, by):
    """Refuse with a reason: the beställare what is filled in, the utfärdare what is signed. `lage` is which of them."""
    bestallning = _last(bestallning, lage)
    _inte_om_sig_sjalv(bestallning, by)
    bestallning.status = Status.AVSLAGEN
    bestallning.skal = skal
    _avgor(bestallning, by)
    logga(Handelse.Typ.BESTALLNING_AVSLAGEN, pa=bestallning, by=by)
    skicka(
        "behorigheter/mejl_avslagen.txt",
        amne="Beställningen av behörighet till SUS är avslagen",
        till=_berorda(bestallning),
        bestallning=bestallning,
    )
    return bestallning


@transaction.atomic
def utfarda_bestallning(*, bestallning, by):
    """Issue what is ordered: the user, new or known, and one behörighet per role that the user does not have already."""
    bestallning = _last(bestallning, Status.SIGNERAD)
    _inte_om_sig_sjalv(bestallning, by)
    if bestallning.signerad_av_id == by.pk:
        raise Regelbrott("Du har signerat beställningen och kan inte också utfärda den. Någon annan utfärdare måste göra det.")
    ska_ha_overenskommelse(bestallning.organisation)
    if bestallning.till < timezone.localdate():
        raise Regelbrott("Perioden i beställningen har passerat. Avslå beställningen.")
    anvandare = ta_in_anvandare(person=bestallning, organisation=bestallning.organisation, by=by)
    if bestallning.anvandare is None and anvandare.uppslag != bestallning.uppslag:
        raise Regelbrott(NYCKLAR_BYTS)  # the database knows the person of the order by the look-up value alone
    period = {"fran": bestallning.fran, "till": bestallning.till}
    nya = [ge_behorighet(anvandare=anvandare, roll=roll, bestallning=bestallning, by=by, **period) for roll in bestallning.roller]
    if not any(nya):
        raise Regelbrott("Personen har redan rollerna under hela perioden. Avslå beställningen.")
    bestallning.status = Status.UTFARDAD
    bestallning.anvandare = anvandare
    _avgor(bestallning, by)
    _bekrafta(bestallning, [behorighet for behorighet in nya if behorighet], anvandare)
    return bestallning


def _bekrafta(bestallning, behorigheter, anvandare):
    """To the user with the way in, and to who ordered without it."""
    innehall = {"amne": "Behörighet till SUS är utfärdad", "bestallning": bestallning, "behorigheter": behorigheter}
    lank = aktiveringslank(anvandare)
    skicka("behorigheter/mejl_utfardad.txt", till=[anvandare.epost], anvandare=anvandare, lank=lank, **innehall)
    andra = [adress for adress in _berorda(bestallning) if adress != anvandare.epost]
    skicka("behorigheter/mejl_utfardad_bestallare.txt", till=andra, anvandare=anvandare, **innehall)


@transaction.atomic
def aterta_bestallning(*, bestallning, by):
    """Withdraw what is not yet decided."""
    bestallning = _last(bestallning, *Bestallning.VANTANDE)
    bestallning.status = Status.ATERTAGEN
    _spara(bestallning, by)
    logga(Handelse.Typ.BESTALLNING_ATERTAGEN, pa=bestallning, by=by)
    return bestallning


def _last(bestallning, *lagen):
    """The row, locked. Raises Regelbrott when somebody else has taken it further."""
    bestallning = Bestallning.objects.select_for_update(of=("self",)).get(pk=bestallning.pk)
    if bestallning.status not in lagen:
        raise Regelbrott(f"Beställningen kan inte ändras. Status: {bestallning.get_status_display()}.")
    return bestallning


def _inte_om_sig_sjalv(bestallning, by):
    if bestallning.anvandare_id == by.pk or by.ar_samma_person(bestallning):
        raise Regelbrott("Beställningen gäller dig själv. Någon annan måste göra det här.")


def _avgor(bestallning, by):
    bestallning.avgjord_av, bestallning.avgjord_tid = by, timezone.now()
    _spara(bestallning, by)


def _spara(bestallning, by):
    bestallning.ny_version(by)
    bestallning.save()


def _innehall(bestallning):
    return {"roller": [str(roll) for roll in bestallning.roller], "fran": str(bestallning.fran), "till": str(bestallning.till)}


def _berorda(bestallning):
    """E-post of the person and of who filled it in and signed."""
    personer = [rad for rad in (bestallning.ifylld_av, bestallning.signerad_av) if rad]
    return [bestallning.epost, *(rad.epost for rad in personer)]
