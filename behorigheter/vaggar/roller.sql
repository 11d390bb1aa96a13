-- The seven roles of SUS. Run once per cluster, before the first migrate, by a superuser or a role with CREATEROLE; may be run again.
-- No role of SUS is a superuser, bypasses row-level security or creates roles.
DO $$
DECLARE
    roll text;
BEGIN
    FOREACH roll IN ARRAY ARRAY['sus_owner', 'sus_funk', 'sus_web', 'sus_konto', 'sus_rapport', 'sus_login', 'sus_rapport_login'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = roll) THEN
            EXECUTE format('CREATE ROLE %I', roll);
        END IF;
    END LOOP;
END
$$;

-- Owns the database and its tables, runs migrate.
ALTER ROLE sus_owner LOGIN INHERIT;
-- Owns the schema vagg: the functions that work out a request's scope, reach identities and write the log.
ALTER ROLE sus_funk NOLOGIN;
-- The request; sessions, logins and the account pages; the reports.
ALTER ROLE sus_web NOLOGIN;
ALTER ROLE sus_konto NOLOGIN;
ALTER ROLE sus_rapport NOLOGIN;
-- The logins in production. They have no rights of their own and may take one role each.
ALTER ROLE sus_login LOGIN NOINHERIT;
ALTER ROLE sus_rapport_login LOGIN NOINHERIT;

GRANT sus_web, sus_konto TO sus_login;
GRANT sus_rapport TO sus_rapport_login;
-- The owner creates the functions in the name of sus_funk, and its migrations see rows behind forced row-level security.
-- The operators' commands (import, reports) connect as the owner and then work with the rights of the request or of the reports.
GRANT sus_funk, sus_web, sus_konto, sus_rapport TO sus_owner;

ALTER ROLE sus_login SET statement_timeout = '5s';
ALTER ROLE sus_login SET idle_in_transaction_session_timeout = '15s';
ALTER ROLE sus_rapport_login SET statement_timeout = '30s';
ALTER ROLE sus_rapport_login SET idle_in_transaction_session_timeout = '15s';

-- Development and tests: the owner plays the logins too and makes test databases. Production may take both back (docs/drift.md).
GRANT sus_login, sus_rapport_login TO sus_owner;
ALTER ROLE sus_owner CREATEDB;
