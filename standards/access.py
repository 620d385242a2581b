"""What each address asks for, by method: a verb of standards/permissions.py or "login" (rows scoped)."""

READ = {"GET": "login"}
EDIT = {"GET": "edition.edit", "POST": "edition.edit"}

ACCESS = {
    "standards:list": READ,
    "standards:edition": READ,
    "standards:comparison": READ,
    "standards:print_sheet": READ,
    "standards:sheet_workbook": READ,
    "standards:clause": READ,
    "standards:blank_form": READ,
    "standards:blank_form_workbook": READ,
    "standards:export": READ,
    "standards:upload": EDIT,
    "standards:import": {"GET": "edition.edit"},
    "standards:import_row": {"POST": "edition.edit"},
    "standards:import_confirm": {"POST": "edition.edit"},
    "standards:import_marked": {"GET": "edition.edit"},
    "standards:create": {"GET": "edition.draft", "POST": "edition.draft"},
    "standards:head": EDIT,
    "standards:options": EDIT,
    "standards:tiers": EDIT,
    "standards:composition": READ,
    "standards:composition_section": EDIT,
    "standards:chapters": EDIT,
    "standards:chapter": {"POST": "edition.edit"},
    "standards:issue": {"GET": "edition.check", "POST": "edition.issue"},
    "standards:submit": {"POST": "edition.submit"},
    "standards:withdraw": {"POST": "edition.withdraw"},
    "standards:return": {"POST": "edition.return"},
    "standards:discard": {"POST": "edition.edit"},
    "standards:clause_new": EDIT,
    "standards:clause_edit": EDIT,
    "standards:clause_move": {"POST": "edition.edit"},
    "standards:clause_remove": {"POST": "edition.edit"},
}
