"""Writes small Word documents for the tests: paragraphs and tables with merged cells, nothing else."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RELS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


@dataclass(frozen=True)
class C:
    """A cell. span: columns it covers. merge: "down" begins a merged area, "up" continues it. inner: a nested table."""

    text: str = ""
    span: int = 1
    merge: str = ""
    inner: Sequence[Sequence["C | str"]] = ()


def document(path: Path, *blocks: str | list, raw: str = "", **more: str) -> Path:
    """A block is a paragraph (str) or a table (list of rows of C or str). `raw` goes into the body as it is.

    more: what stands in further parts, as numbering="<w:num…".
    """
    parts = [table(block) if isinstance(block, list) else paragraph(block) for block in blocks]
    body = f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:m="{MATH}" xmlns:mc="{COMPATIBLE}"><w:body>{"".join(parts)}{raw}<w:sectPr/></w:body></w:document>'
    further = [
        (f"word/{name}.xml", f'{HEAD}<w:{name} xmlns:w="{WORD}">{content}</w:{name}>')
        for name, content in more.items()
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", TYPES), ("_rels/.rels", RELS), ("word/document.xml", body), *further,
        ):  # fmt: skip
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return path


def paragraph(text: str) -> str:
    # Word cuts a paragraph into runs at any place; two runs show whether they are put together again.
    cut = len(text) // 2
    runs = (
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:cut], text[cut:])
    )
    return f"<w:p>{''.join(runs)}</w:p>"


def table(rows: Sequence[Sequence[C | str]]) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(row(cells) for cells in rows)}</w:tbl>"


def row(cells: Sequence[C | str]) -> str:
    return f"<w:tr>{''.join(cell(one if isinstance(one, C) else C(one)) for one in cells)}</w:tr>"


def cell(one: C) -> str:
    marks = f'<w:gridSpan w:val="{one.span}"/>' if one.span > 1 else ""
    marks += {"down": '<w:vMerge w:val="restart"/>', "up": "<w:vMerge/>", "": ""}[one.merge]
    inner = table(one.inner) if one.inner else ""
    lines = "".join(paragraph(line) for line in one.text.split("\n"))
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{lines}{inner}<w:p/></w:tc>"
