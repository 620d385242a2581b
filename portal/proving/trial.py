"""Reminders under fault: findings become due while workers are killed, Redis is emptied and the database crashes."""

import time
from dataclasses import dataclass, field

from django.utils import timezone
from redis import Redis

from accounts.models import Outbox
from inspections.models import Fired
from portal import serve
from portal.proving.machine import Machine, kill, talks, through_crashes
from portal.proving.story import Wave, issue, make_story
from portal.proving.verdict import Verdict, judge, waiting_for_nothing

TICK = 0.05
RING_SECONDS = 1.0
# A kill waits so long for a worker in the midst of a letter.
WORST_MOMENT_SECONDS = 10.0


@dataclass(frozen=True)
class Plan:
    reminders: int = 200
    kills: int = 3
    flushes: int = 1
    crashes: int = 1
    breaks: int = (
        0  # lines that go dead after the gateway took the letter; each costs a minute's wait
    )
    workers: int = 2
    spread: float = 9.0  # seconds over which the findings become due and the faults strike
    patience: float = 60.0

    def faults(self) -> list[tuple[float, str]]:
        """(moment as a part of the time, what), mixed evenly."""
        counts = {
            "kill": self.kills,
            "flush": self.flushes,
            "crash": self.crashes,
            "break_off": self.breaks,
        }
        moments = [
            ((n + 0.5) / count, name) for name, count in counts.items() for n in range(count)
        ]
        return sorted(moments)


@dataclass
class Trial:
    machine: Machine
    plan: Plan
    crew: serve.Crew
    story: list[Wave]
    waves: list[Wave] = field(init=False)
    begun: float = field(default_factory=time.monotonic)
    rung: float = 0.0
    killed: int = 0

    def __post_init__(self):
        self.waves = list(self.story)

    def elapsed(self) -> float:
        return time.monotonic() - self.begun

    def run(self) -> Verdict:
        self.strike()
        return self.see()

    def strike(self) -> None:
        """The findings become due and the faults happen, each at its moment."""
        count = len(self.story)
        steps = [(n / count, "next_wave") for n in range(count)]
        for part, what in sorted(steps + self.plan.faults()):
            self.tend_until(lambda part=part: self.elapsed() >= part * self.plan.spread)
            getattr(self, what)()

    def see(self) -> Verdict:
        """Wait until all is told and carried, or patience ends; then count."""
        lines = set().union(*(wave.lines for wave in self.story))
        self.tend_until(lambda: self.settled(len(lines)), seconds=self.plan.patience)
        return judge(lines, self.machine.gateway, seconds=self.elapsed())

    def tend_until(self, true, *, seconds: float = 60.0) -> bool:
        """Supervise and ring like the timetable meanwhile."""
        give_up = time.monotonic() + seconds
        while not true() and time.monotonic() < give_up:
            self.crew.tend()
            if time.monotonic() - self.rung > RING_SECONDS:
                self.rung = time.monotonic()
                self.machine.ring("inspections.tasks.remind")
                self.machine.ring("inspections.tasks.digest")
            time.sleep(TICK)
        return time.monotonic() < give_up

    def next_wave(self) -> None:
        if self.waves:
            wave = self.waves.pop(0)
            self.tend_until(lambda: through_crashes(lambda: issue(wave)))

    def settled(self, lines: int) -> bool:
        return bool(through_crashes(lambda: Fired.objects.count() == lines and all_carried()))

    # ---- the faults ----

    def kill(self) -> None:
        """kill -9 of one worker with all its children, in turn just before and just after its letter is taken."""
        gateway = self.machine.gateway
        gateway.hold(taken=self.killed % 2 == 1)
        self.killed += 1
        self.next_wave()
        self.tend_until(lambda: self.holding() is not None, seconds=WORST_MOMENT_SECONDS)
        self.tend_until(lambda: any(worker.is_alive() for worker in self.workers()))
        alive = [worker for worker in self.workers() if worker.is_alive()]
        kill(self.holding() or alive[0])
        gateway.release()

    def holding(self) -> serve.Program | None:
        ports = list(self.machine.gateway.held)
        alive = [worker for worker in self.workers() if ports and worker.is_alive()]
        return next((worker for worker in alive if talks(worker, ports)), None)

    def flush(self) -> None:
        with Redis.from_url(self.machine.redis.url) as client:
            client.flushall()

    def crash(self) -> None:
        self.machine.crash_database()

    def break_off(self) -> None:
        self.machine.gateway.break_off += 1

    def workers(self) -> list[serve.Program]:
        return [program for program in self.crew.programs if program.name.startswith("worker")]


def all_carried() -> bool:
    """Every letter of today has gone, and whoever has lines left is owed another."""
    today = timezone.localdate().isoformat()
    owed = Outbox.objects.filter(kind="digest", done_at=None, dead_at=None, key__endswith=today)
    return not owed.exists() and waiting_for_nothing() == 0


def run(machine: Machine, plan: Plan) -> Verdict:
    waves = max(4, int(plan.spread))
    story = make_story(reminders=plan.reminders, waves=waves)
    crew = machine.crew(workers=plan.workers, beats=1)
    return Trial(machine, plan, crew, story).run()
