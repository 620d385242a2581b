"""Finding units by what people type: characters of a name, pinyin initials, or a code."""

from django.db.models import Q, QuerySet

from branches.models import Organization
from branches.order import tree_order
from branches.scope import Actor
from portal.kit.normal import loose

LONGEST = 50


def find(actor: Actor, text: str, *, limit: int = 20) -> QuerySet[Organization]:
    """Open units the actor may see whose name, initials, code or secretary match, in protocol order."""
    found = Organization.objects.visible_to(actor).open(actor.today).filter(matching(text))
    return found.select_related("parent").order_by(*tree_order())[:limit]


def matching(text: str) -> Q:
    """Every word must occur. Nothing but spaces matches nothing."""
    words = loose(text)[:LONGEST].split()
    condition = Q() if words else Q(pk__in=[])
    for word in words:
        condition &= _one(word)
    return condition


def _one(word: str) -> Q:
    anywhere = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__iexact=word)
    anywhere |= Q(profile__secretary=word)
    if word.isascii() and word.isalnum():
        anywhere |= Q(initials__contains=word.lower())
    return anywhere
