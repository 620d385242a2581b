"""Rows of a roster that cannot be taken: what is wrong, in which column, and that the others go in."""

from datetime import date

import pytest
from openpyxl import load_workbook

from accounts.tests.make import NOW
from branches.models import Organization, OrgKind
from branches.rosters import imports as rosters
from branches.tests.make import make_branch, make_organization
from branches.tests.rosters_made import (
    branch_row,
    fates,
    plan_of,
    send,
    workbook,
)

pytestmark = pytest.mark.django_db


def test_each_wrong_row_says_what_is_wrong_in_which_column(county):
    make_organization(name="另一县委", short_name="另一县")
    closed = make_branch(parent=county.town, name="旧村党支部", closed_on=date(2025, 1, 1))
    closed.save()
    plan = plan_of(
        county,
        branch_row("一村党支部", "无此镇"),
        branch_row("二村党支部", "另一县委"),
        branch_row("三村党支部", "双井村党支部"),
        branch_row("四村党支部", ""),
        branch_row("五村党支部", 支部领域=""),
        branch_row("六村党支部", 组织类别="大队"),
        branch_row("七村党支部", 正式党员数="1_0"),
        branch_row("八村党支部", 届满日期="2026.2.30"),
        branch_row("八村党支部"),
        branch_row("旧村党支部"),
        branch_row("双井村党支部", 组织类别="党委"),
        branch_row("九村党支部", 组织简称="110101199003071234"),
    )
    assert fates(plan) == [
        (2, "wrong", ["parent"]),
        (3, "wrong", ["parent"]),
        (4, "wrong", ["parent"]),
        (5, "wrong", ["parent"]),
        (6, "wrong", ["field"]),
        (7, "wrong", ["kind"]),
        (8, "wrong", ["full_members"]),
        (9, "wrong", ["term_ends_on"]),
        (10, "wrong", ["name"]),
        (11, "wrong", ["name"]),
        (12, "wrong", ["kind"]),
        (13, "wrong", ["short_name"]),
    ]


def test_parents_that_form_a_circle_are_wrong_and_their_neighbours_are_not(county):
    plan = plan_of(
        county,
        ["甲党总支", "", "乙党总支", "党总支", "", "", ""],
        ["乙党总支", "", "甲党总支", "党总支", "", "", ""],
        branch_row(),
    )
    assert [row.status for row in plan.rows] == ["wrong", "wrong", "new"]


def test_a_town_cannot_be_put_under_its_own_branch_group(county):
    make_organization(parent=county.town, name="双井党总支", kind=OrgKind.GENERAL_BRANCH)
    plan = plan_of(county, ["柳湾镇党委", "", "双井党总支", "", "", "", ""])
    assert fates(plan) == [(2, "wrong", ["parent"])]


def test_a_unit_under_a_wrong_new_unit_is_wrong_too(county):
    plan = plan_of(
        county,
        branch_row("河口一组党支部", "河口党总支"),
        ["河口党总支", "", "无此镇", "党总支", "", "", ""],
    )
    assert fates(plan) == [(2, "wrong", ["parent"]), (3, "wrong", ["parent"])]


def test_a_code_held_by_another_unit_is_refused(county):
    county.branches[1].code = "A2"
    county.branches[1].save()
    head = ["系统编号", "组织全称", "组织编码"]
    plan = plan_of(county, [county.branches[0].pk, "双井村党支部", "A2"], head=head)
    assert fates(plan) == [(2, "wrong", ["code"])]


def test_a_system_number_of_another_county_is_unknown(county):
    foreign = make_branch(parent=make_organization(name="另一县委"))
    plan = plan_of(county, [foreign.pk, foreign.name], head=["系统编号", "组织全称"])
    assert [error[0] for error in plan.rows[0].errors][0] == "id"


def test_good_rows_are_written_and_wrong_rows_are_left_out(county):
    item = send(county, workbook(branch_row(), branch_row("错村党支部", "无此镇")))
    rosters.confirm(county.officer, item, now=NOW)
    assert Organization.objects.filter(name="新庄村党支部").count() == 1
    assert Organization.objects.filter(name="错村党支部").count() == 0


def test_the_wrong_table_comes_back_with_red_cells_comments_and_reasons(county):
    item = send(county, workbook(branch_row(), branch_row("错村党支部", "无此镇")))
    path = rosters.write_returned(item)
    sheet = load_workbook(path).active
    path.unlink()
    assert sheet["A3"].value == "错村党支部"
    assert sheet["C3"].fill.fgColor.rgb == "FFFDECEC"
    assert sheet["C3"].comment is not None
    assert sheet["C2"].comment is None
    assert sheet.cell(1, 8).value == "错误说明"
