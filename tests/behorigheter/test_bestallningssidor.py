"""The pages of the order 9445 and of the behörigheter that come of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Anvandare, Behorighet, Bestallning, om_tva_ar
from behorigheter.roller import Roll
from organisations.models import Organisation
from tests.behorigheter.bestallningar import bestallare_i, bestalld, kommun, signerad, uppgifter
from tests.factories import AnvandareFactory, BehorighetFactory, BestallningFactory, OverenskommelseFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db

Status = Bestallning.Status


def formularet(**kwargs):
    idag = timezone.localdate()
    return {
        "personnummer": provpersonnummer(40),
        **uppgifter(),
        "roller": ["rapport"],
        "fran": str(idag),
        "till": str(idag + timedelta(days=365)),
        "version": 0,
    } | kwargs


def steg(client, namn, bestallning, **data):
    return client.post(reverse(f"behorigheter:{namn}", args=[bestallning.pk]), {"version": bestallning.version, **data})


def test_the_chain_goes_from_page_to_page(inloggad):
    organisation = kommun()
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=organisation)
    sofia = inloggad(Roll.UTFARDARE, arbetsgivare=Organisation.objects.get(typ="fk"))

    svar = ulf.post(reverse("behorigheter:bestallning_ny"), formularet())
    bestallning = Bestallning.objects.get()
    assert svar.headers["Location"] == reverse("behorigheter:bestallning_signera", args=[bestallning.pk])
    period_ = {"fran": str(bestallning.fran), "till": str(bestallning.till)}
    svar = steg(ulf, "bestallning_signera", bestallning, roller=["rapport"], beslut="ja", **period_)
    assert svar.status_code == 302
    bestallning.refresh_from_db()
    assert "Nina Nyström" in sofia.get(reverse("behorigheter:bestallningar")).content.decode()
    svar = steg(sofia, "bestallning_avgor", bestallning, beslut="ja")
    assert svar.status_code == 302

    text = ulf.get(bestallning.get_absolute_url()).content.decode()
    assert "Utfärdad" in text
    assert str(sofia.anvandare) in text
    assert Anvandare.objects.get(efternamn="Nyström").gallande_roller == {Roll.RAPPORT}


def test_the_forms_show_the_error_at_the_field_and_keep_what_was_typed(inloggad):
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=kommun())

    svar = ulf.post(reverse("behorigheter:bestallning_ny"), formularet(roller=["samverkansadministrator", "deltagaransvarig"]))

    assert svar.status_code == 200
    assert svar.context["form"].errors["roller"] == ["Samverkansadministratör kan inte kombineras med deltagaransvarig."]
    assert "Nyström" in svar.content.decode()
    assert not Bestallning.objects.exists()


def test_a_refusal_without_a_reason_is_asked_for_one(inloggad):
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=kommun())
    bestallning = bestalld(ulf.anvandare)

    svar = steg(
        ulf, "bestallning_signera", bestallning, roller=["rapport"], beslut="avsla", fran=str(bestallning.fran), till=str(bestallning.till)
    )

    assert svar.context["form"].errors["skal"] == ["Skriv varför beställningen avslås."]


def test_a_user_without_behorighet_orders_sees_and_withdraws_the_own_order(inloggad):
    nils = inloggad(arbetsgivare=kommun())

    for namn in ("bestallningar", "bestallning_egen"):
        assert nils.get(reverse(f"behorigheter:{namn}")).status_code == 200
    data = formularet(epost="nils@example.com")
    svar = nils.post(reverse("behorigheter:bestallning_egen"), data)
    bestallning = Bestallning.objects.get()
    assert svar.headers["Location"] == bestallning.get_absolute_url()
    assert (bestallning.anvandare, bestallning.fornamn) == (nils.anvandare, nils.anvandare.fornamn)
    assert "Väntar på beställaren" in nils.get(bestallning.get_absolute_url()).content.decode()
    assert steg(nils, "bestallning_aterta", bestallning).status_code == 302
    bestallning.refresh_from_db()
    assert bestallning.status == Status.ATERTAGEN


def test_other_people_s_orders_do_not_exist(inloggad):
    frammande = BestallningFactory()
    for client in (
        inloggad(arbetsgivare=kommun()),
        inloggad(Roll.BESTALLARE, arbetsgivare=kommun()),
        inloggad(Roll.UTFARDARE, arbetsgivare=Organisation.objects.get(typ="af")),
    ):
        for namn in ("bestallning", "bestallning_aterta"):
            assert client.get(reverse(f"behorigheter:{namn}", args=[frammande.pk])).status_code == 404
        assert str(frammande) not in client.get(reverse("behorigheter:bestallningar"), {"visa": "alla"}).content.decode()


def test_only_the_fk_administrator_decides_roles_that_reach_over_others(inloggad):
    forsakringskassan = Organisation.objects.get(typ="fk")
    bestallning = signerad(bestallare_i(forsakringskassan), nr=50, roller=[Roll.UTFARDARE])
    adress = reverse("behorigheter:bestallning_avgor", args=[bestallning.pk])
    sofia = inloggad(Roll.UTFARDARE, arbetsgivare=forsakringskassan)
    gunilla = inloggad(Roll.FK_ADMINISTRATOR, arbetsgivare=forsakringskassan)

    assert sofia.get(adress).status_code == 404
    assert steg(gunilla, "bestallning_avgor", bestallning, beslut="ja").status_code == 302
    assert Anvandare.objects.get(efternamn="Nyström").gallande_roller == {Roll.UTFARDARE}


def test_arbetsformedlingens_utfardare_decides_for_arbetsformedlingen_only(inloggad):
    af = Organisation.objects.get(typ="af")
    OverenskommelseFactory(organisation=af)
    egen, annan = signerad(bestallare_i(af), nr=51), signerad(bestallare_i(kommun()), nr=52)
    sofia = inloggad(Roll.UTFARDARE, arbetsgivare=af)

    assert sofia.get(reverse("behorigheter:bestallning_avgor", args=[egen.pk])).status_code == 200
    assert sofia.get(reverse("behorigheter:bestallning_avgor", args=[annan.pk])).status_code == 404


def test_the_work_list_begins_with_the_oldest(inloggad):
    ulf = bestallare_i(kommun())
    forst, sist = signerad(ulf, nr=60), signerad(ulf, nr=61)
    Bestallning.objects.filter(pk=sist.pk).update(ifylld_tid=timezone.now() - timedelta(days=3))
    sofia = inloggad(Roll.UTFARDARE, arbetsgivare=Organisation.objects.get(typ="fk"))

    rader = list(sofia.get(reverse("behorigheter:bestallningar")).context["page_obj"])

    assert rader == [sist, forst]


def test_the_bestallare_renews_with_one_form(inloggad):
    organisation = kommun()
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=organisation)
    rut = AnvandareFactory(arbetsgivare=organisation)
    slut = timezone.localdate() + timedelta(days=20)
    rapport = BehorighetFactory(anvandare=rut, giltig_till=slut)
    BehorighetFactory(anvandare=rut, roll=Roll.INSATSANSVARIG, giltig_till=slut)
    lista = ulf.get(reverse("behorigheter:fornya_lista")).content.decode()
    assert str(rut) in lista

    svar = ulf.post(
        reverse("behorigheter:fornya", args=[rapport.pk]),
        {
            "roller": ["rapport", "insatsansvarig"],
            "till": str(om_tva_ar(slut)),
            "epost": rut.epost,
            "telefon": "070-000 00 00",
            "version": 0,
        },
    )

    bestallning = Bestallning.objects.get()
    assert svar.headers["Location"] == bestallning.get_absolute_url()
    assert (bestallning.status, bestallning.signerad_av) == (Status.SIGNERAD, ulf.anvandare)
    assert bestallning.fran == slut + timedelta(days=1)


def test_the_bestallare_revokes_a_colleague_s_behorighet_on_its_page(inloggad):
    organisation = kommun()
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=organisation)
    kollega = BehorighetFactory(anvandare__arbetsgivare=organisation)
    annan = BehorighetFactory()

    svar = ulf.post(reverse("behorigheter:behorighet_aterkalla", args=[kollega.pk]), {"version": 0})

    assert svar.status_code == 302
    kollega.refresh_from_db()
    assert kollega.aterkallad_av == ulf.anvandare
    assert ulf.get(reverse("behorigheter:behorighet_aterkalla", args=[annan.pk])).status_code == 404


def test_the_list_asks_no_more_questions_for_more_orders(inloggad, antal_fragor):
    organisation = kommun()
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=organisation)
    BestallningFactory(organisation=organisation)
    adress = reverse("behorigheter:bestallningar")
    fore = antal_fragor(lambda: ulf.get(adress))
    BestallningFactory.create_batch(20, organisation=organisation)

    assert antal_fragor(lambda: ulf.get(adress)) == fore


def test_the_page_for_who_has_no_behorighet_names_the_bestallare_and_the_way_to_order(inloggad):
    organisation = kommun()
    ulf = bestallare_i(organisation)
    rut = inloggad(arbetsgivare=organisation)
    BehorighetFactory(anvandare=rut.anvandare, roll=Roll.INSATSANSVARIG, aterkallad=timezone.now())

    text = rut.get("/").content.decode()

    assert "Du saknar behörighet till SUS" in text
    assert f"mailto:{ulf.epost}" in text
    assert "återkallad" in text
    assert reverse("behorigheter:bestallning_egen") in text


def test_an_account_without_employer_is_told_that_the_employer_must_order(inloggad):
    client = inloggad(arbetsgivare=None)

    sida = client.get(reverse("behorigheter:bestallning_egen")).content.decode()
    svar = client.post(reverse("behorigheter:bestallning_egen"), formularet())

    assert "Ditt konto har ingen arbetsgivare" in sida
    assert svar.status_code == 200
    assert not Bestallning.objects.exists()


def test_the_bestallare_changes_roles_and_period_before_signing(inloggad):
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=kommun())
    bestallning = bestalld(ulf.anvandare)
    idag = timezone.localdate()

    steg(
        ulf, "bestallning_signera", bestallning, roller=["insatsansvarig"], beslut="ja", fran=str(idag), till=str(idag + timedelta(days=10))
    )

    bestallning.refresh_from_db()
    assert (bestallning.roller, bestallning.till, bestallning.status) == (["insatsansvarig"], idag + timedelta(days=10), Status.SIGNERAD)


def test_two_who_decide_at_the_same_time_see_each_other(inloggad):
    bestallning = signerad(bestallare_i(kommun()))
    forst, sist = (inloggad(Roll.UTFARDARE, arbetsgivare=Organisation.objects.get(typ="fk")) for _ in range(2))
    steg(forst, "bestallning_avgor", bestallning, beslut="avsla", skal="Dubblett.")

    svar = steg(sist, "bestallning_avgor", bestallning, beslut="ja")

    assert svar.status_code == 409
    assert not Behorighet.objects.filter(bestallning=bestallning).exists()
