"""From a user to rows: tillatna_for, and what makes it empty."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from behorigheter.models import Anvandare, Behorighet, Uppdrag
from behorigheter.roller import ALLA_INLOGGADE, LASA, RATTIGHETER, RIKSROLLER, Rattighet, Roll
from deltagare.models import Deltagande
from insatser.models import Insats
from organisations.models import Samverkansorganisation
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    DeltagandeFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
IGAR, IDAG = (lambda: timezone.localdate() - timedelta(days=1)), timezone.localdate


def farsk(anvandare):
    """The user as the next request sees it."""
    return Anvandare.objects.get(pk=anvandare.pk)


def test_an_uppdrag_reaches_its_own_rows_and_no_others():
    uppdrag = UppdragFactory(roll=Roll.INSATSANSVARIG)
    egen = InsatsFactory(samverkansorganisation=uppdrag.samverkansorganisation)
    InsatsFactory()

    assert list(Insats.objects.tillatna_for(uppdrag.anvandare, Rattighet.INSATS_ANDRA)) == [egen]


def test_a_deltagaransvarig_reaches_deltaganden_of_the_own_insats_only():
    egen = DeltagandeFactory()
    annan = DeltagandeFactory(insats=InsatsFactory(samverkansorganisation=egen.insats.samverkansorganisation))
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=egen.insats)

    natt = Deltagande.objects.tillatna_for(uppdrag.anvandare, Rattighet.DELTAGARE_SE)

    assert list(natt) == [egen]
    assert annan not in natt


@pytest.mark.parametrize("roll", [roll for roll in Roll if roll != Roll.DELTAGARANSVARIG])
def test_no_other_role_reaches_any_deltagande(roll):
    deltagande = DeltagandeFactory()
    anvandare = AnvandareFactory()
    if roll in (Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.SUS_STOD):
        UppdragFactory(anvandare=anvandare, roll=roll, samverkansorganisation=deltagande.insats.samverkansorganisation)
    else:
        BehorighetFactory(anvandare=anvandare, roll=roll)

    for rattighet in Rattighet.DELTAGARE_SE, Rattighet.DELTAGARE_ANDRA, Rattighet.ANONYMA_ANDRA:
        assert not Deltagande.objects.tillatna_for(anvandare, rattighet).exists()
        assert not Insats.objects.tillatna_for(anvandare, rattighet).exists()


@pytest.mark.parametrize("roll", Roll)
def test_every_role_reads_all_organisations_and_insatser(roll):
    InsatsFactory()
    behorighet = BehorighetFactory(roll=roll)

    assert Insats.objects.tillatna_for(behorighet.anvandare, Rattighet.INSATS_SE).count() == 1
    assert Samverkansorganisation.objects.tillatna_for(behorighet.anvandare, Rattighet.SAMVERKANSORGANISATION_SE).count() == 1


def test_a_user_without_behorighet_reaches_nothing_at_all():
    InsatsFactory()
    anvandare = AnvandareFactory()

    for rattighet in set(Rattighet) - ALLA_INLOGGADE:
        assert not Insats.objects.tillatna_for(anvandare, rattighet).exists()
        assert not anvandare.har_roll_med(rattighet)


def test_an_uppdrag_without_behorighet_gives_nothing():
    uppdrag = UppdragFactory(behorighet=False)
    BehorighetFactory(anvandare=uppdrag.anvandare, roll=Roll.RAPPORT)

    assert not Uppdrag.objects.aktuella().exists()
    assert not Samverkansorganisation.objects.tillatna_for(uppdrag.anvandare, Rattighet.INSATS_ANDRA).exists()


@pytest.mark.parametrize(
    ("andring", "giltigt"),
    [
        ({"till": IDAG}, True),
        ({"till": IGAR}, False),
        ({"fran": lambda: IDAG() + timedelta(days=1)}, False),
    ],
    ids=["ends today", "ended yesterday", "begins tomorrow"],
)
def test_an_uppdrag_works_to_its_last_day_and_not_outside_its_time(andring, giltigt):
    uppdrag = UppdragFactory(**{falt: varde() for falt, varde in andring.items()})

    natt = Samverkansorganisation.objects.tillatna_for(uppdrag.anvandare, Rattighet.INSATS_ANDRA)

    assert natt.exists() is giltigt


@pytest.mark.parametrize(("till", "giltig"), [(IDAG, True), (IGAR, False)], ids=["ends today", "ended yesterday"])
def test_a_behorighet_works_to_its_last_day(till, giltig):
    uppdrag = UppdragFactory(behorighet=False)
    BehorighetFactory(anvandare=uppdrag.anvandare, roll=uppdrag.roll, giltig_till=till())

    assert farsk(uppdrag.anvandare).har_roll_med(Rattighet.INSATS_ANDRA) is giltig
    assert Samverkansorganisation.objects.tillatna_for(uppdrag.anvandare, Rattighet.INSATS_ANDRA).exists() is giltig


def test_an_inactive_account_gives_nothing():
    uppdrag = UppdragFactory()
    Anvandare.objects.update(is_active=False)

    assert not Uppdrag.objects.aktuella().exists()
    assert not farsk(uppdrag.anvandare).har_roll_med(Rattighet.INSATS_SE)


def test_fk_administrator_reaches_every_organisation_to_create_and_appoint():
    SamverkansorganisationFactory()
    fk = BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare

    assert Samverkansorganisation.objects.tillatna_for(fk, Rattighet.SAMVERKANSORGANISATION_SKAPA).count() == 1
    assert not Samverkansorganisation.objects.tillatna_for(fk, Rattighet.BUDGET_ANDRA).exists()


def test_the_roles_of_the_country_have_no_right_to_persons():
    for roll in RIKSROLLER:
        assert not RATTIGHETER[roll] & {Rattighet.DELTAGARE_SE, Rattighet.DELTAGARE_ANDRA, Rattighet.ANONYMA_ANDRA}


def test_what_holds_everywhere_is_reading_without_personal_data():
    andrar_eller_visar_personer = {r for r in Rattighet if r.endswith(("_andra", "_skapa")) or r.startswith(("deltagare", "anonyma"))}

    assert not LASA & andrar_eller_visar_personer


@pytest.mark.parametrize(
    ("andring", "villkor"),
    [
        ({"giltig_till": IGAR() - timedelta(days=400)}, "behorighet_slutar_inte_fore_start"),
        ({"giltig_till": IDAG() + timedelta(days=800)}, "behorighet_galler_hogst_tva_ar"),
        ({"roll": "overlord"}, "behorighet_kand_roll"),
    ],
)
def test_the_database_refuses_a_wrong_behorighet(andring, villkor):
    with pytest.raises(IntegrityError, match=villkor), transaction.atomic():
        BehorighetFactory(**andring)


def test_two_years_are_allowed_and_a_day_more_is_not():
    fran = IDAG().replace(month=3, day=1)
    BehorighetFactory(giltig_fran=fran, giltig_till=fran.replace(year=fran.year + 2))

    with pytest.raises(IntegrityError, match="behorighet_galler_hogst_tva_ar"), transaction.atomic():
        BehorighetFactory(giltig_fran=fran, giltig_till=fran.replace(year=fran.year + 2) + timedelta(days=1))


def test_the_database_refuses_the_same_role_twice_at_a_time():
    behorighet = BehorighetFactory()

    with pytest.raises(IntegrityError, match="behorighet_en_i_taget_per_roll"), transaction.atomic():
        BehorighetFactory(anvandare=behorighet.anvandare, roll=behorighet.roll)
    assert Behorighet.objects.count() == 1


def test_the_database_refuses_an_uppdrag_of_the_wrong_kind():
    for fel in (
        {"roll": Roll.DELTAGARANSVARIG, "insats": None, "samverkansorganisation": SamverkansorganisationFactory()},
        {"roll": Roll.INSATSANSVARIG, "samverkansorganisation": None, "insats": InsatsFactory()},
        {"roll": Roll.FK_ADMINISTRATOR, "samverkansorganisation": SamverkansorganisationFactory()},
    ):
        with pytest.raises(IntegrityError, match="uppdrag_galler_ratt_sorts_objekt"), transaction.atomic():
            UppdragFactory(behorighet=False, **fel)


@pytest.mark.parametrize("roll", [Roll.INSATSANSVARIG, Roll.DELTAGARANSVARIG])
def test_the_database_refuses_the_same_uppdrag_twice(roll):
    uppdrag = UppdragFactory(roll=roll)
    falt = "insats" if roll == Roll.DELTAGARANSVARIG else "samverkansorganisation"

    with pytest.raises(IntegrityError, match=f"uppdrag_ett_i_taget_i_{falt}"), transaction.atomic():
        UppdragFactory(anvandare=uppdrag.anvandare, roll=roll, **{falt: getattr(uppdrag, falt)})


@pytest.mark.parametrize(
    ("sokt", "traffar"),
    [
        ({"efternamn": "Berg*"}, {"Bergman", "Bergström"}),
        ({"efternamn": "*ström"}, {"Bergström"}),
        ({"efternamn": "berg*n"}, {"Bergman"}),
        ({"efternamn": "Berg"}, set()),
        ({"fornamn": "Åsa", "efternamn": "*"}, {"Bergström"}),
        ({"efternamn": "B.*"}, set()),
        ({"efternamn": "*"}, {"Bergman", "Bergström", "Ek"}),
    ],
)
def test_the_star_stands_for_anything_when_users_are_searched(sokt, traffar):
    for fornamn, efternamn in [("Jonas", "Bergman"), ("Åsa", "Bergström"), ("Jonas", "Ek")]:
        AnvandareFactory(fornamn=fornamn, efternamn=efternamn)

    assert {a.efternamn for a in Anvandare.objects.som_liknar(**sokt)} == traffar


def test_only_holders_of_the_role_are_found():
    innehavare = BehorighetFactory(roll=Roll.INSATSANSVARIG).anvandare
    BehorighetFactory(roll=Roll.RAPPORT)
    BehorighetFactory(roll=Roll.INSATSANSVARIG, giltig_till=IGAR())

    assert list(Anvandare.objects.med_roll(Roll.INSATSANSVARIG)) == [innehavare]
