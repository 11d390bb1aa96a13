-- The pseudonym of a person in statistics: the same for every deltagande of one person, and no way back.
CREATE FUNCTION vagg.person_nr(p_person uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT ('x' || left(vagg.hmac('nr|' || p_person), 15))::bit(60)::bigint
$$;

-- What statistics may know: one narrow row per deltagande, codes as smallint, a pseudonymous person number.
-- Owned by sus_funk, so that sus_rapport needs no right to the tables about persons.
CREATE VIEW vagg.faktum AS
SELECT d.insats_id,
       i.samverkansorganisation_id,
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
JOIN public.insatser_insats i ON i.id = d.insats_id
JOIN public.deltagare_mattillfalle fore ON fore.deltagande_id = d.id AND fore.typ = 'in'
LEFT JOIN public.deltagare_mattillfalle efter ON efter.deltagande_id = d.id AND efter.typ = 'ut';

GRANT SELECT ON vagg.faktum TO sus_rapport;
