"""Pages with a query string, what may stand in it, and addresses that never existed."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import quote_plus

from portal.tests.bad.doors import at

# Names no page knows are sent with the known ones: nothing may reach the database by its name.
STRANGE = ("o", "id", "d", "m", "filter", "user__password__startswith", "order_by")


@dataclass(frozen=True)
class Page:
    name: str
    by: str
    at: Callable[[SimpleNamespace], str]
    names: tuple[str, ...] = ()


def page(by: str, way: str, names: str = "") -> Page:
    name, *path = way.split()
    return Page(name, by, at(name, *path), tuple(names.split()))


LEDGER = "q unit branch stage due show severity source cycle category clause sort page size"
RESULTS = "cycle q unit field verdict tier of state basis page size"
PAGES = [
    page("officer", "home"),
    page("officer", "search", "q"),
    page("officer", "branches:list", "q unit field form term show page size"),
    page("officer", "branches:export", "q unit field form term show"),
    page("officer", "branches:detail branch.pk", "page"),
    page("officer", "branches:import_template", "owner"),
    page("clerk", "branches:meeting_month town.pk", "month"),
    page("security", "branches:grants", "q role state user page"),
    page("officer", "inspections:assessments", "cycle unit stage q of page size"),
    page("officer", "inspections:assessments_export", "cycle unit stage q of"),
    page("clerk", "inspections:assessments_grid", "cycle"),
    page("branch_clerk", "inspections:assessment typing.pk", "show"),
    page("officer", "inspections:visits", "page"),
    page("leader", "inspections:stop stop.pk", "show"),
    page("leader", "inspections:stop_findings stop.pk", "page size"),
    page("officer", "inspections:ledger", LEDGER),
    page("officer", "inspections:ledger_export", LEDGER + " columns ids every"),
    page("officer", "inspections:ledger_print", LEDGER + " columns ids"),
    page("officer", "inspections:ledger_text", LEDGER + " ids"),
    page("clerk", "inspections:ledger_chase", LEDGER + " ids every"),
    page("officer", "scoring:results", RESULTS),
    page("officer", "scoring:results_export", RESULTS),
    page("officer", "scoring:trend", "cycle unit field"),
    page("officer", "scoring:gaps", "cycle unit field page"),
    page("officer", "scoring:brief town.pk", "cycle"),
    page("officer", "scoring:explain result.pk", "clause"),
    page("officer", "standards:list", "page"),
    page("officer", "standards:edition edition.pk", "field q page"),
    page("officer", "standards:clause edition.pk clause.key", "field"),
    page("officer", "standards:create", "origin"),
    page("officer", "accounts:inbox", "view page"),
    page("system", "accounts:users", "q kind state page size"),
    page("audit", "accounts:trail", "by verb about first last page size"),
    page("audit", "accounts:trail_export", "by verb about first last"),
    page("audit", "accounts:access", "page"),
]  # fmt: skip
# As they stand in an address.
VALUES = {
    "NUL": "%00", "invalid bytes": "%ff%fe", "lone surrogate": "%ed%a0%80", "20 digits": "9" * 20,
    "5,000 digits": "9" * 5_000, "2^63": str(2**63), "negative": "-1", "word": "abc", "huge": "1e400", "NaN": "NaN",
    "wide digit": quote_plus("１"), "Arabic digit": quote_plus("١"), "column path": "pk__x", "statement": "name;drop+table",
    "password": "user__password", "day that is none": "2025-02-30", "far year": "99999-01-01", "percent": "%25",
    "underline": "_", "quote": "%27", "10,000 characters": "a" * 10_000, "emoji": quote_plus("👨‍👩‍👧"), "spaces": "+++",
    "direction override": quote_plus("\u202e"), "markup": quote_plus("<script>alert(1)</script>"), "line feed": "%0d%0aSet-Cookie:a=b",
    "empty": "",
}  # fmt: skip
# A page whose names were all tried on another one, or a name alone, is asked the worst only.
WORST = ("5,000 digits", "2^63", "far year", "lone surrogate")
# What the two databases would take differently.
BY_ENGINE = ("2^63", "lone surrogate")

PLACES = [
    "/branches/{}/", "/branches/{}/edit/", "/branches/{}/meetings/", "/branches/evidence/{}/", "/branches/imports/{}/",
    "/standards/{}/", "/standards/{}/clauses/setup/", "/standards/1/sheet/{}/", "/standards/1/import/{}/",
    "/inspections/assessments/{}/", "/inspections/assessments/1/evidence/{}/", "/inspections/assessments/table/{}/",
    "/inspections/visits/{}/", "/inspections/visits/stops/{}/", "/inspections/ledger/{}/", "/inspections/findings/{}/",
    "/results/{}/", "/results/brief/{}/", "/results/compare/{}/", "/account/suggest/{}/", "/account/users/{}/", "/{}",
]  # fmt: skip
STEPS = [
    "9" * 20, str(2**63), "abc", "1%00", "1%0a", "%ed%a0%80", "..%2f..%2fetc%2fpasswd", "%D9%A1",
    "00000000-0000-0000-0000-00000000000g", "x" * 3_000,
]  # fmt: skip
ONWARD = [
    "//evil.example", "https:evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
    "https://127.0.0.1@evil.example", "\thttps://evil.example", "/\r\nSet-Cookie:a=b", "http:///evil.example",
    "https://evil.example", "data:text/html,x", "/\t/evil.example",
]  # fmt: skip
