"""The order 9445 from filled in to issued: who may do what, and what follows."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions.behorighet import aterkalla_behorighet
from behorigheter.actions.bestallning import (
    aterta_bestallning,
    avsla_bestallning,
    bestall_for_annan,
    bestall_for_sig_sjalv,
    fornya_behorigheter,
    signera_bestallning,
    utfarda_bestallning,
)
from behorigheter.models import Anvandare, Behorighet, Bestallning, Handelse, bestallbara_roller, om_tva_ar
from behorigheter.roller import FK_UTFARDAR, Roll
from organisations.models import Organisation
from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott
from tests.factories import AnvandareFactory, BehorighetFactory, BestallningFactory, OrganisationFactory, OverenskommelseFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db

Status = Bestallning.Status


def person(nr):
    return tolka(provpersonnummer(nr), idag=timezone.localdate())


def kommun(**kwargs):
    organisation = OrganisationFactory(**kwargs)
    OverenskommelseFactory(organisation=organisation)
    return organisation


def med_roll(roll, organisation, nr=None):
    anvandare = AnvandareFactory.build(arbetsgivare=organisation)
    if nr is not None:
        anvandare.satt_personnummer(person(nr))
    anvandare.save()
    BehorighetFactory(anvandare=anvandare, roll=roll)
    return anvandare


def bestallare_i(organisation, nr=None):
    return med_roll(Roll.BESTALLARE, organisation, nr)


def utfardare(typ="fk"):
    organisation = Organisation.objects.filter(typ=typ).first() or OrganisationFactory(typ=typ)
    return med_roll(Roll.UTFARDARE, organisation)


def period(dagar=365):
    idag = timezone.localdate()
    return {"fran": idag, "till": idag + timedelta(days=dagar)}


def uppgifter(**kwargs):
    return {"fornamn": "Nina", "efternamn": "Nyström", "epost": "nina@example.com", "telefon": "070-000 00 00"} | kwargs


def bestalld(by, nr=1, roller=(Roll.RAPPORT,), **kwargs):
    return bestall_for_annan(uppgifter=uppgifter(), personnummer=person(nr), roller=list(roller), **period() | kwargs, by=by)


def signerad(by, **kwargs):
    bestallning = bestalld(by, **kwargs)
    innehall = {namn: getattr(bestallning, namn) for namn in ("roller", "fran", "till")}
    return signera_bestallning(bestallning=bestallning, **innehall, by=by)


# --- the straight way ---


def test_an_issued_order_gives_a_new_user_one_behorighet_per_role():
    ulf = bestallare_i(kommun())
    bestallning = signerad(ulf, nr=5, roller=[Roll.INSATSANSVARIG, Roll.RAPPORT])
    sofia = utfardare()

    utfarda_bestallning(bestallning=bestallning, by=sofia)

    ny = Anvandare.objects.get(efternamn="Nyström")
    assert ny.klartext == person(5)
    assert ny.arbetsgivare == ulf.arbetsgivare
    assert not ny.has_usable_password()
    assert ny.gallande_roller == {Roll.INSATSANSVARIG, Roll.RAPPORT}
    bestallning.refresh_from_db()
    assert (bestallning.status, bestallning.anvandare, bestallning.avgjord_av) == (Status.UTFARDAD, ny, sofia)
    assert {(rad.bestalld_av, rad.utfardad_av) for rad in ny.behorigheter.all()} == {(ulf, sofia)}


def test_every_step_leaves_a_row_in_the_log_without_the_personnummer():
    bestallning = signerad(bestallare_i(kommun()), nr=7)
    utfarda_bestallning(bestallning=bestallning, by=utfardare())

    rader = Handelse.objects.filter(typ__in=["bestallning_ifylld", "bestallning_signerad", "anvandare_skapad", "behorighet_utfardad"])

    assert list(rader.values_list("typ", flat=True)) == [
        "bestallning_ifylld",
        "bestallning_signerad",
        "anvandare_skapad",
        "behorighet_utfardad",
    ]
    assert provpersonnummer(7)[-4:] not in str(list(rader.values_list("detaljer", flat=True)))


def test_the_user_and_who_ordered_are_told(django_capture_on_commit_callbacks):
    ulf = bestallare_i(kommun())
    bestallning = signerad(ulf)

    with django_capture_on_commit_callbacks(execute=True):
        utfarda_bestallning(bestallning=bestallning, by=utfardare())

    brev = {adress: rad for rad in mail.outbox for adress in rad.to}
    assert set(brev) == {"nina@example.com", ulf.epost}
    assert "SUSrapport" in brev["nina@example.com"].body
    assert "/konto/losenord/valj/" not in brev[ulf.epost].body


@pytest.mark.parametrize(("lokala", "finns"), [(True, True), (False, False)])
def test_the_letter_holds_the_way_in_only_where_there_are_local_accounts(django_capture_on_commit_callbacks, klient, lokala, finns):
    bestallning = signerad(bestallare_i(kommun()))

    with override_settings(LOKALA_KONTON=lokala), django_capture_on_commit_callbacks(execute=True):
        utfarda_bestallning(bestallning=bestallning, by=utfardare())

    text = next(rad.body for rad in mail.outbox if rad.to == ["nina@example.com"])
    assert ("/konto/losenord/valj/" in text) is finns


def test_a_refusal_needs_a_reason_and_is_told(django_capture_on_commit_callbacks):
    ulf = bestallare_i(kommun())
    bestallning = signerad(ulf)

    with django_capture_on_commit_callbacks(execute=True):
        avsla_bestallning(bestallning=bestallning, lage=Status.SIGNERAD, skal="Fel telefonnummer.", by=utfardare())

    assert {adress for rad in mail.outbox for adress in rad.to} == {"nina@example.com", ulf.epost}
    assert all("Fel telefonnummer." in rad.body for rad in mail.outbox)
    assert not Anvandare.objects.filter(efternamn="Nyström").exists()


def test_ones_own_order_goes_to_the_bestallare(django_capture_on_commit_callbacks):
    organisation = kommun()
    ulf = bestallare_i(organisation)
    rut = AnvandareFactory(arbetsgivare=organisation)

    with django_capture_on_commit_callbacks(execute=True):
        bestallning = bestall_for_sig_sjalv(epost=rut.epost, telefon="070", roller=[Roll.RAPPORT], **period(), by=rut)

    assert [rad.to for rad in mail.outbox] == [[ulf.epost]]
    assert (bestallning.anvandare, bestallning.organisation, bestallning.status) == (rut, organisation, Status.IFYLLD)


# --- never for oneself, never one person alone ---


def test_nobody_signs_or_decides_an_order_about_oneself():
    organisation = kommun()
    ulf = bestallare_i(organisation)
    bestallning = bestall_for_sig_sjalv(epost=ulf.epost, telefon="070", roller=[Roll.RAPPORT], **period(), by=ulf)

    with pytest.raises(Regelbrott, match="gäller dig själv"):
        signera_bestallning(bestallning=bestallning, roller=[Roll.RAPPORT], **period(), by=ulf)
    with pytest.raises(Regelbrott, match="gäller dig själv"):
        avsla_bestallning(bestallning=bestallning, lage=Status.IFYLLD, skal="Nej", by=ulf)


def test_the_bestallare_cannot_order_for_oneself_by_typing_the_own_personnummer():
    ulf = bestallare_i(kommun(), nr=11)

    with pytest.raises(Regelbrott, match="åt dig själv"):
        bestalld(ulf, nr=11)


def test_an_utfardare_does_not_issue_an_order_about_oneself_filled_in_by_the_employer():
    forsakringskassan = Organisation.objects.get(typ="fk")
    sofia = med_roll(Roll.UTFARDARE, forsakringskassan, nr=12)
    bestallning = signerad(bestallare_i(forsakringskassan), nr=12)

    with pytest.raises(Regelbrott, match="gäller dig själv"):
        utfarda_bestallning(bestallning=bestallning, by=sofia)


def test_who_signed_does_not_issue():
    forsakringskassan = Organisation.objects.get(typ="fk")
    bada = bestallare_i(forsakringskassan)
    BehorighetFactory(anvandare=bada, roll=Roll.UTFARDARE)

    with pytest.raises(Regelbrott, match="har signerat"):
        utfarda_bestallning(bestallning=signerad(bada), by=bada)


# --- what may be ordered ---


def test_the_roles_that_may_be_ordered_follow_from_the_kind_of_organisation():
    assert Roll.DELTAGARANSVARIG not in bestallbara_roller("samordningsforbund")
    assert Roll.DELTAGARANSVARIG in bestallbara_roller("kommun")
    assert set(bestallbara_roller("fk")) == set(Roll) - {Roll.BESTALLARE}
    assert set(bestallbara_roller("af")) & FK_UTFARDAR == {Roll.UTFARDARE}
    assert not set(bestallbara_roller("region")) & (FK_UTFARDAR | {Roll.BESTALLARE})


@pytest.mark.parametrize(
    ("typ", "roller", "mening"),
    [
        ("samordningsforbund", [Roll.DELTAGARANSVARIG], "kan inte beställas"),
        ("kommun", [Roll.FK_ADMINISTRATOR], "kan inte beställas"),
        ("fk", [Roll.BESTALLARE], "kan inte beställas"),
        ("kommun", [Roll.SAMVERKANSADMINISTRATOR, Roll.DELTAGARANSVARIG], "kan inte kombineras"),
    ],
)
def test_roles_that_may_not_be_ordered_are_refused_at_the_field(typ, roller, mening):
    organisation = Organisation.objects.filter(typ=typ).first() or kommun(typ=typ)
    if not organisation.overenskommelser.exists():
        OverenskommelseFactory(organisation=organisation)

    with pytest.raises(Regelbrott, match=mening) as brott:
        bestalld(bestallare_i(organisation), roller=roller)

    assert brott.value.falt == "roller"


def test_a_role_that_may_not_be_joined_with_one_the_person_has_is_refused_when_ordered():
    organisation = kommun()
    rut = med_roll(Roll.SAMVERKANSADMINISTRATOR, organisation, nr=14)

    with pytest.raises(Regelbrott, match="kan inte kombineras") as brott:
        bestalld(bestallare_i(organisation), nr=14, roller=[Roll.DELTAGARANSVARIG])

    assert brott.value.falt == "roller"
    assert rut.gallande_roller == {Roll.SAMVERKANSADMINISTRATOR}


@pytest.mark.parametrize(("dagar", "mening"), [(731, "högst två år"), (-1, "tidigare än första dagen")])
def test_a_period_longer_than_two_years_or_backwards_is_refused_at_the_field(dagar, mening):
    idag = timezone.localdate()

    with pytest.raises(Regelbrott, match=mening) as brott:
        bestalld(bestallare_i(kommun()), fran=idag, till=idag + timedelta(days=dagar) if dagar < 0 else om_tva_ar(idag) + timedelta(days=1))

    assert brott.value.falt == "till"


def test_two_years_to_the_day_are_accepted():
    idag = timezone.localdate()

    assert bestalld(bestallare_i(kommun()), fran=idag, till=om_tva_ar(idag)).pk


def test_without_an_overenskommelse_nothing_is_ordered_signed_or_issued():
    organisation = kommun()
    ulf = bestallare_i(organisation)
    ifylld, klar = bestalld(ulf, nr=15), signerad(ulf, nr=16)
    organisation.overenskommelser.update(till=timezone.localdate() - timedelta(days=1))

    for steg in (
        lambda: bestalld(ulf, nr=17),
        lambda: signera_bestallning(bestallning=ifylld, roller=ifylld.roller, **period(), by=ulf),
        lambda: utfarda_bestallning(bestallning=klar, by=utfardare()),
    ):
        with pytest.raises(Regelbrott, match="ingen gällande behörighetsöverenskommelse"):
            steg()


def test_a_second_order_for_the_same_person_waits_for_the_first():
    ulf = bestallare_i(kommun())
    bestalld(ulf, nr=18)

    with pytest.raises(Regelbrott, match="redan en beställning"):
        bestalld(ulf, nr=18)


# --- who the person is ---


def test_a_known_user_of_the_same_employer_is_used_and_gets_the_new_number():
    organisation = kommun()
    rut = med_roll(Roll.RAPPORT, organisation, nr=19)
    bestallning = signerad(bestallare_i(organisation), nr=19, roller=[Roll.INSATSANSVARIG])

    utfarda_bestallning(bestallning=bestallning, by=utfardare())

    rut = Anvandare.objects.get(pk=rut.pk)
    assert rut.gallande_roller == {Roll.RAPPORT, Roll.INSATSANSVARIG}
    assert rut.telefon == "070-000 00 00"


def test_a_person_known_at_another_employer_is_ordered_without_a_word_and_refused_when_issued():
    annan = med_roll(Roll.RAPPORT, kommun(), nr=20)
    bestallning = signerad(bestallare_i(kommun()), nr=20)
    assert bestallning.anvandare is None

    with pytest.raises(Regelbrott, match="Anställningen måste avslutas"):
        utfarda_bestallning(bestallning=bestallning, by=utfardare())

    annan.refresh_from_db()
    assert annan.behorigheter.count() == 1


def test_a_person_who_has_left_is_taken_in_by_the_new_employer():
    lamnat = med_roll(Roll.RAPPORT, kommun(), nr=21)
    Anvandare.objects.filter(pk=lamnat.pk).update(arbetsgivare=None)
    bestallning = signerad(bestallare_i(kommun()), nr=21, roller=[Roll.INSATSANSVARIG])

    utfarda_bestallning(bestallning=bestallning, by=utfardare())

    lamnat = Anvandare.objects.get(pk=lamnat.pk)
    assert lamnat.arbetsgivare == bestallning.organisation
    assert lamnat.gallande_roller == {Roll.INSATSANSVARIG}


# --- the states ---


def test_what_is_decided_or_withdrawn_goes_no_further():
    ulf, sofia = bestallare_i(kommun()), utfardare()
    utfardad, avslagen, atertagen = (signerad(ulf, nr=nr) for nr in (22, 23, 24))
    utfarda_bestallning(bestallning=utfardad, by=sofia)
    avsla_bestallning(bestallning=avslagen, lage=Status.SIGNERAD, skal="Nej.", by=sofia)
    aterta_bestallning(bestallning=atertagen, by=ulf)

    for bestallning in (utfardad, avslagen, atertagen):
        for steg in (
            lambda rad: signera_bestallning(bestallning=rad, roller=rad.roller, **period(), by=ulf),
            lambda rad: utfarda_bestallning(bestallning=rad, by=sofia),
            lambda rad: avsla_bestallning(bestallning=rad, lage=Status.SIGNERAD, skal="Nej.", by=sofia),
            lambda rad: aterta_bestallning(bestallning=rad, by=ulf),
        ):
            with pytest.raises(Regelbrott, match="kan inte ändras"):
                steg(bestallning)


def test_the_utfardare_does_not_refuse_what_is_not_signed():
    bestallning = bestalld(bestallare_i(kommun()))

    with pytest.raises(Regelbrott, match="väntar på beställaren"):
        avsla_bestallning(bestallning=bestallning, lage=Status.SIGNERAD, skal="Nej.", by=utfardare())


# --- renewal ---


def fornyad(anvandare, by, **kwargs):
    varden = {"roller": [Roll.RAPPORT], "till": timezone.localdate() + timedelta(days=700), "epost": "x@example.com", "telefon": "070"}
    return fornya_behorigheter(anvandare=anvandare, **varden | kwargs, by=by)


def test_a_renewal_begins_the_day_after_the_last_day():
    organisation = kommun()
    rut = AnvandareFactory(arbetsgivare=organisation)
    slut = timezone.localdate() + timedelta(days=30)
    BehorighetFactory(anvandare=rut, giltig_till=slut)
    bestallning = fornyad(rut, bestallare_i(organisation))
    assert bestallning.status == Status.SIGNERAD

    utfarda_bestallning(bestallning=bestallning, by=utfardare())

    perioder = list(rut.behorigheter.order_by("giltig_fran").values_list("giltig_fran", "giltig_till"))
    assert perioder[0][1] == slut
    assert perioder[1] == (slut + timedelta(days=1), bestallning.till)


def test_a_behorighet_that_has_not_begun_gives_way_to_the_new_one():
    organisation = kommun()
    rut = AnvandareFactory(arbetsgivare=organisation)
    idag = timezone.localdate()
    nu = BehorighetFactory(anvandare=rut, giltig_till=idag + timedelta(days=30))
    senare = BehorighetFactory(anvandare=rut, giltig_fran=idag + timedelta(days=31), giltig_till=idag + timedelta(days=60))
    ny = fornyad(rut, bestallare_i(organisation))

    utfarda_bestallning(bestallning=ny, by=utfardare())

    senare.refresh_from_db()
    nu.refresh_from_db()
    assert senare.aterkallad
    assert nu.giltig_till == idag + timedelta(days=30)
    assert rut.behorigheter.get(bestallning=ny).giltig_fran == idag + timedelta(days=31)


def test_an_order_that_would_add_nothing_is_not_issued():
    organisation = kommun()
    rut = med_roll(Roll.RAPPORT, organisation, nr=31)
    bestallning = signerad(bestallare_i(organisation), nr=31, till=timezone.localdate() + timedelta(days=100))

    with pytest.raises(Regelbrott, match="redan rollerna"):
        utfarda_bestallning(bestallning=bestallning, by=utfardare())

    assert rut.behorigheter.count() == 1


def test_what_waited_too_long_begins_today_and_never_earlier():
    bestallning = signerad(bestallare_i(kommun()), nr=32)
    Bestallning.objects.filter(pk=bestallning.pk).update(fran=timezone.localdate() - timedelta(days=10))

    utfarda_bestallning(bestallning=bestallning, by=utfardare())

    assert Behorighet.objects.get(bestallning=bestallning).giltig_fran == timezone.localdate()


# --- revocation ---


def test_a_revoked_behorighet_stops_the_next_request(inloggad):
    client = inloggad(Roll.RAPPORT)
    assert client.get(reverse("insatser:list")).status_code == 200

    aterkalla_behorighet(behorighet=client.anvandare.behorigheter.get(), by=utfardare())

    svar = client.get(reverse("insatser:list"))
    assert svar.status_code == 403
    assert "Du saknar behörighet till SUS" in svar.content.decode()


def test_nobody_revokes_the_own_behorighet_and_nothing_is_revoked_twice():
    ulf = bestallare_i(kommun())
    annan = BehorighetFactory(anvandare__arbetsgivare=ulf.arbetsgivare)

    with pytest.raises(Regelbrott, match="din egen"):
        aterkalla_behorighet(behorighet=ulf.behorigheter.get(), by=ulf)
    aterkalla_behorighet(behorighet=annan, by=ulf)
    with pytest.raises(Regelbrott, match="redan återkallad"):
        aterkalla_behorighet(behorighet=annan, by=ulf)


# --- the pages ---


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
