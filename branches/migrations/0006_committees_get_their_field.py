from django.db import migrations

MEASURED = ("party_committee", "work_committee", "party_group", "organ_committee", "general_branch")


def set_field(apps, schema_editor):
    units = apps.get_model("branches", "Organization").objects.using(schema_editor.connection.alias)
    for kind in MEASURED:
        units.filter(kind=kind, field="").update(field=kind)


def clear_field(apps, schema_editor):
    units = apps.get_model("branches", "Organization").objects.using(schema_editor.connection.alias)
    units.filter(kind__in=MEASURED).update(field="")


class Migration(migrations.Migration):
    dependencies = [("branches", "0005_committees_are_measured")]
    operations = [migrations.RunPython(set_field, clear_field)]
