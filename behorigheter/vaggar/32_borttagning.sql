-- What must be known or taken away beyond the user's own rows when a deltagande leaves SUS (docs/regler.md 6.6, 7.4).

-- Forget every user's unfinished registration of the person in the insats, and with p_alla every one that names a person. Those about a
-- deltagande go with it.
CREATE FUNCTION vagg.glom_utkast(p_insats bigint, p_person uuid, p_alla boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.deltagare_utkast u USING public.deltagare_person p
  WHERE u.insats_id = p_insats AND vagg.i_omfang(p_insats) AND p.id = ANY ((SELECT vagg.synliga(ARRAY[p_person]))::uuid[])
    AND (u.uppslag = p.uppslag OR p_alla AND u.uppslag IS NOT NULL);
END $$;

-- How many felregistreringar the user has made alone today; those of two persons say in the log who asked. One transaction at a time for
-- a user: two that are sent at once are counted one after the other.
CREATE FUNCTION vagg.felregistreringar_idag(p_av bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT vagg.ar_systemet() AND p_av IS DISTINCT FROM vagg.anvandare() THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: bara ens egna felregistreringar räknas';
  END IF;
  PERFORM pg_advisory_xact_lock(5151, (p_av % 2147483647)::int);
  RETURN (
    SELECT count(*) FROM public.behorigheter_handelse h
    WHERE h.anvandare_id = p_av AND h.typ = 'deltagande_felregistrerat' AND NOT h.detaljer ? 'begard_av'
      AND h.tid >= vagg.idag()::timestamp AT TIME ZONE 'Europe/Stockholm'
  );
END $$;
