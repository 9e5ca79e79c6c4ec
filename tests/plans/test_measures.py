"""One table of units and numerals: lint reads in a phrase what intake reads in a text."""

from __future__ import annotations

import math

import pytest

from plans.intake.numerals import normalise
from plans.intake.quantities import quantities
from plans.intake.reading import Quantity
from plans.lint import lint
from plans.lint.figures import contradictory, figures, times
from plans.load import load_all, load_text, plan_facts
from plans.measures import BY_SPELLING, UNITS, converted, value_of
from plans.model import Bounds
from plans.values import written
from tests.plans.test_lint import TINY

OPEN = Bounds.model_validate({"以上": "inclusive", "以下": "exclusive"})
SPELLINGS = [
    (spelling, name) for spelling, name in BY_SPELLING.items() if spelling not in ("°C", "m", "成", "分", "日")
]


@pytest.mark.parametrize(("spelling", "unit"), SPELLINGS)
def test_every_unit_bounds_a_range_of_its_own(spelling: str, unit: str) -> None:
    phrase = f"3{spelling}以上10{spelling}以下"
    assert [(item.op, item.number, item.unit) for item in figures(phrase, OPEN)] == [("ge", 3, unit), ("lt", 10, unit)]
    assert not contradictory(phrase, OPEN)
    assert contradictory(f"10{spelling}以上3{spelling}以下", OPEN)
    assert [str(item) for item in figures(f"3{spelling}以下", Bounds())] == ["≤3"]


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit not in ("成", "个")])
def test_intake_reads_every_unit_that_lint_knows(unit: str) -> None:
    wanted = {"size": Quantity(words=("损失",), unit=unit)}
    for spelling in UNITS[unit].spellings:
        if BY_SPELLING[spelling] != unit or spelling in (
            "人次",
            "°C",
            "m",
            "分",
            "个工作日",
            "工作日",
            "kW",
            "日",
            "秒钟",
        ):
            continue
        facts, _ = quantities(normalise(f"损失37{spelling}"), wanted)
        assert facts, spelling
        assert math.isclose(facts["size"].at_least or 0, 37), spelling


@pytest.mark.parametrize(
    ("number", "unit", "to", "expected"),
    [
        (5000, "万元", "亿元", 0.5),
        (1.5, "公里", "米", 1500),
        (150, "万千瓦", "兆瓦", 1500),
        (2, "天", "小时", 48),
        (15, "亩", "公顷", 1),
        (30, "人", "例", 30),
        (3, "天", "米", None),
        (3, "天", "人", None),
        (3, "", "人", 3),
        (3, "筐", "人", 3),
    ],
)
def test_quantities_turn_into_the_units_of_their_dimension_and_no_other(
    number: float, unit: str, to: str, expected: float | None
) -> None:
    assert converted(number, unit, to) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("5000万元以上1亿元以下", [("ge", 5000, "万元"), ("lt", 1, "亿元")]),
        ("直接经济损失1,000万元以上", [("ge", 1000, "万元")]),
        ("1000公顷以下", [("lt", 1000, "公顷")]),
        ("３０人以上５０人以下", [("ge", 30, "人"), ("lt", 50, "人")]),
        ("１０％－２０％", [("ge", 10, "%"), ("le", 20, "%")]),
        ("24小时降雨量100毫米以上", [("ge", 24, "小时"), ("le", 24, "小时"), ("ge", 100, "毫米")]),
        ("减供1000MW以上", [("ge", 1000, "兆瓦")]),
        ("气温37℃以上", [("ge", 37, "摄氏度")]),
        ("10万人以上", [("ge", 100_000, "人")]),
        ("1.5亿立方米以上", [("ge", 1.5, "亿立方米")]),
        ("烧毁房屋50间以上100间以下", [("ge", 50, "间"), ("lt", 100, "间")]),
    ],
)
def test_phrases_with_units_and_large_numbers(phrase: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(item.op, item.number, item.unit) for item in figures(phrase, OPEN)] == expected


def test_full_width_figures_are_times_too() -> None:
    assert times("事发后３０分钟以内").spans == times("事发后30分钟以内").spans


@pytest.mark.parametrize("word", ["３", "①", "³", "٣", "零", "", "十万亿亿", "一" * 17])
def test_no_numeral_is_a_crash(word: str) -> None:
    value_of(word)
    figures(f"{word}人以上{word}-{word}人以下", OPEN)
    times(f"{word}小时内")


PLAN = TINY.read_text(encoding="utf-8")


def with_loss(unit: str, evidence: str, when: str) -> str:
    fact = f"facts:\n  damage: {{label: 毁损, type: number, unit: {unit}, words: [毁损], open: true}}\n"
    row = f'    - {{id: loss, level: 较大, clause: "3.1(4)", evidence: {evidence}, when: {{damage: {when}}}}}\n'
    text = PLAN.replace("levels:\n", "@levels\n", 1)
    if "facts:\n" in text:
        text = text.replace("facts:\n", fact, 1)
    else:
        text = text.replace("@levels", fact + "@levels", 1)
    return text.replace("@levels\n", "levels:\n").replace("  rows:\n", "  rows:\n" + row, 1)


@pytest.mark.parametrize(
    ("unit", "evidence", "when", "rules"),
    [
        ("万元", "损失5000万元以上", "{ge: 5000}", set()),
        ("亿元", "损失5000万元以上", "{ge: 0.5}", set()),
        ("元", "损失5000万元以上", "{ge: 50000000}", set()),
        ("万元", "损失5000万元以上", "{ge: 500}", {"evidence"}),
        ("亿元", "损失5000万元以上", "{ge: 5000}", {"evidence"}),
        ("公顷", "损失1000公顷以上", "{ge: 1000}", set()),
        ("米", "损失1000公顷以上", "{ge: 1000}", {"unit"}),
    ],
)
def test_a_bound_counts_in_the_unit_of_its_fact(unit: str, evidence: str, when: str, rules: set[str]) -> None:
    found = lint(load_text(with_loss(unit, evidence, when), "tiny"))
    assert {item.rule for item in found if item.severity == "error"} - {"gap", "unreachable-row"} == rules


def test_every_unit_of_the_shipped_plans_is_in_the_table() -> None:
    strange = {
        (name, fact.unit)
        for name, plan in load_all().items()
        for fact in plan_facts(plan).values()
        if fact.type in ("count", "number") and fact.unit not in UNITS
    }
    assert strange == set()


def test_a_number_of_myriads_is_a_unit_of_its_own():
    assert [(item.op, item.number, item.unit) for item in figures("影响10万户以上", OPEN)] == [("ge", 100_000, "户")]
    assert (converted(100_000, "户", "万户"), converted(10, "万户", "户"), converted(3, "户", "个")) == (10, 100_000, 3)
    for said, low, high in (("影响12万户", 12, 12), ("影响120000户", 12, 12), ("影响超过10万户", 10, None)):
        facts, _ = quantities(normalise(said), {"size": Quantity(words=("影响",), unit="万户")})
        assert facts["size"].at_most == high, said
        assert math.isclose(facts["size"].at_least or 0, low, abs_tol=0.001), said


@pytest.mark.parametrize(
    ("phrase", "minutes"), [("每小时报告1次", 60), ("每个小时", 60), ("每分钟", 1), ("每周", 10_080), ("每月", 43_200)]
)
def test_once_in_each_is_a_span(phrase: str, minutes: int) -> None:
    assert [span.total_seconds() / 60 for span in times(phrase).every] == [minutes]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (5, "5"),
        (12.5, "12.5"),
        (1_000_000.0, "1000000"),
        (1_234_567.5, "1234567.5"),
        (123.4567, "123.4567"),
        (0.00005, "0.00005"),
        (math.nextafter(24.0, 0), "24"),
        (math.nextafter(24.0, 25), "24"),
        (4.000277778, "4"),
        (3.999722222, "3.9"),
        (100 / 3, "33.3"),
        (33.333333, "33.3333"),
    ],
)
def test_a_number_is_written_as_people_write_it(number: float, text: str) -> None:
    assert written(number) == text
