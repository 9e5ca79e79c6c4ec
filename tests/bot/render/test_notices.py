"""What holds of every message that the stories of the core lead to."""

import re
from dataclasses import replace
from functools import cache

import pytest

from bot.render import Message, card, render, split, timeline_text, worksheet
from bot.render.labels import LONGEST, SHARED
from bot.render.message import LIMIT, units
from bot.render.notices import KEYS
from bot.render.view import View
from plans.core.notice import Notice
from plans.incident.levels import Declare
from plans.incident.requests import RequestVerification
from plans.incident.seat import TakeHandling
from tests.bot.render.story import CAMPUS, COMMANDER, FIRE, HEALTH, STORIES, Story, clock, night


@cache
def told(name: str) -> list[tuple[Notice, View]]:
    return STORIES[name]().told


@cache
def messages(name: str) -> list[tuple[Notice, View, Message]]:
    return [(notice, view, render(notice, view)) for notice, view in told(name)]


EVERY = pytest.mark.parametrize("name", sorted(STORIES))


def test_the_stories_tell_every_key():
    assert {notice.key for name in STORIES for notice, _ in told(name)} == KEYS


@EVERY
def test_no_message_shows_what_is_not_words(name):
    for notice, _, message in messages(name):
        strange = re.search(
            r"[{}]|None|True|False|datetime|timedelta|（）|、、|。。|；；|，，|  |\bperson:|_[a-z]+|\*", message.text
        )
        assert strange is None, (notice.key, strange, message.text)
        assert not message.text.startswith(("\n", " ")) and not message.text.endswith(("\n", " "))


@EVERY
def test_entities_lie_within_the_text_and_end_between_characters(name):
    for _, _, message in messages(name):
        raw = message.text.encode("utf-16-le")
        for entity in message.entities:
            assert 0 <= entity.offset < entity.end <= units(message.text)
            raw[2 * entity.offset : 2 * entity.end].decode("utf-16-le")


@EVERY
def test_buttons_are_short_and_at_most_two_a_row(name):
    for notice, _, message in messages(name):
        for row in message.rows:
            assert 1 <= len(row) <= 2
            assert all(0 < len(key.label) <= (SHARED if len(row) == 2 else LONGEST) for key in row), (notice.key, row)
        assert sum(len(row) for row in message.rows) <= 40  # of 100 that Telegram takes


@EVERY
def test_every_message_can_be_sent(name):
    for _, _, message in messages(name):
        assert all(units(part.text) <= LIMIT and len(part.entities) <= 100 for part in split(message))


@EVERY
def test_a_drill_is_marked_first_and_last_and_nothing_else_is(name):
    for _, view, message in messages(name):
        assert message.text.startswith("【演练】") is view.incident.drill
        assert message.text.endswith("【演练】") is view.incident.drill


def outsiders() -> list[str]:
    lines = [line.number for unit in CAMPUS.units if not unit.member for line in unit.lines]
    return lines + [line.replace("-", "")[1:] for line in lines]


def test_a_drill_shows_no_number_of_outsiders():
    assert len(outsiders()) > 20
    story = Story(drill=True, number=3).report("03:07").do("03:08", TakeHandling())
    story.do("03:09", RequestVerification(recipient="市委"))
    shown = [render(notice, view).text for notice, view in story.told] + [worksheet(story.view("seat")).text]
    assert any("不显示真实号码" in text for text in shown)
    assert [number for number in outsiders() for text in shown if number in text] == []


def test_the_same_numbers_are_shown_when_it_is_real():
    shown = worksheet(Story().report("03:07").do("03:08", TakeHandling()).view("seat")).text
    assert "市委值班室 0356-2062298\n+863562062298" in shown


def test_what_is_real_beside_a_drill_is_headed_so():
    story = Story().report("03:07")
    for notice, view in story.told:
        flagged = replace(view, flag=True)
        assert render(notice, flagged).text.startswith("【真实】")
        assert not render(notice, view).text.startswith("【真实】")


def test_what_comes_late_says_so():
    notice, view = Story().report("03:07").told[0]
    late = replace(view, online=False)
    assert "补发" in render(notice, late).text and "补发" not in render(notice, view).text


@EVERY
@pytest.mark.parametrize("kind", ["school", "members"])
def test_where_others_read_along_there_are_no_figures_names_or_words(name, kind):
    private = [
        "育才",
        "宿舍",
        "踩踏",
        "受伤",
        "死亡",
        "4人",
        "周校长",
        "张三",
        "李四",
        "王五",
        "Ⅰ",
        "Ⅱ",
        "Ⅲ",
        "较大",
        "误报原因",
        "4.1",
    ]
    for notice, view in told(name):
        shown = replace(view, place_kind=kind)
        message = render(notice, shown)
        assert [word for word in private if word in message.text] == [], (notice.key, message.text)
        assert message.rows == ()
        assert len(message.text) < 160


def test_the_raw_report_is_read_by_the_duty_seat_alone():
    raw = "宿舍楼楼梯踩踏，四名学生受伤，已拨120"
    shown = {
        (notice.to, view.place_kind)
        for name in STORIES
        for notice, view, message in messages(name)
        if raw in message.text
    }
    assert shown == {("seat", "private")}


def test_near_misses_are_kept_out_of_the_group():
    story = night()
    assert "临近" not in card(story.view("group")).text


@EVERY
def test_a_timeline_line_is_text(name):
    for notice, view in told(name):
        line = timeline_text(notice, view)
        assert line and (not notice.edits or "\n" not in line)


def test_the_timeline_names_what_changed_a_card():
    lines = [timeline_text(notice, view) for notice, view in told("night") if notice.edits]
    assert f"{HEALTH}：收到" in lines and "首报 已报 市委" in lines and "市政府占线" in lines


def of(name: str, key: str) -> str:
    return next(message.text for notice, _, message in messages(name) if notice.key == key)


def test_every_statement_cites_its_clause():
    assert "（4.3.3）" in of("night", "proposal") and "（4.3.3）" in of("night", "announcement")
    assert "突发事件应对法第七十二条" in of("night", "announcement")
    assert "（4.1.2；解读：从接到核实要求起算" in of("night", "verification")
    assert "（本地规定）" in of("night", "correction_due")
    assert "（4.5；解读：" in of("night", "ended")


def test_an_announcement_states_the_four_points_of_the_law():
    text = of("night", "announcement")
    assert [
        word
        for word in ("事项：", "级别：", "预计期限：", "处置措施（突发事件应对法第七十二条）：")
        if word not in text
    ] == []
    assert "办公室主任王五03:18电话宣布，记录人张三，待补签" in text


def test_a_first_death_of_others_is_not_told_as_a_fact():
    assert "有1人死亡的说法，未核实（来源：报告人，03:36）" in of("night", "death_unconfirmed")
    views = [view for notice, view in told("night") if notice.key == "death_unconfirmed"]
    assert "死亡正在核实，有1人死亡的说法，未核实" in card(views[0]).text


def test_conflicting_figures_are_both_shown_and_never_summed():
    text = of("night", "conflict")
    assert "报告人：4人（03:07）" in text and f"{HEALTH}：9人（03:37）" in text and "13" not in text


def test_a_correction_says_what_was_wrong_since_when():
    text = of("night", "correction")
    assert text.startswith("【更正1】17号：03:40所报“死亡1人”有误。03:55核实：死亡0人。")
    assert "勿转发旧消息" in text and "市委、市政府、区委、区政府" in text


def test_a_raised_level_is_calm_about_lateness():
    text = of("raised", "raised")
    assert "等级上调为重大" in text and "仍从事发起算" in text and "上调后补报" in text and "已逾期" not in text


def test_only_the_silent_are_named_and_mentioned():
    story = Story().report("03:07").do("03:12", Declare(level="Ⅱ", unreachable=frozenset({FIRE})), COMMANDER)
    story.until(clock("03:20"))
    notice, view = [item for item in story.told if item[0].key == "silent_units"][-1]
    units = notice.params["units"]
    message = render(notice, replace(view, mentions={unit: (n, f"联络员{n}") for n, unit in enumerate(units, 1)}))
    assert [entity.user for entity in message.entities if entity.type == "text_mention"] == [1, 2, 3, 4, 5]
    assert f"未应答（{len(units)}）" in message.text and "联络员5等" in message.text and len(units) > 5


def test_a_call_shows_its_own_duty_where_to_go_and_whom_to_ring():
    text = of("night", "call")
    assert "本单位职责：" in text and "去向：育才小学宿舍楼" in text and "牵头：" in text
    assert "区教育局值班室张三 0356-2250777\n+863562250777" in text
