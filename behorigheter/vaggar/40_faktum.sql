-- The pseudonym of a person in statistics: the same for every deltagande of one person, and no way back.
CREATE FUNCTION vagg.person_nr(p_person uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT ('x' || left(vagg.hmac('nr|' || p_person), 15))::bit(60)::bigint
$$;

-- The facts are kept in a table of their own, deltagare_faktum (docs/beslut/fakta.md). This is what each row of it must be.
CREATE VIEW vagg.faktumkalla WITH (security_invoker = true) AS
SELECT d.id AS deltagande_id,
       d.insats_id,
       vagg.person_nr(d.person_id) AS person_nr,
       d.kommun_id,
       d.stadsdel_id,
       d.startdatum,
       d.slutdatum,
       d.avslutningsanledning,
       d.kon,
       d.alder_vid_start,
       d.utbildning,
       d.tid_forsorjning,
       d.inregistrerad,
       d.utregistrerad,
       fore.forsorjning AS forsorjning_fore,
       fore.arbetssokande AS arbetssokande_fore,
       fore.arbete_procent AS arbete_fore,
       fore.arbetstyp AS arbetstyp_fore,
       fore.studier_procent AS studier_fore,
       efter.forsorjning AS forsorjning_efter,
       efter.arbetssokande AS arbetssokande_efter,
       efter.arbete_procent AS arbete_efter,
       efter.arbetstyp AS arbetstyp_efter,
       efter.studier_procent AS studier_efter
FROM public.deltagare_deltagande d
JOIN public.deltagare_mattillfalle fore ON fore.deltagande_id = d.id AND fore.typ = 'in'
LEFT JOIN public.deltagare_mattillfalle efter ON efter.deltagande_id = d.id AND efter.typ = 'ut';

-- Make the facts of these deltaganden, each named once, what they are now. Who comes second to a deltagande waits here for the first, and then reads
-- what the first has written: each statement sees what has been committed before it. The plan that was made for one deltagande in empty
-- tables is kept in the session and used for many: so they are joined, where an array would be searched from the left for each row of a
-- table, and what has no fact is told from the mättillfällen alone, where the view would be gone through for each deltagande.
CREATE FUNCTION vagg.skriv_fakta(p_deltaganden uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM public.deltagare_faktum f JOIN unnest(p_deltaganden) AS vald (id) ON vald.id = f.deltagande_id
  ORDER BY f.deltagande_id FOR UPDATE OF f;
  DELETE FROM public.deltagare_faktum f USING unnest(p_deltaganden) AS vald (id)
  WHERE f.deltagande_id = vald.id AND NOT EXISTS (
    SELECT FROM public.deltagare_mattillfalle fore WHERE fore.deltagande_id = f.deltagande_id AND fore.typ = 'in');
  INSERT INTO public.deltagare_faktum AS f (
    deltagande_id, insats_id, person_nr, kommun_id, stadsdel_id, startdatum, slutdatum, avslutningsanledning, kon, alder_vid_start, utbildning,
    tid_forsorjning, inregistrerad, utregistrerad, forsorjning_fore, arbetssokande_fore, arbete_fore, arbetstyp_fore, studier_fore,
    forsorjning_efter, arbetssokande_efter, arbete_efter, arbetstyp_efter, studier_efter)
  SELECT k.* FROM unnest(p_deltaganden) AS vald (id) JOIN vagg.faktumkalla k ON k.deltagande_id = vald.id
  ON CONFLICT (deltagande_id) DO UPDATE SET
    kommun_id = EXCLUDED.kommun_id, stadsdel_id = EXCLUDED.stadsdel_id,
    startdatum = EXCLUDED.startdatum, slutdatum = EXCLUDED.slutdatum, avslutningsanledning = EXCLUDED.avslutningsanledning,
    kon = EXCLUDED.kon, alder_vid_start = EXCLUDED.alder_vid_start, utbildning = EXCLUDED.utbildning, tid_forsorjning = EXCLUDED.tid_forsorjning,
    inregistrerad = EXCLUDED.inregistrerad, utregistrerad = EXCLUDED.utregistrerad,
    forsorjning_fore = EXCLUDED.forsorjning_fore, arbetssokande_fore = EXCLUDED.arbetssokande_fore, arbete_fore = EXCLUDED.arbete_fore,
    arbetstyp_fore = EXCLUDED.arbetstyp_fore, studier_fore = EXCLUDED.studier_fore,
    forsorjning_efter = EXCLUDED.forsorjning_efter, arbetssokande_efter = EXCLUDED.arbetssokande_efter, arbete_efter = EXCLUDED.arbete_efter,
    arbetstyp_efter = EXCLUDED.arbetstyp_efter, studier_efter = EXCLUDED.studier_efter;
END $$;

-- Once per statement, however many rows it changes: deltaganden that are changed, and mättillfällen that come, are changed or leave. A new
-- deltagande has no fact until its first mättillfälle, and when it leaves, its mättillfällen have left before it.
CREATE FUNCTION vagg.fakta_av_deltaganden() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM vagg.skriv_fakta((SELECT array_agg(r.id) FROM rader r));
  RETURN NULL;
END $$;

CREATE FUNCTION vagg.fakta_av_mattillfallen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM vagg.skriv_fakta((SELECT array_agg(DISTINCT r.deltagande_id) FROM rader r));
  RETURN NULL;
END $$;

CREATE TRIGGER fakta_andrade AFTER UPDATE ON public.deltagare_deltagande
  REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION vagg.fakta_av_deltaganden();
CREATE TRIGGER fakta_nya AFTER INSERT ON public.deltagare_mattillfalle
  REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION vagg.fakta_av_mattillfallen();
CREATE TRIGGER fakta_andrade AFTER UPDATE ON public.deltagare_mattillfalle
  REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION vagg.fakta_av_mattillfallen();
CREATE TRIGGER fakta_borttagna AFTER DELETE ON public.deltagare_mattillfalle
  REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION vagg.fakta_av_mattillfallen();

-- At the end of every migrate: what is from before there were facts, and all of it when the key of the pseudonyms has been changed.
CREATE FUNCTION vagg.fyll_fakta() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT f.person_nr, d.person_id FROM public.deltagare_faktum f
                 JOIN public.deltagare_deltagande d ON d.id = f.deltagande_id LIMIT 1) AS ett
    WHERE ett.person_nr <> vagg.person_nr(ett.person_id)) THEN
    DELETE FROM public.deltagare_faktum;
  END IF;
  PERFORM vagg.skriv_fakta((SELECT array_agg(d.id) FROM public.deltagare_deltagande d
                            WHERE NOT EXISTS (SELECT FROM public.deltagare_faktum f WHERE f.deltagande_id = d.id)));
END $$;

-- What statistics may know: one narrow row per deltagande, codes as smallint, a pseudonymous person number, and never which deltagande
-- it is. Owned by sus_funk, so that sus_rapport needs no right to the tables about persons.
CREATE VIEW vagg.faktum AS
SELECT f.insats_id,
       i.samverkansorganisation_id,
       f.person_nr,
       f.kommun_id,
       f.stadsdel_id,
       f.startdatum,
       f.slutdatum,
       f.avslutningsanledning,
       f.kon,
       f.alder_vid_start,
       f.utbildning,
       f.tid_forsorjning,
       f.inregistrerad,
       f.utregistrerad,
       f.forsorjning_fore,
       f.arbetssokande_fore,
       f.arbete_fore,
       f.arbetstyp_fore,
       f.studier_fore,
       f.forsorjning_efter,
       f.arbetssokande_efter,
       f.arbete_efter,
       f.arbetstyp_efter,
       f.studier_efter
FROM public.deltagare_faktum f
JOIN public.insatser_insats i ON i.id = f.insats_id;

GRANT SELECT ON vagg.faktum TO sus_rapport;
