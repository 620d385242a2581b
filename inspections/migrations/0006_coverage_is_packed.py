from itertools import islice

from django.db import migrations

BATCH = 2_000


def moved(name, onto):
    """Every sheet's coverage from one column onto the other."""

    def move(apps, schema_editor):
        sheets = apps.get_model("inspections", "Sheet").objects.order_by("pk")
        rows = sheets.only("pk", name).iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            for sheet in batch:
                setattr(sheet, onto, getattr(sheet, name))
            sheets.bulk_update(batch, [onto])

    return move


class Migration(migrations.Migration):
    dependencies = [("inspections", "0005_sheets_have_room_for_packed_coverage")]
    operations = [
        migrations.RunPython(moved("coverage", "packed"), moved("packed", "coverage")),
    ]
