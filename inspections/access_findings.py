"""What each address of findings and the ledger asks for; the moves' addresses follow from their table."""

from inspections.moves import TABLE

ACCESS: dict[str, dict[str, str]] = {
    "inspections:finding": {"GET": "login"},
    "inspections:finding_card": {"GET": "login"},
    "inspections:finding_closeout": {"GET": "login"},
    "inspections:finding_new": {"GET": "finding.log", "POST": "finding.log"},
    "inspections:notification": {"GET": "login"},
} | {f"inspections:finding_{move.verb}": {"POST": f"finding.{move.verb}"} for move in TABLE}
