"""Work steps and the blank form of a clause: written by line, shown where work is done, part of the edition."""

import io

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from standards.blank_forms import BlankForm, form_of, problem
from standards.issuing import problems
from standards.sheets import digest
from standards.tests.make import enter, make_clause, make_edition, put_in_force
from standards.tests.workbooks_made import exported

pytestmark = pytest.mark.django_db
FORM = "党员大会签到表\n序号\n姓名\n签到\n备注"
STEPS = "提前3天通知\n清点人数\n逐项讨论表决"


def made(place, **fields):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition, key="setup", code="1.1", **fields)
    return edition


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (FORM, BlankForm("党员大会签到表", ("序号", "姓名", "签到", "备注"))),
        ("  \n\n", None),
        ("", None),
        ("表\n\n 甲 \n", BlankForm("表", ("甲",))),
    ],
)
def test_a_form_is_a_title_and_one_column_per_line(text, form):
    assert form_of(text) == form


def test_a_form_without_columns_or_too_wide_is_a_problem_said_before_issue(place):
    assert [bool(problem(text)) for text in ("", FORM, "表", "表\n" + "甲\n" * 13)] == [
        False, False, True, True,
    ]  # fmt: skip
    edition = made(place, blank_form="表")
    assert [said for said in problems(edition) if "空白表" in said or "blank form" in said]


def test_steps_and_form_are_part_of_the_digest_only_when_written(place):
    edition = made(place)
    empty = digest(edition)
    found = set()
    for fields in (
        {"work_steps": STEPS},
        {"blank_form": FORM},
        {"checked_by": "组织部门"},
        {"work_steps": "", "blank_form": "", "checked_by": ""},
    ):
        edition.clauses.update(**fields)
        found.add(digest(edition))
    assert (len(found), empty in found) == (4, True)


def test_the_form_prints_and_comes_as_a_workbook(place):
    edition = put_in_force(made(place, blank_form=FORM, work_steps=STEPS))
    client = enter(place.branch_clerk)
    page = client.get(reverse("standards:clause", args=[edition.pk, "setup"])).content.decode()
    assert ("<li>清点人数</li>" in page, "党员大会签到表" in page) == (True, True)
    paper = client.get(reverse("standards:blank_form", args=[edition.pk, "setup"]))
    assert paper.content.decode().count('<th scope="col">') == 4
    sent = client.get(reverse("standards:blank_form_workbook", args=[edition.pk, "setup"]))
    sheet = load_workbook(io.BytesIO(b"".join(sent.streaming_content))).active
    heads = [cell.value for cell in sheet[3]]
    assert (sheet["A1"].value, heads) == ("党员大会签到表", ["序号", "姓名", "签到", "备注"])


def test_a_clause_without_a_form_has_no_page_of_it(place):
    edition = put_in_force(made(place))
    for name in ("blank_form", "blank_form_workbook"):
        address = reverse(f"standards:{name}", args=[edition.pk, "setup"])
        assert enter(place.branch_clerk).get(address).status_code == 404


def test_the_draft_form_writes_them_and_excel_keeps_them(place):
    edition = made(place)
    address = reverse("standards:clause_edit", args=[edition.pk, "setup"])
    client = enter(place.officer)
    form = client.get(address).context["form"]
    post = {n: form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    refused = client.post(address, post | {"blank_form": "只有表名"})
    assert refused.context["form"].errors["blank_form"]
    client.post(address, post | {"blank_form": FORM, "work_steps": STEPS})
    clause = edition.clauses.get()
    assert (clause.blank_form, clause.work_steps) == (FORM, STEPS)
    rows = [[cell.value for cell in row] for row in exported(edition).active]
    assert [any(text in row for row in rows) for text in (FORM, STEPS)] == [True, True]


def test_steps_and_form_of_an_issued_edition_are_fixed_in_the_database(place):
    edition = put_in_force(made(place, blank_form=FORM))
    for name in ("work_steps", "blank_form", "checked_by"):
        with pytest.raises(DatabaseError), transaction.atomic():
            edition.clauses.update(**{name: "甲"})
    assert edition.clauses.get().blank_form == FORM
