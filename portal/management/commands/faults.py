"""Reminders under fault, by hand: kill workers, empty Redis, crash PostgreSQL, then count what people got."""

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand

from portal.proving.machine import Machine
from portal.proving.trial import Plan, run


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        for name, value in asdict(Plan()).items():
            parser.add_argument(f"--{name}", type=type(value), default=value)

    def handle(self, **options):
        plan = Plan(**{name: options[name] for name in asdict(Plan())})
        folder = tempfile.TemporaryDirectory(prefix="branchmark-faults-")
        with folder as path, Machine(Path(path)) as machine, machine.used():
            verdict = run(machine, plan)
        for name, value in (asdict(plan) | asdict(verdict)).items():
            self.stdout.write(f"{name.replace('_', ' '):26} {value}")
        if verdict.wrong():
            sys.exit(f"wrong: {verdict.wrong()}")
