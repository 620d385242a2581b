"""What happens between "everything is installed" and "the programs start": one instance, a port, data, files."""

import fcntl
import hashlib
import http.client
import json
import os
import socket
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.actions import first_administrators
from accounts.models import Pulse, User
from branches.models import Organization
from portal import catalogs

Account = tuple[str, str, str]  # user name, role label, password
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not bound to


@contextmanager
def only_one(var: Path) -> Iterator[Callable[[str], None]]:
    """Yields a function that leaves word for a second start about where this one answers.

    The kernel frees the lock with the process, so a kill -9 leaves nothing to clean up.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CommandError(
                f"Branchmark already runs on this data folder ({lock.read().strip()}). Stop it with "
                "Ctrl+C where it was started, or give this one its own folder in BRANCHMARK_VAR."
            )

        def leave_word(address: str) -> None:
            lock.truncate(0)
            lock.write(f"process {os.getpid()}, {address}")
            lock.flush()

        leave_word("starting")
        yield leave_word


def claim_port(host: str, port: int) -> int:
    """A port nobody holds: the one asked for, or for 0 any."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CommandError(
                f"Port {port} is for the administrator only; choose one from 1024 up with --port."
            )
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} is not free ({error.strerror}). Choose another with --port, for example "
                f"--port {port + 1}."
            )
        return probe.getsockname()[1]


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    shown = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def prepare(*, empty: bool, demo: bool) -> list[Account]:
    """Words, tables, first data and static files; return accounts whose passwords are to be shown once."""
    catalogs.compile_all()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise CommandError(f"The database does not answer: {str(error).splitlines()[0]}")
    call_command("migrate", interactive=False, verbosity=0)
    accounts = fill(empty=empty, demo=demo)
    collect_static()
    connection.close()
    return accounts


def fill(*, empty: bool, demo: bool) -> list[Account]:
    """The demonstration never lands beside real data, nor on a server's database unasked."""
    untouched = not (User.objects.exists() or Organization.objects.exists())
    if (empty or demo) and not untouched:
        print("The database already holds accounts or units; nothing was loaded.")
    if not untouched:
        return []
    if empty:
        return [(name, "", password) for name, password in first_administrators(now=timezone.now())]
    if demo or not settings.DATABASE_URL:
        return _load_demonstration()
    print("The database is empty: start once with --empty (two administrators) or --demo.")
    return []


def _load_demonstration() -> list[Account]:
    from portal.demo.load import load  # a large package that most starts do not need

    print("Loading the demonstration county (invented names, invented data) ...", flush=True)
    with transaction.atomic():
        return load(scale="small", as_of=timezone.localdate())


def collect_static() -> None:
    """Skipped when no source file changed: compressing takes seconds."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = os.stat(storage.path(name))
            seen.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    with suppress(OSError):
        if stamp.read_text() == seen.hexdigest():
            return
    call_command(
        "collectstatic", interactive=False, verbosity=0, clear=Path(settings.STATIC_ROOT).exists()
    )
    stamp.write_text(seen.hexdigest())


def hosts(host: str) -> list[str]:
    """Names the portal answers to when BRANCHMARK_HOSTS does not say: this machine's own, never any."""
    if given := os.environ.get("BRANCHMARK_HOSTS"):
        return given.split(",")
    names = ["127.0.0.1", "localhost", "[::1]"]
    own = [*_addresses(), socket.gethostname()] if host in EVERYWHERE else [host]
    return [*names, *(name for name in own if name not in names)]


def _addresses() -> list[str]:
    """The address this machine uses towards others: a datagram socket finds it without sending anything."""
    documentation_net = ("192.0.2.1", 9)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(documentation_net)
        return [probe.getsockname()[0]]
    return []


def answers(host: str, port: int, *, name: str) -> bool:
    """Whether /healthz says ok. Asked directly: no proxy of the environment stands between."""
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    line = http.client.HTTPConnection(reach, port, timeout=3)
    try:
        line.request("GET", "/healthz", headers={"Host": name, "X-Forwarded-Proto": "https"})
        answer = line.getresponse()
        return answer.status == 200 and json.load(answer)["ok"]
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        line.close()


def has_pulse(name: str, *, since) -> bool:
    return Pulse.objects.filter(name=name, beat_at__gte=since).exists()


def seconds_since_start() -> float:
    """From the moment the command was typed, the set-up included."""
    return time.time() - float(os.environ["BRANCHMARK_BEGUN"])


def table(accounts: list[Account]) -> str:
    """Three columns that also line up where Chinese characters are two cells wide."""
    widths = [max(map(_cells, column)) for column in zip(*accounts, strict=True)]
    rows = [
        "  ".join(
            text + " " * (width - _cells(text)) for text, width in zip(row, widths, strict=True)
        )
        for row in accounts
    ]
    return "\n".join(f"    {row.rstrip()}" for row in rows)


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in str(text))
