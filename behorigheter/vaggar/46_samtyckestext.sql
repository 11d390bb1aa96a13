-- A version of form 9443 changes hands only while it lies ahead: a day after today, in Sweden.
CREATE FUNCTION vagg.ar_kommande(p_dag date) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN p_dag > vagg.idag();
END $$;
