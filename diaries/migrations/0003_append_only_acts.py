"""The database itself refuses to change a line of the moderators' book, and on PostgreSQL to delete one.

On SQLite a deletion is left to the model's own guard: emptying tables between tests is a plain DELETE there.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE FUNCTION diaries_moderationact_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the book of moderators'' acts takes new lines only';
END $$;
CREATE TRIGGER diaries_moderationact_append_only BEFORE UPDATE OR DELETE ON diaries_moderationact
    FOR EACH ROW EXECUTE FUNCTION diaries_moderationact_append_only();
"""
POSTGRESQL_BACK = """
DROP TRIGGER diaries_moderationact_append_only ON diaries_moderationact;
DROP FUNCTION diaries_moderationact_append_only();
"""
SQLITE = """
CREATE TRIGGER diaries_moderationact_append_only BEFORE UPDATE ON diaries_moderationact
BEGIN
    SELECT RAISE(ABORT, 'the book of moderators'' acts takes new lines only');
END
"""
SQLITE_BACK = "DROP TRIGGER diaries_moderationact_append_only"


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("diaries", "0002_moderation")]
    operations = [migrations.RunPython(guard, unguard)]
