"""What other systems are told of duties: each step once, as it stands, and nobody's name or word in it."""

from __future__ import annotations

import json

from bot.render import pushed_duties
from bot.render.pushed import GROUPS, TYPES, pushed, tells
from bot.web.api.models.duties import DutyPeriod
from plans.core.command import Actor, Command
from plans.core.event import Event
from plans.core.outcome import CaseOutcome
from plans.duty.recording import ObjectToRecord, RecordDuty
from plans.duty.returning import ReturnDuty
from plans.duty.settling import ReopenDuty, SettleDuty
from plans.kinds import decide
from plans.load import load_all
from tests.plans.duty.life import HEAD, SECTION, STREAM, Life

DEHUI = load_all()["dehui-education-duties"]


def told(life: Life, command: Command, by: Actor = HEAD) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of what other systems are told of a command, each with the duties and how they stand."""
    before = life.book
    outcome = decide(DEHUI, before, command, by, now=life.now, stream=STREAM, cause="x", policy=life.policy)
    assert isinstance(outcome, CaseOutcome), outcome
    found = pushed(DEHUI, outcome)
    assert bool(found) <= tells(outcome)
    for item in found:
        said = json.dumps(item.data, ensure_ascii=False)
        assert not [word for word in (HEAD.name, SECTION.name, "林", "刷卡", "补照片", "当面说的") if word in said], (
            said
        )
        assert item.data["book"]["drill"] is False and item.data["book"]["jurisdiction"] == DEHUI.jurisdiction.name
    assert life.do(command, by) is None
    return [(item.type, [(one["duty"], one["status"]) for one in item.data["duties"]]) for item in found]


def test_every_step_of_a_duty_is_told_once_and_names_nobody() -> None:
    life = Life(DEHUI)
    duty = next(item for item in life.book.waiting() if item.begins <= life.now)
    key, name = duty.key, duty.duty
    assert told(life, SettleDuty(key=key, text="刷卡", sure=True)) == [("duty.settled", [(name, "done")])]
    assert told(life, ReturnDuty(key=key, reason="补照片"), SECTION) == [("duty.returned", [(name, "returned")])]
    assert told(life, SettleDuty(key=key, sure=True)) == [("duty.settled", [(name, "done")])]
    assert told(life, ReopenDuty(key=key)) == [("duty.reopened", [(name, "open")])]
    recorded = RecordDuty(key=key, spoken_by="林校长", text="当面说的")
    assert told(life, recorded, SECTION) == [("duty.settled", [(name, "done")])]
    assert told(life, ObjectToRecord(key=key, reason="补照片")) == [("duty.reopened", [(name, "open")])]


def test_what_begins_and_what_ends_is_told_with_its_period() -> None:
    life = Life(DEHUI)
    opened = CaseOutcome(before=None, after=life.book, recorded=tuple(life.log))
    [begun] = [item for item in pushed(DEHUI, opened) if item.type == "duty.begun"]
    assert {one["duty"] for one in begun.data["duties"]} == {item.duty for item in life.book.instances.values()}
    known = {name for name in DutyPeriod.model_fields} - {"plan", "bearer", "bearer_kind"}
    assert known <= set(begun.data["duties"][0]), "as the API names them"
    since = len(life.log)
    life.pass_days(100)
    kinds = {type_ for item in life.log[since:] for type_, _, _ in pushed_duties.of_book(DEHUI, life.book, [item])}
    assert kinds == {"duty.begun", "duty.due"}


def test_every_kind_has_its_group_and_every_event_its_kind() -> None:
    assert set(pushed_duties.TYPES) <= set(TYPES) and "duty" in GROUPS
    assert all(issubclass(event, Event) for event in pushed_duties.TELLING)
