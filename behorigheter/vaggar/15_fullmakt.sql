-- Who may change whose authority: asked by the policies when sus_web writes behörigheter, uppdrag, orders and users.
-- docs/regler.md 9.2 and 9.4; roller.py and querysets.py say the same in Python.

-- Whether the acting user holds the role today with an uppdrag in the samverkansorganisation.
CREATE FUNCTION vagg.har_uppdrag(p_roll text, p_samverkansorganisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p_roll = ANY (vagg.roller()) AND EXISTS (
    SELECT FROM public.behorigheter_uppdrag u
    WHERE u.anvandare_id = vagg.anvandare() AND u.roll = p_roll AND u.samverkansorganisation_id = p_samverkansorganisation
      AND u.aterkallat IS NULL AND vagg.idag() BETWEEN u.fran AND coalesce(u.till, 'infinity'))
$$;

-- Give or end an uppdrag: insatsansvariga those of deltagaransvariga, samverkansadministratörer and FK the others. Never one's own.
CREATE FUNCTION vagg.far_andra_uppdrag(p_anvandare bigint, p_roll text, p_samverkansorganisation bigint, p_insats bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p_anvandare <> vagg.anvandare() AND CASE
    WHEN p_roll = 'deltagaransvarig' THEN
      vagg.har_uppdrag('insatsansvarig', (SELECT samverkansorganisation_id FROM public.insatser_insats WHERE id = p_insats))
    ELSE 'fk_administrator' = ANY (vagg.roller()) OR vagg.har_uppdrag('samverkansadministrator', p_samverkansorganisation)
  END
$$;

CREATE FUNCTION vagg.ar_bestallare(p_organisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'bestallare' = ANY (vagg.roller()) AND p_organisation = (
    SELECT arbetsgivare_id FROM public.behorigheter_anvandare WHERE id = vagg.anvandare())
$$;

-- An utfärdare at Arbetsförmedlingen decides for it, one at Försäkringskassan for all others, the FK-administratör for everybody.
CREATE FUNCTION vagg.utfardar_for(p_organisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'fk_administrator' = ANY (vagg.roller()) OR 'utfardare' = ANY (vagg.roller()) AND EXISTS (
    SELECT FROM public.behorigheter_anvandare a
    JOIN public.organisations_organisation egen ON egen.id = a.arbetsgivare_id
    JOIN public.organisations_organisation annan ON annan.id = p_organisation
    WHERE a.id = vagg.anvandare() AND (egen.typ = 'af') = (annan.typ = 'af'))
$$;

CREATE FUNCTION vagg.far_avgora(p_organisation bigint, p_roller text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT vagg.utfardar_for(p_organisation)
    AND ('fk_administrator' = ANY (vagg.roller()) OR NOT p_roller && '{fk_administrator,fk_analytiker,utfardare,sus_stod}')
$$;

-- Issue a behörighet: a beställare only by the FK-administratör, the rest only what another person has signed an order for.
CREATE FUNCTION vagg.far_utfarda(
  p_anvandare bigint, p_roll text, p_arbetsgivare bigint, p_utfardad_av bigint, p_bestalld_av bigint, p_bestallning bigint, p_till date
) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p_anvandare <> vagg.anvandare() AND p_utfardad_av = vagg.anvandare() AND CASE
    WHEN p_roll = 'bestallare' THEN 'fk_administrator' = ANY (vagg.roller())
    ELSE EXISTS (
      SELECT FROM public.behorigheter_bestallning o
      WHERE o.id = p_bestallning AND o.organisation_id = p_arbetsgivare AND o.signerad_av_id = p_bestalld_av
        AND o.status = 'signerad' AND p_roll = ANY (o.roller) AND p_till <= o.till
        AND (o.anvandare_id = p_anvandare OR o.anvandare_id IS NULL AND o.uppslag = (
          SELECT a.uppslag FROM public.behorigheter_anvandare a WHERE a.id = p_anvandare))
        AND vagg.far_avgora(o.organisation_id, o.roller::text[]))
  END
$$;

CREATE FUNCTION vagg.far_aterkalla(p_anvandare bigint, p_arbetsgivare bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p_anvandare <> vagg.anvandare() AND (vagg.ar_bestallare(p_arbetsgivare) OR vagg.utfardar_for(p_arbetsgivare))
$$;

-- End somebody's uppdrag when the person leaves: who may take back the behörigheter.
CREATE FUNCTION vagg.far_avsluta_uppdrag(p_anvandare bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT vagg.far_aterkalla(a.id, a.arbetsgivare_id) FROM public.behorigheter_anvandare a WHERE a.id = p_anvandare
$$;

-- Change a user's details: who may take back the behörigheter, and for a user without employer whoever issues.
CREATE FUNCTION vagg.far_andra_anvandare(p_anvandare bigint, p_arbetsgivare bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p_anvandare <> vagg.anvandare() AND CASE
    WHEN p_arbetsgivare IS NULL THEN '{bestallare,utfardare,fk_administrator}' && vagg.roller()
    ELSE vagg.far_aterkalla(p_anvandare, p_arbetsgivare)
  END
$$;

CREATE FUNCTION vagg.far_se_bestallning(p_ifylld_av bigint, p_anvandare bigint, p_organisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT vagg.anvandare() IN (p_ifylld_av, p_anvandare) OR vagg.ar_bestallare(p_organisation) OR vagg.utfardar_for(p_organisation)
$$;

-- The web signs and decides in the acting user's name only, and only what that user may. What has been signed stays as it was signed,
-- and what has been decided or withdrawn stays so. All but the system are asked: a role given back in the middle of a statement opens nothing.
CREATE FUNCTION vagg.bestallning_vakt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_fore public.behorigheter_bestallning := CASE WHEN TG_OP = 'UPDATE' THEN OLD END;
BEGIN
  IF vagg.ar_systemet() THEN
    RETURN NEW;
  END IF;
  IF v_fore.status NOT IN ('ifylld', 'signerad') THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: beställningen är avgjord';
  END IF;
  IF v_fore.signerad_av_id IS NOT NULL AND (
       (NEW.signerad_av_id, NEW.roller, NEW.fran, NEW.till, NEW.fornamn, NEW.efternamn, NEW.epost, NEW.telefon, NEW.uppslag, NEW.personnummer)
       IS DISTINCT FROM (v_fore.signerad_av_id, v_fore.roller, v_fore.fran, v_fore.till, v_fore.fornamn, v_fore.efternamn, v_fore.epost,
                         v_fore.telefon, v_fore.uppslag, v_fore.personnummer)
       OR NEW.anvandare_id IS DISTINCT FROM v_fore.anvandare_id AND (v_fore.anvandare_id IS NOT NULL OR NEW.status <> 'utfardad')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: beställningen är signerad';
  END IF;
  IF NEW.signerad_av_id IS DISTINCT FROM v_fore.signerad_av_id
     AND NOT (NEW.signerad_av_id = vagg.anvandare() AND vagg.ar_bestallare(NEW.organisation_id)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: bara beställaren signerar';
  END IF;
  IF NEW.avgjord_av_id IS DISTINCT FROM v_fore.avgjord_av_id AND NOT (NEW.avgjord_av_id = vagg.anvandare()
     AND (vagg.far_avgora(NEW.organisation_id, NEW.roller::text[]) OR NEW.status = 'avslagen' AND vagg.ar_bestallare(NEW.organisation_id))) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: bara utfärdaren avgör';
  END IF;
  RETURN NEW;
END $$;

-- A period written by the web only becomes shorter, and what has been taken back stays so. Arguments: last day, time it was taken back.
CREATE FUNCTION vagg.bara_kortare() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_fore jsonb := to_jsonb(OLD);
  v_nu jsonb := to_jsonb(NEW);
BEGIN
  IF NOT vagg.ar_systemet() AND (
       coalesce((v_nu ->> TG_ARGV[0])::date, 'infinity') > coalesce((v_fore ->> TG_ARGV[0])::date, 'infinity')
       OR v_fore ->> TG_ARGV[1] IS NOT NULL AND v_nu ->> TG_ARGV[1] IS DISTINCT FROM v_fore ->> TG_ARGV[1]) THEN
    RAISE insufficient_privilege USING MESSAGE = format('sus: %s på %s är fast', TG_NAME, TG_TABLE_NAME);
  END IF;
  RETURN NEW;
END $$;

-- Name, e-post and telefon follow from an order that is issued: a beställare changes nothing of a user but the employer.
CREATE FUNCTION vagg.anvandare_vakt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT vagg.ar_systemet() AND TG_OP = 'UPDATE' AND NOT '{utfardare,fk_administrator}' && vagg.roller()
     AND (NEW.fornamn, NEW.efternamn, NEW.epost, NEW.telefon) IS DISTINCT FROM (OLD.fornamn, OLD.efternamn, OLD.epost, OLD.telefon) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: bara utfärdaren ändrar uppgifterna';
  END IF;
  RETURN NEW;
END $$;

-- Who may only end an uppdrag changes nothing else of it.
CREATE FUNCTION vagg.uppdrag_vakt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.hamtningar_per_timme IS DISTINCT FROM OLD.hamtningar_per_timme AND NOT vagg.ar_systemet()
     AND NOT vagg.far_andra_uppdrag(NEW.anvandare_id, NEW.roll, NEW.samverkansorganisation_id, NEW.insats_id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: bara den som ger uppdraget ändrar det';
  END IF;
  RETURN NEW;
END $$;
