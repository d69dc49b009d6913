"""The queue is counted and ordered by the copy in memory (incidents/columns/), which follows its rows as it follows incidents."""

from django.db import migrations

# `touched` is no field of the model: the database alone writes it (migration 0010). Who holds a case is not in the copy.
FOLLOW = """
ALTER TABLE incidents_reviewcase ADD COLUMN touched xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX reviewcase_touched ON incidents_reviewcase (touched);
CREATE TRIGGER incidents_touch BEFORE UPDATE OF is_open, reasons, value ON incidents_reviewcase
    FOR EACH ROW EXECUTE FUNCTION incidents_touch();
CREATE FUNCTION incidents_leave_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO incidents_gone (incident_id) VALUES (OLD.incident_id); RETURN NULL; END $$;
CREATE TRIGGER incidents_leave_queue AFTER DELETE ON incidents_reviewcase
    FOR EACH ROW EXECUTE FUNCTION incidents_leave_queue();
"""
UNFOLLOW = """
DROP TRIGGER incidents_leave_queue ON incidents_reviewcase;
DROP FUNCTION incidents_leave_queue();
DROP TRIGGER incidents_touch ON incidents_reviewcase;
ALTER TABLE incidents_reviewcase DROP COLUMN touched;
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0017_time_of_day")]

    operations = [
        migrations.RemoveIndex(model_name="reviewcase", name="review_most_valuable"),
        migrations.RemoveIndex(model_name="reviewcase", name="review_reasons"),
        migrations.RunSQL(FOLLOW, UNFOLLOW),
    ]
