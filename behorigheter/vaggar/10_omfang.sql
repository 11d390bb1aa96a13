-- The scope of a request: who acts, in which roles and insatser, worked out here and sealed. Runs as sus_funk, which owns schema vagg.
-- What every request or question asks for is in plpgsql: it keeps its plans, and a plain expression needs none. A function in sql is
-- planned at every call. Functions that only those of sus_funk call have its power already: changing role and search_path takes time.

-- Key of the seals and pseudonyms (key xor ipad / opad), from the application's environment.
CREATE TABLE vagg.nyckel (inre bytea NOT NULL, yttre bytea NOT NULL);

CREATE FUNCTION vagg.hmac(p_text text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT encode(sha256(yttre || sha256(inre || convert_to(p_text, 'UTF8'))), 'hex') FROM vagg.nyckel
  );
END $$;

CREATE FUNCTION vagg.nej() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE insufficient_privilege USING MESSAGE = format('sus: %s på %s är fast', TG_NAME, TG_TABLE_NAME);
END $$;

-- The walls' only clock. current_date would be the connection's day, in UTC.
CREATE FUNCTION vagg.nu() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN clock_timestamp(); END $$;
CREATE FUNCTION vagg.idag() RETURNS date LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (vagg.nu() AT TIME ZONE 'Europe/Stockholm')::date; END $$;

-- Import, checks and the tests' preparations: a connection of the owner that has taken no role. A login of the application is never
-- a member of sus_funk, so nothing that runs in a request becomes the system by forgetting its role.
CREATE FUNCTION vagg.ar_systemet() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN current_setting('role') = 'none' AND pg_has_role(session_user, 'sus_funk', 'MEMBER');
END $$;

-- A seal binds name, value, connection and transaction: a plain set_config opens nothing. 64 characters.
CREATE FUNCTION vagg.sigill(p_namn text, p_varde text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN vagg.hmac(concat_ws('|', p_namn, p_varde, pg_backend_pid(), extract(epoch FROM now())));
END $$;

CREATE FUNCTION vagg.satt(p_namn text, p_varde text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN set_config('sus.' || p_namn, vagg.sigill(p_namn, p_varde) || p_varde, true);
END $$;

-- NULL when it is not set, an error when it is forged.
CREATE FUNCTION vagg.las(p_namn text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_satt text := nullif(current_setting('sus.' || p_namn, true), '');
  v_varde text := substr(v_satt, 65);
BEGIN
  IF left(v_satt, 64) <> vagg.sigill(p_namn, v_varde) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: sigillet stämmer inte';
  END IF;
  RETURN v_varde;
END $$;

-- What the user may do today, in one question: roles with a behörighet that gives a right (querysets.galler_behorighet says the same in
-- Python), insatser of the uppdrag as deltagaransvarig, and the employer whose log a loggranskare looks through.
CREATE FUNCTION vagg.fullmakt(p_anvandare bigint, OUT roller text[], OUT insatser bigint[], OUT granskar bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_idag date := vagg.idag();
BEGIN
  SELECT coalesce(array_agg(DISTINCT b.roll::text ORDER BY b.roll::text), '{}'),
         CASE WHEN bool_or(b.roll = 'deltagaransvarig') THEN (
           SELECT array_agg(DISTINCT u.insats_id ORDER BY u.insats_id) FROM public.behorigheter_uppdrag u
           WHERE u.anvandare_id = p_anvandare AND u.roll = 'deltagaransvarig' AND u.aterkallat IS NULL
             AND v_idag BETWEEN u.fran AND coalesce(u.till, 'infinity')
         ) END,
         min(b.arbetsgivare_id) FILTER (WHERE b.roll = 'loggranskare')
  INTO roller, insatser, granskar
  FROM public.behorigheter_behorighet b
  JOIN public.behorigheter_anvandare a ON a.id = b.anvandare_id AND a.is_active AND a.arbetsgivare_id = b.arbetsgivare_id
  JOIN public.behorigheter_overenskommelse o ON o.organisation_id = b.arbetsgivare_id
   AND v_idag BETWEEN o.fran AND coalesce(o.till, 'infinity')
  WHERE b.anvandare_id = p_anvandare AND b.aterkallad IS NULL AND v_idag BETWEEN b.giltig_fran AND b.giltig_till;
END $$;

-- Begin the request of a user. p_bevis: the application asks, not injected SQL.
CREATE FUNCTION vagg.borja(p_anvandare bigint, p_tid bigint, p_bevis text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_fullmakt record;
  v_satt text;
BEGIN
  IF p_bevis IS DISTINCT FROM vagg.hmac(concat_ws('|', 'borja', p_anvandare, p_tid))
     OR abs(extract(epoch FROM vagg.nu()) - p_tid) > 30 THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: beviset stämmer inte';
  END IF;
  v_fullmakt := vagg.fullmakt(p_anvandare);
  v_satt := vagg.satt('omfang', jsonb_build_object(
    'anvandare', p_anvandare,
    'roller', v_fullmakt.roller::text,
    'insatser', v_fullmakt.insatser::text,
    'granskar', v_fullmakt.granskar)::text);
END $$;

CREATE FUNCTION vagg.anvandare() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (vagg.las('omfang')::jsonb ->> 'anvandare')::bigint;
END $$;

CREATE FUNCTION vagg.omfang() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN coalesce(vagg.las('omfang')::jsonb ->> 'insatser', '{}')::bigint[];
END $$;

CREATE FUNCTION vagg.roller() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN coalesce(vagg.las('omfang')::jsonb ->> 'roller', '{}')::text[];
END $$;

-- The employer whose staff the user may look at in the log, or NULL.
CREATE FUNCTION vagg.granskar() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (vagg.las('omfang')::jsonb ->> 'granskar')::bigint;
END $$;

-- Persons that a logged function has identified in this transaction: only they can be given a new deltagande.
CREATE FUNCTION vagg.identifierade() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN coalesce(vagg.las('identifierade'), '{}')::uuid[];
END $$;

-- Whether the application itself has taken the account role: its proof lies in a setting while that role works, and is taken away before
-- a view begins. Injected SQL that says SET ROLE sus_konto finds sessions and second factors closed, and changes no login.
CREATE FUNCTION vagg.konto_oppet() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_bevis text := coalesce(current_setting('sus.konto', true), '');
  v_tid text := split_part(v_bevis, '|', 1);
BEGIN
  RETURN v_tid ~ '^[0-9]{1,12}$' AND abs(extract(epoch FROM vagg.nu()) - v_tid::bigint) <= 30
    AND split_part(v_bevis, '|', 2) = vagg.hmac('konto|' || v_tid);
END $$;
