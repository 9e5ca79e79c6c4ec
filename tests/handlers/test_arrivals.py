"""After 收到, over Telegram: one message that says what comes next; who answers for two units answers once."""

from __future__ import annotations

from bot.outgoing.units import deliveries
from tests.journeys.world import STAMPEDE, Town

FIRE, HEALTH = "区消防救援大队", "区卫生健康和体育局"


async def test_a_night_of_arrivals_from_the_call_to_the_word_to_the_seat() -> None:
    async with Town.open(units=(FIRE,)) as town:
        both = town.liaisons[FIRE]
        await town.grant(both, "liaison", HEALTH)
        await town.say(town.head, town.bot, STAMPEDE)
        await town.say(town.commander, town.group, "/declare Ⅱ 需要区里组织")
        before = town.count(both)
        await town.press(town.commander, "确认宣布")
        await town.settle()

        [call] = [line for line in before.new if "响应】请" in line.text]
        assert call.text.startswith(f"【Ⅱ级响应】请{FIRE}、{HEALTH}") or f"{HEALTH}、{FIRE}" in call.text
        assert f"{FIRE}职责：" in call.text and f"{HEALTH}职责：" in call.text
        assert call.labels()[0] == "都收到" and len(call.labels()) == 3
        await town.press(both, "都收到")
        incident = await town.incident()
        assert [incident.calls[unit].status for unit in (FIRE, HEALTH)] == ["收到", "收到"]
        async with town.open_store.reading() as rx:
            found = await deliveries(rx, incident)
        assert (found[FIRE], found[HEALTH]) == ("sent", "sent")

        await town.press(both, "已出发")
        shown = town.sees(both, "响应】请")
        assert shown.id == call.id, "the one message is edited"
        assert shown.labels()[:4] == ["约10分钟", "约20分钟", "约30分钟", "约60分钟"] and "撤回" in shown.labels()
        alone = next(label for label in shown.labels() if label.endswith("另答") and "卫" in label)
        await town.press(both, "约20分钟")
        incident = await town.incident()
        assert incident.calls[FIRE].expected_at == incident.calls[HEALTH].expected_at is not None
        assert "前后到" in town.sees(both, "响应】请").text
        await town.press(both, alone)
        await town.press(both, "约60分钟", words=f"请{HEALTH}：")
        incident = await town.incident()
        of_fire, of_health = (incident.calls[unit].expected_at for unit in (FIRE, HEALTH))
        assert of_fire is not None and of_health is not None and of_health > of_fire

        await town.say(town.duty, town.bot, "/status 1")
        assert "途中：" in town.sees(town.duty, "状态：").text and "前后到" in town.sees(town.duty, "状态：").text
        await town.press(town.duty, "叫应表")
        assert "前后到" in town.sees(town.duty, "叫应表").text
        assert any("途中：" in text for text in town.texts(town.duty, town.group))

        asked = town.count(both)
        await town.advance(minutes=26)
        [question] = [line for line in asked.new if "到了吗？" in line.text]
        assert FIRE in question.text and question.rang == "loud"
        assert question.labels() == ["已到场", "再10分钟", "再20分钟", "再30分钟", "再60分钟"]
        told = town.count(town.duty)
        await town.advance(minutes=10)
        [word] = [line for line in told.new if "到场情况" in line.text]
        assert f"{FIRE}：应" in word.text and "本案不再催到场" in word.labels()
        await town.press(both, "已到场", words="到了吗？")
        assert (await town.incident()).calls[FIRE].status == "已到场"

        await town.press(town.duty, "本案不再催到场", words="工作单")
        assert "本案不再催到场（" in town.sees(town.duty, "工作单").text
        quiet = town.count(both)
        await town.advance(hours=2)
        assert not [line for line in quiet.new if "到了吗？" in line.text]
        await town.press(town.duty, "恢复催到场")
        await town.advance(minutes=1)
        assert [line for line in quiet.new if "到了吗？" in line.text], "asked after all, once"


async def test_what_was_said_by_telephone_or_in_words_carries_a_time() -> None:
    async with Town.open(units=(FIRE,)) as town:
        await town.say(town.head, town.bot, STAMPEDE)
        await town.say(town.commander, town.group, "/declare Ⅱ 需要区里组织")
        await town.press(town.commander, "确认宣布")
        await town.say(town.duty, town.bot, f"/ack 1 {HEALTH} 已出发 半小时")
        call = (await town.incident()).calls[HEALTH]
        assert (call.status, call.recorded) == ("已出发", True) and call.expected_at is not None
        assert "约30分钟到" in town.texts(town.duty)[-1]
        await town.say(town.liaisons[FIRE], town.bot, "已出发，约20分钟到")
        call = (await town.incident()).calls[FIRE]
        assert (call.status, call.recorded) == ("已出发", False) and call.expected_at is not None
