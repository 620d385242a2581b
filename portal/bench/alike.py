"""Before a clock counts: what is stored, shown and told equals what another way gives, row by row."""

import re
from collections.abc import Iterable, Iterator

from django.db import connection
from django.test import Client

from inspections.models import Finding, Fired
from portal.bench.ground import Ground
from scoring.models import Result
from scoring.record import chapters_of, each_ready
from scoring.results import differences


def faults(ground: Ground, officer: Client, *, most: int = 10_000) -> Iterator[str]:
    """Results (the first `most`) against the pure evaluator, all sums against their rows, a page against its rows."""
    yield from proved(ground, most=most)
    yield from summed(ground)
    yield from results_page(ground, officer)


def proved(ground: Ground, *, most: int) -> Iterator[str]:
    ids = [pk for pk, _field in ground.branches[:most]]
    return differences(ground.cycle, branch_ids=ids)


def summed(ground: Ground) -> Iterator[str]:
    """Every branch's judgements as rows add up to its total: the example edition scales no chapter here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT branch_id, sum(value) FROM bench_judgement GROUP BY branch_id")
        sums = dict(cursor.fetchall())
    for result in each_ready(results_of(ground)):
        chapters = chapters_of(result).values()
        plain = not any(chapter["scaled"] or chapter["zeroed"] for chapter in chapters)
        added = sums.get(result.branch_id)
        if plain and result.total != added:
            yield f"branch {result.branch_id}: {result.total} points, its rows add up to {added}"


def results_of(ground: Ground) -> Iterator[Result]:
    rows = Result.objects.filter(cycle=ground.cycle).select_related("detail").order_by("pk")
    for result in rows.iterator(chunk_size=1000):
        result.cycle = ground.cycle
        yield result


def results_page(ground: Ground, officer: Client) -> Iterator[str]:
    """The first page of one county against its branches in the order of the tree."""
    inside = Result.objects.filter(cycle=ground.cycle, path__startswith=ground.one.path)
    by_branch = dict(inside.values_list("branch_id", "pk"))
    wanted = [by_branch[pk] for pk, _field in ground.branches if pk in by_branch][:50]
    yield from unlike("results", officer, county_page(ground), r"/results/(\d+)/", wanted)


def county_page(ground: Ground) -> str:
    return f"/results/?cycle={ground.cycle.pk}&unit={ground.one.pk}&size=50"


LEDGER = "/inspections/ledger/?size=50&sort=number"


def ledger_page(officer: Client) -> Iterator[str]:
    wanted = Finding.objects.order_by("number").values_list("pk", flat=True)[:50]
    yield from unlike("ledger", officer, LEDGER, r"/inspections/finding/(\d+)/", list(wanted))


def unlike(
    name: str, officer: Client, page: str, link: str, wanted: Iterable[int]
) -> Iterator[str]:
    answer = officer.get(page)
    shown = re.findall(f'href="{link}"', answer.content.decode())
    if answer.status_code != 200 or [int(pk) for pk in dict.fromkeys(shown)] != wanted:
        yield f"{name}: {answer.status_code}, shows {shown[:3]}, should show {wanted[:3]}"


def told(ground: Ground) -> Iterator[str]:
    """Each overdue finding has reached somebody, and nobody twice."""
    rows = list(Fired.objects.values_list("finding", "level", "due_on", "recipient"))
    if len(rows) != len(set(rows)) or len({row[0] for row in rows}) != len(ground.branches):
        yield f"reminders: {len(rows)} rows for {len(ground.branches)} overdue findings"
