"""What each address of filing asks for, by method: a verb of permits_filing.py or "login" (rows scoped)."""

ACCESS = {
    "inspections:assessments": {"GET": "login"},
    "inspections:assessments_export": {"GET": "login"},
    "inspections:assessments_submit": {"POST": "assessment.submit"},
    "inspections:assessments_chase": {"POST": "assessment.chase"},
    "inspections:assessments_pass": {"POST": "assessment.pass"},
    "inspections:assessment": {"GET": "assessment.view", "POST": "assessment.type"},
    "inspections:assessment_autosave": {"POST": "assessment.type"},
    "inspections:assessment_withdraw": {"POST": "assessment.withdraw"},
    "inspections:assessment_print": {"GET": "assessment.view"},
    "inspections:assessment_export": {"GET": "assessment.view"},
    "inspections:check": {"GET": "assessment.view", "POST": "assessment.pass"},
    "inspections:cycles": {"GET": "cycle.plan"},
    "inspections:cycle_create": {"GET": "cycle.plan", "POST": "cycle.plan"},
    "inspections:cycle_open": {"POST": "cycle.open"},
    "inspections:cycle_close": {"POST": "cycle.close"},
}
