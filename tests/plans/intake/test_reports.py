"""Whole reports as people write them, in twelve registers: what is read of people, time and place.

``reports.tsv`` holds one invented report a line: register, text, facts, time of occurrence, place; ``.`` = the text
says nothing of it, ``-`` = more than one answer would be right.
"""

from pathlib import Path

import pytest

from plans.intake import SHANGHAI, read
from tests.plans.intake.saying import NOW, said

REPORTS = [
    line.split("\t") for line in Path(__file__).with_name("reports.tsv").read_text("utf-8").splitlines() if line.strip()
]


def test_every_register_is_there():
    registers = {register for register, *_ in REPORTS}
    assert {"school", "chat", "official", "hospital", "police", "traffic", "water", "epidemic", "outage"} <= registers
    assert len(REPORTS) >= 150
    assert len({text for _, text, *_ in REPORTS}) == len(REPORTS)


@pytest.mark.parametrize(("register", "text", "facts", "when", "place"), REPORTS, ids=[row[1][:24] for row in REPORTS])
def test_report(register, text, facts, when, place):
    reading = read(text, now=NOW)
    assert (said(text) or ".") == facts
    if when != "-":
        at = reading.occurred.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if reading.occurred else "."
        assert at == when
    if place != "-":
        assert (reading.place or ".") == place
    for found in reading.facts.values():
        assert text[slice(*found.span)] == found.text != ""
