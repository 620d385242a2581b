from django.db import migrations

from accounts.triggers import append_only, refuse_where


class Migration(migrations.Migration):
    """A sealed run is never changed, deleted or added to; a comparison rule only followed by another."""

    dependencies = [("scoring", "0006_runs_and_comparison_rules")]
    operations = [
        migrations.RunPython(*append_only("scoring_run", when="OLD.digest <> ''")),
        migrations.RunPython(*append_only("scoring_runresult")),
        migrations.RunPython(
            *refuse_where(
                "scoring_runresult",
                conditions={
                    "INSERT": "(SELECT digest FROM scoring_run WHERE id = NEW.run_id) <> ''"
                },
            )
        ),
        migrations.RunPython(*append_only("scoring_comparisonrule")),
    ]
