"""Every lost point with its clause, rule, source and person; and what would raise the result."""

import pytest

from branches.models import Field
from branches.tests.make import TODAY, make_county
from inspections.tests.make import SHORT_RULE, make_cycle
from scoring.explaining import gaps, receipts
from scoring.tests.make import accept, make_judged, result_of
from standards.tests.make import make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    return make_judged(failing=[["records", "dues"]])


def explained(made, *, lang="zh"):
    return receipts(result_of(made, made.branches[0]), lang=lang)


def lines(chapters):
    return {line.line.key: line for chapter in chapters for line in chapter.lines}


def test_lost_points_and_total_make_the_maximum(made):
    found = explained(made)
    lost = sum(line.lost for line in lines(found).values())
    assert result_of(made, made.branches[0]).total + lost == 10_000


def test_a_lost_point_says_how_it_came_about(made):
    line = lines(explained(made))["records"]
    assert line.sentences == ["会议少开1次，每次扣0.5分，扣0.5分。", "本项满分25分，得24.5分。"]


def test_the_reader_gets_the_sentences_in_the_own_language(made):
    line = lines(explained(made, lang="en"))["records"]
    assert line.sentences[-1] == "24.5 of 25 points."


def test_a_lost_point_names_its_source_body_person_and_day(made):
    line = lines(explained(made))["dues"]
    assert (line.source, line.by, line.on) == ("self", "柳湾镇党委 王宁", TODAY.isoformat())


def test_who_was_sent_on_a_visit_speaks_for_the_county_s_team(made):
    accept(made, made.branches[0], failing={"records": {"short": 4}})
    assert lines(explained(made))["records"].by == "安禾县委组织部检查组 周岚"


def test_an_acceptance_speaks_louder_than_the_self_assessment(made):
    accept(made, made.branches[0], failing={"records": {"short": 4}})
    found = lines(explained(made))
    assert [(found[key].source, found[key].lost) for key in ("records", "dues")] == [
        ("acceptance", 200),
        ("acceptance", 0),
    ]


def test_the_gaps_list_what_costs_most_first(made):
    accept(made, made.branches[0], failing={"records": {"short": 4}, "dues": {"short": 30}})
    assert [line.line.key for line in gaps(explained(made))][:2] == ["dues", "meetings"]


def test_mandatory_clauses_lead_the_gaps():
    county = make_county()
    edition = make_edition(owner=county.county)
    points = {Field.RURAL: 5_000}
    for key, is_mandatory in (("plain", False), ("must", True)):
        make_clause(
            edition=edition, key=key, rule=SHORT_RULE, points=points, mandatory=is_mandatory
        )
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    failing = {"plain": {"short": 9}, "must": {"short": 1}}
    made = make_judged(county=county, cycle=cycle, failing=[failing])
    assert [line.line.key for line in gaps(explained(made))] == ["must", "plain"]


def test_chapters_come_in_the_order_of_the_standard(made):
    keys = [chapter.key for chapter in explained(made)]
    assert keys == list(
        made.cycle.edition.chapters.order_by("position").values_list("key", flat=True)
    )


def penalties(name, **levels):
    return {
        "measures": [{"name": "cases", "kind": "events", "label": name}],
        "steps": [{"shape": "adjust", "measure": "cases", "table": levels}],
    }


def test_a_case_entered_on_two_clauses_says_where_it_does_not_count():
    county = make_county()
    edition = make_edition(owner=county.county)
    make_clause(edition=edition, key="all", rule=SHORT_RULE)
    for key, rule in (
        ("lost", penalties("考核失分", city="-0.5")),
        ("blame", penalties("受问责", serious="-3")),
    ):
        make_clause(edition=edition, key=key, rule=rule, points={Field.RURAL: 0})
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    cases = {
        "lost": {"cases": [{"key": "K-1", "level": "city"}, {"key": "K-2", "level": "city"}]},
        "blame": {"cases": [{"key": "K-1", "level": "serious"}]},
    }
    made = make_judged(county=county, cycle=cycle, failing=[cases])
    found = lines(explained(made))
    assert found["lost"].sentences == [
        "市级（K-1），已计入其他条目，不重复计。",
        "市级（K-2），总分扣0.5分。",
    ]
    assert found["blame"].sentences == ["严重警告（K-1），总分扣3分。"]
    assert result_of(made, made.branches[0]).total == 9_650
