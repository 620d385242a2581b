"""A PostgreSQL of the run's own that may crash and come back, and the switch that makes this process use it."""

import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environ
from django.db import connections

from portal.proving import servers


class Cluster:
    """What it said is committed survives `crash()`; nothing survives the block."""

    def __init__(self, programs: Path):
        self.programs = programs
        self.owner = servers.cluster_owner()
        self.port = servers.free_port()
        self.password = secrets.token_hex(16)
        self.folder = servers.cluster_folder()
        self.server: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"postgres://branchmark:{self.password}@127.0.0.1:{self.port}/branchmark"

    def __enter__(self) -> "Cluster":
        servers.make_cluster(self.programs, self.folder, password=self.password, owner=self.owner)
        self.start()
        servers.create_database(self.port, self.password)
        return self

    def __exit__(self, *fault: object) -> None:
        self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        self.server = servers.start_cluster(
            self.programs, self.folder, port=self.port, owner=self.owner, keeps_commits=True
        )

    def crash(self) -> None:
        """`pg_ctl stop -m immediate`: every backend drops dead, the next start recovers from the log."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait()


@contextmanager
def used_here(url: str) -> Iterator[None]:
    """This process's queries, in every thread begun meanwhile too, go to the database at `url`."""
    before = connections.settings["default"]
    here = connections["default"]
    connections.settings["default"] = connections.configure_settings(
        {"default": _as_in_settings(url, before)}
    )["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = here


def _as_in_settings(url: str, before: dict) -> dict:
    options = {"options": "-c statement_timeout=30s -c lock_timeout=5s"}
    health = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return environ.Env.db_url_config(url) | health | {"OPTIONS": options, "TEST": before["TEST"]}
