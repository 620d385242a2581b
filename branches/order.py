"""Protocol order over a whole tree: towns in their order, in each town its branches in theirs.

`position` orders siblings only. The rank of a row is therefore the positions of its ancestors from the
top; below the fifth level siblings keep the order of their paths.
"""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Substr

from branches.models import Organization
from branches.tree import STEP

LEVELS = range(1, 6)


def tree_order(prefix: str = "") -> list:
    """Expressions for order_by(); `prefix` leads to the organization ("branch__")."""
    path = f"{prefix}path"
    keys: list = []
    for level in LEVELS:
        keys += [_position(path, level), Substr(F(path), 1, level * STEP)]
    return [*keys, F(path)]


def _position(path: str, level: int) -> Subquery:
    above = Organization.objects.filter(path=Substr(OuterRef(path), 1, level * STEP))
    return Subquery(above.values("position"))
