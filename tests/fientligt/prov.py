"""Hostile requests to a form page, and what is wrong with the answers."""

import random
import re
import sys
import time
import traceback
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import quote_from_bytes

from django.conf import settings
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import connection, transaction

from behorigheter import vaggar
from tests.fientligt.formular import Formular
from tests.fientligt.sida import las_sida
from tests.fientligt.varden import SKRIPT, TAL, TEXT, VARDEN, slag
from tests.svep.gang import SKRIVET
from tests.svep.gang import SPAR as SVEPETS_SPAR

SPAR = SVEPETS_SPAR | {"deltagare_hamtning"}  # a refused form has asked for the person all the same
TILLATNA, TILLATNA_TRASIGA = {200, 302, 409}, {200, 302, 400, 404, 409, 413}
LANGSTA_TID = 30.0  # seconds: something hangs; how fast a page is, bench/ measures
URLENCODED = "application/x-www-form-urlencoded"
# Search words: they are looked up and nothing is saved, and what cannot be found is not found.
SOKFALT = re.compile("sok|kommunnamn|traffar")
LANKLOSA = {"hidden"}  # an error of what nobody sees is told without a link
# What no reader should see: Django's own English, and the database's and Python's own words.
INTE_SVENSKA = re.compile(
    r"\b(?:This |Enter |Ensure|Select |required|valid |must |constraint|violates|(?<!“)None|Traceback|DETAIL|relation|null value)\b"
)
AVTRYCK = """
SELECT string_agg(
  format(
    'SELECT %%L AS tabell, md5(coalesce(string_agg(t::text, ''|'' ORDER BY t::text), '''')) AS a FROM public.%%I t', tablename, tablename
  ), ' UNION ALL ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY (%s)
"""


@dataclass
class Attack:
    """A request: `falt` the one control with a bad value and `varde` that value; `vagras` that it must be told so there."""

    namn: str
    kropp: list[tuple[str, object]]
    falt: str = ""
    varde: object = None
    vagras: bool = False
    struktur: bool = False  # may be answered 400 or 404: no form sends it
    knapp: bool = False  # answered without saving
    typ: str = URLENCODED

    def data(self) -> bytes:
        return b"&".join(f"{_kodat(namn)}={_kodat(varde)}".encode() for namn, varde in self.kropp)


def _kodat(varde):
    return quote_from_bytes(varde if isinstance(varde, bytes) else str(varde).encode("utf-8", "surrogatepass"), safe="")


def attacker(formular: Formular, antal: int, fro: str) -> list[Attack]:
    """The same ones every time; three of four are one bad value in a form that is otherwise right."""
    slump = random.Random(fro)
    enkla, strukturer = list(_enkla(formular)), list(_strukturer(formular, slump))
    slump.shuffle(enkla)
    slump.shuffle(strukturer)
    valda = enkla[: antal * 3 // 4]
    valda += strukturer[: antal // 8]
    return valda + [_flera(formular, slump) for _ in range(antal - len(valda))]


def par(kropp):
    return [(namn, varde) for namn, varden in kropp.items() for varde in varden]


def _varden(formular, namn):
    """(kind, value, must be refused) of each bad value of the control."""
    falt, kontroll = formular.falt.get(namn), formular.sida.kontroller[namn]
    slag_ = slag(namn, falt)
    vagras, inte = VARDEN[slag_]
    if slag_ == "text" and falt.max_length:
        vagras = [*vagras, "x" * (falt.max_length + 1)]
    if slag_ == "tal" and falt.minst >= 0:
        vagras = [*vagras, "-1", "−5"]
    return [(slag_, varde, not SOKFALT.search(namn)) for varde in vagras if varde not in kontroll.val] + [(slag_, v, False) for v in inte]


def _namn(formular):
    return [namn for namn in formular.sida.kontroller if namn != "csrfmiddlewaretoken"]


def _enkla(formular):
    for namn in _namn(formular):
        for slag_, varde, vagras in _varden(formular, namn):
            kropp = formular.ratt | {namn: [varde]}
            yield Attack(f"{namn} ({slag_}) = {_kort(varde)}", par(kropp), falt=namn, varde=varde, vagras=vagras)


def _flera(formular, slump):
    """A few controls bad at once."""
    kropp, namn = dict(formular.ratt), _namn(formular)
    valda = slump.sample(namn, min(len(namn), slump.randint(2, 4)))
    for falt in valda:
        kropp[falt] = [slump.choice([varde for _, varde, _ in _varden(formular, falt)])]
    return Attack(f"{', '.join(f'{falt} = {_kort(kropp[falt][0])}' for falt in valda)}", par(kropp))


def _strukturer(formular, slump):
    """Requests that no browser makes."""
    ratt = formular.ratt
    alla = par(ratt)
    for namn in ratt:
        yield Attack(f"utan {namn}", par({n: v for n, v in ratt.items() if n != namn}), struktur=True)
        yield Attack(f"{namn} två gånger", [*alla, (namn, slump.choice(TEXT + TAL))], struktur=True)
        yield Attack(f"{namn}[] i stället", par({f"{n}[]" if n == namn else n: v for n, v in ratt.items()}), struktur=True)
    for knapp, varde in [*formular.sida.knappar, *((knapp, hemskt) for knapp, _ in formular.sida.knappar for hemskt in TEXT)]:
        yield Attack(f"knappen {knapp}={_kort(varde)}", [*alla, (knapp, varde)], struktur=True, knapp=True)
        yield Attack(f"bara knappen {knapp}={_kort(varde)}", [(knapp, varde)], struktur=True, knapp=True)
        bort = slump.choice(list(ratt))
        utan = [(n, v) for n, v in alla if n != bort]
        yield Attack(f"knappen {knapp}={_kort(varde)} utan {bort}", [*utan, (knapp, varde)], struktur=True, knapp=True)
    yield Attack("ingenting", [], struktur=True)
    yield Attack("1 001 fält", [*alla, *((f"x{nr}", "") for nr in range(1_001))], struktur=True)
    yield Attack("3 MB", [*alla, ("x", "x" * 3_000_000)], struktur=True)
    yield Attack("en fil på 1 MB i varje fält", [(n, "x" * 1_000_000) for n, _ in alla[:2]], struktur=True)
    yield Attack("allt två gånger", [*alla, *alla], struktur=True)
    yield Attack(
        "okända fält", [*alla, ("id", "1"), ("pk", "1"), ("is_superuser", "on"), ("_method", "DELETE"), ("\0", "\0")], struktur=True
    )
    for typ in ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", f"{URLENCODED}; charset=utf-16",
                f"{URLENCODED}; charset=ingen", "multipart/form-data; boundary=x; charset=rot13", "", "x" * 1000):  # fmt: skip
        yield Attack(f"som {typ[:60]}", alla, typ=typ, struktur=True)


def _kort(varde):
    text = repr(varde)
    return text if len(text) < 60 else f"{text[:40]}… ({len(varde)})"


class Prov:
    """The page's address in the browser of who may send it. Each request is undone."""

    def __init__(self, besokare, adress):
        self.client, self.adress = besokare.client, adress
        self.kaka = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        with connection.cursor() as c:
            c.execute(AVTRYCK, [sorted({*SPAR, "django_migrations"})])
            self.fraga = c.fetchone()[0]
        self.fore = self._avtryck()

    def hamta(self):
        return self._begar(lambda: self.client.get(self.adress))

    def brister(self, attack, formular) -> list[str]:
        """What is wrong with the answer to the attack."""
        svar = self.skicka(attack)
        return [f"{attack.namn}: {svar.status}, {brist}" for brist in _brister(attack, svar, formular)]

    def skicka(self, attack):
        return self._begar(lambda: self.client.generic("POST", self.adress, attack.data(), content_type=attack.typ))

    def _begar(self, begaran) -> "Svar":
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.kaka.value})
        cache.clear()
        fel: list[str] = []

        def minns(**kwargs):
            fel.append(_var())

        got_request_exception.connect(minns)
        punkt, start = transaction.savepoint(), time.perf_counter()
        try:
            svar = begaran()
            return Svar(svar, time.perf_counter() - start, self._andrat(), fel)
        finally:
            got_request_exception.disconnect(minns)
            transaction.set_rollback(False)
            transaction.savepoint_rollback(punkt)

    def _andrat(self) -> set[str]:
        """Tables but the log's that are not as they were. Only looked through when the request has written at all."""
        if connection.needs_rollback or vaggar.ar_avbruten():
            return set()
        with connection.cursor() as c:
            c.execute(SKRIVET)
            if {tabell for tabell, _ in c.fetchall()} <= SPAR:
                return set()
        return {tabell for tabell, avtryck in self._avtryck().items() if avtryck != self.fore[tabell]}

    def _avtryck(self):
        with connection.cursor() as c:
            c.execute(self.fraga)
            return dict(c.fetchall())


@dataclass
class Svar:
    svar: object
    tid: float
    andrat: set[str]
    fel: list[str]

    @property
    def status(self):
        return self.svar.status_code


def _var() -> str:
    """Where the server's error came from: the last line of our own."""
    typ, fel, spar = sys.exc_info()
    egna = [rad for rad in traceback.extract_tb(spar) if "site-packages" not in rad.filename]
    return (
        f"{typ.__name__}: {str(fel)[:150]} ({egna[-1].filename.rpartition('/main/')[2]}:{egna[-1].lineno})" if typ and egna else repr(fel)
    )


def _brister(attack, svar, formular):
    if svar.status >= 500 or svar.status not in (TILLATNA_TRASIGA if attack.struktur else TILLATNA):
        yield f"inget svar på ett formulär {'; '.join(svar.fel)}"
        return
    if svar.tid > LANGSTA_TID:
        yield f"tog {svar.tid:.1f} s"
    if svar.status != 302 and svar.andrat:
        yield f"men skrev i {', '.join(sorted(svar.andrat))}"
    if attack.vagras and svar.status == 302:
        yield "skulle ha vägrats"
    if svar.status in {200, 409}:
        yield from _pa_sidan(attack, svar.svar.content.decode(), svar.status, formular)


def _pa_sidan(attack, html, status, formular):
    if SKRIPT in html:
        yield "skriptet står oskyddat på sidan"
    sida = las_sida(html)
    if status == 409:
        return
    if not sida.fel:
        if not (attack.knapp or sida.varnar or _ar_sokning(attack)):
            yield "visas igen utan att säga varför"
        if attack.vagras and not attack.knapp:
            yield "säger inte vad som är fel"
        return
    for id_, text in sida.fel:
        if not text or INTE_SVENSKA.search(text):
            yield f"felet {text!r} är inte svenska"
        if id_ and id_ not in sida.idn and not attack.struktur:
            yield f"felet {text!r} leder till #{id_} som inte finns"
    if attack.falt and attack.falt in formular.falt:
        yield from _vid_faltet(attack, sida, formular.sida.kontroller[attack.falt])


def _vid_faltet(attack, sida, kontroll):
    """The error leads to the field, and the field still has what was typed."""
    if attack.vagras and kontroll.typ not in LANKLOSA and not kontroll.idn & {id_ for id_, _ in sida.fel}:
        yield f"inget fel leder till fältet, bara {sida.fel}"
    nu = sida.kontroller.get(attack.falt)
    if nu is None:
        yield "fältet är borta"
    elif nu.typ in {"text", "textruta", "email"} and nu.varden != [_avkodat(attack.varde)]:
        yield f"det skrivna är inte kvar: {_kort(nu.varden)}"


def _avkodat(varde):
    return varde.decode("utf-8", "replace") if isinstance(varde, bytes) else varde


def _ar_sokning(attack):
    return bool(SOKFALT.search(attack.namn))
