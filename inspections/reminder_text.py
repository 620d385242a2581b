"""The text an officer copies into the group chat: what is asked, by when, from whom. Plain lines."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from inspections.finding_words import due_word, stage_word
from inspections.models import Finding


def reminder(findings: Iterable[Finding], *, today: date) -> str:
    """One block per parent unit in the order given; findings of one unit stand together."""
    rows = sorted(findings, key=lambda f: addressee(f).pk)
    order = {unit.pk: n for n, unit in enumerate(map(addressee, findings))}
    blocks = [
        (order[pk], block(list(group), today=today))
        for pk, group in groupby(rows, key=lambda f: addressee(f).pk)
    ]
    return "\n\n".join(text for _at, text in sorted(blocks))


def addressee(finding: Finding):
    """The parent of a branch: its clerk passes the text on."""
    return finding.unit.parent if finding.unit.is_branch and finding.unit.parent else finding.unit


def block(findings: list[Finding], *, today: date) -> str:
    head = _("%(unit)s: %(n)d findings to deal with (as of %(day)s)") % {
        "unit": addressee(findings[0]).short_name,
        "n": len(findings),
        "day": today.isoformat(),
    }
    lines = [line(n, finding, today=today) for n, finding in enumerate(findings, 1)]
    return "\n".join([head, *lines, _("Please report progress in the system in time.")])


def line(n: int, finding: Finding, *, today: date) -> str:
    due = due_word(finding, today=today)
    parts = [
        f"{n}. {finding.branch.short_name}",
        finding.text[:60],
        _("due %(day)s") % {"day": finding.due_on.isoformat()} if finding.due_on else "",
        due,
        stage_word(finding),
        finding.number,
    ]
    return _(", ").join(part for part in parts if part)
