"""A clause is found in its official text, however the text was broken."""

import re
from pathlib import Path

import pytest

from plans.clauses import same_clause
from plans.lint import lint
from plans.load import DATA, load
from plans.official import OfficialText

CAMPUS = load(DATA / "jincheng-chengqu-campus.yaml")
DEHUI = load(DATA / "dehui-education-duties.yaml")

# Invented words under the plan's own headings: a table of contents, broken lines, another document behind.
TEXT = """目　录
1总则
1.1编制目的
4应急响应
1总则

1.1 编制目的

为了演示，这里的
句子断在行中。
1.2编制依据
依据若干规定。
4应急响应
4.1信息报告
4.1.2报送时限
甲乙丙
丁。
4.1.3报告内容
戊。
4.3分级响应
4.3.1Ⅰ级响应
（1）第一个条件；
（2）第二个
条件。
响应措施：
（1）第一项措施；
（2）第二项措施。
4.3.2Ⅱ级响应
己。
"""


@pytest.fixture(scope="module")
def text():
    return OfficialText(CAMPUS, TEXT)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("1.1", "1.1 编制目的\n为了演示，这里的句子断在行中。"),
        ("4.1.2", "4.1.2报送时限\n甲乙丙丁。"),
        ("4.1", "4.1信息报告\n4.1.2报送时限甲乙丙丁。\n4.1.3报告内容戊。"),
        ("4.3.1(1)", "（1）第一个条件；"),
        ("4.3.1(2)", "（2）第二个条件。\n响应措施："),
        ("4.3.1 措施(1)", "（1）第一项措施；"),
        ("4.3.1 措施(2)", "（2）第二项措施。"),
        ("4.3.2", "4.3.2Ⅱ级响应\n己。"),
    ],
)
def test_a_clause_opens_where_it_stands_in_the_body(text, clause, words):
    assert re.sub(r"\n", "", text.section(clause)) == words.replace("\n", "")


def test_what_is_not_there_is_none(text):
    assert text.section("7.3") is None
    assert text.section("99") is None
    assert OfficialText(CAMPUS, "").section("4.1.2") is None
    assert OfficialText(CAMPUS, "没有标题的文字\n" * 50).found == ()


def test_an_item_that_cannot_be_told_apart_gives_its_clause(text):
    assert "甲乙丙丁" in text.section("4.1.2(9)")


def test_chinese_numbers_and_their_items():
    titles = {name: DEHUI.clauses[name].title for name in ("一", "五", "六")}
    body = f"一、{titles['一']}\n（一）甲。\n五、{titles['五']}\n（三）乙\n丙。\n（四）丁。\n"
    body += f"六、{titles['六']}\n（一）戊。\n"
    text = OfficialText(DEHUI, body)
    assert text.found == ("一", "五", "六")
    assert text.section("一(一)") == "（一）甲。"
    assert text.section("五(三)") == "（三）乙丙。"
    assert text.section("五(四)") == "（四）丁。"
    assert text.section("六(一)2") == "（一）戊。"


def test_another_document_behind_does_not_reach_in():
    far = TEXT + "别的文字。\n" * 700 + "7附则\n7.3预案实施时间\n不是这个预案的。\n"
    assert OfficialText(CAMPUS, far).section("7.3") is None


@pytest.mark.shared
@pytest.mark.parametrize(
    ("plan_id", "source", "share"),
    [
        ("jincheng-chengqu-campus", "000", 1.0),
        ("linan-campus", "001", 1.0),
        ("dehui-education-duties", "002", 1.0),
        ("jincheng-energy", "003", 0.95),
        ("jincheng-public-health", "003", 0.9),
        ("jincheng-transit", "003", 0.8),
        ("jincheng-water-rescue", "003", 1.0),
        ("shanting-overall", "004", 0.95),
    ],
)
def test_the_headings_of_the_real_documents_are_found(shared, plan_id, source, share):
    plan = load(DATA / f"{plan_id}.yaml")
    path = next((shared / "seeds").glob(f"{source}_*.txt"))
    found = OfficialText(plan, path.read_text("utf-8")).found
    wanted = [name for name in plan.clauses if re.fullmatch(r"\d+(\.\d+)*|[一二三四五六七八九十]+", name)]
    assert len(set(found) & set(wanted)) >= share * len(wanted)


# Invented words again: a clause without a title, items within a line, circled items, the rows of a broken table.
TRANSIT = """1 总则
1.1编制目的
甲。
4应急响应
4.4 响应程序
4.4.1 当启动响应时，乙；
丙。
4.4.3 丁，并做到：(1)第一件；(2)第二
件；(3)第三件。
4.5应急支援
戊。
7附则
7.2 本预案的数字，己。
7.3预案管理与更新
"""
OVERALL = """1 总则
1.1目的和依据
甲。
4运行机制
4.5.3应急处置措施
（1）乙，措施有：
①第一件；
②第二
件；
③第三件。
（2）丙，措施有：
①又第一件；②又第二件。
4.5.4信息发布与舆论引导
8附则
丁。
附件
（1）自然灾害类
序号 事件类别
1 水旱灾害
区某局
2 气象灾害
（2）事故灾难类
1 某某
事故
2 别的事故
"""


@pytest.mark.parametrize(
    ("name", "source", "clause", "words"),
    [
        ("jincheng-transit", TRANSIT, "4.4.1", "4.4.1 当启动响应时，乙；丙。"),
        ("jincheng-transit", TRANSIT, "4.4.3(2)", "(2)第二件；"),
        ("jincheng-transit", TRANSIT, "4.4.3(3)", "(3)第三件。"),
        ("jincheng-transit", TRANSIT, "7.2", "7.2 本预案的数字，己。"),
        ("shanting-overall", OVERALL, "4.5.3(1)②", "②第二件；"),
        ("shanting-overall", OVERALL, "4.5.3(1)③", "③第三件。"),
        ("shanting-overall", OVERALL, "4.5.3(2)①", "①又第一件；"),
        ("shanting-overall", OVERALL, "附件(1)1", "1 水旱灾害区某局"),
        ("shanting-overall", OVERALL, "附件(2)1", "1 某某事故"),
    ],
)
def test_items_within_a_line_circled_items_and_rows_of_a_table(name, source, clause, words):
    found = OfficialText(load(DATA / f"{name}.yaml"), source).section(clause)
    assert found is not None
    assert found.replace("\n", "") == words


@pytest.mark.parametrize(
    ("phrase", "clause", "expected"),
    [
        ("这里的句子断在行中", "1.1", True),
        ("这里的句子，断在行中", "1.1", True),
        ("为了演示……断在行中", "1.1", True),
        ("断在行中……为了演示", "1.1", False),
        ("第一个条件", "4.3.1(1)", True),
        ("第一个条件", "4.3.2", False),
        ("第一个条件", "", True),
        ("第七个条件", "", False),
        ("第一个条件", "9.9", False),
    ],
)
def test_a_phrase_is_looked_for_however_it_is_set(text, phrase, clause, expected):
    assert text.holds(phrase, clause) is expected


def test_headings_that_the_plan_file_has_no_entry_for_are_named():
    missing = TEXT.replace("4.3.2Ⅱ级响应", "4.3.7 没有编码的一节\n壬。\n4.3.2Ⅱ级响应") + "1总则\n1.9 另一文件的一节\n"
    assert OfficialText(CAMPUS, TEXT).unlisted(CAMPUS) == []
    assert OfficialText(CAMPUS, missing).unlisted(CAMPUS) == [("4.3.7", "没有编码的一节")]


TINY_TEXT = """1 总则
3.1 分级
（4）一般：3人以下死亡。
4.1 报送
事发后30分钟以内报告。
4.9 没有编码的一节
壬。
"""


def test_lint_holds_evidence_against_the_attached_text():
    plan = load(Path(__file__).with_name("tiny.yaml"))
    found = {(item.rule, item.severity) for item in lint(plan, official=OfficialText(plan, TINY_TEXT))}
    assert ("evidence-text", "error") in found  # the phrases of the other rows are not in this text
    rules = {item.rule for item in lint(plan)}
    assert not {"evidence-text", "evidence-clause", "chapter-missing"} & rules


SOURCES = {
    "jincheng-chengqu-campus": "000", "linan-campus": "001", "dehui-education-duties": "002",
    "jincheng-public-health": "003", "jincheng-energy": "003", "jincheng-transit": "003",
    "jincheng-water-rescue": "003", "shanting-overall": "004",
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("plan_id", SOURCES)
def test_every_evidence_of_the_shipped_plans_stands_in_its_document(shared, plan_id):
    (path,) = (shared / "seeds").glob(f"{SOURCES[plan_id]}_*.txt")
    plan = load(DATA / f"{plan_id}.yaml")
    found = lint(plan, official=OfficialText(plan, path.read_text("utf-8")))
    assert [item.message for item in found if item.rule == "evidence-text"] == []
    assert [item.message for item in found if item.rule == "chapter-missing"] == []


RECURS = re.compile(r"每(?:年|季度|月|半年|半月|周|[两二三]年|\d ?年)|年度(?:财政)?(?:预算|工作计划|报告|安全生产)")

ANNEX = 3000
"""Characters: what is longer is the last annex, and runs into the next document of its file."""


@pytest.mark.shared
@pytest.mark.parametrize("plan_id", SOURCES)
def test_what_a_document_wants_each_year_or_month_is_a_duty(shared, plan_id):
    (path,) = (shared / "seeds").glob(f"{SOURCES[plan_id]}_*.txt")
    plan = load(DATA / f"{plan_id}.yaml")
    official = OfficialText(plan, path.read_text("utf-8"))
    cited = {duty.clause for duty in plan.duties if duty.every is not None}
    missing = []
    for number in plan.clauses:
        holds_others = any(same_clause(number, other) and len(other) > len(number) for other in plan.clauses)
        text = official.section(number) or ""
        if holds_others or len(text) > ANNEX or not (said := RECURS.search(text)):
            continue
        if not any(same_clause(number, clause) for clause in cited):
            missing.append(f"{number} {said[0]}")
    assert missing == []
