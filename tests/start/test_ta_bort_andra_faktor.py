"""The operators' way out for who has lost every second factor."""

import pytest
from django.core.management import CommandError, call_command

from behorigheter.models import Handelse
from tests.conftest import WebClient
from tests.factories import AnvandareFactory, BehorighetFactory

pytestmark = pytest.mark.django_db


def test_the_factors_go_and_the_logins_end_and_it_is_logged(capsys):
    karin = BehorighetFactory().anvandare
    karin.authenticator_set.create(type="totp", data={})
    klient = WebClient()
    klient.force_login(karin)

    call_command("ta_bort_andra_faktor", karin.anvandarnamn)

    assert not karin.authenticator_set.exists()
    assert klient.get("/rapporter/").status_code == 302
    assert Handelse.objects.filter(typ=Handelse.Typ.ANDRA_FAKTOR_BORTTAGEN, objekt=f"behorigheter.Anvandare:{karin.pk}").count() == 1
    assert "vid nästa inloggning" in capsys.readouterr().out


def test_who_has_none_or_does_not_exist_is_told_so():
    karin = AnvandareFactory()

    with pytest.raises(CommandError, match="ingen andra faktor"):
        call_command("ta_bort_andra_faktor", karin.anvandarnamn)
    with pytest.raises(CommandError, match="finns inte"):
        call_command("ta_bort_andra_faktor", "ingen")
