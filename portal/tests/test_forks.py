import os
import time

import pytest

from portal.proving import forks


def test_every_task_answers_under_its_name():
    tasks = [(f"task {n}", lambda n=n: n * n) for n in range(7)]
    assert dict(forks.each(tasks, jobs=3)) == {f"task {n}": n * n for n in range(7)}


def test_a_long_answer_comes_whole():
    assert list(forks.each([("long", lambda: "字" * 300_000)], jobs=1)) == [
        ("long", "字" * 300_000)
    ]


def test_what_a_child_changes_stays_in_the_child():
    kept = []
    tasks = [("one", lambda: kept.append(1) or len(kept)), ("two", lambda: len(kept))]
    assert dict(forks.each(tasks, jobs=1)) == {"one": 1, "two": 0}
    assert kept == []


def test_children_run_side_by_side(tmp_path):
    """Each ends when all four have begun."""

    def meet(number):
        (tmp_path / str(number)).touch()
        patience = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < 4 and time.monotonic() < patience:
            time.sleep(0.01)
        return len(list(tmp_path.iterdir()))

    met = dict(forks.each([(str(n), lambda n=n: meet(n)) for n in range(4)], jobs=4))
    assert met == {"0": 4, "1": 4, "2": 4, "3": 4}


@pytest.mark.parametrize("end", [lambda: 1 / 0, lambda: os._exit(3), lambda: {1, 2}])
def test_a_child_without_an_answer_is_no_answer(end, capfd):
    with pytest.raises(RuntimeError, match="no answer from the child for broken"):
        list(forks.each([("broken", end)], jobs=1))


def test_the_others_are_ended_when_one_breaks(capfd):
    tasks = [("slow", lambda: time.sleep(60)), ("broken", lambda: 1 / 0)]
    begun = time.monotonic()
    with pytest.raises(RuntimeError, match="broken"):
        list(forks.each(tasks, jobs=2))
    assert time.monotonic() - begun < 20
