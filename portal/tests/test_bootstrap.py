"""The bootstrap with real virtual environments and empty locks, so that no network is needed."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from portal import bootstrap

pytestmark = pytest.mark.slow
STAND_IN_NPM = """#!/bin/sh
echo "$@" >> npm-was-asked
exit {code}
"""
MANAGE = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from portal import bootstrap
bootstrap.enter(sys.argv, root=Path({here!r}))
print("inside", Path(sys.prefix).name, *sys.argv[1:])
"""


@pytest.fixture
def bare(tmp_path):
    """A fresh clone that depends on nothing, and an npm that only notes what it was asked."""
    return lay_out(tmp_path)


@pytest.fixture(scope="session")
def model():
    """One checkout started for the first time, by whichever process of the run comes here first: making an
    environment takes seconds, copying it does not."""
    folder = Path(os.environ["BRANCHMARK_TEST_GROUND"]) / "bootstrap-model"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "said").exists():
            done = manage(lay_out(folder), "up", "--port", "9")
            said = [done.returncode, done.stdout.splitlines()[-1:], done.stderr]
            (folder / "said").write_text(json.dumps(said))
    return folder


@pytest.fixture
def checkout(model, tmp_path):
    """A checkout that was started before."""
    shutil.copytree(model, tmp_path, symlinks=True, dirs_exist_ok=True)
    return lay_out(tmp_path)


def lay_out(folder):
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        (folder / name).write_text("")
    for name in bootstrap.ASSET_LOCKS:
        (folder / name).write_text("{}")
    (folder / "manage.py").write_text(MANAGE.format(root=str(bootstrap.ROOT), here=str(folder)))
    (folder / "npm-was-asked").unlink(missing_ok=True)
    set_npm(folder, code=0)
    return folder


def set_npm(checkout, *, code):
    folder = checkout / "bin"
    folder.mkdir(exist_ok=True)
    (folder / "npm").write_text(STAND_IN_NPM.format(code=code))
    (folder / "npm").chmod(0o755)


def manage(checkout, *arguments, **environment):
    return subprocess.run(
        **called(checkout, arguments, environment), capture_output=True, text=True
    )


def begins(checkout, *arguments):
    """The first line it says; what it then sets about doing is cut short."""
    told = called(checkout, arguments, {}) | {"stdout": subprocess.PIPE, "start_new_session": True}
    with subprocess.Popen(**told, text=True) as run:
        said = run.stdout.readline()
        os.killpg(run.pid, signal.SIGKILL)
    return said


def called(checkout, arguments, environment):
    env = {k: v for k, v in os.environ.items() if not k.startswith("BRANCHMARK_")}
    env |= {"PATH": f"{checkout / 'bin'}:{env['PATH']}", **environment}
    return {"args": [outer_python(), "manage.py", *arguments], "cwd": checkout, "env": env}


def outer_python():
    """The Python that made this environment: the bootstrap is what leads from there to here."""
    return str(Path(sys.base_prefix) / "bin" / "python3")


def asked_of_npm(checkout):
    file = checkout / "npm-was-asked"
    return file.read_text().splitlines() if file.exists() else []


def test_a_first_start_sets_up_and_goes_on_inside(model):
    assert json.loads((model / "said").read_text()) == [0, ["inside .venv up --port 9"], ""]
    assert asked_of_npm(model) == ["ci --ignore-scripts --no-audit --no-fund --omit=dev"]


@pytest.mark.parametrize("command", ["up", "migrate"])
def test_a_second_start_does_nothing_again(checkout, command):
    assert manage(checkout, command).stdout == f"inside .venv {command}\n"
    assert asked_of_npm(checkout) == []


def test_the_test_command_adds_what_tests_need_and_a_plain_start_is_content(checkout):
    assert "requirements-dev.txt" in manage(checkout, "test").stdout
    assert asked_of_npm(checkout) == ["ci --ignore-scripts --no-audit --no-fund"]
    assert manage(checkout, "up").stdout == "inside .venv up\n"


@pytest.mark.parametrize("lock", ["requirements.txt", "package-lock.json"])
def test_a_changed_lock_is_installed_at_the_next_start(checkout, lock):
    (checkout / lock).write_text("{}\n" if lock.endswith("json") else "# a newer lock\n")
    assert "Installing" in manage(checkout, "up").stdout
    assert manage(checkout, "up").stdout == "inside .venv up\n"


def test_a_broken_environment_is_made_again(checkout):
    (checkout / ".venv" / "bin" / "python").unlink()
    (checkout / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    (checkout / ".venv" / "bin" / "python").chmod(0o755)
    assert manage(checkout, "up").stdout.splitlines()[-1] == "inside .venv up"


def test_an_environment_left_behind_by_an_older_python_is_made_again(checkout):
    (library,) = (checkout / ".venv" / "lib").iterdir()
    library.rename(library.with_name("python3.1"))
    assert begins(checkout, "up").startswith("Making .venv")


def test_a_lock_that_cannot_be_installed_stops_every_start_with_a_way_out(checkout):
    without_hash = "nothing==1.0\n"  # refused before any download
    (checkout / "requirements.txt").write_text(without_hash)
    for _start in range(2):
        done = manage(checkout, "up")
        assert done.returncode == 1
        assert "The packages could not be installed." in done.stderr


def test_when_npm_and_node_fail_the_next_start_tries_the_assets_again(checkout):
    (checkout / "package-lock.json").write_text("{}\n")
    set_npm(checkout, code=1)
    done = manage(checkout, "up")
    assert done.returncode == 1
    assert "No npm here that works" in done.stdout
    set_npm(checkout, code=0)
    assert manage(checkout, "up").stdout.splitlines()[-1] == "inside .venv up"


def test_switched_off_the_interpreter_is_taken_as_it_is(bare):
    done = manage(bare, "up", BRANCHMARK_BOOTSTRAP="off")
    assert done.stdout == f"inside {Path(sys.base_prefix).name} up\n"
    assert not (bare / ".venv").exists()


def test_settings_for_other_installations_do_not_reach_pip(checkout):
    (checkout / "requirements.txt").write_text("# a newer lock\n")
    done = manage(checkout, "up", PIP_USER="1", PIP_TARGET="elsewhere")
    assert done.returncode == 0
    assert not (checkout / "elsewhere").exists()


def test_the_bootstrap_needs_the_standard_library_only():
    alone = [
        outer_python(),
        "-I",
        "-S",
        "-c",
        "import sys; sys.path[:0] = ['.']; import portal.bootstrap",
    ]
    assert subprocess.run(alone, cwd=bootstrap.ROOT).returncode == 0


def test_a_mark_changes_with_every_part(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text("one")
    first = bootstrap.mark("run", lock)
    lock.write_text("two")
    assert len({first, bootstrap.mark("run", lock), bootstrap.mark("tests", lock)}) == 3
