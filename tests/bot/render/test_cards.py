"""The live card, the worksheet, tables, lists, previews and the record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.render import (
    call_table,
    card,
    choose_units,
    export,
    help,
    numbered_keys,
    preview_declare,
    preview_end,
    preview_oral,
    render,
    report_message,
    script_message,
    status,
    todo,
    worksheet,
)
from bot.render.catalogue import HELP
from bot.render.message import Message
from handlers.register import menus
from plans.incident.calling import UnitCalled, UnitInformed
from plans.incident.case import Outcome
from plans.incident.filing import File
from plans.incident.judging import Judge
from plans.incident.levels import Declare
from plans.incident.ringing import RingInVain
from plans.incident.seat import TakeHandling
from plans.incident.units import Acknowledge
from plans.load import DATA, load
from plans.obligations import demands
from plans.obligations.wanted import wanted
from tests.bot.render import story as s
from tests.bot.render.story import Story, clock


def labels(message: Message) -> list[str]:
    return [key.label for row in message.rows for key in row]


def taken() -> Story:
    return Story().report("03:07").do("03:08", TakeHandling())


def test_the_first_six_lines_are_what_a_commander_wants():
    story = taken().do("03:10", Judge(fact="capacity", option="local")).do("03:12", Declare(level="Ⅲ"), s.DIRECTOR)
    assert card(story.view("group")).text.split("\n")[:6] == [
        "17号 Ⅲ级响应（办公室主任，03:12启动）；事件等级 暂时无法判明（4.1.2）",
        "死亡正在核实；受伤4人（未核实，来源：报告人，03:07）",
        "待决定：无",
        "未应答单位（6/6）：育才小学、事发地镇（街道）、区教育局、市公安局城区分局、区卫生健康和体育局等",
        "下一时限：首报（电话） 03:32前（4.1.2），还差：市委、市政府、区委、区政府；另有立即报送1项",
        "地点：育才小学宿舍楼；03:02发生",
    ]


def beyond() -> Story:
    return taken().do("03:10", Judge(fact="capacity", option="beyond"))


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (taken, "待研判：现有力量够吗？（4.3），请值班员答复"),
        (beyond, "待决定：是否启动Ⅰ级响应（4.3.1），03:10建议，请指挥长决定"),
        (s.declined, "待决定：Ⅲ级暂不启动（4.3.3），03:10建议"),
        (s.closed, "待决定：无"),
        (s.night, "待补签：办公室主任的口头决定"),
    ],
)
def test_the_pending_decision_is_named(make, line):
    assert card(make().view("group")).text.split("\n")[2] == line


def test_a_moment_that_has_passed_is_no_next_deadline():
    story = Story().report("03:07").do("03:08", TakeHandling())
    story.do("03:09", File(report="首报", channel="电话")).do("03:10", File(report="首报", channel="书面"))
    assert "下一时限：03:32前应先判明等级" in card(story.view("group")).text
    story.until(clock("03:40"))
    story.at = clock("03:40")
    assert "下一时限：03:32前" not in card(story.view("group")).text


def test_a_reminder_at_the_deadline_says_so():
    story = Story().report("03:07").do("03:08", TakeHandling()).until(clock("03:32"))
    notice, view = next(item for item in story.told if item[0].key == "reminder" and item[1].now == clock("03:32"))
    assert "【时限已到】" in render(notice, view).text and "0分钟" not in render(notice, view).text


def test_an_assumed_time_says_so():
    text = card(Story().report("03:07", occurred_at=None, occurred_basis="").view("group")).text
    assert "约03:07（按接报时间，待核）发生" in text


def test_a_card_in_drill_begins_with_the_mark():
    assert card(s.drill().view("group")).text.startswith("【演练】3号 ")


def test_the_worksheet_ticks_each_recipient_with_time_and_taker():
    story = taken().do("03:16", RingInVain(recipient="市政府", outcome="占线"))
    story.do("03:17", RingInVain(recipient="市政府", outcome="没接通"))
    story.do("03:18", File(report="首报", channel="电话", to=("市委",), taker="刘科员", called_at=clock("03:15")))
    text = worksheet(story.view()).text
    assert "☑ 市委 03:15 刘科员接" in text
    assert "☐ 市政府（没接通2次）" in text
    assert "下一个电话：区委办公室 0356-2022492\n+863562022492" in text  # the engaged one comes last


def test_the_worksheet_offers_the_next_recipient_with_every_outcome():
    message = worksheet(taken().view())
    assert labels(message)[:8] == [
        "已报", "占线", "没接通", "要求核实", "2分钟前已报", "5分钟前已报", "10分钟前已报", "念稿拨号",
    ]  # fmt: skip
    assert "市政府已报" in labels(message)
    first = message.rows[0][0].press
    assert (first.action, first.args["to"]) == ("file", "市委") and first.object.startswith("owed:first-phone:")
    assert [key.press.args["minutes"] for row in message.rows for key in row if "minutes" in key.press.args] == [
        2,
        5,
        10,
    ]


def test_what_is_owed_is_worked_out_once_for_a_state_and_anew_for_the_next_and_for_another_policy(monkeypatch):
    view = taken().view()
    asked = []

    def counting(*given):
        asked.append(given)
        return wanted(*given)

    monkeypatch.setattr(demands, "wanted", counting)
    first = worksheet(view).text
    assert not asked, "it was worked out when the last step was decided"
    again = replace(view, incident=view.incident.fork())
    assert worksheet(again).text == worksheet(again).text == first
    assert len(asked) == 1
    assert worksheet(replace(again, policy=replace(again.policy))).text == first
    assert len(asked) == 2


def test_the_worksheet_says_what_was_last_heard_and_how_old_the_oldest_change_is():
    text = worksheet(s.changed().view()).text
    assert "☐ 市委、市政府、区委、区政府；对方上次听到：受伤4人，03:12" in text
    assert "最早未报的变化：03:20" in text


def test_what_depends_on_the_level_stands_apart():
    text = worksheet(taken().view()).text
    certain, _, maybe = text.partition("判明后才定")
    assert "省委" not in certain and "应先判明等级" in maybe and "应先判明等级" not in certain


def test_ones_own_line_is_not_rung():
    story = taken().do("03:10", File(report="首报", channel="电话", to=("市委", "市政府", "区委", "区政府")))
    assert "下一个电话：晋城市教育局 0356-2026307" in worksheet(story.view()).text


def test_the_script_message_carries_number_script_and_outcomes():
    message = script_message(taken().view())
    assert message.text.startswith("1/4 市委值班室 0356-2062298\n+863562062298\n您好，")
    assert "首报（电话） 03:32前（4.1.2）" in message.text
    assert labels(message) == ["已报", "占线", "没接通", "要求核实", "2分钟前已报", "5分钟前已报", "10分钟前已报"]


def test_the_script_message_asks_for_a_time_that_was_only_assumed():
    assert "/update" in script_message(Story().report("03:07", occurred_at=None, occurred_basis="").view()).text


def test_with_nothing_to_ring_it_says_so():
    assert script_message(s.mistake().view(), "no-such-key").text == "目前没有要打的电话。"


def test_a_written_report_is_one_block_to_copy():
    story = taken()
    assert story.incident is not None
    key = next(item.key for item in story.incident.open_instances if item.channel == "书面" and not item.possible)
    message = report_message(story.view(), key)
    block = next(entity for entity in message.entities if entity.type == "pre")
    raw = message.text.encode("utf-16-le")[2 * block.offset : 2 * block.end].decode("utf-16-le")
    assert raw.startswith("晋城市城区校园安全事故信息报告（首报）") and raw.endswith("不影响报送时限）")


def test_the_table_of_answers_names_the_time_taken():
    story = taken().do("03:12", Declare(level="Ⅲ"), s.DIRECTOR).do("03:15", Acknowledge(status="已出发"), s.LIAISON)
    text = call_table(story.view("group")).text
    assert "已出发（1）：区卫生健康和体育局 03:15（用时3分钟）" in text and "未应答（5）：" in text
    assert text.index("未应答") < text.index("已出发")


def test_a_status_in_a_school_group_is_neutral():
    text = status(s.night().view("group", place_kind="school")).text
    assert text == "17号 已终止"


def test_todo_names_drills_and_puts_real_incidents_first():
    text = todo([s.drill().view(), taken().view()]).text
    assert text.index("17号 育才") < text.index("【演练】3号 育才")
    assert text.startswith("待办（") and "03:32前 首报（电话）（4.1.2），还差：市委" in text
    assert todo([s.mistake().view()]).text != "没有待办。"  # the correction is still owed
    assert todo([]).text == "没有待办。"


@pytest.mark.parametrize("role", sorted(menus.ROLES))
def test_help_shows_at_most_six_commands(role):
    text = help(menus.help_of(role), menus.further_of(role)).text
    assert 1 <= text.count("\n/") <= 6
    assert all(f"/{name} {HELP[name]}" in text for name in (*menus.help_of(role), *menus.further_of(role)))


def test_help_in_a_school_group_is_one_line():
    assert help((), neutral=True, seat_line="0356-2250777").text.count("\n") == 0


def test_the_preview_states_the_four_points_and_that_it_cannot_be_taken_back():
    story = taken().do("03:10", Judge(fact="capacity", option="local"))
    message = preview_declare(story.view("role:director"), "Ⅲ")
    assert [
        word
        for word in ("事项：", "级别：Ⅲ级", "预计期限：", "处置措施（突发事件应对法第七十二条）：", "第七十二条")
        if word not in message.text
    ] == []
    assert "将以您的名义发出。发出后只能更正，不能撤回。" in message.text
    assert "将通知6个单位：育才小学、事发地镇（街道）、区教育局、市公安局城区分局" in message.text
    assert "事发地镇（街道）还不知道是哪一个，宣布后请值班员选定。" in message.text
    assert "（4.3.3 措施(2)；解读：适时通知" in message.text
    assert labels(message) == ["确认宣布", "返回", "改通知单位", "看条款4.3.3"]


def test_the_preview_of_another_level_than_proposed_asks_for_a_reason():
    story = taken().do("03:10", Judge(fact="capacity", option="local"))
    view = story.view("role:commander")
    assert "建议的是Ⅲ级，须写明理由才能宣布。" in preview_declare(view, "Ⅱ").text
    with_reason = preview_declare(view, "Ⅱ", reason="伤员增加").text
    assert "须写明理由" not in with_reason and "理由：伤员增加" in with_reason


@pytest.mark.parametrize(("level", "actor"), [("Ⅲ", s.DIRECTOR), ("Ⅱ", s.COMMANDER), ("Ⅰ", s.COMMANDER)])
@pytest.mark.parametrize("before", ["", "Ⅲ"])
def test_the_preview_names_whom_the_core_then_calls(level, actor, before):
    story = taken()
    if before:
        story.do("03:12", Declare(level=before), s.DIRECTOR).do("03:13", Acknowledge(status="已出发"), s.LIAISON)
    if before == level:
        return
    text = preview_declare(story.view(), level).text
    outcome = story.attempt("03:20", Declare(level=level, reason="情况"), actor)
    assert isinstance(outcome, Outcome)
    called = [item.event.unit for item in outcome.recorded if isinstance(item.event, UnitCalled)]
    assert called and f"将通知{len(called)}个单位：" in text
    informed = [item for item in outcome.recorded if isinstance(item.event, UnitInformed)]
    if not before:
        assert (f"另告知{len(informed)}个单位" in text) is bool(informed)


def test_an_unknown_level_has_no_preview():
    with pytest.raises(ValueError, match="Ⅳ"):
        preview_declare(taken().view(), "Ⅳ")


def test_a_spoken_decision_is_previewed_with_who_when_and_by_whom_recorded():
    message = preview_oral(taken().view(), "director", "declare", "Ⅲ", spoken_by="王五", spoken_at=clock("03:06"))
    assert "王五（办公室主任）03:06电话宣布启动Ⅲ级响应（4.3.3），记录人张三。" in message.text
    assert "待补签" in message.text and labels(message) == ["属实，公布", "返回"]
    assert message.rows[0][0].press.args["of"] == "director"
    ending = preview_oral(s.night().view(), "commander", "end", spoken_by="赵六")
    assert "宣布终止响应（4.5；解读：" in ending.text


def test_the_preview_of_an_end_says_what_is_owed_all_the_same():
    story = taken().do("03:12", Declare(level="Ⅲ"), s.DIRECTOR)
    text = preview_end(story.view(), "已处置完毕").text
    assert (
        "☐ 经确认应急处置工作结束" in text
        and "终止后仍要报：首报（立即）、首报（电话）（03:32前）、首报（书面）（04:02前）\n" in text
    )
    assert "未启动响应" in preview_end(taken().view()).text


def test_the_record_tells_due_done_late_taker_clause_and_corrections():
    text = export(s.night().view(), "未发现改动")
    assert "首报（电话），03:32前（4.1.2）：已报（迟报），迟2分钟" in text
    assert "　市委 03:15 电话，刘科员接，03:17登记" in text
    assert "更正1（03:55）：原报：死亡1人。更正为：死亡0人。听到过旧数字：市委、市政府、区委、区政府" in text
    assert "03:18 办公室主任王五启动Ⅲ级响应（电话宣布，记录人张三，未补签）" in text
    assert "4.1.2：书面的1小时同样从事发起算" in text and "更正的时限为本地规定" in text
    assert "记录完整性：未发现改动" in text
    assert "记录完整性：未检查" in export(s.night().view())


def test_the_record_of_a_filed_report_keeps_its_recipients_when_the_rule_asks_no_longer():
    text = export(s.night().view())
    row = text[text.index("续报，立即（4.1.3）：已报") :].split("\n")[1:5]
    assert row == ["　市委 03:50 电话", "　市政府 03:50 电话", "　区委 03:50 电话", "　区政府 03:50 电话"]


def test_texts_of_another_day_name_it():
    story = s.night()
    view = replace(story.view("group"), now=story.now + timedelta(days=2))
    assert "3月2日03:02发生" in card(view).text


def test_the_numbers_of_the_worksheet_are_those_of_its_keys():
    view = s.changed().view()
    keys = numbered_keys(view)
    assert [key.split(":")[0] for key in keys] == ["followup-casualties"]
    many = numbered_keys(taken().view())
    assert [key.split(":")[0] for key in many] == ["office-report", "first-phone", "first-written"]
    text = worksheet(taken().view()).text
    assert "\n1. 首报 立即" in text and "\n2. 首报（电话）" in text and "\n3. 首报（书面）" in text


def test_the_units_to_call_can_be_chosen():
    view = taken().view()
    message = choose_units(view, "Ⅲ", (s.FIRE,))
    assert "已选1个" in message.text
    found = {key.press.args.get("unit"): key.label for row in message.rows for key in row}
    assert found[s.FIRE].startswith("☑") and found[s.HEALTH] == "☐区卫健局"
    assert message.rows[-1][-1].press.action == "declare_preview"
    assert all(len(row) == 1 or all(len(key.label) <= 8 for key in row) for row in message.rows)


def test_units_without_a_liaison_are_answered_for_from_the_list_of_numbers():
    story = taken().do("03:12", Declare(level="Ⅱ", unreachable=frozenset({s.FIRE})), s.COMMANDER)
    notice, view = next(item for item in story.told if item[0].key == "ring_units")
    message = render(notice, view)
    assert "区消防救援大队 0356-3086119\n+863563086119" in message.text
    (key,) = message.rows[0]
    assert (key.press.action, key.press.args["unit"], key.press.args["status"]) == ("ack", s.FIRE, "收到")


def test_an_answered_call_shows_its_answer():
    story = taken().do("03:12", Declare(level="Ⅲ"), s.DIRECTOR).do("03:15", Acknowledge(status="已出发"), s.LIAISON)
    notice = next(notice for notice, _ in story.told if notice.to == f"unit:{s.HEALTH}")
    text = render(notice, story.view(notice.to)).text
    assert text.startswith("【Ⅲ级响应】请区卫生健康和体育局：已答复。") and text.endswith("03:15孙八答复：已出发")


def test_a_plan_without_levels_does_not_speak_of_one_that_is_not_determined():
    plan = load(DATA / "dehui-education-duties.yaml")
    story = Story(plan=plan).report("03:07", candidates=())
    assert "事件等级 本预案不分级" in card(story.view("group")).text
    ring = next(render(*item).text for item in story.told if item[0].key == "duty_ring")
    assert "等级未定" not in ring and "最早时限：" in ring


def test_the_worksheet_names_the_other_plan_that_the_report_may_belong_to():
    energy = load(DATA / "jincheng-energy.yaml")
    told = Story(plan=energy).report(text="天然气管道断裂", place="晋城市", facts={}, candidates=("gas",))
    other = "晋城市石油天然气管道输送突发事件应急预案（晋市政办〔2020〕67号）"
    line = f"可能另有预案：石油天然气管道输送突发事件，见{other}（1.3）"
    assert line in worksheet(told.view("seat")).text.split("\n")
    silent = Story(plan=energy).report(text="晋城电网减供负荷59%", place="晋城市", facts={}, candidates=("power",))
    assert "另有预案" not in worksheet(silent.view("seat")).text
