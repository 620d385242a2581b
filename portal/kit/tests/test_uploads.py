import hashlib
import struct
import zipfile
import zlib
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.kit import uploads
from portal.kit.tests import bombs
from portal.kit.uploads import UploadRefused

NOT_TAKEN = "Files of this kind are not taken. Allowed: %(allowed)s."
MISMATCH = "The content is not what the file name says (%(suffix)s). Save it again in that format."
BROKEN = "The photo is incomplete or damaged and cannot be opened. Take or send it again."
ARCHIVE = "Archives are not taken. Upload the files in it one by one."


def photo(size=(40, 30), *, mode="RGB", form="JPEG", **more):
    out = BytesIO()
    Image.new(mode, size, **({"color": "red"} if mode == "RGB" else {})).save(out, form, **more)
    return out.getvalue()


def noise(size):
    image = Image.effect_noise(size, 90).convert("RGB")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def accept(content, name, folder):
    return uploads.accept(BytesIO(content), name, folder=folder)


def refused(content, name, folder):
    with pytest.raises(UploadRefused) as refusal:
        accept(content, name, folder)
    assert list(folder.iterdir()) == []
    return refusal.value.msgid


def png_of(width, height):
    """A picture that claims its size in a few bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (header, b"IDAT" + zlib.compress(bytes(999)), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
    )


def docx(*extra):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def xlsx():
    out = BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "content_type", "suffix"),
    [
        (photo(), "现场.JPG", "image/jpeg", ".jpg"),
        (photo(form="PNG"), "a.png", "image/jpeg", ".jpg"),
        (photo(form="WEBP"), "a.webp", "image/jpeg", ".jpg"),
        (photo(mode="CMYK"), "a.jpeg", "image/jpeg", ".jpg"),
        (photo((1, 1)), "a.php;.jpg", "image/jpeg", ".jpg"),
        (b"%PDF-1.7\n1 0 obj", "../../会议记录.pdf", "application/pdf", ".pdf"),
        (docx(), "a.docx", uploads.KINDS[".docx"].content_type, ".docx"),
        (xlsx(), "a.xlsx", uploads.KINDS[".xlsx"].content_type, ".xlsx"),
    ],
)
def test_the_allowed_kinds_are_taken(tmp_path, content, name, content_type, suffix):
    taken = accept(content, name, tmp_path)
    assert (taken.content_type, taken.suffix, taken.display_name) == (content_type, suffix, name)
    stored = taken.path.read_bytes()
    assert (taken.size, taken.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert taken.original_sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "name", "msgid"),
    [
        (b"", "a.jpg", "The file is empty."),
        (b"<svg/>", "a.svg", NOT_TAKEN),
        (b"<html>", "a.jpg.html", NOT_TAKEN),
        (b"MZ", "a.exe", NOT_TAKEN),
        (b"x", "noname", NOT_TAKEN),
        (b"x", "", NOT_TAKEN),
        (b"MZ\x90", "a.jpg", MISMATCH),
        (b"<html>", "a.pdf", MISMATCH),
        (b"%PDF-1.7", "a.xlsx", MISMATCH),
        (b"RIFF____WAVE", "a.webp", MISMATCH),
        (photo(form="PNG"), "a.jpg", MISMATCH),
        (docx(), "a.zip", ARCHIVE),
        (docx(), "a.xlsx", "This is not an .xlsx workbook. Open it in WPS or Excel and save it as .xlsx."),
        (xlsx(), "a.docx", "This is not a .docx document. Open it in WPS or Word and save it as .docx."),
        (docx("word/vbaProject.bin"), "a.docx", "The file contains macros. Save it without macros and upload that."),
        (b"PK\x03\x04" + bytes(50), "a.docx", "The file is damaged and cannot be read. Open it in WPS or Office, save it again and upload that."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "The file is encrypted. Remove its password and upload it again."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "This is an old .doc or .wps document. Save it as .docx in WPS and upload that."),
        (b"\xd0\xcf", "a.et", "This is an old .xls or .et workbook. Save it as .xlsx in WPS and upload that."),
        (b"%PDF-1.7 trailer << /Encrypt 5 0 R >>", "a.pdf", "The file is encrypted. Remove its password and upload it again."),
        (b"\0\0\0\x18ftypheic", "a.jpg", uploads.INSTEAD[".heic"]),
        (photo((400, 300))[:-400], "a.jpg", BROKEN),
        (photo()[:30], "a.jpg", BROKEN),
    ],
)  # fmt: skip
def test_everything_else_is_refused_and_leaves_nothing_behind(tmp_path, content, name, msgid):
    assert refused(content, name, tmp_path) == msgid


@pytest.mark.parametrize("side", [9_000, 15_000, 50_000])
def test_a_picture_of_enormous_size_is_refused_before_it_is_decoded(tmp_path, side):
    assert refused(png_of(side, side), "a.png", tmp_path) == uploads.TOO_MANY_PIXELS


def test_a_picture_that_breaks_off_is_refused(tmp_path):
    assert refused(png_of(2_000, 2_000), "a.png", tmp_path) == BROKEN


def test_a_large_photo_becomes_a_small_one(tmp_path):
    taken = accept(noise((2400, 1800)), "a.png", tmp_path)
    assert (
        taken.size <= 500_000,
        max(taken.width, taken.height) <= 1600,
        taken.width / taken.height,
    ) == (True, True, pytest.approx(4 / 3, 0.01))


def test_a_small_photo_keeps_its_size(tmp_path):
    taken = accept(photo((640, 480)), "a.jpg", tmp_path)
    assert (taken.width, taken.height) == (640, 480)


def test_a_photo_is_turned_upright_and_loses_its_place(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 1.0, 2.0)})
    taken = accept(photo((40, 30), exif=exif), "a.jpg", tmp_path)
    with Image.open(taken.path) as stored:
        assert (stored.size, dict(stored.getexif()), stored.info.get("exif")) == (
            (30, 40),
            {},
            None,
        )


def test_transparent_parts_become_white(tmp_path):
    taken = accept(photo((8, 8), mode="RGBA", form="PNG"), "a.png", tmp_path)
    with Image.open(taken.path) as stored:
        assert stored.getpixel((4, 4)) == (255, 255, 255)


def test_only_the_first_picture_of_an_animation_is_kept(tmp_path):
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert accept(out.getvalue(), "a.webp", tmp_path).width == 9


@pytest.mark.parametrize("over", [0, 1])
def test_the_limit_is_exact(tmp_path, over):
    content = b"%PDF-" + bytes(uploads.DOCUMENT_BYTES - 5 + over)
    if over:
        assert refused(content, "a.pdf", tmp_path) == "The file is larger than %(limit)s MB."
    else:
        assert accept(content, "a.pdf", tmp_path).size == uploads.DOCUMENT_BYTES


def test_a_connection_that_breaks_leaves_no_file(tmp_path):
    class Broken:
        def chunks(self):
            yield b"%PDF-1.7"
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        uploads.accept(Broken(), "a.pdf", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_that_carries_scripts_is_marked(tmp_path):
    assert (
        accept(b"%PDF-1.7 << /OpenAction << /S /JavaScript /JS (x) >> >>", "a.pdf", tmp_path).active
        is True
    )
    assert accept(b"%PDF-1.7 plain", "a.pdf", tmp_path).active is False


def test_an_office_file_that_unpacks_without_end_is_refused(tmp_path):
    path = bombs.book(tmp_path / "bomb", "<row/>" * 5_000_000)
    content = path.read_bytes()
    path.unlink()
    assert (
        refused(content, "a.xlsx", tmp_path)
        == "The sheet has more than %(limit)s rows, nearly all of them empty. Delete the empty rows below the table."
    )


def test_names_are_kept_as_text_up_to_255_characters():
    assert uploads.display_name("汉" * 250 + ".jpg") == "汉" * 250 + ".jpg"
    assert uploads.display_name("汉" * 300 + ".jpg") == "汉" * 250 + "….jpg"
    assert uploads.display_name("a\x00\u202eb\n.jpg") == "ab .jpg"


@pytest.mark.parametrize(
    ("name", "suffix", "header"),
    [
        (
            "minutes.pdf",
            ".pdf",
            "attachment; filename=\"minutes.pdf\"; filename*=UTF-8''minutes.pdf",
        ),
        (
            "现场.png",
            ".jpg",
            "attachment; filename=\"__.jpg\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.jpg",
        ),
        ("a.JPEG", ".jpg", "attachment; filename=\"a.JPEG\"; filename*=UTF-8''a.JPEG"),
        ('../a"b\r\n.pdf', "", "attachment; filename=\"_a_b .pdf\"; filename*=UTF-8''_a_b%20.pdf"),
        ("%2e%2e.pdf", "", "attachment; filename=\"_2e_2e.pdf\"; filename*=UTF-8''%252e%252e.pdf"),
    ],
)
def test_a_download_is_named_for_old_and_new_browsers(name, suffix, header):
    assert uploads.disposition(name, suffix=suffix) == header


@given(st.text())
def test_no_name_breaks_the_header(name):
    header = uploads.disposition(name, suffix=".pdf")
    assert (header.isascii(), header.isprintable(), header.count('"')) == (True, True, 2)
