"""What the topics of an incident promise of themselves: properties name what is there, each verb has one home."""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

import plans.incident
from plans.core import keys, kind
from plans.core.event import Event, names
from plans.core.keys import Audience, Key
from plans.core.kind import UnknownKind, install, kind_of
from plans.core.notice import NoticeType, declare, declared, type_of
from plans.core.registry import APPLIERS, DECIDERS, TELLERS, applies, decides
from plans.incident import closing, facts
from plans.incident.kind import INCIDENT, TOPICS
from plans.incident.units import ANSWERS
from plans.kinds import WARNING, objects

FOLDER = Path(plans.incident.__file__).parent
EVENTS = sorted((cls for cls in names().values() if cls.__module__.startswith("plans.")), key=lambda cls: cls.NAME)


def modules() -> dict[str, ast.Module]:
    return {path.stem: ast.parse(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.py"))}


def test_every_file_that_decides_applies_or_tells_is_a_topic():
    with_verbs = {
        name
        for name, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) in ("decides", "applies", "tells", "asks")
    }
    assert with_verbs == {topic.__name__.rpartition(".")[2] for topic in TOPICS}


KNOWN = """
import importlib, pkgutil
import plans.kinds
from plans.core import registry
from plans.core.event import names
from plans.core.notice import declared

def known():
    tables = {name: list(map(str, table)) for name, table in vars(registry).items() if isinstance(table, dict)}
    return {"events": sorted(names()), "notices": [item.key for item in declared()], **tables}

before = known()
for module in pkgutil.walk_packages(plans.__path__, "plans."):
    importlib.import_module(module.name)
print({name for name, all_of_it in known().items() if set(all_of_it) != set(before[name])})
"""


def test_whoever_imports_the_kinds_can_read_every_log():
    """In a process of its own: in this one other modules are loaded, which the command line need not load."""
    done = subprocess.run([sys.executable, "-c", KNOWN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()"]


def test_a_command_its_events_and_what_they_do_stand_in_one_file():
    for table in (APPLIERS, TELLERS):
        for event, function in table.items():
            if event.__module__ not in ("plans.core.event", function.__module__) and event.NAME[:5] != "test-":
                raise AssertionError(f"{event.__name__} of {event.__module__} is handled in {function.__module__}")
    assert {cls.__module__ for cls in DECIDERS} == {function.__module__ for function in DECIDERS.values()}


@pytest.mark.parametrize("event", EVENTS, ids=lambda cls: cls.NAME)
def test_what_an_event_touches_is_named_by_its_own_fields(event: type[Event]) -> None:
    fields = {item.name for item in dataclasses.fields(event)}
    assert {name for aspect in event.touches for name in re.findall(r"\{(\w+)\}", aspect)} <= fields


def test_an_event_that_changes_what_is_said_is_weighed_anew():
    assert [cls.NAME for cls in EVENTS if cls.states_facts and not cls.reassesses] == []


def test_no_two_events_have_one_name():
    with pytest.raises(TypeError, match="two events are called closed"):

        @dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
        class Shut(Event, name="closed"):
            """Another."""

    assert names()["closed"] is closing.Closed


def test_nothing_is_registered_twice():
    with pytest.raises(ValueError, match=r"plans\.incident\.facts and .* both register"):
        decides(facts.Update)(lambda case, command: None)
    with pytest.raises(ValueError, match="both register"):
        applies(closing.Closed)(lambda incident, event, item: None)
    with pytest.raises(ValueError, match="“reminder” is declared twice"):
        declare(NoticeType("reminder"))
    with pytest.raises(ValueError, match="“incident” is there already"):
        install(INCIDENT)


def test_every_declared_notice_is_made_by_the_core_or_by_the_office():
    made = {
        text
        for folder in (FOLDER, FOLDER.parent / "warning", FOLDER.parent / "duty", FOLDER.parents[1] / "bot")
        for path in folder.rglob("*.py")
        for text in re.findall(r'"([a-z_]+)"', path.read_text("utf-8"))
    }
    assert {item.key for item in declared()} <= made
    assert {item.repeats for item in declared() if item.repeats} <= made
    assert all(type_of(item.repeats).repeats == "" for item in declared() if item.repeats)
    assert type_of("no_such_notice") == NoticeType("no_such_notice")


def test_a_stream_tells_its_kind():
    assert (kind_of("incident:17"), kind_of("warning:17")) == (INCIDENT, WARNING)
    for name in ("", "17", "admin:某县", "nothing:1"):
        with pytest.raises(UnknownKind, match="no kind of case is called"):
            kind_of(name)
    desk = {"entry", "instruction", "announcement", "handover", "spotcheck", "drill"}
    assert {item.name for item in kind.kinds()} == {"incident", "warning", "duty", *desk}


@pytest.mark.parametrize(
    ("made", "text", "kind_", "of"),
    [
        (keys.call("消防:大队", 2), "call:消防:大队:2", "call", "消防:大队:2"),
        (keys.owed("first:1", "市委:值班室"), "owed:first:1|市委:值班室", "owed", "first:1|市委:值班室"),
        (keys.HANDLING, "handling", "handling", ""),
        (keys.proposal(7), "proposal:7", "proposal", "7"),
        (keys.to_head("消防"), "head:消防", "head", "消防"),
        (keys.SEAT, "seat", "seat", ""),
    ],
)
def test_keys_are_parsed_where_they_are_made(made: Key | Audience, text: str, kind_: str, of: str) -> None:
    assert (str(made), made.kind, made.of) == (text, kind_, of)


def test_what_was_joined_in_a_key_comes_apart_again():
    for unit in ("消防", "消防:大队", "a|b"):
        assert keys.called(keys.call(unit, 3)) == (unit, "3")
        assert keys.called(keys.call(unit, 3).of) == (unit, "3")
        assert keys.is_call(keys.call(unit, 3))
    for key in ("first:1", "r:1:2|x"):
        assert keys.pair(keys.owed(key, "市委")) == keys.pair(keys.asked(key, "市委").of) == (key, "市委")
    assert not keys.is_call("unit:消防")


def test_every_object_of_a_button_is_made_in_the_keys():
    constants = {value.kind for value in vars(keys).values() if isinstance(value, Key)}
    functions = {name for name, value in vars(keys).items() if callable(value)}
    assert objects("incident") <= constants | functions


def test_answers_go_on_or_end():
    assert [answer.id for answer in ANSWERS.values()] == list(ANSWERS)
    assert [answer.progress for answer in ANSWERS.values()] == sorted(answer.progress for answer in ANSWERS.values())
    assert not any(answer.under_way and answer.needs_substitute for answer in ANSWERS.values())


def test_a_command_is_opened_by_one_alone_and_no_flag_is_for_nothing():
    opening = [cls.__name__ for cls in DECIDERS if cls.opens and cls.__module__.startswith("plans.")]
    desk = ["OpenAnnouncement", "OpenHandover", "OpenInstruction", "WriteEntry"]
    spot_checks = ["CallSpotCheck", "PlanSpotCheck"]  # by hand, and at a moment that was drawn
    assert sorted(opening) == sorted(["OpenBook", "PrepareDrill", "Report", "TakeWarning", *desk, *spot_checks])
    flags = ("opens", "any_state", "until_closed", "any_way")
    assert all(any(getattr(cls, flag) for cls in DECIDERS) for flag in flags)
    assert not any(cls.any_state and cls.until_closed for cls in DECIDERS)
