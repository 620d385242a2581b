"""What a filer hears once a sheet is handed in: how it was filled in, and which branch comes next."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.roles import FILERS
from branches.order import tree_order
from branches.scope import Actor, under
from inspections.models import Assessment, Sheet, Source
from inspections.permits_filing import is_live
from inspections.sheets import CARRIED, REST
from inspections.worklist import TYPABLE


@dataclass(frozen=True)
class Filed:
    """Clauses by how they were answered; `fewer`: how many fewer one by one than in the cycle before."""

    typed: int
    together: int
    carried: int
    fewer: int


def filed(assessment: Assessment) -> Filed:
    rows = Sheet.objects.filter(
        assessment__in=[assessment.pk, assessment.prior_id or assessment.pk], source=Source.SELF
    )
    hows = {each.assessment_id: [*each.coverage.values()] for each in rows}
    own = hows.get(assessment.pk, [])
    before = typed(hows[assessment.prior_id]) if assessment.prior_id in hows else 0
    return Filed(
        typed=typed(own),
        together=own.count(REST),
        carried=own.count(CARRIED),
        fewer=max(0, before - typed(own)),
    )


def typed(hows: list[str]) -> int:
    return sum(how not in (CARRIED, REST) for how in hows)


@dataclass(frozen=True)
class Following:
    pk: int
    branch: str
    left: int


def following(actor: Actor, assessment: Assessment) -> Following | None:
    """The next the reader has to fill in of the same cycle, in protocol order and then from the top."""
    if not is_live(assessment):
        return None
    mine = under(actor.paths(*FILERS), prefix="branch__")
    to_do = mine & Q(cycle=assessment.cycle_id, stage__in=TYPABLE)
    rows = Assessment.objects.filter(to_do | Q(pk=assessment.pk)).order_by(*tree_order("branch__"))
    known = list(rows.values_list("pk", "branch__short_name"))
    place = [pk for pk, _name in known].index(assessment.pk)
    turn = known[place + 1 :] + known[:place]
    return Following(*turn[0], len(turn)) if turn else None
