"""The supervisor with small stand-in programs; the real ones run in test_up.py."""

import os
import sys
import time
from pathlib import Path

import pytest

from portal import serve

ROOT = Path(__file__).resolve().parents[2]
STEADY = "import time; time.sleep(60)"
SHORT = "print('no luck today')"


@pytest.fixture
def crew(tmp_path):
    """Makes a crew of stand-ins; whatever still runs at the end is stopped."""
    made, said = [], []

    def make(**scripts):
        programs = []
        for name, script in scripts.items():
            (tmp_path / f"{name}_stand_in.py").write_text(script)
            programs.append(serve.Program(name, [f"{name}_stand_in"], tmp_path / f"{name}.log"))
        env = {**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"}
        made.append(serve.Crew(programs, cwd=tmp_path, env=env, say=said.append))
        made[0].said = said
        return made[0]

    handlers = {number: serve.signal.getsignal(number) for number in serve.STOPPING}
    yield make
    for one in made:
        one.stop()
    for number, handler in handlers.items():
        serve.signal.signal(number, handler)


def tend_until(crew, true, *, seconds=10):
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up
        crew.tend()
        time.sleep(0.02)


def test_a_killed_program_is_started_again(crew):
    crew = crew(worker=STEADY)
    crew.start()
    (worker,) = crew.programs
    first = worker.process.pid
    worker.process.kill()
    tend_until(crew, lambda: worker.process and worker.process.pid != first)
    assert worker.is_alive()
    assert crew.said == [
        f"worker ended (exit code -9); starting it again in 1 s. Its log: {worker.log}"
    ]


def test_the_pause_doubles_while_a_program_keeps_dying(crew):
    crew = crew(worker=SHORT)
    crew.start()
    (worker,) = crew.programs
    pauses = []
    for _death in range(7):
        worker.process.wait()
        pauses.append(worker.bury())
        worker.start(cwd=crew.cwd, env=crew.env)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_a_program_that_ran_steadily_starts_with_the_shortest_pause(crew):
    crew = crew(worker=SHORT)
    crew.start()
    (worker,) = crew.programs
    worker.deaths = 5
    worker.process.wait()
    worker.begun -= serve.STEADY_SECONDS + 1
    assert worker.bury() == 1


def test_waiting_for_a_program_that_keeps_dying_ends_with_its_last_words(crew):
    crew = crew(portal=SHORT)
    crew.start()
    with pytest.raises(TimeoutError, match="no luck today"):
        crew.wait_for(lambda: False, seconds=30, doing=crew.programs[0])


def test_stopping_leaves_nothing_running(crew):
    crew = crew(portal=STEADY, worker=STEADY)
    crew.start()
    processes = [program.process for program in crew.programs]
    crew.stop()
    assert [process.poll() is None for process in processes] == [False, False]


def test_a_program_that_does_not_listen_is_killed(crew, monkeypatch):
    monkeypatch.setattr(serve, "PATIENCE_SECONDS", 1)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True)\n"
    crew = crew(worker=deaf + STEADY)
    crew.start()
    (worker,) = crew.programs
    tend_until(crew, lambda: "deaf" in worker.last_words())
    process = worker.process
    crew.stop()
    assert process.returncode == -9


def test_a_log_that_grew_too_large_is_cut_and_one_older_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "LOG_BYTES", 10)
    program = serve.Program("worker", [], tmp_path / "worker.log")
    program.log.write_text("twelve bytes")
    program.trim_log()
    assert program.log.read_text() == ""
    assert (tmp_path / "worker.log.1").read_text() == "twelve bytes"


@pytest.mark.parametrize(
    ("redis", "names"), [(False, ["portal", "worker"]), (True, ["portal", "worker", "beat"])]
)
def test_with_redis_the_timetable_is_a_process_of_its_own(tmp_path, redis, names):
    crew = serve.programs(var=tmp_path, host="::1", port=8000, redis=redis, sqlite=not redis)
    assert [program.name for program in crew] == names
    assert ["--beat" in program.command for program in crew] == [False, not redis, False][
        : len(crew)
    ]


def test_an_ipv6_address_stands_in_brackets(tmp_path):
    (portal, _worker) = serve.programs(var=tmp_path, host="::1", port=80, redis=False, sqlite=True)
    assert portal.command[portal.command.index("--bind") + 1] == "[::1]:80"


def test_the_interpreter_is_the_one_that_runs_the_supervisor(crew):
    crew = crew(portal="import sys; print(sys.executable)")
    crew.start()
    crew.programs[0].process.wait()
    assert crew.programs[0].last_words() == sys.executable
