"""What the copy in memory needs of a row: sources and claimants on it, and which transaction wrote it last."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

FILL = """
UPDATE incidents_incident AS i SET sources = found.sources
FROM (SELECT e.incident_id, array_agg(DISTINCT a.source_id ORDER BY a.source_id) AS sources
      FROM incidents_event e JOIN sources_article a ON a.id = e.article_id
      WHERE e.incident_id IS NOT NULL GROUP BY e.incident_id) AS found
WHERE found.incident_id = i.id;
UPDATE incidents_incident AS i SET claimants = found.claimants
FROM (SELECT e.incident_id, array_agg(DISTINCT c.claimant ORDER BY c.claimant) AS claimants
      FROM incidents_event e JOIN incidents_count c ON c.event_id = e.id
      WHERE e.incident_id IS NOT NULL AND c.claimant <> '' GROUP BY e.incident_id) AS found
WHERE found.incident_id = i.id;
-- The rows' own constraints are checked now: with checks still pending the table could not be altered below.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

# `touched` is no field of the model: the database alone writes it, whoever writes the row (incidents/columns/following.py).
FOLLOW = """
ALTER TABLE incidents_incident ADD COLUMN touched xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX incident_touched ON incidents_incident (touched);
CREATE TABLE incidents_gone (incident_id bigint NOT NULL, touched xid8 NOT NULL DEFAULT pg_current_xact_id());
CREATE INDEX incidents_gone_touched ON incidents_gone (touched);
CREATE FUNCTION incidents_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.touched := pg_current_xact_id(); RETURN NEW; END $$;
CREATE TRIGGER incidents_touch BEFORE UPDATE ON incidents_incident FOR EACH ROW EXECUTE FUNCTION incidents_touch();
CREATE FUNCTION incidents_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO incidents_gone (incident_id) VALUES (OLD.id); RETURN NULL; END $$;
CREATE TRIGGER incidents_leave AFTER DELETE ON incidents_incident FOR EACH ROW EXECUTE FUNCTION incidents_leave();
"""
UNFOLLOW = """
DROP TRIGGER incidents_leave ON incidents_incident;
DROP TRIGGER incidents_touch ON incidents_incident;
DROP FUNCTION incidents_leave();
DROP FUNCTION incidents_touch();
DROP TABLE incidents_gone;
ALTER TABLE incidents_incident DROP COLUMN touched;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0002_gazetteerload"),
        ("sources", "0002_listed_articles_and_addresses"),
        ("incidents", "0009_actions"),
    ]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="claimants",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="sources",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="incident",
            index=django.contrib.postgres.indexes.GinIndex(fields=["sources"], name="incident_sources"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=django.contrib.postgres.indexes.GinIndex(fields=["claimants"], name="incident_claimants"),
        ),
        migrations.RunSQL(FOLLOW, UNFOLLOW),
    ]
