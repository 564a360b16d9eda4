"""The two groups of staff: who may decide reports, and who may run the machines."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = {
    "moderator": {
        "diaries": ["view_report", "change_report", "view_moderationact"],
    },
    "operator": {
        "diaries": ["view_user", "change_user"],
        "illustration": [
            "view_illustration",
            "change_illustration",
            "view_worker",
            "view_style",
            "add_style",
            "change_style",
        ],
    },
}


def add_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    # Permissions are otherwise made only after the last migration.
    for label in ("diaries", "illustration"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    for name, wanted in GROUPS.items():
        row, _ = group.objects.get_or_create(name=name)
        for label, codenames in wanted.items():
            found = permission.objects.filter(content_type__app_label=label, codename__in=codenames)
            assert found.count() == len(codenames), f"{label} lacks a permission of {codenames}"
            row.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("diaries", "0003_append_only_acts"),
        ("illustration", "0002_house_styles"),
    ]
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
