-- Kompletterande frågor in statistics: one row per chosen alternative, and one without alternative where a question was put and not
-- answered. A question that has been answered was put, whatever its period says now (docs/regler.md 8).
CREATE VIEW vagg.svar AS
SELECT s.fraga_id,
       s.typ,
       s.dag,
       s.insats_id,
       s.samverkansorganisation_id,
       s.person_nr,
       s.startdatum,
       s.kon,
       s.obligatorisk,
       s.alternativ_id
FROM (
  SELECT f.id AS fraga_id,
         m.typ,
         CASE m.typ WHEN 'in' THEN d.startdatum ELSE d.slutdatum END AS dag,
         d.insats_id,
         i.samverkansorganisation_id,
         d.person_nr,
         d.startdatum,
         d.kon,
         f.obligatorisk,
         svar.alternativ_id,
         f.fran,
         f.till
  FROM public.deltagare_faktum d
  JOIN public.insatser_insats i ON i.id = d.insats_id
  JOIN public.organisations_kompletterandefraga f ON f.samverkansorganisation_id = i.samverkansorganisation_id AND f.publicerad IS NOT NULL
  JOIN public.deltagare_mattillfalle m ON m.deltagande_id = d.deltagande_id AND f.mattillfalle IN (m.typ, 'bada')
  LEFT JOIN public.deltagare_svar svar ON svar.deltagande_id = d.deltagande_id AND svar.typ = m.typ AND svar.fraga_id = f.id
) s
WHERE s.alternativ_id IS NOT NULL OR (s.dag >= s.fran AND (s.till IS NULL OR s.dag <= s.till));

GRANT SELECT ON vagg.svar TO sus_rapport;
