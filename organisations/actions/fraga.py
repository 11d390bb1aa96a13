"""Kompletterande frågor: registering, changing, publishing, ordering and removing one (docs/regler.md 8)."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse
from organisations.models import KompletterandeFraga, Samverkansorganisation, Svarsalternativ
from sus.core.regelbrott import Regelbrott, krav_pa_ordning

V39 = "Frågan har besvarats och kan inte ändras. Avsluta den och skapa en ny."
KVAR = "Frågan har besvarats och kan inte tas bort. Avsluta den i stället genom att ange en sista dag."
MINST, HOGST = 2, 12
JA_NEJ = ("Ja", "Nej")
SLAG = KompletterandeFraga.Slag


@transaction.atomic
def skapa_fraga(*, samverkansorganisation, uppgifter, alternativ, by):
    """Register a draft, last in order. `alternativ` are the texts in order; Ja and Nej come by themselves.

    Raises Regelbrott for a period before the samverkansorganisation's start (V02) and for too few or too many alternatives.
    """
    forbund = Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)
    sist = forbund.fragor.aggregate(sist=Max("ordning"))["sist"] or 0
    fraga = KompletterandeFraga(samverkansorganisation=forbund, ordning=sist + 1, **uppgifter)
    _krav_pa_perioden(fraga)
    fraga.save()
    _satt_alternativ(fraga, alternativ)
    logga(Handelse.Typ.FRAGA_SKAPAD, pa=fraga, by=by)
    return fraga


@transaction.atomic
def andra_fraga(*, fraga, uppgifter, alternativ=None, by):
    """Change some of its fields, and its alternatives unless None. What differs from a published text is published anew by `by`.

    Raises Regelbrott when it has been answered and something else than its last day differs (V39), and as skapa_fraga.
    """
    rad = _las(fraga)
    andrade = [falt for falt, varde in uppgifter.items() if getattr(rad, falt) != varde]
    for falt in andrade:
        setattr(rad, falt, uppgifter[falt])
    sparade = [str(val) for val in rad.alternativ.all()]
    nya_alternativ = alternativ is not None and alternativen_av(rad.slag, alternativ) != sparade
    if nya_alternativ:
        andrade.append("alternativ")
    if not andrade:
        return rad
    if set(andrade) != {"till"} and rad.ar_besvarad():
        raise Regelbrott(V39)
    _krav_pa_perioden(rad)
    if rad.publicerad and set(andrade) != {"till"}:
        rad.publicerad, rad.publicerad_av = timezone.now(), by
    rad.ny_version(by)
    rad.save()
    if nya_alternativ:
        _satt_alternativ(rad, alternativ)
    logga(Handelse.Typ.FRAGA_ANDRAD, pa=rad, by=by, falt=andrade)
    return rad


@transaction.atomic
def publicera_fraga(*, fraga, by):
    """From its first day it is put in all insatser. `by` answers for that it asks for no sensitive data."""
    rad = _las(fraga)
    if rad.publicerad:
        raise Regelbrott("Frågan är redan publicerad.")
    if rad.till and rad.till < timezone.localdate():
        raise Regelbrott("Frågans sista dag har passerat. Ändra perioden innan du publicerar frågan.")
    rad.publicerad, rad.publicerad_av = timezone.now(), by
    rad.ny_version(by)
    rad.save()
    logga(Handelse.Typ.FRAGA_PUBLICERAD, pa=rad, by=by)
    return rad


@transaction.atomic
def flytta_fraga(*, fraga, steg, by):
    """Move it `steg` places in the order of the samverkansorganisation's questions: -1 is up, 1 is down. At the end it stays.

    The order stands outside the version: who has the question open for change is not disturbed.
    """
    Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=fraga.samverkansorganisation_id)
    rader = list(KompletterandeFraga.objects.filter(samverkansorganisation=fraga.samverkansorganisation_id))
    fran = rader.index(fraga)
    rader.insert(min(max(fran + steg, 0), len(rader)), rader.pop(fran))
    if rader.index(fraga) == fran:
        return fraga
    for ordning, rad in enumerate(rader, 1):
        rad.ordning = ordning
    KompletterandeFraga.objects.bulk_update(rader, ["ordning"])
    logga(Handelse.Typ.FRAGA_ANDRAD, pa=fraga, by=by, falt=["ordning"])
    return fraga


@transaction.atomic
def ta_bort_fraga(*, fraga, by):
    """Remove a question that nobody has answered; one that has been answered is ended instead."""
    rad = _las(fraga)
    if rad.ar_besvarad():
        raise Regelbrott(KVAR)
    logga(Handelse.Typ.FRAGA_BORTTAGEN, pa=rad, by=by)
    rad.delete()


def alternativen_av(slag, texter) -> list[str]:
    """The alternatives that a question of the kind gets."""
    return list(JA_NEJ) if slag == SLAG.JA_NEJ else list(texter)


def _las(fraga):
    return KompletterandeFraga.objects.select_for_update(of=("self",)).get(pk=fraga.pk)


def _krav_pa_perioden(fraga):
    if fraga.fran < fraga.samverkansorganisation.startdatum:
        raise Regelbrott(fraga.samverkansorganisation.fore_start, falt="fran")
    krav_pa_ordning(fraga.fran, fraga.till)


def _satt_alternativ(fraga, texter):
    texter = alternativen_av(fraga.slag, texter)
    if not MINST <= len(texter) <= HOGST:
        raise Regelbrott(f"Frågan ska ha minst {MINST} och högst {HOGST} svarsalternativ.", falt="alternativ_1")
    fraga.alternativ.all().delete()
    Svarsalternativ.objects.bulk_create(Svarsalternativ(fraga=fraga, text=text, ordning=nr) for nr, text in enumerate(texter, 1))
