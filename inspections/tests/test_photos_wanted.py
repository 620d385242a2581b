"""A clause whose standard says why a photo is needed: asked for once, taken over while carried, anew each period."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.models import Evidence, Field
from branches.tests.make import TODAY, make_county
from inspections import filing
from inspections.models import Assessment, CycleState
from inspections.sheets import Judgement
from inspections.tests.make import FLAG_RULE, SHORT_RULE, make_assessment, make_cycle
from inspections.worklist import worklists
from standards.tests.make import enter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db
REASON = "公示栏要看得清"


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def row(county):
    """A board to be photographed once, dues each period, and a clause without a photo."""
    edition = make_edition(owner=county.county)
    points = {Field.RURAL: 2_500}
    make_clause(edition=edition, key="board", code="1.1", rule=FLAG_RULE, points=points, photo_reason=REASON)  # fmt: skip
    make_clause(edition=edition, key="dues", code="1.2", rule=SHORT_RULE, points=points, mode="period", photo_reason=REASON)  # fmt: skip
    make_clause(edition=edition, key="setup", code="1.3", rule=FLAG_RULE, points=points)
    last_year = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition), **last_year)
    return loaded(make_assessment(cycle=cycle, branch=county.branches[0]))


def loaded(row):
    related = Assessment.objects.select_related("branch__parent", "cycle__edition", "cycle__prior")
    return related.get(pk=row.pk)


def photo(county, name="公示栏.jpg"):
    return Evidence.objects.create(
        organization=county.branches[0],
        name=name,
        content_type="image/jpeg",
        suffix=".jpg",
        size=1,
        sha256=uuid.uuid4().hex * 2,
        uploaded_at=NOW,
        uploaded_by=county.clerk.user,
    )


def whys(row):
    return {i.line.key: i.why or i.state for i in worklists([row], today=TODAY)[row.pk]}


def submit(county, row):
    return filing.submit(county.clerk, row, discussed_on=None, now=NOW, client_key=uuid.uuid4())


def answer(county, row, *judgements):
    for judgement in judgements:
        filing.answer(county.clerk, row, judgement, now=NOW)


def attach(county, row, *keys):
    for key in keys:
        filing.cite_files(county.clerk, row, key, [photo(county)], now=NOW)


ALL = (Judgement("board"), Judgement("dues"), Judgement("setup"))


def test_an_answer_without_its_photo_waits_and_is_not_filed(county, row):
    answer(county, row, *ALL)
    assert whys(row) == {"board": "photo", "dues": "photo", "setup": "answered"}
    with pytest.raises(Refused) as refused:
        submit(county, row)
    assert refused.value.sentence == "下列条目须附照片：1.1、1.2。"


def test_the_rest_conform_is_no_photo(county, row):
    filing.answer_rest(county.clerk, row, now=NOW)
    assert whys(row) == {"board": "photo", "dues": "photo", "setup": "answered"}


def test_with_their_photos_they_are_filed_and_not_asked_for_again(county, row):
    answer(county, row, *ALL)
    attach(county, row, "board", "dues")
    assert set(whys(row).values()) == {"answered"}
    submit(county, row)
    assert set(whys(loaded(row)).values()) == {"answered"}


def test_what_does_not_apply_needs_no_photo(county, row):
    without = Judgement("board", applicable=False, remark="没有公示栏")
    answer(county, row, without, Judgement("dues"), Judgement("setup"))
    assert whys(row)["board"] == "answered"


def test_a_photo_serves_on_while_the_clause_is_carried_and_not_in_the_next_period(county, row):
    answer(county, row, *ALL)
    attach(county, row, "board", "dues")
    submit(county, row)
    Assessment.objects.filter(pk=row.pk).update(stage="passed")
    row.cycle.state = CycleState.CLOSED
    row.cycle.save(update_fields=["state"])
    cycle = make_cycle(owner=county.county, edition=row.cycle.edition, prior=row.cycle)
    again = loaded(make_assessment(cycle=cycle, branch=county.branches[0], prior=row))
    assert whys(again) == {"board": "carried", "dues": "counted", "setup": "carried"}
    answer(county, again, Judgement("dues"))
    assert whys(again)["dues"] == "photo"


def test_a_carried_clause_nobody_photographed_asks_for_it(county, row):
    """As when the standard began to ask, or the first answer was given on a visit."""
    Assessment.objects.filter(pk=row.pk).update(stage="passed")
    answered = loaded(row)
    filing.judge_rest(answered, "self", ["board", "dues", "setup"], now=NOW)
    cycle = make_cycle(owner=county.county, edition=row.cycle.edition, prior=row.cycle)
    again = loaded(make_assessment(cycle=cycle, branch=county.branches[0], prior=row))
    assert whys(again)["board"] == "photo"
    attach(county, again, "board")
    assert whys(again)["board"] == "carried"


def test_the_form_says_why_and_where(county, row):
    answer(county, row, *ALL)
    client = enter(county.clerk)
    page = client.get(reverse("inspections:assessment", args=[row.pk])).content.decode()
    assert f"须附照片：{REASON}" in page
    pressed = {"do": "submit", "client_key": uuid.uuid4()}
    refused = client.post(reverse("inspections:assessment", args=[row.pk]), pressed)
    assert refused.status_code == 422
    assert "本条须附照片，请在下方“佐证”中上传或选用。" in refused.content.decode()


def test_the_queries_do_not_grow_with_the_branches(county, row):
    other = loaded(make_assessment(cycle=row.cycle, branch=county.branches[1]))
    answer(county, row, *ALL)
    attach(county, row, "board")
    attach(county, other, "board")
    worklists([row, other], today=TODAY)  # the sheet itself is read once
    with CaptureQueriesContext(connection) as one:
        worklists([row], today=TODAY)
    with CaptureQueriesContext(connection) as two:
        worklists([row, other], today=TODAY)
    assert len(one) == len(two)
