"""Everything around the chats in a browser: time, deadlines, calls and faults, panes, scenes, narrow screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.demo.stage import Deadline, Look, NotPlayed, Step
from tests.bot.demo.screen import DUTY, GROUP, HEADMASTER, lines, pane
from tests.bot.demo.town import served

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CONTRAST = Path(__file__).with_name("contrast.js")


async def test_time_is_moved_and_deadlines_are_counted_down(page, town):
    await expect(page.locator(".clock")).to_have_text("03:06:00")
    await page.get_by_role("button", name="×60", exact=True).click()
    await expect(page.get_by_role("button", name="×60", exact=True)).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="×0 停").click()
    town.due = [Deadline(incident=17, report="首报", clause="4.1.2", due=town.clock.now() + timedelta(minutes=26),
                         to=("区委办公室", "市政府值班室"), filed=("区委办公室",), status="pending"),
                Deadline(incident=18, report="续报", clause="4.1.3", due=town.clock.now() - timedelta(minutes=3),
                         to=("区委办公室",), status="overdue", drill=True)]  # fmt: skip
    town.world.changed("update")
    late, due = page.locator(".deadline").nth(0), page.locator(".deadline").nth(1)
    await expect(due).to_contain_text("17号 首报")
    await expect(due).to_contain_text("还剩 26分00秒")
    await expect(due.locator("dd").first).to_have_text("市政府值班室")
    await expect(late).to_contain_text("演练 18号 续报")
    await expect(late).to_contain_text("已逾期")
    await expect(late).to_contain_text("超过 3分00秒")
    async with page.expect_response("**/demo/jump"):
        await page.get_by_role("button", name="跳到下一时限 03:32").click()
    assert town.asked == [("rate", 60.0), ("rate", 0.0), ("jump", timedelta(minutes=26))]


async def test_the_log_shows_calls_and_throws_faults_at_them(page, town):
    await page.get_by_text("接口记录与故障").click()
    rows = page.locator(".calls tbody tr")
    await expect(rows.filter(has_text="setMyCommands")).to_contain_text("成功")
    await page.locator(".faults select").first.select_option("sendMessage")
    async with page.expect_response("**/play/faults"):
        await page.get_by_role("button", name="429 稍后再试").click()
    (order,) = town.world.faults.orders
    assert (order.kind, order.status, order.retry_after, order.method, order.times) == (
        "status", 429, 5, "sendMessage", 1)  # fmt: skip
    with pytest.raises(AssertionError, match="retry after 5"):
        await town.call("sendMessage", chat_id=town.group.id, text="x")
    refused = rows.filter(has_text="Too Many Requests: retry after 5")
    await expect(refused).to_contain_text("故障：拒绝 · 429")
    await expect(refused).to_have_class("bad")
    await expect(page.locator(".counts")).to_contain_text("1 次不顺")
    async with page.expect_response("**/play/faults"):
        await page.get_by_role("button", name="取消所有故障").click()
    assert town.world.faults.orders == []


async def test_panes_are_opened_turned_closed_and_kept_over_a_reload(page, town):
    panes = page.locator(".pane")
    await expect(panes).to_have_count(3)
    await (
        page.get_by_role("navigation", name="人物与会话")
        .locator(".person")
        .filter(has_text="王主任")
        .get_by_role("button", name="城区校园安全指挥群")
        .click()
    )
    await expect(panes).to_have_count(4)
    await pane(page, HEADMASTER).get_by_role("button", name="关闭窗口").click()
    await pane(page, DUTY).get_by_label("身份").select_option(label="赵联络 · 联络员·区消防救援大队")
    await expect(pane(page, "警钟，以赵联络的身份")).to_be_visible()
    await page.reload()
    await expect(panes).to_have_count(3)
    labels = [await panes.nth(number).get_attribute("aria-label") for number in range(3)]
    assert labels == [GROUP, "警钟，以赵联络的身份", "城区校园安全指挥群，以王主任的身份"]


async def test_what_nobody_looks_at_is_counted_as_unread(page, town):
    await page.get_by_role("button", name="发送这句话").click()
    await expect(lines(page, GROUP).first).to_be_visible()
    people = page.get_by_role("navigation", name="人物与会话")
    director = people.locator(".person").filter(has_text="王主任")
    await expect(director.locator(".badge")).to_have_text("1条未读")
    await expect(people.locator(".person").filter(has_text="李值班").locator(".badge")).to_have_count(0)
    await director.get_by_role("button", name="城区校园安全指挥群").click()
    await expect(director.locator(".badge")).to_have_count(0)
    assert town.wang.unread(town.group) == 0


async def test_muting_and_a_message_that_does_not_ring(page, town):
    await pane(page, GROUP).get_by_role("button", name="免打扰").click()
    await expect(pane(page, GROUP).get_by_role("button", name="取消免打扰")).to_be_visible()
    town.zhao.send(town.group, "普通一句")
    await expect(lines(page, GROUP).filter(has_text="普通一句").locator(".ring")).to_have_text("免打扰")
    await town.call("sendMessage", chat_id=town.group.id, text="悄悄一句", disable_notification=True)
    await expect(lines(page, GROUP).filter(has_text="悄悄一句").locator(".ring")).to_have_text("无声")


async def test_a_scene_leads_step_by_step_to_the_screens_that_show_it(page, town):
    for person in (town.zhang, town.wang):
        person.start(town.bot)
    await town.call("sendMessage", chat_id=town.wang.id, text="请您决定：17号是否启动Ⅲ级响应\n03:14建议",
                    reply_markup={"inline_keyboard": [[{"text": "启动Ⅲ级", "callback_data": "x"}]]})  # fmt: skip
    looks = (
        Look(person=town.wang.id, chat=str(town.wang.id), words=("17号是否启动Ⅲ级响应", "启动Ⅲ级")),
        Look(person=town.li.id, chat=town.group.key),
    )
    town.steps = [
        Step(scene="a", number=1, of=2, text="校长报告。"),
        Step(scene="a", number=2, of=2, text="主任被叫醒。", clause="4.3.3", looks=looks, popups=("王主任：已登记",)),
    ]
    town.scripted = True
    await page.reload()
    await page.get_by_role("button", name="夜A：宿舍楼踩踏").click()
    script = page.get_by_role("region", name="分步演示")
    await expect(script).to_contain_text("校长报告。")
    await expect(script.get_by_role("button", name="下一步")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(script).to_contain_text("主任被叫醒。 预案 4.3.3")
    await expect(script).to_contain_text("2/2")
    await expect(script).to_contain_text("按键应答：王主任：已登记")
    await expect(page.locator(".pane")).to_have_count(3)
    wang = pane(page, "警钟，以王主任的身份")
    await expect(wang.locator(".line.spotted")).to_contain_text("17号是否启动Ⅲ级响应")
    await expect(wang.locator(".key.spotted")).to_have_text("启动Ⅲ级")
    assert await page.evaluate("[...CSS.highlights.get('spot')].map(String)") == ["17号是否启动Ⅲ级响应"]
    await expect(pane(page, GROUP)).to_be_visible()
    await expect(script).to_contain_text("演完了")
    assert town.asked[0] == ("play", "a")
    await page.reload()
    await expect(script).to_contain_text("主任被叫醒。")
    await expect(wang.locator(".line.spotted")).to_be_visible()


async def test_a_scene_that_stops_says_why_and_can_be_tried_again(page, town):
    town.scripted = True
    town.shown = Step(scene="a", number=1, of=3, text="一")

    async def stuck():
        raise NotPlayed("王主任没有看到「启动Ⅲ级」")

    town.step = stuck
    await page.reload()
    script = page.get_by_role("region", name="分步演示")
    await script.get_by_role("button", name="下一步").click()
    await expect(page.locator(".toast.bad")).to_contain_text("王主任没有看到「启动Ⅲ级」")
    await expect(script.get_by_role("button", name="下一步")).to_be_focused()


async def test_the_power_is_cut_at_once_and_a_fresh_start_is_asked_first(page, town):
    await page.get_by_role("button", name="拔掉机器人的电源").click()
    await expect(page.locator(".toast")).to_contain_text("机器人已断电")
    await expect(page.locator(".link-state")).to_have_text("机器人断电中")
    await page.get_by_role("button", name="重新启动机器人").click()
    await expect(page.get_by_role("button", name="拔掉机器人的电源")).to_be_visible()
    await expect(page.locator(".link-state")).to_have_text("")
    await page.get_by_role("button", name="全部恢复原状").click()
    await page.get_by_role("dialog").get_by_role("button", name="取消").click()
    await page.get_by_role("button", name="全部恢复原状").click()
    async with page.expect_navigation():
        await page.get_by_role("dialog").get_by_role("button", name="恢复原状").click()
    await expect(page.get_by_role("button", name="发送这句话")).to_be_visible()
    assert town.asked == ["kill", "revive", "reset"]


async def test_a_narrow_screen_shows_one_view_at_a_time(page, town):
    await page.set_viewport_size({"width": 390, "height": 844})
    tabs = page.get_by_role("navigation", name="切换画面").get_by_role("button")
    await expect(tabs).to_have_count(5)
    await expect(page.locator(".pane:visible")).to_have_count(1)
    await tabs.filter(has_text="人物").click()
    await expect(page.get_by_role("navigation", name="人物与会话")).to_be_visible()
    await expect(page.locator(".pane:visible")).to_have_count(0)
    await page.locator(".person").filter(has_text="赵联络").get_by_role("button", name="警钟（私聊）").click()
    await expect(page.locator(".pane:visible")).to_have_count(1)
    await expect(pane(page, "警钟，以赵联络的身份")).to_be_visible()
    await tabs.last.click()
    await expect(page.get_by_role("complementary")).to_be_visible()
    await expect(page.get_by_role("region", name="接口记录")).to_be_visible()
    lever, log = page.get_by_role("button", name="全部恢复原状"), page.get_by_role("region", name="接口记录")
    town.due = [
        Deadline(incident=number, report="首报", clause="4.1", due=town.now(), to=("区委",), status="pending")
        for number in range(12)
    ]
    town.world.changed("update")
    await expect(page.locator(".deadline")).to_have_count(12)
    above, below = await lever.bounding_box(), await log.bounding_box()
    assert above and below and above["y"] + above["height"] < below["y"]
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await town.call("sendMessage", chat_id=town.group.id, text="没人看见")
    await expect(tabs.filter(has_text="城区校园安全指挥群").locator(".badge")).to_have_text("1条未读")


async def test_everything_is_reached_by_keyboard_and_has_a_name(page, town):
    town.li.start(town.bot)
    await expect(pane(page, DUTY).get_by_role("button", name="☎ 查电话")).to_be_visible()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, input, a")]
            .filter((one) => one.checkVisibility())
            .filter((one) => !(one.innerText?.trim() || one.ariaLabel || one.labels?.length || one.title))
            .map((one) => one.outerHTML)"""
    )
    assert nameless == []
    await page.locator("#intro-toggle").focus()
    seen = []
    for _ in range(60):
        await page.keyboard.press("Tab")
        seen.append(await page.evaluate("document.activeElement.closest('[aria-label]')?.ariaLabel ?? ''"))
    assert {"人物与会话", "警钟的消息", "写消息", "发送一段语音（示意）", HEADMASTER, GROUP, DUTY, "时间快慢"} <= set(
        seen
    )


async def test_text_stands_out_from_its_ground(page, town):
    town.li.start(town.bot)
    await page.get_by_role("button", name="发送这句话").click()
    await expect(pane(page, DUTY).locator(".pre")).to_be_visible()
    one = Deadline(incident=1, report="首报", clause="4.1", due=town.clock.now(), to=("区委",), status="pending")
    town.due = [replace(one, status=status) for status in ("pending", "possible", "overdue", "filed", "late", "waived")]
    town.world.changed("update")
    await expect(page.locator(".deadline.overdue")).to_be_visible()
    await page.locator(".deadlines summary").click()
    weak = await page.evaluate(CONTRAST.read_text(encoding="utf-8"))
    assert weak == []


async def test_a_town_that_was_away_is_followed_again(browser, town):
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    async with served(town) as address:
        await page.goto(address)
        await page.wait_for_selector("body.ready")
        await expect(pane(page, GROUP)).to_be_visible()
    said = page.locator(".link-state")
    await expect(said).to_have_text("与小城的连接断了，正在重连…")
    town.zhao.send(town.group, "断线时说的")
    async with served(town, int(address.rpartition(":")[2])):
        await expect(said).to_have_text("", timeout=20_000)
        await expect(lines(page, GROUP).filter(has_text="断线时说的")).to_be_visible()
        town.zhao.send(town.group, "连上后说的")
        await expect(lines(page, GROUP).filter(has_text="连上后说的")).to_be_visible()
        await page.close()
