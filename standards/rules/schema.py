"""How every part of a rule is written as JSON: one table, read by parse, dump and notation."""

from dataclasses import dataclass
from fractions import Fraction

from standards.rules import shapes

KINDS = (
    "flag", "count", "ratio", "value", "grade", "parts", "points", "events", "marks", "ballots",
)  # fmt: skip
EFFECTS = ("fail", "cap_tier", "force_tier", "not_graded", "zero_group", "grant_tier")
OPS = (">=", "<=", ">", "<", "=")
ROUNDINGS = ("floor", "ceil", "exact")
PERS = ("month", "quarter", "half", "year")


@dataclass(frozen=True)
class Field:
    """`type` names a reader in read.py; `attr` the attribute where it differs from the key."""

    key: str
    type: str
    attr: str = ""
    required: bool = False
    default: object = None
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.attr or self.key


def _need(key: str, type: str, attr: str = "", choices: tuple[str, ...] = ()) -> Field:
    return Field(key, type, attr, required=True, choices=choices)


def _may(
    key: str, type: str, default: object = None, choices: tuple[str, ...] = (), attr: str = ""
) -> Field:
    return Field(key, type, attr, default=default, choices=choices)


RULE = (
    _may("start", "choice", "full", ("full", "zero")),
    _may("measures", "measures", ()),
    _may("steps", "steps", ()),
    _may("over", "size?", Fraction(0)),
    _may("under", "size"),
)
CHOICE = (_need("key", "key"), _may("label", "text", ""), _may("label_en", "text", ""))
MEASURE = (
    _need("name", "name"),
    _need("kind", "choice", choices=KINDS),
    _may("label", "text", ""),
    _may("label_en", "text", ""),
    _may("derive", "derive"),
    _may("classes", "classes", ()),
    _may("drop", "whole", 0),
)
PANEL = (
    _need("key", "name"),
    _may("label", "text", ""),
    _may("label_en", "text", ""),
    _may("weight", "positive", Fraction(1)),
)
# The key that lists the choices of a measure, and what a choice says.
LISTS = {"grade": "grades", "parts": "parts", "ballots": "grades"}
CHOICES = {"grade": CHOICE, "parts": CHOICE, "ballots": (*CHOICE, _need("score", "amount"))}
# Kinds that divide what they hear into classes.
CLASSED = ("marks", "ballots")
DERIVE = {
    "meetings": (
        shapes.MeetingCount,
        (_need("kind", "name"), _need("per", "choice", choices=PERS), _need("need", "whole")),
    ),
    "facts": (shapes.NamedFact, (_need("fact", "name"),)),
}
BAND = (
    _need("points", "points"),
    _may("from", "amount", attr="lower"),
    _may("is", "key", attr="grade"),
)

KNOT = (_need("at", "amount"), _need("points", "amount"))

_MEASURE = _need("measure", "name")
_WHEN = _need("when", "when")
# A compound condition names the measures itself.
_GUARDED = _may("measure", "name", "")
STEPS = {
    "binary": (
        shapes.Binary,
        (_MEASURE, _may("points", "size?"), _may("fault", "bool", False)),
    ),
    "step": (
        shapes.Step,
        (
            _MEASURE,
            _need("unit", "positive"),
            _may("free", "size", Fraction(0)),
            _may("target", "amount?"),
            _may("direction", "choice", "above", ("above", "below")),
            _may("each", "positive", Fraction(1)),
            _may("rounding", "choice?", None, ROUNDINGS),
            _may("both_ways", "bool", False),
            _may("cap", "size?"),
            _may("credit", "bool", False),
        ),
    ),
    "bands": (
        shapes.Bands,
        (
            _MEASURE,
            _need("bands", "bands"),
            _may("as", "choice", "set", ("set", "add"), attr="mode"),
            _may("judge", "name?"),
        ),
    ),
    "escalating": (
        shapes.Escalating,
        (
            _MEASURE,
            _need("units", "units"),
            _may("free", "size", Fraction(0)),
            _may("cap", "size?"),
            _may("credit", "bool", False),
        ),
    ),
    "curve": (
        shapes.Curve,
        (
            _MEASURE,
            _need("knots", "knots"),
            _may("as", "choice", "set", ("set", "add"), attr="mode"),
        ),
    ),
    "parts": (shapes.Parts, (_MEASURE, _may("credits", "sizes"), _may("missing", "size"))),
    "judged": (shapes.Judged, (_MEASURE, _need("low", "amount"), _need("high", "amount"))),
    "zero_if": (shapes.ZeroIf, (_GUARDED, _WHEN)),
    "gate": (
        shapes.Gate,
        (
            _GUARDED,
            _WHEN,
            _need("effect", "choice", choices=EFFECTS),
            _may("tier", "key", ""),
            _may("chapter", "key", ""),
            _may("label", "text", ""),
            _may("label_en", "text", ""),
        ),
    ),
    "adjust": (
        shapes.Adjust,
        (
            _MEASURE,
            _need("table", "amounts"),
            _may("take", "choice", "sum", ("sum", "largest")),
            _may("cap", "size?"),
            _may("multiplier", "amount", Fraction(1)),
            _may("per", "choice", "event", ("event", "person")),
            _may("dedupe", "bool?"),
            _may("inside", "bool", False),
        ),
    ),
}
SHAPE_OF = {cls: shape for shape, (cls, _) in STEPS.items()}
# What a shape can be told about: the kinds of measure it understands.
MEASURES_OF = {
    "binary": ("flag",),
    "step": shapes.NUMBERS,
    "bands": (*shapes.NUMBERS, "grade"),
    "escalating": ("count",),
    "curve": shapes.NUMBERS,
    "parts": ("parts",),
    "judged": ("points",),
    "zero_if": ("flag", *shapes.NUMBERS, "grade", "parts"),
    "gate": ("flag", *shapes.NUMBERS, "grade", "parts"),
    "adjust": ("events",),
}
