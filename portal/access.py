"""What each address of the whole portal asks for: the apps' tables put together, and the addresses of this rung."""

from collections.abc import Mapping
from typing import Any

from accounts import access as of_accounts
from accounts import permissions as for_accounts
from branches import access as of_branches
from branches import permissions as for_branches
from inspections import access as of_inspections
from inspections import permissions as for_inspections
from scoring import access as of_scoring
from scoring import permissions as for_scoring
from standards import access as of_standards
from standards import permissions as for_standards

ACCESS = {
    "home": {"GET": "login", "HEAD": "login"},
    "search": {"GET": "login"},
    "healthz": {"GET": "public", "HEAD": "public"},
}
ACCESS_BY_APP = {
    "accounts": of_accounts.ACCESS,
    "branches": of_branches.ACCESS,
    "standards": of_standards.ACCESS,
    "inspections": of_inspections.ACCESS,
    "scoring": of_scoring.ACCESS,
    "portal": ACCESS,
}
TABLE_BY_APP: dict[str, Mapping[str, Any]] = {
    "accounts": for_accounts.TABLE,
    "branches": for_branches.TABLE,
    "standards": for_standards.TABLE,
    "inspections": for_inspections.TABLE,
    "scoring": for_scoring.TABLE,
}


def addresses() -> dict[str, dict[str, str]]:
    """url name -> {method: a verb of the tables, "login" (rows scoped) or "public"}."""
    return {name: row for table in ACCESS_BY_APP.values() for name, row in table.items()}


def permits() -> dict[str, Any]:
    """verb -> its row, of all apps."""
    return {verb: row for table in TABLE_BY_APP.values() for verb, row in table.items()}
