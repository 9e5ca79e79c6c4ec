"""Every field of every event is known to hold a person's id, name or words, or none of them: a new one is demanded."""

from __future__ import annotations

import dataclasses
from typing import get_type_hints

import pytest

import plans.kinds  # noqa: F401  # the events of every kind of case write themselves down
from plans.core.event import Event, names
from plans.persons import ACTOR, NAMED, held

EVENTS = sorted(names().items())

NOBODY = set(
    """
    about act agreed among answer approval areas audience base basis bearer bearer_kind because beyond body by_role
    called called_options candidates carried changed channel claims clause clauses colour condition confirmed
    corrects daily digest document drill dropped due due_words early element ended entry event_class evidence
    expected fact facts fields figures first flags giver_role goals hazard head held identifier incident informed
    instruction into issuer items jointly jurisdiction key keys kind kinds last_done level looked matter measures
    medium members mentions message missing named_by new obligation occurred_basis occurred_text old
    open_obligations option origin other outcome overdue place plan plan_hash plan_version plans previous
    previous_title proposed publisher raised reached reader recipient recipients reference released report role
    roles rule script seats second side source spoken_role stands status steps stream subject surely title titles to
    to_roles told totals township unit units unreachable unread unsure use value verdict wants way why widened
    finding lacking mends unanswered line duty_line came route above answers
    """.split()
)
"""Fields that say nothing of any person: of the plan, a unit, a level, a number, a moment."""

CODES = {
    ("obligation-superseded", "reason"),
    ("undone", "what"),
    ("question-asked", "question"),
    ("superior-said", "what"),
}
"""Of such a name, and a word of the program."""


WITHOUT_AN_ID = {"proposal-declined"}
"""Whose name it is stands there without the id."""


def fields(event: type[Event]) -> list[str]:
    hints = get_type_hints(event)
    return [
        item.name
        for item in dataclasses.fields(event)
        if "str" in str(hints[item.name]) or "Any" in str(hints[item.name])
    ]


@pytest.mark.parametrize(("name", "event"), EVENTS, ids=[name for name, _ in EVENTS])
def test_every_field_says_whether_it_is_of_a_person(name: str, event: type[Event]):
    for field in fields(event):
        holds = None if (name, field) in CODES else held(name, field)
        assert (holds is None) == (field in NOBODY or (name, field) in CODES), f"{name}.{field}: whose is it?"
        personal = holds is not None and holds.kind in ("name", "words")
        assert personal == (field in event.PERSONAL), f"{name}.{field}: a name or words can be erased, and only they"
        if holds is not None and holds.whose not in (ACTOR, NAMED):
            of = held(name, holds.whose)
            assert of is not None and of.kind == "id"
            assert holds.whose in fields(event) or name in WITHOUT_AN_ID


def test_no_field_stands_in_the_table_that_no_event_has():
    there = {field for _, event in EVENTS for field in fields(event)}
    assert NOBODY <= there
