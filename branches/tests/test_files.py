import io
import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import AccessLog
from accounts.refusal import Refused
from accounts.roles import Role
from accounts.tests.make import NOW
from branches.files import path_of, store, sweep
from branches.models import Evidence, Meeting
from branches.tests.make import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(colour="red", name="会议记录.png"):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def pdf(name="记录.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF")


def kept(county, upload=None, key=None, branch=None, actor=None):
    return store(
        actor or county.clerk,
        branch or county.branches[0],
        photo() if upload is None else upload,
        now=NOW,
        client_key=key or uuid4(),
    )


def url(evidence):
    return reverse("branches:evidence", args=[evidence.pk])


def fetch(client, address):
    """The answer with its body in `body`; reading it to the end closes the file."""
    answer = client.get(address)
    answer.body = b"".join(answer) if answer.streaming else answer.content
    return answer


def files_below(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_a_photo_is_kept_as_a_jpeg_under_a_name_nobody_chose(county, tmp_path):
    evidence = kept(county, photo(name="../../etc/passwd.png"))
    assert (evidence.content_type, evidence.suffix) == ("image/jpeg", ".jpg")
    assert path_of(evidence).parent.parent == tmp_path / "evidence"
    assert path_of(evidence).name == f"{evidence.pk.hex}.jpg"
    assert files_below(tmp_path) == [path_of(evidence)]


def test_the_same_key_or_the_same_bytes_in_one_unit_is_one_file(county, tmp_path):
    key = uuid4()
    first = kept(county, key=key)
    assert kept(county, photo("blue"), key=key) == first
    assert kept(county) == first
    assert kept(county, branch=county.branches[1]) != first
    assert len(files_below(tmp_path)) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ"), ("a.jpg", b"MZ"), ("a.pdf", b""), ("a.svg", b"<svg/>"), ("", b"x")],
)
def test_a_refused_file_leaves_neither_row_nor_file(county, tmp_path, name, content):
    file = SimpleUploadedFile("x", content)
    file._name = name
    with pytest.raises(Refused):
        kept(county, file)
    assert (Evidence.objects.count(), files_below(tmp_path)) == (0, [])


def test_a_file_for_a_unit_of_others_is_refused(county, tmp_path):
    with pytest.raises(Refused):
        kept(county, actor=county.stranger)
    assert files_below(tmp_path) == []


@pytest.mark.parametrize(
    ("person", "status"),
    [("clerk", 200), ("officer", 200), ("branch_clerk", 200), ("stranger", 404)],
)
def test_a_file_is_served_to_those_who_may_see_its_unit(client, county, person, status):
    evidence = kept(county)
    client.force_login(getattr(county, person).user)
    assert fetch(client, url(evidence)).status_code == status


def test_an_inspector_sees_the_files_of_the_branches_on_the_visit_only(client, county):
    inspector = make_actor(organization=county.branches[0], role=Role.INSPECTOR)
    mine, other = kept(county), kept(county, branch=county.branches[1])
    client.force_login(inspector.user)
    assert [fetch(client, url(e)).status_code for e in (mine, other)] == [200, 404]


def test_a_file_is_only_ever_downloaded_and_never_run(client, county):
    evidence = kept(county, pdf('记"录\n.pdf'))
    client.force_login(county.clerk.user)
    answer = fetch(client, url(evidence))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert AccessLog.objects.get().what == "evidence.read"


def test_a_photo_has_a_small_copy_and_a_document_has_none(client, county):
    client.force_login(county.clerk.user)
    answer = fetch(client, url(kept(county)) + "?thumb")
    small = Image.open(io.BytesIO(answer.body))
    assert (small.size, answer["Content-Disposition"]) == ((320, 240), "inline")
    document = fetch(client, url(kept(county, pdf())) + "?thumb")
    assert document["Content-Disposition"].startswith("attachment;")


def test_a_row_whose_file_is_lost_is_not_found(client, county):
    evidence = kept(county)
    path_of(evidence).unlink()
    client.force_login(county.clerk.user)
    assert fetch(client, url(evidence)).status_code == 404


def test_files_no_row_names_are_swept_after_a_day(county, tmp_path):
    evidence = kept(county)
    lost = tmp_path / "evidence" / "00" / f"{uuid4().hex}.jpg"
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"x")
    old = NOW.timestamp() - 90_000
    for path in (lost, path_of(evidence)):
        os.utime(path, (old, old))
    assert sweep(now=NOW) == 1
    assert files_below(tmp_path) == [path_of(evidence)]
    assert time.time() > old


def test_a_meeting_is_recorded_with_its_files_through_the_form(client, county):
    client.force_login(county.clerk.user)
    data = {
        "kind": "theme_day",
        "held_on": "2026-03-01",
        "client_key": str(uuid4()),
        "files": [photo(), pdf()],
    }
    answer = client.post(reverse("branches:meetings", args=[county.branches[0].pk]), data)
    assert answer.status_code == 302
    assert Meeting.objects.get().evidence.count() == 2


def test_a_wrong_file_shows_the_meeting_form_again(client, county):
    client.force_login(county.clerk.user)
    data = {
        "kind": "theme_day",
        "held_on": "2026-03-01",
        "client_key": str(uuid4()),
        "files": [SimpleUploadedFile("a.exe", b"MZ")],
    }
    answer = client.post(reverse("branches:meetings", args=[county.branches[0].pk]), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["files"])
    assert Meeting.objects.count() == 0
