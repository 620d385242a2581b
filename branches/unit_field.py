"""A unit below the reader, picked in a box that stays short however far the reader sees."""

from functools import partial

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from branches.models import Organization, OrgKind
from branches.order import tree_order
from branches.scope import Actor, under
from branches.tree import ancestors, depth

MOST = 200
INDENT = "　"


class UnitField(forms.ModelChoiceField):
    """Not required. Every unit below the reader is taken, whether the box offers it or not."""

    def __init__(self):
        super().__init__(
            label=gettext_lazy("Unit"), required=False, queryset=Organization.objects.none()
        )

    def offer(self, actor: Actor, picked: str, *, most: int = MOST) -> None:
        self.queryset = Organization.objects.filter(under(actor.paths())).exclude(
            kind=OrgKind.BRANCH
        )
        self.choices = partial(offered, self.queryset, actor, picked, most)


def offered(
    units: QuerySet[Organization], actor: Actor, picked: str, most: int
) -> list[tuple[int | str, str]]:
    """All units where they are few; else step by step, the way to the picked one and what is right below it."""
    many = units[: most + 1].count() > most
    rows = (steps(units, actor, picked) if many else units).order_by(*tree_order())
    told = list(rows.values_list("pk", "short_name", "path"))
    top = min((depth(path) for _pk, _name, path in told), default=0)
    indents = [many * (depth(path) - top) * INDENT for _pk, _name, path in told]
    names = [(pk, indent + name) for indent, (pk, name, _path) in zip(indents, told, strict=True)]
    return [("", ""), *names]


def steps(units: QuerySet[Organization], actor: Actor, picked: str) -> QuerySet[Organization]:
    way = set(actor.paths())
    if picked.isascii() and picked.isdigit():
        for path in units.filter(pk=picked).values_list("path", flat=True):
            way |= {*ancestors(path)}
    # By keys: a condition on the parent's path would visit every organization there is.
    keys = list(Organization.objects.filter(path__in=way).values_list("pk", flat=True))
    return units.filter(Q(pk__in=keys) | Q(parent__in=keys))
