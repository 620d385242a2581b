"""The programs of a running portal, kept alive: web server, worker, and timetable ("beat") when there is Redis.

Each runs on a leash (see leash.py), in a session of its own, so Ctrl+C reaches only the supervisor, which then
stops them in order. What dies is started again, after a pause that doubles while it keeps dying.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PAUSES = (1, 2, 4, 8, 16, 30)
STEADY_SECONDS = 60
PATIENCE_SECONDS = 12
LOG_BYTES = 20_000_000
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Program:
    """One child process and its log."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen | None = None
    begun: float = 0.0
    again_at: float = 0.0
    deaths: int = 0
    exit_code: int | None = None

    def start(self, *, cwd: Path, env: dict[str, str]) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.leash", str(os.getpid()), *self.command],
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.begun = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def bury(self) -> int:
        """Note one death and decide on the pause before the next start; return the pause."""
        now = time.monotonic()
        self.deaths = 1 if now - self.begun > STEADY_SECONDS else self.deaths + 1
        self.exit_code = self.process.returncode
        self._sweep()
        pause = PAUSES[min(self.deaths, len(PAUSES)) - 1]
        self.again_at = now + pause
        return pause

    def ask_to_stop(self) -> None:
        if self.is_alive():
            self.process.terminate()

    def make_stop(self, *, by: float) -> None:
        """Wait until the deadline, then leave nothing of its session."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, by - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._sweep()

    def last_words(self, *, lines: int = 15) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def trim_log(self) -> None:
        """One older log is kept. The child appends, so emptying the file under it is safe."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.with_suffix(".log.1").write_bytes(self.log.read_bytes())
            os.truncate(self.log, 0)

    def _sweep(self) -> None:
        """Its own children may outlive a program that crashed."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None


@dataclass
class Crew:
    """All programs together."""

    programs: list[Program]
    cwd: Path
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    say: Callable[[str], None] = print

    def start(self) -> None:
        for program in self.programs:
            program.trim_log()
            program.start(cwd=self.cwd, env=self.env)

    def tend(self) -> None:
        """One look at everybody: note who died, start again whose pause is over."""
        for program in self.programs:
            if program.process is None:
                if time.monotonic() >= program.again_at:
                    program.start(cwd=self.cwd, env=self.env)
            elif not program.is_alive():
                pause = program.bury()
                self.say(
                    f"{program.name} ended (exit code {program.exit_code}); "
                    f"starting it again in {pause} s. Its log: {program.log}"
                )
            program.trim_log()

    def stop(self) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        for program in self.programs:
            program.ask_to_stop()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for program in self.programs:
            program.make_stop(by=deadline)

    def wait_for(self, answered: Callable[[], bool], *, seconds: float, doing: Program) -> float:
        """Tend until `answered`; return the seconds it took. A program that keeps dying ends the wait."""
        begun = time.monotonic()
        while not answered():
            self.tend()
            waited = time.monotonic() - begun
            if waited > seconds or doing.deaths >= 3:
                raise TimeoutError(
                    f"{doing.name} did not answer within {waited:.0f} s. The end of {doing.log}:\n"
                    f"{doing.last_words()}"
                )
            time.sleep(0.1)
        return time.monotonic() - begun

    def run_until_stopped(self) -> None:
        while True:
            self.tend()
            time.sleep(0.5)


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and a closed terminal end the work in the way Ctrl+C does."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in STOPPING:
        signal.signal(number, interrupt)
    yield


def programs(*, var: Path, host: str, port: int, redis: bool, sqlite: bool) -> list[Program]:
    """With Redis the timetable is a process of its own; embedded, it rides on the worker.

    SQLite has one writer at a time, so there the worker works in its own process, without a pool. Whoever starts them
    has checked the project; checking it again is two fifths of a worker's start.
    """
    celery = ["celery", "--app", "portal.celery:app", "--quiet", "--skip-checks"]
    schedule = ["--schedule", str(var / "beat-schedule"), "--loglevel", "WARNING"]
    pool = ["--pool", "solo"] if sqlite else ["--pool", "prefork", "--concurrency", "2"]
    worker = [*celery, "worker", *pool, "--without-gossip", "--without-mingle"]
    worker.append("--without-heartbeat")
    log = var / "log"
    crew = [Program("portal", _gunicorn(host, port), log / "portal.log")]
    if redis:
        beat = [*celery, "beat", "--pidfile=", *schedule]
        crew.append(Program("worker", [*worker, "--loglevel", "WARNING"], log / "worker.log"))
        crew.append(Program("beat", beat, log / "beat.log"))
    else:
        crew.append(Program("worker", [*worker, "--beat", *schedule], log / "worker.log"))
    return crew


def _gunicorn(host: str, port: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    command = ["gunicorn", "portal.wsgi:application", "--bind", address, "--workers", workers]
    command += ["--worker-class", "gthread", "--threads", "8", "--timeout", "60"]
    return [*command, "--graceful-timeout", "8", "--no-control-socket", "--log-level", "warning"]
