"""What an uploaded roster would change. Pure: records and the units known now in, rows with their fate out.

Identity: the hidden system number, else the code, else the full name, each within the owner's subtree.
A blank cell says nothing; “无” or “/” empties what may be empty.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from branches.facts import term_end
from branches.lists import profile_of
from branches.models import Organization, OrgKind
from branches.rosters.alike import skeleton
from branches.rosters.columns import PROFILE_KEYS, UNIT_KEYS
from branches.rosters.placing import Names, identity, pass_on_errors, place, refuse_cycles
from branches.rosters.planned import CHANGED, NEW, Known, Plan, Row, open_first
from branches.rosters.read import NAMES, Record
from portal.kit.normal import folded, person


def make_plan(known: Known, records: Sequence[Record], *, ignored: Sequence[str] = ()) -> Plan:
    rows = [Row(record) for record in records]
    for row in rows:
        for key, refusal in row.record.bad.items():
            row.blame(key, refusal.msgid, **refusal.params)
        row.unit = identify(row, known)
    refuse_doubles(rows)
    names = Names(known, rows)
    for row in rows:
        check_row(row, known)
        place(row, names, known)
    refuse_cycles(rows, known)
    for row in rows:
        compare(row, known)
    pass_on_errors(rows)
    warn_of_twins(rows, known)
    return Plan(rows, list(ignored))


def identify(row: Row, known: Known) -> Organization | None:
    """The unit the row is about; None for a new one."""
    values = row.record.values
    if number := values.get("id"):
        if number in known.by_id:
            return known.by_id[number]
        row.blame(
            "id",
            _(
                "There is no unit with this system number here. Delete the number to add the unit as a new one."
            ),
        )
        return None
    by_code = known.by_code.get(folded(values.get("code", "")), [])
    by_name = open_first(known.by_name.get(folded(values.get("name", "")), []))
    for key, found in (("code", by_code), ("name", by_name)):
        if len(found) > 1:
            row.blame(
                key,
                _("%(count)s units fit this; add the code, or use the downloaded table."),
                count=len(found),
            )
            return None
        if found:
            return found[0]
    return None


def refuse_doubles(rows: list[Row]) -> None:
    """A unit, a new name and a code each stand in one row only; the later rows are wrong."""
    for key, words in (
        (lambda row: ("unit", row.unit.pk) if row.unit else None, "name"),
        (lambda row: ("name", folded(row.name)) if row.name else None, "name"),
        (
            lambda row: (
                ("code", folded(row.record.values["code"]))
                if row.record.values.get("code")
                else None
            ),
            "code",
        ),
    ):
        first: dict[Any, Row] = {}
        for row in rows:
            found = key(row)
            if found is None:
                continue
            if found in first and not row.errors:
                row.blame(
                    words,
                    _("The same unit stands in row %(row)s already."),
                    row=first[found].number,
                )
            first.setdefault(found, row)


def check_row(row: Row, known: Known) -> None:
    """What must be there, what must not change, and what follows from the rest."""
    values, unit = row.record.values, row.unit
    if unit is not None and unit.closed_on is not None:
        row.blame(
            "name",
            _("This unit was closed on %(day)s. Reopen it first."),
            day=unit.closed_on.isoformat(),
        )
    if (
        unit is not None
        and "kind" in values
        and (values["kind"] == OrgKind.BRANCH) != unit.is_branch
    ):
        row.blame(
            "kind", _("A branch cannot become another kind of unit, nor the other way round.")
        )
    if unit is None:
        check_new(row)
    code = values.get("code")
    holders = known.by_code.get(folded(code), []) if code else []
    if unit is not None and any(holder.pk != unit.pk for holder in holders):
        row.blame("code", _("Another unit has this code."))
    if row.kind != OrgKind.BRANCH:
        check_no_profile(row)
    else:
        check_dates(row)


def check_new(row: Row) -> None:
    values = row.record.values
    if "name" in values and "short_name" not in row.record.bad:
        values.setdefault("short_name", values["name"][:40])
    for key in ("name", "kind"):
        if key not in values and key not in row.record.bad:
            row.blame(key, _("A new unit needs this."))
    if (
        values.get("kind") == OrgKind.BRANCH
        and "field" not in values
        and "field" not in row.record.bad
    ):
        row.blame("field", _("A branch needs a field."))


def check_no_profile(row: Row) -> None:
    lost = [
        key
        for key in ("field", *PROFILE_KEYS)
        if row.record.values.pop(key, None) not in (None, "", 0)
    ]
    if lost:
        row.warn(_("Numbers, posts and terms are kept for branches only; they are left out here."))


def check_dates(row: Row) -> None:
    """The end of a term is computed when nobody wrote one; it must follow its beginning."""
    values = row.record.values
    start, end = now_or_new(row, "term_started_on"), now_or_new(row, "term_ends_on")
    field_ = values.get("field") or (row.unit.field if row.unit else "")
    begins_anew = row.unit is None or start != current(row.unit, "term_started_on")
    if begins_anew and start and not end and field_ and "term_ends_on" not in row.record.bad:
        values["term_ends_on"] = term_end(start, field=field_)
    if isinstance(start, date) and isinstance(end, date) and end <= start:
        row.blame("term_ends_on", _("A term ends after it begins."))


def now_or_new(row: Row, key: str) -> Any:
    if key in row.record.values:
        return row.record.values[key]
    return current(row.unit, key) if row.unit else None


def current(unit: Organization, key: str) -> Any:
    if key in UNIT_KEYS:
        return getattr(unit, key)
    profile = profile_of(unit)
    return getattr(profile, key) if profile else None


def compare(row: Row, known: Known) -> None:
    values = row.record.values
    for key in (*UNIT_KEYS, *PROFILE_KEYS):
        if key not in values:
            continue
        old = current(row.unit, key) if row.unit else None
        if not is_same(key, old, values[key]):
            row.changes[key] = (old, values[key])
    if row.parent is not None and (row.unit is None or identity(row.parent) != row.unit.parent_id):
        parent = known.by_id.get(row.unit.parent_id) if row.unit else None
        row.changes["parent"] = (parent.name if parent else None, row.parent.name)


def is_same(key: str, old: Any, new: Any) -> bool:
    """Spaces inside a name as stored are no difference; blank cells of a new unit say nothing."""
    if old is None:
        return new in ("", None)
    return old == new or (key in NAMES and person(old) == new)


def warn_of_twins(rows: list[Row], known: Known) -> None:
    """Names that only look the same as another are told, not refused."""
    seen: dict[str, str] = {}
    for unit in known.by_id.values():
        if unit.closed_on is None:
            seen.setdefault(skeleton(unit.name), unit.name)
    for row in rows:
        if row.status not in (NEW, CHANGED) or "name" not in row.changes:
            continue
        twin = seen.get(skeleton(row.name))
        own = row.unit.name if row.unit else None
        if twin is not None and twin != own and folded(twin) != folded(row.name):
            row.warn(_("Looks the same as “%(name)s”. Is it another unit?"), name=twin)
        seen.setdefault(skeleton(row.name), row.name)
