"""What each address of visits and stops asks for, by method: a verb of permits_visits.py or "login" (rows scoped)."""

ACCESS: dict[str, dict[str, str]] = {
    "inspections:visits": {"GET": "login"},
    "inspections:visit": {"GET": "login"},
    "inspections:visit_plan": {"GET": "visit.plan", "POST": "visit.plan"},
    "inspections:visit_change": {"GET": "visit.change", "POST": "visit.change"},
    "inspections:stop": {"GET": "stop.view", "POST": "stop.judge"},
    "inspections:stop_taps": {"POST": "stop.judge"},
    "inspections:stop_photos": {"POST": "stop.photo"},
    "inspections:stop_findings": {"GET": "stop.view"},
    "inspections:stop_checklist": {"GET": "stop.view"},
    "inspections:stop_entry": {"GET": "stop.judge", "POST": "stop.judge"},
    "inspections:stop_review": {"GET": "stop.confirm", "POST": "stop.confirm"},
    "inspections:stop_reopen": {"POST": "stop.reopen"},
    "inspections:stop_feedback": {"GET": "stop.view"},
    "inspections:stop_sign": {"GET": "stop.sign", "POST": "stop.sign"},
}
