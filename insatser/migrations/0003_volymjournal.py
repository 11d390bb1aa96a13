"""The journal of volym: rows are added, never changed, and a year's sum is never negative."""

from django.db import migrations

SKAPA = """
CREATE FUNCTION insatser_journal_andras_aldrig() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE check_violation USING MESSAGE = format('%s är en journal: rader läggs till, de ändras aldrig', TG_TABLE_NAME),
    CONSTRAINT = TG_TABLE_NAME || '_andras_aldrig';
END $$;

CREATE FUNCTION insatser_volym_aldrig_negativ() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('volym', NEW.insats_id));
  IF (SELECT sum(antal) FROM insatser_volympost WHERE insats_id = NEW.insats_id AND ar = NEW.ar) < 0 THEN
    RAISE check_violation USING MESSAGE = 'summan av volymposter kan inte bli negativ', CONSTRAINT = 'volympost_aldrig_negativ';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER andras_aldrig BEFORE UPDATE OR DELETE ON insatser_volympost
  FOR EACH ROW EXECUTE FUNCTION insatser_journal_andras_aldrig();
CREATE TRIGGER aldrig_negativ AFTER INSERT ON insatser_volympost
  FOR EACH ROW EXECUTE FUNCTION insatser_volym_aldrig_negativ();
"""
TA_BORT = """
DROP TRIGGER aldrig_negativ ON insatser_volympost;
DROP TRIGGER andras_aldrig ON insatser_volympost;
DROP FUNCTION insatser_volym_aldrig_negativ();
DROP FUNCTION insatser_journal_andras_aldrig();
"""


class Migration(migrations.Migration):
    dependencies = [("insatser", "0002_malgrupper")]
    operations = [migrations.RunSQL(SKAPA, TA_BORT)]
