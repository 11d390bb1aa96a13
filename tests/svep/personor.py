"""The personas of the sweep: who they are, and what has happened to their rights."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.roller import Roll
from tests.conftest import WebClient
from tests.factories import BehorighetFactory, OverenskommelseFactory, UppdragFactory
from tests.svep.kanarier import Kanarier
from tests.svep.varld import Varld, _anstalld, igar, imorgon


class Svepklient(WebClient):
    """The browser of the walk: as WebClient, but nothing is kept of templates and contexts, which costs more than the request."""

    def request(self, **kwargs):
        environ = self._base_environ(**kwargs)
        if not connection.in_atomic_block:
            return self.handler(environ)
        vaggar.ta_roll("sus_login")
        try:
            return self.handler(environ)
        finally:
            if not vaggar.ar_avbruten():
                vaggar.ta_roll("none")


@dataclass
class Besokare:
    """A logged-in browser and what it may see of the canaries."""

    client: Svepklient
    anvandare: object
    far_se: Kanarier


# Own uppdrag, and how the persona's right is changed: (roles with the place of the uppdrag, change, places whose deltagare may be seen)
IA, DA, SA, STOD = Roll.INSATSANSVARIG, Roll.DELTAGARANSVARIG, Roll.SAMVERKANSADMINISTRATOR, Roll.SUS_STOD
MED_UPPDRAG = {IA, DA, SA, STOD}
PERSONOR = {
    "anonym": (),
    "utan": (),
    "sa": ((SA, "egen"),),
    "ia": ((IA, "egen"),),
    "da": ((DA, "egen"),),
    "rapport": ((Roll.RAPPORT, None),),
    "bestallare": ((Roll.BESTALLARE, None),),
    "utfardare": ((Roll.UTFARDARE, "fk"),),
    "utfardare_af": ((Roll.UTFARDARE, "af"),),
    "fk": ((Roll.FK_ADMINISTRATOR, "fk"),),
    "analytiker": ((Roll.FK_ANALYTIKER, "fk"),),
    "loggranskare": ((Roll.LOGGRANSKARE, None),),
    "stod": ((STOD, "egen"),),
    "ia_da": ((IA, "egen"), (DA, "egen")),
    "da_granne": ((DA, "granne"),),
    "da_frammande": ((DA, "frammande"),),
    "igar": ((DA, "egen"),),
    "imorgon": ((DA, "egen"),),
    "aterkallad": ((DA, "egen"),),
    "uppdrag_slut": ((DA, "egen"),),
    "uppdrag_aterkallat": ((DA, "egen"),),
    "overenskommelse_slut": ((DA, "egen"),),
    "bytt_arbetsgivare": ((DA, "egen"),),
    "avstangd": ((DA, "egen"),),
}
INTE_LANGRE = {
    "igar",
    "imorgon",
    "aterkallad",
    "uppdrag_slut",
    "uppdrag_aterkallat",
    "overenskommelse_slut",
    "bytt_arbetsgivare",
    "avstangd",
}
PERSONAL = {"bestallare": ["egen"], "utfardare": ["egen", "granne", "frammande"], "fk": ["egen", "granne", "frammande"]}


def besok(namn: str, varld: Varld) -> Besokare:
    """The persona with its rights, logged in; what takes the rights away happens after the login, as it does in life."""
    client = Svepklient()
    if namn == "anonym":
        return Besokare(client, None, Kanarier())
    anvandare = _anstalld(
        _arbetsgivare(namn, varld), 500 + list(PERSONOR).index(namn), Kanarier(), fornamn="Persona", efternamn=namn.capitalize()
    )
    for roll, plats in PERSONOR[namn]:
        _ge(varld, anvandare, roll, plats)
    client.force_login(anvandare)
    if namn in INTE_LANGRE:
        _ta(namn, anvandare)
    return Besokare(client, anvandare, _far_se(namn, varld))


def _arbetsgivare(namn, varld):
    if namn == "overenskommelse_slut":  # an employer of its own: the others keep theirs
        return OverenskommelseFactory().organisation
    egna = {"fk": varld.fk, "af": varld.af}
    return next((egna[plats] for _, plats in PERSONOR[namn] if plats in egna), varld.egen.arbetsgivare)


def _ge(varld, anvandare, roll, plats):
    if roll == DA:
        UppdragFactory(anvandare=anvandare, roll=roll, insats=getattr(varld, plats).insats)
    elif roll in MED_UPPDRAG:
        UppdragFactory(anvandare=anvandare, roll=roll, samverkansorganisation=getattr(varld, plats).organisation)
    else:
        BehorighetFactory(anvandare=anvandare, roll=roll)


def _ta(namn, anvandare):
    """One thing each of all that a right hangs on."""
    idag = timezone.localdate()
    behorighet, uppdrag = anvandare.behorigheter.get(), anvandare.uppdrag.get()
    match namn:
        case "igar":
            behorighet.giltig_till = igar()
        case "imorgon":
            behorighet.giltig_fran = imorgon()
        case "aterkallad":
            behorighet.aterkallad = timezone.now()
        case "uppdrag_slut":
            uppdrag.till = igar()
        case "uppdrag_aterkallat":
            uppdrag.aterkallat = timezone.now()
        case "overenskommelse_slut":
            anvandare.arbetsgivare.overenskommelser.update(till=idag - timedelta(days=1))
        case "bytt_arbetsgivare":
            anvandare.arbetsgivare = anvandare.arbetsgivare.__class__.objects.exclude(pk=anvandare.arbetsgivare_id).get(typ="fk")
        case "avstangd":
            anvandare.is_active = False
    for rad in (behorighet, uppdrag, anvandare):
        rad.save()


def _far_se(namn, varld) -> Kanarier:
    far = Kanarier()
    for roll, plats in PERSONOR[namn]:
        if roll == DA and namn not in INTE_LANGRE:
            far |= getattr(varld, plats).deltagare
    for plats in PERSONAL.get(namn, []):
        far |= getattr(varld, plats).personal
    return far
