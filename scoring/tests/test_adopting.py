"""A newer edition in a running cycle: kept, carried over with what changed reopened, or reckoned anew."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Deed, Notice
from accounts.refusal import Refused
from accounts.tests.make import NOW
from inspections import converting
from inspections.models import Adoption, AdoptionStage, Answer, Assessment, Cycle, Stage, Way
from inspections.tests.make import FLAG_RULE, SHORT_RULE
from scoring import adopting, results
from scoring.models import Result, Run
from scoring.record import chapters_of
from scoring.tests.make import decide_all, make_judged, publish_all
from standards import actions
from standards.models import Edition
from standards.tests.make import enter, make_clause, put_in_force

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
REASON = "上级新规定年内执行"


@pytest.fixture(scope="module")
def built(lasting):
    """Four passed filings; the first is three meetings short under “records”. And a newer edition."""
    made = make_judged(failing=[{"records": {"short": 3}}])
    made.newer = make_newer(made)
    return made


@pytest.fixture
def newer(made):
    return made.newer


def make_newer(made):
    """Records cost twice as much, dues are measured otherwise, one clause is new."""
    draft = actions.create_draft(
        made.officer, made.county, now=NOW, client_key=uuid4(), from_edition=made.cycle.edition
    )
    dearer = SHORT_RULE | {"steps": [{"shape": "step", "measure": "short", "unit": "1"}]}
    for key, rule in (("records", dearer), ("dues", FLAG_RULE)):
        actions.edit_clause(made.officer, draft.clauses.get(key=key), now=NOW, rule=rule)
    make_clause(edition=draft, key="fresh", code="1.9", rule=FLAG_RULE, points={"rural": 500})
    made.cycle.edition.__class__.objects.filter(pk=made.cycle.edition_id).update(state="superseded")
    return put_in_force(Edition.objects.get(pk=draft.pk), by=made.second_officer.user, now=LATER)


def asked(made, newer, way, *, reason=REASON):
    return adopting.ask(made.officer, made.cycle, edition=newer, way=way, reason=reason, now=LATER)


def adopted(made, newer, way):
    done = adopting.confirm(made.second_officer, asked(made, newer, way), now=LATER)
    made.cycle.refresh_from_db()
    return done


def stages(made):
    return set(Assessment.objects.filter(cycle=made.cycle).values_list("stage", flat=True))


def first(made):
    return Assessment.objects.get(cycle=made.cycle, branch=made.branches[0])


def test_the_plan_counts_what_carries_over_and_saves_nothing(made, newer):
    rows = Assessment.objects.filter(cycle=made.cycle).select_related("branch")
    before = list(Answer.objects.values())
    counts = converting.plan(rows, old=made.cycle.edition, new=newer).counts
    assert counts == {
        "assessments": 4, "filed": 4, "kept": 16, "again": 8, "concerned": 4, "reopened": 4,
    }  # fmt: skip
    assert list(Answer.objects.values()) == before


def test_frozen_keeps_the_edition_and_writes_it_down(made, newer):
    done = adopted(made, newer, Way.FROZEN)
    assert (done.stage, made.cycle.edition_id == newer.pk) == (AdoptionStage.DONE, False)
    assert list(
        Deed.objects.filter(verb__startswith="adoption").values_list("verb", flat=True)
    ) == [
        "adoption.ask",
        "adoption.confirm",
    ]


def test_migrated_reopens_only_new_and_changed_clauses(made, newer):
    adopted(made, newer, Way.MIGRATED)
    row = first(made)
    marks = row.marks.filter(round=row.round).values_list("clause_key", flat=True)
    assert (stages(made), made.cycle.edition_id) == ({Stage.RETURNED}, newer.pk)
    assert set(marks) == {"dues", "fresh"}
    sheet = row.sheets.get(source="self")
    assert set(sheet.coverage) == {"setup", "records", "meetings", "falsified"}
    assert sheet.answers.get(clause_key="records").measures == {"short": 3}


def test_regraded_leaves_filings_where_they_are_and_reckons_them_anew(made, newer):
    before = chapters_of(Result.objects.get(branch=made.branches[0]))
    adopted(made, newer, Way.REGRADED)
    after = Result.objects.get(branch=made.branches[0])
    found = (before, chapters_of(after))
    points = [sum(c["points"] for c in chapters.values()) for chapters in found]
    # Dues (25) wait to be judged again; three meetings short now cost 3 instead of 1.5.
    assert (stages(made), points) == ({Stage.PASSED}, [9350, 6700])
    assert (after.proposal, after.unjudged) == ("open", 2)


@pytest.mark.parametrize("way", [Way.MIGRATED, Way.REGRADED])
def test_results_reckoned_anew_are_not_taken_for_old_ones(made, newer, way):
    adopted(made, newer, way)
    cycle = Cycle.objects.get(pk=made.cycle.pk)
    assert results.stale(cycle, now=Result.objects.first().computed_at) == set()


def test_what_was_reckoned_before_goes_on_file_first(made, newer):
    adopted(made, newer, Way.REGRADED)
    run = Run.objects.get(cycle=made.cycle)
    assert (run.edition_id == newer.pk, run.result_count, run.reason) == (False, 4, REASON)


def test_the_words_of_a_clause_to_be_answered_again_stay(made, newer):
    row = first(made)
    sheet = row.sheets.get(source="self")
    Answer.objects.create(
        sheet=sheet, clause_key="dues", measures={"short": 1}, remark="漏收一月", on=NOW.date(),
        at=NOW, by=made.clerk.user,
    )  # fmt: skip
    adopted(made, newer, Way.MIGRATED)
    kept = sheet.answers.get(clause_key="dues")
    assert (kept.remark, kept.measures) == ("漏收一月", {})


def test_who_asked_does_not_carry_it_out(made, newer):
    with pytest.raises(Refused):
        adopting.confirm(made.officer, asked(made, newer, Way.MIGRATED), now=LATER)


def test_the_database_keeps_the_two_apart(made, newer):
    row = asked(made, newer, Way.FROZEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.filter(pk=row.pk).update(
            stage="done", settled_at=LATER, settled_by=made.officer.user
        )


def test_published_results_forbid_it(made, newer):
    decide_all(made)
    publish_all(made)
    with pytest.raises(Refused):
        asked(made, newer, Way.REGRADED)


@pytest.mark.parametrize("way, reason", [("elsewhere", REASON), (Way.FROZEN, "  ")])
def test_asking_needs_a_way_and_a_reason(made, newer, way, reason):
    with pytest.raises(Refused):
        asked(made, newer, way, reason=reason)


def test_one_request_waits_at_a_time_and_can_be_dropped(made, newer):
    row = asked(made, newer, Way.MIGRATED)
    with pytest.raises(Refused):
        asked(made, newer, Way.FROZEN)
    adopting.drop(made.second_officer, row, now=LATER)
    told = Notice.objects.filter(user=made.officer.user).values_list("code", flat=True)
    assert "adoption.dropped" in told
    assert asked(made, newer, Way.FROZEN).stage == AdoptionStage.ASKED


# ---- the page ----


def test_two_persons_change_the_edition_at_the_screen(made, newer):
    address = reverse("scoring:adoption", args=[made.cycle.pk])
    officer, second = enter(made.officer), enter(made.second_officer)
    assert len(officer.get(address).context["ways"]) == 3
    answers = [officer.post(address, {"way": "migrated", "reason": r}) for r in ("", REASON)]
    seen = [who.get(address).context["verbs"] for who in (officer, second)]
    assert seen == [{"adoption.drop"}, {"adoption.confirm", "adoption.drop"}]
    confirm = reverse("scoring:adoption_confirm", args=[Adoption.objects.get().pk])
    answers += [officer.post(confirm), second.post(confirm)]
    made.cycle.refresh_from_db()
    assert [a.status_code for a in answers] == [422, 302, 403, 302]
    assert made.cycle.edition_id == newer.pk
    assert officer.get(address).context["edition"] is None


def test_the_page_of_another_rung_is_closed(made, newer):
    address = reverse("scoring:adoption", args=[made.cycle.pk])
    assert [enter(who).get(address).status_code for who in (made.leader, made.clerk)] == [403, 403]


def test_the_branch_opens_its_reopened_filing(made, newer):
    adopted(made, newer, Way.MIGRATED)
    page = enter(made.clerk).get(reverse("inspections:assessment", args=[first(made).pk]))
    assert page.status_code == 200
