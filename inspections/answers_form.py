"""The answers of one sheet as fields: what is stored is shown as inputs, what is posted is read back.

Fields of a clause begin with its key and a colon: `_verdict`, `_remark`, `_paper`, and the inputs of
standards.measures_form. `_was` is a fingerprint of the clause as it was shown: only what differs from
it is written, so two people with the page open do not undo each other's clauses.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.fields import too_long
from inspections.filing import Entry
from inspections.sheets import CARRIED, DRAFT, SINGLE, Judgement
from inspections.worklist import Item
from portal.kit.normal import Unclean, clean_line, clean_text
from standards.language import reader
from standards.measures_form import Question, questions, read
from standards.measures_read import encode
from standards.sheets import Line
from standards.shortfalls import is_guard

Fields = dict[str, list[str]]
YES, NO, NA, NONE = "yes", "no", "na", ""
VERDICT, REMARK, PAPER, WAS = "_verdict", "_remark", "_paper", "_was"
LONGEST = {REMARK: 1_000, PAPER: 100}


@dataclass(frozen=True)
class Row:
    """One clause with its inputs, as the template shows it."""

    item: Item
    prefix: str
    verdict: str = NONE
    remark: str = ""
    paper: str = ""
    was: str = ""
    questions: Sequence[Question] = ()
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        return self.item.line

    @property
    def verdict_error(self) -> str:
        return self.errors.get(VERDICT, "")

    @property
    def remark_error(self) -> str:
        return self.errors.get(REMARK, "")

    @property
    def paper_error(self) -> str:
        return self.errors.get(PAPER, "")

    @property
    def words(self) -> dict[str, str]:
        return verdict_words(self.line)

    @property
    def files(self) -> list:
        return list(self.item.answer.evidence.all()) if self.item.answer else []

    @property
    def sole(self) -> Question | None:
        """The one question whose only answer 不符合 gives already."""
        return sole_question(self.questions)

    @property
    def may_fail(self) -> bool:
        """Whether there is anything a person could find short here; records speak for themselves."""
        return bool(self.line.typed)


def prefix_of(key: str) -> str:
    return f"{key}:"


def verdict_words(line: Line) -> dict[str, str]:
    """符合/不符合; where a clause only names a harm or an award, 没有/有."""
    if line.typed and all(is_guard(line.rule, measure) for measure in line.typed):
        return {YES: _("None of it"), NO: _("It happened"), NA: _("Not applicable")}
    if not line.typed:
        return {YES: _("Checked against the records"), NO: "", NA: _("Not applicable")}
    return {YES: _("Conforms"), NO: _("Does not conform"), NA: _("Not applicable")}


def rows(
    items: Iterable[Item],
    *,
    posted: Mapping[str, Fields] | None = None,
    errors: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Row]:
    """posted, errors: by clause key, for a form that is shown again."""
    posted, errors = posted or {}, errors or {}
    return [
        row(item, fields=posted.get(item.line.key), errors=errors.get(item.line.key, {}))
        for item in items
    ]


def row(item: Item, *, fields: Fields | None = None, errors: Mapping[str, str]) -> Row:
    prefix, kept = prefix_of(item.line.key), stored(item)
    shown = kept if fields is None else fields
    asked = questions(item.line, reader(), prefix=prefix, post=shown, errors=errors)
    return Row(
        item=item,
        prefix=prefix,
        verdict=first(shown, prefix + VERDICT),
        remark=first(shown, prefix + REMARK),
        paper=first(shown, prefix + PAPER),
        was=fingerprint(kept),
        questions=asked,
        errors=errors,
    )


def stored(item: Item) -> Fields:
    """The fields that would have posted what the sheet holds."""
    prefix, answer = prefix_of(item.line.key), item.answer
    fields = {prefix + VERDICT: [verdict_of(item)]}
    if answer is not None:
        fields |= {prefix + REMARK: [answer.remark], prefix + PAPER: [answer.paper]}
        fields |= encode(item.line, answer.measures, prefix=prefix)
    return filled(fields)


def verdict_of(item: Item) -> str:
    answer = item.answer
    if not item.how or (item.how == CARRIED and item.rests):
        return NONE
    if answer is not None and not answer.applicable:
        return NA
    if item.how == DRAFT:
        return NO
    return NO if answer is not None and answer.measures else YES


def posted(post: Any, keys: Iterable[str]) -> dict[str, Fields]:
    """The posted fields of these clauses, by clause. post: a QueryDict."""
    found: dict[str, Fields] = {key: {} for key in keys}
    for name, values in post.lists():
        key = name.partition(":")[0]
        if key in found:
            found[key][name] = list(values)
    return {key: filled(fields) for key, fields in found.items()}


def filled(fields: Fields) -> Fields:
    """Only what says something. A list keeps its places when any of them is filled."""
    kept = {name: values for name, values in fields.items() if any(v.strip() for v in values)}
    return {
        name: trimmed(values)
        for name, values in kept.items()
        if not (name.endswith("__count") and set(values) <= {"1", ""})
    }


def trimmed(values: list[str]) -> list[str]:
    while values and not values[-1].strip():
        values = values[:-1]
    return values


def changed(items: Iterable[Item], post: Any) -> dict[str, Fields]:
    """Clauses of a whole form that differ from what was shown, with their fields."""
    shown = {item.line.key for item in items if prefix_of(item.line.key) + WAS in post}
    result = {}
    for key, fields in posted(post, shown).items():
        was = first(fields, prefix_of(key) + WAS)
        said = {name: values for name, values in fields.items() if not name.endswith(":" + WAS)}
        if fingerprint(said) != was:
            result[key] = said
    return result


def overlaid(items: Iterable[Item], post: Any) -> dict[str, Fields]:
    """For an autosave: the stored clause with the changed fields laid over it."""
    by_key = {item.line.key: item for item in items}
    result: dict[str, Fields] = {}
    for name in post.getlist("changed"):
        key = name.partition(":")[0]
        if key in by_key and not name.endswith(":" + WAS):
            fields = result.setdefault(key, stored(by_key[key]))
            fields[name] = post.getlist(name)
    return {key: filled(fields) for key, fields in result.items()}


def fingerprint(fields: Fields) -> str:
    text = json.dumps(sorted(fields.items()), ensure_ascii=False)
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def read_clause(line: Line, fields: Fields) -> tuple[Entry | None, dict[str, str]]:
    """The entry to save, or None with the errors by field (`_remark`, or the measure's name)."""
    prefix = prefix_of(line.key)
    words, errors = read_words(fields, prefix)
    clean, unclean = cleaned(fields, prefix)
    verdict = first(clean, prefix + VERDICT)
    if verdict not in (YES, NO, NA, NONE) or (verdict == NO and not line.typed):
        errors[VERDICT] = _("Choose one of the answers offered.")
    clean = only_answer(line, prefix) | clean
    values, bad = read(line, clean, prefix) if verdict == NO and not unclean else ({}, {})
    errors |= bad | unclean
    if errors:
        return None, errors
    said = Judgement(
        line.key,
        values=short_of(line, values),
        applicable=verdict != NA,
        remark=words[REMARK],
        paper=words[PAPER],
    )
    return Entry(
        line.key, said if verdict or said.is_exception else None, how_of(verdict, said)
    ), {}


def only_answer(line: Line, prefix: str) -> Fields:
    """Where one tick is all there is to say, 不符合 has said it."""
    sole = sole_question(questions(line, reader(), prefix=prefix))
    return {sole.name: [sole.buttons[0].value]} if sole else {}


def sole_question(asked: Sequence[Question]) -> Question | None:
    is_sole = len(asked) == 1 and len(asked[0].buttons) == 1 and not asked[0].boxes
    return asked[0] if is_sole else None


def how_of(verdict: str, said: Judgement) -> str | None:
    """A problem without its measure, a 不适用 without its reason: kept, but it still waits."""
    if verdict == NONE:
        return None
    thin = (verdict == NO and not said.values) or (verdict == NA and not said.remark)
    return DRAFT if thin else SINGLE


def short_of(line: Line, values: Mapping[str, Any]) -> dict[str, Any]:
    """Only the measures that do not simply conform."""
    given = encode(line, values)
    return {m.name: values[m.name] for m in line.typed if says(given, m.name)}


def says(given: Mapping[str, Any], name: str) -> bool:
    return any(each == name or each.startswith(name + "__") for each in given)


def read_words(fields: Fields, prefix: str) -> tuple[dict[str, str], dict[str, str]]:
    words, errors = {REMARK: "", PAPER: ""}, {}
    for name, clean in ((REMARK, clean_text), (PAPER, clean_line)):
        try:
            words[name] = clean(first(fields, prefix + name))
        except Unclean as bad:
            errors[name] = bad.sentence
        if sentence := too_long(words[name], most=LONGEST[name]):
            errors[name] = sentence
    return words, errors


def cleaned(fields: Fields, prefix: str) -> tuple[Fields, dict[str, str]]:
    """The inputs of measures without characters that nothing can store."""
    clean: Fields = {}
    for name, values in fields.items():
        if name in (prefix + REMARK, prefix + PAPER):
            continue
        try:
            clean[name] = [clean_line(value[:1_000]) for value in values]
        except Unclean as bad:
            return {}, {VERDICT: bad.sentence}
    return clean, {}


def read_all(
    items: Iterable[Item], given: Mapping[str, Fields]
) -> tuple[list[Entry], dict[str, dict[str, str]]]:
    """Entries of the clauses that can be saved, errors by clause of those that cannot."""
    lines = {item.line.key: item.line for item in items}
    entries, errors = [], {}
    for key, fields in given.items():
        entry, bad = read_clause(lines[key], fields)
        if entry is not None:
            entries.append(entry)
        if bad:
            errors[key] = bad
    return entries, errors
