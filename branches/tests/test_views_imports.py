"""Uploading odd workbooks through the page: a sentence and 4xx, never a failure, nothing half saved."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from branches.models import Organization, RosterImport
from branches.tests.make import make_grant, make_organization

pytestmark = pytest.mark.django_db
URL = "/branches/imports/"


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = xlsx(
    ["组织全称", "上级组织", "组织类别", "支部领域"],
    ["新庄村党支部", "柳湾镇", "支部", "村"],
    ["错村党支部", "无此镇", "支部", "村"],
)


def post(client, county, content, *, name="名册.xlsx", key=None):
    client.force_login(county.officer.user)
    file = SimpleUploadedFile(name, content)
    data = {"owner": county.county.pk, "file": file, "client_key": key or uuid4()}
    return client.post(URL, data)


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def broken_shared_strings():
    source = zipfile.ZipFile(io.BytesIO(GOOD))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b't="s"><v>0<', b't="s"><v>99999<')
            archive.writestr(name, content)
    return out.getvalue()


BAD = {
    "empty": b"",
    "text": "组织全称,上级组织".encode(),
    "csv in GBK": "组织全称,上级组织".encode("gbk"),
    "html": b"<html><table></table></html>",
    "old xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "pdf": b"%PDF-1.4 ...",
    "truncated": GOOD[: len(GOOD) // 2],
    "a zip that is no workbook": zipped(readme="x"),
    "xml cut": zipped(**{"xl__workbook.xml": "<workbook", "[Content_Types].xml": "<Types"}),
    "doctype": zipped(
        **{"xl__workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>', "xl__a.xml": "<a/>"}
    ),
    "macros": zipped(**{"xl__workbook.xml": "<workbook/>", "xl__vbaProject.bin": "x"}),
    "other table": xlsx(["姓名", "电话"], ["甲", "1"]),
    "no rows": xlsx(["组织全称", "上级组织"]),
    "no name column": xlsx(["上级组织", "组织类别"], ["柳湾镇", "支部"]),
    "column twice": xlsx(["组织全称", "支部名称", "上级组织"], ["甲", "乙", "柳湾镇"]),
    "persons": xlsx(["组织全称", "上级组织", "身份证号"], ["甲", "柳湾镇", "1"]),
    "too far right": xlsx(["组织全称", "上级组织", *[f"列{n}" for n in range(70)]]),
}


@pytest.mark.parametrize("what", BAD)
def test_a_workbook_that_cannot_be_read_is_refused_with_a_sentence(client, county, what):
    before = Organization.objects.count()
    answer = post(client, county, BAD[what])
    assert answer.status_code == 422
    assert [len(errors) for errors in answer.context["form"].errors.values()] == [1]
    assert (Organization.objects.count(), RosterImport.objects.count()) == (before, 0)


def test_a_damaged_string_table_is_refused_or_read_but_never_fails(client, county):
    assert post(client, county, broken_shared_strings()).status_code in (302, 422)


def test_an_upload_leads_to_its_preview_and_the_confirmation_writes(client, county):
    answer = post(client, county, GOOD)
    item = RosterImport.objects.get()
    assert answer.url == reverse("branches:import", args=[item.pk])
    page = client.get(answer.url)
    assert [(row["number"], row["status"]) for row in page.context["rows"]] == [
        (2, "new"),
        (3, "wrong"),
    ]
    confirm = reverse("branches:import_confirm", args=[item.pk])
    assert [client.post(confirm).status_code for _n in range(2)] == [302, 302]
    assert Organization.objects.filter(name="新庄村党支部").count() == 1


@pytest.mark.parametrize(("view", "numbers"), [("wrong", [3]), ("new", [2]), ("x", [2, 3])])
def test_the_preview_can_be_narrowed_in_the_address(client, county, view, numbers):
    url = post(client, county, GOOD).url
    page = client.get(f"{url}?view={view}")
    assert [row["number"] for row in page.context["rows"]] == numbers


def test_the_own_file_comes_back_with_marks(client, county):
    post(client, county, GOOD)
    item = RosterImport.objects.get()
    answer = client.get(reverse("branches:import_returned", args=[item.pk]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet["E1"].value == "错误说明"
    assert sheet["B3"].comment is not None


def test_the_template_holds_the_units_of_the_county(client, county):
    client.force_login(county.officer.user)
    answer = client.get(reverse("branches:import_template"))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=4, max_row=9)] == [
        "柳湾镇党委",
        "双井村党支部",
        "上坝村党支部",
        "石埠镇党委",
        "樟树坪村党支部",
        "东坪村党支部",
    ]


def test_an_upload_without_a_file_shows_the_form_again(client, county):
    client.force_login(county.officer.user)
    assert client.post(URL, {"owner": county.county.pk}).status_code == 422


def test_the_county_of_another_officer_cannot_be_named(client, county):
    other = make_organization(name="另一县委")
    client.force_login(county.officer.user)
    file = SimpleUploadedFile("a.xlsx", GOOD)
    data = {"owner": other.pk, "file": file, "client_key": uuid4()}
    assert client.post(URL, data).status_code == 422


@pytest.mark.parametrize("person", ["clerk", "secretary", "branch_clerk", "leader", "stranger"])
def test_only_county_officers_reach_the_import(client, county, person):
    client.force_login(getattr(county, person).user)
    assert client.get(URL).status_code == 403
    assert client.get(reverse("branches:import_template")).status_code == 403


def test_an_officer_of_another_county_does_not_see_the_upload(client, county):
    post(client, county, GOOD)
    item = RosterImport.objects.get()
    other = make_organization(name="另一县委")
    stranger = county.stranger.user
    make_grant(user=stranger, organization=other, role="county_officer")
    client.force_login(stranger)
    for name in ("import", "import_returned"):
        assert client.get(reverse(f"branches:{name}", args=[item.pk])).status_code == 404
    assert client.post(reverse("branches:import_confirm", args=[item.pk])).status_code == 404
