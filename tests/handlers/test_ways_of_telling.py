"""Every way in which a text with figures comes × every way to say a figure: it counts, it is asked, or it is answered.

Nothing is dropped in silence: what becomes of a text is one of the words of :func:`_became`, and never nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from plans.incident.state import Incident
from plans.values import Interval
from tests.journeys.world import Town

FIRE = "区消防救援大队"
REPORT = "实验小学楼梯踩踏，4名学生受伤"
SAID = {
    "sure": "重伤2人",
    "not sure": "失联5人，不对，重复算了",
    "hearsay": "听保安说死了3个",
    "denial": "没有人死亡",
    "fall": "受伤2人",
    "more": "又发现2名伤员",
    "unread": "那边还有9个",
}
ABOUT = {
    "sure": "serious_injuries", "not sure": "missing", "hearsay": "deaths", "denial": "deaths", "fall": "injuries",
    "more": "injuries", "unread": "",
}  # fmt: skip
FIRST = {
    "sure": "counts", "not sure": "asked", "hearsay": "asked", "denial": "counts", "fall": "counts", "more": "counts",
    "unread": "shown as not read",
}  # fmt: skip
LATER = {**FIRST, "fall": "asked"}
EDIT = {**LATER, "sure": "proposed", "denial": "proposed", "fall": "proposed", "more": "asked"}
CORRECT = {**FIRST, "not sure": "refused", "hearsay": "refused", "more": "refused", "unread": "refused"}


@pytest.fixture
async def case(town: Town) -> AsyncIterator[Town]:
    town.first = await town.say(town.head, town.bot, REPORT)  # type: ignore[attr-defined]
    yield town


Way = Callable[[Town, str], Awaitable[Any]]


async def _report(town: Town, text: str) -> None:
    await town.say(town.liaisons[FIRE], town.bot, f"第二中学食堂塌了，{text}")


async def _report_in_group(town: Town, text: str) -> None:
    await town.say(town.director, town.group, f"/report@tocsin_bot 第二中学食堂塌了，{text}")


async def _drill(town: Town, text: str) -> None:
    await town.say(town.duty, town.group, f"/drill@tocsin_bot 第二中学食堂塌了，{text}")


async def _update(town: Town, text: str) -> None:
    await town.say(town.duty, town.group, f"/update@tocsin_bot {text}")


async def _update_by_another(town: Town, text: str) -> None:
    await town.say(town.liaisons[FIRE], town.bot, f"/update {text}")


async def _goes_on(town: Town, text: str) -> None:
    await town.say(town.head, town.bot, text)


async def _fix(town: Town, text: str) -> None:
    await town.press(town.head, "改一处")
    await town.say(town.head, town.bot, text)


async def _reply(town: Town, text: str) -> None:
    await town.say(town.director, town.group, text, reply_to=town.sees(town.duty, "", town.group))


async def _picture(town: Town, text: str) -> None:
    town.head.send_photo(town.bot, caption=text)
    await town.settle()


async def _edit(town: Town, text: str) -> None:
    town.head.edit(town.first, f"实验小学楼梯踩踏，{text}")  # type: ignore[attr-defined]
    await town.settle()


async def _edit_of_an_edit(town: Town, text: str) -> None:
    town.head.edit(town.first, REPORT + "，失联7人，不对，重复算了")  # type: ignore[attr-defined]
    await town.settle()
    await _edit(town, text)


async def _verify(town: Town, text: str) -> None:
    await town.say(town.duty, town.group, f"/verify@tocsin_bot {text}")


async def _verify_open(town: Town, text: str) -> None:
    await town.say(town.duty, town.group, f"/verify@tocsin_bot 无法判明 {text}")


async def _correct(town: Town, text: str) -> None:
    await town.say(town.duty, town.group, f"/correct@tocsin_bot {text}")


async def _declared(town: Town) -> None:
    await town.say(town.commander, town.group, "/declare@tocsin_bot Ⅱ 需要区里组织")
    await town.press(town.commander, "确认宣布")


async def _ack(town: Town, text: str) -> None:
    await _declared(town)
    await town.say(town.liaisons[FIRE], town.bot, f"/ack 已到场 {text}")


async def _ack_recorded(town: Town, text: str) -> None:
    await _declared(town)
    await town.say(town.duty, town.bot, f"/ack {FIRE} 已到场 {text}")


NOTED = {**LATER, "unread": "kept as a note"}
WAYS: dict[str, tuple[Way, dict[str, str]]] = {
    "report": (_report, FIRST),
    "report in the group": (_report_in_group, FIRST),
    "drill": (_drill, FIRST),
    "update": (_update, LATER),
    "update of a unit": (_update_by_another, {**LATER, "fall": "counts"}),
    "goes on": (_goes_on, LATER),
    "改一处": (_fix, LATER),
    "reply in the group": (_reply, LATER),
    "caption": (_picture, LATER),
    "edit": (_edit, EDIT),
    "edit of an edit": (_edit_of_an_edit, EDIT),
    "verify": (_verify, LATER),
    "verify, level open": (_verify_open, LATER),
    "correct": (_correct, CORRECT),
    "answer of a unit": (_ack, {**NOTED, "fall": "counts"}),
    "answer on the telephone": (_ack_recorded, NOTED),
}


def _became(town: Town, before: Incident | None, now: Incident, fact: str, text: str) -> str:
    """What became of a figure."""
    if any("要写成定数" in line or "请写明哪个数字" in line for line in town.texts(town.duty)):
        return "refused"
    if any(item.fact == fact for item in now.unsure.values()):
        assert before is None or _values(now, fact) == _values(before, fact), "asked, and counted all the same"
        return "asked"
    if any(fact in edit.facts for edit in now.edits.values()):
        return "proposed"
    if fact and _values(now, fact) != (_values(before, fact) if before is not None else []):
        return "counts"
    if not fact and any(call.note == text for call in now.calls.values()):
        return "kept as a note"
    return "shown as not read" if not fact and "9个" in now.unread else "nothing"


def _values(incident: Incident, fact: str) -> list[Any]:
    return [claim.value for claim in incident.claims.get(fact, ())]


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("way", WAYS)
async def test_what_becomes_of_a_figure(case: Town, way: str, kind: str):
    town, (tell, expected) = case, WAYS[way]
    fresh = expected is FIRST
    before = await town.incident()
    await tell(town, SAID[kind])
    now = await town.incident(1 if way == "drill" else 2, drill=way == "drill") if fresh else await town.incident()
    became = _became(town, None if fresh else before, now, ABOUT[kind], SAID[kind])
    assert became == expected[kind], (town.screen(town.duty), now.claims, now.unsure, now.edits)
    if became == "asked":
        assert _is_asked(town, now, ABOUT[kind]), town.screen(town.duty)


def _is_asked(town: Town, now: Incident, fact: str) -> bool:
    """Whether the duty seat has a message with the answers, and of sayings nobody else has."""
    keys = [item for item in now.unsure.values() if item.fact == fact]
    shown = [line for line in town.told(town.duty, "请选定") + town.told(town.duty, "的说法，待核实") if line.labels()]
    return bool(keys) and bool(shown)


async def test_a_correction_that_is_refused_records_nothing(case: Town):
    town, before = case, (await case.incident()).sequence
    await town.say(town.duty, town.group, "/correct@tocsin_bot 受伤5人，听保安说死了3个")
    assert (await town.incident()).sequence == before
    town.sees(town.duty, "死亡")


async def test_what_an_edit_asks_ends_with_the_edit(case: Town):
    town = case
    town.head.edit(town.first, REPORT + "，失联5人，不对，重复算了")  # type: ignore[attr-defined]
    await town.settle()
    # 重复算了 may be said of either figure: both are asked
    assert {item.fact for item in (await town.incident()).unsure.values()} == {"injuries", "missing"}
    await town.press(town.duty, "不采用")
    now = await town.incident()
    assert not now.unsure and not now.edits and "missing" not in now.claims


async def test_an_edit_that_is_taken_back_leaves_nothing_to_adopt(case: Town):
    town = case
    town.head.edit(town.first, "实验小学楼梯踩踏，6人受伤，听保安说死了1个")  # type: ignore[attr-defined]
    await town.settle()
    assert (await town.incident()).edits and (await town.incident()).unsure
    old = town.button(town.duty, "采用")
    town.head.edit(town.first, REPORT)  # type: ignore[attr-defined]
    await town.settle()
    now = await town.incident()
    assert not now.edits and not now.unsure and town.duty.again(old).labels() == []
    town.sees(town.head, "消息已改回原样")


async def test_figures_that_an_edit_of_an_update_leaves_out_are_asked_whatever_others_say(case: Town):
    town = case
    said = await town.say(town.head, town.bot, "又发现2名伤员，死亡1人")
    town.head.edit(said, "又发现3名伤员")
    await town.settle()
    asked = {
        item.fact: [option.get("value") for option in item.options] for item in (await town.incident()).unsure.values()
    }
    assert asked == {"injuries": [7, None], "deaths": [None, None]}


async def test_an_edit_of_what_was_added_is_a_choice_of_the_whole(case: Town):
    town = case
    said = await town.say(town.head, town.bot, "又发现2名伤员")
    town.head.edit(said, "又发现3名伤员")
    await town.settle()
    await town.press(town.duty, "受伤7人")
    now = await town.incident()
    assert now.claims["injuries"][-1].value == Interval(7, 7) and not now.unsure


async def test_figures_that_an_edit_leaves_out_are_asked(case: Town):
    town = case
    town.head.edit(town.first, "实验小学楼梯踩踏")  # type: ignore[attr-defined]
    await town.settle()
    (item,) = (await town.incident()).unsure.values()
    assert item.fact == "injuries" and item.options[0] == {"value": None}
    await town.press(town.duty, "受伤不变")
    assert (await town.incident()).claims["injuries"][-1].value == Interval(4, 4)
