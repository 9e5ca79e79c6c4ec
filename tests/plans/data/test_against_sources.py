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
