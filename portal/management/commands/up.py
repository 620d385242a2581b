"""Start the whole portal: web server, worker and timetable, with a demonstration county on the first start."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from accounts.tasks import pulse
from portal import opening, serve
from portal.celery import app  # noqa: F401  the pulse goes to this app's broker


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        first = parser.add_mutually_exclusive_group()
        first.add_argument(
            "--empty", action="store_true", help="no demonstration; make two administrators"
        )
        first.add_argument(
            "--demo", action="store_true", help="load the demonstration also on a server's database"
        )
        port = int(os.environ.get("BRANCHMARK_PORT", "8000"))
        parser.add_argument("--port", type=int, default=port, help="0 takes any free one")
        parser.add_argument(
            "--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines"
        )
        parser.add_argument(
            "--check", action="store_true", help="start, wait until everything answered, stop"
        )

    def handle(self, *, empty, demo, port, host, check, **options):
        with serve.stoppable(), opening.only_one(settings.VAR) as leave_word:
            try:
                port = opening.claim_port(host, port)
                address = opening.address(host, port)
                leave_word(address)
                accounts = opening.prepare(empty=empty, demo=demo)
                self._run(host, port, address, accounts, check=check)
            except KeyboardInterrupt:
                self.stdout.write("\nStopped.")
            except TimeoutError as error:
                raise CommandError(str(error))

    def _run(self, host, port, address, accounts, *, check):
        names = opening.hosts(host)
        crew = serve.Crew(
            serve.programs(
                var=settings.VAR,
                host=host,
                port=port,
                redis=bool(settings.REDIS_URL),
                sqlite=connection.vendor == "sqlite",
            ),
            cwd=Path(settings.BASE_DIR),
            env={**os.environ, "BRANCHMARK_HOSTS": ",".join(names), "BRANCHMARK_PORT": str(port)},
            say=self._say,
        )
        since = timezone.now()
        try:
            crew.start()
            web = crew.programs[0]
            crew.wait_for(lambda: opening.answers(host, port, name=names[0]), seconds=90, doing=web)
            self._say(
                f"Branchmark answers at {address} after {opening.seconds_since_start():.0f} s."
            )
            if host in opening.EVERYWHERE:
                self._say(f"It answers to {', '.join(names)}; BRANCHMARK_HOSTS names others.")
            self._show(accounts)
            accounts = []
            if check:
                self._check(crew, since)
            else:
                self._say("Ctrl+C stops everything.")
                crew.run_until_stopped()
        finally:
            self._show(
                accounts
            )  # a start that failed must not swallow the only copy of the passwords
            crew.stop()

    def _check(self, crew, since):
        pulse.delay(by="up")
        told = {"portal": opening.seconds_since_start()}
        for name, program in (("worker", crew.programs[1]), ("beat", crew.programs[-1])):
            crew.wait_for(
                lambda name=name: opening.has_pulse(name, since=since), seconds=90, doing=program
            )
            told[name] = opening.seconds_since_start()
        line = ", ".join(f"{name} answered after {seconds:.1f} s" for name, seconds in told.items())
        self._say(line + ".")

    def _show(self, accounts):
        if accounts:
            self._say(
                f"\nAccounts (these passwords are shown only now):\n{opening.table(accounts)}\n"
            )

    def _say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()
