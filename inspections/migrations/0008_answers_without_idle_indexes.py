from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0007_coverage_as_json_is_dropped"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            "answer",
            "by",
            models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, related_name="+", db_index=False),
        ),
        migrations.AlterField(
            "answer",
            "sheet",
            models.ForeignKey("inspections.sheet", CASCADE, related_name="answers", db_index=False),
        ),
        migrations.AlterField(
            "sheet",
            "assessment",
            models.ForeignKey(
                "inspections.assessment", PROTECT, related_name="sheets", db_index=False
            ),
        ),
    ]
