"""What each address of findings and the ledger asks for; the moves' addresses follow from their table."""

from inspections.ledger_batch import VERBS
from inspections.moves import TABLE

ACCESS: dict[str, dict[str, str]] = {
    "inspections:ledger": {"GET": "ledger.view"},
    "inspections:ledger_export": {"GET": "ledger.export"},
    "inspections:ledger_print": {"GET": "ledger.export"},
    "inspections:ledger_text": {"GET": "ledger.view"},
    "inspections:ledger_columns": {"GET": "ledger.columns", "POST": "ledger.columns"},
    "inspections:ledger_rules": {"GET": "ledger.rules", "POST": "ledger.rules"},
    "inspections:ledger_columns_forget": {"POST": "ledger.columns"},
    "inspections:finding": {"GET": "login"},
    "inspections:finding_card": {"GET": "login"},
    "inspections:finding_closeout": {"GET": "login"},
    "inspections:finding_new": {"GET": "finding.log", "POST": "finding.log"},
    "inspections:election_letter": {"GET": "login"},
    "inspections:notification": {"GET": "login"},
}
ACCESS |= {f"inspections:finding_{move.verb}": {"POST": f"finding.{move.verb}"} for move in TABLE}
ACCESS |= {
    f"inspections:ledger_{verb}": {"GET": f"finding.{verb}", "POST": f"finding.{verb}"}
    for verb in VERBS
}
