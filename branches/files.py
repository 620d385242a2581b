"""The file store: one copy per unit, under names nobody chooses, behind checked addresses only.

A file is whole on disk before its row exists (temporary file, fsync, rename, row), so a cut connection leaves
no row, and a row always has its file.
"""

import os
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.refusal import Refused
from branches.models import Evidence, Organization
from branches.permissions import TABLE
from branches.permits import require
from branches.scope import Actor
from portal.kit.uploads import Accepted, UploadRefused, accept

THUMB_SIDE = 320
PHOTO = "image/jpeg"
ORPHAN_AFTER = timedelta(days=1)


def store(
    actor: Actor, organization: Organization, upload: Any, *, now: datetime, client_key: uuid.UUID
) -> Evidence:
    """Keeps one uploaded file for the unit. The same client key, or the same bytes in the same unit, is the same file.

    Raises Refused (field "files") with the sentence of portal.kit.uploads.
    """
    require(TABLE, actor, "evidence.add", organization, _("You cannot add files to this unit."))
    if kept := Evidence.objects.filter(client_key=client_key, organization=organization).first():
        return kept
    accepted = take_in(upload)
    try:
        same = Evidence.objects.filter(organization=organization, sha256=accepted.sha256)
        return same.first() or keep(actor, organization, accepted, now=now, client_key=client_key)
    finally:
        accepted.discard()


def store_all(
    actor: Actor,
    organization: Organization,
    uploads: Iterable[Any],
    *,
    now: datetime,
    client_key: uuid.UUID,
) -> list[Evidence]:
    """Several files of one form: their keys follow from the form's key and their place in it."""
    return [
        store(actor, organization, upload, now=now, client_key=uuid.uuid5(client_key, str(place)))
        for place, upload in enumerate(uploads)
    ]


def take_in(upload: Any) -> Accepted:
    waiting = Path(settings.MEDIA_ROOT) / "incoming"
    waiting.mkdir(parents=True, exist_ok=True)
    try:
        return accept(upload, upload.name or "", folder=waiting)
    except UploadRefused as bad:
        raise Refused(_(": ").join((upload.name, bad.sentence)), field="files") from bad


def keep(
    actor: Actor,
    organization: Organization,
    accepted: Accepted,
    *,
    now: datetime,
    client_key: uuid.UUID,
) -> Evidence:
    evidence = Evidence(
        organization=organization,
        name=accepted.display_name,
        content_type=accepted.content_type,
        suffix=accepted.suffix,
        sha256=accepted.sha256,
        size=accepted.size,
        uploaded_at=now,
        uploaded_by=actor.user,
        client_key=client_key,
    )
    put(accepted.path, path_of(evidence))
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError:
        # The same form was sent twice at the same time; the other request was first.
        path_of(evidence).unlink(missing_ok=True)
        return Evidence.objects.get(client_key=client_key, organization=organization)
    except BaseException:
        path_of(evidence).unlink(missing_ok=True)
        raise
    return evidence


def path_of(evidence: Evidence) -> Path:
    name = evidence.pk.hex
    return Path(settings.MEDIA_ROOT) / "evidence" / name[:2] / f"{name}{evidence.suffix}"


def put(source: Path, target: Path) -> None:
    """Moves a file so that after a power cut it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file:
        os.fsync(file.fileno())
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def thumbnail(evidence: Evidence) -> Path:
    """A small copy of a photo, drawn when first asked for."""
    small = Path(settings.MEDIA_ROOT) / "thumbs" / evidence.pk.hex[:2] / f"{evidence.pk.hex}.jpg"
    if not small.exists():
        small.parent.mkdir(parents=True, exist_ok=True)
        drawn = small.with_name(f"{uuid.uuid4().hex}.part")
        with Image.open(path_of(evidence), formats=("JPEG",)) as photo:
            ImageOps.contain(photo, (THUMB_SIDE, THUMB_SIDE)).save(drawn, "JPEG", quality=70)
        drawn.replace(small)
    return small


def sweep(*, now: datetime) -> int:
    """Removes files older than a day that no row names (an action failed after its file was stored)."""
    before = (now - ORPHAN_AFTER).timestamp()
    root = Path(settings.MEDIA_ROOT)
    found = [*root.glob("evidence/*/*"), *root.glob("incoming/*"), *root.glob("thumbs/*/*.part")]
    old = [path for path in found if path.stat().st_mtime < before]
    lost = [path for path in old if not _is_known(path)]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _is_known(path: Path) -> bool:
    try:
        key = uuid.UUID(path.stem)
    except ValueError:
        return False
    return path.parts[-3] == "evidence" and Evidence.objects.filter(pk=key).exists()
