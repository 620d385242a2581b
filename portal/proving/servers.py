"""The servers the suite needs: a throw-away PostgreSQL, and apt for what a root user on Debian lacks."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

from portal import leash

# Chromium without windows: the whole one draws the frame of each before the page, a third of the time.
HEADLESS_SHELL = Path("/usr/bin/chromium-headless-shell")
WHOLE_CHROMIUM = Path("/usr/bin/chromium")
CJK_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
MEMORY = Path("/dev/shm")  # noqa: S108  mkdtemp makes a private folder in it
POLICY = Path("/usr/sbin/policy-rc.d")


def find_postgres() -> Path | None:
    """The folder with initdb and postgres: on PATH, else Debian's newest version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = [Path(p) for p in os.environ.get("PATH", "").split(":") if p]
    for folder in [*on_path, *debian, Path("/usr/local/bin")]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            # A link may lead away from the libraries and templates that lie beside the real one.
            return (folder / "initdb").resolve().parent
    return None


def find_chromium() -> Path | None:
    """The one named by BRANCHMARK_CHROMIUM, else Debian's."""
    named = os.environ.get("BRANCHMARK_CHROMIUM")
    known = [Path(named)] if named else [HEADLESS_SHELL, WHOLE_CHROMIUM]
    return next((path for path in known if path.exists()), None)


def is_replaced(package: str) -> bool:
    """Whether something else on this machine does as well, only slower."""
    return package == HEADLESS_SHELL.name and find_chromium() is not None


def missing_packages() -> list[str]:
    """Debian packages of the services that are not on this machine."""
    there = {
        "redis-server": shutil.which("redis-server"),
        HEADLESS_SHELL.name: find_chromium() not in {None, WHOLE_CHROMIUM},
        "fonts-noto-cjk": CJK_FONT.exists(),
        "postgresql": find_postgres(),
        "gettext": shutil.which("msgfmt"),
        "libatomic1": any(Path("/usr/lib").glob("*/libatomic.so.1")),
    }
    return [package for package, found in there.items() if not found]


def install(packages: list[str]) -> bool:
    """With apt, when root on Debian; the servers it brings are not started."""
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing for the tests: {' '.join(packages)} ...", flush=True)
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _nothing_started(), tempfile.TemporaryFile() as log:
        subprocess.run([*apt, "update"], env=quiet, stdout=log, stderr=log, check=False)
        command = [*apt, "install", "--no-install-recommends", *packages]
        done = subprocess.run(command, env=quiet, stdout=log, stderr=log, check=False)
        if done.returncode:
            log.seek(0)
            print(log.read().decode(errors="replace")[-2000:])
    return done.returncode == 0


@contextmanager
def _nothing_started() -> Iterator[None]:
    """Debian asks this script before a package starts its server; 101 is the answer no."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


@contextmanager
def postgres(programs: Path) -> Iterator[str]:
    """A cluster in memory for as long as the block runs; yields its URL."""
    owner = cluster_owner()
    folder = cluster_folder()
    server = None
    try:
        password = secrets.token_hex(16)
        port = free_port()
        make_cluster(programs, folder, password=password, owner=owner)
        server = start_cluster(programs, folder, port=port, owner=owner)
        create_database(port, password)
        yield f"postgres://branchmark:{password}@127.0.0.1:{port}/branchmark"
    finally:
        if server:
            server.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=10)
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def cluster_folder() -> Path:
    """A new one in memory; what killed runs left there goes first."""
    root = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _clear_leftovers(root)
    return Path(tempfile.mkdtemp(prefix=f"branchmark-pg-{os.getpid()}-", dir=root))


def make_cluster(programs: Path, folder: Path, *, password: str, owner: dict) -> None:
    key = folder / "password"
    key.write_text(password)
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
        shutil.chown(key, owner["user"], owner["group"])
    command = [
        str(programs / "initdb"),
        "--pgdata",
        str(folder / "data"),
        "--username",
        "branchmark",
    ]
    command += ["--pwfile", str(key), "--auth", "scram-sha-256", "--encoding", "UTF8"]
    command += ["--locale", "C", "--no-sync"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **owner)


def start_cluster(
    programs: Path, folder: Path, *, port: int, owner: dict, keeps_commits: bool = False
) -> subprocess.Popen:
    """keeps_commits: what was committed survives a crash of the server (not of the machine)."""
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "on" if keeps_commits else "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        # A browser keeps up to six lines open per person, and every open line holds a connection.
        "max_connections": 200,
        "shared_buffers": "128MB",
        "shared_memory_type": "mmap",
        "dynamic_shared_memory_type": "mmap",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def on_leash() -> None:
        # Runs after the change of user, which would make the kernel forget it.
        leash.die_with_parent(by=signal.SIGQUIT)

    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [str(programs / "postgres"), "-D", str(folder / "data"), *options],
            cwd=folder,
            stdout=log,
            stderr=log,
            preexec_fn=on_leash,
            **owner,
        )


def create_database(port: int, password: str) -> None:
    give_up = time.monotonic() + 20
    while True:
        try:
            line = psycopg2.connect(
                host="127.0.0.1", port=port, user="branchmark", password=password, dbname="postgres"
            )
            break
        except psycopg2.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
    line.autocommit = True
    with line.cursor() as cursor:
        cursor.execute("CREATE DATABASE branchmark")
    line.close()


def cluster_owner() -> dict:
    """PostgreSQL refuses to run as root; another user is named to subprocess."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise LookupError("no user postgres or nobody")


def _clear_leftovers(root: Path) -> None:
    """Folders of runs that were killed: the process in the name is gone."""
    for folder in root.glob("branchmark-pg-*"):
        number = folder.name.split("-")[2]
        if number.isdigit() and not Path("/proc", number).exists():
            shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0
