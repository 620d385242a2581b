from django.db import migrations

from accounts.triggers import Guard, append_only, refuse_where


class Migration(migrations.Migration):
    """A published result stays as it is; a sealed run is never changed, deleted or added to.

    A comparison rule is only followed by another.
    """

    # The last of the old ones: a database that stopped before it fails here and does not go on half-made.
    replaces = [("scoring", "0008_results_without_idle_indexes")]
    dependencies = [("scoring", "0001_initial"), ("accounts", "0002_trail_append_only")]
    operations = [
        Guard(*append_only("scoring_result", when="OLD.published_at IS NOT NULL")),
        Guard(*append_only("scoring_run", when="OLD.digest <> ''")),
        Guard(*append_only("scoring_runresult")),
        Guard(
            *refuse_where(
                "scoring_runresult",
                conditions={
                    "INSERT": "(SELECT digest FROM scoring_run WHERE id = NEW.run_id) <> ''"
                },
            )
        ),
        Guard(*append_only("scoring_comparisonrule")),
    ]
