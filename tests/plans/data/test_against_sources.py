"""The plan files against the documents they were taken from, where those are at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.plans.data.shipped import IDS, plan

pytestmark = pytest.mark.shared

SOURCES = {
    # file, where the document begins in it, where the next one begins
    "jincheng-chengqu-campus": ("000", "", ""),
    "linan-campus": ("001", "", ""),
    "dehui-education-duties": ("002", "", ""),
    "jincheng-public-health": ("003", "晋市政办〔2021〕33号\n", "晋市政办〔2021〕34号\n"),
    "jincheng-energy": ("003", "晋市政办〔2021〕34号\n", "晋市政办〔2021〕35号\n"),
    "jincheng-transit": ("003", "晋市政办〔2021〕37号\n", "晋市政办〔2021〕38号\n"),
    "jincheng-water-rescue": ("003", "晋市政办〔2021〕38号\n", "晋市政办〔2021〕39号\n"),
    "shanting-overall": ("004", "山政发〔2022〕8号", "附件：突发事件专项指挥机"),
}
FULL_WIDTH = str.maketrans(",;:()", "，；：（）")


def source(name: str) -> str:
    folder = (
        next(parent for parent in Path(__file__).parents if (parent / "pyproject.toml").is_file()).parent
        / "shared"
        / "seeds"
    )
    number, start, end = SOURCES[name]
    text = next(folder.glob(f"{number}*.txt")).read_text(encoding="utf-8")
    begin = text.index(start) if start else 0
    return text[begin : text.index(end, begin) if end else len(text)]


def squeezed(text: str) -> str:
    return re.sub(r"<[^>]+>|\s+", "", text).translate(FULL_WIDTH)


@pytest.mark.parametrize("name", IDS)
def test_every_phrase_of_evidence_stands_in_the_source(name: str) -> None:
    of, text = plan(name), squeezed(source(name))
    phrases = [row.evidence for row in (of.levels.rows if of.levels else ())]
    phrases += [item.evidence for response in of.responses for item in response.conditions]
    phrases += [rule.evidence for rule in of.obligations]
    for phrase in phrases:
        for part in phrase.split("……"):
            assert squeezed(part) in text, phrase


@pytest.mark.parametrize("name", IDS)
def test_every_number_of_the_annex_ships_and_no_other(name: str) -> None:
    text = source(name)
    printed = {number.split("-")[-1] for number in re.findall(r"(?<!\d)(?:0\d{3}-)?\d{7,8}(?!\d)", text)}
    printed |= set(re.findall(r"(?<=\t)12369(?=\t)", text))
    shipped = {line.number.split("-")[-1] for unit in plan(name).units for line in unit.lines}
    assert shipped == (printed if shipped else set())


@pytest.mark.parametrize("name", [name for name in IDS if name not in ("linan-campus", "dehui-education-duties")])
def test_every_heading_of_the_source_has_an_entry(name: str) -> None:
    heading = re.compile(r"\s*(\d+(?:\.\d+)+|\d)(?![\d-])\s*[\u4e00-\u9fff“]")
    numbers = {match[1] for line in source(name).splitlines() if (match := heading.match(line))}
    assert len(numbers) > 20
    assert numbers <= set(plan(name).clauses)


def test_every_campus_number_stands_at_its_unit() -> None:
    annex = squeezed(source("jincheng-chengqu-campus")).rpartition("附录8.5")[2].partition("抄送")[0]
    printed = re.findall(r"([^\d]+?)(035\d-\d{7})", annex.replace("单位值班电话", ""))
    assert len(printed) == 39
    of = plan("jincheng-chengqu-campus")
    shipped = {
        name: line.number for unit in of.units for line in unit.lines for name in (line.label or unit.id, *unit.aliases)
    }
    assert {name: shipped.get(name) for name, _ in printed} == dict(printed)


SAME = {"区公安局": "区公安分局", "区卫生健康委员会": "区卫健局", "区外事办公室": "区外事办", "区委宣": "区委宣传部"}


def linan_names(cell: str) -> list[str]:
    """The units of a cell of the table, as the plan file writes them."""
    names = re.sub(r"（[^）]*）", "", squeezed(cell).removesuffix("等部门")).split("、")
    return [SAME.get(name, name) for name in names]


def test_linan_members_are_those_of_the_table() -> None:
    table = source("linan-campus").rpartition("\n4.区指挥部组成")[2].partition("\n5.区指挥部")[0]
    rows = table.partition("成员 |")[2].splitlines()
    printed = [name for row in rows if row.strip() for name in linan_names(row.split("|")[0])]
    assert printed == [unit.id for unit in plan("linan-campus").units if unit.member]


def test_linan_groups_are_those_of_the_tables() -> None:
    text = source("linan-campus")
    special = text.rpartition("\n5.区指挥部")[2].partition("\n6.应急行动")[0].splitlines()[2:]
    action = text.rpartition("\n6.应急行动")[2].splitlines()[2:8]
    groups = {group.name: group for group in plan("linan-campus").groups}
    for row in special:
        name, lead, members = (cell.strip() for cell in row.split("|")[:3])
        assert list(groups[name].lead) == linan_names(lead), name
        assert set(groups[name].members) == set(linan_names(members)) - set(groups[name].lead), name
    for row in action:
        name, lead = [cell.strip() for cell in row.split("|") if "专项工作组" not in cell][:2]
        assert list(groups[name].lead) == linan_names(lead), name
    assert len(special) + len(action) == len(groups)


def dehui_clauses() -> dict[str, str]:
    """The clauses of the list of duties with their words: 七(四), 六(三)4."""
    part, item, number = "", "", 0
    found: dict[str, list[str]] = {}
    for line in source("dehui-education-duties").splitlines():
        if head := re.match(r"\s*([一二三四五六七])、", line):
            part, item, number = head[1], "", 0
        elif head := re.match(r"\s*（([一二三四五六七八九十]+)）", line):
            item, number = f"({head[1]})", 0
        elif part == "六" and (head := re.match(r"\s*(\d+)[. ]", line)) and int(head[1]) == number + 1:
            number += 1
        if part:
            found.setdefault(f"{part}{item}{number or ''}", []).append(squeezed(line))
    return {number: "".join(lines) for number, lines in found.items()}


def test_every_clause_of_the_list_of_duties_has_an_entry() -> None:
    assert set(dehui_clauses()) == set(plan("dehui-education-duties").clauses)


def test_every_period_of_the_list_of_duties_is_a_recurring_duty() -> None:
    period = re.compile(r"每季度|每半年|每月|每半月|每天|每年|年度(?!重点)|定期|常态化")
    periodic = {number for number, text in dehui_clauses().items() if number != "七" and period.search(text)}
    assert len(periodic) == 22
    assert periodic == periodic & {duty.clause for duty in plan("dehui-education-duties").duties}


def test_what_dehui_sections_do_is_found_by_subject_or_is_no_work_of_its_own() -> None:
    of = plan("dehui-education-duties")
    cited = {item.clause for item in of.subjects} | {item.clause for item in of.duties}
    items = {number for number in of.clauses if re.fullmatch(r"五\(.+\)|六\(.+\)\d+", number)}
    assert items - cited == {"五(一)", "六(六)1", "六(八)1"}


def _health_rows() -> dict[str, list[tuple[str, str]]]:
    """Rows of annex 9.6: unit -> (number, kind), the province's numbers with their area code."""
    text, rows = source("jincheng-public-health"), {}
    for line in text[text.index("单位名称\t联系电话") :].splitlines():
        name, _, numbers = line.partition("\t")
        if not re.search(r"\d{7}", numbers):
            continue
        lines, area = [], ""
        for number, fax in re.findall(r"((?:\d{4}-)?\d{7,8})? ?(\(传真(?:同号)?\))?", numbers):
            if number:
                area = "0351-" if number.startswith("0351-") else area
                lines.append((number if "-" in number else area + number, "值班"))
            if fax == "(传真)":
                lines[-1] = (lines[-1][0], "传真")
            elif fax:
                lines.append((lines[-1][0], "传真"))
        rows[name.replace(" ", "").partition("(")[0]] = lines
    return rows


def test_public_health_lines_stand_at_their_unit_with_the_fax() -> None:
    names = {name: unit for unit in plan("jincheng-public-health").units for name in (unit.id, *unit.aliases)}
    rows = _health_rows()
    assert len(rows) == 61
    only_fax = rows.pop("市新闻传媒集团")
    assert only_fax == [("2053001", "传真")]  # an erratum: read as telephone and fax
    assert {name: [(line.number, line.kind) for line in names[name].lines] for name in rows} == rows


def test_energy_lines_stand_at_their_unit_with_the_fax() -> None:
    text = source("jincheng-energy")
    offices, counties, companies = re.split(
        "各县（区）能源局联系方式|各能源供应相关单位通讯录", text[text.index("值班电话") :]
    )
    names = {name: unit for unit in plan("jincheng-energy").units for name in (unit.id, *unit.aliases)}
    duty = {(unit.replace(" ", ""), number) for unit, number in re.findall(r"([^\t\n\d]+)\t([\d -]{7,})", offices)}
    assert len(duty) == 35
    for name, numbers in duty:
        assert [line.number for line in names[name].lines if not line.label] == numbers.split(), name
    rows = re.findall(r"^(\S+)\t(\d{7})\t(\d{7})$", counties, re.M)
    rows += re.findall(r"^(\S+)\t[^\t]+\t\d{11}\t(\d{7})\t(\d{7})$", companies, re.M)
    assert len(rows) == 6 + 11
    for name, fax, fixed in rows:
        lines = {(line.number, line.kind) for line in names[name].lines if line.label or "国网" not in name}
        assert lines == {(fax, "传真"), (fixed, "值班")}, name


@pytest.mark.parametrize("name", IDS)
def test_no_mobile_number_is_shipped(name: str) -> None:
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", Path(plan(name).path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("jincheng-public-health", "首次报告:首次报告指", "进程报告:"),
        ("jincheng-energy", "事件报告的内容:", "4.2 分级响应"),
    ],
)
def test_elements_of_the_first_report_follow_the_source(name: str, start: str, end: str) -> None:
    text = squeezed(source(name))
    said = text[text.index(squeezed(start)) : text.index(squeezed(end))]
    form = next(form for form in plan(name).forms if form.report == "首报")
    heads = [element[-2:] for element in form.elements]
    places = [said.index(head) for head in heads]
    assert places == sorted(places)


@pytest.mark.parametrize(("name", "rows"), [("jincheng-transit", 31), ("jincheng-water-rescue", 36)])
def test_every_row_of_the_telephone_table_stands_at_its_unit(name: str, rows: int) -> None:
    text = source(name)
    printed: dict[str, tuple[str, str]] = {}
    for line in text[text.rindex("应急联系表") :].splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        for at in range(0, len(cells) - 2, 3):
            if cells[at] and cells[at + 1][:1].isdigit():
                printed[cells[at]] = (cells[at + 1], cells[at + 2])
    assert len(printed) == rows
    units = {word: unit for unit in plan(name).units for word in (unit.id, unit.name, *unit.aliases) if word}
    assert {row: tuple(line.number for line in units[row].lines) for row in printed} == printed
