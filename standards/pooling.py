"""A chapter whose points stand in its heading alone: its losses in one clause, which has the points of the heading.

Townships rate villages so: 组织工作（10分）, and below it what costs how much. A clause of the preview takes the place of
all lines that only take points; what a line adds goes above the chapter. A line that was not read is judged by a
person, within the points.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.scope import Actor
from standards import originals
from standards.columns import LONG
from standards.excel_read import DEFAULTS, NEW
from standards.models import EditionImport
from standards.phrases import PERSON, READ
from standards.reading.tabletext import BONUS_KIND, PLAIN
from standards.reading.understanding import Understood
from standards.review import opened, problems_of, put_in_order, read_within, save, set_row_points
from standards.rules.amounts import write_amount
from standards.rules.parse import canonical
from standards.rules.problems import RuleError
from standards.table_rows import mode_of

LONGEST_LABEL = 40
FEWEST = 2
GAIN = re.compile(r"[加奖][\d.]+[^\d]*分|[加奖]分")
ALONE = ("step", "escalating", "judged", "adjust", "gate")


def pools(
    rows: Sequence[Mapping[str, Any]], understood: Mapping[int, Understood]
) -> dict[str, int]:
    """Chapter key -> the points of its heading, in hundredths, where none of its lines has any."""
    groups = {row["chapter"]: understood[row["number"]].group for row in rows}
    return {
        chapter: group.points
        for chapter, group in groups.items()
        if group.kind == PLAIN
        and group.points
        and len(group.lines) >= FEWEST
        and all(line.points is None for line in group.lines)
    }


def offered(kept: EditionImport) -> dict[str, int]:
    """The pools that are still to be made, in the order of the table: those with lines nobody has given points."""
    known = (kept.rows.get("reading") or {}).get("pools", {})
    chapters = dict.fromkeys(row["chapter"] for row in kept.rows["rows"])
    return {
        chapter: known[chapter]
        for chapter in chapters
        if chapter in known and len(losses(kept.rows, chapter)) >= FEWEST
    }


@transaction.atomic
def pool(actor: Actor, uploaded: EditionImport) -> None:
    """Every chapter that is offered becomes one clause and, where lines add points, these as additions."""
    kept = opened(actor, uploaded)
    chapters = offered(kept)
    if not chapters:
        raise Refused(_("No chapter of this table has its points in the heading alone."))
    for chapter, points in chapters.items():
        for row in without_points(kept.rows, chapter):
            row["points"] = dict.fromkeys(kept.rows["fields"], points)
            read_within(kept, row)
        for row in additions(kept.rows, chapter):
            row["reading"]["kind"] = BONUS_KIND
            set_row_points(kept, row, points=0)
        if found := losses(kept.rows, chapter):
            merge(kept, found, title=title_of(kept, chapter), points=points)
    save(kept)


def title_of(kept: EditionImport, chapter: str) -> str:
    """A new chapter of the table, or one that the draft has already."""
    fresh = kept.rows["chapters"].get(chapter)
    return fresh or kept.edition.chapters.get(key=chapter).title


def losses(content: Mapping[str, Any], chapter: str) -> list[dict[str, Any]]:
    return [row for row in without_points(content, chapter) if not adds(row)]


def additions(content: Mapping[str, Any], chapter: str) -> list[dict[str, Any]]:
    return [row for row in without_points(content, chapter) if adds(row)]


def without_points(content: Mapping[str, Any], chapter: str) -> list[dict[str, Any]]:
    return [
        row
        for row in content["rows"]
        if row["chapter"] == chapter and "points" in row["sentences"] and "reading" in row
    ]


def adds(row: Mapping[str, Any]) -> bool:
    rule = rule_of(row)
    if rule is None:
        return bool(GAIN.search(line_of(row))) and "扣" not in line_of(row)
    return rule.get("start") == "zero" or all(map(gives, rule["steps"]))


def rule_of(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What was read, unless somebody wrote another one."""
    return row["values"].get("rule") or row["reading"]["rule"]


def gives(step: Mapping[str, Any]) -> bool:
    if step["shape"] not in ("adjust", "judged"):
        return False
    amounts = step["table"].values() if step["shape"] == "adjust" else [step["low"]]
    return not any(amount.startswith("-") for amount in amounts)


def merge(kept: EditionImport, rows: list[dict[str, Any]], *, title: str, points: int) -> None:
    """The first of the rows becomes the clause, the others go."""
    clause, words = rows[0], printed(rows)
    if len(words) > LONG:
        raise Refused(_("The lines of “%(title)s” are too long for one clause.") % {"title": title})
    rule, problems = checked(kept, clause, joined(rows, points))
    clause["text"] = clause["values"]["text"] = f"{title}：没有评分细则所列的扣分情形。"
    clause["values"] = DEFAULTS | clause["values"] | {"rule_text": words, "rule": rule}
    clause["values"]["mode"] = mode_of(rule) if rule else clause["values"]["mode"]
    clause["points"] = dict.fromkeys(kept.rows["fields"], points)
    clause["sentences"].pop("points")
    clause["state"] = NEW
    clause["original"] = originals.joined(rows)
    unread = [reason_of(row) for row in rows if not is_sure(row)]
    clause["reading"] |= {
        "phrase": words,
        "printed": words,
        "rule": rule,
        "confidence": min(row["reading"]["confidence"] or 1.0 for row in rows) if rule else 0.0,
        "reason": "；".join([*unread, *problems]),
        "decision": READ if rule else PERSON,
        "subject": "",
    }
    gone = [row["key"] for row in rows[1:]]
    kept.rows["rows"] = [row for row in kept.rows["rows"] if row["key"] not in gone]
    put_in_order(kept.rows, clause)


def reason_of(row: Mapping[str, Any]) -> str:
    return row["reading"]["reason"] or f"“{short(row)}”扣多少由人评定"


def short(row: Mapping[str, Any]) -> str:
    return line_of(row)[:LONGEST_LABEL].rstrip("，。；：")


def printed(rows: Sequence[Mapping[str, Any]]) -> str:
    """Demand and rule of each line under a number; the rule alone where it says both."""
    return "\n".join(f"{number}. {line_of(row)}" for number, row in enumerate(rows, start=1))


def line_of(row: Mapping[str, Any]) -> str:
    text, rule = row["values"]["text"], row["values"]["rule_text"] or ""
    return rule if rule.startswith(text) else f"{text}：{rule}"


def joined(rows: Sequence[Mapping[str, Any]], points: int) -> dict[str, Any]:
    """One rule of all, each measure with a name of its own."""
    measures, steps = [], []
    for row in rows:
        rule = rule_of(row) if is_sure(row) else by_hand(row, points)
        names = {
            measure["name"]: f"m{len(measures) + at}"
            for at, measure in enumerate(rule["measures"], start=1)
        }
        measures += renamed(rule["measures"], names, key="name")
        steps += renamed(rule["steps"], names, key="measure")
    return {"measures": measures, "steps": steps}


def is_sure(row: Mapping[str, Any]) -> bool:
    """Read, and what it costs does not hang on the points of its line."""
    rule = rule_of(row)
    return (
        row["reading"]["decision"] != PERSON
        and rule.keys() <= {"measures", "steps"}
        and all(costs_so_much(step) for step in rule["steps"])
    )


def costs_so_much(step: Mapping[str, Any]) -> bool:
    """不得分 would take the line, and a table of levels gives parts of it."""
    if step["shape"] == "bands":
        return step.get("as") == "add"
    return step["shape"] in ALONE or (step["shape"] == "binary" and "points" in step)


def by_hand(row: Mapping[str, Any], points: int) -> dict[str, Any]:
    lost = write_amount(Fraction(-points, 100))
    return {
        "measures": [{"name": "m1", "kind": "points", "label": short(row)}],
        "steps": [{"shape": "judged", "measure": "m1", "low": lost, "high": "0"}],
    }


def renamed(data: Any, names: Mapping[str, str], *, key: str) -> Any:
    if isinstance(data, list):
        return [renamed(one, names, key=key) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        name: names.get(value, value)
        if name == key and isinstance(value, str)
        else renamed(value, names, key=key)
        for name, value in data.items()
    }


def checked(
    kept: EditionImport, clause: Mapping[str, Any], rule: dict[str, Any]
) -> tuple[dict[str, Any] | None, list[str]]:
    """The rule as it is stored, or why a person has to judge the clause."""
    try:
        made = canonical(rule)
        problems = problems_of(kept, clause, made)
    except RuleError as wrong:
        problems = wrong.problems
    return (None, [problem.zh for problem in problems]) if problems else (made, [])
