"""What the database itself keeps: the company clock, the journal that nobody changes, the cache for limits."""

from django.db import migrations

CLOCK = """
INSERT INTO kit_clock (id, base_company, base_machine, rate, demo)
SELECT 1, t, t, 1, false FROM (SELECT clock_timestamp() AS t) now;
CREATE FUNCTION company_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
$$ SELECT base_company + (clock_timestamp() - base_machine) * rate::double precision FROM kit_clock $$;
"""
JOURNAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER kit_event_append_only BEFORE UPDATE OR DELETE ON kit_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kit_eventposition_append_only BEFORE UPDATE OR DELETE ON kit_eventposition
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kit_seal_append_only BEFORE UPDATE OR DELETE ON kit_seal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
CACHE = """
CREATE TABLE kit_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX kit_cache_expires ON kit_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_start")]
    operations = [
        migrations.RunSQL(CLOCK, "DROP FUNCTION company_now()"),
        migrations.RunSQL(JOURNAL, "DROP FUNCTION refuse_change() CASCADE"),
        migrations.RunSQL(CACHE, "DROP TABLE kit_cache"),
    ]
