"""Changes of a deltagande. Every one leaves a row in the log that holds random ids and names of fields, never what they contain."""

from dataclasses import fields

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from behorigheter.inskickat import glom_lank
from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare import identitet
from deltagare.koder import Kon
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Samtycke, Samtyckestext
from deltagare.regler import V33, granska_alder, granska_avslutningsdatum
from deltagare.uppgifter import Situation
from insatser.models import Insats
from sus.core.regelbrott import Regelbrott

V20 = "Deltagaren är redan registrerad i insatsen under denna tid."

# What a correction can change of the deltagande itself: the log's name and the attribute.
RATTAS = {
    "startdatum": "startdatum",
    "kommun": "kommun_id",
    "stadsdel": "stadsdel_id",
    "utbildning": "utbildning",
    "tid_forsorjning": "tid_forsorjning",
    "kon": "kon",
    "alder_vid_start": "alder_vid_start",
    "slutdatum": "slutdatum",
    "avslutningsanledning": "avslutningsanledning",
}


@transaction.atomic
def inregistrera(*, insats, personnummer, namn, uppgifter, samtycke, by):
    """Register a person in an insats (form 9448), with the consent that allows it.

    Raises Regelbrott for a volyminsats (V33) and when the person already takes part at that time (V20).
    """
    insats = _las_insats(insats)
    if insats.ar_volyminsats:
        raise Regelbrott(V33)
    person_id = identitet.registrera(insats=insats, personnummer=personnummer, namn=namn, by=by)
    deltagande = Deltagande(insats=insats, person_id=person_id)
    _fyll_i(deltagande, uppgifter, personnummer)
    _granska_overlapp(deltagande)
    deltagande.save(force_insert=True)
    Mattillfalle.objects.create(deltagande=deltagande, insats=insats, typ=Mattillfalle.Typ.IN, **uppgifter.fore.falt())
    Samtycke.objects.create(
        deltagande=deltagande,
        insats=insats,
        text=Samtyckestext.objects.giltig(samtycke.datum),
        datum=samtycke.datum,
        sprak=samtycke.sprak,
        vardnadshavare=samtycke.vardnadshavare,
        original_skickat=samtycke.original_skickat,
        registrerat_av=by,
    )
    _logga(Handelse.Typ.DELTAGANDE_INREGISTRERAT, deltagande, by)
    return deltagande


@transaction.atomic
def registrera_ut(*, deltagande, uppgifter, by):
    """End an ongoing deltagande (form 9449). Raises Regelbrott when it has already ended."""
    deltagande = _las(deltagande)
    if deltagande.ar_avslutat:
        raise Regelbrott("Deltagaren är redan utregistrerad. Rätta utregistreringen i stället.")
    granska_avslutningsdatum(deltagande.insats, deltagande.startdatum, uppgifter.slutdatum)
    _avsluta(deltagande, uppgifter)
    deltagande.utregistrerad = timezone.now()
    deltagande.ny_version(by)
    deltagande.save()
    if uppgifter.efter:
        Mattillfalle.objects.create(deltagande=deltagande, insats=deltagande.insats, typ=Mattillfalle.Typ.UT, **uppgifter.efter.falt())
    _logga(Handelse.Typ.DELTAGANDE_UTREGISTRERAT, deltagande, by)
    return deltagande


@transaction.atomic
def ratta(*, deltagande, personnummer, inregistrering, utregistrering, by):
    """Correct what was registered; `utregistrering` is None while the deltagande goes on.

    Age and kön are worked out anew. The log holds the names of the fields that changed. Nothing changed: nothing is written.
    """
    deltagande = _las(deltagande)
    if deltagande.ar_avslutat != (utregistrering is not None):
        raise Regelbrott("Deltagandet har avslutats eller öppnats igen medan du rättade det. Öppna sidan på nytt.")
    fore = _varden(deltagande, _matningar(deltagande))
    _fyll_i(deltagande, inregistrering, personnummer)
    if utregistrering:
        granska_avslutningsdatum(deltagande.insats, deltagande.startdatum, utregistrering.slutdatum)
        _avsluta(deltagande, utregistrering)
    nya_matningar = {Mattillfalle.Typ.IN: inregistrering.fore, Mattillfalle.Typ.UT: utregistrering.efter if utregistrering else None}
    efter = _varden(deltagande, nya_matningar)
    andrade = sorted(namn for namn in fore if fore[namn] != efter[namn])
    if not andrade:
        return deltagande
    _granska_overlapp(deltagande)
    deltagande.ny_version(by)
    deltagande.save()
    for typ, situation in nya_matningar.items():
        _spara_matning(deltagande, typ, situation)
    _logga(Handelse.Typ.DELTAGANDE_RATTAT, deltagande, by, falt=andrade)
    return deltagande


@transaction.atomic
def ateroppna(*, deltagande, by):
    """Take back an utregistrering. The second measurement goes with it.

    Raises Regelbrott when the deltagande goes on, when the person has come back since, or when the insats has ended.
    """
    deltagande = _las(deltagande)
    if not deltagande.ar_avslutat:
        raise Regelbrott("Deltagandet är inte avslutat.")
    slut = deltagande.insats.slutdatum
    if slut is not None and slut < timezone.localdate():
        raise Regelbrott(f"Insatsen är avslutad sedan {slut}. Deltagandet kan inte öppnas igen.")
    deltagande.slutdatum = deltagande.avslutningsanledning = deltagande.utregistrerad = None
    _granska_overlapp(deltagande)
    deltagande.ny_version(by)
    deltagande.save()
    _spara_matning(deltagande, Mattillfalle.Typ.UT, None)
    _logga(Handelse.Typ.DELTAGANDE_ATEROPPNAT, deltagande, by)
    return deltagande


@transaction.atomic
def ta_bort_felregistrering(*, deltagande, by):
    """Avslutningsanledning 8: what was registered by mistake leaves SUS, and the person too when nothing else remains."""
    deltagande = _las(deltagande)
    _logga(Handelse.Typ.DELTAGANDE_FELREGISTRERAT, deltagande, by)
    _ta_bort(deltagande)


@transaction.atomic
def aterta_samtycke(*, deltagande, by):
    """Avslutningsanledning 6: the deltagande leaves SUS; an undated counter per insats, inregistreringsår and kön is raised by one."""
    deltagande = _las(deltagande)
    AnonymPost.objects.create(
        insats=deltagande.insats,
        ar=deltagande.startdatum.year,
        kon=deltagande.kon,
        slag=AnonymPost.Slag.ATERTAGET,
        antal=1,
        tid=None,
    )
    _logga(Handelse.Typ.SAMTYCKE_ATERTAGET, deltagande, by)
    _ta_bort(deltagande)


def _las_insats(insats):
    return Insats.objects.select_for_update(of=("self",)).select_related("samverkansorganisation").get(pk=insats.pk)


def _las(deltagande):
    """The row and its insats, locked: an insats that is being closed must know which deltaganden are open."""
    insats = _las_insats(deltagande.insats)
    deltagande = Deltagande.objects.select_for_update(of=("self",)).get(pk=deltagande.pk)
    deltagande.insats = insats
    return deltagande


def _fyll_i(deltagande, uppgifter, personnummer):
    deltagande.startdatum = uppgifter.startdatum
    deltagande.kommun = uppgifter.kommun
    deltagande.stadsdel = uppgifter.stadsdel
    deltagande.utbildning = uppgifter.utbildning
    deltagande.tid_forsorjning = uppgifter.tid_forsorjning
    deltagande.kon = Kon.fran_slug(personnummer.kon)
    deltagande.alder_vid_start = granska_alder(personnummer.alder(uppgifter.startdatum))


def _avsluta(deltagande, uppgifter):
    deltagande.slutdatum = uppgifter.slutdatum
    deltagande.avslutningsanledning = uppgifter.avslutningsanledning


def _granska_overlapp(deltagande):
    andra = Deltagande.objects.filter(insats_id=deltagande.insats_id, person_id=deltagande.person_id).exclude(pk=deltagande.pk)
    samtidiga = andra.filter(Q(slutdatum=None) | Q(slutdatum__gte=deltagande.startdatum))
    if deltagande.slutdatum:
        samtidiga = samtidiga.filter(startdatum__lte=deltagande.slutdatum)
    if samtidiga.exists():
        raise Regelbrott(V20, falt="startdatum")


def _spara_matning(deltagande, typ, situation):
    if situation is None:
        Mattillfalle.objects.filter(deltagande=deltagande, typ=typ).delete()
        return
    Mattillfalle.objects.update_or_create(
        deltagande=deltagande, typ=typ, defaults=situation.falt(), create_defaults={**situation.falt(), "insats": deltagande.insats}
    )


def _matningar(deltagande):
    return {matning.typ: Situation.av(matning) for matning in Mattillfalle.objects.filter(deltagande=deltagande)}


def _varden(deltagande, matningar):
    """Everything that a correction can change, by the names that the log uses."""
    varden = {namn: getattr(deltagande, falt) for namn, falt in RATTAS.items()}
    for typ in Mattillfalle.Typ.values:
        situation = matningar.get(typ)
        varden |= {f"{typ}.{falt.name}": getattr(situation, falt.name, None) for falt in fields(Situation)}
    return varden


def _ta_bort(deltagande):
    person_id = deltagande.person_id
    glom_lank(deltagande.get_absolute_url())
    deltagande.delete()
    identitet.glom(person_id)


def _logga(typ, deltagande, by, **detaljer):
    logga(typ, pa=deltagande, personer=[identitet.logg_id(deltagande.person_id)], by=by, **detaljer)
