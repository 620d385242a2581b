"""Self-assessment, first check and acceptance side by side, computed in memory from what each source said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.models import Assessment, Source, Stage
from inspections.standing import CHECKED, FILED, ORDER, Standing, standings
from scoring.models import Result
from scoring.tallies import Tally, tally, total_of
from scoring.verdicts import ON_SITE, was_on_site
from standards.sheets import Line, sheet

SELF, FIRST_CHECK, ACCEPTANCE = Source.SELF, Source.FIRST_CHECK, Source.ACCEPTANCE
# Whose word is heard for each score: the first check corrects the self-assessment, acceptance corrects both.
HEARD = {
    SELF: (Source.SELF,),
    FIRST_CHECK: (Source.FIRST_CHECK, Source.SELF),
    ACCEPTANCE: ORDER,
}
FAR = 500


@dataclass(frozen=True)
class Score:
    """One of the three. `tally` None: this source has not spoken. `seen`: clauses it covered itself."""

    source: str
    tally: Tally | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    seen: int = 0

    @property
    def total(self) -> int | None:
        return self.tally.composed.total if self.tally else None


@dataclass(frozen=True)
class Row:
    """One clause with its points in each score, None where it is not judged."""

    line: Line
    points: tuple[int | None, ...]
    said: tuple[Standing | None, ...]

    @property
    def differs(self) -> bool:
        return len({p for p in self.points if p is not None}) > 1

    @property
    def cells(self) -> list[tuple[int | None, Standing | None]]:
        return list(zip(self.points, self.said, strict=True))


def three_scores(
    assessment: Assessment, *, today: date, sources: Iterable[str] = HEARD
) -> dict[str, Score]:
    """The scores of the sources asked for; the assessment needs branch and cycle__edition loaded."""
    return {source: score(assessment, source, today=today) for source in sources}


def score(assessment: Assessment, source: str, *, today: date) -> Score:
    if not may_have_spoken(assessment, source):
        return Score(source)
    heard = standings([assessment], today=today, sources=HEARD[source])[assessment.pk]
    own = ON_SITE if source == ACCEPTANCE else (source,)
    seen = sum(standing.source in own for standing in heard.values())
    if source == ACCEPTANCE and not seen:
        return Score(source)
    found = tally(assessment.cycle.edition, assessment.branch, heard)
    return Score(source, found, heard, seen)


def may_have_spoken(assessment: Assessment, source: str) -> bool:
    stages = {SELF: FILED, FIRST_CHECK: CHECKED}.get(source, Stage.values)
    return assessment.stage in stages


def rows_of(assessment: Assessment, scores: Mapping[str, Score]) -> list[Row]:
    """Clause by clause in the order of the sheet; clauses without points only when they set off a gate."""
    lines = sheet(assessment.cycle.edition, assessment.branch.field)
    points = [points_of(score) for score in scores.values()]
    return [
        Row(
            line=line,
            points=tuple(each.get(line.key) for each in points),
            said=tuple(score.standings.get(line.key) for score in scores.values()),
        )
        for line in lines
        if line.maximum
    ]


def points_of(score: Score) -> dict[str, int]:
    if score.tally is None:
        return {}
    judged = ("judged", "restored", "full", "zero")
    return {row["key"]: row["points"] for row in score.tally.lines if row["state"] in judged}


@dataclass(frozen=True)
class Gap:
    """A branch that thinks far better of itself than the acceptance did."""

    assessment: Assessment
    result: Result
    said: int

    @property
    def gap(self) -> int:
        return self.said - self.result.total


def gaps_of(rows: Iterable[Assessment], *, today: date, least: int = FAR) -> list[Gap]:
    """Accepted branches of one cycle whose self-assessment lies at least `least` above, in the rows' order.

    rows need `branch__parent` and `cycle__edition`; constant queries.
    """
    rows = [row for row in rows if row.stage in FILED]
    if not rows:
        return []
    accepted = {
        result.branch_id: result
        for result in Result.objects.filter(cycle=rows[0].cycle)
        .select_related("detail")
        .defer("detail__told", "detail__packed", "detail__notes", "detail__sums")
        if was_on_site(result)
    }
    rows = [row for row in rows if row.branch_id in accepted]
    heard = standings(rows, today=today, sources=HEARD[SELF])
    found = [
        Gap(row, accepted[row.branch_id], total_of(row.cycle.edition, row.branch, heard[row.pk]))
        for row in rows
    ]
    return [gap for gap in found if gap.gap >= least]
