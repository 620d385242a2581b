"""Tasks in forked children, a few at a time: each starts from the warm parent and leaves nothing behind in it.

The database must be one that a child gets its own copy of: SQLite in memory.
"""

import json
import os
import select
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from portal import leash


@dataclass
class Child:
    pid: int
    name: str
    heard: bytearray = field(default_factory=bytearray)


def each(tasks: Iterable[tuple[str, Callable[[], Any]]], *, jobs: int) -> Iterator[tuple[str, Any]]:
    """(name, what the task answered) as they end; RuntimeError for a child that ended without an answer."""
    running: dict[int, Child] = {}
    try:
        for name, task in tasks:
            while len(running) >= jobs:
                yield from ended(running)
            reading, child = start(name, task)
            running[reading] = child
        while running:
            yield from ended(running)
    finally:
        for child in running.values():
            os.kill(child.pid, 9)
            os.waitpid(child.pid, 0)


def start(name: str, task: Callable[[], Any]) -> tuple[int, Child]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    parent = os.getpid()
    if pid := os.fork():
        os.close(writing)
        return reading, Child(pid, name)
    leash.die_with_parent(parent)
    try:
        answer = json.dumps(task()).encode()
        while answer:
            answer = answer[os.write(writing, answer) :]
    except BaseException:  # whatever it was, the parent's own code must not run on here
        traceback.print_exc()
    finally:
        os._exit(0)


def ended(running: dict[int, Child]) -> Iterator[tuple[str, Any]]:
    """Those that have closed their pipe since; waits until at least one says something."""
    for reading in select.select(list(running), [], [])[0]:
        if part := os.read(reading, 65_536):
            running[reading].heard += part
            continue
        child = running.pop(reading)
        os.close(reading)
        os.waitpid(child.pid, 0)
        if not child.heard:
            raise RuntimeError(f"no answer from the child for {child.name}")
        yield child.name, json.loads(bytes(child.heard))
