"""A table as plain data, for the shell and for what a preview keeps. Points are numbers or null."""

from typing import Any

from standards.reading.tableshape import Group, Line, Table
from standards.reading.understanding import Understood


def data(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "total": amount(table.total),
        "groups": [_group(group) for group in table.groups],
        "notes": table.notes,
        "remarks": [f"{remark.path} {remark.zh}".strip() for remark in table.remarks],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "title": group.title,
        "kind": group.kind,
        "points": amount(group.points),
        "clauses": [line_data(line) for line in group.lines],
    }


def line_data(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "subgroup": line.subgroup,
        "text": line.text,
        "points": amount(line.points),
        "rule_text": line.rule_text,
        "method": line.method,
        "evidence": line.evidence,
        "cadence": line.cadence,
        "checked_by": line.checker,
        "responsible": line.unit,
        "basis": line.basis,
        "source": {"sheet": line.source.sheet, "cell": line.source.cell},
    }


def reading_data(understood: Understood) -> dict[str, Any]:
    reading = understood.reading
    return {
        "phrase": understood.phrase,
        "rules": list(reading.rules),
        "rule": reading.rule,
        "confidence": reading.confidence,
        "reason": reading.reason,
        **reading.extra,
    }


def amount(centipoints: int | None) -> int | float | None:
    if centipoints is None:
        return None
    return centipoints // 100 if centipoints % 100 == 0 else centipoints / 100
