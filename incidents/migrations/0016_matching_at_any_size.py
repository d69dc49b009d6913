"""What matching asks for at the same cost however many incidents there are: a name's newest bearers, and what lasts until a day."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import incidents.models.incidents

# The names' index is the database's: whoever writes an event, its names are found. "*" marks a last word alone (incidents/names.py).
KEEP = """
CREATE FUNCTION incidents_keep_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM incidents_eventname WHERE event_id = NEW.id;
    INSERT INTO incidents_eventname (event_id, name, day)
    SELECT NEW.id, name, coalesce(NEW.earliest, NEW.latest) FROM unnest(NEW.names) AS each (name) WHERE name NOT LIKE '*%';
    RETURN NULL;
END $$;
CREATE TRIGGER incidents_event_named AFTER INSERT ON incidents_event
    FOR EACH ROW WHEN (NEW.names <> '{}') EXECUTE FUNCTION incidents_keep_names();
CREATE TRIGGER incidents_event_renamed AFTER UPDATE OF names, earliest, latest ON incidents_event
    FOR EACH ROW WHEN ((OLD.names, OLD.earliest, OLD.latest) IS DISTINCT FROM (NEW.names, NEW.earliest, NEW.latest))
    EXECUTE FUNCTION incidents_keep_names();
INSERT INTO incidents_eventname (event_id, name, day)
SELECT id, name, coalesce(earliest, latest) FROM incidents_event, unnest(names) AS each (name) WHERE name NOT LIKE '*%';
-- Rows with checks still pending could not be indexed below.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
LEAVE = """
DROP TRIGGER incidents_event_renamed ON incidents_event;
DROP TRIGGER incidents_event_named ON incidents_event;
DROP FUNCTION incidents_keep_names();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0015_blind"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("day", models.DateField(null=True)),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="incidents.event"),
                ),
            ],
        ),
        migrations.RunSQL(KEEP, LEAVE),
        migrations.AddIndex(
            model_name="eventname",
            index=models.Index(fields=["name", "-day", "-event"], name="event_name_newest"),
        ),
        migrations.RemoveIndex(
            model_name="event",
            name="event_names",
        ),
        migrations.AddIndex(
            model_name="incident",
            index=django.contrib.postgres.indexes.GistIndex(
                incidents.models.incidents.Lasts(),
                condition=models.Q(("latest__gt", models.F("earliest"))),
                name="incident_lasting",
            ),
        ),
    ]
