from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import outbox
from inspections import digests, elections, joining, reminders
from scoring import results


class Command(BaseCommand):
    help = "Do by hand what beat does: take new branches in, remind, owe digests, drain the outbox, bring results up to date."

    def handle(self, *args, **options):
        now = timezone.now()
        joined = joining.join_new(today=timezone.localdate(now), now=now)
        told = reminders.remind(now=now) + elections.remind(now=now)
        waiting = digests.owe_missing(now=now)
        done = outbox.drain(now=now, limit=10_000)
        scored = results.refresh(now=now)
        self.stdout.write(
            f"joined {joined}, told {told}, digests waiting {waiting}, done {done}, rescored {scored}"
        )
