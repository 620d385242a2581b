"""Judged branches under an edition with a composition. Add functions; others build on these."""

from accounts.tests.make import NOW
from branches.models import Field
from branches.tests.make import make_county
from inspections.models import Assessment
from inspections.tests.make import FLAG_RULE, GATE_RULE, SHORT_RULE, make_cycle
from scoring.models import Figure
from scoring.tests.make import make_judged
from standards.tests.make import make_chapter, make_clause, make_edition, put_in_force

TIERS = [
    {"key": "five", "label": "五星", "label_en": "Five stars", "floor": "90", "passes": True},
    {"key": "four", "label": "四星", "label_en": "Four stars", "floor": "80", "passes": True},
    {"key": "three", "label": "三星", "label_en": "Three stars", "floor": "60", "passes": True},
    {"key": "none", "label": "不定星级", "label_en": "No star", "floor": "0", "passes": False},
]


def make_composed_edition(*, owner, composition, field=Field.RURAL):
    """Two chapters of 60 and 40 points, three clauses and a veto."""
    edition = make_edition(owner=owner, composition=composition)
    edition.tiers = TIERS
    daily = make_chapter(edition=edition, key="daily", title="日常工作")
    yearly = make_chapter(edition=edition, key="yearly", title="年度任务")
    make_clause(edition=edition, chapter=daily, key="setup", code="1.1", rule=FLAG_RULE, points={field: 2_000})  # fmt: skip
    make_clause(edition=edition, chapter=daily, key="records", code="1.2", rule=SHORT_RULE, points={field: 4_000}, mandatory=True)  # fmt: skip
    make_clause(edition=edition, chapter=yearly, key="dues", code="2.1", rule=SHORT_RULE, points={field: 4_000})  # fmt: skip
    make_clause(edition=edition, chapter=yearly, key="falsified", code="2.2", rule=GATE_RULE, points={field: 0})  # fmt: skip
    return put_in_force(edition)


def make_composed(composition, *, failing=(), figures=None, prior=False):
    """The four branches of make_county() judged; figures: one dict per branch."""
    county = make_county()
    cycle = make_cycle(
        owner=county.county,
        edition=make_composed_edition(owner=county.county, composition=composition),
    )
    for branch, known in zip([*county.branches, *county.foreign], figures or (), strict=False):
        for key, value in known.items():
            note_figure(cycle, branch, key, value, by=county.officer.user)
    return make_judged(failing=failing, county=county, cycle=cycle)


def note_figure(cycle, branch, key, value, *, by, at=NOW):
    return Figure.objects.create(cycle=cycle, branch=branch, key=key, value=value, at=at, by=by)


def assessments(made):
    rows = Assessment.objects.filter(cycle=made.cycle).select_related("branch", "cycle__edition")
    return list(rows.order_by("pk"))
