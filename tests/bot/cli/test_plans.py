"""``tocsin plans``: the shapes of docs/contract.md for every plan, lint, diff, official texts, and pages for people."""

import json

import pytest

from bot.cli.plan_tables import PARTS
from bot.cli.table import width
from plans.load import DATA, load_all
from tests.bot.cli import shapes

PLANS = load_all()
CAMPUS, WATER, LINAN, DEHUI = (
    "jincheng-chengqu-campus",
    "jincheng-water-rescue",
    "linan-campus",
    "dehui-education-duties",
)


def test_the_list_has_every_plan(tocsin):
    ran = tocsin("plans", "list", "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(ran.json, [shapes.PLAN_LINE])
    assert [row["id"] for row in ran.json] == sorted(PLANS)
    assert len(ran.json) == 8


@pytest.mark.parametrize("plan_id", PLANS)
def test_a_plan_is_shown_whole(tocsin, plan_id):
    ran = tocsin("plans", "show", plan_id, "--json")
    assert (ran.status, ran.err) == (0, "")
    shown, plan = ran.json, PLANS[plan_id]
    shapes.holds(shown, shapes.PLAN)
    assert [item["id"] for item in shown["clauses"]] == list(plan.clauses)
    assert {item["status"] for item in shown["clauses"]} <= {"encoded", "narrative", "not_encoded"}
    assert [item["id"] for item in shown["facts"]][:7] == [
        "deaths",
        "missing",
        "trapped",
        "injuries",
        "serious_injuries",
        "ill",
        "endangered",
    ]
    assert [item["level"] for item in shown["responses"]] == [item.level for item in plan.responses]
    assert len(shown["obligations"]) == len(plan.obligations)
    assert [item["name"] for item in shown["units"]] == [unit.name or unit.id for unit in plan.units]
    for part in ("groups", "warnings", "duties", "errata"):
        assert len(shown[part]) == len(getattr(plan, part)), part
    assert {item["class"] for item in shown["levels"]} <= {None, *(item["id"] for item in shown["classes"])}
    assert "path" not in shown


def test_the_campus_plan_as_contract_and_source_have_it(tocsin):
    shown = tocsin("plans", "show", CAMPUS, "--json").json
    levels = {item["level"]: item for item in shown["responses"]}
    assert levels["Ⅰ"]["declared_by"] == ["指挥长"]
    assert levels["Ⅱ"]["declared_by"] == ["指挥长", "副指挥长"]
    assert levels["Ⅲ"]["declared_by"] == ["办公室主任"]
    assert levels["Ⅲ"]["ended_by"] == ["指挥长", "副指挥长", "办公室主任"]
    rules = {item["id"]: item for item in shown["obligations"]}
    first = {
        "id": "first-phone",
        "clause": "4.1.2",
        "report": "首报",
        "channel": "电话",
        "bearer": "区指挥部办公室",
        "to": ["市委", "市政府", "区委", "区政府"],
        "clock_from": "occurred",
        "within": "PT30M",
        "every": None,
        "local": False,
    }
    assert rules["first-phone"] | first == rules["first-phone"]
    assert rules["followup-4h"]["every"] == "PT4H"
    (special,) = rules["followup-4h"]["changes"]
    assert (special["every"], special["within"], special["clause"]) == ("PT2H", None, "4.1.3")
    assert "越级" in rules["township-report"]["skip_level"]
    assert rules["followup-daily"]["every"] == "P1D"
    assert rules["office-report"]["within"] == "PT0S", "立即"
    assert rules["final"]["local"]


def test_includes_and_units_of_facts(tocsin):
    facts = {item["id"]: item for item in tocsin("plans", "show", WATER, "--json").json["facts"]}
    assert facts["deaths"]["includes"] == ["missing"]
    assert facts["visibility_m"]["type"] == "number"


@pytest.mark.parametrize("plan_id", PLANS)
def test_a_plan_for_people_fits_the_terminal(tocsin, plan_id):
    ran = tocsin("plans", "show", plan_id)
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert lines[0].startswith(PLANS[plan_id].title)
    assert max(width(line) for line in lines[5:]) <= 100
    assert not any(mark in ran.out for mark in ("None", "{", "datetime", "PT30M"))


def test_only_the_parts_that_are_asked_for(tocsin):
    ran = tocsin("plans", "show", CAMPUS, "报送时限")
    assert ran.out.strip().startswith("■ 报送时限")
    assert "事发起30分钟内" in ran.out
    assert "每日一次" in ran.out
    assert "■ 勘误" not in ran.out
    wrong = tocsin("plans", "show", CAMPUS, "时限")
    assert wrong.status == 2
    assert all(part in wrong.err for part in PARTS)


def test_lint_of_the_shipped_plans_finds_no_error(tocsin):
    ran = tocsin("plans", "lint", "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(
        ran.json,
        [
            {
                "rule": shapes.some,
                "severity": shapes.some,
                "file": shapes.some,
                "line": int,
                "clause": str,
                "message": shapes.some,
            }
        ],
    )
    assert {item["severity"] for item in ran.json} <= {"error", "warning", "known", "info"}
    assert not [item for item in ran.json if item["severity"] == "error"]


def test_lint_for_people_prints_coverage_and_hides_what_is_only_said(tocsin):
    ran = tocsin("plans", "lint", "jincheng-energy")
    assert ran.status == 0
    assert "条款153条：已编码" in ran.out
    assert "自相矛盾" in ran.out, "the impossible bound of the source"
    assert "说明" not in ran.out.replace("说明26", "").split("检查了")[0]
    assert len(tocsin("plans", "lint", "jincheng-energy", "--all").out) > len(ran.out)


def test_a_broken_file_is_a_finding_with_its_line(tocsin, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text((DATA / f"{CAMPUS}.yaml").read_text("utf-8").replace("level: Ⅱ", "level: Ⅴ", 1), encoding="utf-8")
    ran = tocsin("plans", "lint", path, "--json")
    assert ran.status == 1
    assert [item["severity"] for item in ran.json] == ["error"] * len(ran.json)
    line = path.read_text("utf-8").splitlines()[ran.json[0]["line"] - 1]
    assert "Ⅴ" in line
    people = tocsin("plans", "lint", path)
    assert people.status == 1
    assert f"第{ran.json[0]['line']}行" in people.out


def test_an_error_that_lint_finds_is_the_answer_no(tocsin, tmp_path):
    path = tmp_path / "own.yaml"
    text = (DATA / f"{CAMPUS}.yaml").read_text("utf-8")
    path.write_text(
        text.replace("within: PT30M}\n    evidence: 事发后30分钟以内", "within: PT40M}\n    evidence: 事发后30分钟以内")
    )
    ran = tocsin("plans", "lint", path, "--json")
    assert ran.status == 1
    assert [(item["rule"], item["clause"]) for item in ran.json if item["severity"] == "error"]


def test_the_same_version_with_other_content_is_an_error(tocsin, tmp_path, monkeypatch):
    monkeypatch.setattr("plans.lint.published_versions", lambda: {CAMPUS: {PLANS[CAMPUS].version: "0" * 64}})
    ran = tocsin("plans", "lint", CAMPUS, "--json")
    assert ran.status == 1
    assert "version-reused" in {item["rule"] for item in ran.json if item["severity"] == "error"}


def test_versions_are_recorded_only_where_there_is_no_error(tocsin, tmp_path, monkeypatch):
    for name in (CAMPUS, DEHUI):
        (tmp_path / f"{name}.yaml").write_bytes((DATA / f"{name}.yaml").read_bytes())
    monkeypatch.setattr("plans.load.DATA", tmp_path)
    monkeypatch.setattr("plans.lint.published_versions", lambda: {})
    ran = tocsin("plans", "lint", "--record")
    assert ran.status == 0
    recorded = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    assert recorded[CAMPUS] == {PLANS[CAMPUS].version: PLANS[CAMPUS].hash}


def test_diff_names_what_differs(tocsin, tmp_path):
    path = tmp_path / "next.yaml"
    text = (DATA / f"{CAMPUS}.yaml").read_text("utf-8")
    text = text.replace('version: "2025-04-10.3"', 'version: "2025-04-10.4"')
    text = text.replace("clock: {from: requested, within: PT30M}", "clock: {from: requested, within: PT1H}")
    text = text.replace("number: 0356-2250777", "number: 0356-2250778")
    text = text.replace("declared_by: [director]", "declared_by: [director, deputy]")
    text = text.replace("every: {years: 3}", "every: {years: 2}")
    path.write_text(text, encoding="utf-8")
    ran = tocsin("plans", "diff", CAMPUS, path, "--json")
    assert ran.status == 0
    found = ran.json
    assert (found["a"]["version"], found["b"]["version"]) == ("2025-04-10.3", "2025-04-10.4")
    assert [(item["key"], item["change"]) for item in found["clocks"]] == [("verification", "changed")]
    assert "30分钟" in found["clocks"][0]["a"]
    assert "1小时" in found["clocks"][0]["b"]
    assert [item["key"] for item in found["lines"]] == ["区教育局"]
    assert [item["key"] for item in found["declarers"]] == ["Ⅲ级"]
    assert (found["levels"], found["recipients"]) == ([], [])
    assert [(item["key"], item["a"][:3], item["b"][:3]) for item in found["duties"]] == [("review", "每3年", "每2年")]
    people = tocsin("plans", "diff", CAMPUS, path)
    assert "■ 时限（1处）" in people.out
    assert "0356-2250778" in people.out


def test_diff_of_two_plans_and_of_one_with_itself(tocsin):
    ran = tocsin("plans", "diff", "jincheng-transit", WATER, "--json")
    assert {item["change"] for part in ("levels", "clocks") for item in ran.json[part]} == {
        "changed",
        "added",
        "removed",
    }
    same = tocsin("plans", "diff", WATER, WATER)
    assert same.status == 0
    assert "都相同" in same.out


SOURCE = """关于印发预案的通知
目录
1总则
4应急响应
1总则

1.1编制目的
为了演示，把正文
断成几行。
4应急响应
4.1信息报告
4.1.2报送时限
突发事件发生后，
30分钟以内电话报告。
4.3分级响应
4.3.1Ⅰ级响应
（1）超出处置能力的；
（2）认为应当启
动的。
响应措施：
（1）赶赴现场；
"""


def test_the_official_text_is_kept_at_home_and_opens_with_the_clause(tocsin, tmp_path):
    source = tmp_path / "source.txt"
    source.write_text(SOURCE, encoding="gb18030")
    before = tocsin("plans", "clause", CAMPUS, "4.1.2", "--json").json
    assert before["text"] is None
    ran = tocsin("plans", "text", CAMPUS, source)
    assert ran.status == 0
    kept = tmp_path / "home" / "texts" / f"{CAMPUS}.txt"
    assert kept.read_text("utf-8") == SOURCE
    shown = tocsin("plans", "clause", CAMPUS, "4.1.2", "--json").json
    assert shown["text"] == "4.1.2报送时限\n突发事件发生后，30分钟以内电话报告。"
    assert shown["status"] == "encoded"
    assert any("30分钟" in item["taken"] for item in shown["readings"])
    assert {item["kind"] for item in shown["statements"]} >= {"报送义务", "单位"}
    assert tocsin("plans", "clause", CAMPUS, "4.3.1(2)", "--json").json["text"] == "（2）认为应当启动的。\n响应措施："
    assert tocsin("plans", "clause", CAMPUS, "4.3.1 措施(1)", "--json").json["text"] == "（1）赶赴现场；"
    people = tocsin("plans", "clause", CAMPUS, "4.1.2")
    assert "30分钟以内电话报告。" in people.out
    # Clauses of other plans say how to attach theirs.
    other = tocsin("plans", "clause", WATER, "4.2")
    assert f"tocsin plans text {WATER} FILE" in other.out


def test_what_is_no_text_is_not_attached(tocsin, tmp_path):
    for name, data in (
        ("a.pdf", b"%PDF-1.7 x"),
        ("b.docx", b"PK\x03\x04x"),
        ("c", b"a\0b"),
        ("d", b"\xff\xfe\xfd\x81"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        ran = tocsin("plans", "text", CAMPUS, path)
        assert ran.status == 2, name
        assert ".txt" in ran.err
    assert not (tmp_path / "home").exists()
    assert tocsin("plans", "text", CAMPUS).status == 2, "none is attached"


def test_the_calendar_of_an_office_is_looked_at(tocsin, tmp_path):
    file = tmp_path / "校历.txt"
    file.write_text(
        "2026-09-01～2027-01-15 学期\n2027-05-10 主题日 全国防灾减灾日\n每年6月1日 主题日 防溺水日\n", "utf-8"
    )
    ran = tocsin("plans", "calendar", file, "--now", "2026-11-29T10:00:00+08:00", "--json")
    assert ran.status == 0
    (term,) = ran.json["terms"]
    assert (term["name"], term["school_days"]) == ("2026年秋季学期", 95)
    days = {(item["name"], item["date"]): (item["moved"], item["local"]) for item in ran.json["theme_days"]}
    assert days["全国防灾减灾日", "2026-05-12"] == (False, False)
    assert days["全国防灾减灾日", "2027-05-10"] == (True, False)
    assert days["防溺水日", "2027-06-01"] == (False, True)
    events = {item["name"]: item["dates"] for item in ran.json["events"]}
    assert events["印发"] == ["2022-08-31"] and events["国家教育统一考试"] == []
    shown = tocsin("plans", "calendar", file, "--now", "2026-11-29T10:00:00+08:00").out
    assert "上课95天" in shown and "改期" in shown and "没有写明，不催办" in shown


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        ("2027-06-01 节点 汛期", 1, "“汛期”没有哪个预案用到"),
        ("2027-05-10 主题日 防灾减灾", 1, "“防灾减灾”没有哪个预案用到"),
        ("2027-06-01 汛期", 2, "第1行"), (None, 2, "没有"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_calendar_is_said(tocsin, tmp_path, content, status, said):
    file = tmp_path / "校历.txt"
    if content is not None:
        file.write_text(content, "utf-8")
    ran = tocsin("plans", "calendar", file)
    assert ran.status == status and said in ran.out + ran.err


def test_coverage_names_what_acts_on_a_clause(tocsin):
    ran = tocsin("plans", "coverage", "jincheng-chengqu-campus", "--json")
    assert ran.status == 0
    acts = {item["clause"]: {(act["kind"], act["name"]) for act in item["acts"]} for item in ran.json}
    assert {("clock", "report"), ("command", "file")} <= acts["4.1.2"]
    assert ("call", "units") in acts["4.3.1"] and ("warning", "lift") in acts["3.3.5"]
    assert all(acts.values())
    assert "每条都有程序照办" in tocsin("plans", "coverage", "jincheng-chengqu-campus").out
    assert tocsin("plans", "coverage", "--idle", "--json").json == []
