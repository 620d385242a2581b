from django.db import migrations

from inspections.models.coverage import CoverageField


class Migration(migrations.Migration):
    dependencies = [("inspections", "0004_elections_are_reminded_of")]
    operations = [migrations.AddField("sheet", "packed", CoverageField(default=dict))]
