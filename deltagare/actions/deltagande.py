"""Changes of a deltagande. Every one leaves a row in the log that holds random ids and names of fields, never what they contain."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare import identitet
from deltagare.actions import matning
from deltagare.actions.rattelse import skillnad, spara_rattelse
from deltagare.koder import Kon
from deltagare.models import Deltagande, Mattillfalle, Samtycke, Samtyckestext
from deltagare.regler import V33, granska_alder, granska_avslutningsdatum, granska_startdag
from deltagare.uppgifter import Matning
from insatser.models import Insats
from sus.core.regelbrott import Regelbrott

Typ = Mattillfalle.Typ
V20 = "Deltagaren är redan registrerad i insatsen under denna tid."

# What a correction can change of the deltagande itself: the name in a Rattelse and the attribute.
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
def inregistrera(*, insats, personnummer, namn, uppgifter, samtycke, att_kontrollera=False, by):
    """Register a person in an insats (form 9448), with the consent that allows it. `att_kontrollera`: folkbokföringen did not answer.

    Raises Regelbrott for a volyminsats (V33), for a startdag outside the insats (V19) and when the person already takes part at
    that time (V20).
    """
    [insats] = _las_insatser({insats.pk})
    if insats.ar_volyminsats:
        raise Regelbrott(V33)
    granska_startdag(insats, uppgifter.startdatum)
    person_id = identitet.registrera(insats=insats, personnummer=personnummer, namn=namn, by=by)
    deltagande = Deltagande(insats=insats, person_id=person_id, att_kontrollera=att_kontrollera)
    _fyll_i(deltagande, uppgifter, personnummer)
    _granska_overlapp(deltagande)
    deltagande.save(force_insert=True)
    matning.spara(deltagande, Typ.IN, Matning(uppgifter.fore, uppgifter.svar or {}))
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
    logga_deltagande(Handelse.Typ.DELTAGANDE_INREGISTRERAT, deltagande, by)
    return deltagande


@transaction.atomic
def registrera_ut(*, deltagande, uppgifter, by):
    """End an ongoing deltagande (form 9449). Raises Regelbrott when it has already ended."""
    deltagande = las_deltagande(deltagande)
    if deltagande.ar_avslutat:
        raise Regelbrott("Deltagaren är redan utregistrerad. Rätta utregistreringen i stället.")
    granska_avslutningsdatum(deltagande.insats, deltagande.startdatum, uppgifter.slutdatum)
    _avsluta(deltagande, uppgifter)
    deltagande.utregistrerad = timezone.now()
    deltagande.ny_version(by)
    deltagande.save()
    if uppgifter.efter:
        matning.spara(deltagande, Typ.UT, Matning(uppgifter.efter, uppgifter.svar or {}))
    logga_deltagande(Handelse.Typ.DELTAGANDE_UTREGISTRERAT, deltagande, by)
    return deltagande


@transaction.atomic
def ratta(*, deltagande, personnummer, inregistrering, utregistrering, by):
    """Correct what was registered; `utregistrering` is None while the deltagande goes on.

    Age and kön are worked out anew. The log holds the names of the fields that changed. Nothing changed: nothing is written.
    """
    deltagande = las_deltagande(deltagande)
    if deltagande.ar_avslutat != (utregistrering is not None):
        raise Regelbrott("Deltagandet har avslutats eller öppnats igen medan du rättade det. Öppna sidan på nytt.")
    sparade = matning.sparade(deltagande)
    fore = _varden(deltagande, sparade)
    granska_startdag(deltagande.insats, inregistrering.startdatum)
    _fyll_i(deltagande, inregistrering, personnummer)
    nya = {Typ.IN: sparade[Typ.IN].med(inregistrering.fore, inregistrering.svar), Typ.UT: Matning(None, {})}
    if utregistrering:
        granska_avslutningsdatum(deltagande.insats, deltagande.startdatum, utregistrering.slutdatum)
        _avsluta(deltagande, utregistrering)
        nya[Typ.UT] = sparade[Typ.UT].med(utregistrering.efter, utregistrering.svar)
    andringar = skillnad(fore, _varden(deltagande, nya))
    if not andringar:
        return deltagande
    _granska_overlapp(deltagande)
    deltagande.ny_version(by)
    deltagande.save()
    for typ, ny in nya.items():
        matning.spara(deltagande, typ, ny)
    andrade = spara_rattelse(deltagande=deltagande, andringar=andringar, by=by)
    logga_deltagande(Handelse.Typ.DELTAGANDE_RATTAT, deltagande, by, falt=andrade)
    return deltagande


@transaction.atomic
def ateroppna(*, deltagande, by):
    """Take back an utregistrering. The second measurement goes with it.

    Raises Regelbrott when the deltagande goes on, when the person has come back since, or when the insats has ended.
    """
    deltagande = las_deltagande(deltagande)
    if not deltagande.ar_avslutat:
        raise Regelbrott("Deltagandet är inte avslutat.")
    slut = deltagande.insats.slutdatum
    if slut is not None and slut < timezone.localdate():
        raise Regelbrott(f"Insatsen är avslutad sedan {slut}. Deltagandet kan inte öppnas igen.")
    sparade = matning.sparade(deltagande)
    fore = _varden(deltagande, sparade)
    deltagande.slutdatum = deltagande.avslutningsanledning = deltagande.utregistrerad = None
    _granska_overlapp(deltagande)
    deltagande.ny_version(by)
    deltagande.save()
    ingen = Matning(None, {})
    matning.spara(deltagande, Typ.UT, ingen)
    spara_rattelse(deltagande=deltagande, andringar=skillnad(fore, _varden(deltagande, sparade | {Typ.UT: ingen})), by=by)
    logga_deltagande(Handelse.Typ.DELTAGANDE_ATEROPPNAT, deltagande, by)
    return deltagande


def las_deltagande(deltagande):
    """The row and its insats, locked. Raises Deltagande.DoesNotExist when it is gone."""
    rader = las_deltaganden(Deltagande.objects.filter(pk=deltagande.pk))
    if not rader:
        raise Deltagande.DoesNotExist
    return rader[0]


def las_deltaganden(rader):
    """The rows and their insatser, locked: an insats that is being closed must know which deltaganden are open.

    Every deltagande before any insats, as a page has locked its deltagande before it acts: so nobody waits crosswise.
    """
    deltaganden = list(rader.select_for_update(of=("self",)).order_by("pk"))
    insatser = {insats.pk: insats for insats in _las_insatser({rad.insats_id for rad in deltaganden})}
    for deltagande in deltaganden:
        deltagande.insats = insatser[deltagande.insats_id]
    return deltaganden


def _las_insatser(pk):
    rader = Insats.objects.select_for_update(of=("self",)).select_related("samverkansorganisation")
    return list(rader.filter(pk__in=pk).order_by("pk"))


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


def _varden(deltagande, matningar):
    """Everything that a correction can change, by the names of a Rattelse."""
    return {namn: getattr(deltagande, falt) for namn, falt in RATTAS.items()} | matning.varden(matningar)


def logga_deltagande(typ, deltagande, by, **detaljer):
    logga(typ, pa=deltagande, personer=[identitet.logg_id(deltagande.person_id)], by=by, **detaljer)
