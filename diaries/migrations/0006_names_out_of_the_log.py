"""Django's own log kept the name or address of every account that staff changed, also when the account was gone.

The moderators' book holds the acts, by id; nothing writes accounts into this log any more.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def blank(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("admin", "LogEntry").objects.using(schema_editor.connection.alias)
    rows.filter(content_type__app_label="diaries", content_type__model="user").update(object_repr="")


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("diaries", "0005_request_keys_outlive_entries"),
    ]
    operations = [migrations.RunPython(blank, migrations.RunPython.noop)]
