"""What rings nobody any more stands on the page of the next hand-over: every ladder, behind its last step."""

from __future__ import annotations

from datetime import timedelta

from bot.office.handover import matters_of
from plans.desk.entry_rings import rings_at
from tests.handlers.test_log import entries
from tests.handlers.test_warning import RAIN
from tests.journeys.world import PLAN, STAMPEDE, Town, plans
from tests.plans.core.test_ladders import LADDERS

STANDS: dict[str, tuple[str, str]] = {
    "reminded": ("incidents", "首报"),
    "units-escalated": ("incidents", "未应答（"),
    "arrivals-asked": ("incidents", "过了约定时间还没有到场：区应急管理局"),
    "units-idle": ("incidents", "收到后没有下文：区卫生健康和体育局"),
    "proposal-rung": ("incidents", "Ⅲ"),
    "aid-rung": ("incidents", "专家3名"),
    "release-rung": ("incidents", "信息发布"),
    "reporter-sent-to-phone": ("incidents", "首报（电话）"),
    "warning-proposal-rung": ("warnings", "待发布"),
    "warning-recipients-escalated": ("warnings", "未应答"),
    "warning-expiry-asked": ("warnings", "已到期，没有解除或延长"),
    "entry-rung": ("entries", "报人数"),
    "handover-unsigned": ("handovers", "交接班1号没有签齐"),
    "desk-recipients-reminded": ("announcements", "通知1号"),
    "desk-silent-listed": ("announcements", "通知1号"),
    "desk-draft-rung": ("announcements", "通知2号"),
    "instruction-chased": ("instructions", "指令1号"),
}
"""By the event that a clock records: the section of the page and words of its line."""

NOTHING_LEFT = {
    "spotcheck-asked", "word-asked-again", "duty-digest-sent", "duty-end-reminded", "duty-daily-asked",
    "drill-item-played", "drill-held",
}  # fmt: skip
"""A spot check is over with its table, a drill by its script stands there by its incident; doubts and duties do
by ``tests/bot/office/test_open_matters.py``."""


def test_every_ladder_is_in_the_table():
    assert {name.partition(" ")[0] for name in LADDERS} == set(STANDS) | NOTHING_LEFT


AWAY = (20, 20, 9 * 60, 24 * 60, 24 * 60)
"""Minutes after each of which the clock goes on: what fell due meanwhile is said once, so that ladders end sooner."""


async def test_what_rings_nobody_any_more_stands_on_the_page(file_url: str):
    async with Town.open(file_url) as town:
        health, emergency = town.liaisons["区卫生健康和体育局"], town.liaisons["区应急管理局"]
        await town.say(town.head, town.bot, STAMPEDE)
        await town.say(town.duty, town.bot, "/oral 1 指挥长 启动 Ⅱ")
        await town.press(town.duty, "属实，公布")
        for person in (health, emergency):
            await town.press(person, "收到")
        await town.press(emergency, "已出发")
        await town.press(emergency, "约10分钟")
        for text in ("/aid 市政府 专家3名", "/verify 死亡0 受伤4 一般", "/release 伤员已送医"):
            await town.say(town.duty, town.bot, text)
        await town.press(town.duty, "送审或提交")
        await town.say(town.head, town.bot, "/report 第八中学食堂3人呕吐")
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.say(town.duty, town.bot, "记 市政府值班室张 来电：9时前报人数")
        await town.say(town.duty, town.bot, "/instruct 王副区长 全区排查，明天下班前报结果")
        await town.press(town.duty, "区教育局", words="指令1号")
        for words in ("指令1号", "通知1号"):
            if words == "通知1号":
                await town.say(town.duty, town.bot, "/notice 区教育局：明早8点开会")
            await town.press(town.duty, "预览", words=words)
            await town.press(town.duty, "发出", words="请确认")
        await town.say(town.duty, town.bot, "/notice 区教育局：后天8点开会")
        await town.say(town.duty, town.bot, RAIN)
        await town.press(town.duty, "预览", words="待处理")
        await town.press(town.duty, "确认转发", words="请确认")
        await town.say(town.duty, town.bot, RAIN.replace("暴雨", "大风"))
        await town.say(town.second, town.bot, "/shift")
        for minutes in AWAY:
            await town.restart(timedelta(minutes=minutes))
            await town.settle()
        assert town.program is not None
        async with town.open_store.reading() as rx:
            matters = await matters_of(rx, town.program.service, [plans()[PLAN]], town.clock.now())
        assert all(rings_at(item) is None for item in await entries(town))
        for name, (section, words) in STANDS.items():
            lines = [item.line for item in matters if item.section == section]
            assert any(words in line for line in lines), (name, words, "\n".join(lines))
