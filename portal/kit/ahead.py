"""The next item made while this one is used: reading in a thread with a database connection of its own."""

from collections.abc import Callable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
PATIENCE = 0.2


def ahead(make: Callable[[], Iterator[T]]) -> Iterator[T]:
    """The items of `make()`, at most two ahead; an error comes in its turn.

    Inside a transaction, and where one writer locks out every reader, they are made one after another.
    """
    if connection.in_atomic_block or connection.vendor != "postgresql":
        yield from make()
        return
    waiting: Queue[tuple[str, Any]] = Queue(maxsize=1)
    left = Event()
    maker = Thread(target=fill, args=(make, waiting, left), daemon=True)
    maker.start()
    try:
        yield from taken(waiting)
    finally:
        left.set()
        maker.join()


def taken(waiting: "Queue[tuple[str, Any]]") -> Iterator[Any]:
    while True:
        kind, item = waiting.get()
        if kind == "error":
            raise item
        if kind == "end":
            return
        yield item


def fill(make: Callable[[], Iterator[T]], waiting: "Queue[tuple[str, Any]]", left: Event) -> None:
    try:
        for item in make():
            if not put(waiting, ("item", item), left):
                return
        put(waiting, ("end", None), left)
    except BaseException as error:
        put(waiting, ("error", error), left)
    finally:
        connection.close()


def put(waiting: "Queue[tuple[str, Any]]", what: tuple[str, Any], left: Event) -> bool:
    """Whether somebody still takes it."""
    while not left.is_set():
        try:
            waiting.put(what, timeout=PATIENCE)
        except Full:
            continue
        return True
    return False
