"""Compare what a reader made of a phrase, or of a table, with what the corpus expects.

A verdict is one of three words: "right"; "left" (handed to a person although it can be read);
"wrong" (a reading was asserted that the phrase does not bear). Only "wrong" does harm.
"""

import json
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
FREE_TEXT = ("measure", "when", "labels")


def phrases(path=HERE / "phrases.jsonl"):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def verdict(row, answer):
    """`answer` is one line of `read_rule --json`."""
    if answer["confidence"] == 0:
        return left_verdict(row, answer)
    if row.get("unreadable") or is_forbidden(row, answer["rules"]):
        return "wrong"
    if bool(row.get("under")) != bool(answer.get("under")):
        return "wrong"
    readings = [row["rules"], *row["accept"]]
    fits = any(same_rules(one, answer["rules"], row["points"], row["phrase"]) for one in readings)
    return "right" if fits else "wrong"


def left_verdict(row, answer):
    if not answer.get("reason"):
        return "wrong"
    person = [{"shape": "judged", "range": [0, row["points"]]}]
    return "right" if row.get("unreadable") or person in row["accept"] else "left"


def is_forbidden(row, rules):
    return any(part.items() <= rule.items() for part in row.get("must_not", ()) for rule in rules)


def same_rules(wanted, found, points, phrase):
    """The same steps, in any order: what they do together does not hang on it."""
    if len(wanted) != len(found):
        return False
    if not wanted:
        return True
    rest = wanted[1:]
    return any(
        same_rule(wanted[0], one, points, phrase)
        and same_rules(rest, found[:at] + found[at + 1 :], points, phrase)
        for at, one in enumerate(found)
    )


def same_rule(wanted, found, points, phrase):
    left, right = plain(wanted, points), plain(found, points)
    if left.get("applies") and not right.get("applies"):
        return False
    if left.get("duration") and span(left["duration"]) != span(right.get("duration", "")):
        return False
    labels = labels_agree(left.get("labels", ()), right.get("labels", ()), phrase)
    skipped = ("applies", "duration", *FREE_TEXT)
    return labels and without(left, skipped) == without(right, skipped)


def without(rule, keys):
    return {key: value for key, value in rule.items() if key not in keys}


def plain(rule, points):
    """One spelling of a rule: defaults written out, equal faces turned into one."""
    kept = {key: rule[key] for key in ("measure", "applies", "duration") if rule.get(key)}
    spelled = PLAIN.get(rule["shape"], as_it_is)
    return {**spelled(rule, points), **kept}


def as_it_is(rule, points):
    """A shape the sets never ask for has one spelling."""
    return rule


def plain_step(rule, points):
    unit, cap, target = rule["unit"], rule.get("cap"), rule.get("target")
    once = unit == cap and target is None and not rule.get("credit") and not rule.get("per")
    if once:
        return plain_binary({"points": unit}, points)
    aimed = target is not None and not rule.get("both_ways")
    return {
        "shape": "step",
        "unit": unit,
        "ratio": rule.get("of") == "ratio",
        "free": rule.get("free", 0),
        "target": target,
        "direction": rule.get("direction", "below") if aimed else None,
        "step": rule.get("step", 1),
        "rounding": rule.get("rounding"),
        "both_ways": rule.get("both_ways", False),
        "cap": cap if points is None or (cap is not None and cap < points) else None,
        "credit": rule.get("credit", False),
        "per": rule.get("per"),
        "need": rule.get("need", 1) if rule.get("per") else None,
    }


def plain_binary(rule, points):
    lost = rule.get("points")
    return {"shape": "binary", "points": None if lost == points else lost}


def plain_bands(rule, points):
    bands = rule["bands"]
    if rule.get("as") == "add" and points is not None:
        bands = [{**band, "points": lowered(band["points"], points)} for band in bands]
    rungs = [(bound(band), band["points"]) for band in bands]
    numeric = any(isinstance(at, float) for at, _ in rungs)
    if numeric and rungs[-1] in ((None, 0), (0.0, 0)):
        rungs = rungs[:-1]
    return {"shape": "bands", "rungs": rungs, "labels": [band.get("label", "") for band in bands]}


def lowered(value, points):
    both = value if isinstance(value, list) else [value]
    made = [max(0, round(points + one, 4)) for one in both]
    return made if isinstance(value, list) else made[0]


def bound(band):
    """Two thirds may be written 66.67 or 66.666667."""
    return float(round(band["ge"], 1)) if band.get("ge") is not None else None


def plain_parts(rule, points):
    each = rule.get("each_missing")
    credits = list(rule["credits"].values()) if rule.get("credits") else None
    return {"shape": "parts", "each": each, "credits": credits, "labels": list(rule["parts"])}


def plain_judged(rule, points):
    return {"shape": "judged", "range": sorted(rule["range"])}


def plain_zero_if(rule, points):
    return {"shape": "zero_if"}


def plain_gate(rule, points):
    named = rule["effect"] in ("force_tier", "grant_tier")
    tier = re.sub("等次|党支部|支部|[级類类]$", "", rule.get("tier") or "") if named else None
    return {"shape": "gate", "effect": rule["effect"], "tier": tier, "window": rule.get("window")}


def plain_adjust(rule, points):
    table = rule.get("table") or {}
    times = rule.get("multiplier", 1)
    return {
        "shape": "adjust",
        "values": list(table.values()) if times == 1 else None,
        "labels": list(table) if times == 1 else (),
        "take": rule.get("take", "sum"),
        "cap": rule.get("cap"),
        "per": rule.get("per", "event"),
        "multiplier": times,
        "dedupe": bool(rule.get("dedupe")),
    }


PLAIN = {
    "binary": plain_binary,
    "step": plain_step,
    "bands": plain_bands,
    "parts": plain_parts,
    "judged": plain_judged,
    "zero_if": plain_zero_if,
    "gate": plain_gate,
    "adjust": plain_adjust,
}


def labels_agree(wanted, found, phrase):
    """A label printed in the phrase must come back; one that the phrase only implies may differ."""
    if len(wanted) != len(found):
        return False
    return all(
        folded(one) not in folded(phrase)
        or folded(one) in folded(other)
        or folded(other) in folded(one)
        for one, other in zip(wanted, found, strict=True)
        if one
    )


def span(text):
    """ "6 months" and "half a year" are one length; in days, a month being 30."""
    units = {"day": 1, "month": 30, "year": 360}
    found = re.match(r"(\d+(?:\.\d+)?) (day|month|year)s?$", text)
    return float(found[1]) * units[found[2]] if found else text


def folded(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))


def table_faults(wanted, found):
    """What a table reader got wrong, one short line each; both sides in the corpus's form."""
    faults = [] if bare(wanted["title"]) == bare(found.get("title", "")) else ["title"]
    if [group_key(one) for one in wanted["groups"]] != [group_key(one) for one in found["groups"]]:
        faults.append("groups")
    if len(wanted["clauses"]) != len(found["clauses"]):
        faults.append(f"{len(found['clauses'])} clauses instead of {len(wanted['clauses'])}")
    for at, (one, other) in enumerate(zip(wanted["clauses"], found["clauses"], strict=False), 1):
        faults += [
            f"clause {at}: {key}" for key in one if clause_key(key, one) != clause_key(key, other)
        ]
    return faults


def group_key(group):
    return bare(group["title"]), group.get("points")


def clause_key(key, clause):
    value = clause.get(key)
    return value if key == "points" else bare(value)


def bare(text):
    """Numbering in front, points in brackets behind and points said first in a rule are not wording."""
    text = folded(text)
    text = re.sub(r"^(\(?[一二三四五六七八九十\d]+[)、.])+", "", text)
    text = re.sub(r"\((总分|總分)?[\d.]+分\)$", "", text)
    return re.sub(r"^[\d.]+分。", "", text)
