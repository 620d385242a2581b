"""A county's own table goes in as it is, and its phrases are put right one press each."""

import pytest

from portal.tests.journeys.walking import zh
from portal.tests.make_board import make_board
from standards.models import EditionImport
from standards.tests.make import make_edition
from standards.tests.reading.make_tables import FOLDER

pytestmark = pytest.mark.browser


@pytest.fixture
def board(live):
    return make_board()


def kept(text):
    return next(row for row in EditionImport.objects.get().rows["rows"] if text in row["text"])


def decided(text):
    return kept(text)["reading"]["decision"]


def test_an_officer_reads_a_table_and_corrects_two_phrases(board, desk, phone):
    edition = make_edition(owner=board.county)
    screen = desk(board.officer.user)
    screen.go("standards:upload", edition.pk).look("reading-upload")
    screen.upload("file", FOLDER / "college.docx").press("Upload and preview")
    screen.arrives("standards:import").look("reading-review")
    read_first = kept("志愿服务")["reading"]
    row = screen.page.locator("#r-" + kept("志愿服务")["key"])
    row.get_by_text(zh("Correct"), exact=True).click()
    screen.look("reading-correct")
    row.locator("textarea[name=phrase]").fill("每低于标准5小时扣1分，扣完为止")
    row.get_by_role("button", name=zh("Read again")).click()
    screen.page.wait_for_url("**#r-*")
    assert decided("志愿服务") == "read"
    assert kept("志愿服务")["reading"] != read_first
    row = screen.page.locator("#r-" + kept("政治审查")["key"])
    row.get_by_role("button", name=zh("Leave it to a person")).click()
    screen.page.wait_for_url(f"**#r-{kept('政治审查')['key']}")
    assert decided("政治审查") == "person"
    small = phone(board.officer.user)
    small.go("standards:import", edition.pk, EditionImport.objects.get().pk)
    small.look("reading-review-phone")
    small.go("standards:upload", edition.pk).look("reading-upload-phone")
    screen.page.locator("form[action$='/confirm/'] .btn-primary").click()
    screen.page.wait_for_url(f"**/standards/{edition.pk}/")
    screen.look("reading-draft")
    assert edition.clauses.count() == 6
