"""Later texts by what people do with a figure in them, in other words and figures for each family: `later.tsv`."""

from collections import Counter
from pathlib import Path

import pytest

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

TABLE = Path(__file__).with_name("later.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def figures(cell):
    """`dead=2 ~hurt=3`: fact -> number (None: none is known), and the facts that are only asked."""
    pairs = [] if cell == "." else [pair.split("=") for pair in cell.split()]
    told = {SHORT[name.lstrip("~")]: None if number == "none" else int(number) for name, number in pairs}
    return told, {SHORT[name[1:]] for name, _ in pairs if name.startswith("~")}


def then(kind, known, text):
    return after(read(text, now=NOW), figures(known)[0], kind)


@pytest.mark.parametrize(("kind", "known", "text", "expected"), [row[1:] for row in ROWS], ids=[row[3] for row in ROWS])
def test_a_later_text_changes_what_it_tells_of_and_nothing_else(kind, known, text, expected):
    now = then(kind, known, text)
    told, asked = figures(expected)
    for fact, number in (figures(known)[0] | told).items():
        if fact in asked:
            assert now[fact].asks
            assert number in [option.value for option in now[fact].readings]
        else:
            assert (now[fact].value, now[fact].unknown) == (number, False)
    assert all(now[fact].asks or not now[fact].value for fact in now.keys() - figures(known)[0].keys() - told.keys())


@pytest.mark.parametrize(("kind", "known", "text"), [row[1:4] for row in ROWS], ids=[row[3] for row in ROWS])
def test_nobody_becomes_fewer_unasked(kind, known, text):
    now = then(kind, known, text)
    for fact, number in figures(known)[0].items():
        if now[fact].value is None or now[fact].value < number:
            assert now[fact].asks


@pytest.mark.parametrize("lead", ["续报：", "值班室，", "刚得的消息，"])
def test_what_stands_before_changes_no_figure_falsely(lead):
    for kind, known, text in (row[1:4] for row in ROWS):
        alone, led = then(kind, known, text), then(kind, known, lead + text)
        for fact, number in figures(known)[0].items():
            told = {number, alone[fact].value, *(option.value for option in alone[fact].readings)}
            assert led[fact].asks or led[fact].value in told, (lead + text, fact)


def test_each_family_has_its_twenty_texts():
    counted = Counter(row[0] for row in ROWS)
    assert min(counted.values()) >= 20
    assert len(counted) == 13
