"""The demo's content, loaded through the same code as the pages: Trollhättan, from its published year on, and three made-up förbund."""

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value
from django.db.models.functions import Cast, ExtractDay, Least, Now

from behorigheter.actions import ge_uppdrag
from behorigheter.models import Anvandare, Behorighet, Overenskommelse
from behorigheter.roller import Roll
from deltagare.models import Deltagande, Samtycke
from insatser.models import Insats
from organisations.models import Organisation, Samverkansorganisation
from sus.core.csvfil import Rad, las
from sus.start.demo.anvandare import DEMOANVANDARE, Demoanvandare
from sus.start.demo.bestallningar import skapa_bestallningar
from sus.start.demo.exempelforbund import exempelrader
from sus.start.demo.fragor import skapa_fragor
from sus.start.demo.hjalp import skapa_hjalp
from sus.start.demo.sprak import skapa_oversattningar
from sus.start.demo.trollhattan import fortsattning
from sus.start.importslag import SLAG
from sus.start.inlasning import las_in

TROLLHATTAN_2011 = Path(__file__).parent / "data" / "trollhattan-2011"

SENASTE_SAMTYCKEN = timedelta(days=60)
SKICKADES_EFTER = timedelta(days=3)
OVERENSKOMMELSE_FRAN = date(2009, 1, 1)


class GickInte(Exception):
    """The demo's own data were refused; the text says which row and why."""


@transaction.atomic
def skapa_demodata(idag: date) -> None:
    publicerat = las_publicerat()
    for namn, rader in publicerat.items():
        _las_in(SLAG[namn], rader)
    fortsatt = fortsattning(idag, {namn: [rad.varden() for rad in rader] for namn, rader in publicerat.items()})
    for namn, rader in [*exempelrader(idag).items(), *fortsatt.items()]:
        slag = SLAG[namn]
        kolumner = (*slag.kolumner, slag.frivillig) if slag.frivillig else slag.kolumner
        _las_in(slag, [Rad(nr, kolumner, [rad.get(kolumn, "") for kolumn in kolumner]) for nr, rad in enumerate(rader, start=2)])
    _skicka_original(idag)
    _registrera_i_tid()
    for person in DEMOANVANDARE:
        _skapa_anvandare(person, idag)
    skapa_bestallningar(idag)
    skapa_fragor(idag)
    skapa_hjalp(idag)
    skapa_oversattningar()


def las_publicerat() -> dict[str, list[Rad]]:
    """{SLAG: rows} of the files about Trollhättan in 2011."""
    filer = {slag: TROLLHATTAN_2011 / f"{slag.slag}.csv" for slag in SLAG.values()}
    return {slag.slag: las(fil, slag.kolumner, slag.frivillig) for slag, fil in filer.items() if fil.exists()}


def finns_redan() -> bool:
    return Anvandare.objects.filter(anvandarnamn__in=[person.anvandarnamn for person in DEMOANVANDARE]).exists()


def _las_in(slag, rader):
    utfall = las_in(slag, rader)
    if utfall.fel:
        raise GickInte("\n".join(f"{slag.slag} rad {nummer}: {text}" for nummer, text in utfall.fel.items()))


def _skicka_original(idag: date):
    """All but the latest samtycken have been sent in: a file says nothing of it."""
    Samtycke.objects.filter(datum__lt=idag - SENASTE_SAMTYCKEN).update(original_skickat=F("datum") + SKICKADES_EFTER)


def _registrera_i_tid():
    """As if everybody had been registered within a fortnight, and not by the file of today."""

    def strax_efter(dag: str) -> Least:
        vantan = ExpressionWrapper(ExtractDay(dag) * Value(timedelta(hours=11)), DurationField())
        return Least(Cast(dag, DateTimeField()) + vantan, Now())

    Deltagande.objects.update(inregistrerad=strax_efter("startdatum"))
    Deltagande.objects.exclude(slutdatum=None).update(utregistrerad=strax_efter("slutdatum"))


def _skapa_anvandare(person: Demoanvandare, idag: date):
    """The user, without password, with a behörighet of one year and the uppdrag."""
    arbetsgivare = Organisation.objects.get(namn=person.arbetsgivare)
    epost = f"{person.anvandarnamn}@example.se"
    anvandare = Anvandare(
        anvandarnamn=person.anvandarnamn, fornamn=person.fornamn, efternamn=person.efternamn, epost=epost, arbetsgivare=arbetsgivare
    )
    anvandare.set_unusable_password()
    anvandare.save()
    Overenskommelse.objects.get_or_create(
        organisation=arbetsgivare, defaults={"fran": OVERENSKOMMELSE_FRAN, "referens": f"Demo {arbetsgivare.pk}"}
    )
    if not person.roll:
        return
    fran = idag - timedelta(days=400) if person.slutade_galla else idag
    till = idag - timedelta(days=35) if person.slutade_galla else idag + timedelta(days=365)
    Behorighet.objects.create(anvandare=anvandare, roll=person.roll, arbetsgivare=arbetsgivare, giltig_fran=fran, giltig_till=till)
    if person.samverkansorganisation and not person.slutade_galla:
        for objekt in _dar_uppdraget_ar(person):
            ge_uppdrag(anvandare=anvandare, objekt=objekt, roll=person.roll, fran=idag, by=None)


def _dar_uppdraget_ar(person: Demoanvandare):
    organisation = Samverkansorganisation.objects.get(namn=person.samverkansorganisation)
    if person.roll == Roll.DELTAGARANSVARIG:
        return Insats.objects.filter(samverkansorganisation=organisation).med_personuppgifter()
    return [organisation]
