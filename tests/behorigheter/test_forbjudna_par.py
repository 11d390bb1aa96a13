"""What one person may never be at the same time holds in the database itself: for raw SQL as its owner, and for halves that meet."""

import os
from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from behorigheter.actions.behorighet import ge_behorighet
from behorigheter.models import Behorighet
from behorigheter.roller import FAR_INTE_FORENAS, Roll
from organisations.models import Organisation
from sus.core.databasfel import regelbrott_av
from sus.core.regelbrott import Regelbrott
from tests.conftest import med_riktiga_transaktioner
from tests.factories import AnvandareFactory, BehorighetFactory, OrganisationFactory, UppdragFactory

PAR = [(en, annan) for en, andra in FAR_INTE_FORENAS.items() for annan in sorted(andra)]
LOPP = 200 if os.environ.get("SUS_ALLT") else 10
NY_RAD = """INSERT INTO behorigheter_behorighet (anvandare_id, roll, arbetsgivare_id, arbetsgivare_typ, giltig_fran, giltig_till)
            VALUES (%s, %s, %s, %s, %s, %s)"""


def infoga(anvandare, roll, fran, till, arbetsgivare=None):
    """Raw INSERT as the owner of the database, past everything written in Python."""
    arbetsgivare = arbetsgivare or anvandare.arbetsgivare
    with transaction.atomic(), connection.cursor() as c:
        c.execute(NY_RAD, [anvandare.pk, roll, arbetsgivare.pk, arbetsgivare.typ, fran, till])


@pytest.mark.django_db
@pytest.mark.parametrize(("har", "far"), PAR)
def test_a_raw_insert_of_the_other_half_is_refused(har, far):
    rad = BehorighetFactory(roll=har)

    for arbetsgivare, forskjutning in product([rad.arbetsgivare, OrganisationFactory()], [0, 100]):
        fran = rad.giltig_fran + timedelta(days=forskjutning)
        with pytest.raises(IntegrityError, match="behorighet_roller_som_inte_far_forenas"):
            infoga(rad.anvandare, far, fran, rad.giltig_till + timedelta(days=30), arbetsgivare)


@pytest.mark.django_db
@pytest.mark.parametrize(("har", "far"), PAR)
def test_a_raw_update_to_the_other_half_is_refused(har, far):
    rad = BehorighetFactory(roll=har)
    infoga(rad.anvandare, far, rad.giltig_till + timedelta(days=1), rad.giltig_till + timedelta(days=30))
    infoga(rad.anvandare, Roll.RAPPORT, rad.giltig_fran, rad.giltig_till)
    satser = [
        ("SET giltig_fran = %s WHERE anvandare_id = %s AND roll = %s", [rad.giltig_fran, rad.anvandare_id, far]),
        ("SET roll = %s WHERE anvandare_id = %s AND roll = 'rapport'", [far, rad.anvandare_id]),
    ]

    for sats, varden in satser:
        with pytest.raises(IntegrityError, match="behorighet_roller_som_inte_far_forenas"), transaction.atomic(), connection.cursor() as c:
            c.execute(f"UPDATE behorigheter_behorighet {sats}", varden)


@pytest.mark.django_db
@pytest.mark.parametrize(("har", "far"), PAR)
def test_one_after_the_other_and_after_revocation_is_allowed(har, far):
    rad = BehorighetFactory(roll=har)

    infoga(rad.anvandare, far, rad.giltig_till + timedelta(days=1), rad.giltig_till + timedelta(days=30))
    Behorighet.objects.filter(pk=rad.pk).update(aterkallad=timezone.now())
    infoga(rad.anvandare, far, rad.giltig_fran, rad.giltig_till)

    assert rad.anvandare.behorigheter.filter(roll=far).count() == 2


@pytest.mark.django_db
def test_the_staff_of_a_forbund_are_never_deltagaransvariga_whatever_the_row_says():
    forbund = OrganisationFactory(typ=Organisation.Typ.SAMORDNINGSFORBUND)
    anstalld = AnvandareFactory(arbetsgivare=forbund)
    idag = timezone.localdate()

    with pytest.raises(IntegrityError, match="behorighet_forbund_aldrig_deltagaransvarig") as fel:
        infoga(anstalld, Roll.DELTAGARANSVARIG, idag, idag)
    assert regelbrott_av(fel.value).text == "Anställd på samordningsförbund kan inte vara deltagaransvarig."
    with pytest.raises(IntegrityError, match="behorighet_arbetsgivarens_typ"), transaction.atomic(), connection.cursor() as c:
        c.execute(NY_RAD, [anstalld.pk, Roll.DELTAGARANSVARIG, forbund.pk, "kommun", idag, idag])


@pytest.mark.django_db
@pytest.mark.parametrize("falt", ["bestalld_av_id", "utfardad_av_id"])
def test_a_raw_row_never_makes_somebody_order_or_issue_the_own_behorighet(falt):
    rad = BehorighetFactory()

    with pytest.raises(IntegrityError, match="behorighet_aldrig_till_sig_sjalv"), transaction.atomic(), connection.cursor() as c:
        c.execute(f"UPDATE behorigheter_behorighet SET {falt} = anvandare_id WHERE id = %s", [rad.pk])


@pytest.mark.django_db
def test_uppdrag_in_both_halves_are_refused_across_forbund():
    rad = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR)
    annat = UppdragFactory(roll=Roll.DELTAGARANSVARIG)

    with pytest.raises(IntegrityError, match="uppdrag_roller_som_inte_far_forenas"), transaction.atomic(), connection.cursor() as c:
        c.execute("UPDATE behorigheter_uppdrag SET anvandare_id = %s WHERE id = %s", [rad.anvandare_id, annat.pk])


@pytest.mark.django_db
def test_the_database_s_refusal_reaches_the_user_as_a_sentence():
    rad = BehorighetFactory(roll=Roll.BESTALLARE)

    with pytest.raises(IntegrityError) as fel:
        infoga(rad.anvandare, Roll.DELTAGARANSVARIG, rad.giltig_fran, rad.giltig_till)

    assert "deltagaransvarig" in regelbrott_av(fel.value).text


@med_riktiga_transaktioner
@pytest.mark.parametrize("par", [(Roll.SAMVERKANSADMINISTRATOR, Roll.DELTAGARANSVARIG), (Roll.BESTALLARE, Roll.DELTAGARANSVARIG)])
def test_of_two_halves_given_at_the_same_moment_one_is_refused_with_a_sentence(samtidigt, par):
    idag = timezone.localdate()
    utfardare = AnvandareFactory()

    for _ in range(LOPP):
        anvandare = AnvandareFactory()

        def halva(nr, anvandare=anvandare):
            try:
                ge_behorighet(anvandare=anvandare, roll=par[nr], fran=idag, till=idag, by=utfardare)
            except Regelbrott:
                return 0
            return 1

        assert sum(samtidigt(halva, 2)) == 1
        assert Behorighet.objects.filter(anvandare=anvandare, aterkallad=None).count() == 1


@med_riktiga_transaktioner
def test_of_two_halves_inserted_at_the_same_moment_the_database_lets_one_through(samtidigt):
    """Nothing in Python stands between: each has seen that the other half is not there."""
    idag = timezone.localdate()

    for _ in range(LOPP):
        anvandare = AnvandareFactory()

        def halva(nr, anvandare=anvandare):
            try:
                infoga(anvandare, [Roll.SAMVERKANSADMINISTRATOR, Roll.DELTAGARANSVARIG][nr], idag, idag)
            except (IntegrityError, OperationalError):  # refused, or chosen to give way when both wait for each other
                return 0
            return 1

        samtidigt(halva, 2)
        assert Behorighet.objects.filter(anvandare=anvandare).count() <= 1
