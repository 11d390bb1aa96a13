-- The only way to a person: each function checks the scope and writes the log row itself. deltagare/identitet.py calls them.

CREATE FUNCTION vagg.i_omfang(p_insats bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN vagg.ar_systemet() OR coalesce(p_insats = ANY (vagg.omfang()), false);
END $$;

-- Those of the persons who have a deltagande that the request may see.
CREATE FUNCTION vagg.synliga(p_personer uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_alla boolean := vagg.ar_systemet();
  v_omfang bigint[] := vagg.omfang();
BEGIN
  RETURN (
    SELECT array_agg(DISTINCT d.person_id) FROM public.deltagare_deltagande d
    WHERE d.person_id = ANY (p_personer) AND (v_alla OR d.insats_id = ANY (v_omfang))
  );
END $$;

CREATE FUNCTION vagg.insatsen(p_insats bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'insatser.Insats:' || p_insats $$;

-- One transaction at a time for a person: registering meets neither another registering nor the deletion. Look-up values come as an
-- array: with every key of the application while one is being changed (docs/drift.md 5). Locked in order, so that nobody waits crosswise.
CREATE FUNCTION vagg.las_person(p_uppslag bytea[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_las bigint;
BEGIN
  FOR v_las IN SELECT ('x' || encode(substr(u, 1, 8), 'hex'))::bit(64)::bigint AS las FROM unnest(p_uppslag) AS u ORDER BY las LOOP
    PERFORM pg_advisory_xact_lock(v_las);
  END LOOP;
END $$;

-- The person's id when the person has a deltagande in that very insats. A hit and a miss are logged alike; outside the scope is a miss.
CREATE FUNCTION vagg.sla_upp(p_insats bigint, p_uppslag bytea[], p_av bigint) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_person uuid;
  v_logg uuid;
BEGIN
  SELECT p.id, p.logg_id INTO v_person, v_logg FROM public.deltagare_person p
  WHERE p.uppslag = ANY (p_uppslag) AND vagg.i_omfang(p_insats)
    AND EXISTS (SELECT FROM public.deltagare_deltagande d WHERE d.person_id = p.id AND d.insats_id = p_insats);
  PERFORM vagg.logga('person_hamtad', vagg.insatsen(p_insats), to_jsonb(array_remove(ARRAY[v_logg], NULL)), '{}', p_av);
  RETURN v_person;
END $$;

-- The person's id, new or known: the answer does not say which. Who is new gets the first look-up value. Opens the INSERT policy of deltagande for this person.
CREATE FUNCTION vagg.registrera(
  p_insats bigint, p_id uuid, p_uppslag bytea[], p_personnummer bytea, p_namn bytea, p_fodelsear int, p_av bigint
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_person uuid;
  v_logg uuid;
BEGIN
  IF NOT vagg.i_omfang(p_insats) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: insatsen ligger utanför uppdraget';
  END IF;
  PERFORM vagg.las_person(p_uppslag);
  SELECT id, logg_id INTO v_person, v_logg FROM public.deltagare_person WHERE uppslag = ANY (p_uppslag);
  IF NOT FOUND THEN
    INSERT INTO public.deltagare_person (id, logg_id, uppslag, personnummer, namn, fodelsear)
    VALUES (p_id, gen_random_uuid(), p_uppslag[1], p_personnummer, p_namn, p_fodelsear) RETURNING id, logg_id INTO v_person, v_logg;
  END IF;
  PERFORM vagg.logga('person_hamtad', vagg.insatsen(p_insats), jsonb_build_array(v_logg), '{}', p_av);
  PERFORM vagg.satt('identifierade', array_append(vagg.identifierade(), v_person)::text);
  RETURN v_person;
END $$;

-- The name given last wins: an older one would tell of another insats. Only for whom `registrera` has just given the id of.
CREATE FUNCTION vagg.byt_namn(p_person uuid, p_namn bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT p_person = ANY (vagg.identifierade()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: personen är inte identifierad';
  END IF;
  UPDATE public.deltagare_person SET namn = p_namn WHERE id = p_person;
END $$;

-- Identities of those with a deltagande in the scope; one log row holds everybody shown. Nothing in scope: no rows, no log row.
CREATE FUNCTION vagg.visa(p_personer uuid[], p_typ text, p_andamal text, p_av bigint)
RETURNS TABLE (person uuid, krypterat_personnummer bytea, krypterat_namn bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_synliga uuid[] := vagg.synliga(p_personer);
  v_logg jsonb;
BEGIN
  IF v_synliga IS NULL THEN
    RETURN;
  END IF;
  IF p_typ NOT IN ('deltagare_visade', 'personnummer_visat') THEN
    RAISE invalid_parameter_value USING MESSAGE = 'sus: okänt slag av visning';
  END IF;
  SELECT jsonb_agg(p.logg_id ORDER BY p.logg_id) INTO v_logg FROM public.deltagare_person p WHERE p.id = ANY (v_synliga);
  PERFORM vagg.logga(p_typ, '', v_logg, jsonb_build_object('andamal', p_andamal, 'antal', cardinality(v_synliga)), p_av);
  RETURN QUERY SELECT p.id, p.personnummer, p.namn FROM public.deltagare_person p WHERE p.id = ANY (v_synliga);
END $$;

-- The random id by which the log knows a person of the scope. Who is visible is asked once, not row by row.
CREATE FUNCTION vagg.logg_id(p_person uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.logg_id FROM public.deltagare_person p WHERE p.id = ANY ((SELECT vagg.synliga(ARRAY[p_person]))::uuid[])
$$;

-- Delete the person when no deltagande remains anywhere.
CREATE FUNCTION vagg.glom(p_person uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM vagg.las_person(ARRAY[p.uppslag]) FROM public.deltagare_person p WHERE p.id = p_person;
  DELETE FROM public.deltagare_person p
  WHERE p.id = p_person AND NOT EXISTS (SELECT FROM public.deltagare_deltagande d WHERE d.person_id = p.id);
  RETURN FOUND;
END $$;
