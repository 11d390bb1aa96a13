"""The command for a person whose subject the issuer has changed."""

import pytest
from django.core.management import CommandError, call_command

from behorigheter.models import Handelse
from tests.conftest import WebClient
from tests.factories import AnvandareFactory
from tests.factories.personnummer import provpersonnummer
from tests.oidc.leverantor import bestalld

pytestmark = pytest.mark.django_db
NINAS = provpersonnummer(500)


def test_a_new_subject_is_bound_at_the_next_login_and_the_old_one_no_longer_works(klient, leverantor, capsys):
    nina = bestalld(NINAS, anvandarnamn="nina", fornamn="Nina")
    leverantor.logga_in(klient, "gammalt", NINAS)

    call_command("losgor_inloggning", "Nina")
    leverantor.logga_in(ny := WebClient(), "nytt", NINAS)

    nina.refresh_from_db()
    assert ny.session["_auth_user_id"] == str(nina.pk)
    assert nina.amne == "nytt"
    assert leverantor.logga_in(WebClient(), "gammalt", NINAS).status_code == 403
    assert Handelse.objects.filter(typ=Handelse.Typ.ANVANDARE_ANDRAD, objekt=f"behorigheter.Anvandare:{nina.pk}").count() == 1


def test_who_is_not_bound_or_does_not_exist_is_said_to_be_so():
    AnvandareFactory(anvandarnamn="nina")

    with pytest.raises(CommandError, match="inte knuten"):
        call_command("losgor_inloggning", "nina")
    with pytest.raises(CommandError, match="finns inte"):
        call_command("losgor_inloggning", "nils")
