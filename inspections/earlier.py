"""What stood at the end of the cycle before, read under the edition of this one."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from inspections.carrying import Carrying
from inspections.models import Assessment
from inspections.standing import Standing, standings
from standards.models import Edition
from standards.rules.options import Options
from standards.sheets import Line, edition_options, sheet


class Past(NamedTuple):
    """A judgement in the words of its own time."""

    line: Line
    standing: Standing
    options: Options


@dataclass(frozen=True)
class Earlier:
    """standing: as it counts under the rule of today; None where the changed rule asks for another answer.

    past: the clause as it was, where its rule has changed since.
    """

    standing: Standing | None
    past: Past | None = None


def earlier(rows: Sequence[Assessment], *, today: date) -> dict[int, dict[str, Earlier]]:
    """Each row's last confirmed standings by clause: those of the assessment it follows."""
    prior_ids = [row.prior_id for row in rows if row.prior_id]
    if not prior_ids:
        return {}
    found = Assessment.objects.filter(pk__in=prior_ids).select_related("branch", "cycle__edition")
    prior = list(found)
    edition = rows[0].cycle.edition
    is_same = prior[0].cycle.edition_id == edition.pk
    by_prior = as_told(prior, today=today) if is_same else as_read(prior, edition, today=today)
    return {row.pk: by_prior[row.prior_id] for row in rows if row.prior_id in by_prior}


def as_told(prior: list[Assessment], *, today: date) -> dict[int, dict[str, Earlier]]:
    return {
        pk: {key: Earlier(standing) for key, standing in told.items()}
        for pk, told in standings(prior, today=today).items()
    }


def as_read(
    prior: list[Assessment], edition: Edition, *, today: date
) -> dict[int, dict[str, Earlier]]:
    """What was said about other rules, as far as it still says something."""
    cycle = prior[0].cycle
    told = standings(prior, today=today)
    carrying, options = Carrying(cycle.edition, edition), edition_options(cycle.edition)
    under = copy(cycle)
    under.edition = edition
    for row in prior:
        row.cycle = under
    read = standings(prior, today=today, hearing=carrying)

    def one(row: Assessment, line: Line) -> Earlier:
        old, standing = carrying.before(row.branch.field).get(line.key), told[row.pk].get(line.key)
        has_changed = old is not None and standing is not None and old.rule != line.rule
        return Earlier(
            standing=None if line.key in again(row) else read[row.pk].get(line.key),
            past=Past(old, standing, options) if has_changed else None,
        )

    def again(row: Assessment) -> Sequence[str]:
        return carrying.again.get(row.pk, ())

    return {
        row.pk: {line.key: one(row, line) for line in sheet(edition, row.branch.field)}
        for row in prior
    }
