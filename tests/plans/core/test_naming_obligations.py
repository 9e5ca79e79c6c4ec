"""A filing is for the obligation that it names: two of one kind that are open are asked about, never filed both."""

import itertools

import pytest

from plans.core.event import Recorded, decode
from plans.incident.filing import SHARED, File
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.kinds import fold
from plans.load import load_all
from tests.factories import DUTY, Life, person

PLANS = load_all()
LINAN = PLANS["linan-campus"]
BRIEF, FULL = "info-first", "info-4h"

OWN = {
    ("linan-campus", BRIEF, FULL),
}
"""Obligations of one kind to one recipient, each with a report of its own, as the sources have them."""


def owing() -> Life:
    """Return an incident for which a brief word and an authoritative one are both owed to the public."""
    chief = person("chief", *LINAN.roles)
    life = Life(LINAN).report("+10m", candidates=("accident",), facts={"deaths": 12, "injuries": 40})
    life.do(Verify(facts={"deaths": 12, "injuries": 40}, event_level="重大"), DUTY, "+12m")
    life.do(Declare(level="Ⅱ", reason="重大"), chief, "+15m")
    return life


def test_the_kinds_that_need_a_name_are_those_of_the_sources():
    found = set()
    for plan in PLANS.values():
        for one, other in itertools.combinations(plan.obligations, 2):
            alike = one.report == other.report and one.by_office and other.by_office and set(one.to) & set(other.to)
            if alike and (one.channel == other.channel or "any" in (one.channel, other.channel)):
                if one.report not in SHARED:
                    found.add((plan.id, one.id, other.id))
    assert found == OWN


def test_two_of_one_kind_are_asked_about_and_nothing_is_filed():
    life = owing()
    refusal = life.refuse(File(report="信息发布"), DUTY, "+20m")
    assert refusal.key == "which_obligation"
    assert [item["rule"] for item in refusal.params["among"]] == [BRIEF, FULL]
    assert life.incident.filings == []


@pytest.mark.parametrize(("named", "left"), [(BRIEF, FULL), (FULL, BRIEF)])
def test_a_named_filing_leaves_the_other_open(named, left):
    life = owing()
    life.do(File(obligation=named), DUTY, "+20m")
    assert life.instance(named).status == "filed"
    assert life.instance(left).status == "open"
    life.do(File(report="信息发布"), DUTY, "+25m")
    assert life.instance(left).status == "filed"


def test_one_report_of_a_shared_kind_still_serves_every_one_that_asks_for_it():
    life = Life().report("+10m")
    life.do(Verify(event_level="重大"), DUTY, "+12m")
    life.do(File(report="首报", channel="电话"), DUTY, "+14m")
    assert {life.instance(rule).status for rule in ("first-phone", "direct-phone")} == {"filed"}


def test_a_filing_of_an_older_log_counts_as_it_did():
    life = owing()
    old = decode("filed", 1, {"report": "信息发布", "recipient": "社会公众", "channel": "电话",
                                "called_at": life.moment("+20m").isoformat(), "by": "duty"})  # fmt: skip
    item = Recorded(sequence=life.incident.sequence + 1, at=life.moment("+20m"), actor="duty", event=old)
    incident = fold(life.incident.stream, [*life.incident.events, item])
    assert incident.filings[-1].obligation == ""
