"""Rosters as rows, as workbooks and as uploads."""

import io
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from accounts.tests.make import NOW
from branches.rosters import imports as rosters
from branches.rosters.plan import make_plan
from branches.rosters.read import read_rows

HEAD = ["组织全称", "组织简称", "上级组织", "组织类别", "支部领域", "正式党员数", "届满日期"]


def plan_of(county, *rows, head=HEAD):
    roster = read_rows("名册", [head, *rows])
    return make_plan(rosters.known_units(county.county), roster.records)


def fates(plan):
    return [(row.number, row.status, [e[0] for e in row.errors]) for row in plan.rows]


def workbook(*rows, head=HEAD):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    return upload(book)


def upload(book, name="名册.xlsx"):
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def send(county, file, key=None):
    return rosters.preview(county.officer, county.county, file, now=NOW, client_key=key or uuid4())


def branch_row(name="新庄村党支部", parent="柳湾镇", **more):
    row = dict(zip(HEAD, [name, "", parent, "支部", "农村", 12, "2028.3.1"], strict=True)) | more
    return [row[key] for key in HEAD]


def downloaded(county):
    out = io.BytesIO()
    rosters.write_template(out, county.county, today=county.officer.today)
    out.seek(0)
    return load_workbook(out)
