from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diaries", "0004_staff_groups")]
    operations = [
        migrations.AlterField(
            model_name="requestkey",
            name="entry",
            field=models.ForeignKey(
                null=True, on_delete=models.SET_NULL, related_name="+", to="diaries.entry"
            ),
        ),
        migrations.AddField(
            model_name="requestkey",
            name="refusal",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
    ]
