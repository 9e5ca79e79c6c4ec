"""A school year begins, and a night comes: the list by a file, a head who joins, a report, her school is called.

On both databases: what is asked of a list of bodies is asked of each.
"""

from __future__ import annotations

from bot.exchange.tables import workbook
from tests.journeys.world import PLAN, Town

MOBILE = "139" + "0000" + "0001"
HEADS = ("学校名称", "简称", "类别", "所属镇街", "校长", "联系电话")
SCHOOLS = (
    ("晋城市城区凤鸣小学", "凤小", "小学", "北石店镇", "李校长", f"2250781、{MOBILE}"),
    ("河口中学", "", "中学", "东街街道", "王校长", MOBILE),
    ("青山小学", "", "小学", "东街街道", "", "2250783"),
    ("青山小学", "", "小学", "北石店镇", "", "2250784"),
    *((f"第{number}幼儿园", "", "幼儿园", "南街街道", "", "") for number in range(40)),
)
SCHOOL = "晋城市城区凤鸣小学"


async def listed(town: Town) -> None:
    """The administrator sends the workbook, looks, and takes it over."""
    await town.say(town.admin, town.bot, "/bodies")
    town.sees(town.admin, "单位名册（晋城市城区）共0个")
    town.admin.send_document(town.bot, workbook(HEADS, SCHOOLS), "2026秋学校.xlsx")
    await town.settle()
    assert "增加44个" in town.sees(town.admin, "将导入单位名册").text
    await town.press(town.admin, "确认导入")


async def declared(town: Town) -> None:
    await town.say(town.director, town.bot, "/declare 1 Ⅲ")
    await town.press(town.director, "确认宣布")


async def test_the_school_that_a_report_names_is_called_by_its_head(any_url):
    units = ("区消防救援大队", "区卫生健康和体育局", "市公安局城区分局", "区应急管理局", "区教育局")
    async with Town.open(any_url, network=True, units=units) as town:
        await listed(town)
        await town.say(town.admin, town.bot, f"/invite 校长 凤小 {PLAN}")
        link = town.sees(town.admin, "请把链接转给本人").text
        town.teacher.start(town.bot, link.split("start=")[1].split()[0])
        await town.settle()
        assert f"单位负责人 {SCHOOL}" in town.sees(town.teacher, "已登记").text

        await town.say(town.head, town.bot, "刚才凤小宿舍楼楼梯发生踩踏，4名学生受伤，已拨打120")
        assert f"事发学校：{SCHOOL}（原话“凤小”）" in town.sees(town.duty, "值班工作单").text
        await declared(town)
        case = await town.incident()
        assert {SCHOOL, "北石店镇人民政府"} <= case.calls.keys(), "the school, and the office of its township"
        assert "事发学校" not in case.calls and "事发镇街" not in case.calls
        call = town.sees(town.teacher, "1号")
        assert call.rang and "收到" in call.labels()
        await town.press(town.teacher, "收到")
        assert (await town.incident()).calls[SCHOOL].status == "收到"

        await town.restart()
        await town.say(town.duty, town.bot, f"/ack 1 {SCHOOL} 已到场")
        assert (await town.incident()).calls[SCHOOL].status == "已到场"
        read = town.texts(town.duty, town.group)
        assert any("凤鸣小学" in text for text in read)
        assert not any(MOBILE in text.replace(" ", "") for text in read)


async def test_a_school_without_anybody_bound_is_rung_by_the_number_of_the_list(any_url):
    async with Town.open(any_url, network=True, units=("区教育局",)) as town:
        await listed(town)
        await town.say(town.duty, town.bot, "/report 河口中学宿舍起火，2名学生受伤")
        await declared(town)
        case = await town.incident()
        assert not case.calls["河口中学"].reachable
        ring = next(text for text in reversed(town.texts(town.duty)) if MOBILE in text.replace(" ", ""))
        assert "河口中学" in ring, "who only left a mobile number is rung by it, and only the seat reads it"
        assert not any(MOBILE in text.replace(" ", "") for text in town.texts(town.duty, town.group))


async def test_two_schools_of_one_name_are_asked_about_and_a_wrong_one_is_let_go(any_url):
    async with Town.open(any_url, network=True, units=("区教育局",)) as town:
        await listed(town)
        town.teacher.start(town.bot)
        town.stranger.start(town.bot)
        await town.settle()
        await town.grant(town.teacher, "head", "青山小学（北石店镇）")
        await town.grant(town.stranger, "liaison", "河口中学")
        await town.say(town.duty, town.bot, "/report 青山小学楼梯踩踏，4名学生受伤")
        await declared(town)
        await town.press(town.duty, "青山小学（北石店镇）", words="请定事发学校")
        town.sees(town.teacher, "1号")
        await town.say(town.duty, town.bot, "/body 1 河口中学")
        assert "事发单位不是青山小学" in town.sees(town.teacher, "不用应答").text
        assert "收到" in town.sees(town.stranger, "1号").labels()
        await town.press(town.stranger, "收到")
        case = await town.incident()
        assert case.calls["河口中学"].status == "收到" and "青山小学（北石店镇）" not in case.calls
