"""Take away each guard, scope and permission row in turn; the permission walk or the app's own tests must notice."""

import sys
import time
from collections import Counter

from django.core.management.base import BaseCommand

from portal.proving import equivalents, pursuit
from portal.proving.mutants import APPLY, PARTS
from portal.serve import stoppable


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--app", choices=PARTS, default="", help="only those of this app")
        parser.add_argument("--kind", choices=list(APPLY), default="", help="only this kind")
        parser.add_argument("--limit", type=int, help="only so many")
        parser.add_argument("--list", action="store_true", help="name them, and try none")

    def handle(self, *, app, kind, limit, **options):
        rows = pursuit.chosen(app=app, kind=kind, limit=limit)
        if options["list"]:
            self.stdout.write("\n".join([*(m.name for m in rows), f"{len(rows)} mutants"]))
            return
        with stoppable():
            begun = time.monotonic()
            survivors = self.tell(pursuit.run(rows))
            self.stdout.write(f"{time.monotonic() - begun:.0f} seconds")
            sys.exit(1 if survivors else 0)

    def tell(self, tried):
        for row in tried:
            self.stdout.write(f"{row['noticed']:8} {row['mutant']}: {row['how']}")
        for name, reason in equivalents.REASONS.items():
            self.stdout.write(f"equal    {name}: {reason}")
        count = Counter(row["noticed"] for row in tried)
        self.stdout.write(
            f"{len(tried)} mutants: {count['walk']} noticed by the walk, {count['tests']} by the apps' own tests, "
            f"{count['nothing']} survivors; {len(equivalents.REASONS)} more change nothing"
        )
        for row in tried:
            if row["noticed"] == "nothing":
                self.stdout.write(f"survivor {row['mutant']}")
        return count["nothing"]
