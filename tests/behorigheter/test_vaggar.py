"""The database's roles and grants, as the database itself tells them."""

import pytest
from django.db import ProgrammingError, connection, transaction

from behorigheter import vaggar
from behorigheter.vaggar.tabeller import TABELLER
from tests.factories import AnvandareFactory, DeltagandeFactory, PersonFactory, SvarFactory

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
    with transaction.atomic(), connection.cursor() as c:
        vaggar.ta_roll(roll)
        c.execute(sql)


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


@pytest.mark.parametrize(
    "tabell", ["deltagare_person", "deltagare_deltagande", "deltagare_faktum", "deltagare_samtycke", "behorigheter_anvandare"]
)
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


def vaggens_funktioner(villkor):
    return {
        rad[0]
        for rad in fraga(
            f"SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'vagg' AND {villkor}"
        )
    }


def test_functions_are_for_those_who_need_them_only():
    assert vaggens_funktioner("has_function_privilege('public', p.oid, 'EXECUTE')") == set()
    assert vaggens_funktioner("has_function_privilege('sus_login', p.oid, 'EXECUTE')") == set()
    assert vaggens_funktioner("has_function_privilege('sus_rapport', p.oid, 'EXECUTE')") == {"person_nr"}
    assert vaggens_funktioner("has_function_privilege('sus_konto', p.oid, 'EXECUTE')") == {"borja", "anvandare", "logga", "konto_oppet"}
    assert vaggens_funktioner("has_function_privilege('sus_web', p.oid, 'EXECUTE')") == {
        *("borja", "anvandare", "omfang", "roller", "granskar", "identifierade", "logga", "logg_id_for"),
        *("sla_upp", "registrera", "byt_namn", "visa", "logg_id", "glom", "har_deltaganden", "deltaganden_utanfor", "anonyma_per_ar"),
        *("glom_utkast", "felregistreringar_idag", "antal_deltaganden", "har_uppdrag", "har_svar", "far_andra_fraga", "ar_kommande"),
        *(
            "far_andra_uppdrag",
            "far_avsluta_uppdrag",
            "ar_bestallare",
            "far_avgora",
            "far_utfarda",
            "far_aterkalla",
            "far_andra_anvandare",
            "far_se_bestallning",
        ),
    }


def test_functions_with_the_owners_power_pin_their_search_path_and_belong_to_sus_funk():
    assert vaggens_funktioner("p.prosecdef AND p.proconfig IS DISTINCT FROM ARRAY['search_path=pg_catalog, pg_temp']") == set()
    assert vaggens_funktioner("pg_get_userbyid(p.proowner) <> 'sus_funk'") == set()


def test_only_the_views_of_facts_and_of_answers_read_with_their_owners_rights():
    vyer = fraga(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('v', 'm') AND n.nspname IN ('public', 'vagg') AND c.reloptions IS DISTINCT FROM ARRAY['security_invoker=true']"
        " ORDER BY c.relname"
    )

    assert vyer == [("faktum",), ("svar",)]


def test_reports_read_answers_without_identity():
    svar = SvarFactory()

    with vaggar.rapportroll():
        rader = fraga("SELECT fraga_id, alternativ_id, insats_id, kon FROM vagg.svar")
        kolumner = {kolumn for (kolumn,) in fraga("SELECT column_name::text FROM information_schema.columns WHERE table_name = 'svar'")}

    assert rader == [(svar.fraga_id, svar.alternativ_id, svar.insats_id, svar.deltagande.kon)]
    assert kolumner == {
        *("fraga_id", "typ", "dag", "insats_id", "samverkansorganisation_id", "person_nr", "startdatum", "kon"),
        *("obligatorisk", "alternativ_id"),
    }
    nekas("sus_rapport", "SELECT 1 FROM deltagare_svar")
    nekas("sus_web", "SELECT 1 FROM vagg.svar")


def test_every_table_about_a_person_is_closed_or_protected_row_by_row():
    """Every table from which foreign keys lead to deltagare_person."""
    leder_dit = fraga(
        "WITH RECURSIVE leder AS (SELECT 'deltagare_person'::regclass::oid AS tabell UNION "
        "SELECT k.conrelid FROM pg_constraint k JOIN leder l ON k.confrelid = l.tabell WHERE k.contype = 'f') "
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, has_any_column_privilege('sus_web', c.oid, 'SELECT') "
        "FROM leder JOIN pg_class c ON c.oid = leder.tabell ORDER BY c.relname"
    )

    assert [namn for namn, *_ in leder_dit] == [
        "deltagare_deltagande",
        "deltagare_felregistreringsbegaran",
        "deltagare_mattillfalle",
        "deltagare_person",
        "deltagare_rattelse",
        "deltagare_samtycke",
        "deltagare_svar",
        "deltagare_utkast",
    ]
    assert [namn for namn, skyddad, web in leder_dit if web and not skyddad] == []


def test_the_policies_are_those_of_the_tables_lines_and_no_others():
    kommandon = {"web_select": "SELECT", "web_insert": "INSERT", "web_update": "UPDATE", "web_delete": "DELETE"}
    vantade = {
        (namn, policy, roll, kommando)
        for namn, tabell in TABELLER.items()
        if tabell.har_radskydd
        for policy, roll, kommando in [
            *((policy, "sus_web", kommando) for policy, kommando in kommandon.items() if tabell.vagg or tabell.las),
            *((roll, f"sus_{roll}", "ALL") for roll in ("funk", "konto", "rapport") if roll == "funk" or getattr(tabell, roll)),
        ]
    }

    assert {
        (t, p, *r, k) for t, p, r, k in fraga("SELECT tablename, policyname, roles, cmd FROM pg_policies WHERE schemaname = 'public'")
    } == vantade


def test_the_scope_is_worked_out_once_per_question():
    """An InitPlan and not a call per row: the scope is wrapped in a SELECT of its own."""
    for tabell, villkor in fraga("SELECT tablename, qual FROM pg_policies WHERE policyname = 'web_select' AND qual LIKE '%%omfang()%%'"):
        assert "( SELECT vagg.omfang()" in villkor, tabell


def test_the_web_changes_nothing_of_a_users_login():
    nekas("sus_web", "UPDATE behorigheter_anvandare SET password = 'x'")
    nekas("sus_web", "UPDATE behorigheter_anvandare SET utgivare = 'x', amne = 'y'")
    nekas("sus_web", "SELECT 1 FROM behorigheter_session")
    nekas("sus_web", "SELECT 1 FROM mfa_authenticator")


def test_account_pages_reach_nothing_of_the_work():
    rader = fraga(
        "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = 'sus_konto' "
        "AND table_name ~ '^(deltagare|insatser|behorigheter_(uppdrag|handelse|bestallning)|organisations_sam)'"
    )

    assert rader == []
    nekas("sus_konto", "UPDATE behorigheter_anvandare SET is_active = true")
    nekas("sus_konto", "INSERT INTO behorigheter_behorighet (roll) VALUES ('fk_administrator')")


def test_the_account_role_reaches_its_tables_only_when_the_application_has_taken_it():
    anvandare = AnvandareFactory()
    with transaction.atomic():
        vaggar.ta_roll("sus_konto")
        assert fraga("SELECT id FROM behorigheter_anvandare WHERE id = %s", anvandare.pk) == [(anvandare.pk,)]

        vaggar.ta_roll("sus_web")
        fraga("SELECT set_config('role', 'sus_konto', true)")

        assert fraga("SELECT id FROM behorigheter_anvandare") == []
        assert fraga("SELECT 1 FROM behorigheter_session") == []
        vaggar.slapp()
    with pytest.raises(ProgrammingError, match="kontorollen"), transaction.atomic():
        fraga("SELECT vagg.logga('utloggad', '', '[]', '{}', %s) FROM set_config('role', 'sus_konto', true)", anvandare.pk)
    vaggar.ta_roll("none")


def test_memberships_are_exactly_these():
    rader = fraga(
        "SELECT m.rolname, array_agg(r.rolname::text ORDER BY r.rolname) FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid "
        "JOIN pg_roles m ON m.oid = a.member WHERE m.rolname LIKE 'sus%%' GROUP BY m.rolname ORDER BY m.rolname"
    )

    assert dict(rader) == {
        "sus_login": ["sus_konto", "sus_web"],
        "sus_owner": ["sus_funk", "sus_konto", "sus_login", "sus_rapport", "sus_rapport_login", "sus_web"],
        "sus_rapport_login": ["sus_rapport"],
    }
