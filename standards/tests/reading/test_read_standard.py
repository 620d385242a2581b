"""What `manage.py read_standard` prints, and how it says no."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.kit.tests.documents import document

FOLDER = Path(__file__).parent / "tables"


def run(*given):
    out = io.StringIO()
    call_command("read_standard", *map(str, given), stdout=out)
    return out.getvalue()


def clauses(name):
    found = json.loads(run(FOLDER / name, "--json"))
    return [clause for group in found["groups"] for clause in group["clauses"]]


def test_each_clause_carries_what_its_phrase_became():
    found = clauses("organ.xlsx")[4]
    assert (found["phrase"], found["rules"], found["confidence"], found["reason"]) == (
        "每少一次扣0.5分，最多扣3分",
        [{"shape": "step", "unit": 0.5, "cap": 3, "measure": "廉政谈话少"}],
        1.0,
        "",
    )


def test_the_lines_of_a_veto_list_are_read_with_their_effect():
    found = clauses("college.docx")[-1]
    assert (found["rule_text"], found["phrase"], found["rules"]) == (
        "",
        "发展党员弄虚作假的，一票否决",
        [{"shape": "gate", "effect": "fail", "when": "发展党员弄虚作假"}],
    )


def test_an_unread_phrase_is_left_to_a_person_with_the_reason():
    unread = [one for one in clauses("village.xlsx") if not one["confidence"]]
    assert all(one["rules"][0]["shape"] == "judged" and one["reason"] for one in unread)


def test_for_people_each_clause_is_two_lines():
    lines = run(FOLDER / "organ.xlsx").splitlines()
    assert lines[:4] == [
        "# 机关党支部建设量化考评细则（50分）",
        "## 政治建设（30分）",
        "C5\t1\t第一议题制度落实到位\t10",
        '\t未落实一次扣１分\t1.00\t[{"shape": "step", "unit": 1, "measure": "未落实"}]\t',
    ]
    assert lines[-1] == "备注：扣分以考评组核实为准。"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.doc", b"x", "这是 .doc 或 .wps 文档，请在WPS中另存为 .docx 后再上传。 This is an old .doc or .wps document. Save it as .docx in WPS and upload that."),
        ("a.txt", "某日，天气好。".encode(), "没有找到评分表。评分表至少要有条目一栏，加上分值或评分细则一栏；没有表格的，要有“一、……”“1.……（5分）”这样的编号。 No scoring table was found. It needs a column of demands and one of points or scoring rules, or numbered paragraphs such as 一、… 1.…（5分）."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_both_languages(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        run(tmp_path / name)
    assert str(refusal.value) == said


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"没有这个文件。 There is no such file: .*x\.docx"):
        run(tmp_path / "x.docx")


def test_all_prints_every_table_of_the_file(tmp_path):
    head = ["项目", "内容", "分值", "评分标准"]
    path = document(
        tmp_path / "two.docx", "农村支部考核表", [head, ["组织", "换届", "100", "未换届不得分"]],
        "机关支部考核表", [head, ["组织", "支委会", "60", "少一次扣1分"], ["", "阵地", "40", "未建不得分"]],
    )  # fmt: skip
    assert [one["title"] for one in json.loads(run(path, "--all", "--json"))] == [
        "机关支部考核表",
        "农村支部考核表",
    ]
    assert [line for line in run(path, "--all").splitlines() if line.startswith("#")] == [
        "# 机关支部考核表", "## 组织", "# 农村支部考核表", "## 组织",
    ]  # fmt: skip
    assert json.loads(run(path, "--json"))["remarks"] == [
        "文件里还有别的评分表，没有读入：农村支部考核表。"
    ]
