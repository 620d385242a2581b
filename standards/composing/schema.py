"""How every part of a composition is written as JSON: one table, read by parse and dump.

A type in brackets names another table: "[clamp]" a list of them, "{bonus}" a single one.
"""

from fractions import Fraction

from standards.composing import shapes
from standards.rules.schema import OPS, Field

SOURCES = ("self", "first_check", "acceptance")
WITHIN = ("committee", "field")
BASES = ("all", "graded")
GRANTED = ("outside", "inside")
ORDERS = ("high", "low")


def _need(key: str, type: str, attr: str = "", choices: tuple[str, ...] = ()) -> Field:
    return Field(key, type, attr, required=True, choices=choices)


def _may(
    key: str, type: str, default: object = None, choices: tuple[str, ...] = (), attr: str = ""
) -> Field:
    return Field(key, type, attr, default=default, choices=choices)


_LABELS = (_may("label", "text", ""), _may("label_en", "text", ""))
_WITHIN = _may("within", "choices", (), WITHIN)
TABLES = {
    "figure": (
        shapes.NamedFigure,
        (_need("key", "name"), _need("label", "text"), _may("label_en", "text", "")),
    ),
    "clamp": (
        shapes.Clamp,
        (_need("chapter", "key"), _may("floor", "amount?"), _may("ceiling", "size?")),
    ),
    "component": (
        shapes.Component,
        (
            _need("key", "name"),
            _need("from", "choice", "kind", ("chapters", "figure", "source")),
            _need("weight", "positive"),
            *_LABELS,
            _may("chapters", "keys", ()),
            _may("figure", "name", ""),
            _may("source", "choice", "", SOURCES),
            _may("maximum", "positive", shapes.HUNDRED),
        ),
    ),
    "extra": (
        shapes.Extra,
        (
            _need("key", "name"),
            _need("form", "choice", choices=("rank", "best", "average", "share")),
            _need("figure", "name"),
            _need("points", "positive"),
            *_LABELS,
            _may("step", "positive"),
            _may("least", "size", Fraction(0)),
            _may("unit", "positive"),
            _may("each", "positive", Fraction(1)),
            _may("order", "choice", "high", ORDERS),
            _WITHIN,
        ),
    ),
    "group": (
        shapes.Group,
        (_need("key", "name"), _need("clauses", "keys"), _need("cap", "size"), *_LABELS),
    ),
    "bonus": (
        shapes.Bonus,
        (
            _may("base", "size?"),
            _may("cap", "size?"),
            _may("ceiling", "size?", shapes.AS_EDITION),
            _may("groups", "[group]", ()),
        ),
    ),
    "improvement": (
        shapes.Improvement,
        (_need("each", "positive"), _need("points", "positive"), _may("cap", "size?")),
    ),
    "history": (
        shapes.History,
        (
            _may("unsolved", "factor"),
            _may("improvement", "{improvement}"),
            _may("climb", "whole"),
            _may("first", "key", ""),
        ),
    ),
    "sheet": (
        shapes.TierSheet,
        (
            _need("key", "name"),
            _need("chapters", "keys"),
            _need("pass", "size", "least"),
            _need("tiers", "keys"),
            *_LABELS,
        ),
    ),
    "startier": (shapes.StarTier, (_need("tier", "key"), _need("stars", "whole"))),
    "stars": (
        shapes.Stars,
        (_need("line", "positive"), _need("tiers", "[startier]"), _may("chapters", "keys", ())),
    ),
    "condition": (
        shapes.Condition,
        (
            _need("tier", "key"),
            _need(
                "from",
                "choice",
                "kind",
                ("total", "fact", "clause", "chapter", "component", "figure"),
            ),
            _may("least", "amount?"),
            _may("source", "choice", "", SOURCES),
            _may("fact", "name", ""),
            _may("op", "choice", "", OPS),
            _may("value", "fact", None),
            _may("clause", "key", ""),
            _may("chapter", "key", ""),
            _may("component", "name", ""),
            _may("figure", "name", ""),
        ),
    ),
    "quota": (
        shapes.Quota,
        (
            _need("tier", "key"),
            _may("most", "percent"),
            _may("places", "whole"),
            _may("least", "percent"),
            _may("base", "choice", "all", BASES),
            _may("granted", "choice", "outside", GRANTED),
            _WITHIN,
        ),
    ),
}
COMPOSITION = (
    _may("figures", "[figure]", (), attr="named"),
    _may("clamps", "[clamp]", ()),
    _may("components", "[component]", ()),
    _may("extra", "[extra]", ()),
    _may("bonus", "{bonus}", shapes.Bonus()),
    _may("history", "{history}", shapes.History()),
    _may("sheets", "[sheet]", ()),
    _may("stars", "{stars}"),
    _may("conditions", "[condition]", ()),
    _may("quotas", "[quota]", ()),
)
# Which names a part needs by its kind; any other name of the same row is refused.
WANTED = {
    "components": (
        "from",
        ("chapters", "figure", "source"),
        {"chapters": ("chapters",), "figure": ("figure",), "source": ("source",)},
    ),
    "extra": (
        "form",
        ("step", "unit"),
        {"rank": ("step",), "average": ("unit",), "best": (), "share": ()},
    ),
    "conditions": (
        "from",
        ("source", "fact", "op", "value", "clause", "chapter", "component", "figure"),
        {
            "total": ("source", "least"),
            "fact": ("fact", "op", "value"),
            "clause": ("clause",),
            "chapter": ("chapter", "least"),
            "component": ("component", "least"),
            "figure": ("figure", "least"),
        },
    ),
}
