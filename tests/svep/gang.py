"""One persona's walk over every line of the table: many requests in one test transaction, each undone."""

import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from zlib import crc32

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.roller import Roll
from tests.deltagare.conftest import inregistrering, utregistrering
from tests.svep.facit import RELATIONER, SAKNAS, SIDOR, STOR, TRASIG, Sida
from tests.svep.lasbart import lasbart, utan_engangstecken
from tests.svep.personor import PERSONOR, Besokare
from tests.svep.varld import Varld

VARNINGAR = "utan-deltagaransvarig"  # codes of the warnings that a sent form has already said yes to
METODER = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
VANLIGA_METODER = ["GET", "POST"]
OSAKRA = {"POST", "PUT", "PATCH", "DELETE"}
INGEN_INT, INGEN_UUID, FOR_STOR = 10**9, uuid.UUID(int=5), 10**30
# What any request may leave behind: its trace, its login and its receipt.
SPAR = {"behorigheter_handelse", "behorigheter_handelselank", "behorigheter_session", "django_session", "behorigheter_inskickat"}
SKRIVET = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0
"""


@dataclass
class Fynd:
    """What a walk came to: wrong answers, canaries that should not be there, and the cells it has been in."""

    fel: list[str] = field(default_factory=list)
    lackor: set[tuple] = field(default_factory=set)
    rutor: int = 0
    lasta: int = 0  # answers with a page or a file


def gas(sida, namn: str, var: int) -> bool:
    """Whether one in so many of the pages that a persona never reaches is this one: the next persona has the next page."""
    return not sida.ar_stangd_for(namn) or (crc32(sida.namn.encode()) + list(PERSONOR).index(namn)) % var == 0


def ga(besokare: Besokare, namn: str, varld: Varld, *, metoder, relationer, sidor=SIDOR, gles=False, var=1, vagg_1=True):
    """Walk. `gles` leaves out methods that the page does not have and, of the pages that the role never reaches, all rows but the own one.
    One in `var` of those pages is walked.

    With wall 1 taken away only leaks count: who gets in where is then anybody's guess.
    """
    fynd = Fynd()
    kanarier = varld.kanarier()
    kaka = besokare.client.cookies.get(settings.SESSION_COOKIE_NAME)
    for sida in sidor:
        svar_per_relation = {}
        if not gas(sida, namn, var):
            continue
        en_rad = (gles and sida.ar_stangd_for(namn)) or sida.objekt not in VAGAR
        for relation in ["egen"] if en_rad else relationer:
            for metod in metoder:
                if (gles or sida.variant) and not {"GET": sida.get, "POST": sida.post}.get(metod):
                    continue
                svar, skrivet = _begar(besokare, kaka, sida, varld, relation, metod)
                fynd.rutor += 1
                fynd.lasta += svar.status_code == 200
                ruta = f"{namn}: {metod} {sida.namn} {relation}"
                hittade = kanarier.hittade(lasbart(svar)) - besokare.far_se.alla
                fynd.lackor |= {(ruta, kanarie) for kanarie in hittade}
                if vagg_1:
                    fynd.fel += _fel(ruta, svar, sida.vantat(namn, relation, metod, _i_vagen(sida, varld)), skrivet, metod)
                    svar_per_relation[relation, metod] = svar
        fynd.fel += _skillnader(f"{namn}: {sida.namn}", svar_per_relation, sida, varld)
    return fynd


def _fel(ruta, svar, vantat, skrivet, metod):
    if vantat not in {svar.status_code, None}:
        yield f"{ruta}: {svar.status_code}, skulle vara {vantat}"
    otillatet = skrivet - SPAR
    if otillatet and (metod not in OSAKRA or svar.status_code >= 400):
        yield f"{ruta}: {svar.status_code} men skrev i {', '.join(sorted(otillatet))}"


def _skillnader(ruta, svar_per_relation, sida, varld):
    """Somebody else's row and none at all: the same answer, byte for byte."""
    for (relation, metod), svar in svar_per_relation.items():
        inget = svar_per_relation.get((SAKNAS, metod))
        if inget is not None and relation in RELATIONER and svar.status_code == inget.status_code == 404:
            ena = utan_engangstecken(svar, radens_id(sida, varld, relation))
            if ena != utan_engangstecken(inget, radens_id(sida, varld, SAKNAS)):
                yield f"{ruta}: {metod} skiljer {relation} från en rad som inte finns"


def _begar(besokare, kaka, sida: Sida, varld, relation, metod):
    """The answer, and in which tables the request wrote; then everything is as before."""
    client = besokare.client
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: kaka.value} if kaka else {})
    cache.clear()
    punkt = transaction.savepoint()
    fore = _skrivna()
    try:
        adress = adressen(sida, varld, relation)
        data = _kropp(sida, varld, relation) if metod == "POST" else None
        svar = client.post(adress, data) if metod == "POST" else client.generic(metod, adress)
        skrivet = set() if _avbruten() else {tabell for tabell, antal in _skrivna().items() if antal != fore.get(tabell)}
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(punkt)
    return svar, skrivet


def _avbruten() -> bool:
    return connection.needs_rollback or vaggar.ar_avbruten()


def _skrivna():
    with connection.cursor() as c:
        c.execute(SKRIVET)
        return dict(c.fetchall())


# How an address is made: {what the line says: (row of the place, parts of the address, its query)}; X is the row's own id.
VAGAR = {
    **{
        falt: (falt, ["X"], {})
        for falt in (
            *("organisation", "insats", "tom_insats", "volyminsats", "deltagande", "avslutat", "organisationsuppdrag", "insatsuppdrag"),
            *("arsredogorelse", "utkast"),
            *("overenskommelse", "ifylld", "signerad", "anvandare", "behorighet", "fraga", "fragutkast"),
            *("arbetsgivare", "malgrupp", "stadsdel", "samtyckestext"),
            *("nyhet", "forslag"),
        )
    },
    "organisation+roll": ("organisation", ["X", Roll.INSATSANSVARIG.value], {}),
    "?insats": ("insats", [], {"insats": "X"}),
    "kostnad": ("organisation", ["kostnad"], {"niva": "organisation", "organisation": "X", "ar": "2011"}),
    "insatsrapport": ("insats", ["insats"], {"niva": "insats", "insats": "X", "fran": "2011-01", "till": "2012-12"}),
    "fragerapport": ("organisation", ["kompletterande-fragor"], {"niva": "organisation", "organisation": "X", "ar": "2011"}),
    "rapportpaket": ("organisation", ["paket"], {"typ": "tertial", "fran": "2011-05", "organisation": "X"}),
    "nationell rapport": ("organisation", ["nationell"], {"niva": "riket", "fran": "2011-01", "till": "2012-12", "sortera": "-antal"}),
    "regeringsunderlag": ("organisation", ["regeringsunderlag"], {"ar": "2011", "andamal": "Rapport"}),
    "registreringsrapport": ("insats", ["registrering"], {"niva": "insats", "insats": "X", "ar": "2011"}),
    "standardrapport": ("insats", ["standard-deltagare"], {"niva": "insats", "insats": "X", "typ": "tid", "ar": "2011", "jamfor": "riket"}),
    "deltagarrapport": (
        "insats",
        ["deltagare"],
        {"niva": "insats", "insats": "X", "typ": "bakgrund", "fran": "2011-01", "till": "2012-12"},
    ),
}
FASTA = {
    "okänt konto": ["ingen-med-det-namnet"],
    "gammalt kvitto": ["gammalt-kvitto"],
    "tom blankett": ["9448"],
    "gammal länk": ["1", "gammal-nyckel"],
    "nyckel": ["1"],
    "kapitel": ["deltagaransvarig"],
    "kurssida": ["deltagaransvarig", "1"],
}


def adressen(sida: Sida, varld, relation) -> str:
    fraga = dict(par.split("=") for par in sida.fraga.split("&") if par)
    if sida.objekt not in VAGAR:
        return _med_fraga(reverse(sida.vy, args=FASTA.get(sida.objekt, [])), fraga)
    _, delar, radens = VAGAR[sida.objekt]
    egen, id_ = radens_id(sida, varld, "egen"), radens_id(sida, varld, relation)
    vag = reverse(sida.vy, args=[egen if del_ == "X" else del_ for del_ in delar]).replace(f"/{egen}/", f"/{id_}/")
    return _med_fraga(vag, {namn: id_ if varde == "X" else varde for namn, varde in radens.items()} | fraga)


def _med_fraga(vag, fraga):
    return f"{vag}?{urlencode(fraga)}" if fraga else vag


def radens_id(sida, varld, relation) -> str:
    if relation in varld.platser:
        return str(getattr(varld.platser[relation], VAGAR[sida.objekt][0]).pk)
    egen = getattr(varld.egen, VAGAR[sida.objekt][0]).pk
    return {SAKNAS: str(INGEN_INT if isinstance(egen, int) else INGEN_UUID), TRASIG: "inte-ett-id", STOR: str(FOR_STOR)}[relation]


def _i_vagen(sida, varld) -> str:
    """What kind of id stands in the address itself, and not in its query. Nothing for a code: every word can be one."""
    falt, delar, _ = VAGAR.get(sida.objekt, ("", [], {}))
    if "X" not in delar:
        return ""
    return {int: "int", uuid.UUID: "uuid"}.get(type(getattr(varld.egen, falt).pk), "")


def _kropp(sida, varld, relation) -> dict:
    """What the form of the page sends; nothing named sends an empty form."""
    plats = varld.platser.get(relation, varld.egen)
    standard = {"nyckel": str(uuid.uuid4()), "version": "0"}
    match sida.kropp:
        case "":
            return standard
        case "sista dag":
            return standard | {"till": str(timezone.localdate())}
        case "sista dag, trots varning":
            return standard | {"till": str(timezone.localdate()), "bekraftade": VARNINGAR}
        case "version":
            return standard | {"version": "1"}
        case "ja":
            return standard | {"version": "1"}
        case "visa":
            return {"visa": str(plats.deltagande.pk)}
        case "ta bort":
            return standard | {"bekraftelse": "ta bort"}
        case "godkänn":
            return standard | {"beslut": "godkann"}
        case "visa-knapp":
            return standard | {"visa": ""}
        case "inregistrering":
            return inregistrering()
        case "utregistrering":
            return utregistrering()
        case "utkast":
            return inregistrering(spara=None, spara_utkast="ja")
        case "utkast till utregistrering":
            return utregistrering(spara=None, spara_utkast="ja")
        case "anonyma":
            return standard | {"ar": "2012", "kvinnor": "5", "man": "5"}
