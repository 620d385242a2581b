"""Which workbench a person finds at the door: by role, the widest first; administrators have their own."""

from accounts.roles import COUNTY, PARENT, Role
from branches.scope import Actor
from portal.board_county import county_board
from portal.board_own import STAFF, branch_board, inspector_board
from portal.board_unit import unit_board

BOARDS = (
    (COUNTY, county_board),
    (PARENT, unit_board),
    ({Role.BRANCH_CLERK}, branch_board),
    ({Role.INSPECTOR}, inspector_board),
)


def board_of(actor: Actor, *, now) -> dict:
    """The context of the home page, its template under "template"."""
    if actor.user.is_administrator:
        return STAFF[actor.user.kind](actor, now=now)
    words = next((board(actor) for roles, board in BOARDS if actor.has(*roles)), NOBODY)
    if actor.has(Role.INSPECTOR) and "visits" not in words:
        words |= {"visits": inspector_board(actor)["visits"]}
    return words


NOBODY = {"template": "portal/home_nobody.html"}
