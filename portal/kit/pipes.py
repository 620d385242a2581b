"""Lines into a pipe whose reader may leave before the end: `manage.py read_rule | head`."""

import os
import sys
from collections.abc import Iterable
from typing import TextIO


def write(stream: TextIO, lines: Iterable[str]) -> None:
    """All lines, or as many as somebody reads; `stream` ends each line itself."""
    try:
        for line in lines:
            stream.write(line)
        stream.flush()
    except BrokenPipeError:
        _drop_the_rest()


def _drop_the_rest() -> None:
    """What the buffer still holds would be written at exit, and fail there once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
