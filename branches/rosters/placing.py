"""Under which unit each row of a roster stands: found by name, in no circle, under nothing that is wrong itself."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_noop as _

from branches.models import Organization, OrgKind
from branches.rosters.planned import Known, Row, open_first
from portal.kit.normal import folded


class Names:
    """Parents by full name, code or short name: rows of this table before units known."""

    def __init__(self, known: Known, rows: list[Row]):
        self.known = known
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            for key in ("name", "short_name", "code"):
                if text := row.record.values.get(key):
                    self.rows[folded(text)].append(row)

    def find(self, text: str) -> list["Organization | Row"]:
        word = folded(text)
        for index in (self.known.by_name, self.known.by_code, self.known.by_short):
            if units := open_first(index.get(word, [])):
                return list(units)
        return list(dict.fromkeys(row.unit or row for row in self.rows.get(word, [])))


def place(row: Row, names: Names, known: Known) -> None:
    """Finds the parent the row names; a row that says nothing stays where it is."""
    if row.unit is not None and row.unit.pk == known.owner.pk:
        row.record.values.pop("parent", None)
        return
    text = row.record.values.get("parent")
    if not text:
        if row.unit is None and "parent" not in row.record.bad:
            row.blame("parent", _("A new unit needs this."))
        return
    found = names.find(text)
    if not found:
        row.blame(
            "parent",
            _("No unit of this name stands under %(owner)s or in this table."),
            owner=known.owner.short_name,
        )
    elif len(found) > 1:
        row.blame(
            "parent",
            _("%(count)s units fit this; write the full name or the code."),
            count=len(found),
        )
    else:
        accept_parent(row, found[0])


def accept_parent(row: Row, parent: "Organization | Row") -> None:
    if isinstance(parent, Organization) and parent.closed_on is not None:
        row.blame("parent", _("%(unit)s was closed and takes no units."), unit=parent.short_name)
    elif parent.kind == OrgKind.BRANCH:
        row.blame("parent", _("A branch has no units under it."))
    elif parent is row or parent is row.unit:
        row.blame("parent", _("A unit cannot stand under itself."))
    else:
        row.parent = parent


def refuse_cycles(rows: list[Row], known: Known) -> None:
    """Follows every row upward through the parents as they would be."""
    by_unit = {row.unit.pk: row for row in rows if row.unit}
    settled: set[Any] = set()
    for row in rows:
        trail: list[Row] = []
        node: Organization | Row | None = row
        while node is not None and identity(node) not in settled:
            if any(identity(node) == identity(step) for step in trail):
                for step in trail[[identity(step) for step in trail].index(identity(node)) :]:
                    step.blame("parent", _("These parents form a circle."))
                break
            here = by_unit.get(node.pk) if isinstance(node, Organization) else node
            if here is not None:
                trail.append(here)
            node = (here.parent if here else None) or above(node if here is None else here, known)
        settled.update(identity(step) for step in trail)


def identity(node: "Organization | Row") -> Any:
    if isinstance(node, Organization):
        return node.pk
    return node.unit.pk if node.unit else ("row", node.number)


def above(node: "Organization | Row", known: Known) -> Organization | None:
    unit = node if isinstance(node, Organization) else node.unit
    return known.by_id.get(unit.parent_id) if unit else None


def pass_on_errors(rows: list[Row]) -> None:
    """A new unit under a wrong new unit cannot be written either."""
    children: dict[Row, list[Row]] = defaultdict(list)
    for row in rows:
        if isinstance(row.parent, Row) and row.parent.unit is None:
            children[row.parent].append(row)
    waiting = [row for row in rows if row.errors]
    while waiting:
        parent = waiting.pop()
        for child in children[parent]:
            if not child.errors:
                child.blame(
                    "parent", _("The row of the parent (%(row)s) has errors."), row=parent.number
                )
                waiting.append(child)
