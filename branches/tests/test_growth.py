import random
from datetime import date

import pytest

from accounts.refusal import Refused
from branches.growth import close, move, plant, reopen
from branches.models import Field, Organization, OrgKind, Profile
from branches.scope import under
from branches.tests.make import make_branch, make_county, make_organization
from branches.tree import step

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def within_by_parents(unit):
    """The subtree found the slow way: by following every parent."""
    found = []
    for node in Organization.objects.all():
        above = node
        while above is not None and above.pk != unit.pk:
            above = above.parent
        if above is not None:
            found.append(node.pk)
    return sorted(found)


def within_by_path(unit):
    return sorted(Organization.objects.within(unit).values_list("pk", flat=True))


def plant_branch(parent, name="新建村党支部"):
    return plant(
        parent=parent,
        kind=OrgKind.BRANCH,
        name=f"中共{name}",
        short_name=name,
        field=Field.RURAL,
        opened_on=ON,
    )


def test_a_planted_branch_stands_below_its_parent_with_initials_and_an_empty_profile():
    town = make_organization(parent=make_organization())
    branch = plant_branch(town)
    assert branch.path == town.path + step(branch.pk)
    assert branch.initials == "xjcdzb"
    assert Profile.objects.filter(organization=branch).count() == 1


def test_siblings_are_planted_behind_the_last_one():
    town = make_organization()
    assert [plant_branch(town, f"{n}村").position for n in "甲乙丙"] == [1, 2, 3]


def test_a_branch_without_a_field_is_refused():
    with pytest.raises(Refused) as refused:
        plant(parent=make_organization(), kind=OrgKind.BRANCH, name="甲", short_name="甲")
    assert refused.value.field == "field"


@pytest.mark.parametrize("kind", ["branch", "closed"])
def test_nothing_is_planted_under_a_branch_or_a_closed_unit(kind):
    town = make_organization()
    parent = make_branch(parent=town) if kind == "branch" else make_organization(closed_on=ON)
    with pytest.raises(Refused) as refused:
        plant_branch(parent)
    assert refused.value.field == "parent"


def test_a_move_takes_the_whole_subtree_along():
    c = make_county()
    group = make_organization(parent=c.town, kind=OrgKind.GENERAL_BRANCH)
    leaf = make_branch(parent=group)
    move(group, parent=c.other)
    leaf.refresh_from_db()
    assert leaf.path == c.other.path + step(group.pk) + step(leaf.pk)
    assert within_by_path(c.other) == within_by_parents(c.other)
    assert within_by_path(c.town) == within_by_parents(c.town)


@pytest.mark.parametrize("where", ["itself", "below", "other county", "a branch"])
def test_a_move_that_makes_no_tree_is_refused(where):
    c = make_county()
    foreign = make_organization(name="另一县委")
    destination = {
        "itself": c.town,
        "below": make_organization(parent=c.town),
        "other county": foreign,
        "a branch": c.foreign[0],
    }[where]
    with pytest.raises(Refused):
        move(c.town, parent=destination)
    assert Organization.objects.get(pk=c.town.pk).path == c.town.path


def test_a_tree_does_not_grow_beyond_the_length_of_its_paths():
    unit = make_organization()
    for _level in range(24):
        unit = plant(parent=unit, kind=OrgKind.COMMITTEE, name="层", short_name="层")
    with pytest.raises(Refused):
        plant(parent=unit, kind=OrgKind.COMMITTEE, name="层", short_name="层")


def test_random_growth_keeps_every_range_equal_to_the_tree():
    chance = random.Random(7)
    units = [make_organization()]
    for n in range(40):
        parent = chance.choice(units)
        if len(parent.path) < 6 * 20:
            units.append(
                plant(parent=parent, kind=OrgKind.COMMITTEE, name=f"单位{n}", short_name=f"{n}")
            )
    for _n in range(40):
        unit, parent = chance.choice(units[1:]), chance.choice(units)
        try:
            move(unit, parent=parent)
        except Refused:
            continue
    for unit in Organization.objects.all():
        assert within_by_path(unit) == within_by_parents(unit)
        assert unit.path == (unit.parent.path if unit.parent else "") + step(unit.pk)


def test_an_empty_list_of_paths_reaches_nobody():
    make_county()
    assert Organization.objects.filter(under([])).count() == 0


def test_a_unit_with_open_units_below_is_not_closed():
    c = make_county()
    with pytest.raises(Refused):
        close(c.town, on=ON)
    for branch in c.branches:
        close(branch, on=ON)
    assert close(c.town, on=ON).closed_on == ON


def test_a_branch_is_not_reopened_under_a_closed_parent():
    c = make_county()
    for unit in [*c.branches, c.town]:
        close(unit, on=ON)
    branch = Organization.objects.get(pk=c.branches[0].pk)
    with pytest.raises(Refused):
        reopen(branch)
