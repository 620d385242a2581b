"""Columns store what the pure way would store: every line, chapter, gate and source, on random editions."""

import json
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.make import NOW
from inspections.models import Assessment, Source
from inspections.sheets import REST, SINGLE, Judgement, judge
from inspections.standing import Records, Said, standing_of
from scoring import one_by_one, results
from scoring.columns import fresh
from scoring.formula import compose
from scoring.gathering import ByRecords, Filled, Gathered, written
from scoring.models import Detail
from scoring.one_by_one import as_result
from scoring.packing import Unpackable
from scoring.program import compiled_of
from scoring.record import Opened, chapters_of, gates_of, lines_of, opened
from scoring.tallies import composition, outcomes_of, told
from scoring.tests.editions_made import editions, lines, standing
from scoring.tests.make import COMPUTED, make_judged, result_of
from scoring.vector import fits, score
from standards.rules.shapes import NamedFact

WINDOW = (date(2026, 1, 1), date(2026, 11, 20))
FACTS = {"flag": st.booleans(), "count": st.integers(-5, 400), "value": st.integers(0, 99)}


@st.composite
def heard(draw, own):
    """What somebody said of each line, None: nobody spoke."""
    found = {}
    for line in own:
        shown = draw(standing(line))
        if shown is None:
            continue
        source, how = draw(st.sampled_from(list(Source))), draw(st.sampled_from([SINGLE, REST]))
        typed = {
            m.name: shown.values.get(m.name)
            for m in line.typed
            if shown.values.get(m.name) is not None
        }
        words = draw(st.sampled_from(["", "有差距", '引"号\\']))
        answer = Said(
            shown.applicable,
            typed,
            words,
            "",
            "王宁",
            date(2026, 9, 1),
            None,
            draw(st.integers(0, 2)),
        )
        found[line.key] = (source.value, how, draw(st.sampled_from([None, answer])))
    return found


@st.composite
def recorded(draw, own):
    """Facts for every measure that takes one; some of them unknown."""
    facts = {
        m.derive.fact: draw(st.none() | FACTS[m.kind])
        for line in own
        for m in line.derived
        if isinstance(m.derive, NamedFact)
    }
    return Records(facts | {"founded_on": draw(st.sampled_from([None, "2026-05-03"]))})


@st.composite
def filed(draw):
    own = draw(lines())
    branches = [(draw(heard(own)), draw(recorded(own))) for _n in range(draw(st.integers(1, 4)))]
    return draw(editions()), own, branches


def in_columns(program, branches):
    """{row: its stored record's lines} of the branches that fit."""
    by_records = ByRecords(program, window=WINDOW, options=program.options)
    sheets, rows = [], []
    for row, (said, records) in enumerate(branches):
        sheet = Filled(program, by_records.of(records), {})
        try:
            sheet.fill(said)
        except Unpackable:
            continue
        sheets.append(sheet)
        rows.append(row)
    return rows, sheets


def recorded_lines(program, rows, sheets):
    """Lines read back from the packed records."""
    if not rows:
        return {}
    vectors = np.repeat(program.conforming, len(rows))
    written(vectors, sheets)
    unit = SimpleNamespace(path="", short_name="", field="", parent=None)
    found = Gathered(
        program=program,
        rows=[SimpleNamespace(branch_id=row, branch=unit) for row in rows],
        vectors=vectors,
        said=np.array([sheet.said for sheet in sheets], np.uint8),
        notes=[sheet.noted() for sheet in sheets],
    )
    return {each.branch_id: stored_lines(program, each.detail) for each in fresh(found)}


def stored_lines(program, detail):
    _places, records = opened(program, [detail["packed"]])
    notes = Detail(notes=json.loads(detail["notes"] or "{}"))
    return Opened(program, records, score(program, records["seen"]), 0, notes).told


def pure_lines(edition, own, said, records, options):
    found = standing_of(own, said, records, window=WINDOW, options=options)
    outcomes = outcomes_of(own, found, edition)
    sums = {each.key: each for each in compose(composition(edition, own, found, outcomes)).lines}
    rows = [told(line, found.get(line.key), outcomes[line.key], sums[line.key]) for line in own]
    return json.loads(json.dumps(rows))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(filed())
def test_lines_read_back_are_the_lines_the_pure_way_tells(made):
    edition, own, branches = made
    program = compiled_of(edition, "rural", own)
    if not fits(program):
        return
    rows, sheets = in_columns(program, branches)
    for row, found in recorded_lines(program, rows, sheets).items():
        said, records = branches[row]
        assert found == pure_lines(edition, own, said, records, program.options)


@pytest.mark.django_db
def test_a_stored_result_is_the_one_the_pure_way_makes():
    made = make_judged(failing=[["records", "dues"], {"falsified": {"falsified": True}}])
    rows = Assessment.objects.filter(cycle=made.cycle).select_related(
        "branch__parent", "cycle__edition"
    )
    for row, each in results.tallied(list(rows), today=COMPUTED.date()):
        found, truth = result_of(made, row.branch), as_result(row, each, now=COMPUTED)
        assert [getattr(found, n) for n in one_by_one.DERIVED] == [
            getattr(truth, n) for n in one_by_one.DERIVED
        ]
        assert lines_of(found) == json.loads(json.dumps(truth.detail.told))
        assert (chapters_of(found), gates_of(found)) == (truth.detail.chapters, truth.detail.gates)
        assert (found.sources, found.sums) == (truth.sources, truth.sums)
        assert found.detail.packed is not None


@pytest.mark.django_db
def test_a_record_of_another_layout_is_not_read_and_is_found_out():
    made = make_judged()
    target = result_of(made, made.branches[0])
    Detail.objects.filter(pk=target.pk).update(packed=b"\0" * len(target.detail.packed))
    assert lines_of(result_of(made, made.branches[0])) == []
    assert len(list(results.differences(made.cycle))) == 1
    results.compute(made.cycle, now=COMPUTED)
    assert list(results.differences(made.cycle)) == []


@pytest.mark.django_db
def test_a_value_that_fits_no_layout_is_told_in_full():
    made = make_judged()
    row = Assessment.objects.get(cycle=made.cycle, branch=made.branches[0])
    said = Judgement("records", values={"short": 2**40})
    judge(
        row,
        Source.FIRST_CHECK,
        said,
        by=made.secretary.user,
        now=NOW,
        on=COMPUTED.date(),
        how=SINGLE,
    )
    results.compute(made.cycle, now=COMPUTED)
    found = result_of(made, made.branches[0])
    assert (found.detail.packed, len(lines_of(found))) == (None, 5)
    assert list(results.differences(made.cycle)) == []
