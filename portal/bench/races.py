"""What is raced: floor and product by turns, the least of several times each, the ratio against its ceiling."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from django.db import connection, transaction
from django.test import Client

from accounts.models import Notice, Outbox
from branches.scope import act_as
from inspections import reminders
from inspections.models import Assessment, Finding, Fired, Source
from inspections.sheets import Judgement, judge
from portal.bench import trial
from portal.bench.alike import LEDGER, county_page
from portal.bench.ground import TODAY, Ground
from portal.demo.rounds import at
from scoring import results, up_to_date
from scoring.filters import listed
from scoring.models import Result
from scoring.rescoring import rescore
from scoring.summaries import by_unit
from standards.models import Edition

NOW = at(TODAY, 10)


@dataclass(frozen=True)
class Race:
    """`ceiling`: the highest ratio product/floor that passes. `turns`: how often each is timed."""

    name: str
    floor: Callable[[], object]
    product: Callable[[], object]
    ceiling: float
    turns: int = 5
    between: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Time:
    name: str
    floor: float
    product: float
    spread: float
    ceiling: float

    @property
    def ratio(self) -> float:
        return self.product / self.floor

    @property
    def holds(self) -> bool:
        return self.ratio <= self.ceiling


def run(race: Race) -> Time:
    floors, products = [], []
    for _turn in range(race.turns):
        race.between()
        floors.append(timed(race.floor))
        products.append(timed(race.product))
    spread = max(products) / min(products)
    return Time(race.name, min(floors), min(products), spread, race.ceiling)


def timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def sum_of_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(value) FROM bench_judgement")
        return cursor.fetchone()[0]


def races(
    ground: Ground, officer: Client, drafts: dict[str, Edition], *, whole: bool = True
) -> list[Race]:
    """`drafts` by what the table calls them."""
    tried = [race for name, draft in drafts.items() for race in simulating(ground, name, draft)]
    return [*scoring(ground, whole=whole), *tried, *pages(ground, officer)]


def scoring(ground: Ground, *, whole: bool) -> list[Race]:
    """`whole`: from the records too. A nation's were computed once, when the ground was laid."""
    return [*(from_records(ground) if whole else ()), *as_packed(ground)]


def simulating(ground: Ground, name: str, draft: Edition) -> list[Race]:
    many = min(len(ground.branches), trial.MOST)
    return [
        Race(
            f"{name} tried on {trial.COUNTY} branches / sum of the rows",
            sum_of_rows,
            lambda: trial.tried(ground, draft, most=trial.COUNTY),
            ceiling=50 * slack(ground),
        ),
        Race(
            f"{name} tried on {many} branches / sum of the rows",
            sum_of_rows,
            lambda: trial.tried(ground, draft, most=many),
            ceiling=140 * slack(ground),
            turns=3,
        ),
    ]


def slack(ground: Ground) -> int:
    """On a small ground the floor is two milliseconds, and what every run costs at all weighs more."""
    return 1 if len(ground.branches) >= 10_000 else 4


def from_records(ground: Ground) -> list[Race]:
    return [
        Race(
            "computed from the records, first time / sum of the rows",
            sum_of_rows,
            lambda: results.compute(ground.cycle, now=NOW),
            ceiling=300 * slack(ground),
            turns=3,
            between=lambda: Result.objects.all().delete(),
        ),
        Race(
            "computed from the records, nothing changed / sum of the rows",
            sum_of_rows,
            lambda: results.compute(ground.cycle, now=NOW),
            ceiling=300 * slack(ground),
            turns=3,
        ),
    ]


def as_packed(ground: Ground) -> list[Race]:
    return [
        Race(
            "scored again as packed, every result written / sum of the rows",
            sum_of_rows,
            lambda: rescore(ground.cycle, everything=True),
            ceiling=10 * slack(ground),
            turns=3,
            between=lambda: Result.objects.update(total=0),
        ),
        Race(
            "scored again as packed, nothing changed / sum of the rows",
            sum_of_rows,
            lambda: rescore(ground.cycle, everything=True),
            ceiling=5 * slack(ground),
            turns=3,
        ),
        Race(
            "is anything stale / sum of the rows",
            sum_of_rows,
            lambda: up_to_date.stale(ground.cycle, now=NOW),
            ceiling=9 * slack(ground),
            turns=3,
        ),
        one_answer(ground, "one answer changed", ceiling=90 * slack(ground)),
    ]


def one_answer(ground: Ground, name: str, *, ceiling: int) -> Race:
    return Race(
        f"{name}, result and county sums / one-row update",
        lambda: touch(ground),
        lambda: change(ground),
        ceiling=ceiling,
        turns=9,
    )


def weighted(ground: Ground) -> list[Race]:
    """Of the cycle under weights and a quota, which compares all its branches with each other."""
    return [
        Race(
            "under weights and a quota computed, first time / sum of the rows",
            sum_of_rows,
            lambda: results.compute(ground.cycle, now=NOW),
            ceiling=400 * slack(ground),
            turns=3,
            between=lambda: Result.objects.all().delete(),
        ),
        one_answer(ground, "under a quota one answer changed", ceiling=len(ground.branches)),
    ]


def touch(ground: Ground) -> None:
    Result.objects.filter(cycle=ground.cycle, branch_id=ground.branches[0][0]).update(unjudged=0)


def change(ground: Ground) -> None:
    """The parent corrects a clause; the result is computed and the county's sums are read."""
    branch_id = ground.branches[0][0]
    row = Assessment.objects.get(cycle=ground.cycle, branch_id=branch_id)
    key, short = next(ground.corrections)
    said = Judgement(key, values=short)
    judge(row, Source.FIRST_CHECK, said, by=ground.officer, now=NOW, on=TODAY)
    results.compute(ground.cycle, branch_ids=[branch_id], now=NOW)
    by_unit(act_as(ground.officer, today=TODAY), ground.cycle, top=ground.one)


def pages(ground: Ground, officer: Client) -> list[Race]:
    """The floor of a page: its address found, the session read, the person known, nothing shown."""
    return [
        Race(
            "county: list and sums, queries only / one row by its key",
            lambda: Result.objects.filter(pk=1).values_list("total").first(),
            lambda: county_queries(ground),
            ceiling=150,
            turns=9,
        ),
        Race(
            "county results page of 50 / empty signed-in page",
            lambda: officer.get("/bench/empty/"),
            lambda: officer.get(county_page(ground)),
            ceiling=60,
        ),
    ]


def county_queries(ground: Ground) -> None:
    """What the county's page asks of its results: the first fifty rows and the sums by town."""
    actor = act_as(ground.officer, today=TODAY)
    list(listed(actor, ground.cycle, {"unit": ground.one})[:50])
    by_unit(actor, ground.cycle, top=ground.one)


def ledger(ground: Ground, officer: Client) -> list[Race]:
    return [
        Race(
            "ledger page of 50 / empty signed-in page",
            lambda: officer.get("/bench/empty/"),
            lambda: officer.get(LEDGER),
            ceiling=60,
        ),
        Race(
            "reminders, one per finding / plain insert of the same rows",
            lambda: insert_fired(ground),
            lambda: reminders.remind(now=NOW),
            ceiling=12,
            turns=3,
            between=forget_reminders,
        ),
        Race(
            "reminders again, nothing new / plain insert of the rows",
            lambda: insert_fired(ground),
            lambda: reminders.remind(now=NOW),
            ceiling=4,
            turns=3,
        ),
    ]


def insert_fired(ground: Ground) -> None:
    """The floor of the reminders: the same number of rows, then taken back."""
    with transaction.atomic():
        Fired.objects.bulk_create(
            (
                Fired(finding_id=pk, level=99, due_on=TODAY, recipient=ground.officer, fired_at=NOW)
                for pk in Finding.objects.values_list("pk", flat=True)
            ),
            batch_size=2000,
        )
        transaction.set_rollback(True)


def forget_reminders() -> None:
    Fired.objects.all().delete()
    Notice.objects.all().delete()
    Outbox.objects.all().delete()


def table(times: list[Time]) -> str:
    out = io.StringIO()
    wide = max(len(time.name) for time in times)
    out.write(
        f"{'what':{wide}} {'floor':>9} {'product':>9} {'ratio':>8} {'ceiling':>8} {'spread':>7}\n"
    )
    for time in times:
        mark = "" if time.holds else "  ABOVE"
        out.write(
            f"{time.name:{wide}} {time.floor * 1000:7.1f}ms {time.product * 1000:7.1f}ms "
            f"{time.ratio:8.1f} {time.ceiling:8.0f} {time.spread:7.2f}{mark}\n"
        )
    return out.getvalue()
