"""A process that dies with the one that started it, and so do its own children, even after kill -9.

`python -m portal.leash PARENT MODULE [ARGS]` runs a module (gunicorn, celery) on such a leash. Linux only: the kernel
forgets the request at every fork, so each forked child asks again; elsewhere the leash is simply not there.
"""

import ctypes
import os
import runpy
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int | None = None, *, by: int = signal.SIGKILL) -> None:
    """Ask the kernel for a signal when the parent dies; leave at once if it is already dead."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def hold_children() -> None:
    """Every process forked from here on is on the same leash: gunicorn's workers, celery's pool and beat."""
    holder = [os.getpid()]

    def after_fork() -> None:
        die_with_parent(holder[0])
        holder[0] = os.getpid()

    os.register_at_fork(after_in_child=after_fork)


def main() -> None:
    parent, module, *arguments = sys.argv[1:]
    die_with_parent(int(parent))
    hold_children()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
