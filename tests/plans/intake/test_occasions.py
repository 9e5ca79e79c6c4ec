"""Words of a plan that are denied, doubted, asked, supposed, played, of others or of a notice are never said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plans.intake.circumstances import circumstances
from plans.intake.mending import mend
from plans.intake.numerals import normalise
from plans.intake.reading import Circumstance
from plans.intake.utterances import utterances
from plans.load import plan_facts
from tests.plans.data.shipped import plan

SAID = (
    ("jincheng-public-health", "cholera", True, "霍乱"),
    ("jincheng-public-health", "nosocomial", True, "院内感染"),
    ("jincheng-chengqu-campus", "hazard_on_site", True, "宿舍起火"),
    ("jincheng-transit", "some_lines_stopped", True, "公交线路停运"),
    ("jincheng-water-rescue", "flood_peak", "extreme", "特大洪峰"),
    ("linan-campus", "terror_attack", True, "恐怖袭击"),
    ("linan-campus", "gathering", "present", "学生罢课"),
)
"""Plan, fact, value and the words that say it."""

FRAMES = [
    line.split("\t")
    for line in Path(__file__).with_name("occasions.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
"""Kind and text; ``{}`` stands for the words."""


def told(*kinds: str) -> Iterator[tuple[str, bool | str, Circumstance | None]]:
    """Each text, the value that its words would say, and what was read of it."""
    for name, fact, value, words in SAID:
        facts = {fact: plan_facts(plan(name))[fact]}
        for frame in (frame for kind, frame in FRAMES if kind in kinds):
            text = mend(normalise(frame.replace("{}", words)))
            said, _ = circumstances(text, facts, utterances(text))
            yield text, value, said.get(fact)


def test_what_is_asserted_is_said_wherever_it_stands() -> None:
    assert not [text for text, value, found in told("asserted") if found is None or found.values != (value,)]


def test_what_is_not_ruled_out_stays_possible() -> None:
    assert not [text for text, value, found in told("possible") if found is not None and value not in found.values]


def test_what_is_denied_is_not_said_and_ruled_out() -> None:
    assert not [text for text, value, found in told("denied") if found is not None and value in found.values]
    assert not [text for text, _, found in told("denied") if text.endswith("霍乱") and found is None]


def test_what_is_told_for_another_occasion_is_neither_said_nor_ruled_out() -> None:
    others = {kind for kind, _ in FRAMES} - {"asserted", "possible", "denied"}
    assert len(others) == 9
    assert not [text for text, value, found in told(*others) if found is not None and value in found.values]


def test_a_part_of_words_that_are_denied_is_not_said_by_itself() -> None:
    facts = plan_facts(plan("jincheng-public-health"))
    for text in ("不是肺鼠疫", "没有肺鼠疫", "排除肺炭疽"):
        said, _ = circumstances(text, facts, utterances(text))
        assert not [name for name, found in said.items() if True in found.values], text
