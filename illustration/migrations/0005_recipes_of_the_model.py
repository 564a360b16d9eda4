"""A style's recipe may be empty and then follows the model; the house styles' rows do."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

USUAL = {"scheduler": "dpmpp_2m_karras", "steps": 20, "guidance_scale": 4.0}
CHOICES = [
    ("ddpm", "DDPM"),
    ("ddim", "DDIM"),
    ("pndm", "PNDM"),
    ("euler", "Euler"),
    ("euler_a", "Euler a"),
    ("dpmpp_2m_karras", "DPM++ 2M Karras"),
    ("unipc", "UniPC"),
    ("lcm", "LCM"),
]


def follow_the_model(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    style = apps.get_model("illustration", "Style")
    style.objects.filter(**USUAL).update(scheduler="", steps=None, guidance_scale=None)


def write_it_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    style = apps.get_model("illustration", "Style")
    for name, value in USUAL.items():
        style.objects.filter(**{name: "" if name == "scheduler" else None}).update(**{name: value})


class Migration(migrations.Migration):
    dependencies = [("illustration", "0004_wishes")]
    operations = [
        migrations.AlterField(
            model_name="style",
            name="guidance_scale",
            field=models.FloatField(
                blank=True, null=True, help_text="Empty: what suits the model.", verbose_name="guidance scale"
            ),
        ),
        migrations.AlterField(
            model_name="style",
            name="scheduler",
            field=models.CharField(
                blank=True,
                choices=CHOICES,
                help_text="Empty: what suits the model.",
                max_length=20,
                verbose_name="scheduler",
            ),
        ),
        migrations.AlterField(
            model_name="style",
            name="steps",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, help_text="Empty: what suits the model.", verbose_name="steps"
            ),
        ),
        migrations.RunPython(follow_the_model, write_it_out),
    ]
