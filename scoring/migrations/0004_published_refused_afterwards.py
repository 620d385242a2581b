from django.db import migrations

from accounts.triggers import Guard, append_only

REFUSE, FORGET = append_only("scoring_result", when="OLD.published_at IS NOT NULL")


def again(apps, schema_editor):
    FORGET(apps, schema_editor)
    REFUSE(apps, schema_editor)


class Migration(migrations.Migration):
    """The same refusal, asked after the row is written: a cycle scored again no longer locks each row before."""

    dependencies = [("scoring", "0003_results_and_their_details")]
    operations = [Guard(again, lambda *_: None)]
