"""Scoring tables as workbooks: exported from an edition or written by hand, changed, uploaded."""

import io
from uuid import uuid4

import openpyxl

from accounts.tests.make import NOW
from standards import importing
from standards.excel import write


def exported(edition):
    out = io.BytesIO()
    write(out, edition)
    out.seek(0)
    return openpyxl.load_workbook(out)


def upload(place, edition, workbook, *, fields=("rural",), key=None):
    out = io.BytesIO()
    workbook.save(out)
    out.seek(0)
    return importing.upload(
        place.officer, edition, file=out, name="评分表.xlsx", fields=fields,
        client_key=key or uuid4(), now=NOW,
    )  # fmt: skip


def table(*rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def column(sheet, name):
    return next(cell.column for cell in sheet[3] if cell.value == name)


def put(workbook, row, name, value):
    sheet = workbook.worksheets[0]
    sheet.cell(row, column(sheet, name)).value = value
