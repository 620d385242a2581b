"""Rosters as functions: the round trip, what is new or changed, and the size."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Deed
from accounts.tests.make import NOW
from branches.models import BranchForm, Field, Organization, OrgKind
from branches.rosters import imports as rosters
from branches.rosters.columns import COLUMNS
from branches.tests.make import make_branch, make_organization
from branches.tests.rosters_made import branch_row, downloaded, plan_of, send, upload, workbook
from branches.tree import step

pytestmark = pytest.mark.django_db


# ---- the round trip ----


def test_the_table_downloaded_and_uploaded_again_changes_nothing(county):
    branch = county.branches[0]
    branch.profile.__dict__.update(
        secretary="张·三",
        secretary_since=date(2024, 3, 1),
        phone="001-5551234",
        term_started_on=date(2021, 1, 8),
        form=BranchForm.JOINT,
        joint_units=3,
        premises_area=120,
    )
    branch.profile.save()
    item = send(county, upload(downloaded(county)))
    assert [item.counts[key] for key in ("new", "changed", "same", "wrong")] == [0, 0, 6, 0]


NAMES = st.text("双井上坝樟树坪=+-@'＝𠮷·（）()1２a ", min_size=1, max_size=20).filter(
    lambda text: text.strip(" '") and text == " ".join(text.split()) and not text.startswith("'")
)


HELD = st.fixed_dictionaries({
    "name": NAMES,
    "short_name": NAMES,
    "field": st.sampled_from(list(Field)),
    "profile": st.fixed_dictionaries({
        "phone": st.sampled_from(["", "0001", "138 0000 0000", "=1+1", "-5", "+86", "@x"]),
        "full_members": st.integers(0, 100_000),
        "founded_on": st.none() | st.dates(date(1921, 7, 23), date(2026, 11, 20)),
        "term_ends_on": st.none() | st.dates(date(2026, 1, 1), date(2099, 1, 1)),
    }),
})  # fmt: skip


@pytest.mark.one_engine
@given(held=st.lists(HELD, min_size=1, max_size=8, unique_by=lambda one: one["name"]))
@settings(max_examples=settings.default.max_examples // 3)
def test_whatever_branches_hold_survives_the_round_trip(built_county, held):
    with transaction.atomic():
        for one in held:
            make_branch(parent=built_county.town, **one)
        item = send(built_county, upload(downloaded(built_county)))
        transaction.set_rollback(True)
    assert item.rows == []
    counted = [item.counts[key] for key in ("new", "changed", "same", "wrong")]
    assert counted == [0, 0, 6 + len(held), 0]


# ---- what is new, changed, unchanged, wrong ----


def test_parents_may_stand_in_any_row_of_the_same_table(county):
    plan = plan_of(
        county,
        branch_row(parent="新港镇党委"),
        ["河口党总支", "", "新港镇党委", "党总支", "", "", ""],
        branch_row("河口一组党支部", "河口党总支"),
        ["新港镇党委", "新港镇", "安禾县委组织部", "党委", "", "", ""],
    )
    assert [row.status for row in plan.rows] == ["new"] * 4


def test_confirmed_rows_build_the_tree_with_paths_profiles_and_deeds(county):
    item = send(
        county,
        workbook(
            branch_row("河口一组党支部", "河口党总支"),
            ["河口党总支", "", "柳湾镇", "党总支", "", "", ""],
        ),
    )
    rosters.confirm(county.officer, item, now=NOW)
    group = Organization.objects.get(name="河口党总支")
    leaf = Organization.objects.get(name="河口一组党支部")
    assert group.path == county.town.path + step(group.pk)
    assert leaf.path == group.path + step(leaf.pk)
    assert (leaf.profile.full_members, leaf.profile.term_ends_on) == (12, date(2028, 3, 1))
    assert leaf.initials == "hkyzdzb"
    assert Deed.objects.filter(verb="roster.write").count() == 2
    assert Deed.objects.get(verb="roster.confirm").params["counts"]["new"] == 2


def test_the_preview_writes_nothing_and_confirming_twice_writes_once(county):
    before = Organization.objects.count()
    item = send(county, workbook(branch_row()))
    assert Organization.objects.count() == before
    for _n in range(2):
        rosters.confirm(county.officer, item, now=NOW)
    assert Organization.objects.count() == before + 1


def test_uploading_the_same_table_again_after_confirming_changes_nothing(county):
    rosters.confirm(county.officer, send(county, workbook(branch_row())), now=NOW)
    again = send(county, workbook(branch_row()))
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, 1)


def test_the_same_form_sent_twice_is_one_upload(county):
    key = uuid4()
    first, second = (send(county, workbook(branch_row()), key) for _n in range(2))
    assert first.pk == second.pk


def test_units_changed_after_the_preview_bring_a_new_preview_instead_of_a_write(county):
    item = send(county, workbook(branch_row("双井村党支部", 正式党员数=30)))
    profile = county.branches[0].profile
    profile.full_members = 25
    profile.save()
    done = rosters.confirm(county.officer, item, now=NOW)
    profile.refresh_from_db()
    assert (done.state, done.counts["stale"], profile.full_members) == ("preview", True, 25)


def test_a_changed_cell_shows_old_and_new_value_and_is_written(county):
    plan = plan_of(county, ["双井村党支部", "双井", "", "", "", "２１", ""])
    assert plan.rows[0].changes == {
        "short_name": ("双井村党支部", "双井"),
        "full_members": (20, 21),
    }


def test_a_blank_cell_leaves_a_value_and_the_word_none_empties_it(county):
    profile = county.branches[0].profile
    profile.secretary, profile.phone = "张林", "5551234"
    profile.save()
    head = ["组织全称", "上级组织", "书记", "联系电话"]
    plan = plan_of(county, ["双井村党支部", "", "", "无"], head=head)
    assert plan.rows[0].changes == {"phone": ("5551234", "")}


def test_the_end_of_a_term_is_computed_when_nobody_wrote_one(county):
    head = ["组织全称", "上级组织", "本届开始日期"]
    plan = plan_of(county, ["双井村党支部", "柳湾镇", "2022年2月8日"], head=head)
    assert plan.rows[0].changes["term_ends_on"] == (None, date(2027, 2, 8))


def test_moves_are_ordered_so_that_a_swap_of_two_levels_succeeds(county):
    upper = make_organization(parent=county.town, name="甲党总支", kind=OrgKind.GENERAL_BRANCH)
    lower = make_organization(parent=upper, name="乙党总支", kind=OrgKind.GENERAL_BRANCH)
    head = ["组织全称", "上级组织"]
    item = send(county, workbook(["甲党总支", "乙党总支"], ["乙党总支", "石埠镇"], head=head))
    rosters.confirm(county.officer, item, now=NOW)
    lower.refresh_from_db()
    upper.refresh_from_db()
    assert lower.path == county.other.path + step(lower.pk)
    assert upper.path == lower.path + step(upper.pk)


def test_every_column_of_the_task_is_in_the_template(county):
    book = downloaded(county)
    assert len(book.worksheets) == 3
    assert sum(1 for cell in book.worksheets[0][3] if cell.value) == len(COLUMNS)


# ---- size ----


def test_the_number_of_statements_does_not_follow_the_number_of_rows(
    county, django_assert_max_num_queries
):
    rows = [branch_row(f"第{n}组党支部") for n in range(60)]
    item = send(county, workbook(*rows))
    with django_assert_max_num_queries(25):
        rosters.confirm(county.officer, item, now=NOW)
    assert Organization.objects.within(county.town).branches().count() == 62


@pytest.mark.slow
@pytest.mark.one_engine
def test_two_thousand_rows_are_previewed_and_written(county):
    rows = [branch_row(f"第{n}组党支部") for n in range(2_000)]
    rosters.write(county.officer, send(county, workbook(*rows)), now=NOW)
    assert Organization.objects.count() == 2_007
