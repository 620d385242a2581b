"""A mail gateway on a free port that keeps what it took, and can be slow, refuse, or break off after taking."""

import socketserver
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy


@dataclass(frozen=True)
class Letter:
    """One message as it came over the wire; `key` is its Message-ID."""

    key: str
    to: str
    body: str


class Gateway:
    """Takes letters until stopped: `.letters` in the order of arrival, repeats included."""

    def __init__(self, *, seconds: float = 0.0):
        self.seconds = (
            seconds  # how long it thinks before it takes a letter, and again before it says so
        )
        self.break_off = 0  # so many of the next letters are taken, and the line goes dead
        self.refuse = 0  # so many of the next letters are refused for now
        self.letters: list[Letter] = []
        self.held: list[int] = []  # ports of the senders who wait for a word
        self.before, self.after = threading.Event(), threading.Event()
        self.release()
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _dialogue(self))
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> "Gateway":
        self.thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def take(self, data: bytes, recipient: str, *, sender: int) -> str:
        """The answer to a whole letter; empty when the line breaks."""
        with self.lock:
            if self.refuse:
                self.refuse -= 1
                return "451 try again later"
            self.letters.append(_read(data, recipient))
            breaks, self.break_off = self.break_off > 0, max(0, self.break_off - 1)
        self.think(sender, self.after)
        return "" if breaks else "250 taken"

    def think(self, sender: int, gate: threading.Event) -> None:
        self.held.append(sender)
        time.sleep(self.seconds)
        gate.wait(30)
        self.held.remove(sender)

    def hold(self, *, taken: bool) -> None:
        """Let the senders wait until `release`: with their letters taken and unanswered, or not taken yet."""
        (self.after if taken else self.before).clear()

    def release(self) -> None:
        self.before.set()
        self.after.set()

    def delivered(self) -> dict[str, Letter]:
        """What people see: a repeat under a known Message-ID is dropped, as gateways do."""
        return {letter.key: letter for letter in reversed(self.letters)}

    def repeats(self) -> int:
        return sum(n - 1 for n in Counter(letter.key for letter in self.letters).values())


def _read(data: bytes, recipient: str) -> Letter:
    message = message_from_bytes(data, policy=policy.default)
    return Letter(key=message["Message-ID"], to=recipient, body=message.get_content())


def _dialogue(gateway: Gateway) -> type[socketserver.StreamRequestHandler]:
    class Dialogue(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the sender was killed
                self.talk()

        def talk(self) -> None:
            recipient, sender = "", self.client_address[1]
            self.say("220 gateway")
            while line := self.rfile.readline().strip():
                verb = line[:4].upper()
                if verb == b"RCPT":
                    recipient = line.split(b"<")[1].split(b">")[0].decode()
                if verb == b"DATA":
                    gateway.think(sender, gateway.before)
                    self.say("354 go on")
                    answer = gateway.take(self.data(), recipient, sender=sender)
                    if not answer:
                        return
                    self.say(answer)
                elif verb == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

        def say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

        def data(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                if not line:
                    raise ConnectionError("the sender went away in the midst of a letter")
                lines.append(line[1:] if line.startswith(b".") else line)
            return b"".join(lines)

    return Dialogue
