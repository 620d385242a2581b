"""Mutants that change nothing anybody could see, each with the reason. A test holds that each still exists."""

OF_A_RUN = "asked for only within a run already found, by the same county"
UNREAD = "no page asks for figures by themselves"
SEE_ALL = "whoever gets here is an administrator who sees every account"
REASONS: dict[str, str] = {
    "scope accounts.views_users.users": SEE_ALL,
    "scope accounts.views_users.user": SEE_ALL,
    "range branches.trees.branch_counts": "what is counted elsewhere is looked up by nobody",
    "guard branches.views_imports.fetch": "only the officers of its county find an import at all",
    "scope inspections.views_ledger.ledger": "what waits for somebody lies under what they hold",
    "scope inspections.views_stops.earlier": "who opens a stop is the county or inspects that branch: both see all of it",
    "scope scoring.views_result.assessment_of": "who finds a result holds a role on its branch, and so finds its filing",
    "scope scoring.summaries.trend": "a cycle without a result in sight is left out",
    "scope portal.board_own.system_board": SEE_ALL,
    "scope portal.board_own.system_board #2": "only the system administrator gets this board, who sees every suggestion",
    "scope portal.board_own.security_board": SEE_ALL,
    "door scoring.models.FigureQuerySet.visible_to": UNREAD,
    "range scoring.models.FigureQuerySet.visible_to": UNREAD,
    "door scoring.models.RunResultQuerySet.visible_to": OF_A_RUN,
    "range scoring.models.RunResultQuerySet.visible_to": OF_A_RUN,
    "scope scoring.views_receipt.run_receipt": OF_A_RUN,
    "scope scoring.views_runs.results_of": OF_A_RUN,
    "range scoring.comparing_units.units_of": "the results of a cycle all lie under its owner",
    "range scoring.noting.branches_of": "who notes figures for a cycle holds its owner and all below",
    "scope scoring.views_simulate.simulation": "who tries an edition holds its owner, and so every filing of its cycles",
    "open inspections.assessment.view": "who finds an assessment holds one of the roles that view it",
    "scope branches.views_meetings.month": "who holds the unit asked for holds every branch below",
}
