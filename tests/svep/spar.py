"""Looking for what is left of a person: every way a value can be written, in everything that SUS keeps."""

import base64
import re
import sys
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache
from django.db import connection

from behorigheter.models import Session
from behorigheter.sessioner import SessionStore

ALLA_TABELLER = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""


def skrivsatt(varde: str | bytes) -> set[str]:
    """A text or bytes as it can stand in another text: plain, reversed, in hex, in base64 wherever it begins."""
    oktetter = varde.encode() if isinstance(varde, str) else bytes(varde)
    former = {oktetter.hex(), oktetter[::-1].hex(), *_base64(oktetter)}
    if isinstance(varde, str):
        former |= {varde, varde[::-1], varde.encode("unicode_escape").decode()}
    return former


def _base64(oktetter: bytes) -> set[str]:
    """The characters that do not depend on what stands before and after."""
    for forskjutning in range(3):
        kodat = base64.b64encode(b"\0" * forskjutning + oktetter)
        borjan = -(-forskjutning * 8 // 6)
        slut = (forskjutning + len(oktetter)) * 8 // 6
        for form in (kodat, kodat.translate(bytes.maketrans(b"+/", b"-_"))):
            yield form[borjan:slut].decode()


def personnumrets_former(siffror: str) -> set[str]:
    """Twelve and ten digits, with and without a separator."""
    return {f"{del_[:-4]}{skiljetecken}{del_[-4:]}" for del_ in (siffror, siffror[2:]) for skiljetecken in ("", "-", "+", " ")}


def personens_spar(person, personnummer: str, *namn: str) -> set[str]:
    """All by which somebody could find or recognise the person, but not the random id of the log."""
    texter = {*personnumrets_former(personnummer), *namn, str(person.pk), person.pk.hex}
    bitar = [bytes(person.uppslag), bytes(person.personnummer), bytes(person.namn), person.pk.bytes]
    return {form for varde in (*texter, *bitar) for form in skrivsatt(varde)}


def i_databasen(*ord_: str) -> dict[str, set[str]]:
    """{table: which of the words} of every table with a row that holds one, in any column of any type. bytea is shown in hex."""
    with connection.cursor() as c:
        c.execute(ALLA_TABELLER)
        tabeller = [rad[0] for rad in c.fetchall()]
        return {tabell: funna for tabell in tabeller if (funna := _i_texten(_rader(c, tabell), ord_))}


def _rader(c, tabell):
    c.execute(f"SELECT string_agg(t::text, E'\\n') FROM {tabell} t")  # the name comes from the catalogue
    return c.fetchone()[0] or ""


def _i_texten(text, ord_):
    liten = text.lower()
    return {ett for ett in ord_ if ett in text or ett.lower() in liten}


def i_inloggningarna(*ord_: str) -> set[str]:
    """What the logins hold when they are decoded: the table has them packed."""
    return _i_texten(" ".join(str(SessionStore().decode(rad.session_data)) for rad in Session.objects.all()), ord_)


def i_cachen(*ord_: str) -> set[str]:
    packat = b" ".join(bytes(varde) for varde in cache._cache.values())  # the values of the tests' cache, as pickle wrote them
    return {ett for ett in ord_ if ett.encode() in packat}


def overallt(*ord_: str) -> dict[str, set[str]]:
    platser = {**i_databasen(*ord_), "inloggningar": i_inloggningarna(*ord_), "cache": i_cachen(*ord_)}
    return {plats: funna for plats, funna in platser.items() if funna}


_pagar: list[list[str]] = []


def _vid_oppning(handelse, argument):
    if handelse == "open" and _pagar and isinstance(argument[0], str | bytes | Path):
        skriver = isinstance(argument[1], str) and set(argument[1]) & set("wax+")
        if skriver or (isinstance(argument[2], int) and argument[2] & 0b11):
            _pagar[-1].append(str(argument[0]))


sys.addaudithook(_vid_oppning)  # never taken away: Python has no way to


@contextmanager
def skrivna_filer():
    """The files that this process opens for writing meanwhile, but for Python's own compiled modules."""
    _pagar.append([])
    try:
        yield _pagar[-1]
    finally:
        _pagar[-1][:] = [fil for fil in _pagar[-1] if not re.search(r"\.pyc(\.\d+)?$|^/dev/", fil)]
        _pagar.pop()
