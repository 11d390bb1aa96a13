"""A deltagande leaves SUS: withdrawn samtycke and felregistrering. The log keeps the random ids, and nothing of what was registered."""

from django.db import connection, transaction
from django.utils import timezone

from behorigheter.inskickat import glom_lankar_till
from behorigheter.models import Handelse
from behorigheter.vaggar.tabeller import TABELLER
from deltagare import identitet
from deltagare.actions.deltagande import las_deltagande, logga_deltagande
from deltagare.kvitto import Aterkallelse, nytt_nummer
from deltagare.models import AnonymPost, Felregistreringsbegaran, Samtycke
from sus.core.regelbrott import Regelbrott

SJALV_PER_DAG = 5  # felregistreringar that one person makes alone (docs/regler.md 6.6)
INGEN_BEGARAN = "Begäran finns inte längre. Någon har redan svarat på den."


@transaction.atomic
def aterta_samtycke(*, deltagande, by):
    """Avslutningsanledning 6: the deltagande leaves SUS; an undated counter per insats, inregistreringsår and kön is raised by one.

    Returns what the participant's receipt says.
    """
    deltagande = las_deltagande(deltagande)
    samtycke = Samtycke.objects.filter(deltagande=deltagande).select_related("text").first()
    aterkallelse = Aterkallelse(nytt_nummer(), str(samtycke.text) if samtycke else "", timezone.localdate())
    logga_deltagande(Handelse.Typ.SAMTYCKE_ATERTAGET, deltagande, by, kvitto=aterkallelse.nummer, blankett=aterkallelse.blankett)
    ta_bort_med_raknare(deltagande)
    return aterkallelse


@transaction.atomic
def felregistrera(*, deltagande, by):
    """Avslutningsanledning 8: what was registered by mistake leaves SUS.

    Who has taken away SJALV_PER_DAG today asks another deltagaransvarig of the insats instead. Returns the begäran, or None
    when the deltagande is gone.
    """
    deltagande = las_deltagande(deltagande)
    if sjalv_idag(by) < SJALV_PER_DAG:
        logga_deltagande(Handelse.Typ.DELTAGANDE_FELREGISTRERAT, deltagande, by)
        _ta_bort(deltagande)
        return None
    if Felregistreringsbegaran.objects.filter(deltagande=deltagande).exists():
        raise Regelbrott("Det finns redan en begäran om att ta bort uppgifterna. En annan deltagaransvarig ska godkänna den.")
    begaran = Felregistreringsbegaran.objects.create(deltagande=deltagande, insats_id=deltagande.insats_id, begard_av=by)
    logga_deltagande(Handelse.Typ.FELREGISTRERING_BEGARD, deltagande, by)
    return begaran


@transaction.atomic
def godkann_felregistrering(*, deltagande, by):
    """The second person says yes. Raises Regelbrott for who asked, and when the begäran is no more."""
    deltagande, begaran = _las_begaran(deltagande)
    if begaran.begard_av_id == by.pk:
        raise Regelbrott("Du har själv begärt att uppgifterna tas bort. En annan deltagaransvarig ska godkänna det.")
    logga_deltagande(Handelse.Typ.DELTAGANDE_FELREGISTRERAT, deltagande, by, begard_av=begaran.begard_av_id)
    _ta_bort(deltagande)


@transaction.atomic
def avsla_felregistrering(*, deltagande, by):
    """The second person says no, or who asked takes it back: the deltagande stays as it is."""
    deltagande, begaran = _las_begaran(deltagande)
    status = "återtagen" if begaran.begard_av_id == by.pk else "avslagen"
    begaran.delete()
    logga_deltagande(Handelse.Typ.FELREGISTRERING_BEGARD, deltagande, by, status=status)


def sjalv_idag(anvandare) -> int:
    """How many felregistreringar the user has made alone today; until the transaction ends nobody else counts the same user's."""
    with connection.cursor() as c:
        c.execute("SELECT vagg.felregistreringar_idag(%s)", [anvandare.pk])
        return c.fetchone()[0]


def ta_bort_med_raknare(deltagande):
    """Take away a locked deltagande whose samtycke does not hold any more. The counter tells neither when nor why."""
    AnonymPost.objects.create(
        insats_id=deltagande.insats_id,
        ar=deltagande.startdatum.year,
        kon=deltagande.kon,
        slag=AnonymPost.Slag.ATERTAGET,
        antal=1,
        tid=None,
    )
    _ta_bort(deltagande)


def fornya_statistik():
    """Take the query planner's samples of the tables about persons anew: they quote rows, also of who has left SUS since."""
    tabeller = ["deltagare_person", *(namn for namn, tabell in TABELLER.items() if tabell.vagg)]
    with connection.cursor() as c:
        c.execute(f"ANALYZE {', '.join(tabeller)}")


def _las_begaran(deltagande):
    deltagande = las_deltagande(deltagande)
    begaran = Felregistreringsbegaran.objects.filter(deltagande=deltagande).first()
    if begaran is None:
        raise Regelbrott(INGEN_BEGARAN)
    return deltagande, begaran


def _ta_bort(deltagande):
    """With all that belongs to it; the person too, when no other deltagande remains."""
    glom_lankar_till(deltagande)
    identitet.glom_utkast(insats_id=deltagande.insats_id, person_id=deltagande.person_id)
    deltagande.delete()
    identitet.glom(deltagande.person_id)
