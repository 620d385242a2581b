"""The one shape in which this folder says no: an English sentence for the catalogue and what to put into it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


class Refusal(Exception):
    """Why input was refused. `msgid` is the English sentence, `params` its named parts; `sentence` is in the reader's language."""

    def __init__(self, msgid: str, params: Mapping[str, Any] | None = None) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = dict(params or {})

    @property
    def sentence(self) -> str:
        return gettext(self.msgid) % self.params

    def __str__(self) -> str:
        return self.sentence
