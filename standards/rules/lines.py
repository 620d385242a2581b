"""Reads the lines of the notation into the JSON of a rule, noting every problem with its line."""

import re

from standards.rules import schema, words
from standards.rules.problems import Problem
from standards.rules.tokens import Pair, Uncut, Word, cut

_WHOLE = re.compile(r"[0-9]{1,7}\Z")
# Lines that belong to the measure or step above them.
_OWNERS = {
    "item": ("parts", "measure"),
    "class": ("measure",),
    "band": ("bands",),
    "knot": ("curve",),
    "condition": ("zero_if", "gate"),
    "level": ("adjust",),
}
_GUARDS = ("zero_if", "gate")
_TYPES = {
    "measure": {"label": "text", "label_en": "text", "from": "choice", "drop": "whole"}
    | {field.key: field.type for _, table in schema.DERIVE.values() for field in table},
    "item": {"label": "text", "label_en": "text", "points": "amount", "score": "amount"},
    "class": {"label": "text", "label_en": "text", "weight": "amount"},
    "condition": {"group": "whole"},
    "knot": {"at": "amount", "points": "amount"},
    "level": {"points": "amount"},
    "band": {"from": "amount", "is": "key", "points": "points"},
} | {
    shape: {field.key: field.type for field in table} for shape, (_, table) in schema.STEPS.items()
}
_WHEN = {"is": "flag_or_key", "value": "amount", "missing": "key", "missing_count": "whole"}
_MATCH = {"match": "choice"}
_OTHER = {"any": "all", "all": "any"}


class Lines:
    """`rule` is JSON; `places` gives the line of each JSON path that has one of its own."""

    def __init__(self, text: str) -> None:
        self.rule: dict = {"measures": [], "steps": []}
        self.places: dict[str, int] = {"$": 1}
        self.problems: list[Problem] = []
        self.owner: tuple[str, dict, str] = ("", {}, "$")
        self.groups: dict[tuple[int, int], dict] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            self.number = number
            self._line(line)

    def bad(self, zh: str, en: str) -> None:
        place = f"line {self.number}"
        self.problems.append(
            Problem(place, f"第{self.number}行：{zh}", f"Line {self.number}: {en}")
        )

    def _line(self, text: str) -> None:
        try:
            tokens = cut(text)
        except Uncut as uncut:
            self.bad(
                f"“{uncut.rest}”处看不懂，是否少了引号或值？",
                f"Cannot read “{uncut.rest}”; a quote or value is missing?",
            )
            return
        if not tokens:
            return
        head = tokens[0]
        line = words.find_line(head.text) if isinstance(head, Word) else None
        if line is None:
            listed = "、".join(words.LINES.values())
            known = ", ".join(words.LINES)
            self.bad(f"行首应为：{listed}。", f"A line begins with one of: {known}.")
        elif line in ("start", "over", "under"):
            self._head(line, tokens[1:])
        else:
            self._part(line, tokens[1:])

    def _head(self, line: str, tokens: list[Word | Pair]) -> None:
        if len(tokens) != 1 or not isinstance(tokens[0], Word):
            self.bad(f"“{words.LINES[line]}”后面写一个值。", f"“{line}” takes one value.")
        elif line in self.rule:
            self.bad(f"“{words.LINES[line]}”重复。", f"“{line}” is repeated.")
        else:
            self.places[f"$.{line}"] = self.number
            type = next(field.type for field in schema.RULE if field.key == line)
            self.rule[line] = self._value(line, "", tokens[0], type)

    def _part(self, line: str, tokens: list[Word | Pair]) -> None:
        names = [token for token in tokens if isinstance(token, Word)]
        pairs = [token for token in tokens if isinstance(token, Pair)]
        wanted = {"measure": 2, "band": 0, "knot": 0}.get(line, 1)
        if line in _GUARDS and any(words.find_key(line, pair.key) == "match" for pair in pairs):
            wanted = 0
        if len(names) != wanted or tokens[:wanted] != names:
            zh = {
                0: "只写“词=值”",
                1: "后面先写一个代号，再写“词=值”",
                2: "后面先写代号和类型，再写“词=值”",
            }[wanted]
            self.bad(
                f"“{words.LINES[line]}”{zh}。", f"“{line}” takes {wanted} word(s), then key=value."
            )
        elif line in _OWNERS:
            self._owned(line, names, self._pairs(line, pairs))
        elif line == "measure":
            self._measure(names, self._pairs(line, pairs))
        else:
            self._step(line, names[0].text if names else "", self._pairs(line, pairs))

    def _measure(self, names: list[Word], values: dict) -> None:
        kind = words.find_kind(names[1].text)
        if kind is None:
            listed = "、".join(words.KINDS.values())
            known = ", ".join(words.KINDS)
            self.bad(f"计量类型只能是：{listed}。", f"The kind of a measure is one of: {known}.")
        measure = {"name": names[0].text, "kind": kind or "flag"}
        derive = {
            key: values.pop(key) for key in ("from", "kind", "per", "need", "fact") if key in values
        }
        measure |= values
        if derive:
            measure["derive"] = derive
        if kind in schema.LISTS:
            measure[schema.LISTS[kind]] = []
        if kind in schema.CLASSED:
            measure["classes"] = []
        self._append("measures", "measure", measure)

    def _step(self, shape: str, name: str, values: dict) -> None:
        when = _when_of(values) if shape in _GUARDS else {}
        match = values.pop("match", None)
        step = {"shape": shape, **({"measure": name} if name else {}), **values}
        if when:
            step["when"] = when
        if match is not None:
            step["when"] = {match: []}
        if shape == "curve":
            step["knots"] = []
        if shape == "bands":
            step["bands"] = []
        if shape == "adjust":
            step["table"] = {}
        self._append("steps", shape, step)

    def _append(self, group: str, kind: str, part: dict) -> None:
        path = f"$.{group}[{len(self.rule[group])}]"
        self.places[path] = self.number
        self.rule[group].append(part)
        self.owner = (kind, part, path)

    def _owned(self, line: str, names: list[Word], values: dict) -> None:
        kind, part, path = self.owner
        if kind not in _OWNERS[line] or not _may_own(line, kind, part):
            above = "、".join(words.LINES[owner] for owner in _OWNERS[line])
            self.bad(
                f"“{words.LINES[line]}”要写在“{above}”行的下面。",
                f"“{line}” belongs under {' or '.join(_OWNERS[line])}.",
            )
        elif line == "band":
            self._listed(part["bands"], f"{path}.bands", values)
        elif line == "knot":
            self._listed(part["knots"], f"{path}.knots", values)
        elif line == "class":
            self._listed(part["classes"], f"{path}.classes", {"key": names[0].text, **values})
        elif line == "condition":
            self._condition(part["when"], f"{path}.when", names[0].text, values)
        elif kind == "measure":
            group = schema.LISTS[part["kind"]]
            self._listed(part[group], f"{path}.{group}", {"key": names[0].text, **values})
        else:
            table = part.setdefault("credits" if line == "item" else "table", {})
            self._tabled(
                table, names[0].text, values, f"{path}.{'credits' if line == 'item' else 'table'}"
            )

    def _condition(self, when: dict, path: str, name: str, values: dict) -> None:
        """Conditions with one group number are joined by the other word, at the place of their first."""
        [(match, listed)] = when.items()
        number = values.pop("group", None)
        condition = {"measure": name, **_when_of(values)}
        if number is None:
            self._listed(listed, f"{path}.{match}", condition)
            return
        grouped = self.groups.setdefault((id(when), number), {_OTHER[match]: []})
        if not any(each is grouped for each in listed):
            self._listed(listed, f"{path}.{match}", grouped)
        grouped[_OTHER[match]].append(condition)

    def _listed(self, group: list, path: str, value: dict) -> None:
        self.places[f"{path}[{len(group)}]"] = self.number
        group.append(value)

    def _tabled(self, table: dict, key: str, values: dict, path: str) -> None:
        if key in table:
            self.bad(f"“{key}”重复。", f"“{key}” is repeated.")
        if set(values) != {"points"}:
            self.bad("这一行写“分=…”。", "This line takes points=….")
        self.places[f"{path}.{key}"] = self.number
        table[key] = values.get("points")

    def _pairs(self, line: str, pairs: list[Pair]) -> dict:
        values: dict = {}
        for pair in pairs:
            key = words.find_key(line, pair.key)
            known = {**_TYPES[line], **(_WHEN if line in (*_GUARDS, "condition") else {})}
            known |= _MATCH if line in _GUARDS else {}
            if key is None or key not in known:
                self.bad(
                    f"“{words.LINES[line]}”行没有“{pair.key}”这一项。",
                    f"A “{line}” line has no “{pair.key}”.",
                )
            elif key in values:
                self.bad(f"“{pair.key}”重复。", f"“{pair.key}” is repeated.")
            elif pair.op != "=" and not (key == "value" and line in (*_GUARDS, "condition")):
                self.bad(f"“{pair.key}”后面用等号。", f"“{pair.key}” takes an equals sign.")
            else:
                values[key] = self._value(line, key, pair.value, known[key])
                if key == "value":
                    values["op"] = pair.op
        return values

    def _value(self, line: str, key: str, word: Word, type: str) -> object:
        if type.endswith("?") and not word.quoted and word.text.lower() in words.NONE:
            return None
        if type.startswith("choice"):
            return self._choice(line, key, word.text)
        if type == "points" and "~" in word.text:
            return word.text.split("~")
        if type == "units":
            return word.text.split("/")
        if type == "whole" and _WHOLE.match(word.text):
            return int(word.text)
        if type.startswith("bool") or (type == "flag_or_key" and not word.quoted):
            return self._flag(word, strict=type.startswith("bool"))
        return word.text

    def _flag(self, word: Word, *, strict: bool) -> bool | str:
        text = word.text.lower()
        if text in words.YES or text in words.NO:
            return text in words.YES
        if strict:
            self.bad(f"“{word.text}”应为“是”或“否”。", f"“{word.text}” must be true or false.")
        return word.text

    def _choice(self, line: str, key: str, text: str) -> str:
        found = words.find_value(line, key, text)
        if found is None:
            listed = "、".join(words.VALUES[line, key].values())
            known = ", ".join(words.VALUES[line, key])
            self.bad(f"“{text}”只能是：{listed}。", f"“{text}” must be one of: {known}.")
        return found or text


def _when_of(values: dict) -> dict:
    """The single condition among the values of a line, taken out of them."""
    keys = ("is", "op", "value", "missing", "missing_count")
    return {key: values.pop(key) for key in keys if key in values}


def _may_own(line: str, kind: str, part: dict) -> bool:
    if line == "condition":
        return "any" in part.get("when", {}) or "all" in part.get("when", {})
    if kind == "measure":
        return part["kind"] in (schema.CLASSED if line == "class" else schema.LISTS)
    return True
