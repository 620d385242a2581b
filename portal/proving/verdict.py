"""After a trial: what is missing, what is there twice, counted from the tables and from the gateway's own pile."""

import re
from collections import Counter
from dataclasses import asdict, dataclass

from django.db.models import Max

from accounts.models import Notice, Outbox
from inspections.digests import SHOWN
from inspections.models import Fired
from portal.proving.gateway import Gateway
from portal.proving.story import Line


@dataclass(frozen=True)
class Verdict:
    # What must be nought.
    missing: int
    unasked: int
    told_twice: int
    notices_missing: int
    notices_twice: int
    lines_in_no_digest: int
    letters_missing: int
    letters_unasked: int
    lines_twice_in_letters: int
    lines_missing_in_letters: int
    repeats_that_differ: int
    given_up: int
    # What happened.
    reminders: int
    people: int
    letters: int
    repeats_under_one_key: int
    most_attempts: int
    seconds: float

    def wrong(self) -> dict[str, int]:
        happened = ("reminders", "people", "letters", "repeats_under_one_key", "most_attempts")
        return {
            name: number
            for name, number in asdict(self).items()
            if number and name not in (*happened, "seconds")
        }


def judge(lines: set[Line], gateway: Gateway, *, seconds: float) -> Verdict:
    fired = Counter(
        Line(*row)
        for row in Fired.objects.values_list("finding__number", "level", "due_on", "recipient_id")
    )
    notices = Counter(
        Notice.objects.filter(key__startswith="remind:").values_list("key", flat=True)
    )
    rows = Outbox.objects.filter(kind="digest")
    return Verdict(
        missing=len(lines - set(fired)),
        unasked=len(set(fired) - lines),
        told_twice=sum(n - 1 for n in fired.values()),
        notices_missing=max(0, len(lines) - len(notices)),
        notices_twice=sum(n - 1 for n in notices.values()),
        lines_in_no_digest=waiting_for_nothing(),
        given_up=rows.exclude(dead_at=None).count(),
        reminders=len(lines),
        people=len({line.user_id for line in lines}),
        repeats_under_one_key=gateway.repeats(),
        most_attempts=rows.aggregate(most=Max("attempts"))["most"] or 0,
        seconds=round(seconds, 1),
        **letters(gateway),
    )


def waiting_for_nothing() -> int:
    """Lines that no open row of the outbox will ever carry."""
    owed = Outbox.objects.filter(kind="digest", done_at=None, dead_at=None)
    people = {payload["user"] for payload in owed.values_list("payload", flat=True)}
    return Fired.objects.filter(digest_on=None).exclude(recipient__in=people).count()


def letters(gateway: Gateway) -> dict[str, int]:
    """The gateway's pile against the lines that say which day's digest carried them."""
    meant: dict[str, Counter] = {}
    carried = Fired.objects.exclude(digest_on=None)
    for user_id, day, number in carried.values_list("recipient_id", "digest_on", "finding__number"):
        meant.setdefault(f"<digest-{user_id}-{day}@branchmark>", Counter())[number] += 1
    came = {key: Counter(numbers(letter.body)) for key, letter in gateway.delivered().items()}
    whole = {key: lines for key, lines in meant.items() if len(lines) <= SHOWN}
    return {
        "letters": len(came),
        "letters_missing": len(set(meant) - set(came)),
        "letters_unasked": len(set(came) - set(meant)),
        "lines_twice_in_letters": twice(came),
        "lines_missing_in_letters": sum(
            (lines - came.get(key, Counter())).total() for key, lines in whole.items()
        ),
        "repeats_that_differ": len({(one.key, one.body) for one in gateway.letters}) - len(came),
    }


def numbers(body: str) -> list[str]:
    return re.findall(r"\[(F-\d+-\d+)\]", body)


def twice(came: dict[str, Counter]) -> int:
    """A line that one person read in two letters, or twice in one."""
    seen = Counter()
    for key, lines in came.items():
        for number, times in lines.items():
            seen[key.split("-")[1], number] += times
    return sum(n - 1 for n in seen.values())
