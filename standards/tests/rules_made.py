"""Hypothesis strategies: any rule the language allows, and any value its measures allow."""

from hypothesis import strategies as st

from standards.rules import options

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
KEYS = TEXTS.filter(bool)
SIZES = st.decimals(0, 20, places=2).map(lambda number: f"{number:f}")
POSITIVE = st.decimals("0.01", 20, places=2).map(lambda number: f"{number:f}")
AMOUNTS = st.decimals(-20, 20, places=2).map(lambda number: f"{number:f}")
NUMERIC = ("count", "ratio", "value", "marks", "ballots")
ANY = ("flag", *NUMERIC, "grade", "parts")
TIER = ("cap_tier", "force_tier", "grant_tier")


def some(required, **optional):
    return st.fixed_dictionaries(required, optional=optional)


def labelled(**required):
    return some(required, label=TEXTS, label_en=TEXTS)


CHOICES = st.lists(
    labelled(key=KEYS), min_size=1, max_size=4, unique_by=lambda choice: choice["key"]
)
MEETINGS = some(
    {
        "from": st.just("meetings"),
        "kind": NAMES,
        "per": st.sampled_from(["month", "quarter", "half", "year"]),
        "need": st.integers(1, 9),
    }
)
FACTS = some({"from": st.just("facts"), "fact": NAMES})


@st.composite
def measures(draw, name, kind):
    measure = draw(labelled(name=st.just(name), kind=st.just(kind)))
    if kind in ("grade", "parts"):
        measure["grades" if kind == "grade" else "parts"] = draw(CHOICES)
    if kind == "ballots":
        graded = st.lists(labelled(key=KEYS, score=AMOUNTS), min_size=1, max_size=3,
                          unique_by=lambda choice: choice["key"])  # fmt: skip
        measure["grades"] = draw(graded)
    if kind in ("marks", "ballots"):
        panels = st.lists(some({"key": NAMES}, label=TEXTS, weight=POSITIVE), min_size=1,
                          max_size=3, unique_by=lambda panel: panel["key"])  # fmt: skip
        measure["classes"] = draw(panels)
    if kind == "marks" and draw(st.booleans()):
        measure["drop"] = draw(st.integers(1, 2))
    if kind in ("flag", "count", "value") and draw(st.booleans()):
        measure["derive"] = draw(st.one_of(FACTS, MEETINGS) if kind == "count" else FACTS)
    return measure


def keys_of(measure):
    return [choice["key"] for choice in measure.get("grades", measure.get("parts", []))]


def conditions(measure):
    if measure["kind"] == "flag":
        return some({"is": st.booleans()})
    if measure["kind"] == "grade":
        return some({"is": st.sampled_from(keys_of(measure))})
    if measure["kind"] == "parts":
        many = st.integers(1, len(keys_of(measure)))
        return st.one_of(
            some({"missing": st.sampled_from(keys_of(measure))}), some({"missing_count": many})
        )
    return some({"op": st.sampled_from([">", ">=", "<", "<=", "="]), "value": AMOUNTS})


@st.composite
def step_steps(draw, name):
    step = draw(
        some(
            {"unit": POSITIVE},
            direction=st.sampled_from(["above", "below"]),
            each=POSITIVE,
            rounding=st.sampled_from([None, "floor", "ceil", "exact"]),
            cap=st.none() | SIZES,
            credit=st.booleans(),
        )
    )
    if draw(st.booleans()):
        step |= draw(some({"target": AMOUNTS}, both_ways=st.booleans()))
    else:
        step |= draw(some({}, free=SIZES, target=st.none()))
    return [], {"shape": "step", "measure": name, **step}


@st.composite
def bands_steps(draw, measure, judge):
    if measure["kind"] == "grade":
        where = some({"is": st.sampled_from(keys_of(measure))})
    else:
        where = some({"from": AMOUNTS})
    ranges = st.tuples(st.integers(-9, 0), st.integers(1, 9)).map(
        lambda pair: [str(end) for end in pair]
    )
    points = st.one_of(AMOUNTS, ranges)
    listed = draw(st.lists(st.tuples(where, points), min_size=1, max_size=4))
    step = {"shape": "bands", "measure": measure["name"], **draw(some({"as": st.just("add")}))}
    step["bands"] = [{**at, "points": worth} for at, worth in listed]
    if not any(isinstance(worth, list) for _, worth in listed):
        return [], step
    return [draw(measures(judge, "points"))], {**step, "judge": judge}


@st.composite
def parts_steps(draw, measure):
    keys = keys_of(measure)
    worth = draw(
        st.one_of(
            some({"missing": SIZES}),
            some({"credits": some(dict.fromkeys(keys, SIZES))}),
        )
    )
    return [], {"shape": "parts", "measure": measure["name"], **worth}


@st.composite
def gate_steps(draw, measure):
    effect = draw(st.sampled_from(["fail", "not_graded", "zero_group", *TIER]))
    step = draw(labelled(when=conditions(measure), effect=st.just(effect)))
    if effect in TIER:
        step["tier"] = draw(KEYS)
    if effect == "zero_group":
        step["chapter"] = draw(KEYS)
    return [], {"shape": "gate", "measure": measure["name"], **step}


def escalating_steps(name):
    step = some(
        {
            "shape": st.just("escalating"),
            "measure": st.just(name),
            "units": st.lists(POSITIVE, min_size=2, max_size=4),
        },
        free=SIZES,
        cap=st.none() | SIZES,
        credit=st.booleans(),
    )
    return st.tuples(st.just([]), step)


@st.composite
def curve_steps(draw, name):
    at = draw(st.lists(st.integers(-20, 120), min_size=2, max_size=4, unique=True))
    knots = [{"at": str(number), "points": draw(AMOUNTS)} for number in sorted(at)]
    return [], {"shape": "curve", "measure": name, "knots": knots, "as": "add"}


@st.composite
def compound_steps(draw, measure, index):
    """A zero_if or gate on the measure and two more, with a group or without."""
    more = [draw(measures(f"{word}{index}", draw(st.sampled_from(ANY)))) for word in ("x", "y")]
    one, two, three = (
        {"measure": each["name"], **draw(conditions(each))} for each in (measure, *more)
    )
    outer, inner = draw(st.sampled_from([("any", "all"), ("all", "any")]))
    grouped = draw(st.booleans())
    listed = [one, {inner: [two, three]}] if grouped else [one, two, three]
    step = {"shape": draw(st.sampled_from(["zero_if", "gate"])), "when": {outer: listed}}
    return more, step | ({"effect": "fail"} if step["shape"] == "gate" else {})


def adjust_steps(name):
    table = st.dictionaries(st.sampled_from(["city", "county", "late"]), AMOUNTS, min_size=1)
    step = some(
        {"shape": st.just("adjust"), "measure": st.just(name), "table": table},
        take=st.sampled_from(["sum", "largest"]),
        cap=st.none() | SIZES,
        multiplier=AMOUNTS,
        per=st.sampled_from(["event", "person"]),
        dedupe=st.none() | st.booleans(),
        inside=st.booleans(),
    )
    return st.tuples(st.just([]), step)


def judged_steps(name):
    step = some(
        {
            "shape": st.just("judged"),
            "measure": st.just(name),
            "low": st.integers(-9, 0).map(str),
            "high": st.integers(1, 9).map(str),
        }
    )
    return st.tuples(st.just([]), step)


@st.composite
def steps(draw, index):
    """The measures a step needs, and the step."""
    shape = draw(
        st.sampled_from(
            ["binary", "step", "bands", "parts", "judged", "zero_if", "gate", "adjust",
             "escalating", "curve", "compound"]
        )
    )  # fmt: skip
    anything = ANY
    kinds = {"binary": ["flag"], "step": NUMERIC, "bands": (*NUMERIC, "grade"), "parts": ["parts"]}
    kinds |= {"judged": ["points"], "adjust": ["events"], "zero_if": anything, "gate": anything}
    kinds |= {"escalating": ["count"], "curve": NUMERIC, "compound": anything}
    measure = draw(measures(f"m{index}", draw(st.sampled_from(kinds[shape]))))
    name = measure["name"]
    made = {
        "binary": lambda: st.tuples(
            st.just([]),
            some(
                {"shape": st.just("binary"), "measure": st.just(name)},
                points=st.none() | SIZES,
                fault=st.booleans(),
            ),
        ),
        "step": lambda: step_steps(name),
        "bands": lambda: bands_steps(measure, f"judge{index}"),
        "parts": lambda: parts_steps(measure),
        "judged": lambda: judged_steps(name),
        "zero_if": lambda: st.tuples(
            st.just([]),
            some({"shape": st.just(shape), "measure": st.just(name), "when": conditions(measure)}),
        ),
        "gate": lambda: gate_steps(measure),
        "adjust": lambda: adjust_steps(name),
        "escalating": lambda: escalating_steps(name),
        "curve": lambda: curve_steps(name),
        "compound": lambda: compound_steps(measure, index),
    }
    more, step = draw(made[shape]())
    return [measure, *more], step


@st.composite
def rules(draw):
    made = [draw(steps(index)) for index in range(draw(st.integers(0, 4)))]
    rule = draw(
        some(
            {},
            start=st.sampled_from(["full", "zero"]),
            over=st.one_of(SIZES, st.none()),
            under=SIZES,
        )
    )
    rule["measures"] = [measure for needed, _ in made for measure in needed]
    rule["steps"] = [step for _, step in made]
    if rule["steps"] and draw(st.booleans()):
        rule["steps"].append(draw(st.sampled_from(rule["steps"])).copy())
    setters = [step for step in rule["steps"] if step["shape"] == "bands"]
    if setters and draw(st.booleans()):
        del setters[0]["as"]
    return rule


def spoken(measure, said):
    return st.fixed_dictionaries(
        {}, optional={panel["key"]: said for panel in measure.get("classes", [])}
    )


def votes(measure):
    return st.dictionaries(st.sampled_from(keys_of(measure)), st.integers(0, 40))


def values(measure):
    """A value as a form would send it, or None."""
    kind, counts = measure["kind"], st.integers(0, 300)
    made = {
        "flag": st.booleans(),
        "count": counts,
        "ratio": some({"part": counts, "whole": counts}),
        "value": st.one_of(AMOUNTS, st.integers(-99, 99)),
        "grade": st.sampled_from(keys_of(measure)) if kind == "grade" else st.nothing(),
        "parts": st.lists(st.sampled_from(keys_of(measure))) if kind == "parts" else st.nothing(),
        "points": some({"points": AMOUNTS, "reason": st.just("现场核查")}),
        "events": st.lists(
            some(
                {
                    "key": st.sampled_from("abc"),
                    "level": st.sampled_from(["city", "county", "late"]),
                },
                count=st.integers(0, 5),
            ),
            max_size=4,
        ),
        "marks": spoken(measure, st.lists(AMOUNTS, max_size=6)),
        "ballots": spoken(measure, votes(measure) if kind == "ballots" else st.nothing()),
    }
    return st.one_of(st.none(), made[kind], made[kind], made[kind])


@st.composite
def observed(draw):
    """A rule and a value for each of its measures."""
    rule = draw(rules())
    return rule, {measure["name"]: draw(values(measure)) for measure in rule["measures"]}


EDITIONS = st.fixed_dictionaries(
    {},
    optional={
        question.name: st.sampled_from([answer.value for answer in question.answers])
        for question in options.QUESTIONS
    },
).map(options.from_dict)
