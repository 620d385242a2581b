"""A Redis of the test process's own: it may be killed, frozen and started again without harming anyone."""

import os
import shutil
import signal
import subprocess
import time

import pytest
import redis

from portal import leash
from portal.proving.servers import free_port


class RedisProcess:
    """A private redis-server; without the program, an empty database of the server at REDIS_URL."""

    def __init__(self, *, folder):
        self.folder = folder
        self.program = shutil.which("redis-server")
        self.given = os.environ.get("BRANCHMARK_TEST_REDIS", "")
        self.process = None
        self.port = free_port() if self.program else None
        self.url = f"redis://127.0.0.1:{self.port}/0" if self.program else ""

    @property
    def available(self):
        return bool(self.program or self.given)

    def start(self):
        """Start it (again, on the same address) and wait until it answers."""
        if not self.program:
            self.url = self.url or _empty_database(self.given)
        elif self.process is None:
            arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
            self.process = subprocess.Popen(
                [self.program, *arguments, "--save", "", "--appendonly", "no"],
                stdout=subprocess.DEVNULL,
                preexec_fn=leash.die_with_parent,
            )
        _wait_for(self.url)

    def kill(self):
        """As a power cut would: what was in memory is gone, connections break."""
        self._owned().kill()
        self.process.wait()
        self.process = None

    def pause(self):
        """It hangs: connections stay open and nothing answers."""
        self._owned().send_signal(signal.SIGSTOP)

    def resume(self):
        self._owned().send_signal(signal.SIGCONT)

    def make_fresh(self):
        if self.program and self.process is None:
            self.start()
        if self.process:
            self.resume()
        with redis.Redis.from_url(self.url) as client:
            client.flushdb()

    @property
    def version(self):
        with redis.Redis.from_url(self.url) as client:
            return client.info("server")["redis_version"]

    def stop(self):
        if self.process:
            self.resume()
            self.kill()

    def _owned(self):
        if self.process is None:
            pytest.skip("this Redis is not ours to stop")
        return self.process


def _wait_for(url):
    give_up = time.monotonic() + 10
    with redis.Redis.from_url(url, socket_timeout=1) as client:
        while True:
            try:
                return client.ping()
            except (redis.ConnectionError, redis.TimeoutError):
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.02)


def _empty_database(given):
    """One of the server's databases that holds nothing, so that emptying it later destroys nothing."""
    stem = given.rsplit("/", 1)[0] if given.count("/") > 2 else given
    for number in range(15, -1, -1):
        with redis.Redis.from_url(f"{stem}/{number}") as client:
            if client.dbsize() == 0:
                return f"{stem}/{number}"
    return pytest.fail("REDIS_URL has no empty database", pytrace=False)
