"""The chats in a browser: what a visitor writes, presses and reads."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.demo.stage import OPENING, Deadline
from tests.bot.demo.screen import DUTY, GROUP, HEADMASTER, lines, pane, write
from tests.bot.demo.town import SCRIPT

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


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


async def test_topics_of_a_forum_are_shown_apart(page, town):
    town.group.record.forum = True
    town.zhao.send(town.group, "大家好")  # a topic has the number of the line that opened it, and 1 is General
    thread = town.li.create_topic(town.group, "17号")
    town.zhao.send(town.group, "到场了", thread=thread)
    town.zhao.send(town.group, "吃饭了吗")
    await expect(lines(page, GROUP).filter(has_text="吃饭了吗")).to_be_visible()
    topics = pane(page, GROUP).get_by_role("group", name="话题")
    await topics.get_by_role("button", name="17号").click()
    await expect(lines(page, GROUP).filter(has_text="吃饭了吗")).to_have_count(0)
    await expect(lines(page, GROUP).filter(has_text="到场了")).to_be_visible()
    await write(page, GROUP, "几辆车？")
    await expect(pane(page, GROUP).locator(".line.own").last).to_contain_text("几辆车？")
    assert town.li.timeline(town.group)[-1].thread == thread


async def test_a_reader_of_old_lines_is_not_torn_away_by_new_ones(page, town):
    for number in range(40):
        town.zhao.send(town.group, f"第{number}句")
    newest = lines(page, GROUP).filter(has_text="第39句")
    await expect(newest).to_be_in_viewport()
    await pane(page, GROUP).get_by_role("log").evaluate("log => log.scrollTo(0, 0)")
    oldest = lines(page, GROUP).filter(has_text="第0句")
    await expect(pane(page, GROUP).get_by_role("button", name="↓ 最新")).to_be_visible()
    town.zhao.send(town.group, "新的一句")
    await pane(page, GROUP).get_by_role("button", name="↓ 1 条新消息").wait_for()
    await expect(oldest).to_be_in_viewport()
    await pane(page, GROUP).get_by_role("button", name="↓ 1 条新消息").click()
    await expect(lines(page, GROUP).filter(has_text="新的一句")).to_be_in_viewport()


async def test_pins_stack_and_each_leads_to_its_line(page, town):
    for number in range(40):
        town.li.send(town.group, f"第{number}句")
    first, *_, last = town.li.timeline(town.group)
    town.li.pin(first)
    town.li.pin(last)
    bar = pane(page, GROUP).locator(".pin")
    await expect(bar).to_have_text("置顶 2/2第39句")
    await bar.click()
    await expect(bar).to_have_text("置顶 1/2第0句")
    await bar.click()
    await expect(lines(page, GROUP).filter(has_text="第0句").first).to_be_in_viewport()
    town.li.unpin(last)
    town.li.unpin(first)
    await expect(bar).to_be_hidden()


async def test_a_forced_reply_is_written_as_one(page, town):
    town.zhang.start(town.bot)
    await expect(lines(page, HEADMASTER).filter(has_text="您好")).to_be_visible()
    await town.call("sendMessage", chat_id=town.zhang.id, text="在哪一层？", reply_markup={"force_reply": True})
    await expect(pane(page, HEADMASTER).locator(".context")).to_contain_text("在哪一层？")
    await write(page, HEADMASTER, "二层")
    await expect(pane(page, HEADMASTER).locator(".line.own .quote")).to_contain_text("在哪一层？")


async def test_lines_are_walked_by_arrow_keys_and_their_tools_reached_by_tab(page, town):
    town.zhao.send(town.group, "一")
    town.zhao.send(town.group, "二")
    await expect(lines(page, GROUP)).to_have_count(2)
    await pane(page, GROUP).get_by_role("log").focus()
    await page.keyboard.press("ArrowUp")
    await expect(lines(page, GROUP).nth(1)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")
    await expect(lines(page, GROUP).nth(0).get_by_role("button", name="回复")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(pane(page, GROUP).locator(".context")).to_contain_text("一")
    await expect(pane(page, GROUP).get_by_role("textbox")).to_be_focused()
