"""Utregistrering, rättning and återöppning."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import Deltagande, Mattillfalle, Samtycke
from tests.deltagare.conftest import inregistrering, situation, utregistrering
from tests.factories import DeltagandeFactory, PersonFactory


def test_everything_of_the_form_is_kept(skicka, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(**situation("efter", forsorjning=["ingen"], af="ja")))

    assert svar.headers["Location"] == deltagande.get_absolute_url()
    deltagande.refresh_from_db()
    assert (deltagande.slutdatum, deltagande.avslutningsanledning, deltagande.version) == (date(2012, 1, 9), 2, 2)
    assert deltagande.utregistrerad
    efter = deltagande.mattillfallen.get(typ="ut")
    assert (efter.forsorjning, efter.arbetssokande) == (256, True)
    assert Handelse.objects.filter(typ=Handelse.Typ.DELTAGANDE_UTREGISTRERAT).count() == 1


V27 = "Avslutningsdatum måste vara samma dag som startdagen eller senare och får inte vara i framtiden."


@pytest.mark.parametrize(
    ("andra", "falt", "mening"),
    [
        ({"slutdatum": "2011-12-04"}, "slutdatum", V27),
        ({"slutdatum": str(timezone.localdate() + timedelta(days=1))}, "slutdatum", V27),
        ({"slutdatum": ""}, "slutdatum", "Fyll i avslutningsdatum."),
        ({"avslutningsanledning": ""}, "avslutningsanledning", "Välj avslutningsanledning."),
        ({"forsorjning_efter": None}, "forsorjning_efter", "Ange minst en försörjning eller Ingen offentlig försörjning."),
        ({"studerar_efter": None}, "studerar_efter", "Välj Ja eller Nej."),
    ],
)
def test_a_broken_rule_refuses_at_its_field(skicka, deltagande, fel, andra, falt, mening):
    assert fel(skicka("ut", deltagande, **utregistrering(**andra))) == {falt: [mening]}

    assert not Deltagande.objects.get().ar_avslutat


def test_the_end_of_the_insats_is_the_last_day(skicka, deltagande, insats, fel):
    insats.slutdatum = date(2012, 1, 8)
    insats.save()

    assert fel(skicka("ut", deltagande, **utregistrering())) == {
        "slutdatum": ["Avslutningsdatum får inte vara efter insatsens slutdatum (2012-01-08)."]
    }


@pytest.mark.parametrize("anledning", ["2", "3", "4", "5", "9"])
def test_reasons_with_a_second_measurement(skicka, deltagande, anledning):
    assert skicka("ut", deltagande, **utregistrering(avslutningsanledning=anledning)).status_code == 302
    assert Mattillfalle.objects.filter(typ="ut").exists()


def test_to_work_without_any_yes_is_warned_of(skicka, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning="1"))
    assert svar.context["bekrafta"] == "V29"
    assert not Deltagande.objects.get().ar_avslutat

    assert skicka("ut", deltagande, **utregistrering(avslutningsanledning="1", bekraftade="V29")).status_code == 302


def test_without_measurement_nothing_is_asked_and_nothing_is_kept(skicka, deltagande):
    svar = skicka(
        "ut", deltagande, **utregistrering(avslutningsanledning="7", forsorjning_efter=None, arbetar_efter="ja", arbete_efter="x")
    )

    assert svar.status_code == 302
    assert Deltagande.objects.get().avslutningsanledning == 7
    assert not Mattillfalle.objects.filter(typ="ut").exists()


def rattning(**andra):
    falt = inregistrering(version="1")
    for namn in ("samtycke_finns", "samtycke_datum", "samtycke_sprak", "personnummer", "mattillfalle"):
        del falt[namn]
    return falt | andra


def test_a_correction_works_out_age_anew_and_logs_the_names_of_the_fields(skicka, deltagande):
    svar = skicka(
        "ratta", deltagande, **rattning(startdatum="2010-08-31", arbetar_fore="ja", arbete_fore="20", arbetstyp_fore="eget_foretag")
    )

    assert svar.status_code == 302
    deltagande.refresh_from_db()
    assert (deltagande.startdatum, deltagande.alder_vid_start, deltagande.version) == (date(2010, 8, 31), 47, 2)
    rad = Handelse.objects.get(typ=Handelse.Typ.DELTAGANDE_RATTAT)
    assert rad.detaljer == {"falt": ["alder_vid_start", "in.arbete_procent", "in.arbetstyp", "startdatum"]}


def test_nothing_corrected_writes_nothing(skicka, deltagande):
    assert skicka("ratta", deltagande, **rattning()).status_code == 302

    assert Deltagande.objects.get().version == 1
    assert not Handelse.objects.filter(typ=Handelse.Typ.DELTAGANDE_RATTAT).exists()


def test_the_form_of_a_correction_holds_what_is_registered(klient_da, deltagande, skicka):
    skicka("ut", deltagande, **utregistrering(arbetar_efter="ja", arbete_efter="75", arbetstyp_efter="subventionerat"))

    form = klient_da.get(reverse("deltagare:ratta", args=[deltagande.pk])).context["form"]

    varden = {namn: form[namn].value() for namn in form.fields}
    assert varden["utbildning"] == "gymnasium"
    assert varden["forsorjning_fore"] == ["sjukpenning"]
    assert (varden["arbetar_efter"], varden["arbete_efter"], varden["arbetstyp_efter"]) == ("ja", "75", "subventionerat")
    assert (str(varden["slutdatum"]), varden["avslutningsanledning"]) == ("2012-01-09", 2)


def test_a_correction_obeys_the_same_rules(skicka, deltagande, fel):
    assert list(fel(skicka("ratta", deltagande, **rattning(startdatum="2009-12-31")))) == ["startdatum"]

    skicka("ut", deltagande, **utregistrering())
    sent = rattning(**utregistrering(version="2"), startdatum="2012-01-10")
    assert fel(skicka("ratta", deltagande, **sent)) == {"slutdatum": [V27]}


def test_a_correction_may_not_overlap(skicka, deltagande, fel, insats):
    DeltagandeFactory(
        insats=insats, person=deltagande.person, startdatum=date(2011, 1, 1), slutdatum=date(2011, 3, 1), avslutningsanledning=2
    )

    assert list(fel(skicka("ratta", deltagande, **rattning(startdatum="2011-02-01")))) == ["startdatum"]


def test_reopening_takes_back_the_end(skicka, deltagande):
    skicka("ut", deltagande, **utregistrering())

    svar = skicka("ateroppna", deltagande, nyckel=str(uuid.uuid4()), version="2")

    assert svar.status_code == 302
    deltagande.refresh_from_db()
    assert (deltagande.slutdatum, deltagande.avslutningsanledning, deltagande.utregistrerad, deltagande.version) == (None, None, None, 3)
    assert not Mattillfalle.objects.filter(typ="ut").exists()


def test_reopening_is_refused_when_the_person_has_come_back(skicka, deltagande, insats, fel):
    skicka("ut", deltagande, **utregistrering())
    DeltagandeFactory(insats=insats, person=deltagande.person, startdatum=date(2012, 2, 1))

    svar = skicka("ateroppna", deltagande, nyckel=str(uuid.uuid4()), version="2")

    assert fel(svar) == {"__all__": ["Deltagaren är redan registrerad i insatsen under denna tid."]}


def test_reopening_is_refused_in_an_ended_insats(skicka, deltagande, insats, fel):
    skicka("ut", deltagande, **utregistrering())
    insats.slutdatum = date(2012, 1, 31)
    insats.save()

    svar = skicka("ateroppna", deltagande, nyckel=str(uuid.uuid4()), version="2")

    assert fel(svar) == {"__all__": ["Insatsen är avslutad sedan 2012-01-31. Deltagandet kan inte öppnas igen."]}


def test_the_original_of_the_samtycke_can_be_sent_later(skicka, deltagande):
    falt = {"samtycke_datum": "2011-11-30", "samtycke_sprak": "sv", "nyckel": str(uuid.uuid4()), "version": "1"}

    assert skicka("samtycke", deltagande, **falt, samtycke_original="2011-12-20").status_code == 302

    assert Samtycke.objects.get().original_skickat == date(2011, 12, 20)
    assert Handelse.objects.get(typ=Handelse.Typ.SAMTYCKE_ANDRAT).detaljer == {"falt": ["original_skickat"]}


def test_two_who_register_out_at_once_lose_nothing(skicka, deltagande, insats, inloggad):
    kollega = inloggad(Roll.DELTAGARANSVARIG, insats)
    kollega.post(reverse("deltagare:ut", args=[deltagande.pk]), utregistrering(avslutningsanledning="3"))

    svar = skicka("ut", deltagande, **utregistrering(slutdatum="2012-01-10"))

    assert svar.status_code == 409
    sida = svar.content.decode()
    assert "Någon annan har ändrat uppgifterna" in sida
    assert str(kollega.anvandare) in sida
    assert str(deltagande.pk) not in sida.replace(f"/deltagande/{deltagande.pk}/", "")
    skillnader = {rad.falt: (rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]}
    assert skillnader["Avslutningsdatum"] == ("2012-01-09", "2012-01-10")
    assert Deltagande.objects.get().avslutningsanledning == 3

    assert skicka("ut", deltagande, **utregistrering(slutdatum="2012-01-10", version="2")).status_code == 302
    deltagande.refresh_from_db()
    assert (deltagande.slutdatum, deltagande.avslutningsanledning) == (date(2012, 1, 10), 2)


def test_an_ended_deltagande_is_corrected_instead(klient_da, skicka, deltagande):
    skicka("ut", deltagande, **utregistrering())

    svar = klient_da.get(reverse("deltagare:ut", args=[deltagande.pk]))

    assert svar.headers["Location"] == f"/deltagande/{deltagande.pk}/ratta/"


def test_an_earlier_avslutningsdatum_leads_to_its_correction(skicka, deltagande, insats):
    tidigare = DeltagandeFactory(
        insats=insats, person=deltagande.person, startdatum=date(2011, 1, 1), slutdatum=date(2011, 3, 1), avslutningsanledning=2
    )
    frammande = DeltagandeFactory(insats=insats, person=PersonFactory(), avslutat=True)

    assert skicka("ut", deltagande, mattillfalle=str(tidigare.pk), nyckel=str(uuid.uuid4()), version="1").headers["Location"] == (
        f"/deltagande/{tidigare.pk}/ratta/"
    )
    svar = skicka("ut", deltagande, **utregistrering(mattillfalle=str(frammande.pk)))
    assert list(svar.context["form"].errors) == ["mattillfalle"]


def test_the_button_visa_shows_the_personnummer_and_keeps_what_was_typed(skicka, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(visa="ja", slutdatum="2012-01-0"))

    sida = svar.content.decode()
    assert "19620901-9808" in sida
    assert 'value="2012-01-0"' in sida
    assert svar.context["form"].errors == {}
    assert Handelse.objects.filter(typ=Handelse.Typ.PERSONNUMMER_VISAT).count() == 1
