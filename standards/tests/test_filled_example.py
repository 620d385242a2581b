"""The filled example of a clause: part of an edition once it says something, shown where it helps."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.tests.make import NOW
from standards import actions
from standards.comparing import compare
from standards.models import Edition, EditionState
from standards.sheets import digest
from standards.tests.make import enter, make_chapter, make_clause, make_edition, make_example
from standards.tests.workbooks_made import exported, put, upload

pytestmark = pytest.mark.django_db
EXAMPLE = "时间：3月18日15:00\n应到26人，实到23人"


def small(place):
    """An edition whose digest was taken before clauses could carry an example."""
    made = make_edition(owner=place.county, options={}, name="标准")
    Edition.objects.filter(pk=made.pk).update(tiers=[])
    made.refresh_from_db()
    chapter = make_chapter(edition=made, key="organization", title="基本组织")
    make_clause(edition=made, chapter=chapter, key="a", code="1.1", position=1, text="甲")
    return made


def test_a_clause_without_an_example_leaves_the_digest_as_it_was(place):
    assert (
        digest(small(place)) == "2832ee96f94452f4bc8d4e3220b9587cefe92d7c4e08ec2a6cc3da3cf8072c23"
    )


def test_an_example_is_part_of_the_digest(place):
    made = small(place)
    before = digest(made)
    made.clauses.update(good_example=EXAMPLE)
    assert digest(made) != before


def test_the_officer_writes_the_example_in_the_draft_and_the_comparison_says_so(place):
    example = make_example(owner=place.county)
    made = actions.create_draft(
        place.officer, place.county, now=NOW, client_key=uuid4(), from_edition=example
    )
    client = enter(place.officer)
    page = reverse("standards:clause_edit", args=[made.pk, "organization.size"])
    form = client.get(page).context["form"]
    post = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    client.post(page, post | {"good_example": "党员名册：26人，与系统一致"})
    with translation.override("en"):
        changed = compare(example, made).changed
    assert [(change.key, len(change.sentences)) for change in changed] == [("organization.size", 1)]
    assert changed[0].sentences[0].startswith("Filled example: ")
    assert changed[0].new.good_example == "党员名册：26人，与系统一致"


def test_a_draft_copied_from_an_edition_keeps_its_examples(place):
    made = small(place)
    made.clauses.update(good_example=EXAMPLE)
    twin = make_edition(owner=place.county, state=EditionState.DRAFT)
    actions.contents.copy(made, into=twin)
    assert twin.clauses.get().good_example == EXAMPLE


def test_the_workbook_carries_the_example_out_and_in(place):
    made = small(place)
    made.clauses.update(good_example=EXAMPLE)
    with translation.override("zh-hans"):
        workbook = exported(made)
        same = upload(place, made, workbook).counts["unchanged"]
        put(workbook, 4, "填写示例", "改过的示例")
        row = upload(place, made, workbook).rows["rows"][0]
    assert (same, row["state"], row["values"]) == (1, "changed", {"good_example": "改过的示例"})


def test_the_page_of_the_clause_shows_the_example(place):
    made = small(place)
    made.clauses.update(good_example=EXAMPLE)
    page = enter(place.officer).get(reverse("standards:clause", args=[made.pk, "a"]))
    assert page.content.decode().count("时间：3月18日15:00<br>应到26人，实到23人") == 1
