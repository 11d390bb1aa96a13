"""What a protected report prints says nothing of its small cells: not in text, geometry, order, attributes or metadata.

Two countries differ only in what is hidden. Every file of the one is, byte for byte, that of the other.
"""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from behorigheter.roller import Roll
from deltagare.models import Deltagande, Svar
from rapporter.register import RAPPORTER
from rapporter.renderare import FORMAT
from rapporter.renderare.to_html import to_html
from rapporter.skydd import skydda
from rapporter.tabell import Typ
from tests.factories import BehorighetFactory, InsatsFactory, KompletterandeFragaFactory, PersonFactory, SamverkansorganisationFactory
from tests.rapporter import slump
from tests.rapporter.conftest import gor_rapport, som_json
from tests.rapporter.oracle import Lage, Post
from tests.rapporter.test_skyddsregler import ANDEL, KON, TOTALT, tabellen

NU = datetime(2021, 2, 1, 12, tzinfo=UTC)
# Of thirty, how many are of each of three kinds: the last kind is the small one, and nothing else shows the difference.
LANDER = {"ena": (14, 15, 1), "andra": (13, 15, 2)}
DAGAR = {"ena": (88, 93, 185), "andra": (81, 93, 185)}  # with the same mean and median, to the nearest five
SMA = {"ena": (0, 1, 1), "andra": (0, 0, 1)}  # in which of the two small insatser the last three are
SLUT = date(2020, 12, 15)
RAPPORTERNA = [
    *(
        ("deltagare", {"typ": typ})
        for typ in ("bakgrund", "avslutningsanledning", "in-ut", "tid", "sysselsattning", "forsorjning", "forsorjningsgrupp")
    ),
    ("deltagare", {"typ": "bakgrund", "status": "avslutade"}),
    ("deltagare", {"typ": "forsorjning", "jamfor": "riket"}),
    *(("standard-deltagare", {"typ": typ}) for typ in ("sysselsattning-uppdelad", "resultat")),
    *(("standard-deltagare", {"typ": typ, "jamfor": "insats"}) for typ in ("sysselsattning", "forsorjning", "tid")),
]
FORBUNDETS = [
    ("deltagare", {"typ": "bakgrund"}),
    ("deltagare", {"typ": "sysselsattning"}),
    ("deltagare", {"typ": "bakgrund", "kon": "kvinna"}),
    ("kompletterande-fragor", {}),
    ("insats", {}),
    ("registrering", {}),
    ("nationell", {"niva": "riket"}),
]


def _lage(slag):
    return Lage(
        forsorjning={(0, 5, 8)[slag]},
        soker=slag == 1,
        arbete=50 if slag == 0 else None,
        arbetstyp=1 if slag == 0 else None,
    )


def _post(insats, nr, slag, dagar, kon="kvinna"):
    return Post(
        insats=insats.pk,
        organisation=insats.samverkansorganisation_id,
        lan="",
        person=nr,
        kommun=("1488", "1462", "0180")[slag],
        start=SLUT - timedelta(days=dagar),
        slut=SLUT,
        anledning=(1, 2, 3)[slag],
        kon=kon,
        alder=(20, 27, 40)[slag],
        utbildning=slag + 1,
        tid=(1, 3, 7)[slag],
        fore=_lage(slag),
        efter=_lage(slag),
    )


def landet(insats, personer, namn):
    """The thirty, in place of those who were there before."""
    Deltagande.objects.all().delete()
    slag = [nr for nr, antal in enumerate(LANDER[namn]) for _ in range(antal)]
    slump.spara([_post(insats, nr, s, DAGAR[namn][s]) for nr, s in enumerate(slag)], personer)


def forbundet(insatser, personer, namn, fraga):
    """The thirty beside forty men in a second insats, and in two small ones one and two who change places. All have answered."""
    Deltagande.objects.all().delete()
    forsta, andra, *sma = insatser
    slag = [nr for nr, antal in enumerate(LANDER[namn]) for _ in range(antal)]
    poster = [_post(forsta, nr, s, DAGAR[namn][s]) for nr, s in enumerate(slag)]
    poster += [_post(andra, 30 + nr, s, 93, "man") for nr, s in enumerate([0] * 15 + [1] * 15 + [2] * 10)]
    poster += [_post(insats, 70 + nr, 1, 93, "man") for nr, insats in enumerate(sma[plats] for plats in SMA[namn])]
    slump.spara(poster, personer)
    alternativ = list(fraga.alternativ.all())
    Svar.objects.bulk_create(
        Svar(deltagande_id=post.deltagande, insats_id=post.insats, typ="in", fraga=fraga, alternativ=alternativ[post.anledning - 1])
        for post in poster
    )


def utskrivet(rapport):
    """Everything that each format says, apart from when it was made."""
    rapport = replace(rapport, hamtad=NU)
    filer = {namn: FORMAT[namn].rendera(rapport) for namn in ("csv", "json")}
    filer["html"] = render_to_string("rapporter/fristaende.html", to_html(rapport))
    arkiv = zipfile.ZipFile(io.BytesIO(FORMAT["xlsx"].rendera(rapport)))
    filer |= {namn: arkiv.read(namn) for namn in arkiv.namelist() if namn != "docProps/core.xml"}
    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport)))
    filer["pdf"] = [sida.get_contents().get_data() for sida in pdf.pages]
    filer["pdf-text"] = [sida.extract_text() for sida in pdf.pages]
    filer["pdf-data"] = {namn: varde for namn, varde in pdf.metadata.items() if "Date" not in namn}
    return {**filer, "filnamn": rapport.filnamn}


@pytest.mark.parametrize(("nyckel", "val"), RAPPORTERNA, ids=lambda val: " ".join(val.values()) if isinstance(val, dict) else val)
def test_files_of_two_countries_that_differ_in_what_is_hidden_are_the_same(db, nyckel, val):
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    personer = PersonFactory.create_batch(30)
    by = BehorighetFactory(roll=Roll.RAPPORT).anvandare
    skrivet = {}

    for namn in LANDER:
        landet(insats, personer, namn)
        rapport = gor_rapport(nyckel, by=by, ar=2020, organisation=insats.samverkansorganisation_id, **val)
        assert rapport.skydd == "skyddad"
        skrivet[namn] = utskrivet(rapport)

    utan_femton = val["typ"] == "in-ut" or "status" in val  # nobody goes on, so rule 4 hides those who ended
    assert any(15 in rad.celler for tabell in rapport.tabeller for rad in tabell.rader) != utan_femton
    for del_, text in skrivet["ena"].items():
        assert text == skrivet["andra"][del_], del_


@pytest.mark.parametrize(("nyckel", "val"), FORBUNDETS, ids=lambda val: " ".join(val.values()) if isinstance(val, dict) else val)
def test_files_of_two_forbund_whose_insatser_differ_in_what_is_hidden_are_the_same(db, nyckel, val):
    """A sum of a few insatser is weighed with each of them, and those of one kön with the others."""
    insatser = InsatsFactory.create_batch(4, samverkansorganisation=SamverkansorganisationFactory(), startdatum=date(2018, 1, 1))
    fraga = KompletterandeFragaFactory(
        samverkansorganisation=insatser[0].samverkansorganisation, alternativ=["Ja", "Nej", "Vet inte"], fran=date(2010, 1, 1)
    )
    personer = PersonFactory.create_batch(73)
    plats = {} if "niva" in val else {"organisation": insatser[0].samverkansorganisation_id}
    exakta, skrivet = {}, {}

    for namn in LANDER:
        forbundet(insatser, personer, namn, fraga)
        exakta[namn] = som_json(gor_rapport(nyckel, ar=2020, **plats, **val))["tabeller"]
        skrivet[namn] = utskrivet(gor_rapport(nyckel, ar=2020, skydd="skyddad", **plats, **val))

    assert exakta["ena"] != exakta["andra"]
    for del_, text in skrivet["ena"].items():
        assert text == skrivet["andra"][del_], del_


def test_exact_files_of_the_two_countries_differ(db):
    """The comparison above would notice."""
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    personer = PersonFactory.create_batch(30)
    skrivet = []
    for namn in LANDER:
        landet(insats, personer, namn)
        skrivet.append(utskrivet(gor_rapport("deltagare", ar=2020, organisation=insats.samverkansorganisation_id, typ="bakgrund")))

    assert all(skrivet[0][del_] != skrivet[1][del_] for del_ in ("csv", "json", "html", "pdf-text", "xl/worksheets/sheet3.xml"))


def printed_as(antal):
    """The counts that print as this one does."""
    return st.integers(0, 4) if antal < 5 else st.integers(max(5, (antal + 2) // 5 * 5 - 2), (antal + 2) // 5 * 5 + 2)


def visas_delade(kvinna, man):
    """Both are 5 or more, and not both 2 above their figures (7, 12, 17) or both 2 below (8, 13, 18)."""
    return min(kvinna, man) >= 5 and {kvinna % 5, man % 5} not in ({2}, {3})


@given(st.data())
def test_tables_that_differ_in_what_is_hidden_are_protected_into_the_same(data):
    """Every other true count that prints alike, parts by kön that are not shown included, gives the same table."""
    delar = data.draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
    n = sum(map(sum, delar)) + 50

    def rad(kvinna, man):
        return (kvinna, man, kvinna + man, 0)

    andra = []
    for kvinna, man in delar:
        totalt = data.draw(printed_as(kvinna + man))
        kvinnor = data.draw(st.integers(0, totalt))
        if visas_delade(kvinna, man):
            delade = [k for k in range(5, totalt - 4) if visas_delade(k, totalt - k)]
            samma = [k for k in delade if (k + 2) // 5 == (kvinna + 2) // 5 and (totalt - k + 2) // 5 == (man + 2) // 5]
            totalt, kvinnor = (totalt, data.draw(st.sampled_from(samma))) if samma else (kvinna + man, kvinna)
        elif visas_delade(kvinnor, totalt - kvinnor):
            kvinnor = 0
        andra.append((kvinnor, totalt - kvinnor))

    kolumner = (*KON, TOTALT, ANDEL)
    ena, andra = (tabellen(*(rad(*del_) for del_ in rader), n=n, kolumner=kolumner, fordelning=("totalt",)) for rader in (delar, andra))
    assert skydda(ena) == skydda(andra)


UTAN_PERSONER = {
    *("planerat_antal", "antal_volym", "saknar_budget", "saknar_utfall", "saknar_planerat"),
    *("insatser", "forbund", "kommuner", "lan", "med_personuppgifter", "volyminsatser"),  # how many of these
}
# Län and förbund in rows: täckning and results of each are protected with a base of their own (tests/rapporter/test_nationell.py).
RAD_FOR_RAD = {"tackning", "avslutade_med_matning", "fore", "fore_andel", "efter", "efter_andel"}


def test_every_column_about_deltagare_says_how_it_is_protected(forbund):
    """In every report and type: a column of counts, shares or days has a mark, unless it holds no persons."""
    for nyckel, definition in RAPPORTER.items():
        form = definition.form_class(None, anvandare=None)
        for typ in [kod for kod, _ in form.fields["typ"].choices] if "typ" in form.fields else [None]:
            val = {"typ": typ} if typ else {}
            val |= {"fran": "2011-01"} if nyckel == "paket" else {"ar": 2011}
            val |= {"forsorjning_fore": "a_kassa"} if typ == "forsorjning-efter-given" else {}
            plats = {"niva": "riket"} if nyckel in ("nationell", "regeringsunderlag") else {"organisation": forbund.pk}
            rapport = gor_rapport(nyckel, **plats, **val)
            omarkta = {
                kolumn.nyckel
                for tabell in rapport.tabeller
                for kolumn in (tabell.skyddad or tabell).kolumner
                if kolumn.typ in (Typ.ANTAL, Typ.ANDEL, Typ.DAGAR)
                and not (kolumn.personer or kolumn.egenskap or kolumn.del_av or kolumn.raknas_om or kolumn.medel_av)
            }
            assert omarkta <= UTAN_PERSONER | (RAD_FOR_RAD if nyckel in ("nationell", "regeringsunderlag") else set()), (nyckel, typ)
