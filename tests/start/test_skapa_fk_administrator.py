"""The command that lets the first user in."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from behorigheter.models import Anvandare, Behorighet, Handelse, om_tva_ar
from behorigheter.roller import Roll
from sus.start.management.commands import skapa_fk_administrator
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db
PERSONNUMMER = provpersonnummer(600)
UPPGIFTER = {"fornamn": "Gunilla", "efternamn": "Åkesson", "epost": "gunilla@example.se"}


def kor(*args, **kwargs):
    call_command("skapa_fk_administrator", *args, **UPPGIFTER | kwargs)


def test_the_user_gets_a_behorighet_of_at_most_two_years_and_a_link_that_sets_the_password(klient, capsys):
    kor("gunilla", adress="http://testserver")
    lank = re.search(r"http://testserver(\S+)", capsys.readouterr().out)[1]
    sida = klient.get(lank, follow=True)
    klient.post(sida.redirect_chain[-1][0], {"password1": "korv-med-mos-1962", "password2": "korv-med-mos-1962"})

    gunilla = Anvandare.objects.get(anvandarnamn="gunilla")
    behorighet = Behorighet.objects.get(anvandare=gunilla)
    assert gunilla.check_password("korv-med-mos-1962")
    assert behorighet.roll == Roll.FK_ADMINISTRATOR
    assert behorighet.giltig_till == om_tva_ar(behorighet.giltig_fran)
    assert Handelse.objects.filter(typ=Handelse.Typ.ANVANDARE_SKAPAD, anvandare_id=None).count() == 1


def test_with_a_personnummer_the_user_logs_in_through_the_issuer(klient, leverantor, settings, capsys):
    settings.LOKALA_KONTON = False
    kor("gunilla", personnummer=PERSONNUMMER)
    leverantor.logga_in(klient, "gunilla-hos-utgivaren", PERSONNUMMER)

    gunilla = Anvandare.objects.get(anvandarnamn="gunilla")
    assert klient.session["_auth_user_id"] == str(gunilla.pk)
    assert "Välj lösenord" not in (utskrift := capsys.readouterr().out)
    assert PERSONNUMMER not in utskrift


def test_the_command_asks_for_a_personnummer_that_is_not_written_on_the_line(monkeypatch):
    monkeypatch.setattr(skapa_fk_administrator, "getpass", lambda fraga: PERSONNUMMER)
    call_command("skapa_fk_administrator", "gunilla", "--personnummer", **UPPGIFTER)

    assert Anvandare.objects.get().klartext.tolv_siffror == PERSONNUMMER


def test_without_local_accounts_the_personnummer_is_required(settings):
    settings.LOKALA_KONTON = False

    with pytest.raises(CommandError, match="Ange --personnummer"):
        kor("gunilla")


def test_two_users_never_have_the_same_personnummer():
    kor("gunilla", personnummer=PERSONNUMMER)

    with pytest.raises(CommandError, match="redan en användare med det personnumret"):
        kor("greta", personnummer=PERSONNUMMER)


def test_a_user_that_exists_is_refused(capsys):
    kor("gunilla")

    with pytest.raises(CommandError, match="Gunilla finns redan"):
        kor("Gunilla")


@pytest.mark.parametrize(
    ("andrat", "text"),
    [
        ({"giltig_till": date(2099, 1, 1)}, "högst två år"),
        ({"giltig_till": date(2001, 1, 1)}, "sluta innan den börjar"),
        ({"epost": "gunilla"}, "e-postadress"),
        ({"personnummer": "19700101-0000"}, "Personnumret är inte giltigt"),
    ],
)
def test_wrong_values_make_no_user(andrat, text):
    with pytest.raises(CommandError, match=text):
        kor("gunilla", **andrat)

    assert not Anvandare.objects.exists()


@pytest.mark.parametrize(("dag", "slut"), [(date(2026, 11, 21), date(2028, 11, 21)), (date(2024, 2, 29), date(2026, 2, 28))])
def test_two_years_later(dag, slut):
    assert om_tva_ar(dag) == slut
