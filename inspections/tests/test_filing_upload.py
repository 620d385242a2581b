"""Self-assessment by Excel: out, filled in, back as drafts; errors in the sender's own file."""

import uuid
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.tests.make import TODAY, make_county
from inspections import filing
from inspections.filing_table import COLUMNS, table_rows
from inspections.filing_upload import keep_file, path_of, read_upload, save_upload, write_returned
from inspections.models import Answer, Assessment, Sheet, Stage
from inspections.sheets import Judgement
from inspections.tests.make import make_cycle, make_running
from portal.kit.sheets import read
from portal.kit.workbooks import template
from standards.tests.make import make_example

pytestmark = pytest.mark.django_db
HEADS = {str(column.key): at for at, column in enumerate(COLUMNS, start=1)}


@pytest.fixture(scope="module")
def built(lasting):
    county = make_county()
    return SimpleNamespace(county=county, cycle=make_running(county=county))


@pytest.fixture
def place(built, settings, tmp_path):
    settings.VAR = tmp_path
    return SimpleNamespace(**vars(deepcopy(built)), folder=tmp_path)


def rows_of(place, cycle=None):
    rows = Assessment.objects.select_related("branch__parent", "cycle__edition", "cycle__prior")
    town = place.county.town.path
    return list(rows.filter(cycle=cycle or place.cycle, branch__path__startswith=town))


def downloaded(place, rows):
    path = place.folder / "table.xlsx"
    template(path, title="自评", columns=COLUMNS, rows=table_rows(rows, today=TODAY))
    return path


def write(path, *changes):
    """changes: (row below the headings, column key, text)."""
    book = load_workbook(path)
    for row, key, text in changes:
        book.worksheets[0].cell(row=3 + row, column=HEADS[key], value=text)
    book.save(path)


def upload(place, path, rows=None, actor=None):
    key, actor = uuid.uuid4(), actor or place.county.clerk
    keep_file(actor, SimpleUploadedFile("自评.xlsx", path.read_bytes()), key)
    return key, read_upload(actor, key, rows or rows_of(place))


def counts(read_back):
    return {status: read_back.count(status) for status in ("changed", "same", "wrong")}


def test_a_table_that_comes_back_untouched_changes_nothing(place):
    rows = rows_of(place)
    filing.answer(
        place.county.clerk,
        rows[0],
        Judgement("dues", values={"short": 2}, remark="两个月", paper="档案柜2号"),
        now=NOW,
    )
    _key, back = upload(place, downloaded(place, rows))
    assert counts(back) == {"changed": 0, "same": 2, "wrong": 0}


def test_every_shape_of_the_example_comes_back_unchanged(place):
    edition = make_example(owner=place.county.county)
    cycle = make_cycle(owner=place.county.county, edition=edition)
    Assessment.objects.create(cycle=cycle, branch=place.county.branches[0])
    rows = rows_of(place, cycle)
    _key, back = upload(place, downloaded(place, rows), rows=rows)
    assert (counts(back)["changed"], counts(back)["wrong"]) == (0, 0)


def test_filled_rows_are_saved_as_drafts_and_not_submitted(place):
    path = downloaded(place, rows_of(place))
    write(path, (1, "verdict", "符合"), (2, "verdict", "不符合"), (2, "amount", "２"))
    _key, back = upload(place, path)
    done = save_upload(place.county.clerk, back, now=NOW)
    stages = set(
        Assessment.objects.filter(sheets__isnull=False, cycle=place.cycle).values_list(
            "stage", flat=True
        )
    )
    assert (done, stages) == ({"clauses": 2, "branches": 2}, {Stage.DRAFTING})
    assert Answer.objects.get(sheet__assessment__cycle=place.cycle).measures == {"short": 2}


def test_saving_the_same_file_twice_changes_nothing_the_second_time(place):
    path = downloaded(place, rows_of(place))
    write(path, (1, "verdict", "符合"))
    key, back = upload(place, path)
    save_upload(place.county.clerk, back, now=NOW)
    assert counts(read_upload(place.county.clerk, key, rows_of(place)))["changed"] == 0


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"verdict": "基本符合"}, "verdict"),
        ({"verdict": "不符合"}, "amount"),
        ({"verdict": "不符合", "amount": "两次"}, "amount"),
        ({"verdict": "不适用"}, "remark"),
        ({"id": "999999-dues"}, "id"),
        ({"verdict": "符合", "paper": "长" * 101}, "paper"),
    ],
)
def test_a_wrong_row_is_named_at_its_column_and_not_saved(place, cells, column):
    path = downloaded(place, rows_of(place))
    write(path, *((1, key, text) for key, text in cells.items()))
    _key, back = upload(place, path)
    wrong = [line for line in back.lines if line.status == "wrong"]
    assert [list(line.errors) for line in wrong] == [[column]]


def test_good_rows_are_saved_beside_wrong_ones(place):
    path = downloaded(place, rows_of(place))
    write(path, (1, "verdict", "符合"), (2, "verdict", "大概"))
    _key, back = upload(place, path)
    assert save_upload(place.county.clerk, back, now=NOW) == {"clauses": 1, "branches": 1}


def test_the_file_comes_back_with_its_errors_marked(place):
    path = downloaded(place, rows_of(place))
    write(path, (1, "verdict", "大概"))
    key, back = upload(place, path)
    out = place.folder / "returned.xlsx"
    write_returned(place.county.clerk, key, back, out)
    table = read(out).first.rows
    assert table[2][-1] == "错误说明" and table[3][-1]


def test_a_clause_of_another_town_is_refused(place):
    foreign = Assessment.objects.get(cycle=place.cycle, branch=place.county.foreign[0])
    path = downloaded(place, rows_of(place))
    write(path, (1, "id", f"{foreign.pk}-dues"), (1, "verdict", "符合"))
    _key, back = upload(place, path)
    save_upload(place.county.clerk, back, now=NOW)
    assert (counts(back)["wrong"], Sheet.objects.filter(assessment=foreign).exists()) == (1, False)


def test_the_same_clause_twice_in_the_table_is_named(place):
    path = downloaded(place, rows_of(place))
    first = load_workbook(path).worksheets[0].cell(row=4, column=HEADS["id"]).value
    write(path, (2, "id", first))
    _key, back = upload(place, path)
    assert counts(back)["wrong"] == 1


def test_nobody_opens_the_upload_of_another(place):
    key, _back = upload(place, downloaded(place, rows_of(place)))
    with pytest.raises(Refused):
        read_upload(place.county.secretary, key, rows_of(place))
    assert path_of(place.county.secretary, key).exists() is False


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_with_a_sentence(place, content):
    key = uuid.uuid4()
    keep_file(place.county.clerk, SimpleUploadedFile("x.xlsx", content), key)
    with pytest.raises(Refused) as refused:
        read_upload(place.county.clerk, key, rows_of(place))
    assert refused.value.field == "file"


def test_the_pages_lead_from_the_upload_to_the_drafts(place, client):
    path = downloaded(place, rows_of(place))
    write(path, (1, "verdict", "符合"))
    client.force_login(place.county.clerk.user)
    sent = {"file": SimpleUploadedFile("自评.xlsx", path.read_bytes()), "cycle": place.cycle.pk}
    preview = client.post("/inspections/assessments/table/", sent)["Location"]
    shown = client.get(preview).context["counts"]
    done = client.post(preview.split("?")[0], {"cycle": place.cycle.pk})
    again = client.get(preview).context["counts"]
    assert (shown["changed"], done.status_code, again["changed"]) == (1, 302, 0)
