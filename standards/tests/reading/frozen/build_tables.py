"""Draw the scoring tables of this folder from the grids, byte for byte the same each time.

A grid is a plain text file, one printed row a line, cells parted by "|":
    . a row that is no clause      = a clause      =3 a clause of 3 points      + its further row
A cell "<" is merged with the one to its left, "^" with the one above; "<*" merges the rest of
the row. Lines with "@" say what the author knows: the title, the groups, which column is which.

Usage: python build_tables.py [FOLDER]     (FOLDER holds grids/, tables/ is written)
"""

import io
import json
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils.cell import coordinate_from_string, get_column_letter

BORN = (2026, 1, 1, 0, 0, 0)
NUMBER = re.compile(r"\d+(\.\d+)?")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Grid:
    """One grid file: the blocks to draw, and what a careful clerk reads in them."""

    def __init__(self, path):
        self.kind, self.title = "", ""
        self.blocks, self.groups, self.clauses = [], [], []
        self.map, self.group = {}, ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                self.take(*(line.split(" ", 1) if " " in line else (line, "")))

    def take(self, mark, rest):
        if mark.startswith("@"):
            getattr(self, "say_" + mark[1:])(rest)
        else:
            self.row(mark, [cell.replace("\\n", "\n").strip(" ") for cell in rest.split("|")])

    def say_kind(self, rest):
        self.kind = rest

    def say_title(self, rest):
        self.title = rest

    def say_sheet(self, rest):
        name, corner = rest.split()
        self.blocks.append(("table", name, corner, []))

    def say_table(self, rest):
        self.blocks.append(("table", rest, "A1", []))

    def say_p(self, rest):
        self.blocks.append(("text", rest, "", []))

    def say_map(self, rest):
        pairs = (pair.split("=") for pair in rest.split())
        self.map = {key: int(column) for key, column in pairs}

    def say_group(self, rest):
        name, points = rest.rsplit(" ", 1)
        self.group = name
        if all(group["title"] != name for group in self.groups):
            self.groups.append(
                {"title": name, **({} if points == "-" else {"points": to_number(points)})}
            )

    def row(self, mark, cells):
        self.blocks[-1][3].append(cells)
        if mark.startswith("="):
            self.clauses.append(self.clause(mark[1:], cells))
        elif mark == "+":
            self.clauses[-1]["rule_text"] += "\n" + cells[self.map["rule_text"]]

    def clause(self, points, cells):
        above = self.clauses[-1] if self.clauses else {}
        read = {key: cells[column] for key, column in self.map.items()}
        read = {key: above[key] if text == "^" else text for key, text in read.items() if text}
        points = points or read.get("points")
        return {"group": self.group, **read, **({"points": to_number(points)} if points else {})}

    def expected(self):
        return {
            "title": self.title,
            "groups": self.groups,
            "clauses": [tidy(one) for one in self.clauses],
        }


def to_number(text):
    value = float(str(text).removesuffix("分"))
    return int(value) if value.is_integer() else value


def tidy(clause):
    """The text without the points printed in brackets at its end; keys in one order."""
    clause["text"] = re.sub(r"\s*[（(]\s*[\d０-９.．]+\s*分\s*[)）]\s*$", "", clause["text"])
    order = ("group", "text", "points", "rule_text", "method", "evidence")
    return {key: clause[key] for key in order if key in clause}


def squared(rows):
    """Rows of one width, "<*" spelled out."""
    width = max(len(row) for row in rows)
    return [spread(row, width) for row in rows]


def spread(row, width):
    if row[-1] == "<*":
        return row[:-1] + ["<"] * (width - len(row) + 1)
    return row + [""] * (width - len(row))


def span(rows, line, column):
    """How far the cell at (line, column) reaches: rows, columns."""
    wide = high = 1
    while column + wide < len(rows[line]) and rows[line][column + wide] == "<":
        wide += 1
    while line + high < len(rows) and rows[line + high][column] == "^":
        high += 1
    return high, wide


def draw_xlsx(grid):
    book = Workbook()
    book.remove(book.active)
    for _, name, corner, rows in grid.blocks:
        draw_sheet(book.create_sheet(name), corner, squared(rows))
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as made:
        return packed({name: settled(name, made.read(name)) for name in made.namelist()})


def draw_sheet(sheet, corner, rows):
    letter, top = coordinate_from_string(corner)
    left = sheet[f"{letter}{top}"].column
    thin = Side(style="thin")
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            if text in ("<", "^"):
                continue
            cell = sheet.cell(top + line, left + column)
            cell.value = (
                to_number(text) if NUMBER.fullmatch(text) and text.isascii() else text or None
            )
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(thin, thin, thin, thin)
            high, wide = span(rows, line, column)
            if high * wide > 1:
                end = f"{get_column_letter(cell.column + wide - 1)}{cell.row + high - 1}"
                sheet.merge_cells(f"{cell.coordinate}:{end}")


def settled(name, data):
    """The library stamps the hour of saving; a fixed one keeps the file the same."""
    if name != "docProps/core.xml":
        return data
    stamp = datetime(*BORN).isoformat().encode() + b"Z"  # noqa: DTZ001 written with its zone by hand
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", stamp, data)


def draw_docx(grid):
    body = "".join(
        paragraph(name) if kind == "text" else table(squared(rows))
        for kind, name, _, rows in grid.blocks
    )
    page = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return packed(
        {
            "[Content_Types].xml": head
            + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": head
            + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}{page}</w:body></w:document>',
        }
    )


def paragraph(text):
    """Lines of a cell are broken with w:br; a run is cut in two, as Word does after an edit."""
    half = len(text) // 2
    runs = "".join(run(piece) for piece in (text[:half], text[half:]) if piece)
    return f"<w:p>{runs}</w:p>"


def run(text):
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def table(rows):
    grid = '<w:gridCol w:w="1800"/>' * len(rows[0])
    lines = "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if not line else ''}{cells(rows, line)}</w:tr>"
        for line in range(len(rows))
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'


def cells(rows, line):
    return "".join(
        cell(rows, line, column) for column, text in enumerate(rows[line]) if text != "<"
    )


def cell(rows, line, column):
    high, wide = span(rows, line, column)
    text = rows[line][column]
    merge = "<w:vMerge/>" if text == "^" else '<w:vMerge w:val="restart"/>' if high > 1 else ""
    look = f'<w:tcW w:w="{1800 * wide}" w:type="dxa"/><w:gridSpan w:val="{wide}"/>{merge}'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraph('' if text == '^' else text)}</w:tc>"


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, BORN)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return out.getvalue()


DRAWERS = {"xlsx": draw_xlsx, "docx": draw_docx}


def build(folder):
    for path in sorted((folder / "grids").glob("*.txt")):
        grid = Grid(path)
        (folder / "tables" / f"{path.stem}.{grid.kind}").write_bytes(DRAWERS[grid.kind](grid))
        text = json.dumps(grid.expected(), ensure_ascii=False, indent=1) + "\n"
        (folder / "tables" / f"{path.stem}.expected.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
