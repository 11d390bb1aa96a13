"""Withdrawn samtycke: at once, by whoever registers in the insats, with a receipt that SUS does not keep (docs/regler.md 7.4)."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.models import Handelse, Inskickat
from behorigheter.roller import Roll
from deltagare import identitet
from deltagare.koder import Kon
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Person, Samtycke, Utkast
from sus.core.kryptering import uppslag
from tests.deltagare.conftest import ALMA, ELSA, inregistrering, utregistrering
from tests.factories import AnvandareFactory, DeltagandeFactory, InsatsFactory, KompletterandeFragaFactory


def fraga(**andra):
    """What a page that only asks sends."""
    return {"nyckel": str(uuid.uuid4()), "version": "0", "spara": ""} | andra


def test_the_page_of_a_deltagande_leads_straight_to_the_withdrawal(klient_da, deltagande):
    adress = reverse("deltagare:aterta", args=[deltagande.pk])
    assert adress in klient_da.get(deltagande.get_absolute_url()).text

    sida = klient_da.get(adress).text

    assert "Deltagarens uppgifter tas bort ur SUS och kan inte återskapas. Deltagaren ska inte registreras som anonym." in sida
    assert "Deltagaren kan vara kvar i insatsen." in sida
    assert Deltagande.objects.exists()


@pytest.mark.parametrize("avslutat", [False, True])
def test_withdrawal_takes_it_all_away_at_once(skicka, deltagande, avslutat):
    if avslutat:
        skicka("ut", deltagande, **utregistrering())

    assert skicka("aterta", deltagande, **fraga()).status_code == 302

    for modell in (Person, Deltagande, Mattillfalle, Samtycke):
        assert not modell.objects.exists()


def test_a_colleague_in_the_insats_may_do_it_and_what_somebody_has_changed_meanwhile_does_not_stop_it(skicka, deltagande, insats, inloggad):
    skicka("ut", deltagande, **utregistrering())  # a newer version than that of any open page

    kollega = inloggad(Roll.DELTAGARANSVARIG, insats)
    kollega.post(reverse("deltagare:aterta", args=[deltagande.pk]), fraga())

    assert not Deltagande.objects.exists()


@pytest.mark.parametrize("vy", ["ut", "ratta"])
@pytest.mark.parametrize(("anledning", "sida"), [("6", "aterta"), ("8", "felregistrera")])
def test_the_avslutningsanledning_leads_there_whatever_else_the_form_says(skicka, deltagande, vy, anledning, sida):
    if vy == "ratta":
        skicka("ut", deltagande, **utregistrering())
    falt = {"avslutningsanledning": anledning, "slutdatum": "", "startdatum": "i går", "version": "77"}

    svar = skicka(vy, deltagande, **inregistrering(**utregistrering(**falt)))

    assert svar.headers["Location"] == reverse(f"deltagare:{sida}", args=[deltagande.pk])
    assert Deltagande.objects.exists()


def test_a_question_that_must_be_answered_does_not_stop_a_withdrawal(skicka, deltagande, insats):
    KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, mattillfalle="ut", obligatorisk=True)

    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning="6"))

    assert svar.headers["Location"] == reverse("deltagare:aterta", args=[deltagande.pk])


def test_the_counter_is_raised_undated_and_a_felregistrering_raises_none(skicka, registrera):
    registrera()
    skicka("felregistrera", Deltagande.objects.get(), **fraga(bekraftelse="ta bort"))
    assert not AnonymPost.objects.exists()

    registrera()
    skicka("aterta", Deltagande.objects.get(), **fraga())

    rakneverk = AnonymPost.objects.get()
    assert (rakneverk.slag, rakneverk.ar, rakneverk.kon, rakneverk.antal) == ("atertaget", 2011, Kon.KVINNA, 1)
    assert (rakneverk.tid, rakneverk.av) == (None, None)
    assert AnonymPost.objects.anonyma().summor() == {}


@pytest.mark.parametrize("spar", [{"tid": timezone.now()}, {"av": AnvandareFactory}])
def test_the_database_refuses_a_withdrawal_that_tells_when_or_by_whom(insats, spar):
    spar = {falt: varde() if varde is AnvandareFactory else varde for falt, varde in spar.items()}

    with pytest.raises(IntegrityError, match="anonympost_atertaget_utan_spar"):
        AnonymPost.objects.create(**{"insats": insats, "ar": 2011, "kon": Kon.KVINNA, "slag": "atertaget", "antal": 1, "tid": None} | spar)


def test_the_person_stays_while_another_deltagande_remains(skicka, deltagande):
    kvar = DeltagandeFactory(insats=InsatsFactory(), person=deltagande.person)

    skicka("aterta", deltagande, **fraga())

    assert Deltagande.objects.get() == kvar
    assert Person.objects.get() == kvar.person


def test_the_answer_is_the_same_whether_the_person_is_known_elsewhere(skicka, registrera, insats):
    """Acceptance test 6: nothing tells of another insats."""
    sidor = []
    for annan in (False, True):
        registrera()
        deltagande = Deltagande.objects.get(insats=insats)
        if annan:
            DeltagandeFactory(insats=InsatsFactory(), person=deltagande.person)
        svar = skicka("aterta", deltagande, **fraga())
        kvitto = svar.client.get(svar.headers["Location"]).context["rader"]
        sidor.append([rad for rad in kvitto if rad[0] != "Kvittonummer"])

    assert sidor[0] == sidor[1]


def test_the_log_keeps_random_ids_and_the_version_of_the_form_and_no_day_of_the_deltagande(skicka, deltagande):
    logg_id, blankett = str(deltagande.person.logg_id), deltagande.samtycke.text.version

    svar = skicka("aterta", deltagande, **fraga())

    rad = Handelse.objects.get(typ=Handelse.Typ.SAMTYCKE_ATERTAGET)
    nummer = dict(svar.client.get(svar.headers["Location"]).context["rader"])["Kvittonummer"]
    assert (rad.logg_id, rad.detaljer) == ([logg_id], {"kvitto": nummer, "blankett": blankett})


def test_every_users_drafts_about_the_person_go_and_no_others(skicka, deltagande, insats):
    kollega = AnvandareFactory()
    utkast = {"anvandare": kollega, "innehall": b"x"}
    Utkast.objects.create(**utkast, insats=insats, sida="ut", deltagande=deltagande)
    Utkast.objects.create(**utkast, insats=insats, sida="registrera", uppslag=uppslag(ALMA))
    kvar = [
        Utkast.objects.create(**utkast, insats=InsatsFactory(), sida="registrera", uppslag=uppslag(ALMA)),
        Utkast.objects.create(**utkast | {"anvandare": AnvandareFactory()}, insats=insats, sida="registrera", uppslag=uppslag(ELSA)),
        Utkast.objects.create(**utkast | {"anvandare": AnvandareFactory()}, insats=insats, sida="registrera"),
    ]

    skicka("aterta", deltagande, **fraga())

    assert set(Utkast.objects.all()) == set(kvar)


def test_while_the_look_up_key_is_changed_every_draft_that_names_somebody_goes(skicka, deltagande, insats, settings):
    settings.SUS_UPPSLAGSNYCKLAR = [b"n" * 32, *settings.SUS_UPPSLAGSNYCKLAR]
    Utkast.objects.create(anvandare=AnvandareFactory(), innehall=b"x", insats=insats, sida="registrera", uppslag=uppslag(ALMA))

    skicka("aterta", deltagande, **fraga())

    assert not Utkast.objects.exists()


def test_nobody_forgets_drafts_of_a_foreign_insats(deltagande, insats, inloggad):
    Utkast.objects.create(anvandare=AnvandareFactory(), innehall=b"x", insats=insats, sida="registrera", uppslag=uppslag(ALMA))
    frammande = inloggad(Roll.DELTAGARANSVARIG, InsatsFactory()).anvandare

    with vaggar.som(frammande):
        identitet.glom_utkast(insats_id=insats.pk, person_id=deltagande.person_id)

    assert Utkast.objects.exists()


def test_no_receipt_of_a_form_leads_to_what_is_no_more(skicka, deltagande):
    Inskickat.objects.create(anvandare=AnvandareFactory(), lank=f"/deltagande/sok/?sparat={deltagande.pk}")

    skicka("aterta", deltagande, **fraga())

    assert not Inskickat.objects.filter(lank__contains=str(deltagande.pk)).exists()


def test_sent_twice_it_leads_to_the_same_receipt(skicka, deltagande):
    falt = fraga()
    forst = skicka("aterta", deltagande, **falt)

    andra = skicka("aterta", deltagande, **falt)

    assert andra.headers["Location"] == forst.headers["Location"]
    assert AnonymPost.objects.count() == 1
    assert skicka("aterta", deltagande, **fraga()).status_code == 404


@pytest.fixture
def kvittot(skicka, deltagande):
    """The address of the receipt."""
    return skicka("aterta", deltagande, **fraga()).headers["Location"]


def test_the_receipt_says_what_has_been_deleted_and_nothing_of_whom(klient_da, kvittot):
    sida = klient_da.get(kvittot)

    rader = dict(sida.context["rader"])
    assert rader["Samtycket återtogs"] == str(timezone.localdate())
    assert rader["Blankett"]
    assert "Du kan fortsätta i insatsen." in sida.text
    assert "inte heller som anonym" in sida.text
    for spar in ("Alma", "Testsson", "19620901", "620901", "9808", "2011-12-05", "Hjortmossen"):
        assert spar not in sida.text + kvittot


def test_the_receipt_can_be_printed(klient_da, kvittot):
    svar = klient_da.get(kvittot, {"format": "pdf"})

    assert svar.headers["Content-Type"] == "application/pdf"
    assert svar.content.startswith(b"%PDF-")
    assert "kvitto-" in svar.headers["Content-Disposition"]


def test_the_receipt_is_its_users_own(kvittot, insats, inloggad):
    kollega = inloggad(Roll.DELTAGARANSVARIG, insats)

    assert kollega.get(kvittot).status_code == 404
    assert inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation).get(kvittot).status_code == 403


def test_a_changed_receipt_is_none(klient_da, kvittot):
    ett, *resten = kvittot.removeprefix("/deltagande/kvitto/")

    assert klient_da.get(f"/deltagande/kvitto/{'X' if ett != 'X' else 'Y'}{''.join(resten)}").status_code == 404


def test_the_receipt_can_be_opened_for_an_hour(klockan, inloggad, insats):
    klockan("2012-06-01 10:00:00+02:00")
    deltagande = DeltagandeFactory(insats=insats)
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)
    kvittot = klient.post(reverse("deltagare:aterta", args=[deltagande.pk]), fraga()).headers["Location"]

    klockan("2012-06-01 10:29:00+02:00")
    assert klient.get(kvittot).status_code == 200
    klockan("2012-06-01 10:58:00+02:00")
    assert klient.get(kvittot).status_code == 200
    klockan("2012-06-01 11:00:01+02:00")
    svar = klient.get(kvittot)
    assert svar.status_code == 410
    assert "Kvittot finns inte längre" in svar.text


def test_who_has_withdrawn_can_be_registered_again_with_a_new_samtycke(skicka, registrera, deltagande):
    skicka("aterta", deltagande, **fraga())

    registrera(startdatum=str(date(2011, 12, 6)))

    assert Samtycke.objects.count() == 1
