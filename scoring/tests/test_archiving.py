"""Runs: frozen, numbered, sealed by the database, and proved from what they hold."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from inspections.models import Assessment, CycleState, Source
from inspections.tests.make import answer_all
from scoring import archiving, deciding
from scoring.models import Result, Run, RunKind, RunResult
from scoring.results import compute
from scoring.tests.make import COMPUTED, FAR_SHORT, decide_all, publish_all

pytestmark = pytest.mark.django_db


def put_on_file(made, *, reason="第一次汇总", **more):
    return archiving.archive(made.officer, made.cycle, reason=reason, now=COMPUTED, **more)


def test_a_run_keeps_every_result_as_it_stands(made):
    run = put_on_file(made)
    want = dict(Result.objects.values_list("branch_id", "total"))
    assert dict(run.results.values_list("branch_id", "total")) == want
    assert (run.number, run.kind, run.result_count) == (1, RunKind.DERIVED, 4)
    assert run.counts == {"pass": 3, "fail": 1}
    assert Deed.objects.get(verb="run.archive").params["digest"] == run.digest


def test_runs_are_numbered_and_each_names_the_one_before(made):
    first, second = put_on_file(made), put_on_file(made, kind=RunKind.TRIAL)
    assert (second.number, second.kind, second.before_digest) == (2, RunKind.TRIAL, first.digest)


def test_publishing_makes_a_run_of_what_was_published(made):
    decide_all(made)
    one = Result.objects.select_related("branch", "cycle").first()
    deciding.publish(made.second_officer, [one], now=NOW)
    publish_all(made)
    found = list(Run.objects.order_by("number").values_list("kind", "result_count"))
    assert found == [(RunKind.PUBLISHED, 1), (RunKind.PUBLISHED, 3)]


def test_a_run_stays_while_the_result_moves_on(made):
    run = put_on_file(made)
    branch = made.branches[0]
    old = run.results.get(branch=branch).total
    row = Assessment.objects.get(cycle=made.cycle, branch=branch)
    answer_all(row, by=made.officer.user, failing=FAR_SHORT, source=Source.ACCEPTANCE)
    compute(made.cycle, branch_ids=[branch.pk], now=COMPUTED)
    assert Result.objects.get(branch=branch).total < old
    assert run.results.get(branch=branch).total == old
    assert list(archiving.run_differences(run)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda run: Run.objects.filter(pk=run.pk).update(reason="改过"),
        lambda run: run.results.update(total=10_000),
        lambda run: run.results.all().delete(),
        lambda run: RunResult.objects.create(run=run, branch=run.cycle.owner, total=1, digest="x"),
    ],
)
def test_the_database_refuses_to_touch_a_run(made, change):
    run = put_on_file(made)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(run)
    assert list(archiving.run_differences(run)) == []


def without_triggers(table, sql):
    """What somebody with the keys of the database could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        cursor.execute(sql)


@pytest.mark.parametrize("column", ["total = 9999", "name = '别处'", "tier = 'pass'"])
def test_a_row_changed_behind_the_triggers_is_named(made, column):
    run = put_on_file(made)
    row = run.results.get(branch=made.branches[1])
    without_triggers(
        "scoring_runresult", f"UPDATE scoring_runresult SET {column} WHERE id = {row.pk}"
    )
    assert [line for line in archiving.run_differences(run) if "changed" in line]
    with pytest.raises(CommandError):
        call_command("verify", stdout=None, stderr=None)


def test_a_head_changed_behind_the_triggers_is_named(made):
    run = put_on_file(made)
    without_triggers("scoring_run", "UPDATE scoring_run SET reason = '改过'")
    run.refresh_from_db()
    assert list(archiving.run_differences(run)) == [f"{run}: seal broken"]


def test_points_the_observations_do_not_give_are_named_even_with_a_fitting_digest(made):
    result = Result.objects.get(branch=made.branches[0])
    Result.objects.filter(pk=result.pk).update(total=result.total + 1)
    rows = Result.objects.filter(cycle=made.cycle)
    run = archiving.freeze(made.cycle, rows, kind=RunKind.TRIAL, by=made.officer.user, now=COMPUTED)
    [line] = archiving.run_differences(run)
    assert f"{result.total + 1} != {result.total}" in line


def test_a_later_field_of_the_branch_changes_no_run(made):
    run = put_on_file(made)
    made.branches[0].field = "organ"
    made.branches[0].save(update_fields=["field"])
    assert list(archiving.run_differences(run)) == []


@pytest.mark.parametrize("person", ["leader", "secretary", "clerk", "branch_clerk"])
def test_nobody_else_puts_results_on_file(made, person):
    with pytest.raises(Refused):
        archiving.archive(getattr(made, person), made.cycle, reason="存", now=COMPUTED)
    assert Run.objects.count() == 0


@pytest.mark.parametrize("fields", [{"reason": " "}, {"kind": "published"}, {"kind": "x"}])
def test_an_archive_without_a_purpose_is_refused(made, fields):
    with pytest.raises(Refused):
        put_on_file(made, **fields)
    assert Run.objects.count() == 0


def test_a_planned_cycle_has_nothing_to_put_on_file(made):
    made.cycle.state = CycleState.PLANNED
    made.cycle.save(update_fields=["state"])
    with pytest.raises(Refused):
        put_on_file(made)
