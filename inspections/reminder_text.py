"""The text an officer copies into the group chat: what is asked, by when, from whom. Plain lines."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from itertools import groupby

from django.utils.translation import gettext as _

from inspections.finding_words import RUNNING, due_word, stage_word
from inspections.models import Finding, FindingStage
from inspections.powers import parent_closes

CHASED = (*RUNNING, FindingStage.SUBMITTED, FindingStage.VERIFIED)


def reminder(findings: Iterable[Finding], *, today: date) -> str:
    """One block per parent unit in the order given; findings of one unit stand together."""
    asked = [finding for finding in findings if waits_for_addressee(finding)]
    rows = sorted(asked, key=lambda f: addressee(f).pk)
    order = {unit.pk: n for n, unit in enumerate(map(addressee, asked))}
    blocks = [
        (order[pk], block(list(group), today=today))
        for pk, group in groupby(rows, key=lambda f: addressee(f).pk)
    ]
    return "\n\n".join(text for _at, text in sorted(blocks))


def waits_for_addressee(finding: Finding) -> bool:
    """The unit's own turn, or the parent's to verify or close; what waits for the county nobody is chased for."""
    if finding.stage in RUNNING:
        return True
    has_parent = finding.unit.is_branch and finding.unit.parent_id not in (None, finding.owner_id)
    if finding.stage == FindingStage.SUBMITTED:
        return has_parent
    return finding.stage == FindingStage.VERIFIED and has_parent and parent_closes(finding)


def addressee(finding: Finding):
    """The parent of a branch: its clerk passes the text on."""
    return finding.unit.parent if finding.unit.is_branch and finding.unit.parent else finding.unit


def block(findings: list[Finding], *, today: date) -> str:
    head = _("%(unit)s: %(n)d findings to deal with (as of %(day)s)") % {
        "unit": addressee(findings[0]).office_name,
        "n": len(findings),
        "day": today.isoformat(),
    }
    lines = [line(n, finding, today=today) for n, finding in enumerate(findings, 1)]
    return "\n".join([head, *lines, _("Please report progress in the system in time.")])


def line(n: int, finding: Finding, *, today: date) -> str:
    due = due_word(finding, today=today)
    parts = [
        f"{n}. {finding.branch.short_name}",
        finding.text[:60].rstrip("。，；,;."),
        _("due %(day)s") % {"day": finding.due_on.isoformat()} if finding.due_on else "",
        due.lstrip("▲"),
        stage_word(finding),
        finding.number,
    ]
    return reduce(joined, filter(None, parts))


def joined(said: str, more: str) -> str:
    return _("%(said)s, %(more)s") % {"said": said, "more": more}
