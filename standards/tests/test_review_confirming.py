"""What the confirmed draft holds, also when the table comes again over the clauses it made."""

import io
from pathlib import Path
from uuid import uuid4

import pytest

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from standards import importing, review
from standards.sheets import digest
from standards.tests.make import issue
from standards.tests.reading import make_tables
from standards.tests.reviews_made import HEAD, STRANGE, SURE, paste, rows, state

pytestmark = pytest.mark.django_db
TABLES = Path(make_tables.__file__).parent / "tables"


def test_nothing_is_written_before_the_confirmation(place, draft, kept):
    before = digest(draft)
    review.leave(place.officer, kept, rows(kept)[0]["key"])
    assert (digest(draft), draft.clauses.count(), draft.chapters.count()) == (before, 0, 0)


def test_confirming_twice_writes_once_and_closes_the_review(place, draft, kept):
    for _time in range(2):
        importing.confirm(place.officer, kept, now=NOW)
    assert (draft.clauses.count(), Deed.objects.filter(verb="edition.import").count()) == (2, 1)
    with pytest.raises(Refused):
        review.leave(place.officer, kept, rows(kept)[0]["key"])


def test_the_answers_go_into_the_draft_with_the_clauses(place, draft):
    kept = paste(place, draft, HEAD, ["组织", "支委会", "100", "每少一次扣1分"])
    importing.confirm(place.officer, kept, now=NOW, answers={"below_zero": True})
    draft.refresh_from_db()
    assert draft.options["below_zero"] is True


def test_a_table_of_fifty_points_makes_sheets_of_fifty(place, draft):
    importing.confirm(
        place.officer, paste(place, draft, HEAD, ["组织", "支委会", "50", SURE]), now=NOW
    )
    draft.refresh_from_db()
    assert draft.base == 5000
    assert issue(place, draft).state == "issued"


def test_bonus_and_veto_lists_act_on_the_total(place, draft):
    kept = paste(
        place, draft, HEAD, ["组织", "支委会", "100", SURE],
        ["加分项", "获得表彰的", "3", "省级加3分，市级加2分，取最高分"], ["加分项", "经验推广的", "2", "每次加1分"],
        ["一票否决", "弄虚作假的", "", "一票否决"],
    )  # fmt: skip
    importing.confirm(place.officer, kept, now=NOW)
    found = {clause.text: clause.rule for clause in draft.clauses.all()}
    assert (found["弄虚作假的"]["steps"][0]["effect"], found["经验推广的"]["over"]) == ("fail", "2")
    assert issue(place, draft).state == "issued"


def test_a_bonus_under_a_heading_of_several_lists_brings_its_points(place, draft):
    kept = paste(
        place, draft, HEAD, ["组织", "支委会", "100", SURE],
        ["加分项、扣分项和一票否决项", "经验推广的", "", "每次加1分，最高加2分"],
        ["加分项、扣分项和一票否决项", "弄虚作假的", "", "一票否决"],
    )  # fmt: skip
    importing.confirm(place.officer, kept, now=NOW)
    found = {clause.text: clause.rule for clause in draft.clauses.all()}
    assert (found["弄虚作假的"]["steps"][0]["effect"], found["经验推广的"]["over"]) == ("fail", "2")


@pytest.mark.parametrize("name", make_tables.TABLES)
def test_each_ugly_table_becomes_a_draft(place, draft, name):
    content = (TABLES / name).read_bytes()
    if name.endswith(".txt"):
        kept = importing.upload(
            place.officer,
            draft,
            text=content.decode(),
            fields=["rural"],
            client_key=uuid4(),
            now=NOW,
        )
    else:
        kept = importing.upload(
            place.officer, draft, file=io.BytesIO(content), name=name, fields=["rural"],
            client_key=uuid4(), now=NOW,
        )  # fmt: skip
    importing.confirm(place.officer, kept, now=NOW)
    assert (kept.counts["wrong"], draft.clauses.count()) == (0, kept.counts["new"])


def revised(place, draft, *, points="60", rule=SURE):
    """The table comes again over the clauses it made: one clause differs, the other is as it was."""
    importing.confirm(
        place.officer,
        paste(place, draft, HEAD, ["组织", "支委会", "60", SURE], ["", "阵地", "40", "酌情扣分"]),
        now=NOW,
    )
    return paste(
        place, draft, HEAD, ["组织", "支委会", points, rule], ["", "阵地", "40", "酌情扣分"]
    )


def test_a_changed_rule_is_read_against_the_points_the_clause_has(place, draft):
    kept = revised(place, draft, rule="未达到的扣20分")
    assert state(kept) == [("read", [{"shape": "binary", "measure": "m1", "points": "20"}])]


def test_a_changed_rule_not_understood_ends_the_rule_before(place, draft):
    kept = revised(place, draft, rule=STRANGE)
    assert state(kept) == [("person", None)]
    importing.confirm(place.officer, kept, now=NOW)
    assert draft.clauses.get(text="支委会").rule is None


def test_a_rule_put_right_stays_when_only_the_points_change(place, draft):
    kept = revised(place, draft, points="50")
    assert [row.get("reading") for row in rows(kept)] == [None]
    clause = draft.clauses.get(text="支委会")
    before = clause.rule
    importing.confirm(place.officer, kept, now=NOW)
    clause.refresh_from_db()
    assert (clause.rule, clause.points.get().points) == (before, 5_000)
