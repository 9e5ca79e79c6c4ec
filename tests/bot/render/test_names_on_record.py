"""A name that nobody had confirmed says so in every line that shows it: record, review, course, page, alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from typing import Any

import pytest

from bot.cases.names import _named
from bot.render import export, review
from bot.render.course.steps import course
from bot.render.export import names_line
from bot.render.pages.incident import incident_page
from bot.render.review import record_paper
from bot.render.text import JOINER
from bot.render.view import Named, View
from bot.texts.identity import NOTE
from plans.persons import NAMED, held
from tests.bot.render.story import STORIES


def on_record(view: View) -> tuple[dict[str, set[str]], set[str]]:
    """Return the names by whose they are, and those that stand for people of whom no id is kept."""
    called: dict[str, set[str]] = {}
    others = set[str]()
    for item in view.incident.events:
        for id, name in _named(item.actor, item.event):
            called.setdefault(id, set()).update({name} if name else ())
        for field in fields(item.event):
            holds = held(item.event.NAME, field.name)
            if holds is not None and holds.whose == NAMED and isinstance(value := getattr(item.event, field.name), str):
                others |= set(re.split(r"[、，\s]+", value))
    return called, others


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one)


def shown(view: View) -> dict[str, list[str]]:
    """Return every line by where it is shown."""
    papers = {"review": review(view), "record": record_paper(view)}
    return {
        **{name: [*texts([asdict(block) for block in paper.blocks])] for name, paper in papers.items()},
        "chat": export(view).splitlines(),
        "course": [step.words for step in course(view)],
        "page": [*texts(asdict(incident_page(view, office=True, messages=()))["timeline"])],
    }


@pytest.mark.parametrize("name", sorted(STORIES))
def test_every_line_that_shows_a_name_nobody_confirmed_says_so(name: str):
    view = STORIES[name]().view()
    called, others = on_record(view)
    unknown = {id: Named(min(names), NOTE, tuple(names)) for id, names in called.items() if names}
    unsaid = re.compile(rf"(?:{'|'.join(map(re.escape, set().union(*called.values()) - others))})(?!{re.escape(NOTE)})")
    marked = replace(view, people=unknown)
    found = shown(marked)
    for where, lines in found.items():
        for line in set(lines) - set(names_line(marked)):
            assert not unsaid.search(line.replace(JOINER, "")), (where, line)
    assert unknown and NOTE in "".join(found["course"])
    known = {id: Named(item.name, "", item.called) for id, item in unknown.items()}
    assert NOTE not in str(shown(replace(view, people=known)))
