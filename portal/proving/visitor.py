"""Somebody with a browser and no script: opens pages, sends forms back as they came, and notes how long each took."""

import time
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode


class Fields(HTMLParser):
    """What the page's forms would send, by the address they send it to."""

    def __init__(self):
        super().__init__()
        self.forms: dict[str, list[tuple[str, str]]] = {}
        self.form: list[tuple[str, str]] = []
        self.select = ""

    def handle_starttag(self, tag, attrs):
        words = dict(attrs)
        if tag == "form":
            self.form = self.forms.setdefault(words.get("action") or "", [])
        elif tag == "select":
            self.select = words.get("name") or ""
        elif tag == "option" and "selected" in words and self.select:
            self.form.append((self.select, words.get("value") or ""))
        elif tag == "input" and words.get("name") and sent(words):
            self.form.append((words["name"], words.get("value") or ""))


def sent(words: dict) -> bool:
    kind = words.get("type", "text")
    if kind in ("radio", "checkbox"):
        return "checked" in words
    return kind not in ("submit", "button", "file")


class Visitor:
    def __init__(self, *, port: int):
        self.home = f"http://127.0.0.1:{port}"
        self.cookies = CookieJar()
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(jar)
        self.seconds: dict[str, float] = {}

    def answers(self) -> bool:
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False

    def get(self, path: str, *, note: str = "") -> str:
        return self.ask(path, None, note=note)

    def send(self, path: str, *, action: str = "", note: str = "", **changed: str) -> str:
        """Open the page, change some fields of one of its forms, send it."""
        page = Fields()
        page.feed(self.get(path))
        fields = dict(page.forms[action]) | changed
        return self.ask(action or path, urlencode(fields).encode(), note=note)

    def ask(self, path: str, data: bytes | None, *, note: str) -> str:
        address = self.home + path
        request = urllib.request.Request(address, data, {"Referer": address})  # noqa: S310  http
        begun = time.monotonic()
        with self.opener.open(request, timeout=20) as answer:
            words = answer.read().decode()
        if note:
            self.seconds[note] = time.monotonic() - begun
        return words

    def sign_in(self, username: str, password: str) -> None:
        path = "/account/sign-in/"
        self.send(path, action=path, note="sign in", username=username, password=password)
