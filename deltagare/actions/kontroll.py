"""What folkbokföringen says of everybody, asked every night: who has become protected leaves SUS, and what was typed by hand is put right.

It is the system that asks. Nobody is shown anything, and the log tells of each change but not what it was.
"""

from dataclasses import dataclass

from django.db import DatabaseError, transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare import folkbokforing, identitet, utkast
from deltagare.actions.borttagning import ta_bort_med_raknare
from deltagare.actions.deltagande import las_deltaganden, logga_deltagande
from deltagare.actions.rattelse import skillnad, spara_rattelse
from deltagare.models import Deltagande
from organisations.models import Kommun, Stadsdel

I_TAGET = 500


@dataclass
class Utfall:
    """Numbers of persons, and of deltaganden that were put right or checked."""

    fragade: int = 0
    kontrollerade: int = 0
    avidentifierade: int = 0
    misslyckade: int = 0


def kontrollera_alla() -> Utfall:
    """Ask about everybody with a personnummer. Each person is a transaction; one that fails stops nobody else.

    Raises RegistretSvararInte when the register falls silent: what is done is done, and the next run begins anew.
    """
    utfall = Utfall()
    try:
        for personer in identitet.alla(I_TAGET):
            _kontrollera(personer, utfall)
    finally:
        logga(Handelse.Typ.DELTAGANDE_KONTROLLERAT, by=None, antal=utfall.fragade)
    return utfall


def _kontrollera(personer, utfall):
    fragas_om = {person_id: nummer for person_id, nummer in personer.items() if not nummer.ar_samordningsnummer}
    svar = folkbokforing.hamta_flera(list(fragas_om.values())) if fragas_om else {}
    utfall.fragade += len(fragas_om)
    for_hand = set(Deltagande.objects.filter(att_kontrollera=True, person__in=fragas_om).values_list("person_id", flat=True))
    for person_id, personnummer in fragas_om.items():
        traff = svar[personnummer]
        try:
            if traff and traff.skyddad:
                utkast.glom_om(personnummer)  # first: were the person gone, nobody would be asked about it again
                avidentifiera(person_id=person_id)
                utfall.avidentifierade += 1
            elif traff and person_id in for_hand:
                utfall.kontrollerade += ratta_efter_folkbokforingen(person_id=person_id, personnummer=personnummer, traff=traff)
        except DatabaseError:  # its text may hold the row
            utfall.misslyckade += 1


@transaction.atomic
def avidentifiera(*, person_id):
    """A person with skyddade personuppgifter leaves SUS as after a withdrawn samtycke, in every insats."""
    for deltagande in las_deltaganden(Deltagande.objects.filter(person=person_id)):
        logga_deltagande(Handelse.Typ.DELTAGANDE_AVIDENTIFIERAT, deltagande, by=None)
        ta_bort_med_raknare(deltagande)


@transaction.atomic
def ratta_efter_folkbokforingen(*, person_id, personnummer, traff) -> int:
    """Put right what was typed by hand while the register was away. Returns how many deltaganden were.

    A kommun with stadsdelar keeps the mark until somebody has chosen one; a kommun that SUS does not know changes nothing.
    """
    kommun = Kommun.objects.filter(kod=traff.kommun_kod).first()
    if kommun is None:
        return 0
    rader = las_deltaganden(Deltagande.objects.filter(person=person_id, att_kontrollera=True))
    return sum(_ratta(rad, kommun, personnummer, traff.namn) for rad in rader)


def _ratta(deltagande, kommun, personnummer, namn) -> bool:
    flyttad = deltagande.kommun_id != kommun.pk
    stadsdel = None if flyttad else deltagande.stadsdel_id
    saknar_stadsdel = stadsdel is None and Stadsdel.objects.giltiga(deltagande.startdatum).filter(kommun=kommun).exists()
    if saknar_stadsdel and not flyttad:
        return False  # waits for the deltagaransvarig
    identitet.registrera(insats=deltagande.insats, personnummer=personnummer, namn=namn, by=None)
    if flyttad:
        andringar = skillnad(
            {"kommun": deltagande.kommun_id, "stadsdel": deltagande.stadsdel_id}, {"kommun": kommun.pk, "stadsdel": stadsdel}
        )
        deltagande.kommun, deltagande.stadsdel_id = kommun, stadsdel
        deltagande.ny_version(None)
        spara_rattelse(deltagande=deltagande, andringar=andringar, by=None)
    deltagande.att_kontrollera = saknar_stadsdel
    deltagande.save()
    logga_deltagande(Handelse.Typ.DELTAGANDE_KONTROLLERAT, deltagande, by=None)
    return True
