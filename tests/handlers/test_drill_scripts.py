"""An office's own script: checked by line in a process of its own, kept with a tap, played, replaced, removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog

from bot.office import script_check
from bot.office.drill_scripts import MOST, Unread, readable
from bot.office.script_check import LARGEST, Busy, ScriptFault, check, digest_of, read
from bot.operations.proof import examine
from bot.playground import Person
from bot.scenario import Scenario
from storage.drill_scripts import DrillScript
from tests.bot.simulate.test_drill import SOUND
from tests.journeys.world import JURISDICTION, PLAN, Forgiven, Town

TITLE = "踩踏处置演练"
PLANS = frozenset({PLAN})


async def sent(
    town: Town, person: Person, content: str | bytes, caption: str = "/drill 脚本", where: Any = None
) -> None:
    data = content.encode() if isinstance(content, str) else content
    person.send_document(where or town.bot, data, "演练.yaml", caption)
    await town.settle()


async def kept(town: Town) -> list[DrillScript]:
    async with town.open_store.reading() as rx:
        return await rx.drill_scripts.of([JURISDICTION])


async def check_here(text: str) -> tuple[ScriptFault, ...]:
    """What the process of its own would find is nothing: it is started in tests of its own."""
    return ()


@pytest.fixture
def checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.drill_scripts.check", check_here)


async def test_a_file_is_checked_kept_played_replaced_and_removed(
    usual_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Town.open(usual_url) as town:
        await sent(town, town.director, SOUND.replace("goals: [30分钟内电话首报]\n", ""))
        offer = town.sees(town.director, "脚本可以演")
        assert TITLE in offer.text and "9分钟，1条情景，看1处" in offer.text and "提醒　第1行：没有 goals" in offer.text
        assert await kept(town) == [], "shown is not done"
        await town.press(town.director, "保存脚本")
        [row] = await kept(town)
        assert (row.plan_id, row.title) == (PLAN, TITLE) and row.digest == digest_of(row.text)
        await town.restart()
        await town.say(town.duty, town.bot, "/drill 脚本")
        label = f"4. {TITLE}（本地）"
        assert label in town.sees(town.duty, "演练脚本").labels()

        monkeypatch.setattr("handlers.drill_scripts.check", check_here)
        # Another of the same title takes its place; what was shown before it is stale.
        await sent(town, town.duty, SOUND)
        assert "会替换现有的同名脚本" in town.sees(town.duty, "脚本可以演").text
        await town.press(town.duty, "保存脚本")
        assert [row.text for row in await kept(town)] == [SOUND]
        assert "有了变化" in ((await town.press(town.duty, label)).text or "")
        await town.say(town.duty, town.bot, "/drill 脚本")
        await town.press(town.duty, label)
        assert "您是导调员" in town.sees(town.duty, TITLE).text

        async with town.open_store.reading() as rx:
            assert [fault for fault in await examine(rx, town.clock.now()) if fault.kind == "drill script"] == []
        async with town.open_store.writing() as tx:
            [row] = await tx.drill_scripts.of([JURISDICTION])
            await tx.drill_scripts.keep(DrillScript(**{**vars(row), "text": row.text + "\n"}))
        async with town.open_store.reading() as rx:
            assert "drill script" in {fault.kind for fault in await examine(rx, town.clock.now())}
        async with town.open_store.writing() as tx:
            await tx.drill_scripts.keep(row)

        await town.say(town.director, town.bot, "/drill 脚本 删除 1")
        assert "随程序带的不能删除" in town.texts(town.director)[-1]
        await town.say(town.director, town.bot, "/drill 脚本 删除 4")
        await town.press(town.director, "确认删除")
        assert await kept(town) == []
        async with town.open_store.reading() as rx:
            log = [entry.event for entry in await rx.journal.load(f"admin:{JURISDICTION}")]
        assert log == ["drill-script-kept", "drill-script-kept", "drill-script-removed"]


async def test_faults_are_those_of_the_command_with_their_lines() -> None:
    [fault] = await check(SOUND.replace("actor: duty, inject", "actor: outsider, inject"))
    assert (fault.line, fault.grave) == (8, True) and "情景发给外人，他不参演" in fault.found and fault.todo


@pytest.mark.usefixtures("checked_here")
async def test_only_who_directs_keeps_and_removes_and_only_in_private() -> None:
    async with Town.open() as town:
        for person in (town.head, town.liaisons["区教育局"]):
            await sent(town, person, SOUND)
            assert "脚本由值班员、预案里的职务和管理员保存" in town.texts(person)[-1]
        await sent(town, town.duty, SOUND, "/drill@tocsin_bot 脚本", town.group)
        assert "请在私聊里" in town.texts(town.duty)[-1]
        await sent(town, town.second, SOUND)
        async with town.open_store.writing() as tx:  # between what is shown and the tap
            known = await tx.people.by_telegram(town.second.id)
            assert known is not None
            for item in await tx.people.holdings(known.id):
                await tx.people.revoke(item.id, town.clock.now())
        await town.press(town.second, "保存脚本")
        assert await kept(town) == []


async def test_an_office_keeps_so_many_and_what_changed_meanwhile_is_not_written_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def faulty(text: str) -> tuple[ScriptFault, ...]:
        return (ScriptFault(line=8, grave=True, found="发给外人", expected="成员单位", todo="改 actor"),)

    async with Town.open() as town:
        monkeypatch.setattr("handlers.drill_scripts.check", faulty)
        await sent(town, town.duty, SOUND)
        shown = town.sees(town.duty, "脚本有错误1处")
        assert "错误　第8行：发给外人；应为成员单位；改 actor" in shown.text and not shown.labels()
        monkeypatch.setattr("handlers.drill_scripts.check", check_here)
        await sent(town, town.duty, SOUND)
        await sent(town, town.director, SOUND + 'until: "+1h"\n')
        await town.press(town.duty, "保存脚本")
        assert "脚本已有改动" in ((await town.press(town.director, "保存脚本")).text or "")
        async with town.open_store.writing() as tx:
            [row] = await tx.drill_scripts.of([JURISDICTION])
            for number in range(MOST - 1):
                await tx.drill_scripts.keep(DrillScript(**{**vars(row), "title": f"第{number}个"}))
        await sent(town, town.duty, SOUND.replace(TITLE, "又一个"))
        assert f"已有{MOST}个" in ((await town.press(town.duty, "保存脚本")).text or "")
        assert len(await kept(town)) == MOST


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
REFUSED: dict[str, tuple[str | bytes, int, str]] = {
    "an alias": (SOUND + "extra: &a 1\n", 10, "锚、别名或标签"),
    "a bomb": (BOMB, 1, "锚、别名或标签"),
    "a tag": (SOUND.replace("title: ", "title: !!python/object/apply:os.system "), 1, "锚、别名或标签"),
    "too large": (SOUND + "#" * LARGEST, 0, "文件太大"),
    "no text": (b"\xff\xfe\x00", 0, "不是 UTF-8"),
    "no YAML": ("title: [", 1, "不是合法的 YAML"),
    "nested without end": ("[" * LARGEST, 1, "太深"),
    "nested in lines": ("- " * 30_000, 1, "太深"),
    "another plan": (SOUND.replace(PLAN, "jincheng-energy"), 0, "您能导调的预案是"),
    "a plan by its path": (SOUND.replace(PLAN, "/etc/passwd.yaml"), 0, "您能导调的预案是"),
    "a title without end": (SOUND.replace(TITLE, "演" * 61), 0, "title 太长"),
    "an entry that is none": (SOUND.replace("goals:", "goal:"), 5, "没有 goal 这一项"),
}


@pytest.mark.parametrize(("content", "line", "found"), REFUSED.values(), ids=REFUSED)
def test_what_nobody_could_play_is_refused_before_anything_is_made_of_it(
    content: str | bytes, line: int, found: str
) -> None:
    data = content.encode() if isinstance(content, str) else content
    _, scenario, fault = read(data, PLANS)
    assert scenario is None and fault is not None and fault.grave
    assert fault.line == line and found in fault.found, fault


ENDED: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "检查超过": lambda patch: patch.setattr(script_check, "SECONDS", 0.05),
    "检查没有完成": lambda patch: patch.setattr(
        script_check, "_BOUNDED", script_check._BOUNDED.replace(str(script_check.MEMORY), "30000000")
    ),
}


@pytest.mark.parametrize(("said", "bound"), ENDED.items(), ids=ENDED)
async def test_a_check_that_takes_too_much_is_ended_and_says_so(
    monkeypatch: pytest.MonkeyPatch, said: str, bound: Callable[[pytest.MonkeyPatch], None]
) -> None:
    bound(monkeypatch)
    [fault] = await check(SOUND)
    assert fault.grave and said in fault.found


async def test_so_many_are_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_check, "AT_ONCE", 0)
    with pytest.raises(Busy):
        await check(SOUND)


def test_a_script_of_another_version_keeps_no_other_from_being_played_and_is_logged() -> None:
    kept = [
        DrillScript(
            jurisdiction=JURISDICTION, plan_id=PLAN, title=digest, digest=digest, text=text, by="chen",
            at=datetime(2026, 3, 2, tzinfo=UTC),
        )
        for digest, text in (("old", "steps: []\nnever: known\n"), ("new", SOUND))
    ]  # fmt: skip
    with structlog.testing.capture_logs() as logged:
        found = readable(kept)
    assert isinstance(found["new"], Scenario) and isinstance(found["old"], Unread)
    assert (found["old"].title, found["old"].line) == ("old", 1) and "缺 plan" in found["old"].found
    assert [(line["event"], line["script"]) for line in logged] == [("drill.script_not_read", "old")]


@pytest.mark.usefixtures("checked_here")
async def test_what_cannot_be_read_any_more_is_listed_with_its_reason_and_removed() -> None:
    """The others keep their numbers and buttons; a button that was shown while it could be read plays nothing."""
    async with Town.open() as town:
        for title in ("甲演练", "乙演练"):
            await sent(town, town.duty, SOUND.replace(TITLE, title))
            await town.press(town.duty, "保存脚本")
        await town.say(town.duty, town.bot, "/drill 脚本")
        shown = town.sees(town.duty, "演练脚本").labels()
        [first] = [label for label in shown if label.startswith("4.")]
        [second] = [label for label in shown if label.startswith("5.")]
        [broken] = [row for row in await kept(town) if row.title in second]
        town.forgiven = Forgiven(logs=("drill.script_not_read",))
        async with town.open_store.writing() as tx:  # as it stood under an earlier version
            await tx.drill_scripts.keep(replace(broken, text=broken.text.replace("goals:", "former:")))
        assert "有了变化" in ((await town.press(town.duty, second)).text or "")
        await town.say(town.duty, town.bot, "/drill 脚本")
        page = town.sees(town.duty, "演练脚本")
        assert f"5. {broken.title}（本地）：本版程序读不了，不能演。第5行：没有 former 这一项" in page.text
        assert "/drill 脚本 删除 5" in page.text
        assert first in page.labels() and not [label for label in page.labels() if broken.title in label]
        await town.say(town.duty, town.bot, "/drill 脚本 删除 5")
        assert broken.title in town.texts(town.duty)[-1]
        await town.press(town.duty, "确认删除")
        assert [row.title for row in await kept(town)] == [
            title for title in ("甲演练", "乙演练") if title != broken.title
        ]
        await town.say(town.duty, town.bot, "/drill 脚本")
        assert "读不了" not in town.sees(town.duty, "演练脚本").text
