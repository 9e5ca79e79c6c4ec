"""A key on the telephone answers for whoever it belongs to, what he was asked in that call, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.core.command import SYSTEM
from plans.incident.calling_units import CallMore
from plans.incident.levels import Declare
from plans.incident.ringing import RingFailed
from plans.incident.units import Acknowledge, UnitAnswered
from plans.incident.voice import AskCallBack, HearRing, NoteVoiceCall
from tests.factories import COMMANDER, DUTY, SCHOOL, STRANGER, Life, person

FIRE = "区消防救援大队"
LIAISON = person("fire", "liaison", units=(FIRE,), via="voice")
OTHER = person("other", "liaison", units=("区教育局",), via="voice")
VAIN = "无人接听"


def called() -> Life:
    life = Life().report("+10m")
    life.do(Declare(level="Ⅱ"), COMMANDER, "+12m")
    if FIRE not in life.incident.calls:
        life.do(CallMore(units=(FIRE,)), DUTY, "+12m")
    return life


def turn(life: Life) -> int:
    return life.incident.calls[FIRE].round


def test_a_key_is_an_answer_by_telephone_with_the_number_masked():
    life = called()
    life.do(Acknowledge(unit=FIRE, round=turn(life), voice="139××××0017"), LIAISON, "+13m")
    [answer] = [item.event for item in life.incident.events if isinstance(item.event, UnitAnswered)]
    assert (answer.recorded, answer.voice, answer.by, answer.status) == (True, "139××××0017", "fire", "收到")
    assert life.incident.calls[FIRE].voice == "139××××0017" and not life.incident.calls[FIRE].silent


def test_nobody_says_by_a_message_that_it_was_a_key():
    life = called()
    life.do(Acknowledge(unit=FIRE, voice="139××××0017"), replace(LIAISON, via="direct"), "+13m")
    assert life.incident.calls[FIRE].voice == "" and not life.incident.calls[FIRE].recorded


@pytest.mark.parametrize(
    "actor", [OTHER, replace(DUTY, via="voice"), replace(STRANGER, via="voice")], ids=lambda one: one.id
)
def test_a_key_of_somebody_else_answers_for_nobody(actor):
    life = called()
    assert life.refuse(Acknowledge(unit=FIRE, round=turn(life)), actor).key == "not_your_unit"


def test_a_key_of_an_earlier_call_does_not_answer_the_later_one():
    life = called()
    first = turn(life)
    life.do(Declare(level="Ⅰ", reason="x"), COMMANDER, "+14m")
    assert turn(life) != first
    assert life.refuse(Acknowledge(unit=FIRE, round=first), LIAISON).key == "not_called"
    assert life.incident.calls[FIRE].silent


def test_a_late_key_calls_nobody_back_who_is_on_its_way():
    life = called()
    life.do(Acknowledge(status="已出发"), replace(LIAISON, via="direct"), "+13m")
    assert life.refuse(Acknowledge(unit=FIRE, round=turn(life)), LIAISON).key == "already_answered"


def test_what_was_called_in_vain_is_kept_and_who_wants_a_person_is_on_the_list_at_once():
    life = called()
    life.do(NoteVoiceCall(units=(FIRE,), round=turn(life), outcome=VAIN), SYSTEM, "+13m")
    assert [item.event.outcome for item in life.incident.events if isinstance(item.event, RingFailed)] == [VAIN]
    assert life.incident.calls[FIRE].step == 0
    since = len(life.told)
    life.do(NoteVoiceCall(units=(FIRE,), round=turn(life), outcome="x", wants_person=True), LIAISON, "+13m30s")
    assert ("ring_units", "seat") in life.keys(since)
    for _ in range(3):  # asked again the list comes again, and nobody else is called for it
        since = len(life.told)
        life.do(NoteVoiceCall(units=(FIRE,), round=turn(life), outcome="x", wants_person=True), LIAISON)
        assert "call_again" not in {key for key, _ in life.keys(since)}


@pytest.mark.parametrize("actor", [DUTY, replace(LIAISON, via="direct"), SCHOOL], ids=lambda one: one.id)
def test_only_the_telephone_says_what_came_of_its_calls(actor):
    life = called()
    for command in (NoteVoiceCall(units=(FIRE,), round=turn(life), outcome=VAIN), HearRing(), AskCallBack()):
        assert life.refuse(command, actor).key == "no_authority_that_way"


def test_a_report_that_was_heard_of_is_not_taken():
    life = Life().report("+10m")
    life.do(HearRing(voice="138××××0001"), replace(DUTY, via="voice"), "+11m")
    assert life.incident.heard_by == DUTY.name and not life.incident.handled_by
    assert ("ring_heard", "seat") in life.keys()
    life.until("+14m")
    assert "ring_yourself" in {key for key, _ in life.keys()}, "nobody has taken it: the reporter is told so"
    assert life.refuse(HearRing(), replace(SCHOOL, via="voice")).key == "staff_only"


def test_who_is_to_decide_may_ask_for_a_call_and_nothing_is_decided():
    life = Life().report("+10m")
    life.do(AskCallBack(voice="138××××0002"), replace(COMMANDER, via="voice"), "+11m")
    assert ("call_back", "seat") in life.keys() and life.incident.response_level is None
    assert life.refuse(AskCallBack(), replace(SCHOOL, via="voice")).key == "staff_only"
