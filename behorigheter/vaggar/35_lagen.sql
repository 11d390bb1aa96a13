-- What those who run an insats must know of its deltaganden without seeing one: whether there are any, and whether a date would leave some outside.

CREATE FUNCTION vagg.har_deltaganden(p_insats bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.deltagare_deltagande d WHERE d.insats_id = p_insats)
$$;

-- Whether the acting user runs the insats: its insatsansvariga, samverkansadministratörer and FK-administratörer.
CREATE FUNCTION vagg.styr_insats(p_insats bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT vagg.ar_systemet() OR 'fk_administrator' = ANY (vagg.roller()) OR EXISTS (
    SELECT FROM public.insatser_insats i WHERE i.id = p_insats AND (
      vagg.har_uppdrag('insatsansvarig', i.samverkansorganisation_id) OR vagg.har_uppdrag('samverkansadministrator', i.samverkansorganisation_id)))
$$;

-- Of the deltaganden in the insatser: whether one begins before p_fran, whether one begins or ends after p_till, and how many go on.
CREATE FUNCTION vagg.deltaganden_utanfor(p_insatser bigint[], p_fran date, p_till date) RETURNS TABLE (fore boolean, efter boolean, oppna bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM unnest(p_insatser) AS insats WHERE NOT vagg.styr_insats(insats)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: insatsen ligger utanför uppdraget';
  END IF;
  RETURN QUERY
  SELECT coalesce(bool_or(d.startdatum < p_fran), false), coalesce(bool_or(coalesce(d.slutdatum, d.startdatum) > p_till), false),
         count(*) FILTER (WHERE d.slutdatum IS NULL)
  FROM public.deltagare_deltagande d WHERE d.insats_id = ANY (p_insatser);
END $$;

-- Those of the insatser that the acting user runs or registers in.
CREATE FUNCTION vagg.far_rakna(p_insatser bigint[]) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_omfang bigint[] := vagg.omfang();
BEGIN
  RETURN (
    SELECT array_agg(insats) FROM unnest(p_insatser) AS insats WHERE insats = ANY (v_omfang) OR vagg.styr_insats(insats)
  );
END $$;

-- Anonyma and withdrawn per year: sums without kön, and nothing of the journal.
CREATE FUNCTION vagg.anonyma_per_ar(p_insatser bigint[]) RETURNS TABLE (insats_id bigint, ar smallint, slag text, antal bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_insatser bigint[] := vagg.far_rakna(p_insatser);
BEGIN
  RETURN QUERY
  SELECT a.insats_id, a.ar, a.slag::text, sum(a.antal) FROM public.deltagare_anonympost a
  WHERE a.insats_id = ANY (v_insatser) GROUP BY a.insats_id, a.ar, a.slag;
END $$;

-- Deltaganden per insats that go on some day of the period, and how many of them begin and end in it; counted as in the reports.
CREATE FUNCTION vagg.antal_deltaganden(p_insatser bigint[], p_fran date, p_till date)
RETURNS TABLE (insats_id bigint, antal bigint, nya bigint, avslutade bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_insatser bigint[] := vagg.far_rakna(p_insatser);
BEGIN
  RETURN QUERY
  SELECT f.insats_id, count(*), count(*) FILTER (WHERE f.startdatum >= p_fran), count(*) FILTER (WHERE f.slutdatum <= p_till)
  FROM vagg.faktum f
  WHERE f.insats_id = ANY (v_insatser) AND f.startdatum <= p_till AND (f.slutdatum IS NULL OR f.slutdatum >= p_fran)
  GROUP BY f.insats_id;
END $$;
