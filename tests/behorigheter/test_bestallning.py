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
    bestall_for_sig_sjalv,
    fornya_behorigheter,
    hinder_mot_egen,
    signera_bestallning,
    utfarda_bestallning,
)
from behorigheter.handelser_i_ord import i_ord
from behorigheter.models import Anvandare, Behorighet, Bestallning, Handelse, bestallbara_roller, om_tva_ar
from behorigheter.roller import FK_UTFARDAR, Roll
from organisations.models import Organisation
from sus.core.regelbrott import Regelbrott
from tests.behorigheter.bestallningar import bestallare_i, bestalld, kommun, med_roll, period, person, signerad, utfardare
from tests.factories import AnvandareFactory, BehorighetFactory, OverenskommelseFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db

Status = Bestallning.Status


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
        with pytest.raises(Regelbrott, match="ingen gällande behörighetsöverenskommelse") as fel:
            steg()
        assert str(fel.value) == hinder_mot_egen(ulf)


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


def test_a_behorighet_that_ends_earlier_for_a_new_one_stands_in_the_log():
    organisation = kommun()
    rut = med_roll(Roll.RAPPORT, organisation, nr=33)
    idag = timezone.localdate()
    rut.behorigheter.update(giltig_fran=idag + timedelta(days=10), giltig_till=idag + timedelta(days=60))
    bestallning = signerad(bestallare_i(organisation), nr=33, fran=idag + timedelta(days=30), till=idag + timedelta(days=90))

    utfarda_bestallning(bestallning=bestallning, by=utfardare())

    gammal = rut.behorigheter.get(bestallning=None)
    assert gammal.giltig_till == idag + timedelta(days=29)
    (rad,) = i_ord([Handelse.objects.get(typ="behorighet_utfardad")])
    assert dict(rad.uppgifter)["Behörigheter som slutar tidigare än förut"] == f"SUSrapport till och med {gammal.giltig_till}"


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
