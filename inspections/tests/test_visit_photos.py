"""Photos of a problem: with its form or after it, kept once, also after the confirmation."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from branches.models import Evidence
from inspections.models import Finding
from inspections.tests.visit_pages import address, confirm, log, press
from standards.tests.make import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def picture():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "phone"
    Image.new("RGB", (2_000, 1_000), "#888888").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("墙面.jpg", out.getvalue(), content_type="image/jpeg")


def test_photos_of_a_plain_form_hang_on_the_finding(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    press(site.member, site, verdict="problem", clause="records", text="无签字", photos=picture())
    assert Finding.objects.get().evidence.count() == 1


def test_a_photo_follows_its_problem_and_is_kept_once(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    of, key = str(uuid.uuid4()), str(uuid.uuid4())
    client = enter(site.member)
    client.post(
        address(site, "stop_taps"),
        {"key": of, "verdict": "problem", "clause": "records", "text": "无签字"},
    )
    sent = picture()
    for _turn in (1, 2):
        sent.seek(0)
        answer = client.post(
            address(site, "stop_photos"), {"key": key, "of": of, "photo": sent}
        ).json()
        assert (answer["taken"], answer["size"]) == (key, sent.size)
    assert Finding.objects.get().evidence.count() == Evidence.objects.count() == 1


def test_a_photo_without_its_problem_is_refused(site):
    answer = enter(site.member).post(
        address(site, "stop_photos"),
        {"key": str(uuid.uuid4()), "of": str(uuid.uuid4()), "photo": picture()},
    )
    assert (answer.status_code, Evidence.objects.count()) == (409, 0)


def test_a_photo_may_come_after_the_confirmation(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    finding = log(site)
    confirm(site)
    answer = enter(site.member).post(
        address(site, "stop_photos"),
        {"key": str(uuid.uuid4()), "of": str(finding.client_key), "photo": picture()},
    )
    assert (answer.status_code, finding.evidence.count()) == (200, 1)
