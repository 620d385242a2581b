"""What each address asks for, by method: a verb of branches/permissions.py or "login" (rows scoped)."""

from branches import access_people

ACCESS = {
    "branches:list": {"GET": "login"},
    "branches:export": {"GET": "login"},
    "branches:detail": {"GET": "login"},
    "branches:print": {"GET": "login"},
    "branches:edit": {"GET": "profile.edit", "POST": "profile.edit"},
    "branches:create": {"GET": "organization.create", "POST": "organization.create"},
    "branches:amend": {"GET": "organization.rename", "POST": "organization.rename"},
    "branches:move": {"GET": "organization.move", "POST": "organization.move"},
    "branches:close": {"GET": "organization.close", "POST": "organization.close"},
    "branches:reopen": {"POST": "organization.close"},
    "branches:links": {"GET": "organization.link", "POST": "organization.link"},
    "branches:unlink": {"POST": "organization.link"},
    "branches:meetings": {"GET": "login", "POST": "meeting.record"},
    "branches:meeting_remove": {"POST": "meeting.record"},
    "branches:meeting_grid": {"GET": "meeting.record", "POST": "meeting.record"},
    "branches:meeting_month": {"GET": "meeting.tick", "POST": "meeting.tick"},
    "branches:elections": {"GET": "login"},
    "branches:elections_export": {"GET": "login"},
    "branches:approvals": {"GET": "login", "POST": "approval.record"},
    "branches:evidence": {"GET": "login"},
    "branches:imports": {"GET": "roster.import", "POST": "roster.import"},
    "branches:import_template": {"GET": "roster.import"},
    "branches:import": {"GET": "roster.import"},
    "branches:import_confirm": {"POST": "roster.import"},
    "branches:import_returned": {"GET": "roster.import"},
} | access_people.ACCESS
