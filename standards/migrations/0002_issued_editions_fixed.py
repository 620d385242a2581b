from django.db import migrations

from accounts.triggers import Guard, refuse_where

STATE = "(SELECT state FROM standards_edition WHERE id = {row}.edition_id) <> 'draft'"
POINTS_STATE = (
    "(SELECT e.state FROM standards_edition e JOIN standards_clause c ON c.edition_id = e.id"
    " WHERE c.id = {row}.clause_id) <> 'draft'"
)
KEPT = (
    "id owner_id name year issuer document_number approving_authority approving_number note options tiers"
    " ceiling base digest created_at issued_at issued_by_id client_key composition return_reason"
).split()
NULLABLE = ["submitted_at", "submitted_by_id"]


def content(state):
    """Rows of an edition change only while it is a draft."""
    old, new = (f"({state.format(row=row)})" for row in ("OLD", "NEW"))
    return {"INSERT": new, "UPDATE": f"({old} OR {new})", "DELETE": old}


def edition():
    """Once issued only issued -> superseded, with everything else as it was."""
    same = [f"NEW.{name} = OLD.{name}" for name in KEPT]
    same += [
        f"(NEW.{name} = OLD.{name} OR NEW.{name} IS NULL AND OLD.{name} IS NULL)"
        for name in NULLABLE
    ]
    steps_down = f"OLD.state = 'issued' AND NEW.state = 'superseded' AND {' AND '.join(same)}"
    issued = "OLD.state <> 'draft'"
    return {"UPDATE": f"({issued} AND NOT ({steps_down}))", "DELETE": f"({issued})"}


class Migration(migrations.Migration):
    # The last of the old ones: a database that stopped before it fails here and does not go on half-made.
    replaces = [("standards", "0007_clauses_carry_steps_and_a_blank_form")]
    dependencies = [("standards", "0001_initial"), ("accounts", "0002_trail_append_only")]
    operations = [
        Guard(*refuse_where("standards_chapter", conditions=content(STATE))),
        Guard(*refuse_where("standards_clause", conditions=content(STATE))),
        Guard(*refuse_where("standards_clausepoints", conditions=content(POINTS_STATE))),
        Guard(*refuse_where("standards_edition", conditions=edition())),
    ]
