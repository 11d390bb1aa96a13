-- The scope of a request: who acts, in which roles and insatser, worked out here and sealed. Runs as sus_funk, which owns schema vagg.

-- Key of the seals and pseudonyms (key xor ipad / opad), from the application's environment.
CREATE TABLE vagg.nyckel (inre bytea NOT NULL, yttre bytea NOT NULL);

CREATE FUNCTION vagg.hmac(p_text text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
CREATE FUNCTION vagg.nu() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT clock_timestamp() $$;
CREATE FUNCTION vagg.idag() RETURNS date LANGUAGE sql STABLE AS $$ SELECT (vagg.nu() AT TIME ZONE 'Europe/Stockholm')::date $$;

-- Import, checks and the tests' preparations: a connection of the owner that has taken no role. A login of the application is never
-- a member of sus_funk, so nothing that runs in a request becomes the system by forgetting its role.
CREATE FUNCTION vagg.ar_systemet() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('role') = 'none' AND pg_has_role(session_user, 'sus_funk', 'MEMBER')
$$;

-- A seal binds name, value, connection and transaction: a plain set_config opens nothing.
CREATE FUNCTION vagg.sigill(p_namn text, p_varde text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT vagg.hmac(concat_ws('|', p_namn, p_varde, pg_backend_pid(), extract(epoch FROM now())))
  );
END $$;

CREATE FUNCTION vagg.satt(p_namn text, p_varde text) RETURNS void LANGUAGE sql AS $$
  SELECT set_config('sus.' || p_namn, p_varde, true), set_config('sus.' || p_namn || '_sigill', vagg.sigill(p_namn, p_varde), true)
$$;

-- NULL when it is not set, an error when it is forged.
CREATE FUNCTION vagg.las(p_namn text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  v text := nullif(current_setting('sus.' || p_namn, true), '');
BEGIN
  IF v IS NOT NULL AND current_setting('sus.' || p_namn || '_sigill', true) IS DISTINCT FROM vagg.sigill(p_namn, v) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: sigillet stämmer inte';
  END IF;
  RETURN v;
END $$;

-- In plpgsql, which keeps the plan of its question from request to request; a function in sql is planned at every call.
-- Roles with a behörighet that gives a right today; querysets.galler_behorighet says the same in Python.
CREATE FUNCTION vagg.giltiga_roller(p_anvandare bigint) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce(array_agg(DISTINCT b.roll::text ORDER BY b.roll::text), '{}')
    FROM public.behorigheter_behorighet b
    JOIN public.behorigheter_anvandare a ON a.id = b.anvandare_id AND a.is_active AND a.arbetsgivare_id = b.arbetsgivare_id
    JOIN public.behorigheter_overenskommelse o ON o.organisation_id = b.arbetsgivare_id
     AND vagg.idag() BETWEEN o.fran AND coalesce(o.till, 'infinity')
    WHERE b.anvandare_id = p_anvandare AND b.aterkallad IS NULL AND vagg.idag() BETWEEN b.giltig_fran AND b.giltig_till
  );
END $$;

CREATE FUNCTION vagg.uppdragets_insatser(p_anvandare bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce(array_agg(DISTINCT u.insats_id ORDER BY u.insats_id), '{}')
    FROM public.behorigheter_uppdrag u
    WHERE u.anvandare_id = p_anvandare AND u.roll = 'deltagaransvarig' AND u.aterkallat IS NULL
      AND vagg.idag() BETWEEN u.fran AND coalesce(u.till, 'infinity')
  );
END $$;

-- Begin the request of a user. p_bevis: the application asks, not injected SQL.
CREATE FUNCTION vagg.borja(p_anvandare bigint, p_tid bigint, p_bevis text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_roller text[];
BEGIN
  IF p_bevis IS DISTINCT FROM vagg.hmac(concat_ws('|', 'borja', p_anvandare, p_tid))
     OR abs(extract(epoch FROM vagg.nu()) - p_tid) > 30 THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: beviset stämmer inte';
  END IF;
  v_roller := vagg.giltiga_roller(p_anvandare);
  PERFORM vagg.satt('omfang', jsonb_build_object(
    'anvandare', p_anvandare,
    'roller', v_roller,
    'insatser', CASE WHEN 'deltagaransvarig' = ANY (v_roller) THEN vagg.uppdragets_insatser(p_anvandare) ELSE '{}' END,
    'granskar', CASE WHEN 'loggranskare' = ANY (v_roller)
                     THEN (SELECT arbetsgivare_id FROM public.behorigheter_anvandare WHERE id = p_anvandare) END
  )::text);
END $$;

CREATE FUNCTION vagg.anvandare() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (vagg.las('omfang')::jsonb ->> 'anvandare')::bigint
$$;

CREATE FUNCTION vagg.omfang() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(rad::bigint), '{}') FROM jsonb_array_elements_text(vagg.las('omfang')::jsonb -> 'insatser') AS rad
$$;

CREATE FUNCTION vagg.roller() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(rad), '{}') FROM jsonb_array_elements_text(vagg.las('omfang')::jsonb -> 'roller') AS rad
$$;

-- The employer whose staff the user may look at in the log, or NULL.
CREATE FUNCTION vagg.granskar() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (vagg.las('omfang')::jsonb ->> 'granskar')::bigint
$$;

-- Persons that a logged function has identified in this transaction: only they can be given a new deltagande.
CREATE FUNCTION vagg.identifierade() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(vagg.las('identifierade'), '{}')::uuid[]
$$;

-- Whether the application itself has taken the account role: its proof lies in a setting while that role works, and is taken away before
-- a view begins. Injected SQL that says SET ROLE sus_konto finds sessions and second factors closed, and changes no login.
CREATE FUNCTION vagg.konto_oppet() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN v ~ '^[0-9]{1,12}[|][0-9a-f]{64}$' THEN
    split_part(v, '|', 2) = vagg.hmac('konto|' || split_part(v, '|', 1))
    AND abs(extract(epoch FROM vagg.nu()) - split_part(v, '|', 1)::bigint) <= 30
  ELSE false END
  FROM coalesce(current_setting('sus.konto', true), '') AS v
$$;
