"""The list of bodies in the chat: imported from a file, undone, exported; bound, looked up, named in a report."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from bot.exchange.tables import tables_of, workbook
from bot.playground import Fault
from plans.areas.sheet import HEAD
from tests.handlers.test_inline import asked
from tests.journeys.world import JURISDICTION, PLAN, Forgiven, Town

MOBILE = "139" + "0000" + "0001"
HEADS = ("序号", "学校名称", "简称", "类别", "所属镇街", "校长", "联系电话")
SCHOOLS = [
    ("1", "凤鸣小学", "凤小", "小学", "北石店镇", "李校长", f"2250781、{MOBILE}"),
    ("2", "河口中学", "", "中学", "东街街道", "王校长", "0356-2250782"),
    ("3", "青山小学", "青小", "小学", "东街街道", "", ""),
    ("4", "青山小学", "", "小学", "北石店镇", "", ""),
]


def sheet(*rows: tuple[str, ...], head: tuple[str, ...] = HEADS) -> bytes:
    return workbook(head, rows or SCHOOLS)


async def send(town: Town, person, content: bytes, caption: str = "", name: str = "学校.xlsx", where=None):
    sent = person.send_document(where or town.bot, content, name, caption)
    await town.settle()
    return sent


async def listed(town: Town, *rows: tuple[str, ...]) -> None:
    await send(town, town.admin, sheet(*rows), "/bodies")
    await town.press(town.admin, "确认导入")


async def names(town: Town) -> list[str]:
    async with town.open_store.reading() as rx:
        return [row.id for row in await rx.bodies.all(JURISDICTION)]


async def test_a_file_is_shown_before_it_counts(town: Town):
    rows = (*SCHOOLS, ("5", "", "", "小学", "东街街道"), ("6", "凤鸣小学", "", "", "北石店镇"), ("合计", "5所"))
    await send(town, town.admin, sheet(*rows), "/bodies")
    shown = town.sees(town.admin, "将导入单位名册").text
    assert "增加4个，改动0个，不变0个" in shown and "凤鸣小学（凤小；小学；北石店镇；李校长" in shown
    assert "没有读的3处" in shown
    for words in ("第6行没有读：没有写名称", "第7行“凤鸣小学”没有读：第2行已有", "第8行没有读：“合计”不是单位"):
        assert words in shown
    assert await names(town) == []
    await town.press(town.admin, "确认导入")
    assert sorted(await names(town)) == sorted(["凤鸣小学", "河口中学", "青山小学", "青山小学（北石店镇）"])
    async with town.open_store.reading() as rx:
        log = [entry for entry in await rx.journal.load(f"admin:{JURISDICTION}") if entry.event == "bodies-listed"]
    assert [entry.payload["added"] for entry in log] == [4]


async def test_every_row_that_is_not_read_is_named_however_many(town: Town):
    rows = [*SCHOOLS, *((str(number), "", "", "小学", "某镇") for number in range(200))]
    await send(town, town.admin, sheet(*rows), "/bodies")
    assert "共200处没有读，全部写在附件里" in town.sees(town.admin, "将导入单位名册").text
    [file] = [item for item in town.world.state.files.values() if item.name == "没有读的.csv"]
    told = file.content.decode("utf-8-sig").splitlines()
    assert len(told) == 201 and all(f"第{number}行没有读" in line for number, line in enumerate(told[1:], 6))


async def test_the_file_that_was_asked_for_is_the_list_and_any_other_comes_with_a_report(town: Town):
    await town.say(town.admin, town.bot, "/bodies")
    town.sees(town.admin, "共0个")
    await send(town, town.admin, sheet())
    town.sees(town.admin, "增加4个")
    await town.advance(minutes=11)
    await send(town, town.admin, sheet(), name="现场.xlsx")
    assert len(await town.incidents()) == 1, "long after, a file is what comes with a report"


async def test_what_the_file_lacks_stays_unless_somebody_says_otherwise(town: Town):
    await listed(town)
    changed = [("1", "凤鸣小学", "凤小", "小学", "北石店镇", "新校长", "2250781"), *SCHOOLS[2:]]
    await send(town, town.admin, sheet(*changed), "/bodies")
    shown = town.sees(town.admin, "改动1个").text
    assert "负责人 李校长→新校长" in shown and "名册里有、表里没有的1个：河口中学" in shown
    await town.press(town.admin, "导入，表里没有的1个不再列入")
    assert "河口中学" not in await names(town)
    await town.say(town.admin, town.bot, "/bodies")
    await town.press(town.admin, "撤销上次导入")
    assert "河口中学" in await names(town)
    async with town.open_store.reading() as rx:
        rows = {row.id: row for row in await rx.bodies.all(JURISDICTION)}
    assert rows["凤鸣小学"].head == "李校长", "what was changed is as it was"


async def test_an_old_preview_is_drawn_anew_and_an_old_undo_does_nothing(town: Town):
    await listed(town)
    await town.say(town.admin, town.bot, "/bodies")
    await send(town, town.admin, sheet(("1", "东方小学")), "/bodies")
    await listed(town, ("1", "西方小学"))
    shown = town.told(town.admin, "增加1个")
    await town.press(town.admin, "确认导入", words="东方小学")
    assert "东方小学" not in await names(town)
    await town.press(town.admin, "确认导入", words="东方小学")
    assert {"东方小学", "西方小学"} <= set(await names(town)) and shown
    await town.press(town.admin, "撤销上次导入")
    assert {"东方小学", "西方小学"} <= set(await names(town)), "that was another list"


async def test_who_does_not_administer_neither_imports_nor_exports(town: Town):
    await send(town, town.duty, sheet(), "/bodies")
    town.sees(town.duty, "只有管理员可以这样做")
    assert not town.told(town.duty, "将导入") and await names(town) == []
    assert await town.incidents() == []


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"no table at all", "a.csv", "没有找到表头"),
        (b"PK\x03\x04broken", "a.xlsx", "表格文件坏了"),
        (b"", "a.csv", "文件是空的"),
        ("日期,主班\n3月1日,张三\n".encode(), "值班表.csv", "没有找到表头"),
    ],
)
async def test_what_is_no_list_is_told(town: Town, content, name, words):
    await send(town, town.admin, content, "/bodies", name)
    assert words in town.sees(town.admin, "没有读：").text


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(town: Town):
    town.forgiven = Forgiven(calls=("",))
    town.world.faults.add(Fault(kind="status", method="getFile", status=400, times=9, description="wrong file_id"))
    await send(town, town.admin, sheet(), "/bodies")
    town.sees(town.admin, "取不到这个文件")


async def test_the_list_is_exported_and_imported_again_without_a_change(town: Town):
    await listed(town)
    await town.say(town.admin, town.bot, "/bodies")
    assert "共4个" in town.sees(town.admin, "单位名册").text
    await town.press(town.admin, "导出名册")
    [file] = [item for item in town.world.state.files.values() if item.name == f"{JURISDICTION}单位名册.xlsx"]
    [table] = tables_of(file.name, file.content)
    assert table.rows[0][1] == list(HEAD) and len(table.rows) == 5
    await send(town, town.admin, file.content, "/bodies")
    town.sees(town.admin, "没有要导入的")


async def test_a_head_is_invited_by_the_schools_name_and_answers_for_it(town: Town):
    await listed(town)
    await town.say(town.admin, town.bot, "/invite 校长 凤小")
    link = town.sees(town.admin, "请把链接转给本人").text
    assert "负责人 凤鸣小学" in link
    town.stranger.start(town.bot, link.partition("start=")[2].split()[0])
    await town.settle()
    assert "负责人 凤鸣小学" in town.sees(town.stranger, "已登记").text
    await town.say(town.admin, town.bot, "/invite 负责人 青山小学（北石店镇）")
    assert "青山小学（北石店镇）" in town.sees(town.admin, "请把链接转给本人").text
    await town.say(town.admin, town.bot, "/invite 负责人 没有的学校")
    town.sees(town.admin, "没有“没有的学校”这个单位")


async def test_all_schools_are_invited_by_one_sheet_and_none_twice(town: Town):
    await listed(town)
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, "head", "河口中学")

    def units(name: str = "邀请函.docx") -> list[list[str]]:
        files = [item for item in town.world.state.files.values() if item.name == name]
        tables = [Document(io.BytesIO(file.content)).tables[0] for file in files]
        return [[row.cells[1].paragraphs[0].text for row in table.rows] for table in tables]

    await town.say(town.admin, town.bot, "/invite 全部 小学 东街街道")
    await town.advance(seconds=2)
    assert "为名册里1个还没有人登记的单位" in town.sees(town.admin, "附件可打印分发").text
    await town.say(town.admin, town.bot, "/invite 全部 学校")
    await town.advance(seconds=2)
    assert units() == [["青山小学"], ["凤鸣小学", "青山小学"]], "the head of one is bound, another is invited already"
    await town.say(town.admin, town.bot, "/invite 全部 学校")
    town.sees(town.admin, "没有要邀请的")
    await town.say(town.admin, town.bot, "/invite 全部 学校 某某乡")
    assert "“某某乡”" in town.sees(town.admin, "名册里没有").text


async def test_heads_are_invited_under_the_names_that_the_list_has(town: Town):
    await listed(
        town,
        ("1", "凤鸣小学", "", "小学", "北石店镇", "赵敏", f"2250781、{MOBILE}"),
        ("2", "河口中学", "", "中学", "东街街道", "王校长", f"{MOBILE}"),
        ("3", "青山小学", "", "小学", "东街街道", "钱一、钱二", ""),
        ("4", "白水小学", "", "小学", "东街街道", "", ""),
    )
    await town.say(town.admin, town.bot, "/invite 全部 学校")
    await town.advance(seconds=2)
    assert "其中1份写明了名册上的负责人姓名" in town.sees(town.admin, "附件可打印分发").text
    [sheet_] = [item for item in town.world.state.files.values() if item.name == "邀请函.docx"]
    cells = [row.cells[1].paragraphs[0].text for row in Document(io.BytesIO(sheet_.content)).tables[0].rows]
    assert sorted(cells) == sorted(["凤鸣小学（赵敏）", "河口中学", "白水小学", "青山小学"])
    async with town.open_store.reading() as rx:
        made = {item.unit: item for item in await rx.people.invitations(JURISDICTION)}
    assert {unit: (item.name, item.office, item.phone) for unit, item in made.items()} == {
        "凤鸣小学": ("赵敏", "凤鸣小学", MOBILE), "河口中学": ("", "", ""), "青山小学": ("", "", ""), "白水小学": ("",
    "", ""),
    }  # fmt: skip
    await town.say(town.admin, town.bot, "/invite 负责人 凤鸣小学")
    said = town.sees(town.admin, "给赵敏（凤鸣小学").text
    new = town.world.add_user("老赵")
    new.start(town.bot)
    await town.settle()
    await town.say(new, town.bot, "/start " + re.findall(r"start=([\w-]+)", said)[-1])
    await town.press(new, "是我")
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(new.id)
        assert known is not None and (known.real_name, known.office, known.phone) == ("赵敏", "凤鸣小学", MOBILE)
    await town.say(town.admin, town.bot, "/invite 负责人 凤鸣小学 姓名 孙五")
    assert "给孙五（凤鸣小学）" in town.sees(town.admin, "请把链接转给本人").text, "whatever the list says"


async def test_schools_are_found_by_whoever_may_and_mobiles_stay_out_of_groups(town: Town):
    await listed(town)
    await town.say(town.duty, town.bot, "/phone 凤鸣小学")
    private = town.sees(town.duty, "“凤鸣小学”：").text
    assert "0356-2250781" in private and MOBILE in private and "李校长" in private and "单位名册" in private
    await town.say(town.duty, town.group, "/phone@tocsin_bot 凤小")
    public = town.sees(town.duty, "“凤小”：", town.group).text
    assert "0356-2250781" in public and MOBILE not in public and "李校长" not in public
    await town.say(town.duty, town.bot, "/phone fmxx")
    assert "凤鸣小学" in town.sees(town.duty, "“fmxx”：").text
    ask = await asked(town, town.duty, "凤鸣小学", where=town.group)
    assert "凤鸣小学" in ask.titles or any(item["first_name"] == "凤鸣小学" for item in ask.results)
    assert MOBILE not in str(ask.results) and "李校长" not in str(ask.results)
    town.stranger.start(town.bot)
    await town.say(town.stranger, town.bot, "/phone 凤鸣小学")
    assert "2250781" not in "".join(town.texts(town.stranger))


async def test_a_report_that_names_a_school_says_which_it_was_taken_for(town: Town):
    await listed(town)
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, "reporter", "凤鸣小学")
    await town.say(town.duty, town.bot, "/report 凤小食堂有4名学生呕吐")
    await town.settle()
    case = await town.incident()
    assert [(item.words, item.bodies[0].id, item.sure) for item in case.mentions] == [("凤小", "凤鸣小学", True)]
    sheet_ = town.sees(town.duty, "值班工作单").text
    assert "事发学校：凤鸣小学（原话“凤小”）" in sheet_ and "发 /body" in sheet_
    await town.say(town.duty, town.bot, "/body 河口中学")
    town.sees(town.duty, "已定为河口中学")
    shown = town.sees(town.duty, "值班工作单").text
    assert "事发学校：河口中学" in shown and "河口中学→东街街道办事处" in shown
    await town.say(town.duty, town.bot, "/body 青山小学")
    assert "东街街道青山小学、北石店镇青山小学" in town.sees(town.duty, "不止一个").text
    await town.say(town.duty, town.bot, "/body 东街街道青山小学")
    assert (await town.incident()).bodies == {"事发学校": "青山小学"}
    await town.say(town.duty, town.bot, "/body 河口小学")
    assert "河口中学" in town.sees(town.duty, "名册里没有可作事发单位的“河口小学”").text
    await town.say(town.duty, town.bot, "/body")
    town.sees(town.duty, "请写单位名称")


async def test_a_head_who_names_no_school_reports_of_her_own(town: Town):
    await listed(town)
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, "head", "凤鸣小学")
    await town.say(town.teacher, town.bot, "我校食堂有4名学生呕吐")
    [mention] = (await town.incident()).mentions
    assert (mention.words, mention.bodies[0].id, mention.sure) == ("", "凤鸣小学", True)
    assert "事发学校：凤鸣小学\n" in town.sees(town.duty, "值班工作单").text + "\n"
    await town.say(town.teacher, town.bot, "河口中学门口有2人打架")
    assert [item.bodies[0].id for item in (await town.incident(2)).mentions] == ["河口中学"]


async def test_the_same_school_by_two_names_may_be_one_case_and_two_schools_are_two(town: Town):
    await listed(town)
    await town.say(town.head, town.bot, "凤小食堂着火，2名学生受伤")
    await town.say(town.head, town.bot, "凤小又有1人受伤")
    assert len(await town.incidents()) == 1, "it goes on about the same school"
    await town.say(town.head, town.bot, "河口中学也有2人受伤")
    assert [(await town.incident(2)).suspected] == [{}], "another school is another case, whatever its kind"
    await town.say(town.duty, town.bot, "/report 晋城市城区凤鸣小学食堂火灾")
    assert set((await town.incident(3)).suspected.values()) == {1}


async def test_a_school_of_which_there_are_two_is_asked_and_called(town: Town):
    await listed(town)
    await town.say(town.duty, town.bot, "/report 青山小学楼梯踩踏，4名学生受伤")
    assert "事发学校：可能是青山小学（东街街道）、青山小学（北石店镇）" in town.sees(town.duty, "值班工作单").text
    await town.say(town.director, town.bot, "/declare 1 Ⅲ")
    await town.press(town.director, "确认宣布")
    asked_ = town.sees(town.duty, "请定事发学校是哪一个")
    assert "“青山小学”" in asked_.text
    await town.press(town.duty, "青山小学（北石店镇）", words="请定事发学校")
    case = await town.incident()
    assert "事发学校" not in case.calls and case.stood["事发学校"] == "青山小学（北石店镇）"
    assert PLAN == case.plan
