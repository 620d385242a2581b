"""Each section of a composition as a form: what its rows ask and how they are written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from standards.composing.shapes import OWN_TOTAL
from standards.composition_form import (
    JSON,
    AmountField,
    CountField,
    SectionForm,
    divided,
    kept,
    named,
    pick,
    tick,
)
from standards.rules.schema import OPS
from standards.vocabulary import FACTS, SIGNS


class FiguresForm(SectionForm):
    section, ROWS, key_prefix = "figures", 6, "figure"

    def columns(self):
        return {"label": named(_("Figure")), "label_en": named(_("In English"))}

    def required(self, row):
        return ("label",)


class ClampsForm(SectionForm):
    """One row for each chapter."""

    section = "clamps"

    def __init__(self, *args, edition, **kwargs):
        self.ROWS = edition.chapters.count()
        super().__init__(*args, edition=edition, **kwargs)
        for at, (_key, title) in enumerate(self.offer.chapters):
            self.fields[f"floor_{at}"].label = _("%(chapter)s: not less than") % {"chapter": title}
            self.fields[f"ceiling_{at}"].label = _("%(chapter)s: not more than") % {
                "chapter": title
            }

    def items(self):
        """In the order of the chapters, an empty one where nothing is agreed."""
        agreed = {item["chapter"]: item for item in self.agreed or []}
        return [agreed.get(key, {}) for key, _title in self.offer.chapters]

    def columns(self):
        return {"floor": AmountField(), "ceiling": AmountField()}

    def shown(self, item):
        return {name: item.get(name, "") for name in ("floor", "ceiling")}

    def changes(self):
        rows = (
            {"chapter": key, **kept(self.row(at), "floor", "ceiling")}
            for at, (key, _title) in enumerate(self.offer.chapters)
        )
        return [row for row in rows if len(row) > 1]

    def row(self, at: int) -> JSON:
        return {name: self.cleaned_data.get(f"{name}_{at}") for name in ("floor", "ceiling")}


class ComponentsForm(SectionForm):
    section, ROWS, key_prefix = "components", 6, "part"

    def columns(self):
        figures = [(f"figure:{key}", label) for key, label in self.offer.figures]
        sources = [(f"source:{key}", label) for key, label in self.offer.sources]
        what = [("chapters:", _("Chapters ticked here")), *figures, *sources]
        return {
            "label": named(_("Component")),
            "weight": AmountField(label=_("Weight in per cent")),
            "what": pick(_("What it takes"), what),
            "maximum": AmountField(label=_("Full points of the figure (100 if empty)")),
            "chapters": tick(_("Chapters"), self.offer.chapters),
        }

    def required(self, row):
        more = ("chapters",) if row["what"] == "chapters:" else ()
        return ("label", "weight", "what", *more)

    def shown(self, item):
        name = "" if item["from"] == "chapters" else item[item["from"]]
        return item | {"what": f"{item['from']}:{name}"}

    def item(self, row):
        kind, name = divided(row["what"])
        found = kept(row, "label", "weight") | ({"from": kind} if kind else {})
        if kind == "chapters":
            return found | kept(row, "chapters")
        return (
            found
            | ({kind: name} if kind else {})
            | (kept(row, "maximum") if kind == "figure" else {})
        )


class ExtraForm(SectionForm):
    section, ROWS, key_prefix = "extra", 4, "line"

    def columns(self):
        forms_ = [
            ("rank", _("By rank")),
            ("best", _("In proportion to the best")),
            ("average", _("By the distance from the average")),
            ("share", _("By its own per cent")),
        ]
        own = (OWN_TOTAL, self.offer.words.FIGURES[OWN_TOTAL])
        return {
            "label": named(_("Line")),
            "figure": pick(_("Figure"), [*self.offer.figures, own]),
            "form": pick(_("How it is counted"), forms_),
            "points": AmountField(label=_("Full points")),
            "step": AmountField(label=_("Less for each rank (by rank)")),
            "unit": AmountField(label=_("Off for each step (average)")),
            "each": AmountField(label=_("One step is (average; 1 if empty)")),
            "least": AmountField(label=_("Not less than")),
            "low": forms.BooleanField(label=_("Less is better"), required=False),
            "within": tick(_("Compared within the same"), self.offer.within),
        }

    def is_filled(self, row):
        return super().is_filled({**row, "low": None})

    def required(self, row):
        more = {"rank": ("step",), "average": ("unit",)}.get(row["form"], ())
        return ("label", "figure", "form", "points", *more)

    def shown(self, item):
        return item | {"low": item.get("order") == "low"}

    def item(self, row):
        found = kept(row, "label", "figure", "form", "points", "least", "within")
        found |= kept(row, *{"rank": ("step",), "average": ("unit", "each")}.get(row["form"], ()))
        return found | ({"order": "low"} if row["low"] else {})


class BonusForm(SectionForm):
    """Limits of all bonus, then groups of clauses capped together."""

    section, ROWS, key_prefix = "bonus", 4, "group"

    def items(self):
        return list((self.agreed or {}).get("groups", []))

    def single(self):
        return {
            "base": AmountField(label=_("Bonus only from so many points on")),
            "cap": AmountField(label=_("Most bonus in all")),
            "ceiling": AmountField(label=_("Highest total (as in the head if empty)")),
            "unlimited": forms.BooleanField(label=_("The total has no ceiling"), required=False),
        }

    def shown_single(self):
        agreed = self.agreed or {}
        return kept(agreed, "base", "cap", "ceiling") | {
            "unlimited": "ceiling" in agreed and agreed["ceiling"] is None
        }

    def columns(self):
        return {
            "label": named(_("Group of bonus")),
            "cap": AmountField(label=_("Most points together")),
            "clauses": tick(_("Clauses"), self.offer.giving),
        }

    def required(self, row):
        return ("label", "cap", "clauses")

    def changes(self):
        data = self.cleaned_data
        found = kept(data, "base", "cap", "ceiling")
        if data["unlimited"]:
            found["ceiling"] = None
        groups = self.listed()
        return found | ({"groups": groups} if groups else {})


class HistoryForm(SectionForm):
    section = "history"

    def single(self):
        return {
            "unsolved": AmountField(label=_("Losses with an open earlier problem count (times)")),
            "each": AmountField(label=_("Bonus for every (points better than last time)")),
            "points": AmountField(label=_("gives (points)")),
            "cap": AmountField(label=_("at most (points)")),
            "climb": CountField(label=_("Tiers up at a time, at most")),
            "first": pick(_("Best tier the first time"), self.offer.tiers, empty=_("No limit")),
        }

    def items(self):
        return []

    def shown_single(self):
        agreed = self.agreed or {}
        return {**agreed, **agreed.get("improvement", {})}

    def clean(self):
        values = super().clean()
        better = [values.get(name) for name in ("each", "points", "cap")]
        for name, value in zip(("each", "points"), better, strict=False):
            if any(better) and not value:
                self.want(name)
        if values.get("first") and values.get("climb") is None:
            self.want("climb")
        return values

    def changes(self):
        data = self.cleaned_data
        better = kept(data, "each", "points", "cap")
        found = kept(data, "unsolved", "climb", "first")
        return found | ({"improvement": better} if better else {})


class SheetsForm(SectionForm):
    section, ROWS, key_prefix = "sheets", 5, "sheet"

    def columns(self):
        return {
            "label": named(_("Sheet")),
            "pass": AmountField(label=_("Must reach (points)")),
            "chapters": tick(_("Chapters"), self.offer.chapters),
            "tiers": tick(_("For the tiers"), self.offer.tiers),
        }

    def required(self, row):
        return ("label", "pass", "chapters", "tiers")


class StarsForm(SectionForm):
    section = "stars"

    def single(self):
        tiers = {
            f"tier_{at}": CountField(label=_("Stars for “%(tier)s”") % {"tier": label})
            for at, (_key, label) in enumerate(self.offer.tiers)
        }
        line = AmountField(label=_("A star from (per cent of the chapter)"))
        chapters = tick(_("Chapters with a star (all if none is ticked)"), self.offer.chapters)
        return {"line": line, **tiers, "chapters": chapters}

    def items(self):
        return []

    def shown_single(self):
        agreed = self.agreed or {}
        wanted = {row["tier"]: row["stars"] for row in agreed.get("tiers", [])}
        tiers = {
            f"tier_{at}": wanted[key]
            for at, (key, _label) in enumerate(self.offer.tiers)
            if key in wanted
        }
        return kept(agreed, "line", "chapters") | tiers

    def clean(self):
        values = super().clean()
        counts = [values.get(f"tier_{at}") for at, _tier in enumerate(self.offer.tiers)]
        if values.get("line") and not any(counts):
            self.want("tier_0")
        if (any(counts) or values.get("chapters")) and not values.get("line"):
            self.want("line")
        return values

    def changes(self):
        data = self.cleaned_data
        tiers = [
            {"tier": key, "stars": data[f"tier_{at}"]}
            for at, (key, _label) in enumerate(self.offer.tiers)
            if data.get(f"tier_{at}")
        ]
        return kept(data, "line", "chapters") | ({"tiers": tiers} if tiers else {})


class ConditionsForm(SectionForm):
    section, ROWS = "conditions", 8

    def columns(self):
        offer = self.offer
        groups = (
            ("total", [(key, _("%(source)s: total") % {"source": s}) for key, s in offer.sources]),
            ("component", offer.parts("components")),
            ("chapter", offer.chapters),
            ("figure", offer.figures),
            ("fact", FACTS.items()),
            ("clause", offer.clauses),
        )
        what = [(f"{kind}:{key}", label) for kind, rows in groups for key, label in rows]
        return {
            "tier": pick(_("Tier"), offer.tiers),
            "what": pick(_("What is asked"), what),
            "op": pick(_("Compared (facts)"), [(op, SIGNS.get(op, op)) for op in OPS]),
            "least": AmountField(label=_("Number (a clause: full if empty)")),
        }

    def required(self, row):
        kind, _name = divided(row["what"])
        return ("tier", "what", *(() if kind in ("clause", "fact", "") else ("least",)))

    def shown(self, item):
        kind = item["from"]
        name = item["source" if kind == "total" else kind]
        return {
            "tier": item["tier"],
            "what": f"{kind}:{name}",
            "op": item.get("op", ""),
            "least": item.get("least", item.get("value", "")),
        }

    def item(self, row):
        kind, name = divided(row["what"])
        found = kept(row, "tier") | ({"from": kind} if kind else {})
        if kind == "fact":
            return found | {"fact": name, "op": row["op"] or ">=", "value": self.value(name, row)}
        return (
            found
            | ({"source" if kind == "total" else kind: name} if kind else {})
            | kept(row, "least")
        )

    def value(self, fact: str, row: JSON) -> Any:
        """Yes-or-no facts are asked to be so; numbers are compared."""
        return True if row["least"] is None else row["least"]


class QuotasForm(SectionForm):
    section, ROWS = "quotas", 6

    def columns(self):
        sides = [
            ("most", _("At most (per cent)")),
            ("places", _("At most (branches)")),
            ("least", _("At least (per cent)")),
        ]
        bases = [(key, label) for key, label in self.bases()]
        return {
            "tier": pick(_("Tier"), self.offer.tiers),
            "side": pick(_("Limit"), sides),
            "number": AmountField(label=_("Number (per cent or branches)")),
            "base": forms.ChoiceField(label=_("Per cent of"), choices=bases, required=False),
            "inside": forms.BooleanField(label=_("Granted tiers use a place"), required=False),
            "within": tick(_("Counted for each"), self.offer.within),
        }

    def bases(self):
        return (("all", _("All branches")), ("graded", _("Graded branches")))

    def is_filled(self, row):
        return bool(row["tier"] or row["side"] or row["number"])

    def required(self, row):
        return ("tier", "side", "number")

    def shown(self, item):
        side = next(side for side in ("most", "places", "least") if side in item)
        return {
            "tier": item["tier"],
            "side": side,
            "number": item[side],
            "base": item.get("base", "all"),
            "inside": item.get("granted") == "inside",
            "within": item.get("within", []),
        }

    def item(self, row):
        number = row["number"]
        if row["side"] == "places" and number and number.isdecimal():
            number = int(number)
        found = kept(row, "tier", "within") | ({row["side"]: number} if row["side"] else {})
        found |= {"base": row["base"]} if row["base"] == "graded" else {}
        return found | ({"granted": "inside"} if row["inside"] else {})


FORMS = {
    form.section: form
    for form in (
        FiguresForm,
        ClampsForm,
        ComponentsForm,
        ExtraForm,
        BonusForm,
        HistoryForm,
        SheetsForm,
        StarsForm,
        ConditionsForm,
        QuotasForm,
    )
}
