"""What changes in the help: texts that Försäkringskassan writes, and what users tell Försäkringskassan."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from sus.start.models import Forbattringsforslag, Hjalptext, Hjalptextutgava, LastNyhet


@transaction.atomic
def skriv_hjalptext(*, slag, innehall, by):
    """A new help text and its first utgåva."""
    text = Hjalptext.objects.create(slag=slag, andrad_av=by, **innehall)
    _spara_utgava(text, by)
    logga(Handelse.Typ.HJALPTEXT_ANDRAD, pa=text, by=by, slag=text.get_slag_display(), tillagda=[text.rubrik])
    return text


@transaction.atomic
def andra_hjalptext(*, hjalptext, innehall, by):
    """The text as it reads from now on. What differs becomes a new utgåva; those before stay."""
    text = Hjalptext.objects.select_for_update(of=("self",)).get(pk=hjalptext.pk)
    andrat = [falt for falt, varde in innehall.items() if getattr(text, falt) != varde]
    if not andrat:
        return text
    for falt in andrat:
        setattr(text, falt, innehall[falt])
    text.ny_version(by)
    text.save()
    _spara_utgava(text, by)
    logga(Handelse.Typ.HJALPTEXT_ANDRAD, pa=text, by=by, slag=text.get_slag_display(), falt=andrat)
    return text


def _spara_utgava(text, by):
    Hjalptextutgava.objects.create(hjalptext=text, nummer=text.version, sparad_av=by, **text.innehall)


def markera_last(*, nyhet, by):
    """The start page no longer shows it to the user. Nothing of it is logged: it changes what nobody else sees."""
    LastNyhet.objects.get_or_create(anvandare=by, nyhet=nyhet)


@transaction.atomic
def lamna_forslag(*, slag, sida, text, by):
    forslag = Forbattringsforslag.objects.create(slag=slag, sida=sida, text=text, avsandare=by)
    logga(Handelse.Typ.FORSLAG_LAMNAT, pa=forslag, by=by, slag=forslag.get_slag_display())
    return forslag


@transaction.atomic
def besvara_forslag(*, forslag, status, svar, by):
    """Set the status and the answer, which the sender reads."""
    rad = Forbattringsforslag.objects.select_for_update(of=("self",)).get(pk=forslag.pk)
    rad.status, rad.svar = status, svar
    rad.ny_version(by)
    rad.save(update_fields=["status", "svar", "version", "andrad_tid", "andrad_av"])
    logga(Handelse.Typ.FORSLAG_BESVARAT, pa=rad, by=by, status=rad.get_status_display())
    return rad
