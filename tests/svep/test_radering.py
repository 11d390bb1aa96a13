"""After a withdrawal or a felregistrering nothing is left of the person: in no column of any table, no login, no cache, no file, no log."""

import base64
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from behorigheter.models import Inskickat
from behorigheter.roller import Roll
from deltagare import utkast
from deltagare.actions.borttagning import fornya_statistik
from deltagare.models import AnonymPost, Deltagande, Felregistreringsbegaran, Person, Rattelse, Utkast
from sus.core.kryptering import uppslag
from tests.deltagare.conftest import ALMA, inregistrering, utregistrering
from tests.factories import AnvandareFactory, InsatsFactory, KompletterandeFragaFactory, PersonFactory, SvarFactory
from tests.svep.spar import overallt, personens_spar, skrivna_filer, skrivsatt

LOGGEN = "public.behorigheter_handelse"
STARTDAG, SLUTDAG = "2011-12-05", "2012-01-09"


@pytest.fixture
def insats(db):
    return InsatsFactory(namn="Hjortmossen")


@pytest.fixture
def klient(inloggad, insats):
    return inloggad(Roll.DELTAGARANSVARIG, insats)


@pytest.fixture
def kollega(inloggad, insats):
    return inloggad(Roll.DELTAGARANSVARIG, insats)


@pytest.fixture
def deltagande(klient, kollega, insats):
    """Alma, with all that can be known of her: registered, looked up, corrected, answered for, shown, ended, and in others' drafts."""
    klient.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", inregistrering())
    deltagande = Deltagande.objects.get()
    sida = {namn: reverse(f"deltagare:{namn}", args=[deltagande.pk]) for namn in ("detail", "visa", "ratta", "samtycke", "ut")}
    kollega.get(reverse("deltagare:sok"), {"insats": insats.pk})
    kollega.post(f"{reverse('deltagare:sok')}?insats={insats.pk}", {"visa": str(deltagande.pk)})
    klient.get(sida["detail"])
    klient.post(sida["visa"])
    klient.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", inregistrering(hamta="ja"))
    klient.post(sida["ratta"], inregistrering(utbildning="grundskola", version="1"))
    klient.post(sida["samtycke"], {"samtycke_datum": "2011-11-29", "samtycke_sprak": "sv", "version": "2", "nyckel": str(uuid.uuid4())})
    klient.post(sida["ut"], utregistrering(version="3"))
    fraga = KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation)
    SvarFactory(deltagande=deltagande, fraga=fraga)
    Rattelse.objects.create(deltagande=deltagande, insats=insats, andringar={"startdatum": ["2011-12-06", STARTDAG]}, av=klient.anvandare)
    _utkast(deltagande, kollega.anvandare)
    deltagande.refresh_from_db()
    assert deltagande.ar_avslutat
    return deltagande


def _utkast(deltagande, by):
    falt = {"personnummer": [ALMA], "namn": ["Alma Testsson"]}
    utkast.spara(insats=deltagande.insats, sida="registrera", falt=falt, uppslag=uppslag(ALMA), by=by)
    utkast.spara(insats=deltagande.insats, sida="ratta", deltagande=deltagande, falt=falt, by=by)


def aterta(deltagande, klient, kollega):
    return klient.post(_adress("aterta", deltagande), _fraga())


def felregistrera(deltagande, klient, kollega):
    return klient.post(_adress("felregistrera", deltagande), _fraga(bekraftelse="ta bort"))


def felregistrera_tva(deltagande, klient, kollega):
    Felregistreringsbegaran.objects.create(deltagande=deltagande, insats=deltagande.insats, begard_av=klient.anvandare)
    return kollega.post(_adress("felregistrering_avgor", deltagande), _fraga(beslut="godkann"))


def _adress(vy, deltagande):
    return reverse(f"deltagare:{vy}", args=[deltagande.pk])


def _fraga(**andra):
    return {"nyckel": str(uuid.uuid4()), "version": "0", "spara": ""} | andra


@pytest.mark.parametrize("ta_bort", [aterta, felregistrera, felregistrera_tva])
def test_nothing_is_left_of_the_person_but_random_ids_in_the_log(ta_bort, deltagande, klient, kollega, caplog):
    person = Person.objects.get()
    spar = personens_spar(person, ALMA, "Alma Testsson", "Testsson")
    dagar = skrivsatt(STARTDAG) | skrivsatt(SLUTDAG)
    assert {"public.deltagare_person", "public.deltagare_deltagande", "public.deltagare_utkast"} <= set(overallt(*spar))

    with skrivna_filer() as filer:
        svar = ta_bort(deltagande, klient, kollega)
        kvitto = svar.client.get(svar.headers["Location"])

    assert overallt(*spar) == {}
    assert overallt(*dagar) == {}
    assert set(overallt(str(deltagande.pk), deltagande.pk.hex)) == set(overallt(str(person.logg_id))) == {LOGGEN}
    assert not Utkast.objects.exists()
    assert filer == []
    for text in (caplog.text, kvitto.text, svar.headers["Location"], str(svar.client.cookies)):
        assert not {ett for ett in spar | dagar if ett in text}


def test_what_is_left_of_a_withdrawal_is_a_number(deltagande, klient, kollega):
    aterta(deltagande, klient, kollega)

    assert list(AnonymPost.objects.values_list("ar", "antal", "tid", "av")) == [(2011, 1, None, None)]


def test_the_planner_quotes_nobody_who_has_left_when_its_samples_have_been_taken_anew(deltagande, klient, kollega):
    spar = skrivsatt(bytes(deltagande.person.uppslag)) | skrivsatt(bytes(deltagande.person.namn)) | {str(deltagande.person_id)}
    for _ in range(3):
        PersonFactory()
    fornya_statistik()
    assert _planerarens_prov(spar)

    aterta(deltagande, klient, kollega)
    fornya_statistik()

    assert _planerarens_prov(spar) == set()


def _planerarens_prov(ord_):
    with connection.cursor() as c:
        c.execute("SELECT coalesce(string_agg(s::text, ' '), '') FROM pg_stats s WHERE tablename = 'deltagare_person'")
        text = c.fetchone()[0]
    return {ett for ett in ord_ if ett in text}


def test_registering_writes_no_file(klient, insats):
    with skrivna_filer() as filer:
        klient.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", inregistrering())

    assert Deltagande.objects.exists()
    assert filer == []


# Where something could have been left, and how.


@contextmanager
def i_en_rad(text):
    Inskickat.objects.create(anvandare=AnvandareFactory(), lank=f"/x/{text}")
    yield


@contextmanager
def i_bytes(text):
    Utkast.objects.create(anvandare=AnvandareFactory(), insats=InsatsFactory(), sida="registrera", innehall=f"x{text}y".encode())
    yield


@contextmanager
def i_base64(text):
    Inskickat.objects.create(anvandare=AnvandareFactory(), lank=base64.b64encode(f"ab{text}c".encode()).decode())
    yield


@contextmanager
def baklanges(text):
    Inskickat.objects.create(anvandare=AnvandareFactory(), lank=text[::-1])
    yield


@contextmanager
def i_en_egen_tabell(text):
    with connection.cursor() as c:
        c.execute("CREATE TABLE public.glomd (anteckning jsonb)")
        c.execute("INSERT INTO public.glomd VALUES (jsonb_build_object('a', %s::text))", [text])
    yield


@contextmanager
def i_cachen(text):
    cache.set("nagot", {"rad": text})
    yield


@pytest.mark.parametrize("plats", [i_en_rad, i_bytes, i_base64, baklanges, i_en_egen_tabell, i_cachen])
@pytest.mark.parametrize("text", [ALMA, "620901-9808", "Testsson"])
def test_the_search_finds_what_is_left(db, plats, text):
    with plats(text):
        person = Person(uppslag=uppslag(ALMA), personnummer=b"k" * 40, namn=b"n" * 40)

        assert overallt(*personens_spar(person, ALMA, "Testsson"))


def test_the_search_finds_what_a_login_holds(klient):
    session = klient.session
    session["senast"] = f"Alma Testsson {ALMA}"
    session.save()

    assert "inloggningar" in overallt(ALMA)


def test_the_search_finds_a_written_file(tmp_path):
    with skrivna_filer() as filer:
        Path(tmp_path / "kvar").write_text(ALMA, encoding="utf-8")

    assert filer == [str(tmp_path / "kvar")]
