"""What each address asks for, by method: a verb of scoring/permissions.py or "login" (rows scoped)."""

ACCESS = {
    "scoring:results": {"GET": "result.view"},
    "scoring:results_export": {"GET": "result.export"},
    "scoring:trend": {"GET": "result.view"},
    "scoring:results_decide": {"POST": "result.decide"},
    "scoring:results_publish": {"POST": "result.publish"},
    "scoring:gaps": {"GET": "result.gaps"},
    "scoring:figures": {"GET": "figure.note", "POST": "figure.note"},
    "scoring:result": {"GET": "result.view"},
    "scoring:explain": {"GET": "result.view"},
    "scoring:result_print": {"GET": "result.view"},
    "scoring:result_decide": {"POST": "result.decide"},
    "scoring:result_publish": {"POST": "result.publish"},
    "scoring:compare": {"GET": "result.compare"},
    "scoring:simulation": {"GET": "edition.simulate"},
    "scoring:simulation_export": {"GET": "edition.simulate"},
    "scoring:brief": {"GET": "result.brief"},
}
