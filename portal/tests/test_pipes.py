"""`| head` closes a pipe before everything is read: no traceback, and no complaint at exit."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "standards/tests/reading/tables/organ.xlsx"
MANY = "每少一次扣0.5分，扣完为止\t3\n" * 1500


def started(*given):
    """The command, writing into a pipe."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, "manage.py", *given], cwd=ROOT, **pipes)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("read_rule",), MANY),
        (("read_standard", TABLE), ""),
        (("read_standard", TABLE, "--json"), ""),
    ],
)
def test_a_reader_that_leaves_early_is_no_fault(given, said):
    run = started(*given)
    run.stdout.close()
    _, complaints = run.communicate(said.encode(), timeout=120)
    assert (run.returncode, complaints.decode()) == (0, "")


def test_everything_comes_while_somebody_reads():
    out, complaints = started("read_rule").communicate(MANY.encode(), timeout=120)
    assert out.decode().count("每少1次扣0.5分") == 1500
    assert complaints == b""
