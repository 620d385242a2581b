"""The export of the ledger: equal to the screen, in the county's format or in saved columns."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import AccessLog
from inspections.models import Finding, SavedColumns
from inspections.tests.ledger_pages import listed
from inspections.tests.make_findings import make_cast, make_finding, several
from standards.tests.make import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
HEADER = 3


def workbook(cast, query="", who="officer"):
    answer = enter(getattr(cast, who)).get(reverse("inspections:ledger_export") + query)
    assert answer.status_code == 200
    content = io.BytesIO(b"".join(answer.streaming_content))
    return openpyxl.load_workbook(content).worksheets[0]


def column(sheet, number):
    cells = [row[number].value for row in sheet.iter_rows(min_row=HEADER + 1)]
    return cells[: next((n for n, cell in enumerate(cells) if cell is None), len(cells))]


@pytest.mark.parametrize("query", ["", "?due=overdue", "?sort=-number", "?sort=branch", "?q=上锁"])
def test_export_has_the_rows_of_the_screen_in_their_order(cast, query):
    several(cast)
    joint = "&" if query else "?"
    sheet = workbook(cast, f"{query}{joint}columns=city")

    numbers = [n for n in column(sheet, 1) if n]
    assert numbers == listed(cast, query)


def test_county_format_has_the_twelve_columns_of_the_rule(cast):
    several(cast)
    sheet = workbook(cast)

    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABCDEFGHIJKL"]
    assert widths == [5, 16, 28, 8, 26, 12, 8, 11, 22, 8, 11, 8]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "C4")
    assert sheet["H4"].value.date() == date(2026, 10, 1)


def test_export_names_filter_definition_and_person(cast):
    several(cast)
    sheet = workbook(cast, "?due=overdue")
    text = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)

    assert "周岚" in text
    assert "2026-11-20 10:00" in text
    assert AccessLog.objects.get().rows == 1


def test_ticked_rows_alone_are_exported(cast):
    several(cast)
    row = Finding.objects.get(number="far")
    sheet = workbook(cast, f"?ids={row.pk}&columns=city")

    assert [n for n in column(sheet, 1) if n] == ["far"]


def test_foreign_rows_cannot_be_exported_by_ticking_them(cast):
    several(cast)
    row = Finding.objects.get(number="far")
    sheet = workbook(cast, f"?ids={row.pk}&columns=city", who="stranger")

    assert column(sheet, 1) == []


@pytest.mark.slow
@pytest.mark.one_engine
def test_export_asks_as_often_for_one_row_as_for_a_thousand(cast, django_assert_num_queries):
    one = make_finding(branch=cast.branch, by=cast.officer.user)
    client, url = enter(cast.officer), reverse("inspections:ledger_export")
    list(client.get(url).streaming_content)
    for rows in (1, 1_000):
        Finding.objects.bulk_create(copy_of(one, n) for n in range(rows - 1))
        with django_assert_num_queries(13):
            content = io.BytesIO(b"".join(client.get(url).streaming_content))
        assert CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).height >= rows + HEADER


def test_export_says_the_same_of_shared_and_of_single_rows(cast):
    """Branches, owners and editions are handed round in the export; the words must be those of the screen."""
    several(cast)
    parents = make_finding(
        branch=cast.branch, by=cast.officer.user, stage="verified", source="self", number="own"
    )
    sheet = workbook(cast, "?columns=city&sort=number")
    words = dict(zip(column(sheet, 1), column(sheet, 13), strict=True))

    shown = enter(cast.officer).get(reverse("inspections:ledger") + "?sort=number")
    stages = {row.finding.number: row.stage for row in shown.context["rows"]}
    assert {number: word.split(" ▲")[0] for number, word in words.items()} == stages
    assert words[parents.number] == "待柳湾镇党委销号"


def copy_of(one, n):
    fields = {
        f.attname: getattr(one, f.attname)
        for f in Finding._meta.concrete_fields
        if f.attname not in ("id", "client_key", "number")
    }
    return Finding(**fields, number=f"ZG-2026-X{n:05d}")


def test_saved_columns_serve_the_unit_and_those_below(cast):
    client, url = enter(cast.officer), reverse("inspections:ledger_columns")
    client.post(url, {"name": "本市格式", "columns": ["serial", "number", "text"]})
    saved = SavedColumns.objects.get()

    sheet = workbook(cast, f"?columns={saved.pk}", who="secretary")
    assert sheet.max_column == 3
    gone = client.post(reverse("inspections:ledger_columns_forget", args=[saved.pk]))
    assert (gone.status_code, SavedColumns.objects.count()) == (302, 0)


def test_set_of_another_county_is_not_found(cast):
    other = make_cast()
    enter(other.officer).post(
        reverse("inspections:ledger_columns"), {"name": "别县", "columns": ["serial"]}
    )
    saved = SavedColumns.objects.get()

    answer = enter(cast.officer).post(reverse("inspections:ledger_columns_forget", args=[saved.pk]))
    assert answer.status_code == 404
