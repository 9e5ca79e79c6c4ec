"""The page in a browser: what a visitor does and sees."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.demo.stage import OPENING, Deadline, Step
from tests.bot.demo.town import SCRIPT

pytestmark = pytest.mark.browser

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CONTRAST = Path(__file__).with_name("contrast.js")
HEADMASTER, GROUP, DUTY = "警钟，以张校长的身份", "城区校园安全指挥群，以李值班的身份", "警钟，以李值班的身份"


def pane(page, label):
    return page.get_by_role("region", name=label, exact=True)


def lines(page, label):
    return pane(page, label).locator(".line")


async def write(page, label, text):
    await pane(page, label).get_by_role("textbox").fill(text)
    await pane(page, label).get_by_role("textbox").press("Enter")


async def test_the_first_sentence_is_sent_with_one_click_and_reaches_both_sides(page, town):
    await expect(pane(page, HEADMASTER)).to_be_visible()
    await page.get_by_role("button", name="发送这句话").click()
    own = pane(page, HEADMASTER).locator(".line.own").filter(has_text=OPENING)
    await expect(own).to_be_visible()
    await expect(lines(page, HEADMASTER).last).to_contain_text("已记录 17号事件")
    await expect(lines(page, GROUP).filter(has_text="17号 实验小学踩踏").first).to_be_visible()
    await expect(pane(page, GROUP).locator(".pin")).to_contain_text("17号 实验小学踩踏")
    await expect(pane(page, GROUP).locator(".bubble .ring")).to_have_text("响铃")
    await expect(page.get_by_role("button", name="发送这句话")).to_have_count(0)


async def test_typed_text_is_sent_by_enter_and_shift_enter_makes_a_line(page, town):
    await expect(pane(page, HEADMASTER).get_by_role("button", name=re.compile("开始使用"))).to_be_visible()
    await pane(page, HEADMASTER).get_by_role("button", name=re.compile("开始使用")).click()
    box = pane(page, HEADMASTER).get_by_role("textbox")
    await box.press_sequentially("三班6个孩子吐了")
    await box.press("Shift+Enter")
    await box.press_sequentially("有1个最重")
    await box.press("Enter")
    own = pane(page, HEADMASTER).locator(".line.own .text").last
    await expect(own).to_have_text("三班6个孩子吐了\n有1个最重")
    await expect(box).to_have_value("")
    assert town.zhang.timeline(town.bot)[2].text == "三班6个孩子吐了\n有1个最重"


async def test_enter_that_ends_a_chinese_word_sends_nothing(page, town):
    town.zhang.start(town.bot)
    box = pane(page, HEADMASTER).get_by_role("textbox")
    await box.fill("踩")
    await box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await box.press("Enter")
    await expect(pane(page, HEADMASTER).locator(".line.own").last).to_contain_text("踩")
    assert [line.text for line in town.zhang.timeline(town.bot) if line.own] == ["/start", "踩"]
    await expect(box).to_have_value("")


async def test_a_press_shows_that_it_waits_and_then_a_passing_answer_or_a_dialog(page, town):
    await page.get_by_role("button", name="发送这句话").click()
    await pane(page, HEADMASTER).get_by_role("button", name="无误").click()
    await expect(page.locator(".toast")).to_contain_text("已登记")
    await pane(page, HEADMASTER).get_by_role("button", name="改一处").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("您不在值班席上，不能办理。")
    await expect(dialog.get_by_role("button", name="知道了")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    await town.call("sendMessage", chat_id=town.zhang.id, text="等一等",
                    reply_markup={"inline_keyboard": [[{"text": "没人应", "callback_data": "silence"}]]})  # fmt: skip
    slow = pane(page, HEADMASTER).locator(".key", has_text="没人应")
    await slow.click()
    await expect(slow).to_have_attribute("aria-busy", "true")
    (waiting,) = [press for press in town.world.state.presses.values() if press.data == "silence"]
    await slow.dispatch_event("click")
    assert len([press for press in town.world.state.presses.values() if press.data == "silence"]) == 1
    await town.call("answerCallbackQuery", callback_query_id=waiting.id, text="迟到的应答")
    await expect(page.locator(".toast").last).to_contain_text("迟到的应答")
    await expect(slow).not_to_have_attribute("aria-busy", "true")


async def test_other_buttons_copy_open_or_fill_the_input(page, town):
    town.zhang.start(town.bot)
    rows = [[{"text": "复制", "copy_text": {"text": "念稿"}}, {"text": "网页", "url": "https://example.org/x"}],
            [{"text": "查电话", "switch_inline_query_current_chat": "消防"}],
            [{"text": "加入", "url": "https://t.me/tocsin_bot?start=abc_1"}]]  # fmt: skip
    await town.call("sendMessage", chat_id=town.zhang.id, text="选一个", reply_markup={"inline_keyboard": rows})
    keys = pane(page, HEADMASTER).locator(".keys .key")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await keys.filter(has_text="复制").click()
    await expect(page.locator(".toast")).to_contain_text("已复制")
    assert await page.evaluate("navigator.clipboard.readText()") == "念稿"
    await keys.filter(has_text="网页").click()
    await expect(page.locator(".toast a")).to_have_attribute("href", "https://example.org/x")
    await keys.filter(has_text="查电话").click()
    offer = pane(page, HEADMASTER).locator(".offer")
    await expect(offer).to_contain_text("区消防救援大队")
    await pane(page, HEADMASTER).get_by_role("textbox").press("Enter")
    await expect(lines(page, HEADMASTER).filter(has_text="通过 @tocsin_bot")).to_contain_text("区消防救援大队")
    await keys.filter(has_text="加入").click()
    await expect(pane(page, HEADMASTER).locator(".line.own").filter(has_text="/start abc_1")).to_be_visible()


async def test_the_reply_keyboard_and_the_menu_of_commands_write_for_the_person(page, town):
    town.zhang.start(town.bot)
    await pane(page, HEADMASTER).get_by_role("button", name="📋 我的待办").click()
    await expect(pane(page, HEADMASTER).locator(".line.own").last).to_contain_text("📋 我的待办")
    box = pane(page, HEADMASTER).get_by_role("textbox")
    await box.press_sequentially("/")
    options = pane(page, HEADMASTER).locator(".offer")
    await expect(options).to_have_count(2)
    await box.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await box.press("Enter")
    await expect(box).to_have_value("/status ")
    await expect(options).to_have_count(0)


async def test_entities_are_drawn_and_work(page, town):
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    town.li.start(town.bot)
    await town.ring_duty()
    line = lines(page, DUTY).filter(has_text="待接报")
    await expect(line.locator("strong")).to_have_text("【待接报】17号 实验小学踩踏，伤4。")
    await expect(line.get_by_role("link", name="+863562022492")).to_have_attribute("href", "tel:+863562022492")
    await expect(line.locator("pre")).to_have_text(SCRIPT)
    await line.get_by_role("button", name="复制这段文字").click()
    await expect(page.locator(".toast")).to_contain_text("已复制")
    assert await page.evaluate("navigator.clipboard.readText()") == SCRIPT
    html = ("<b>粗<i>斜</i></b> <code>/x</code> <u>线</u><s>删</s> 😀<a href='javascript:alert(1)'>坏</a> "
            "<a href='https://example.org'>好</a> <tg-spoiler>密</tg-spoiler>")  # fmt: skip
    await town.call("sendMessage", chat_id=town.li.id, text=html, parse_mode="HTML")
    text = lines(page, DUTY).last.locator(".text")
    await expect(text.locator("strong > em")).to_have_text("斜")
    await expect(text.get_by_role("link")).to_have_count(1)
    await expect(text.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    await text.locator(".spoiler").click()
    await expect(text).to_have_text("粗斜 /x 线删 😀坏 好 密")


HOSTILE = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"


async def test_hostile_text_stays_text_wherever_it_is_shown(page, town):
    town.world.state.users[town.zhao.id].first_name = HOSTILE
    town.group.record.title = HOSTILE
    town.zhao.send(town.group, HOSTILE)
    await town.call("sendMessage", chat_id=town.group.id, text=HOSTILE,
                    reply_markup={"inline_keyboard": [[{"text": HOSTILE[:60], "callback_data": "x"}]]})  # fmt: skip
    town.li.pin(town.li.last(town.group))
    town.due = [Deadline(incident=1, report=HOSTILE, clause=HOSTILE, due=town.clock.now() + timedelta(minutes=9),
                         to=(HOSTILE,), status="pending", text=HOSTILE)]  # fmt: skip
    await page.reload()
    shown = page.locator("#panes section").nth(1)
    await expect(shown.locator(".text").first).to_have_text(HOSTILE)
    await expect(shown.locator(".sender").first).to_contain_text("<img")
    await expect(shown.locator(".pin")).to_contain_text("<img")
    await expect(page.locator(".deadline")).to_contain_text("<img")
    assert await page.locator("img[src='x'], main script, aside script").count() == 0
    assert await page.title() == "警钟 Tocsin · 演示"


async def test_replies_edits_and_deletions(page, town):
    town.li.start(town.bot)
    town.zhao.send(town.group, "消防已出发")
    bubble = lines(page, GROUP).filter(has_text="消防已出发").locator(".bubble")
    await bubble.hover()
    await bubble.get_by_role("button", name="回复").click()
    await write(page, GROUP, "收到，几个人？")
    own = pane(page, GROUP).locator(".line.own")
    await expect(own.locator(".quote")).to_contain_text("消防已出发")
    await own.locator(".bubble").hover()
    await own.get_by_role("button", name="修改").click()
    await expect(pane(page, GROUP).get_by_role("textbox")).to_have_value("收到，几个人？")
    await write(page, GROUP, "收到，几辆车？")
    await expect(own.locator(".text")).to_have_text("收到，几辆车？")
    await expect(own.locator(".meta")).to_contain_text("已编辑")
    await own.locator(".bubble").hover()
    await own.get_by_role("button", name="删除").click()
    await page.get_by_role("dialog").get_by_role("button", name="删除").click()
    await expect(own).to_have_count(0)
    assert [line.text for line in town.li.timeline(town.group) if line.own] == []


async def test_a_photo_is_uploaded_and_shown_and_a_voice_sent(page, town):
    town.zhang.start(town.bot)
    chooser = pane(page, HEADMASTER).locator("input[type=file]")
    await chooser.set_input_files({"name": "stairs.png", "mimeType": "image/png", "buffer": PIXEL})
    image = pane(page, HEADMASTER).locator("img.picture")
    await expect(image).to_be_visible()
    await expect(image).to_have_js_property("naturalWidth", 1)
    await pane(page, HEADMASTER).get_by_role("button", name="发送一段语音（示意）").click()
    await expect(lines(page, HEADMASTER).last).to_contain_text("语音 0:07")
    stored = town.world.state.files[town.zhang.timeline(town.bot)[-2].file_id or ""]
    assert stored.content == PIXEL


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


async def test_a_scene_leads_step_by_step_to_the_screen_that_shows_it(page, town):
    town.steps = [
        Step(number=1, of=2, text="校长报告。"),
        Step(number=2, of=2, text="主任被叫醒。", person=town.wang.id, chat=str(town.wang.id)),
    ]
    town.scripted = True
    await page.reload()
    await page.get_by_role("button", name="开始", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="开始演示").click()
    script = page.get_by_role("region", name="分步演示")
    await expect(script).to_contain_text("1/2 校长报告。")
    await script.get_by_role("button", name="下一步").click()
    await expect(script).to_contain_text("2/2 主任被叫醒。")
    await expect(pane(page, "警钟，以王主任的身份")).to_be_visible()
    await expect(script.get_by_role("button", name="下一步")).to_be_focused()
    assert town.asked[0] == ("play", "a")


async def test_restart_and_reset_are_asked_before_they_are_done(page, town):
    await page.get_by_role("button", name="强行关掉机器人再启动").click()
    await page.get_by_role("dialog").get_by_role("button", name="取消").click()
    await page.get_by_role("button", name="强行关掉机器人再启动").click()
    await page.get_by_role("dialog").get_by_role("button", name="关掉再启动").click()
    await expect(page.locator(".toast")).to_contain_text("机器人已重新启动")
    await page.get_by_role("button", name="全部恢复原状").click()
    async with page.expect_navigation():
        await page.get_by_role("dialog").get_by_role("button", name="恢复原状").click()
    await expect(page.get_by_role("button", name="发送这句话")).to_be_visible()
    assert town.asked == ["restart", "reset"]


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
    one = Deadline(incident=1, report="首报", clause="4.1", due=town.clock.now(), to=("区委",), status="pending")
    town.due = [replace(one, status=status) for status in ("pending", "possible", "overdue", "filed", "late", "waived")]
    town.world.changed("update")
    await expect(page.locator(".deadline.overdue")).to_be_visible()
    await page.locator(".deadlines summary").click()
    await expect(pane(page, DUTY).locator(".pre")).to_be_visible()
    weak = await page.evaluate(CONTRAST.read_text(encoding="utf-8"))
    assert weak == []
