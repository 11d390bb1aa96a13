"""What each avslutningsanledning asks for, and what it warns of (docs/regler.md 6.4, 6.6)."""

import pytest
from django.urls import reverse

from deltagare.models import Deltagande
from tests.deltagare.conftest import situation, utregistrering
from tests.deltagare.fragor import ratta

ARBETAR = situation("efter", arbetar="ja", arbete="100", arbetstyp="ej_subventionerat")
FLYTT = "Deltagaren förvärvsarbetar efter insatsen. Är flytten för arbetet ska anledningen vara till arbete, studier eller arbetssökande."


def test_what_is_known_is_carried_over_and_not_asked_again(klient_da, deltagande):
    svar = klient_da.get(reverse("deltagare:ut", args=[deltagande.pk]))

    sida = svar.content.decode()
    for kant in ("Alma Testsson", "19620901-****", "Trollhättan", "Hjortmossen", "2011-12-05"):
        assert kant in sida, kant
    assert not {"personnummer", "namn", "kommun", "startdatum", "utbildning", "tid_forsorjning", "forsorjning_fore"} & set(
        svar.context["form"].fields
    )


def test_a_move_of_somebody_who_works_is_led_to_the_reason_of_work(skicka, deltagande):
    skickat = utregistrering(avslutningsanledning="5", **ARBETAR)

    svar = skicka("ut", deltagande, **skickat)

    assert svar.context["varningar"] == [("flytt-arbete", FLYTT)]
    assert FLYTT in svar.content.decode()
    assert not Deltagande.objects.get().ar_avslutat
    assert skicka("ut", deltagande, **skickat, bekraftade="flytt-arbete").status_code == 302
    assert Deltagande.objects.get().avslutningsanledning == 5


def test_a_move_is_led_to_the_reason_of_work_in_a_rattning_too(klient_da, skicka, deltagande):
    skicka("ut", deltagande, **utregistrering(**ARBETAR))

    svar = ratta(klient_da, deltagande, avslutningsanledning="5")

    assert svar.context["bekrafta"] == "flytt-arbete"


@pytest.mark.parametrize(
    "falt",
    [
        {"avslutningsanledning": "5"},
        {"avslutningsanledning": "5", **situation("efter", af="ja")},
        {"avslutningsanledning": "5", **situation("efter", studerar="ja", studier="100")},
        {"avslutningsanledning": "3", **ARBETAR},
        {"avslutningsanledning": "1", **ARBETAR},
        {"avslutningsanledning": "1", **situation("efter", af="ja")},
        {"avslutningsanledning": "1", **situation("efter", studerar="ja", studier="10")},
    ],
    ids=str,
)
def test_what_fits_together_is_not_warned_of(skicka, deltagande, falt):
    assert skicka("ut", deltagande, **utregistrering(**falt)).status_code == 302


def test_the_page_tells_of_a_move_for_work_before_anything_is_chosen(klient_da, deltagande):
    sida = klient_da.get(reverse("deltagare:ut", args=[deltagande.pk])).content.decode()

    assert "Flyttar deltagaren för att börja ett arbete? Välj till arbete, studier eller arbetssökande." in sida
    assert "Flyttar deltagaren för att börja ett arbete ska du välja Till arbete, studier eller arbetssökande." in sida


@pytest.mark.parametrize(
    ("anledning", "vantat"), [("2", {"forsorjning_efter", "af_efter", "arbetar_efter", "studerar_efter"}), ("7", set())]
)
def test_only_what_the_reason_needs_is_asked(skicka, deltagande, fel, anledning, vantat):
    tomt = dict.fromkeys(situation("efter"))

    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning=anledning, **tomt))

    assert (set(fel(svar)) if svar.status_code == 200 else set()) == vantat
