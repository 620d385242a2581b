"""A standard issued by two at their own screens: one checks and submits it, a second one puts it in force."""

from portal.tests.journeys.walking import zh
from standards.models import EditionState


def submits_for_issue(desk, edition, *, looks):
    """`looks` names two pictures: the check before, and what waits afterwards."""
    check, waiting = looks
    desk.go("standards:issue", edition.pk).look(check)
    desk.press("Submit for issue", sure=True).arrives("standards:edition")
    desk.sees(zh("Waits for a second person")).look(waiting)


def second_person_issues(desk, edition, *, by, looks):
    """`by`: the users who submitted and who issue; `looks` names two pictures, before and after."""
    before, after = looks
    desk.go("standards:issue", edition.pk).look(before)
    desk.press("Issue the standard", sure=True).arrives("standards:edition").look(after)
    edition.refresh_from_db()
    assert (edition.state, edition.submitted_by, edition.issued_by) == (EditionState.ISSUED, *by)
