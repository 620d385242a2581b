"""A draft tried on a cycle's answers: who would change tier, why, and what would be asked again."""

import io
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from branches.tests.make import TODAY
from inspections.models import Assessment, Source
from inspections.sheets import Judgement, judge
from inspections.standing import spoken
from inspections.tests.make import FLAG_RULE, SHORT_RULE
from portal.kit import points
from scoring import simulated
from scoring.marks import by_hand, marks, placed_under
from scoring.models import Figure, Result
from scoring.simulating import simulate
from scoring.tests.make import COMPUTED, make_judged
from standards import actions
from standards.models import Clause, ClausePoints, Edition
from standards.sheets import as_issued
from standards.tests.make import NOW, enter, make_clause, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    """Of four branches the first is three meetings short (93.5), the second six (92); all lack meetings (95)."""
    return make_judged(failing=[{"records": {"short": 3}}, {"records": {"short": 6}}])


@pytest.fixture
def draft(made):
    return actions.create_draft(
        made.officer, made.county, now=NOW, client_key=uuid4(), from_edition=made.cycle.edition
    )


def tried(made, draft):
    rows = Assessment.objects.filter(cycle=made.cycle).select_related("branch__parent")
    draft = Edition.objects.get(pk=draft.pk)
    return simulate(draft, made.cycle, rows=list(rows.order_by("pk")), today=TODAY)


def clause(draft, key):
    return draft.clauses.get(key=key)


def harder(made, draft, *, unit):
    rule = SHORT_RULE | {"steps": [{"shape": "step", "measure": "short", "unit": unit}]}
    actions.edit_clause(made.officer, clause(draft, "records"), now=NOW, rule=rule)


def totals(found):
    return [(each.old.total, each.new.total) for each in found.rows]


def test_simulation_of_an_unchanged_copy_changes_nothing(made, draft):
    found = tried(made, draft)
    assert simulated.counts(found) == {
        "tier": 0, "up": 0, "down": 0, "points": 0, "same": 4, "again": 0, "all": 4,
    }  # fmt: skip
    stored = Result.objects.order_by("branch__pk").values_list("total", flat=True)
    assert [each.old.total for each in found.rows] == list(stored)


def test_simulation_when_a_rule_grows_harder_names_who_falls_and_why(made, draft):
    harder(made, draft, unit="4")
    found = tried(made, draft)
    assert totals(found)[:2] == [(9350, 8300), (9200, 7100)]
    assert [each.moved for each in found.rows] == [-1, -1, 0, 0]
    assert simulated.counts(found)["down"] == 2
    (said,) = simulated.sentences(found, found.rows[0])
    assert said.endswith("：规则调整，得分由23.5分变为13分。")


def test_simulation_when_a_clause_is_new_asks_it_and_counts_it_as_conforming(made, draft):
    make_clause(edition=draft, key="fresh", code="1.9", rule=FLAG_RULE, points={"rural": 500})
    found = tried(made, draft)
    assert [each.again for each in found.rows] == [("fresh",)] * 4
    assert totals(found)[0] == (9350, 9850)
    (row,) = [row for row in simulated.by_clause(found) if row.key == "fresh"]
    assert (row.branches, row.again) == (4, 4)


def test_simulation_when_another_thing_is_measured_asks_the_clause_again(made, draft):
    actions.edit_clause(made.officer, clause(draft, "records"), now=NOW, rule=FLAG_RULE)
    found = tried(made, draft)
    assert [each.again for each in found.rows] == [("records",)] * 4
    assert [each.new.total for each in found.rows] == [9500] * 4


def test_simulation_when_a_clause_is_dropped_says_so(made, draft):
    Clause.objects.filter(edition=draft, key="setup").delete()
    found = tried(made, draft)
    assert simulated.narrowed(found, show="all", clause="setup") == list(found.rows)
    assert simulated.sentences(found, found.rows[2])[0].endswith("：条目取消，原得25分。")


def test_simulation_when_only_a_floor_moves_names_the_floor(made, draft):
    tiers = [dict(tier) for tier in draft.tiers]
    tiers[0]["floor"] = "92.5"
    actions.edit_edition(made.officer, draft, now=NOW, tiers=tiers)
    found = tried(made, draft)
    fallen = [each for each in found.rows if each.moved == -1]
    assert [each.old.total for each in fallen] == [9200]
    assert "92.5" in simulated.sentences(found, fallen[0])[-1]


def test_simulation_of_a_composition_takes_it_into_account(made, draft):
    composition = {"clamps": [{"chapter": draft.chapters.get().key, "ceiling": "70"}]}
    Edition.objects.filter(pk=draft.pk).update(composition=composition)
    found = tried(made, draft)
    assert totals(found)[0] == (9350, 7000)


def composed(draft, composition):
    Edition.objects.filter(pk=draft.pk).update(composition=composition)


def test_simulation_says_when_a_quota_takes_the_tier(made, draft):
    composed(draft, {"quotas": [{"tier": "excellent", "places": 1, "base": "graded"}]})
    found = tried(made, draft)
    fallen = [each for each in found.rows if each.moved == -1]
    assert len(fallen) == len(found.rows) > 1
    with translation.override("zh-hans"):
        said = [simulated.sentences(found, each) for each in fallen]
    tie = "按得分可评“示范”；名额1个，最高分同分的超出名额、都不评，评为“达标”。"
    assert said == [[tie]] * len(fallen)


def test_simulation_says_when_weights_make_other_points(made, draft):
    parts = [
        {"key": "own", "label": "建设", "weight": "70", "from": "chapters", "chapters": [draft.chapters.get().key]},
        {"key": "asked", "label": "测评", "weight": "30", "from": "figure", "figure": "survey", "maximum": "100"},
    ]  # fmt: skip
    composed(draft, {"figures": [{"key": "survey", "label": "测评得分"}], "components": parts})
    for branch in Assessment.objects.filter(cycle=made.cycle).values_list("branch_id", flat=True):
        Figure.objects.create(
            cycle=made.cycle,
            branch_id=branch,
            key="survey",
            value="60",
            at=NOW,
            by=made.officer.user,
        )
    found = tried(made, draft)
    with translation.override("zh-hans"):
        said = {tuple(simulated.sentences(found, each)) for each in found.rows}
    assert said == {("各条目得分按总分汇总办法折算。",)}


def test_simulation_says_when_a_chapter_is_held_within_its_limits(made, draft):
    composed(draft, {"clamps": [{"chapter": draft.chapters.get().key, "ceiling": "70"}]})
    found = tried(made, draft)
    with translation.override("zh-hans"):
        first = simulated.sentences(found, found.rows[0])
    assert first == ["“基本组织”一章受最低、最高分限制，调整-23.5分。"]


def test_reasons_of_a_composition_ask_nothing_more_for_more_branches(made, draft):
    composed(draft, {"quotas": [{"tier": "excellent", "places": 1, "base": "graded"}]})
    found = tried(made, draft)
    simulated.sentences(found, found.rows[0])
    with CaptureQueriesContext(connection) as queries:
        for each in found.rows:
            simulated.sentences(found, each)
    assert not queries.captured_queries


COMPOSED = [
    {"quotas": [{"tier": "excellent", "places": 1, "base": "graded"}]},
    {"conditions": [{"tier": "excellent", "from": "total", "source": "self", "least": "93"}]},
    {"extra": [{"key": "x", "form": "average", "figure": "total", "points": "5", "unit": "1"}]},
]


@pytest.mark.parametrize("composition", [{}, *COMPOSED])
def test_simulation_in_columns_is_the_one_by_hand(made, draft, composition):
    harder(made, draft, unit="4")
    composed(draft, composition)
    rows = list(Assessment.objects.filter(cycle=made.cycle).select_related("branch__parent"))
    edition = as_issued(Edition.objects.get(pk=draft.pk))
    under = placed_under(made.cycle, edition, rows)
    plain = by_hand(under, rows, today=TODAY, hearing=spoken)
    assert marks(made.cycle, edition, rows, today=TODAY) == plain


def asked_otherwise(made, draft):
    actions.edit_clause(made.officer, clause(draft, "records"), now=NOW, rule=FLAG_RULE)


def one_more(made, draft):
    make_clause(edition=draft, key="fresh", code="1.9", rule=FLAG_RULE, points={"rural": 500})


def one_less(made, draft):
    Clause.objects.filter(edition=draft, key="setup").delete()


def for_the_large_only(made, draft):
    applies = [{"fact": "members", "op": ">=", "value": 7}]
    Clause.objects.filter(edition=draft, key="records").update(applies=applies)


def counted_otherwise(made, draft):
    Edition.objects.filter(pk=draft.pk).update(options={"frequency": "total"})


CHANGES = [
    lambda made, draft: None, lambda made, draft: harder(made, draft, unit="4"),
    asked_otherwise, one_more, one_less, for_the_large_only, counted_otherwise,
    *(partial(lambda plan, made, draft: composed(draft, plan), plan) for plan in COMPOSED),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_simulation_from_results_is_the_one_from_records(made, draft, change):
    change(made, draft)
    with CaptureQueriesContext(connection) as once:
        found = tried(made, draft)
    Result.objects.update(program_hash="older")
    with CaptureQueriesContext(connection) as again:
        assert tried(made, draft) == found
    assert len(found.rows) == 4
    assert [reads_results(queries) for queries in (once, again)] == [True, False]


def reads_results(queries):
    return any("packed" in query["sql"] for query in queries)


def test_simulation_when_nothing_is_observed_otherwise_reads_no_answer(made, draft):
    with CaptureQueriesContext(connection) as asked:
        tried(made, draft)
    assert not [each for each in asked if 'FROM "inspections_answer"' in each["sql"]]


def test_simulation_reads_again_what_was_answered_since(made, draft):
    row = Assessment.objects.get(cycle=made.cycle, branch=made.branches[0])
    said = Judgement("records", values={"short": 9})
    later = COMPUTED + timedelta(minutes=1)
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=later, on=TODAY)
    assert tried(made, draft).rows[0].old.total < 9350


def test_simulation_leaves_out_who_has_not_filed(made, draft):
    Assessment.objects.filter(branch=made.branches[0]).update(stage="in_progress")
    found = tried(made, draft)
    assert (len(found.rows), found.silent) == (3, 1)


def test_simulation_stores_nothing(made, draft):
    before = list(Result.objects.order_by("pk").values())
    harder(made, draft, unit="4")
    tried(made, draft)
    draft.refresh_from_db()
    assert (list(Result.objects.order_by("pk").values()), draft.state) == (before, "draft")


# ---- the page ----


def page(actor, draft, query=""):
    return enter(actor).get(reverse("scoring:simulation", args=[draft.pk]) + query)


def test_page_opens_a_list_of_as_many_rows_as_the_number_says(made, draft):
    harder(made, draft, unit="4")
    views = page(made.officer, draft).context["views"]
    shown = {
        key: page(made.officer, draft, f"?show={key}").context["page"] for key, _w, _n in views
    }
    assert {key: n for key, _w, n in views} == {k: p.paginator.count for k, p in shown.items()}


def test_page_of_a_clause_lists_the_branches_it_concerns(made, draft):
    harder(made, draft, unit="4")
    answer = page(made.officer, draft, "?clause=records")
    assert [row["name"] for row in answer.context["rows"]] == ["双井村党支部", "上坝村党支部"]


def test_page_when_a_rule_cannot_stand_says_what_to_put_right(made, draft):
    Clause.objects.filter(edition=draft, key="records").update(rule={"measures": [], "steps": [1]})
    answer = page(made.officer, draft)
    assert (answer.status_code, bool(answer.context["problems"])) == (200, True)


def test_page_without_any_cycle_says_so(made):
    other = make_edition(owner=made.town)
    assert page(made.officer, other).context["cycle"] is None


def test_page_is_not_open_below_the_county(made, draft):
    assert [page(who, draft).status_code for who in (made.secretary, made.leader)] == [404, 403]


def test_workbook_has_the_rows_of_the_list(made, draft):
    harder(made, draft, unit="4")
    address = reverse("scoring:simulation_export", args=[draft.pk]) + "?show=down"
    answer = enter(made.officer).get(address)
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    names = [cell.value for cell in sheet["A"] if cell.value and "村党支部" in str(cell.value)]
    assert names == ["双井村党支部", "上坝村党支部"]


def test_simulation_on_screen_names_the_greatest_difference_first(made, draft):
    make_clause(edition=draft, key="fresh", code="1.9", rule=FLAG_RULE, points={"rural": 500})
    Clause.objects.filter(edition=draft, key="setup").delete()
    found = tried(made, draft)
    (row,) = simulated.screen(found, found.rows[:1], simulated.columns_for(found))
    assert (row["step"], row["more"]) == (
        points.signed(found.rows[0].step),
        len(row["reasons"]) - 1,
    )
    assert row["reasons"][0].endswith("：条目取消，原得25分。")


def test_simulation_leaves_out_fields_the_draft_has_no_sheet_for(made, draft):
    ClausePoints.objects.filter(clause__edition=draft).update(field="school")
    found = tried(made, draft)
    assert (found.rows, found.silent, found.elsewhere) == ((), 0, 4)
