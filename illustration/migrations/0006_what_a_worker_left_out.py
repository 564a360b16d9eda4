"""A worker's row names the styles that it had to leave out, so that a page can tell who waits for one of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("illustration", "0005_recipes_of_the_model")]

    operations = [
        migrations.AddField(
            model_name="worker",
            name="unfit_styles",
            field=models.JSONField(blank=True, default=list, verbose_name="styles left out"),
        ),
    ]
