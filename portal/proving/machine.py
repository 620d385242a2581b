"""A whole small installation of the run's own: PostgreSQL, Redis, mail gateway, and the portal's real programs."""

import os
import signal
import subprocess
import sys
from contextlib import AbstractContextManager, ExitStack, suppress
from datetime import timedelta
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from branches.models import CalendarDay
from portal import serve
from portal.proving import servers
from portal.proving.cluster import Cluster, used_here
from portal.proving.gateway import Gateway
from portal.proving.redis_process import RedisProcess

NOT_THEIRS = ("BRANCHMARK_BEGUN", "BRANCHMARK_HOSTS", "DJANGO_ALLOW_ASYNC_UNSAFE")
LEASE_SECONDS = 3


class Machine:
    """Every day may be written to, at any hour. Inside `used()` this process's own queries go there, too."""

    def __init__(self, folder: Path, *, gateway_seconds: float = 0.05):
        self.folder = folder
        self.cluster = Cluster(servers.find_postgres())
        self.redis = RedisProcess(folder=folder)
        self.gateway = Gateway(seconds=gateway_seconds)
        self.celery: Celery | None = None
        self.crews: list[serve.Crew] = []
        self.stack = ExitStack()

    def __enter__(self) -> "Machine":
        with ExitStack() as stack:
            stack.enter_context(self.cluster)
            self.redis.start()
            stack.callback(self.redis.stop)
            stack.enter_context(self.gateway)
            stack.callback(self.stop_crews)
            self.celery = Celery(broker=self.redis.url, set_as_current=False)
            self.celery.conf.broker_transport_options = {"socket_timeout": 2}
            with self.used():
                call_command("migrate", verbosity=0)
                make_workdays()
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *fault: object) -> None:
        self.stack.close()

    def used(self) -> AbstractContextManager[None]:
        return used_here(self.cluster.url)

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_THEIRS}
        return kept | {
            "DATABASE_URL": self.cluster.url,
            "REDIS_URL": self.redis.url,
            "EMAIL_URL": self.gateway.url,
            "BRANCHMARK_VAR": str(self.folder),
            "BRANCHMARK_BOOTSTRAP": "off",
            "BRANCHMARK_SECRET_KEY": settings.SECRET_KEY,
            "BRANCHMARK_LEASE_SECONDS": str(LEASE_SECONDS),
            "BRANCHMARK_DRAIN_SECONDS": "1",
            "BRANCHMARK_DIGEST_HOURS": "00:00-23:59",
            "WEB_CONCURRENCY": "1",
        }

    def crew(self, *, workers: int = 1, beats: int = 1, port: int = 0) -> serve.Crew:
        """The programs as `manage.py up` starts them, in the numbers asked for; the web server when a port is given."""
        web, worker, beat = serve.programs(
            var=self.folder, host="127.0.0.1", port=port, redis=True, sqlite=False
        )
        if port:
            self.manage("collectstatic", "--noinput", "--verbosity", "0")
        chosen = [web] if port else []
        chosen += [self.copy(worker, n, ["--hostname", f"worker{n}@%h"]) for n in range(workers)]
        for n in range(beats):
            schedule = ["--schedule", str(self.folder / f"schedule{n}")]
            chosen.append(self.copy(beat, n, schedule))
        crew = serve.Crew(chosen, cwd=settings.BASE_DIR, env=self.environment(), say=lambda _: None)
        self.crews.append(crew)
        crew.start()
        return crew

    def manage(self, *arguments: str) -> str:
        """A management command as an administrator would give it; what it printed."""
        return finish(self.begin(*arguments))

    def begin(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )

    def make_fresh(self) -> None:
        """Empty tables, empty queue, empty pile of letters."""
        call_command("flush", interactive=False, verbosity=0)
        make_workdays()
        self.redis.make_fresh()
        self.gateway.letters.clear()

    def copy(self, program: serve.Program, number: int, more: list[str]) -> serve.Program:
        name = f"{program.name}{number}"
        return serve.Program(name, [*program.command, *more], self.folder / "log" / f"{name}.log")

    def stop_crews(self) -> None:
        for crew in self.crews:
            for program in crew.programs:
                if program.is_alive():
                    kill(program)
        self.crews = []

    def ring(self, task: str, **options) -> None:
        """Put a message into Redis, as beat does; a lost one is never missed."""
        with suppress(self.celery.connection().connection_errors, OSError):
            self.celery.send_task(task, retry=False, ignore_result=True, **options)

    def crash_database(self) -> None:
        self.cluster.crash()
        self.cluster.start()


def finish(process: subprocess.Popen, *, seconds: float = 120) -> str:
    said, _none = process.communicate(timeout=seconds)
    if process.returncode:
        raise RuntimeError(f"{process.args} ended with {process.returncode}")
    return said


def make_workdays() -> None:
    today = timezone.localdate()
    days = [today + timedelta(days=n) for n in range(-7, 8)]
    CalendarDay.objects.filter(date__in=days).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_workday=True, source="test", confirmed=True) for day in days
    )


def kill(program: serve.Program) -> None:
    """kill -9 for the program and everything it forked."""
    os.killpg(program.process.pid, signal.SIGKILL)
    program.process.wait()


def talks(program: serve.Program, ports: list[int]) -> bool:
    """Whether a process of this program holds a connection that begins at one of the ports."""
    wanted = {f"socket:[{number}]" for number in _sockets(ports)}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            own = os.getpgid(int(folder.name)) == program.process.pid
            if own and wanted & {os.readlink(link) for link in (folder / "fd").iterdir()}:
                return True
    return False


def _sockets(ports: list[int]) -> list[str]:
    """The kernel's numbers of the sockets at these local ports."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [row[9] for row in rows if int(row[1].split(":")[1], 16) in ports]


def through_crashes(ask):
    """The answer of a query, or None while the database is away."""
    try:
        return ask()
    except (OperationalError, InterfaceError):
        connection.close()
        return None
