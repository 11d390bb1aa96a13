-- Kompletterande frågor: who has answered is told by yes or no, what has been answered stays as it was asked (docs/regler.md 8),
-- and an answer belongs to its question. The questions' triggers hold for everybody, the owner too.

CREATE FUNCTION vagg.har_svar(p_fraga bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.deltagare_svar s WHERE s.fraga_id = p_fraga)
$$;

-- The alternatives belong to who may write the question.
CREATE FUNCTION vagg.far_andra_fraga(p_fraga bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT vagg.har_uppdrag('samverkansadministrator', f.samverkansorganisation_id)
  FROM public.organisations_kompletterandefraga f WHERE f.id = p_fraga
$$;

-- V39. The last day, the order and who changed them last may still change.
CREATE FUNCTION vagg.fraga_vakt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF vagg.har_svar(OLD.id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: frågan har besvarats';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER besvarad_andras_inte BEFORE UPDATE ON public.organisations_kompletterandefraga
  FOR EACH ROW WHEN (
    (OLD.id, OLD.namn, OLD.fragetext, OLD.hjalptext, OLD.fran, OLD.mattillfalle, OLD.slag, OLD.obligatorisk, OLD.publicerad, OLD.publicerad_av_id)
    IS DISTINCT FROM
    (NEW.id, NEW.namn, NEW.fragetext, NEW.hjalptext, NEW.fran, NEW.mattillfalle, NEW.slag, NEW.obligatorisk, NEW.publicerad, NEW.publicerad_av_id)
  ) EXECUTE FUNCTION vagg.fraga_vakt();
CREATE TRIGGER besvarad_tas_inte_bort BEFORE DELETE ON public.organisations_kompletterandefraga
  FOR EACH ROW EXECUTE FUNCTION vagg.fraga_vakt();

CREATE FUNCTION vagg.svarsalternativ_vakt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_rad public.organisations_svarsalternativ := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  IF vagg.har_svar(v_rad.fraga_id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: frågan har besvarats';
  END IF;
  RETURN v_rad;
END $$;

CREATE TRIGGER besvarad_behaller_alternativen BEFORE INSERT OR UPDATE OR DELETE ON public.organisations_svarsalternativ
  FOR EACH ROW EXECUTE FUNCTION vagg.svarsalternativ_vakt();

-- An answer: an alternative of the question, which is published, asked at that mättillfälle, and of the insats's own samverkansorganisation.
-- The lock keeps the question as it is until the answer is in: who changes it waits, and then finds it answered.
CREATE FUNCTION vagg.svar_vakt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.organisations_kompletterandefraga f WHERE f.id = NEW.fraga_id FOR KEY SHARE;
  IF NOT EXISTS (
    SELECT FROM public.organisations_kompletterandefraga f
    JOIN public.organisations_svarsalternativ a ON a.fraga_id = f.id
    JOIN public.insatser_insats i ON i.samverkansorganisation_id = f.samverkansorganisation_id
    WHERE f.id = NEW.fraga_id AND a.id = NEW.alternativ_id AND i.id = NEW.insats_id
      AND f.publicerad IS NOT NULL AND f.mattillfalle IN (NEW.typ, 'bada')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: svaret hör inte till frågan';
  END IF;
  RETURN NEW;
END $$;
