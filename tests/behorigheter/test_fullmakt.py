"""Authority in the database: what the web role may write in whose name, whatever Python lets through."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.models import Anvandare, Behorighet, Bestallning, Overenskommelse, Uppdrag
from behorigheter.models.uppdrag import ROLLER_MED_UPPDRAG
from behorigheter.roller import FK_UTFARDAR, GER_UPPDRAG, Roll
from organisations.models import Organisation
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    BestallningFactory,
    InsatsFactory,
    OrganisationFactory,
    OverenskommelseFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
NEKAS = "row-level security|sus:"


def som(anvandare):
    """Within the user's request. Inside an atomic block of its own, so that a refusal can be expected."""
    return vaggar.som(anvandare)


def nekas(anvandare, gor):
    with pytest.raises(ProgrammingError, match=NEKAS), transaction.atomic(), som(anvandare):
        gor()
    vaggar.slapp()


@pytest.fixture
def idag():
    return timezone.localdate()


@pytest.fixture
def insats():
    return InsatsFactory()


@pytest.fixture
def insatsansvarig(insats):
    return UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare


@pytest.fixture
def kollega():
    return BehorighetFactory(roll=Roll.DELTAGARANSVARIG).anvandare


def ge(anvandare, roll, **plats):
    return lambda: Uppdrag.objects.create(anvandare=anvandare, roll=roll, fran=timezone.localdate(), **plats)


def test_an_insatsansvarig_gives_uppdrag_in_the_own_forbunds_insatser_only(insats, insatsansvarig, kollega):
    with som(insatsansvarig):
        ge(kollega, Roll.DELTAGARANSVARIG, insats=insats)()

    assert kollega.uppdrag.aktuella().count() == 1
    nekas(insatsansvarig, ge(kollega, Roll.DELTAGARANSVARIG, insats=InsatsFactory()))
    nekas(insatsansvarig, ge(kollega, Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation))


def test_nobody_gives_oneself_an_uppdrag_in_the_database_either(insats, insatsansvarig):
    BehorighetFactory(anvandare=insatsansvarig, roll=Roll.DELTAGARANSVARIG)

    nekas(insatsansvarig, ge(insatsansvarig, Roll.DELTAGARANSVARIG, insats=insats))


def test_a_samverkansadministrator_gives_the_others_in_the_own_forbund(kollega):
    uppdrag = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR)

    with som(uppdrag.anvandare):
        ge(kollega, Roll.INSATSANSVARIG, samverkansorganisation=uppdrag.samverkansorganisation)()

    nekas(uppdrag.anvandare, ge(kollega, Roll.SUS_STOD, samverkansorganisation=SamverkansorganisationFactory()))


@pytest.mark.parametrize(
    "roll", [Roll.DELTAGARANSVARIG, Roll.RAPPORT, Roll.BESTALLARE, Roll.UTFARDARE, Roll.LOGGRANSKARE, Roll.FK_ANALYTIKER]
)
def test_the_other_roles_give_no_uppdrag(roll, insats, kollega):
    anvandare = BehorighetFactory(roll=roll).anvandare

    nekas(anvandare, ge(kollega, Roll.DELTAGARANSVARIG, insats=insats))
    nekas(anvandare, ge(kollega, Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation))


@pytest.mark.parametrize("andrat", [{"till": None}, {"till": timezone.localdate() + timedelta(days=900)}, {"aterkallat": None}])
def test_what_has_been_ended_is_not_made_longer(andrat, insats, insatsansvarig, idag):
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, till=idag, aterkallat=timezone.now())

    nekas(insatsansvarig, lambda: Uppdrag.objects.filter(pk=uppdrag.pk).update(**andrat))


def test_an_uppdrag_elsewhere_cannot_be_ended(insatsansvarig, idag):
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG)

    with som(insatsansvarig):
        assert Uppdrag.objects.filter(pk=uppdrag.pk).update(till=idag) == 0


def test_who_may_only_end_an_uppdrag_does_not_change_how_many_persons_may_be_fetched(insats, kommun, bestallare, insatsansvarig, idag):
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, anvandare__arbetsgivare=kommun)
    rad = Uppdrag.objects.filter(pk=uppdrag.pk)

    nekas(bestallare, lambda: rad.update(hamtningar_per_timme=500))

    with som(bestallare):
        assert rad.update(till=idag + timedelta(days=1)) == 1
    with som(insatsansvarig):
        assert rad.update(hamtningar_per_timme=500) == 1


@pytest.fixture
def kommun():
    return OverenskommelseFactory().organisation


@pytest.fixture
def bestallare(kommun):
    return BehorighetFactory(anvandare__arbetsgivare=kommun, roll=Roll.BESTALLARE).anvandare


@pytest.fixture
def fk():
    return Organisation.objects.get(typ="fk")


@pytest.fixture
def utfardare(fk):
    return BehorighetFactory(anvandare__arbetsgivare=fk, roll=Roll.UTFARDARE).anvandare


@pytest.fixture
def fk_administrator(fk):
    return BehorighetFactory(anvandare__arbetsgivare=fk, roll=Roll.FK_ADMINISTRATOR).anvandare


@pytest.fixture
def signerad(kommun, bestallare):
    """A signed order of insatsansvarig and rapport for a user at the kommun."""
    ny = AnvandareFactory(arbetsgivare=kommun)
    return BestallningFactory(
        organisation=kommun,
        anvandare=ny,
        roller=[Roll.INSATSANSVARIG, Roll.RAPPORT],
        status=Bestallning.Status.SIGNERAD,
        signerad_av=bestallare,
        signerad_tid=timezone.now(),
        ifylld_av=bestallare,
    )


def utfarda(bestallning, av, /, **andrat):
    falt = {
        "anvandare": bestallning.anvandare,
        "roll": Roll.INSATSANSVARIG,
        "arbetsgivare": bestallning.organisation,
        "giltig_fran": bestallning.fran,
        "giltig_till": bestallning.till,
        "bestallning": bestallning,
        "bestalld_av": bestallning.signerad_av,
        "utfardad_av": av,
    }
    return lambda: Behorighet.objects.create(**falt | andrat)


def test_an_utfardare_issues_what_has_been_ordered_and_signed(signerad, utfardare):
    with som(utfardare):
        utfarda(signerad, utfardare)()

    assert signerad.anvandare.behorigheter.giltiga().count() == 1


@pytest.mark.parametrize(
    "andrat",
    [
        {"roll": Roll.DELTAGARANSVARIG},
        {"bestallning": None},
        {"giltig_till": timezone.localdate() + timedelta(days=500)},
        {"bestalld_av": None},
    ],
)
def test_nothing_more_than_was_ordered_is_issued(andrat, signerad, utfardare):
    nekas(utfardare, utfarda(signerad, utfardare, **andrat))


def test_not_in_another_persons_name_nor_to_another_user(signerad, utfardare, fk_administrator):
    nekas(utfardare, utfarda(signerad, fk_administrator))
    nekas(utfardare, utfarda(signerad, utfardare, anvandare=AnvandareFactory(arbetsgivare=signerad.organisation)))


def test_an_order_that_nobody_has_signed_gives_nothing(kommun, utfardare, bestallare):
    order = BestallningFactory(organisation=kommun, anvandare=AnvandareFactory(arbetsgivare=kommun), roller=[Roll.INSATSANSVARIG])

    nekas(utfardare, utfarda(order, utfardare, bestalld_av=bestallare))


def test_who_has_signed_does_not_issue(signerad, bestallare):
    nekas(bestallare, utfarda(signerad, bestallare))


def test_only_the_fk_administrator_appoints_a_bestallare(kommun, utfardare, fk_administrator, idag):
    anvandare = AnvandareFactory(arbetsgivare=kommun)

    def utse(av):
        return lambda: Behorighet.objects.create(
            anvandare=anvandare, roll=Roll.BESTALLARE, arbetsgivare=kommun, giltig_fran=idag, giltig_till=idag, utfardad_av=av
        )

    nekas(utfardare, utse(utfardare))
    with som(fk_administrator):
        utse(fk_administrator)()


@pytest.mark.parametrize("roll", sorted(FK_UTFARDAR))
def test_roles_over_others_are_issued_by_the_fk_administrator(roll, signerad, utfardare, fk_administrator):
    signerad.roller = [roll]
    signerad.save()

    nekas(utfardare, utfarda(signerad, utfardare, roll=roll))
    with som(fk_administrator):
        utfarda(signerad, fk_administrator, roll=roll)()


@pytest.mark.parametrize("roll", sorted(set(Roll) - FK_UTFARDAR - {Roll.BESTALLARE}))
def test_every_other_role_is_issued_by_an_utfardare_too(roll, signerad, utfardare):
    signerad.roller = [roll]
    signerad.save()

    with som(utfardare):
        utfarda(signerad, utfardare, roll=roll)()

    assert signerad.behorigheter.get().roll == roll


@pytest.mark.parametrize("giver", sorted(GER_UPPDRAG))
def test_the_database_gives_uppdrag_as_the_table_of_roles_says(giver, insats, fk, kollega):
    forbund = insats.samverkansorganisation
    if giver == Roll.FK_ADMINISTRATOR:
        anvandare = BehorighetFactory(anvandare__arbetsgivare=fk, roll=giver).anvandare
    else:
        anvandare = UppdragFactory(roll=giver, samverkansorganisation=forbund).anvandare

    for roll in ROLLER_MED_UPPDRAG:
        plats = {"insats": insats} if roll == Roll.DELTAGARANSVARIG else {"samverkansorganisation": forbund}
        if roll in GER_UPPDRAG[giver]:
            ny = AnvandareFactory()
            with som(anvandare):
                ge(ny, roll, **plats)()
        else:
            nekas(anvandare, ge(kollega, roll, **plats))


def test_an_utfardare_at_arbetsformedlingen_issues_for_it_alone(signerad):
    af = Organisation.objects.get(typ="af")
    hos_af = BehorighetFactory(anvandare__arbetsgivare=af, roll=Roll.UTFARDARE).anvandare

    nekas(hos_af, utfarda(signerad, hos_af))


def test_a_behorighet_is_taken_back_by_those_who_answer_for_it_and_stays_so(kommun, bestallare, utfardare):
    behorighet = BehorighetFactory(anvandare__arbetsgivare=kommun)
    annans = BehorighetFactory()
    rader = Behorighet.objects.filter(pk__in=[behorighet.pk, annans.pk])

    with som(bestallare):
        assert rader.update(aterkallad=timezone.now(), aterkallad_av=bestallare) == 1

    nekas(utfardare, lambda: Behorighet.objects.filter(pk=behorighet.pk).update(aterkallad=None))


def test_only_the_fk_administrator_writes_overenskommelser(kommun, utfardare, fk_administrator, idag):
    annan = OrganisationFactory()

    def skriv():
        Overenskommelse.objects.create(organisation=annan, fran=idag, referens="FK 1/2026")

    nekas(utfardare, skriv)
    with som(fk_administrator):
        skriv()


def test_the_user_or_the_bestallare_fills_in_an_order(kommun, bestallare):
    anstalld = AnvandareFactory(arbetsgivare=kommun)
    utomstaende = AnvandareFactory()

    def fyll_i(av, anvandare):
        return lambda: BestallningFactory(organisation=kommun, anvandare=anvandare, ifylld_av=av)

    with som(anstalld):
        fyll_i(anstalld, anstalld)()
    with som(bestallare):
        fyll_i(bestallare, anstalld)()
    nekas(utomstaende, fyll_i(utomstaende, anstalld))
    nekas(anstalld, fyll_i(bestallare, anstalld))


def test_only_the_bestallare_signs_and_only_the_utfardare_decides(kommun, bestallare, utfardare, signerad):
    order = BestallningFactory(organisation=kommun, anvandare=AnvandareFactory(arbetsgivare=kommun))
    nu = timezone.now()

    def signera(av):
        return lambda: Bestallning.objects.filter(pk=order.pk).update(status="signerad", signerad_av=av, signerad_tid=nu)

    def avgor(av, rad):
        return lambda: Bestallning.objects.filter(pk=rad.pk).update(status="utfardad", avgjord_av=av, avgjord_tid=nu)

    nekas(utfardare, signera(utfardare))
    nekas(order.anvandare, signera(bestallare))
    nekas(bestallare, avgor(bestallare, signerad))
    with som(bestallare):
        signera(bestallare)()
    with som(utfardare):
        avgor(utfardare, order)()


def test_orders_of_others_are_not_seen(signerad, utfardare, bestallare):
    annan = BehorighetFactory(roll=Roll.BESTALLARE).anvandare

    def antal(anvandare):
        with som(anvandare):
            return Bestallning.objects.count()

    assert [antal(person) for person in (signerad.anvandare, bestallare, utfardare, annan)] == [1, 1, 1, 0]


def test_users_are_made_by_those_who_issue_and_changed_by_those_who_answer_for_them(kommun, bestallare, utfardare, insatsansvarig):
    def ny():
        return Anvandare.objects.create(anvandarnamn="ny", fornamn="Nina", efternamn="Nysson", arbetsgivare=kommun)

    nekas(insatsansvarig, ny)
    nekas(bestallare, ny)
    with som(utfardare):
        ny()
    ny_rad = Anvandare.objects.filter(anvandarnamn="ny")
    nekas(bestallare, lambda: ny_rad.update(epost="nina@example.com"))
    with som(utfardare):
        assert ny_rad.update(epost="nina@example.com") == 1
    with som(bestallare):
        assert Anvandare.objects.filter(pk=insatsansvarig.pk).update(arbetsgivare=None) == 0
        assert Anvandare.objects.filter(pk=bestallare.pk).update(arbetsgivare=None) == 0
        assert ny_rad.update(arbetsgivare=None) == 1


def test_a_new_user_comes_without_password_and_without_login(kommun, utfardare):
    def ny(**andrat):
        return lambda: Anvandare.objects.create(anvandarnamn="ny", fornamn="Nina", efternamn="Nysson", arbetsgivare=kommun, **andrat)

    nekas(utfardare, ny(password="argon2$känt"))
    nekas(utfardare, ny(password="!", utgivare="https://jag.example.com", amne="jag"))
    with som(utfardare):
        ny(password="!")()


def test_what_has_been_signed_stays_as_it_was_signed(signerad, bestallare, utfardare):
    rad = Bestallning.objects.filter(pk=signerad.pk)

    nekas(utfardare, lambda: rad.update(roller=[Roll.LOGGRANSKARE]))
    nekas(signerad.anvandare, lambda: rad.update(till=signerad.till + timedelta(days=1)))
    nekas(bestallare, lambda: rad.update(status="ifylld", signerad_av=None, signerad_tid=None))
    nekas(utfardare, lambda: rad.update(anvandare=AnvandareFactory()))


def test_what_has_been_decided_stays_decided(signerad, bestallare, utfardare):
    rad = Bestallning.objects.filter(pk=signerad.pk)
    with som(utfardare):
        rad.update(status="avslagen", avgjord_av=utfardare, avgjord_tid=timezone.now(), skal="Fel arbetsgivare")

    nekas(utfardare, lambda: rad.update(status="signerad", avgjord_av=None, avgjord_tid=None))
    nekas(bestallare, lambda: rad.update(status="atertagen"))


def test_an_order_for_somebody_new_is_issued_to_that_person_only(kommun, bestallare, utfardare):
    order = BestallningFactory(
        organisation=kommun,
        roller=[Roll.INSATSANSVARIG],
        status=Bestallning.Status.SIGNERAD,
        signerad_av=bestallare,
        signerad_tid=timezone.now(),
        ifylld_av=bestallare,
    )
    ratt = AnvandareFactory(arbetsgivare=kommun, uppslag=order.uppslag)

    nekas(utfardare, utfarda(order, utfardare, anvandare=AnvandareFactory(arbetsgivare=kommun)))
    with som(utfardare):
        utfarda(order, utfardare, anvandare=ratt)()
