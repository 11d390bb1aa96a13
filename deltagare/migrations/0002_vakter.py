"""What Django's models cannot say: children belong to the insats of their deltagande; the journal's sums are never negative."""

from django.db import migrations

SKAPA = """
ALTER TABLE deltagare_mattillfalle ADD CONSTRAINT mattillfalle_i_samma_insats
  FOREIGN KEY (deltagande_id, insats_id) REFERENCES deltagare_deltagande (id, insats_id);
ALTER TABLE deltagare_samtycke ADD CONSTRAINT samtycke_i_samma_insats
  FOREIGN KEY (deltagande_id, insats_id) REFERENCES deltagare_deltagande (id, insats_id);

CREATE FUNCTION deltagare_anonyma_aldrig_negativa() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('anonyma', NEW.insats_id));
  IF (SELECT sum(antal) FROM deltagare_anonympost
      WHERE insats_id = NEW.insats_id AND ar = NEW.ar AND kon = NEW.kon AND slag = NEW.slag) < 0 THEN
    RAISE check_violation USING MESSAGE = 'summan av anonymposter kan inte bli negativ', CONSTRAINT = 'anonympost_aldrig_negativ';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER andras_aldrig BEFORE UPDATE OR DELETE ON deltagare_anonympost
  FOR EACH ROW EXECUTE FUNCTION insatser_journal_andras_aldrig();
CREATE TRIGGER aldrig_negativ AFTER INSERT ON deltagare_anonympost
  FOR EACH ROW EXECUTE FUNCTION deltagare_anonyma_aldrig_negativa();
"""
TA_BORT = """
DROP TRIGGER aldrig_negativ ON deltagare_anonympost;
DROP TRIGGER andras_aldrig ON deltagare_anonympost;
DROP FUNCTION deltagare_anonyma_aldrig_negativa();
ALTER TABLE deltagare_samtycke DROP CONSTRAINT samtycke_i_samma_insats;
ALTER TABLE deltagare_mattillfalle DROP CONSTRAINT mattillfalle_i_samma_insats;
"""


class Migration(migrations.Migration):
    dependencies = [("deltagare", "0001_initial"), ("insatser", "0003_volymjournal")]
    operations = [migrations.RunSQL(SKAPA, TA_BORT)]
