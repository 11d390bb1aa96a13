"""The database's roles and grants, as the database itself tells them."""

import pytest
from django.db import ProgrammingError, connection, transaction

from behorigheter import vaggar
from behorigheter.vaggar.tabeller import TABELLER
from tests.factories import DeltagandeFactory, PersonFactory

pytestmark = pytest.mark.django_db


def fraga(sql, *varden):
    with connection.cursor() as c:
        c.execute(sql, varden)
        return c.fetchall()


def nekas(roll, sql):
    """The role is refused, by the grants and not by something else."""
    with pytest.raises(ProgrammingError, match="permission denied"):
        som(roll, sql)
    vaggar.ta_roll("none")


def som(roll, sql):
    with transaction.atomic():
        vaggar.ta_roll(roll)
        fraga(sql)


def test_every_table_has_its_line_and_every_line_its_table():
    tabeller = {rad[0] for rad in fraga("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}

    assert tabeller == set(TABELLER)


def test_no_role_of_ours_has_power_over_the_cluster():
    rader = fraga(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'sus%%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)"
    )

    assert rader == []


def test_logins_hold_nothing_until_they_take_their_role():
    arver = fraga("SELECT rolname FROM pg_roles WHERE rolname IN ('sus_login', 'sus_rapport_login') AND rolinherit")
    egna = fraga("SELECT table_name FROM information_schema.role_table_grants WHERE grantee IN ('sus_login', 'sus_rapport_login')")

    assert (arver, egna) == ([], [])
    nekas("sus_login", "SELECT 1 FROM behorigheter_anvandare")


@pytest.mark.parametrize("tabell", ["deltagare_person", "deltagare_deltagande", "deltagare_samtycke", "behorigheter_anvandare"])
def test_reports_read_nothing_about_persons(tabell):
    nekas("sus_rapport", f"SELECT 1 FROM {tabell}")


def test_reports_read_facts_without_identity():
    deltagande = DeltagandeFactory()
    annat = DeltagandeFactory(person=deltagande.person)
    DeltagandeFactory()

    with vaggar.rapportroll():
        rader = fraga("SELECT insats_id, person_nr FROM vagg.faktum")

    nummer = dict(rader)
    assert len(rader) == 3
    assert nummer[deltagande.insats_id] == nummer[annat.insats_id]
    assert len(set(nummer.values())) == 2


def test_the_role_of_the_request_comes_back_after_a_report():
    with transaction.atomic():
        vaggar.ta_roll("sus_web")

        with vaggar.rapportroll():
            pass

        assert fraga("SELECT current_user") == [("sus_web",)]
        vaggar.slapp()


@pytest.mark.parametrize("tabell", ["behorigheter_handelse", "deltagare_anonympost", "insatser_volympost"])
@pytest.mark.parametrize("kommando", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {}"])
def test_the_web_adds_to_journals_and_log_but_changes_nothing_in_them(tabell, kommando):
    nekas("sus_web", kommando.format(tabell))


def test_a_deltagande_never_moves_to_another_person():
    deltagande = DeltagandeFactory()
    deltagande.person = PersonFactory()

    with pytest.raises(ProgrammingError, match="fast"), transaction.atomic():
        deltagande.save()


def test_functions_are_for_those_who_need_them_only():
    for_alla = fraga(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'vagg' AND has_function_privilege('public', p.oid, 'EXECUTE')"
    )
    utan_sokvag = fraga(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'vagg' AND p.prosecdef AND p.proconfig IS NULL"
    )

    assert (for_alla, utan_sokvag) == ([], [])


def test_the_web_changes_nothing_of_a_user_but_login_and_password():
    nekas("sus_web", "UPDATE behorigheter_anvandare SET is_active = true")
    nekas("sus_web", "INSERT INTO behorigheter_behorighet (roll) VALUES ('fk_administrator')")
