import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.models import Pulse, User
from accounts.pulse import answer
from portal import opening

# Holds the lock as a running portal does, until its input ends.
HOLDER = """
import sys
from pathlib import Path
import django
django.setup()
from portal import opening
with opening.only_one(Path(sys.argv[1])) as leave_word:
    leave_word("http://127.0.0.1:8000/")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"},
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_start_says_who_runs_already(tmp_path, holder):
    with pytest.raises(CommandError) as refusal, opening.only_one(tmp_path):
        pass
    assert f"(process {holder.pid}, http://127.0.0.1:8000/)" in str(refusal.value)


def test_a_killed_portal_leaves_no_lock(tmp_path, holder):
    holder.kill()
    holder.wait()
    with opening.only_one(tmp_path) as leave_word:
        leave_word("http://127.0.0.1:9000/")
    assert "http://127.0.0.1:9000/" in (tmp_path / "up.lock").read_text()


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} on 127.0.0.1 is not free"):
            opening.claim_port("127.0.0.1", port)


def test_port_zero_is_any_free_one():
    assert opening.claim_port("127.0.0.1", 0) > 0


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),
        ("::1", "http://[::1]:80/"),
        ("10.1.2.3", "http://10.1.2.3:80/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host, address):
    assert opening.address(host, 80) == address


def test_the_portal_answers_to_this_machine_only_unless_told(monkeypatch):
    monkeypatch.delenv("BRANCHMARK_HOSTS", raising=False)
    assert opening.hosts("127.0.0.1") == ["127.0.0.1", "localhost", "[::1]"]
    assert opening.hosts("10.1.2.3") == ["127.0.0.1", "localhost", "[::1]", "10.1.2.3"]


def test_open_to_everybody_the_portal_knows_its_own_names_and_no_wildcard(monkeypatch):
    monkeypatch.delenv("BRANCHMARK_HOSTS", raising=False)
    names = opening.hosts("0.0.0.0")
    assert names[:3] == ["127.0.0.1", "localhost", "[::1]"]
    assert names[-1] == socket.gethostname()
    assert "*" not in names


def test_names_given_by_the_operator_are_taken_as_they_are(monkeypatch):
    monkeypatch.setenv("BRANCHMARK_HOSTS", "portal.example,10.0.0.7")
    assert opening.hosts("0.0.0.0") == ["portal.example", "10.0.0.7"]


def test_nobody_answers_on_a_free_port():
    assert opening.answers("127.0.0.1", opening.claim_port("127.0.0.1", 0), name="x") is False


@pytest.mark.django_db
def test_an_empty_start_makes_two_administrators_with_passwords_shown_once():
    accounts = opening.fill(empty=True, demo=False)
    assert [(name, label) for name, label, _password in accounts] == [
        ("system", ""),
        ("security", ""),
    ]
    assert all(User.objects.get(username=n).check_password(p) for n, _label, p in accounts)


@pytest.mark.django_db
def test_a_second_start_makes_and_loads_nothing(capsys):
    opening.fill(empty=True, demo=False)
    assert opening.fill(empty=False, demo=False) == []
    assert opening.fill(empty=True, demo=False) == []
    assert opening.fill(empty=False, demo=True) == []
    assert User.objects.count() == 2


@pytest.mark.django_db
def test_a_servers_database_gets_no_demonstration_unasked(settings, capsys):
    settings.DATABASE_URL = "postgres://somewhere/real"
    assert opening.fill(empty=False, demo=False) == []
    assert User.objects.count() == 0
    assert "--empty" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_old_pulse_is_no_answer():
    answer(now=timezone.now())
    assert opening.has_pulse("worker", since=timezone.now()) is False


@pytest.mark.django_db
def test_a_pulse_since_the_start_is_an_answer():
    since = timezone.now()
    answer(now=timezone.now())
    assert [opening.has_pulse(name, since=since) for name in ("worker", "beat")] == [True, True]
    assert Pulse.objects.count() == 2


def test_the_table_lines_up_where_letters_are_two_cells_wide():
    accounts = [("county", "县委组织部", "aaa"), ("leader", "分管领导", "bbb")]
    assert opening.table(accounts) == ("    county  县委组织部  aaa\n    leader  分管领导    bbb")


def test_static_files_are_collected_again_only_after_a_change(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    opening.collect_static()
    collected = next(Path(tmp_path, "static").glob("css/*"))
    collected.unlink()
    opening.collect_static()
    assert not collected.exists()
    (tmp_path / "static" / ".collected").write_text("another state")
    opening.collect_static()
    assert collected.exists()
