"""One request of the walk: asked as one actor, read to the last byte, and undone."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Max
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils.http import urlencode

from accounts.middleware import SEEN, SLACK_SECONDS
from accounts.models import Deed
from portal.tests.walk.bodies import body
from portal.tests.walk.ink import written
from portal.tests.walk.samples import Sample

ANYBODY = "anonymous"
INTO_TRAIL = f'INSERT INTO "{Deed._meta.db_table}"'
DIFFERS = re.compile(
    r'(csrfmiddlewaretoken"\s+value|nonce)="[^"]*"|^Content-Length: .*$|^Set-Cookie: .*$', re.M
)


@dataclass(frozen=True)
class Answer:
    """What one actor got. `deeds`: paths under which this request wrote to the trail."""

    actor: str
    method: str
    name: str
    label: str
    status: int
    text: str
    url: str = ""
    deeds: tuple[str, ...] = ()
    then: Any = None

    def __str__(self) -> str:
        return f"{self.actor} {self.method} {self.name} [{self.label}] -> {self.status}"


class Plain(RequestFactory):
    """Asks like Django's test client, without recording every template and context on the way."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


class Walker:
    """Keeps one session per actor. They are made once; no password is ever hashed."""

    def __init__(self, world: SimpleNamespace) -> None:
        self.world = world
        self.count = 0
        self.asking = Plain()
        # Every request is undone, so this stays true.
        self.newest = Deed.objects.aggregate(newest=Max("pk"))["newest"] or 0
        self.sessions = {name: session_of(user) for name, user in world.cast.items()}
        self.since = dict.fromkeys(self.sessions, time.monotonic())
        self.sessions[ANYBODY] = {}

    def ask(
        self,
        actor: str,
        method: str,
        name: str,
        sample: Sample,
        *,
        more: Mapping[str, Any] | None = None,
        then: Callable[[], Any] | None = None,
    ) -> Answer:
        """The answer, with everything the request wrote rolled back. `then` looks at it before that."""
        self.stay_seen(actor)
        self.asking.cookies = SimpleCookie(self.sessions[actor])
        url = reverse(name, kwargs=sample.args) + query_of(sample)
        self.count += 1
        with undone() as noted:
            if method == "POST":
                response = self.asking.post(url, body(self.world, name, sample) | dict(more or {}))
            else:
                response = self.asking.generic(method, url)
            text = written(response)
            newer = Deed.objects.filter(pk__gt=self.newest) if noted else Deed.objects.none()
            paths = tuple(newer.values_list("path", flat=True))
            seen = then() if then else None
        return Answer(
            actor, method, name, sample.label, response.status_code, text, url, paths, seen
        )

    def stay_seen(self, actor: str) -> None:
        """Seen a moment ago, or each request would write that down anew, only to be undone."""
        if actor != ANYBODY and time.monotonic() - self.since[actor] > SLACK_SECONDS / 2:
            note_seen(SessionStore(self.sessions[actor][settings.SESSION_COOKIE_NAME]))
            self.since[actor] = time.monotonic()


@contextmanager
def undone() -> Iterator[list[str]]:
    """What is sent inside to write into the trail; in the end all that was written is taken back.

    Most requests only read, and a savepoint costs them three statements of six: it is set before the first one that
    may write.
    """
    noted: list[str] = []
    points: list[str] = []
    waiting = list(connection.run_on_commit)

    def note(execute, sql, params, many, context):
        if not points and not sql.startswith("SELECT"):
            points.append("")
            points[0] = connection.savepoint()
        if sql.startswith(INTO_TRAIL):
            noted.append(sql)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(note):
            yield noted
    finally:
        connection.needs_rollback = False
        if points:
            connection.savepoint_rollback(points[0])
            connection.savepoint_commit(points[0])
        connection.run_on_commit = waiting


def session_of(user: Any) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    note_seen(client.session)
    return {key: morsel.value for key, morsel in client.cookies.items()}


def note_seen(session: SessionStore) -> None:
    session[SEEN] = time.time()
    session.save()


def query_of(sample: Sample) -> str:
    return f"?{urlencode(sample.query, doseq=True)}" if sample.query else ""


def plain(answer: Answer) -> str:
    """The answer without its own address and without what differs from one request to the next."""
    return DIFFERS.sub("", answer.text.replace(answer.url, ""))
