"""What a notice says. The row keeps a code and parameters; each reader gets the sentence in their own language.

Another app puts its sentences into SENTENCES from its own wording.py, imported in its apps.py ready().
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.roles import Role


@dataclass(frozen=True)
class Wording:
    """sentence: English msgid with named parameters. tone: overdue, warn, new, back or info. action: the button's msgid."""

    sentence: str
    tone: str = "info"
    action: str = ""


@dataclass(frozen=True)
class Line:
    """A notice as its reader sees it."""

    text: str
    tone: str
    icon: str
    label: str
    action: str


# tone -> (icon, chip, word): the state is never told by colour alone.
TONES = {
    "overdue": ("exclamation-triangle-fill", "overdue", _("Overdue")),
    "warn": ("clock", "warn", _("Due soon")),
    "new": ("circle-fill", "info", _("New task")),
    "back": ("arrow-return-left", "warn", _("Sent back")),
    "info": ("info-circle", "muted", _("For information")),
}
SENTENCES: dict[str, Wording | str] = {
    "suggestion.replied": Wording(_("Your suggestion has been answered."), action=_("Read")),
    "grant.made": Wording(_("You were given the role “%(role)s” at %(unit)s."), action=_("Open")),
    "grant.ended": Wording(_("Your role “%(role)s” at %(unit)s has ended.")),
}
# verb of the trail -> what the audit administrator reads. Other apps add theirs as they add SENTENCES.
DEEDS: dict[str, str] = {
    "session.began": _("Signed in"),
    "session.refused": _("Sign-in refused"),
    "session.locked_out": _("Sign-in locked after failures"),
    "session.ended": _("Signed out"),
    "password.changed": _("Changed the password"),
    "password.reset": _("Issued a one-time password"),
    "user.created": _("Created an account"),
    "user.edited": _("Edited an account"),
    "user.locked": _("Locked an account"),
    "user.unlocked": _("Unlocked an account"),
    "user.settings_changed": _("Changed own contact data"),
    "suggestion.answered": _("Answered a suggestion"),
    "grant.made": _("Gave a role"),
    "grant.ended": _("Ended a role"),
    "user.appointed": _("Changed the kind of an account"),
    "secretary.handed_over": _("Handed over to a new person"),
    "roster.accounts_made": _("Created accounts for a roster"),
}
# what was taken out, by code -> what the audit administrator reads; filled like DEEDS.
TAKEN: dict[str, str] = {"trail.exported": _("Exported the trail")}
UNKNOWN = Wording(_("A message of a kind this version does not know (%(code)s)."))


def render(code: str, params: dict) -> Line:
    """The line in the active language. A missing parameter leaves a gap, never an error."""
    wording = SENTENCES.get(code, UNKNOWN)
    wording = Wording(wording) if isinstance(wording, str) else wording
    icon, tone, label = TONES[wording.tone]
    values = defaultdict(
        str, {"code": code} | {name: said(value) for name, value in params.items()}
    )
    return Line(
        text=gettext(wording.sentence) % values,
        tone=tone,
        icon=icon,
        label=gettext(label),
        action=gettext(wording.action) if wording.action else "",
    )


def deed(verb: str) -> str:
    """A verb of the trail in the reader's language; one nobody worded stays a code."""
    return gettext(DEEDS[verb]) if verb in DEEDS else verb


def taken(code: str) -> str:
    """A download in the reader's language; one nobody worded stays a code."""
    return gettext(TAKEN[code]) if code in TAKEN else code


def said(value: object) -> object:
    """A parameter that is itself a coded word travels as {"word": msgid} or {"role": code}."""
    if not isinstance(value, dict):
        return value
    return str(Role(value["role"]).label) if "role" in value else gettext(value.get("word", ""))
