"""Step-up: before rights change and before data leave, the user has shown lately who it is."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse, Session, Uppdrag
from behorigheter.roller import Roll
from behorigheter.sessioner import fingeravtryck
from organisations.models import Samverkansorganisation
from tests.behorigheter.test_sessioner import falten
from tests.factories import BehorighetFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db
LOSENORD = "korv-med-mos-1962"
RAPPORT = "?ar=2011&niva=riket&format="


@pytest.fixture
def administrator(inloggad):
    return inloggad(Roll.FK_ADMINISTRATOR)


@pytest.fixture
def adress():
    return reverse("organisations:uppdrag_ge", args=[SamverkansorganisationFactory().pk, Roll.INSATSANSVARIG])


def efter_en_stund(klient, minuter=16):
    Session.objects.filter(pk=fingeravtryck(klient.cookies["sus"].value)).update(skapad=F("skapad") - timedelta(minutes=minuter))


def bekraftelser():
    return Handelse.objects.filter(typ=Handelse.Typ.BEKRAFTAD).count()


def test_who_has_just_logged_in_changes_rights_at_once(administrator, adress):
    assert administrator.get(adress).status_code == 200


def test_after_a_while_the_page_asks_who_it_is_and_leads_back(administrator, adress):
    efter_en_stund(administrator)

    svar = administrator.get(f"{adress}?efternamn=Prov*")
    fraga = administrator.get(svar.headers["Location"])
    klart = administrator.post(svar.headers["Location"])

    assert svar.headers["Location"].startswith("/konto/bekrafta/?next=")
    assert "Ja, det är jag" in fraga.text  # made-up users have nothing to prove it with
    assert klart.headers["Location"] == f"{adress}?efternamn=Prov*"
    assert administrator.get(klart.headers["Location"]).status_code == 200
    assert bekraftelser() == 1


def test_pages_that_change_no_rights_do_not_ask(administrator, adress):
    efter_en_stund(administrator)

    assert administrator.get(reverse("organisations:list")).status_code == 200


def test_a_form_that_comes_too_late_is_kept_and_saved_after_the_proof(administrator, adress):
    vald = BehorighetFactory(roll=Roll.INSATSANSVARIG).anvandare
    sida = administrator.get(f"{adress}?efternamn=*")
    data = falten(sida.text) | {"anvandare": vald.pk}
    efter_en_stund(administrator)

    svar = administrator.post(f"{adress}?efternamn=*", data)
    assert (svar.status_code, Uppdrag.objects.count()) == (403, 0)
    assert "Bekräfta att det är du" in svar.text
    administrator.post("/konto/bekrafta/?next=/konto/klart/")
    sparat = administrator.post(f"{adress}?efternamn=*", falten(svar.text))

    assert (sparat.status_code, Uppdrag.objects.get().anvandare) == (302, vald)


@pytest.mark.parametrize("format_", ["pdf", "xlsx", "csv", "json"])
def test_a_report_leaves_as_a_file_only_with_a_fresh_proof(inloggad, format_):
    klient = inloggad(Roll.FK_ANALYTIKER)
    adress = reverse("rapporter:rapport", args=["kostnad"])
    efter_en_stund(klient)

    svar = klient.get(f"{adress}{RAPPORT}{format_}")

    assert svar.headers["Location"].startswith("/konto/bekrafta/")
    assert klient.get(f"{adress}{RAPPORT}html").status_code == 200


def test_the_proof_gives_a_new_key_to_the_same_login(administrator):
    efter_en_stund(administrator)
    fore, slut = administrator.session.session_key, Session.objects.get(anvandare=administrator.anvandare).expire_date

    administrator.post(reverse("konto_bekrafta"))

    rad = Session.objects.get(anvandare=administrator.anvandare)
    assert administrator.session.session_key != fore
    assert (rad.pk, rad.expire_date) == (fingeravtryck(administrator.session.session_key), slut)


def test_the_way_back_never_leads_to_another_site(administrator):
    efter_en_stund(administrator)

    svar = administrator.post("/konto/bekrafta/?next=https://example.com/")

    assert svar.headers["Location"] == "/"


def test_outside_the_demo_a_button_proves_nothing(administrator, settings):
    settings.DEMO = False
    efter_en_stund(administrator)

    svar = administrator.post(reverse("konto_bekrafta"))

    assert svar.status_code == 403
    assert bekraftelser() == 0


class TestLokaltKonto:
    @pytest.fixture
    def karin(self, klient):
        anvandare = BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare
        anvandare.password = make_password(LOSENORD)
        anvandare.save()
        klient.force_login(anvandare)
        efter_en_stund(klient)
        return klient

    def test_the_password_is_the_proof(self, karin, adress):
        svar = karin.post(f"/konto/bekrafta/?next={adress}", {"password": LOSENORD})

        assert svar.headers["Location"] == adress
        assert karin.get(adress).status_code == 200

    def test_a_wrong_password_proves_nothing_and_is_logged(self, karin, adress):
        svar = karin.post(f"/konto/bekrafta/?next={adress}", {"password": "fel"})

        assert "Lösenordet stämmer inte." in svar.text
        assert "<title>Fel: Bekräfta" in svar.text
        assert karin.get(adress).status_code == 302
        assert Handelse.objects.filter(typ=Handelse.Typ.INLOGGNING_MISSLYCKAD).count() == 1

    def test_an_empty_answer_or_a_button_alone_proves_nothing(self, karin):
        assert "Skriv ditt lösenord." in karin.post(reverse("konto_bekrafta"), {"password": ""}).text
        assert karin.post(reverse("konto_bekrafta")).status_code == 403
        assert bekraftelser() == 0

    def test_after_five_failures_even_the_right_password_must_wait(self, karin):
        for _ in range(5):
            karin.post(reverse("konto_bekrafta"), {"password": "fel"})

        svar = karin.post(reverse("konto_bekrafta"), {"password": LOSENORD})

        assert "Du har försökt för många gånger." in svar.text
        assert bekraftelser() == 0

    def test_the_proof_lasts_a_quarter_of_an_hour(self, karin, adress, klockan):
        karin.post(reverse("konto_bekrafta"), {"password": LOSENORD})

        bekraftat = timezone.now()
        klockan(bekraftat + timedelta(minutes=14, seconds=50))
        assert karin.get(adress).status_code == 200
        klockan(bekraftat + timedelta(minutes=15, seconds=5))
        assert karin.get(adress).status_code == 302


def test_a_user_of_the_issuer_is_sent_to_the_issuer(administrator, adress):
    administrator.anvandare.utgivare, administrator.anvandare.amne = "https://id.example.se", "abc"
    administrator.anvandare.save()
    efter_en_stund(administrator)

    svar = administrator.get(f"/konto/bekrafta/?next={adress}")

    assert f'href="/logga-in/e-legitimation/?bekrafta=1&amp;next={adress.replace("/", "%2F")}"' in svar.text
    assert administrator.post(f"/konto/bekrafta/?next={adress}").status_code == 403


def test_foreign_and_missing_rows_are_asked_about_alike(inloggad):
    klient = inloggad(Roll.SAMVERKANSADMINISTRATOR, SamverkansorganisationFactory())
    frammande = SamverkansorganisationFactory()
    efter_en_stund(klient)

    svar = [klient.get(reverse("organisations:uppdrag_ge", args=[pk, Roll.INSATSANSVARIG])) for pk in (frammande.pk, 10**9)]

    assert [ett.status_code for ett in svar] == [302, 302]
    assert Samverkansorganisation.objects.count() == 2
