"""Lint: figure phrases, what is acknowledged, versions, coverage, and the known faults of the shipped plans."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from plans.clauses import same_clause
from plans.lint import Finding, lint, published_versions, versions_text
from plans.lint.clauses import citations
from plans.lint.figures import contradictory, figures, times
from plans.load import load, load_all, load_text
from plans.model import Bounds, Plan

TINY = Path(__file__).with_name("tiny.yaml")
EXCLUSIVE = Bounds.model_validate({"以下": "exclusive"})
INCLUSIVE = Bounds()


def said(phrase: str, bounds: Bounds = EXCLUSIVE) -> list[str]:
    return [str(figure) for figure in figures(phrase, bounds)]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("3人以上10人以下", ["≥3", "<10"]),
        ("30人以上、50人以下食物中毒", ["≥30", "<50"]),
        ("10人至29人", ["≥10", "≤29"]),
        ("1周内发病10-29例", ["≥10", "≤29"]),
        ("缺口达到10%-20%", ["≥10", "≤20"]),
        ("50%以上", ["≥50"]),
        ("超过100例", [">100"]),
        ("造成5名以上师生受伤", ["≥5"]),
        ("能见度不足100米", ["<100"]),
        ("低于1天设计产量", ["<1"]),
        ("低于近三年企业储煤平均水平的20%", ["<20"]),
        ("波及2个以上的县（市、区）", ["≥2"]),
        ("2人及其以下", ["≤2"]),
        ("不超过30人", ["≤30"]),
        ("不少于3人", ["≥3"]),
        ("三人以上死亡", ["≥3"]),
        ("一百二十人以上", ["≥120"]),
        ("一次食物中毒人数30-99人", ["≥30", "≤99"]),
        ("瘫痪24小时以上", ["≥24"]),
        ("（3天以上）中断……全市供需缺口超20%", ["≥3", ">20"]),
        ("一个平均潜伏期（6天）内发生5例以上", ["≥5"]),
        ("停水1.5%以上", ["≥1.5"]),
        ("未出现死亡病例", []),
        ("4至9人以上", ["≥4", "≤9", "≥9"]),
    ],
)
def test_figure_phrases(phrase: str, expected: list[str]) -> None:
    assert said(phrase) == expected


def test_the_document_s_convention_counts() -> None:
    assert said("10人以下", INCLUSIVE) == ["≤10"]
    assert said("10人以下", EXCLUSIVE) == ["<10"]
    assert said("10人以上", Bounds.model_validate({"以上": "exclusive"})) == [">10"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("40%以上13%以下", True), ("4至9人以上", True), ("13%以上30%以下", False), ("3人以上死亡，或2人以下重伤", False)],
)
def test_phrases_that_contradict_themselves(phrase: str, expected: bool) -> None:
    assert contradictory(phrase, EXCLUSIVE) is expected


@pytest.mark.parametrize(
    ("phrase", "spans", "every", "daily", "at_once"),
    [
        ("事发后30分钟以内", [30], [], False, False),
        ("1小时以内", [60], [], False, False),
        ("在事发半小时之内上报", [30], [], False, False),
        ("每4小时续报1次", [], [240], False, False),
        ("每日至少续报1次", [], [], True, False),
        ("立即向区政府报告", [], [], False, True),
        ("两小时内", [120], [], False, False),
    ],
)
def test_time_phrases(phrase: str, spans: list[int], every: list[int], daily: bool, at_once: bool) -> None:
    found = times(phrase)
    assert list(found.spans) == [timedelta(minutes=minutes) for minutes in spans]
    assert list(found.every) == [timedelta(minutes=minutes) for minutes in every]
    assert (found.daily, found.at_once) == (daily, at_once)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("8.3", "8.3", True), ("8.3(2)", "8.3", True), ("8.3", "8.31", False), ("4.1", "4.1.2", True), ("", "8", False)],
)
def test_clauses_within_clauses(one: str, other: str, expected: bool) -> None:
    assert same_clause(one, other) is expected


def findings(text: str, **more: object) -> list[Finding]:
    return lint(load_text(text, "tiny"), **more)  # type: ignore[arg-type]


def rules(found: list[Finding], severity: str) -> list[str]:
    return [finding.rule for finding in found if finding.severity == severity]


def test_the_tiny_plan_is_clean() -> None:
    found = lint(load(TINY), today=date(2030, 6, 1))
    assert rules(found, "error") == rules(found, "warning") == []
    assert rules(found, "known") == ["erratum"]


def test_an_erratum_or_a_reading_makes_a_finding_known() -> None:
    text = TINY.read_text(encoding="utf-8").replace("{ge: 1, lt: 3}}", "{ge: 1, le: 3}}")
    assert "evidence" in rules(findings(text), "error")
    read = text.replace("{ge: 1, le: 3}}}", "{ge: 1, le: 3}}, reading: {taken: 含3人}}")
    assert rules(findings(read), "error") == []
    assert "evidence" in rules(findings(read), "known")
    listed = text.replace(
        "errata:", 'errata:\n  - {clause: "3.1(4)", fault: 以下含不含, reading: 含3人, kind: unclear}'
    )
    assert rules(findings(listed), "error") == []
    other = text.replace("errata:", 'errata:\n  - {clause: "3.1(4)", fault: 名称不一, reading: 同一, kind: naming}')
    assert "evidence" in rules(findings(other), "error")


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(TINY.read_text(encoding="utf-8").replace("{ge: 30}", "{ge: 33}"), encoding="utf-8")
    found = [finding for finding in lint(load(path)) if finding.severity == "error"]
    wanted = next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "{ge: 33}" in line)
    assert {(finding.rule, finding.line) for finding in found if finding.rule == "evidence"} == {("evidence", wanted)}
    assert found[0].as_json().keys() == {"rule", "severity", "file", "line", "clause", "message"}


def test_the_same_version_with_other_content_is_an_error(tmp_path: Path) -> None:
    plan = load(TINY)
    (tmp_path / "versions.json").write_text(versions_text([plan], {}), encoding="utf-8")
    published = published_versions(tmp_path)
    assert published == {"tiny-pool": {"2030-01-01.1": plan.hash}}
    assert "version-reused" not in rules(lint(plan, published=published), "error")
    text = TINY.read_text(encoding="utf-8").replace("指挥长赶赴现场", "指挥长到现场")
    assert "version-reused" in rules(findings(text, published=published), "error")
    newer = text.replace("2030-01-01.1", "2030-01-01.2")
    assert rules(findings(newer, published=published), "error") == []
    assert versions_text([load_text(text, "x")], published) == versions_text([], published)


def test_a_unit_that_is_reached_at_another_one_s_line_has_a_line() -> None:
    text = TINY.read_text(encoding="utf-8")
    pool = '  - {id: 区体育局, aliases: [体育局], duty: 牵头, lines: [{number: "2200001"}], clause: "2"}\n'
    committee = '  - {id: 区委, member: false, lines: [{number: "2200004"}], clause: "4.1"}\n'
    silent = text.replace(pool, pool.replace('lines: [{number: "2200001"}], ', ""))
    silent = silent.replace(committee, '  - {id: 区委, member: false, clause: "4.1"}\n')
    assert {"missing-line", "recipient-line"} <= {*rules(findings(silent), "warning")}
    at_other = silent.replace("aliases: [体育局],", "aliases: [体育局], rung_at: 区卫健局,")
    at_other = at_other.replace("{id: 区委, member: false,", "{id: 区委, member: false, rung_at: 区卫健局,")
    assert not {"missing-line", "recipient-line"} & {*rules(findings(at_other), "warning")}
    # The other one has none either.
    in_a_circle = at_other.replace("rung_at: 区卫健局,", "rung_at: 区委,")
    assert {"missing-line", "recipient-line"} <= {*rules(findings(in_a_circle), "warning")}


def test_every_citation_of_the_tiny_plan_is_seen() -> None:
    plan = load(TINY)
    cited = {clause for _, clause in citations(plan)}
    assert {"3.1(1)", "4.2(1)", "4.1", "6.1", "6.2", "2", "5"} <= cited


def test_review_dates() -> None:
    plan = load(TINY)
    assert "review-passed" not in rules(lint(plan, today=date(2033, 1, 1)), "warning")
    assert "review-passed" in rules(lint(plan, today=date(2033, 1, 2)), "warning")
    assert "review-passed" not in rules(lint(plan), "warning")


@pytest.fixture(scope="module")
def shipped() -> dict[str, list[Finding]]:
    return {name: lint(plan, today=date(2026, 11, 22)) for name, plan in load_all().items()}


@pytest.mark.parametrize(
    ("plan", "rule", "clause", "severity"),
    [
        ("jincheng-energy", "impossible-bound", "4.2.2(3)", "known"),
        ("jincheng-chengqu-campus", "unknown-member", "8.4", "known"),
        ("jincheng-public-health", "unreachable-row", "5.2.2(2)", "known"),
        ("jincheng-public-health", "evidence", "9.1 较大(6)", "known"),
        ("jincheng-water-rescue", "evidence", "4.1.4(1)", "known"),
        ("jincheng-water-rescue", "review-passed", "7.3", "warning"),
        ("linan-campus", "unknown-member", "5", "known"),
        ("linan-campus", "no-response", "2.7 潜在", "known"),
        ("linan-campus", "bounds-assumed", "", "info"),
    ],
)
def test_known_faults_of_the_sources_are_found(
    shipped: dict[str, list[Finding]], plan: str, rule: str, clause: str, severity: str
) -> None:
    assert (rule, clause, severity) in {(f.rule, f.clause, f.severity) for f in shipped[plan]}


def test_three_documents_say_what_their_bounds_mean_and_five_do_not(shipped: dict[str, list[Finding]]) -> None:
    assumed = {name for name, found in shipped.items() if any(f.rule == "bounds-assumed" for f in found)}
    assert set(shipped) - assumed == {"jincheng-public-health", "jincheng-transit", "jincheng-water-rescue"}


def test_every_plan_reports_its_clause_coverage(shipped: dict[str, list[Finding]]) -> None:
    for found in shipped.values():
        (coverage,) = [finding for finding in found if finding.rule == "coverage"]
        assert "已编码" in coverage.message


def test_errata_are_listed_once_each(shipped: dict[str, list[Finding]]) -> None:
    plans: dict[str, Plan] = load_all()
    for name, found in shipped.items():
        listed = [finding for finding in found if finding.rule == "erratum"]
        assert len({(finding.line, finding.message) for finding in listed}) == len(listed)
        assert len(listed) <= len(plans[name].errata)
