"""Reminders under fault, by hand: kill workers, empty Redis, crash PostgreSQL, then count what people got.

With --overdue N instead: switch the ladder on over N old findings and deliver what it owes.
Needs the test requirements; `manage.py test` installs them.
"""

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand

from portal.proving.flood import deliver, make_flood, switch_on
from portal.proving.machine import Machine
from portal.proving.trial import Plan, run


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        for name, value in asdict(Plan()).items():
            parser.add_argument(f"--{name}", type=type(value), default=value)
        parser.add_argument("--overdue", type=int, default=0)

    def handle(self, *, overdue, **options):
        folder = tempfile.TemporaryDirectory(prefix="branchmark-faults-")
        with folder as path, Machine(Path(path)) as machine, machine.used():
            if overdue:
                self.flood(machine, overdue)
            else:
                self.trial(machine, Plan(**{name: options[name] for name in asdict(Plan())}))

    def trial(self, machine, plan):
        verdict = run(machine, plan)
        self.show(asdict(plan) | asdict(verdict))
        if verdict.wrong():
            sys.exit(f"wrong: {verdict.wrong()}")

    def flood(self, machine, findings):
        people = make_flood(findings=findings, branches=400)
        flood = switch_on(people=len(people))
        self.show(asdict(flood) | deliver(machine))

    def show(self, figures):
        for name, value in figures.items():
            self.stdout.write(f"{name.replace('_', ' '):26} {value}")
