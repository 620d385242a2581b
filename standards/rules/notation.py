"""A rule as lines of text for one cell of a table, and back. docs/rules.md has the grammar.

`from_text(to_text(rule))` is the same rule, key by key; only amounts written as JSON integers come
back as strings.
"""

from collections.abc import Iterator, Mapping

from standards.rules import schema, words
from standards.rules.lines import Lines
from standards.rules.parse import parse
from standards.rules.problems import Problem, RuleError
from standards.rules.tokens import write_word


def to_text(rule: Mapping[str, object], lang: str = "zh") -> str:
    """One line per measure, choice, step, band and level. RuleError if the rule is not one."""
    parse(rule)
    return "\n".join(_lines(rule, lang))


def from_text(text: str) -> dict[str, object]:
    """The rule as JSON; RuleError lists every problem with its line number in both languages."""
    lines = Lines(text)
    if not lines.problems:
        try:
            parse(lines.rule)
        except RuleError as error:
            lines.problems += [_placed(problem, lines.places) for problem in error.problems]
    if lines.problems:
        raise RuleError(lines.problems)
    return lines.rule


def is_notation(text: str) -> bool:
    """Whether any line begins as one of the notation; else it is a phrase as people write it."""
    begun = (line.split(maxsplit=1)[0] for line in text.splitlines() if line.strip())
    return any(words.find_line(word) for word in begun)


def _placed(problem: Problem, places: Mapping[str, int]) -> Problem:
    """The line that wrote the part of the rule at the problem's path: the longest known prefix."""
    path = problem.path
    while path not in places and path != "$":
        path = path[: max(path.rfind("."), path.rfind("["))]
    line = places.get(path, 1)
    return Problem(f"line {line}", f"第{line}行：{problem.zh}", f"Line {line}: {problem.en}")


def _lines(rule: Mapping[str, object], lang: str) -> Iterator[str]:
    if "start" in rule:
        start = words.value_word("start", "", rule["start"], lang)
        yield f"{words.line_word('start', lang)} {start}"
    for key in ("over", "under"):
        if key in rule:
            amount = _value(key, "", rule[key], "size?", lang)
            yield f"{words.line_word(key, lang)} {amount}"
    for measure in rule.get("measures", []):
        yield from _measure(measure, lang)
    for step in rule.get("steps", []):
        yield from _step(step, lang)


def _measure(measure: Mapping[str, object], lang: str) -> Iterator[str]:
    kind = words.KINDS[measure["kind"]] if lang == "zh" else measure["kind"]
    pairs = [_pair("measure", key, measure[key], "text", lang) for key in _labels(measure)]
    derive = measure.get("derive", {})
    if derive:
        table = schema.DERIVE[derive["from"]][1]
        pairs.append(_pair("measure", "from", derive["from"], "choice", lang))
        pairs += [
            _pair("measure", field.key, derive[field.key], field.type, lang) for field in table
        ]
    if "drop" in measure:
        pairs.append(_pair("measure", "drop", measure["drop"], "whole", lang))
    yield " ".join([words.line_word("measure", lang), measure["name"], kind, *pairs])
    listed = measure.get(schema.LISTS.get(measure["kind"], ""), [])
    for line, more, parts in (
        ("item", "score", listed),
        ("class", "weight", measure.get("classes", [])),
    ):
        for part in parts:
            labels = [_pair(line, key, part[key], "text", lang) for key in _labels(part)]
            labels += [_pair(line, more, part[more], "amount", lang)] if more in part else []
            yield " ".join(["  " + words.line_word(line, lang), write_word(part["key"]), *labels])


def _labels(part: Mapping[str, object]) -> list[str]:
    return [key for key in ("label", "label_en") if key in part]


def _step(step: Mapping[str, object], lang: str) -> Iterator[str]:
    shape = step["shape"]
    pairs = []
    for field in schema.STEPS[shape][1]:
        if (
            field.key in step
            and field.type not in ("bands", "knots", "sizes", "amounts")
            and field.key != "measure"
        ):
            pairs.append(_pair(shape, field.key, step[field.key], field.type, lang))
    name = [step["measure"]] if step.get("measure") else []
    yield " ".join([words.line_word(shape, lang), *name, *pairs])
    yield from _compound(step.get("when", {}), lang)
    for knot in step.get("knots", []):
        both = [_pair("knot", key, knot[key], "amount", lang) for key in ("at", "points")]
        yield " ".join(["  " + words.line_word("knot", lang), *both])
    for band in step.get("bands", []):
        where = "from" if "from" in band else "is"
        at = _pair("band", where, band[where], "key" if where == "is" else "amount", lang)
        yield f"  {words.line_word('band', lang)} {at} {_pair('band', 'points', band['points'], 'points', lang)}"
    for line, table in (("item", step.get("credits", {})), ("level", step.get("table", {}))):
        for key, amount in table.items():
            points = _pair(line, "points", amount, "amount", lang)
            yield f"  {words.line_word(line, lang)} {write_word(key)} {points}"


def _compound(when: Mapping[str, object], lang: str) -> Iterator[str]:
    """One line per single condition; those of an inner group share a number."""
    number = 0
    for part in when.get("any", when.get("all", [])):
        inner = part.get("any", part.get("all"))
        number += inner is not None
        for leaf in [part] if inner is None else inner:
            rest = {key: value for key, value in leaf.items() if key != "measure"}
            pairs = [_when("condition", rest, lang)]
            if inner is not None:
                pairs.append(_pair("condition", "group", number, "whole", lang))
            yield " ".join(["  " + words.line_word("condition", lang), leaf["measure"], *pairs])


def _pair(line: str, key: str, value: object, type: str, lang: str) -> str:
    if type == "when":
        return _when(line, value, lang)
    return f"{words.key_word(line, key, lang)}={_value(line, key, value, type, lang)}"


def _value(line: str, key: str, value: object, type: str, lang: str) -> str:
    if value is None:
        return words.NONE[0 if lang == "zh" else 1]
    if isinstance(value, bool):
        return (words.YES if value else words.NO)[0 if lang == "zh" else 1]
    if type.startswith("choice"):
        return words.value_word(line, key, value, lang)
    if type == "units":
        return "/".join(str(unit) for unit in value)
    if type == "points" and isinstance(value, list):
        return "~".join(str(part) for part in value)
    return write_word(value) if type in ("text", "key") else str(value)


def _when(line: str, when: Mapping[str, object], lang: str) -> str:
    for match in ("any", "all"):
        if match in when:
            return _pair(line, "match", match, "choice", lang)
    if "op" in when:
        return f"{words.key_word(line, 'value', lang)}{when['op']}{when['value']}"
    key = next(iter(when))
    type = "whole" if key == "missing_count" else "key"
    return f"{words.key_word(line, key, lang)}={_value(line, key, when[key], type, lang)}"
