"""Taking in evidence: what may come in, what it is turned into, and the name it goes out under.

A file is what its first bytes and its extension agree on. Photos are decoded and written anew: turned upright, small
enough for a county's disk, and without the place and time a phone puts into them. Office files are looked through in
the limited child. The caller gives the storage name; the sender's name is text and never a path.
"""

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import quote

from django.utils.translation import gettext_noop as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.kit.normal import loose
from portal.kit.refusal import Refusal
from portal.kit.sheets import Limits, SheetRefused, check_answer, run_child
from portal.kit.sheetscan import DOCUMENT, WORKBOOK

CHUNK = 1 << 18
PHOTO_BYTES, DOCUMENT_BYTES = 20 << 20, 50 << 20
LONGEST_NAME = 255
SIDE, SMALL_ENOUGH = 1600, 500_000
QUALITIES = (85, 75, 65, 55, 45)
# A JPEG is decoded at a fraction of its size, the others whole: 40 million pixels are 160 MB.
JPEG_PIXELS, OTHER_PIXELS = 200_000_000, 40_000_000
Image.MAX_IMAGE_PIXELS = JPEG_PIXELS
OFFICE = Limits(unpacked=200 << 20)
ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b")
UNDECODABLE = (
    OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError, UnidentifiedImageError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


class UploadRefused(Refusal):
    """The file is not taken, with the sentence that says why and what to send instead."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken. most: bytes. magic: how it begins."""

    content_type: str
    suffix: str
    most: int
    magic: bytes
    photo: bool = False
    main_part: str = ""


JPEG = Kind("image/jpeg", ".jpg", PHOTO_BYTES, b"\xff\xd8\xff", photo=True)
KINDS = {
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".png": Kind("image/png", ".png", PHOTO_BYTES, b"\x89PNG\r\n\x1a\n", photo=True),
    ".webp": Kind("image/webp", ".webp", PHOTO_BYTES, b"RIFF", photo=True),
    ".pdf": Kind("application/pdf", ".pdf", DOCUMENT_BYTES, b"%PDF-"),
    ".docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", DOCUMENT_BYTES, b"PK\x03\x04",
        main_part=DOCUMENT,
    ),
    ".xlsx": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", DOCUMENT_BYTES, b"PK\x03\x04",
        main_part=WORKBOOK,
    ),
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0"
ALLOWED = "JPG、PNG、WEBP、PDF、DOCX、XLSX"
NOT_TAKEN = _("Files of this kind are not taken. Allowed: %(allowed)s.")
TOO_MANY_PIXELS = _(
    "The picture is too large: at most %(most)s million pixels are taken. Make it smaller."
)
INSTEAD = {
    ".doc": _("This is an old .doc or .wps document. Save it as .docx in WPS and upload that."),
    ".wps": _("This is an old .doc or .wps document. Save it as .docx in WPS and upload that."),
    ".xls": _("This is an old .xls or .et workbook. Save it as .xlsx in WPS and upload that."),
    ".et": _("This is an old .xls or .et workbook. Save it as .xlsx in WPS and upload that."),
    ".docm": _("The file contains macros. Save it without macros and upload that."),
    ".xlsm": _("The file contains macros. Save it without macros and upload that."),
    ".heic": _("The phone saved this photo as HEIC. Choose JPG (“most compatible”) in its camera settings, or send a screenshot."),
    ".heif": _("The phone saved this photo as HEIC. Choose JPG (“most compatible”) in its camera settings, or send a screenshot."),
    ".zip": _("Archives are not taken. Upload the files in it one by one."),
    ".rar": _("Archives are not taken. Upload the files in it one by one."),
    ".7z": _("Archives are not taken. Upload the files in it one by one."),
}  # fmt: skip


@dataclass(frozen=True)
class Accepted:
    """A file ready to be stored. path: a temporary file the caller moves or discards. original_sha256: as sent.

    sha256 and size are those of the bytes at `path`. width and height are 0 unless it is a photo. active: a PDF that
    carries scripts or launches something; it may only ever be downloaded.
    """

    path: Path
    content_type: str
    suffix: str
    sha256: str
    original_sha256: str
    size: int
    width: int
    height: int
    display_name: str
    active: bool = False

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)


def accept(file: Any, name: str, *, folder: str | Path | None = None) -> Accepted:
    """Takes an upload (anything with chunks() or read()). Raises UploadRefused; then no temporary file is left.

    folder: where the temporary file lies; give one on the disk of the store, so that moving it is a rename.
    """
    kind = _kind_by_name(name)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="upload-", delete=False) as out:
        path = Path(out.name)
        try:
            sha256, size = _receive(file, out, kind.most)
            out.flush()
            received = Accepted(
                path, kind.content_type, kind.suffix, sha256, sha256, size, 0, 0, display_name(name)
            )
            _check_magic(path, kind)
            return _checked(received, kind)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def display_name(name: str) -> str:
    """The sender's name for the file as harmless text, at most 255 characters, its extension kept."""
    clean = loose(name) or "file"
    if len(clean) <= LONGEST_NAME:
        return clean
    suffix = PurePosixPath(clean).suffix[:10]
    return clean[: LONGEST_NAME - len(suffix) - 1] + "…" + suffix


def disposition(name: str, *, suffix: str = "") -> str:
    """The Content-Disposition of a download (RFC 6266), for old and new browsers. suffix: of what is really stored."""
    clean = re.sub(r'[\\/:*?"<>|;\x00-\x1f\x7f]', "_", display_name(name)).strip(" .") or "file"
    stem, dot, extension = clean.rpartition(".")
    if suffix and f".{extension.lower()}" not in (suffix, ".jpeg" if suffix == ".jpg" else suffix):
        clean = (stem if dot else clean) + suffix
    plain = re.sub(r"[^ -~]", "_", clean).replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def _kind_by_name(name: str) -> Kind:
    suffix = PurePosixPath(loose(name).replace("\\", "/").rstrip(". ")).suffix.lower()
    if suffix in KINDS:
        return KINDS[suffix]
    raise UploadRefused(INSTEAD.get(suffix, NOT_TAKEN), {"allowed": ALLOWED})


def _receive(file: Any, out: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(file):
        size += len(chunk)
        if size > most:
            raise UploadRefused(_("The file is larger than %(limit)s MB."), {"limit": most >> 20})
        digest.update(chunk)
        out.write(chunk)
    if not size:
        raise UploadRefused(_("The file is empty."))
    return digest.hexdigest(), size


def _chunks(file: Any) -> Iterator[bytes]:
    if hasattr(file, "chunks"):
        yield from file.chunks()
    else:
        yield from iter(lambda: file.read(CHUNK), b"")


def _check_magic(path: Path, kind: Kind) -> None:
    with path.open("rb") as file:
        head = file.read(16)
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise UploadRefused(INSTEAD[".heic"])
    # An encrypted .docx or .xlsx is an OLE file; the child tells it from an old .doc.
    if kind.main_part and head.startswith(OLE):
        return
    if not head.startswith(kind.magic) or (kind.suffix == ".webp" and head[8:12] != b"WEBP"):
        raise UploadRefused(
            _(
                "The content is not what the file name says (%(suffix)s). Save it again in that format."
            ),
            {"suffix": kind.suffix},
        )


def _checked(received: Accepted, kind: Kind) -> Accepted:
    checks: list[tuple[bool, Callable[[Accepted, Kind], Accepted]]] = [
        (kind.photo, _redrawn),
        (bool(kind.main_part), _looked_through),
        (kind.suffix == ".pdf", _pdf),
    ]
    return next(check for applies, check in checks if applies)(received, kind)


def _looked_through(received: Accepted, kind: Kind) -> Accepted:
    with tempfile.TemporaryFile() as answer:
        try:
            run_child(
                "check",
                {"path": str(received.path), "main_part": kind.main_part},
                limits=OFFICE,
                answer=answer,
            )
            check_answer(answer)
        except SheetRefused as refused:
            raise UploadRefused(refused.msgid, refused.params) from refused
    return received


def _pdf(received: Accepted, kind: Kind) -> Accepted:
    active, tail = False, b""
    with received.path.open("rb") as file:
        for chunk in _chunks(file):
            window = tail + chunk
            if ENCRYPTED_PDF.search(window):
                raise UploadRefused(
                    _("The file is encrypted. Remove its password and upload it again.")
                )
            active = active or bool(ACTIVE_PDF.search(window))
            tail = window[-64:]
    return replace(received, active=active)


def _redrawn(received: Accepted, kind: Kind) -> Accepted:
    try:
        with Image.open(
            received.path, formats=(kind.suffix.strip(".").upper().replace("JPG", "JPEG"),)
        ) as image:
            _check_pixels(image)
            image.draft("RGB", (SIDE, SIDE))
            drawn = _upright(image)
            width, height = _save_small(drawn, received.path)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as wrong:
        raise UploadRefused(TOO_MANY_PIXELS, {"most": OTHER_PIXELS // 1_000_000}) from wrong
    except UNDECODABLE as wrong:
        raise UploadRefused(
            _("The photo is incomplete or damaged and cannot be opened. Take or send it again.")
        ) from wrong
    with received.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return replace(
        received, content_type=JPEG.content_type, suffix=JPEG.suffix, sha256=digest, size=received.path.stat().st_size,
        width=width, height=height,
    )  # fmt: skip


def _check_pixels(image: Image.Image) -> None:
    most = JPEG_PIXELS if image.format in ("JPEG", "MPO") else OTHER_PIXELS
    if image.width * image.height > most:
        raise UploadRefused(TOO_MANY_PIXELS, {"most": most // 1_000_000})


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held, in plain colours, transparent parts white."""
    image.load()
    try:
        image = ImageOps.exif_transpose(image)
    except UNDECODABLE:
        # A phone's broken remarks do not make its photo worthless.
        image = image.copy()
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return image.convert("RGB")


def _save_small(image: Image.Image, path: Path) -> tuple[int, int]:
    """Writes a JPEG without any of the original's remarks and returns its size in pixels."""
    for quality in (*QUALITIES, *QUALITIES[-1:] * 6):
        image.info.clear()
        image.save(path, "JPEG", quality=quality, optimize=True)
        if path.stat().st_size <= SMALL_ENOUGH:
            break
        if quality == QUALITIES[-1]:
            image = image.resize(
                (max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)),
                Image.Resampling.LANCZOS,
            )
    return image.size
