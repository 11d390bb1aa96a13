-- Runs as sus_funk, which owns schema vagg.

-- Key of the pseudonyms (key xor ipad / opad), from the application's environment.
CREATE TABLE vagg.nyckel (inre bytea NOT NULL, yttre bytea NOT NULL);

CREATE FUNCTION vagg.hmac(p_text text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(yttre || sha256(inre || convert_to(p_text, 'UTF8'))), 'hex') FROM vagg.nyckel
$$;

CREATE FUNCTION vagg.nej() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE insufficient_privilege USING MESSAGE = format('sus: %s på %s är fast', TG_NAME, TG_TABLE_NAME);
END $$;
