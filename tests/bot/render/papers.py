"""Holds the papers of an incident against the case and the plan, read here a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.paper import Block, Heading, Paragraph, Table, text_of
from bot.render import View, naming, report_papers, review
from plans.incident.corrections import Corrected
from plans.incident.facts import FactsStated
from plans.incident.filing import Filed
from plans.incident.records import Instance
from plans.incident.records_said import Claim
from plans.incident.state import Incident
from plans.load import plan_facts
from plans.model import Plan
from plans.values import Interval

PEOPLE = re.compile(r"(\d+(?:\.\d+)?)(?:至(?:不足)?(\d+(?:\.\d+)?))?人")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def reports_hold(plan: Plan, incident: Incident, now: datetime) -> int:
    """Assert that every written report says what the plan wants of it to who is owed it; return how many there are."""
    view = View(plan=plan, incident=incident, now=now)
    owed = [item for item in incident.instances.values() if item.by_office]
    for item in owed:
        papers = report_papers(view, item.key)
        addressed = [name for one in papers for name in one.to]
        assert len(set(addressed)) == len(addressed) and set(addressed) <= set(item.to), "only who was owed it"
        waiting = [name for name in item.to if not naming.medium(view, name)]
        assert addressed or not waiting, "and somebody, where anybody is"
        for one in papers:
            assert list(one.paper.to) == [naming.unit_name(view, name) for name in one.to]
            assert one.paper.signed_by and one.paper.dated is not None
            assert (one.paper.mark == "【演练】") is incident.drill
            told = told_in(one.paper.blocks)
            elements_there(view, item, told)
            figures_known(incident, told)
            assert not MOBILE.search(text_of(one.paper))
    return len(owed)


def told_in(blocks: tuple[Block, ...]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Heading | Paragraph))


def elements_there(view: View, item: Instance, text: str) -> None:
    """Assert that each element is there: its own name, what fills it, or that it is to be filled in."""
    form = next((form for form in view.plan.forms if form.report == item.report), None)
    if form is None or item.rule.startswith("after-"):
        return
    for name, filled in zip(form.elements, [*form.sources, *[""] * len(form.elements)], strict=False):
        short = name.removesuffix("人数")
        if name in text or short in text:
            continue
        assert filled, f"{name}: nothing fills it, and it is not there"
        for field in filled.split():
            facts = plan_facts(view.plan)
            words = {"occurred": "年", "place": "发生", "nature": "发生", "scope": "待补", "source": "来源"}
            word = facts[field].label.removesuffix("人数") if field in facts else words.get(field, field)
            assert word in text, f"{name}: {field} is not there"


def figures_known(incident: Incident, text: str) -> None:
    """Assert that every number of people was said by somebody."""
    known = set(numbers_of(incident))
    for low, high in PEOPLE.findall(text):
        for number in filter(None, (low, high)):
            assert float(number) in known, f"nobody said {number}人: {text}"


def numbers_of(incident: Incident) -> Iterator[float]:
    """Return every number that the log holds of a fact, and the sums of sources."""
    claims = [claim for item in incident.claims.values() for claim in item]
    yield from (number for claim in claims for number in bounds(claim))
    for item in incident.events:
        event: Any = item.event
        if isinstance(event, FactsStated):
            yield from plain(event.facts)
        if isinstance(event, Corrected):
            yield from (*plain(event.old), *plain(event.new))
        if isinstance(event, Filed):
            yield from plain(event.figures)
    yield from plain([unsure.options for unsure in incident.unsure.values()])
    units = [unit for name in incident.text.split() for unit in re.findall(r"\d+", name)]
    yield from map(float, units)


def bounds(claim: Claim) -> Iterator[float]:
    if isinstance(claim.value, Interval):
        yield from (
            float(one) for one in (claim.value.exact, claim.value.at_least, claim.value.at_most) if one is not None
        )


def plain(data: Any) -> Iterator[float]:
    """Return the numbers of plain data."""
    match data:
        case bool() | None | str():
            return
        case int() | float():
            yield float(data)
        case dict():
            for value in data.values():
                yield from plain(value)
        case list() | tuple():
            for value in data:
                yield from plain(value)


def review_holds(view: View) -> None:
    """Assert that the after-action paper tells each report that was owed, unit that was called, and correction."""
    paper = review(view, integrity="未发现改动")
    text = text_of(paper)
    incident = view.incident
    rows = {tuple(row) for block in paper.blocks if isinstance(block, Table) for row in block.rows}
    owed = [item for item in incident.instances.values() if not (item.possible and item.status == "superseded")]
    numbered = [row for row in rows if len(row) == 5 and row[0].isdecimal()]
    assert len(numbered) == len(owed), "each is there once"
    for filing in incident.filings:
        assert naming.unit_name(view, filing.recipient) in text
    for call in incident.calls.values():
        if call.round:
            assert naming.unit_name(view, call.unit) in text
    assert text.count("次更正（") == len(incident.corrections)
    for decision in incident.decisions:
        assert decision.level is None or f"{decision.level}级" in text
    assert paper.blocks[-1] == Paragraph("【待补：改进措施和责任单位、完成时限】")
    assert (paper.mark == "【演练】") is incident.drill
    assert not MOBILE.search(text) and "{" not in text and "None" not in text
    figures_known(incident, told_in(tuple(block for block in paper.blocks if isinstance(block, Paragraph))))
