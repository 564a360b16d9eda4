"""The four house styles."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STYLES = [
    ("crayon", "크레용", "Crayon", "crayon drawing"),
    ("watercolour", "수채화", "Watercolour", "watercolour painting"),
    ("storybook", "동화책", "Storybook", "storybook illustration"),
    ("pixel", "픽셀", "Pixel", "pixel art"),
]


def add_styles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    style = apps.get_model("illustration", "Style")
    for position, (slug, name_ko, name_en, trigger) in enumerate(STYLES):
        style.objects.create(
            slug=slug,
            name_ko=name_ko,
            name_en=name_en,
            trigger=trigger,
            adapter_file=f"adapters/{slug}.safetensors",
            position=position,
        )


class Migration(migrations.Migration):
    dependencies = [("illustration", "0001_initial")]
    operations = [migrations.RunPython(add_styles, migrations.RunPython.noop)]
