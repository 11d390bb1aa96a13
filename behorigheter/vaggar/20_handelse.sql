-- The event log: its only entrance, the hash chain over it, and what a loggranskare may look up (docs/beslut/handelseloggen.md).

-- The employer whose loggranskare sees the event: the acting user's, and when nobody acts (a failed login) that of the user it is about.
CREATE FUNCTION vagg.loggens_arbetsgivare(p_av bigint, p_objekt text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT arbetsgivare_id FROM public.behorigheter_anvandare
    WHERE id = coalesce(p_av, substring(p_objekt FROM '^behorigheter\.Anvandare:([0-9]+)$')::bigint)
  );
END $$;

-- One event. The request writes in the acting user's name only; with nobody logged in it writes refusals and nothing else.
CREATE FUNCTION vagg.logga(p_typ text, p_objekt text, p_logg_id jsonb, p_detaljer jsonb, p_av bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_setting('role') = 'sus_konto' THEN
    IF NOT vagg.konto_oppet() THEN
      RAISE insufficient_privilege USING MESSAGE = 'sus: kontorollen är inte tagen av programmet';
    END IF;
  ELSIF NOT vagg.ar_systemet() AND (
       p_av IS DISTINCT FROM vagg.anvandare() OR p_av IS NULL AND p_typ NOT IN ('nekad', 'for_manga_forsok')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: ingen loggar i någon annans namn';
  END IF;
  INSERT INTO public.behorigheter_handelse
    (tid, typ, anvandare_id, arbetsgivare_id, roller, objekt, logg_id, detaljer, ip, begaran)
  VALUES (
    vagg.nu(), p_typ, p_av, vagg.loggens_arbetsgivare(p_av, p_objekt),
    array_to_string((vagg.fullmakt(p_av)).roller, ','), p_objekt, p_logg_id, p_detaljer,
    nullif(current_setting('sus.ip', true), '')::inet, nullif(current_setting('sus.begaran', true), '')::uuid);
END $$;

-- Every column of the row as one text: unambiguous, and the same in every time zone.
CREATE FUNCTION vagg.kedjetext(h public.behorigheter_handelse) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(h.id, extract(epoch FROM h.tid), h.typ, h.anvandare_id, h.arbetsgivare_id, h.roller, h.objekt,
                           h.logg_id, h.detaljer, h.ip, h.begaran)::text
$$;

CREATE FUNCTION vagg.lankhash(p_fore bytea, h public.behorigheter_handelse) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(p_fore, '') || convert_to(vagg.kedjetext(h), 'UTF8'))
$$;

-- Append the event to the chain. One transaction at a time, and only from here to the end of COMMIT.
CREATE FUNCTION vagg.lanka(p_handelse bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_rad public.behorigheter_handelse;
  v_nr bigint;
  v_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(5150);
  SELECT * INTO STRICT v_rad FROM public.behorigheter_handelse WHERE id = p_handelse;
  SELECT lopnr, hash INTO v_nr, v_hash FROM public.behorigheter_handelselank ORDER BY lopnr DESC LIMIT 1;
  INSERT INTO public.behorigheter_handelselank (lopnr, handelse_id, hash)
  VALUES (coalesce(v_nr, 0) + 1, p_handelse, vagg.lankhash(v_hash, v_rad));
END $$;

-- Events on their way into the chain during a COMMIT; empty at all other times. Foreign keys are checked in the same round of deferred
-- triggers as stall_i_ko and may wait for other transactions' locks; lanka comes in the round after, when nothing waits any more.
CREATE TABLE vagg.ko (handelse_id bigint PRIMARY KEY);

CREATE FUNCTION vagg.stall_i_ko() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO vagg.ko (handelse_id) VALUES (NEW.id);
  RETURN NULL;
END $$;

CREATE FUNCTION vagg.lanka_ur_ko() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM vagg.lanka(NEW.handelse_id);
  DELETE FROM vagg.ko WHERE handelse_id = NEW.handelse_id;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER stall_i_ko AFTER INSERT ON public.behorigheter_handelse
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vagg.stall_i_ko();
CREATE CONSTRAINT TRIGGER lanka AFTER INSERT ON vagg.ko
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vagg.lanka_ur_ko();

-- Events from before there was a chain.
SELECT vagg.lanka(id) FROM public.behorigheter_handelse
WHERE NOT EXISTS (SELECT FROM public.behorigheter_handelselank) ORDER BY id;

-- Nothing is changed or taken away, by the owner either. Only the tests empty their tables.
CREATE FUNCTION vagg.bara_tillagg() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('sus.tillat_tomning', true) = 'ja' THEN
    RETURN NULL;
  END IF;
  RAISE insufficient_privilege USING MESSAGE = format('sus: %s ändras aldrig', TG_TABLE_NAME);
END $$;

CREATE TRIGGER bara_tillagg BEFORE UPDATE OR DELETE OR TRUNCATE ON public.behorigheter_handelse
  FOR EACH STATEMENT EXECUTE FUNCTION vagg.bara_tillagg();
CREATE TRIGGER bara_tillagg BEFORE UPDATE OR DELETE OR TRUNCATE ON public.behorigheter_handelselank
  FOR EACH STATEMENT EXECUTE FUNCTION vagg.bara_tillagg();

-- The id by which the log knows a person, for a loggranskare. Who is not in SUS gets an id too, always the same, that no event has:
-- the answer tells nothing, and the look itself is logged alike. It bears the marks of a random uuid, as the others do.
CREATE FUNCTION vagg.logg_id_for(p_uppslag bytea[]) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_ingen bytea := decode(left(vagg.hmac('ingen|' || encode(p_uppslag[1], 'hex')), 32), 'hex');
BEGIN
  IF vagg.granskar() IS NULL THEN
    RAISE insufficient_privilege USING MESSAGE = 'sus: bara loggranskare slår upp personer i loggen';
  END IF;
  RETURN coalesce(
    (SELECT p.logg_id FROM public.deltagare_person p WHERE p.uppslag = ANY (p_uppslag)),
    encode(set_byte(set_byte(v_ingen, 6, get_byte(v_ingen, 6) & 15 | 64), 8, get_byte(v_ingen, 8) & 63 | 128), 'hex')::uuid);
END $$;
