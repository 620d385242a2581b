"""What `manage.py test` does: services, the whole suite on PostgreSQL, beside it what differs on SQLite, one summary."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from django.conf import settings

from portal import catalogs, leash
from portal.proving import servers, tally

# SQLite is the second engine: no browser, no walk over every address, but one whole journey; and
# nothing again that asks the database for nothing.
ON_SQLITE = "(not browser and not walk and not own_postgres and not engine_free and not one_engine) or journey"
LAST_LINES = 5  # seconds
NOTHING_RAN = 5  # pytest's exit code when no test was selected
SUITES = {
    "redis-server": "the tests that talk to Redis",
    "chromium-headless-shell": "the browser tests",
    "fonts-noto-cjk": "pictures with Chinese letters in the browser tests",
    "postgresql": "the suite on PostgreSQL (SQLite took its place)",
}


def run(arguments: list[str]) -> int:
    """Run both passes with pytest's own arguments; return the exit code."""
    begun = time.monotonic()
    servers.install(_missing())
    with ExitStack() as stack:
        made = tempfile.TemporaryDirectory(prefix="branchmark-tally-")
        folder = Path(stack.enter_context(made))
        passes = _passes(_postgres_url(stack))
        codes = _side_by_side(arguments, passes, folder=folder)
        records = [row for file in sorted(folder.glob("tally-*")) for row in tally.read(file)]
    gaps = _gaps([name for name in _missing() if not servers.is_replaced(name)])
    count = tally.outcomes(records)
    code = _exit_code(codes, count, gaps=gaps, in_ci=os.environ.get("CI") == "true")
    print(f"{tally.services(records)}; {time.monotonic() - begun:.0f} seconds")
    for gap in gaps:
        print(f"not run: {gap}")
    print(_last_line(count), flush=True)
    return code


def _postgres_url(stack: ExitStack) -> str:
    """The one named by DATABASE_URL, else a throw-away cluster, else none."""
    if settings.DATABASE_URL:
        return settings.DATABASE_URL
    programs = servers.find_postgres()
    return stack.enter_context(servers.postgres(programs)) if programs else ""


def _passes(url: str) -> list[tuple[str, str]]:
    return [("", url), (ON_SQLITE, "")] if url else [("", "")]


def _side_by_side(
    arguments: list[str], passes: list[tuple[str, str]], *, folder: Path
) -> list[int]:
    """The exit codes. The last pass speaks when the others are through; a debugger wants one at a time.

    Browsers, killed workers and the last module of a pass leave the cores idle: the other pass fills that.
    """
    catalogs.compile_all()
    commands = [
        (_command(arguments, marks, first=n == 0), _environment(url, record=folder / f"tally-{n}"))
        for n, (marks, url) in enumerate(passes)
    ]
    if len(passes) == 1 or "--pdb" in arguments:
        return [
            _alone(*each, url=url) for each, (_marks, url) in zip(commands, passes, strict=True)
        ]
    _announce(passes[0][1])
    with tempfile.TemporaryFile() as said:
        beside = _begun(*commands[1], out=said)
        codes = [_finished(_begun(*commands[0])), _finished(beside)]
        said.seek(0)
        _announce(passes[1][1])
        shutil.copyfileobj(said, sys.stdout.buffer)
    return codes


def _alone(command: list[str], environment: dict[str, str], *, url: str) -> int:
    _announce(url)
    return _finished(_begun(command, environment))


def _announce(url: str) -> None:
    print(f"\nThe suite on {'PostgreSQL' if url else 'SQLite'}", flush=True)


def _environment(url: str, *, record: Path) -> dict[str, str]:
    # Every server and worker the tests start would compile all sources again without their byte code.
    not_theirs = ("DATABASE_URL", "BRANCHMARK_BEGUN", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in not_theirs}
    environment["BRANCHMARK_TALLY"] = str(record)
    return environment | ({"DATABASE_URL": url} if url else {})


def _command(arguments: list[str], marks: str, *, first: bool) -> list[str]:
    return [
        sys.executable,
        "-m",
        "pytest",
        *_narrowed(arguments, marks, processes=_processes(first=first)),
    ]


def _processes(*, first: bool) -> int:
    """One more than the cores: some tests wait for processes that were killed or sleep. Half of them beside it."""
    cores = min(4, os.cpu_count() or 2)
    return cores + 1 if first else max(1, cores // 2)


def _begun(
    command: list[str], environment: dict[str, str], *, out: IO[bytes] | None = None
) -> subprocess.Popen:
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=out,
        preexec_fn=_gives_way if out else leash.die_with_parent,
    )


def _gives_way() -> None:
    """A little behind the first pass, which takes longer: both end nearer together."""
    leash.die_with_parent()
    os.nice(1)


def _finished(child: subprocess.Popen) -> int:
    try:
        return child.wait()
    except KeyboardInterrupt:
        _let_go(child)
        raise


def _let_go(child: subprocess.Popen) -> None:
    """Ctrl+C reached pytest as well, which is writing its own last lines; any other signal did not."""
    try:
        child.wait(LAST_LINES)
    except subprocess.TimeoutExpired:
        child.terminate()
        child.wait()


def _narrowed(arguments: list[str], marks: str, *, processes: int) -> list[str]:
    """The caller's `-m` and this pass's marks must both hold; all cores unless the caller says otherwise."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-m", dest="marks", default="")
    given, rest = parser.parse_known_args(arguments)
    both = " and ".join(f"({part})" for part in (given.marks, marks) if part)
    if not any(part.startswith(("-n", "--numprocesses", "--pdb")) for part in rest):
        # A module stays in one process, which builds what its tests share once; the longest come first.
        rest = ["-n", str(processes), "--dist", "loadscope", "--no-loadscope-reorder", *rest]
    return [*rest, "-m", both] if both else rest


def _missing() -> list[str]:
    """A server that somebody else provides need not be on this machine."""
    provided = {"postgresql": settings.DATABASE_URL, "redis-server": settings.REDIS_URL}
    return [name for name in servers.missing_packages() if not provided.get(name)]


def _gaps(missing: list[str]) -> list[str]:
    return [f"{SUITES[name]}: {name} is not installed" for name in missing if name in SUITES]


def _last_line(count: dict[str, int]) -> str:
    line = f"{count['passed']} passed, {count['failed']} failed"
    return f"{line}, {count['skipped']} skipped" if count["skipped"] else line


def _exit_code(codes: list[int], count: dict[str, int], *, gaps: list[str], in_ci: bool) -> int:
    """A pass without tests is fine when the other one had some: arguments may narrow to one engine."""
    broken = any(code not in (0, NOTHING_RAN) for code in codes)
    incomplete = bool(gaps) and in_ci
    return int(broken or incomplete or count["failed"] > 0 or not sum(count.values()))
