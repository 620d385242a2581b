"""docs/findings.md from the table of moves: a test fails when the two part."""

from collections.abc import Iterable

from django.utils.translation import override

from inspections.models import FindingStage
from inspections.moves import MOVES, Move

HEAD = """# The life of a finding

Made from the table in `inspections/moves.py` by `inspections/finding_diagram.py`; a test compares the two.
A self-found finding begins as in_progress, one of the first check as issued, one logged on a visit as draft,
any other as confirmed. A finding carries no points: logging it on a visit sets the clause's acceptance
measure, and when all findings on the clause are closed before the cutoff a dated recheck restores it.

"""
WHO = """
## Who may what

Roles are held on the finding's branch or above it. Besides the role: the unit acts through its own people or a
parent that types for it; verification comes from strictly above the unit or from the visiting team; reporter,
verifier and closer of one round are three persons; what the parent found and is general the parent may close
(rows of CloseRule change that), a county leader closes serious ones only. `retract` and `refile` have no button:
they happen when a self-assessment is taken back, to what nobody has touched yet, and when it is filed again.

| move | from | to | roles |
|---|---|---|---|
"""


def page() -> str:
    with override("en"):
        rows = "\n".join(map(row, MOVES.values()))
    return f"{HEAD}{diagram(MOVES.values())}{WHO}{rows}\n"


def diagram(moves: Iterable[Move]) -> str:
    edges = [
        f"  {stage} --> {move.to}: {move.verb}"
        for move in moves
        if move.to
        for stage in move.stages
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *edges, "```", ""])


def row(move: Move) -> str:
    stages = ", ".join(s.value for s in FindingStage if s in move.stages)
    roles = ", ".join(sorted(str(role) for role in move.roles))
    return f"| `{move.verb}` {move.label} | {stages} | {move.to or '—'} | {roles} |"
