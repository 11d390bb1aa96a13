"""byt_nycklar: everything that is encrypted gets the first key, and what is stored can be read all the time."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from behorigheter import vaggar
from behorigheter.andra_faktor import AndraFaktorAdapter
from behorigheter.models import Anvandare, Bestallning, Handelse
from behorigheter.models.personnummer import MedPersonnummer
from behorigheter.oidc import anvandare_for
from behorigheter.roller import Roll
from deltagare import identitet, utkast
from deltagare.identitet import Andamal
from deltagare.models import Person
from sus.core import nyckelbyte
from sus.core.kryptering import Nyckelfel, kryptera, uppslag, uppslagsvarden
from sus.core.nyckelbyte import byt
from sus.core.personnummer import tolka
from sus.start.management.commands.byt_nycklar import SLAG
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    BestallningFactory,
    DeltagandeFactory,
    InsatsFactory,
    PersonFactory,
)
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db
IDAG = date(2026, 1, 1)
ROT = Path(__file__).resolve().parent.parent.parent
NY_NYCKEL, NY_UPPSLAGSNYCKEL = b"n" * 32, b"u" * 32


@pytest.fixture
def nya_nycklar(settings):
    """nya_nycklar() puts new keys first; nya_nycklar(bara=True) takes the old ones away."""
    gamla, gamla_uppslag = settings.SUS_NYCKLAR, settings.SUS_UPPSLAGSNYCKLAR

    def _nya(bara=False):
        settings.SUS_NYCKLAR = {2: NY_NYCKEL} | ({} if bara else gamla)
        settings.SUS_UPPSLAGSNYCKLAR = [NY_UPPSLAGSNYCKEL, *([] if bara else gamla_uppslag)]

    return _nya


@pytest.fixture
def utsagd(capsys):
    """utsagd() → what the command says."""

    def _utsagd():
        call_command("byt_nycklar")
        return capsys.readouterr().out

    return _utsagd


def anstalld(nr):
    anvandare = AnvandareFactory()
    anvandare.satt_personnummer(tolka(provpersonnummer(nr), idag=IDAG))
    anvandare.save()
    return anvandare


def ett_av_varje():
    """A row of every kind: person, user, order, app, codes in reserve, draft."""
    deltagande = DeltagandeFactory(person__personnummer_klartext=provpersonnummer(1))
    anvandare = anstalld(2)
    BestallningFactory(personnummer_klartext=provpersonnummer(3))
    adapter = AndraFaktorAdapter()
    Authenticator.objects.create(user=anvandare, type=Authenticator.Type.TOTP, data={"secret": adapter.encrypt("app")})
    Authenticator.objects.create(
        user=anvandare, type=Authenticator.Type.RECOVERY_CODES, data={"seed": adapter.encrypt("reserv"), "used_mask": 3}
    )
    Authenticator.objects.create(user=anvandare, type=Authenticator.Type.WEBAUTHN, data={"name": "nyckel", "credential": {}})
    utkast.spara(
        insats=deltagande.insats,
        sida="registrera",
        falt={"personnummer": [provpersonnummer(4)], "namn": ["Alma"]},
        uppslag=uppslag(provpersonnummer(4)),
        by=anvandare,
    )
    return deltagande, anvandare


def test_everything_is_read_with_the_new_keys_alone_afterwards(nya_nycklar, utsagd):
    deltagande, anvandare = ett_av_varje()
    nya_nycklar()

    sagt = utsagd()

    nya_nycklar(bara=True)
    assert identitet.visa([deltagande.person_id], andamal=Andamal.KONTROLL, by=None)[deltagande.person_id].namn == "Alma Testsson"
    personnummer = tolka(provpersonnummer(1), idag=IDAG)
    assert identitet.sla_upp(insats=deltagande.insats, personnummer=personnummer, by=None) == deltagande.person_id
    anvandare = Anvandare.objects.get(pk=anvandare.pk)
    assert anvandare.klartext.tolv_siffror == provpersonnummer(2)
    assert bytes(anvandare.uppslag) == uppslag(provpersonnummer(2))
    assert bytes(Bestallning.objects.get().uppslag) == uppslag(provpersonnummer(3))
    app, koder, sakerhetsnyckel = Authenticator.objects.order_by("pk")
    assert AndraFaktorAdapter().decrypt(app.data["secret"]) == "app"
    assert AndraFaktorAdapter().decrypt(koder.data["seed"]) == "reserv"
    assert (koder.data["used_mask"], sakerhetsnyckel.data) == (3, {"name": "nyckel", "credential": {}})
    sparat = utkast.hamta(insats=deltagande.insats, sida="registrera", by=anvandare)
    assert utkast.las(sparat) == {"personnummer": [provpersonnummer(4)], "namn": ["Alma"]}
    assert bytes(sparat.uppslag) == uppslag(provpersonnummer(4))
    assert "Version 1 kan tas bort ur SUS_NYCKLAR." in sagt
    assert "Bara den första nyckeln i SUS_UPPSLAGSNYCKEL behövs." in sagt


def test_what_a_second_run_finds_is_nothing(nya_nycklar, utsagd):
    ett_av_varje()
    nya_nycklar()
    utsagd()
    fore = bytes(Person.objects.get().personnummer)

    sagt = utsagd()

    assert all(f"{slag.namn}: 0 omkrypterade." in sagt for slag in SLAG)
    assert bytes(Person.objects.get().personnummer) == fore


def test_the_log_says_how_many_and_nothing_of_whom(nya_nycklar, utsagd):
    ett_av_varje()
    nya_nycklar()

    utsagd()

    detaljer = [rad.detaljer for rad in Handelse.objects.filter(typ=Handelse.Typ.NYCKLAR_BYTTA).order_by("pk")]
    assert detaljer[0] == {"status": "påbörjat", "nyckel": 2}
    assert {rad["slag"]: rad["antal"] for rad in detaljer[1:]} == {
        "personer": 1,
        "användare": 1,
        "beställningar": 1,
        "andra faktorer": 2,
        "utkast": 1,
    }


def test_only_the_value_key_can_be_changed(nya_nycklar, settings, utsagd):
    person = PersonFactory()
    settings.SUS_NYCKLAR = {2: NY_NYCKEL} | settings.SUS_NYCKLAR

    sagt = utsagd()

    efter = Person.objects.get()
    assert (efter.personnummer[0], efter.namn[0], bytes(efter.uppslag)) == (2, 2, bytes(person.uppslag))
    assert "SUS_UPPSLAGSNYCKEL" not in sagt


def test_a_person_is_found_and_never_doubled_before_during_and_after(nya_nycklar, utsagd):
    insats, personnummer = InsatsFactory(), tolka(provpersonnummer(1), idag=IDAG)

    def registrera():
        return identitet.registrera(insats=insats, personnummer=personnummer, namn="Alma Testsson", by=None)

    fore = registrera()
    nya_nycklar()
    under = registrera()
    utsagd()
    efter = registrera()

    assert fore == under == efter
    assert Person.objects.count() == 1


def test_who_is_registered_while_both_keys_are_in_use_gets_the_first(nya_nycklar):
    nya_nycklar()
    identitet.registrera(insats=InsatsFactory(), personnummer=tolka(provpersonnummer(1), idag=IDAG), namn="A", by=None)

    nya_nycklar(bara=True)
    assert bytes(Person.objects.get().uppslag) == uppslag(provpersonnummer(1))


def test_a_login_and_an_order_find_the_user_under_the_earlier_key(nya_nycklar, settings):
    settings.OIDC_UTGIVARE = "https://utgivaren.example.se"
    anvandare = anstalld(2)
    annan = anstalld(3)
    nya_nycklar()

    order = BestallningFactory(personnummer_klartext=provpersonnummer(2))

    assert bytes(order.uppslag) != bytes(anvandare.uppslag)
    assert anvandare_for("ett-ämne", lambda: provpersonnummer(2)) == anvandare
    assert Anvandare.objects.get(pk=anvandare.pk).ar_samma_person(order)
    assert not annan.ar_samma_person(order)
    assert list(Bestallning.objects.om_personen(anvandare)) == [order]


def test_a_loggranskare_gets_the_persons_number_under_either_key(nya_nycklar):
    person = PersonFactory(personnummer_klartext=provpersonnummer(1))
    granskare = BehorighetFactory(roll=Roll.LOGGRANSKARE).anvandare
    nya_nycklar()

    with vaggar.som(granskare):
        [svar] = vaggar.fraga_dolt("SELECT vagg.logg_id_for(%s)", [uppslagsvarden(provpersonnummer(1))])

    assert svar == person.logg_id


def test_a_value_that_no_key_opens_is_named_and_the_rest_is_done(nya_nycklar, capsys):
    ratt, fel = PersonFactory(), PersonFactory()
    Person.objects.filter(pk=fel.pk).update(personnummer=kryptera("flyttat", plats="annan|plats"))
    nya_nycklar()

    with pytest.raises(SystemExit) as slut:
        call_command("byt_nycklar")

    assert slut.value.code == 1
    sagt = capsys.readouterr()
    assert f"personer: rad {fel.pk} går inte att läsa" in sagt.err
    assert "kan tas bort" not in sagt.out
    assert Person.objects.get(pk=ratt.pk).personnummer[0] == 2


def test_a_row_that_comes_with_an_old_key_first_keeps_the_old_key(nya_nycklar, settings, monkeypatch):
    """As when one web server has not been started anew: the command finds new old rows in every round."""
    monkeypatch.setattr(nyckelbyte, "OMGANGAR", 2)
    PersonFactory()
    nya_nycklar()
    [personer] = [slag for slag in SLAG if slag.namn == "personer"]

    def gammal_igen(person):
        identitet.kryptera_om(person)
        return True

    utfall = byt(replace(personer, kryptera_om=gammal_igen))

    assert (utfall.bytta, utfall.kvar) == (2, 1)


def test_many_rows_are_done_a_few_at_a_time(nya_nycklar, monkeypatch):
    PersonFactory.create_batch(7)
    nya_nycklar()
    monkeypatch.setattr(nyckelbyte, "I_TAGET", 2)

    utfall = byt(identitet.PERSONER)

    assert utfall.bytta == 7
    assert {person.personnummer[0] for person in Person.objects.all()} == {2}


def test_an_unknown_key_opens_nothing(nya_nycklar):
    deltagande = DeltagandeFactory()
    nya_nycklar(bara=True)

    with pytest.raises(Nyckelfel):
        identitet.visa([deltagande.person_id], andamal=Andamal.KONTROLL, by=None)


def test_every_module_that_encrypts_is_part_of_the_change():
    """A new place for encrypted values must get its Slag; the set says where `kryptera` is called."""
    moduler = {
        str(fil.relative_to(ROT))
        for mapp in ("sus", "behorigheter", "organisations", "insatser", "deltagare", "rapporter")
        for fil in (ROT / mapp).rglob("*.py")
        for nod in ast.walk(ast.parse(fil.read_text(encoding="utf-8")))
        if isinstance(nod, ast.Call) and isinstance(nod.func, ast.Name) and nod.func.id == "kryptera"
    }

    assert moduler == {
        "behorigheter/andra_faktor.py",
        "behorigheter/models/personnummer.py",
        "deltagare/identitet.py",
        "deltagare/utkast.py",
    }
    assert MedPersonnummer.__subclasses__() == [slag.rader.model for slag in SLAG if slag.falt == ("uppslag", "personnummer")]
