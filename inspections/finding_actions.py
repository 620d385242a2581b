"""Every verb on findings as a function: (actor, finding, *, now, client_key, ...) -> True when done now."""

from inspections.closing import (
    close,
    fix_on_spot,
    keep,
    rebound,
    reject,
    send_back,
    verify,
    withdraw,
)
from inspections.issuing import acknowledge, confirm, confirm_stop, issue, object_to, uphold
from inspections.logging import log
from inspections.rectifying import (
    ask_extension,
    grant_extension,
    plan,
    progress,
    refuse_extension,
    return_plan,
    submit,
    take_back,
)
from inspections.watching import chase, comment, end_long_term, hold_open

__all__ = [
    "ACTIONS",
    "acknowledge",
    "ask_extension",
    "chase",
    "close",
    "comment",
    "confirm",
    "confirm_stop",
    "end_long_term",
    "fix_on_spot",
    "grant_extension",
    "hold_open",
    "issue",
    "keep",
    "log",
    "object_to",
    "plan",
    "progress",
    "rebound",
    "refuse_extension",
    "reject",
    "return_plan",
    "send_back",
    "submit",
    "take_back",
    "uphold",
    "verify",
    "withdraw",
]


def issue_alone(actor, finding, *, now, client_key=None):
    return bool(issue(actor, [finding], now=now, client_key=client_key))


# verb of moves.py -> action on one finding
ACTIONS = {
    "confirm": confirm,
    "fix_on_spot": fix_on_spot,
    "issue": issue_alone,
    "acknowledge": acknowledge,
    "object": object_to,
    "uphold": uphold,
    "plan": plan,
    "return_plan": return_plan,
    "progress": progress,
    "submit": submit,
    "take_back": take_back,
    "verify": verify,
    "reject": reject,
    "close": close,
    "send_back": send_back,
    "ask_extension": ask_extension,
    "grant_extension": grant_extension,
    "refuse_extension": refuse_extension,
    "chase": chase,
    "hold_open": hold_open,
    "end_long_term": end_long_term,
    "keep": keep,
    "rebound": rebound,
    "comment": comment,
    "withdraw": withdraw,
}
