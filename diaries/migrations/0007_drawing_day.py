import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diaries", "0006_names_out_of_the_log")]
    operations = [
        migrations.CreateModel(
            name="DrawingDay",
            fields=[
                (
                    "writer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="drawing_day",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("day", models.DateField()),
                ("requested", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
