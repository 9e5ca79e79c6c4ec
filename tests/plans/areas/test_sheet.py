"""The list of bodies as offices write it: every row is read, or named with its row and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.areas import Body
from plans.areas.changes import changes, differences
from plans.areas.sheet import HEAD, NoList, read_sheets, to_cells
from plans.cells import Table

AREA = "0356"


def table(*rows: str, name: str = "") -> Table:
    cells = [(number, row.split("|")) for number, row in enumerate(rows, 1)]
    return Table(rows=tuple((number, row) for number, row in cells if any(row)), name=name)


LIST = table(
    "2026年秋季学校一览表",
    "序号|学校名称|简称|类别|所属镇街|校长|联系电话|办学性质",
    "1|凤鸣小学|凤小、凤鸣|小学|城关镇|李校长|2250777/13900000001|公办",
    "2|河口中学||中学|河口乡|||公办",
    "3||||||0356-2250778|",
    "4|凤鸣小学||小学|城关镇|王校长||",
    "5|青山小学||小学|河口乡|赵校长|见备注|",
    "合计|5所",
    "填表人：钱老师",
)


def test_a_list_is_read_and_what_is_not_is_named():
    reading = read_sheets([LIST], AREA)
    assert [row.body for row in reading.rows] == [
        Body(id="", name="凤鸣小学", short=("凤小", "凤鸣"), kind="小学", township="城关镇", head="李校长",
             phones=("0356-2250777", "13900000001")),
        Body(id="", name="河口中学", kind="中学", township="河口乡"),
        Body(id="", name="青山小学", kind="小学", township="河口乡", head="赵校长"),
    ]  # fmt: skip
    assert list(reading.problems) == [
        "第5行没有读：没有写名称（3，0356-2250778）",
        "第6行“凤鸣小学”没有读：第3行已有同名同镇街的，请只留一行",
        "第7行“青山小学”的电话没有读：“见备注”不是电话号码，应写作 0356-2250777、0356-2250777转801 或 12345",
        "第8行没有读：“合计”不是单位",
        "第9行没有读：“填表人：钱老师”不是单位",
    ]
    assert reading.unread == ("“办学性质”一列没有读",)


def test_headings_in_two_rows_are_read_together():
    """A merged cell stands in each of its places, as the reader of workbooks writes it; some leave them blank."""
    wanted = Body(
        id="", name="凤鸣小学", kind="小学", township="城关镇", head="李校长", phones=("0356-2250777", "13900000001")
    )
    for upper, lower in (
        ("序号|学校名称|类别|镇街|校长|校长|校长", "序号|学校名称|类别|镇街|姓名|办公电话|手机"),
        ("序号|学校名称|类别|镇街|校长||", "||||姓名|电话|手机号码"),
        ("序号|学校名称|基本情况||负责人情况||", "||类别|所属镇街|姓名|电话|手机"),
    ):
        reading = read_sheets(
            [table("学校一览表", upper, lower, "1|凤鸣小学|小学|城关镇|李校长|2250777|13900000001")], AREA
        )
        assert ([row.body for row in reading.rows], reading.problems, reading.unread) == ([wanted], (), ()), upper
    again = read_sheets([table("学校名称|校长", "凤鸣小学|李校长", "学校名称|校长", "河口中学|")], AREA)
    assert [row.body.name for row in again.rows] == ["凤鸣小学", "河口中学"]
    assert again.problems == ("第3行没有读：是重复的表头",)


@pytest.mark.parametrize(
    ("heads", "row", "body"),
    [
        ("单位名称|联系电话", "区医院|0356-2250777", Body(id="", name="区医院", phones=("0356-2250777",))),
        ("学校（园）名称|所属镇（街道）|校（园）长", "甲园|东街街道|孙园长",
         Body(id="", name="甲园", township="东街街道", head="孙园长")),
        ("村（居）名称|所属乡镇|书记|手机号", "李村|河口乡|李某|13900000001",
         Body(id="", name="李村", township="河口乡", head="李某", phones=("13900000001",))),
        ("全称|别名|类型|乡镇/街道", "甲厂|老甲厂|企业|城关",
         Body(id="", name="甲厂", short=("老甲厂",), kind="企业", township="城关")),
        ("名 称|负责人 联系电话|固定电话", "甲校|139 0000 0001|2250777",
         Body(id="", name="甲校", phones=("0356-2250777", "13900000001"))),
        ("学校名称", "甲校", Body(id="", name="甲校")),
    ],
)  # fmt: skip
def test_columns_are_known_by_what_offices_call_them(heads, row, body):
    reading = read_sheets([table(heads, row)], AREA)
    assert [item.body for item in reading.rows] == [body]
    assert reading.problems == () and reading.unread == ()


def test_a_sheet_may_say_the_kind_of_all_its_rows():
    reading = read_sheets([table("名称|镇街", "甲校|城关镇", name="学校"), table("说明|无", name="说明")], AREA)
    assert [row.body.kind for row in reading.rows] == ["学校"]
    assert reading.rows[0].line == "工作表“学校”第2行"
    assert reading.unread == ("工作表“说明”没有表头，没有读",)


@pytest.mark.parametrize("rows", [("日期|主班", "3月1日|张三"), ("", ""), ("学校|学校",)])
def test_what_is_no_list_is_refused_with_what_was_expected(rows):
    with pytest.raises(NoList, match="学校名称"):
        read_sheets([table(*rows)], AREA)


PRESENT = [
    Body(id="凤鸣小学", name="凤鸣小学", township="城关镇", head="旧校长", phones=("0356-2250777",), kind="小学"),
    Body(id="青山小学", name="青山小学", township="河口乡", kind="小学"),
    Body(id="区医院", name="区医院", kind="医院"),
    Body(id="停办小学", name="停办小学", township="河口乡", kind="小学"),
]


def test_what_a_list_changes_is_told_and_what_it_lacks_stays():
    rows = read_sheets([LIST], AREA).rows
    found = changes(rows, PRESENT)
    assert [body.id for body in found.added] == ["河口中学"]
    assert [(before.id, after.head) for before, after in found.changed] == [
        ("凤鸣小学", "李校长"),
        ("青山小学", "赵校长"),
    ]
    assert [body.id for body in found.absent] == ["停办小学"], "no hospital: the list is one of schools"
    assert differences(*found.changed[1]) == [("负责人", "", "赵校长")]


def test_columns_that_a_file_lacks_change_nothing():
    found = changes(read_sheets([table("学校名称|校长", "凤鸣小学|新校长")], AREA).rows, PRESENT)
    assert found.changed == ((PRESENT[0], replace(PRESENT[0], head="新校长")),)


def test_bodies_of_one_name_are_told_apart_by_their_townships():
    rows = read_sheets([table("学校名称|镇街", "中心小学|城关镇", "中心小学|河口乡", "中心小学|")], AREA).rows
    found = changes(rows, ())
    assert [body.id for body in found.added] == ["中心小学", "中心小学（河口乡）"]
    assert found.problems == ("第4行“中心小学”没有读：已有同名的，请写明镇街",)
    assert changes(rows[:2], found.added).same == 2


def test_a_number_of_the_register_finds_a_body_whatever_its_name():
    row = read_sheets([table("登记编号|名称", "凤鸣小学|凤鸣学校", "没有的|新校")], AREA).rows
    found = changes(row, PRESENT)
    assert [(before.name, after.name, after.id) for before, after in found.changed] == [
        ("凤鸣小学", "凤鸣学校", "凤鸣小学")
    ]
    assert found.problems == ("第3行“新校”没有读：没有“没有的”这个登记编号，新增的请空着",)


def test_a_school_that_moves_is_the_same_school():
    found = changes(read_sheets([table("名称|镇街", "青山小学|城关镇")], AREA).rows, PRESENT)
    assert [(before.township, after.township) for before, after in found.changed] == [("河口乡", "城关镇")]


WORDS = st.text(alphabet="甲乙丙丁小学中心村镇", min_size=2, max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=20))
def test_what_was_exported_and_imported_again_changes_nothing(parts):
    """Also after every row was taken over: nothing is lost on the way, and nothing comes twice."""
    cells = [[name, town, "2250777" if phone else ""] for name, town, phone in parts]
    rows = [(number, row) for number, row in enumerate(cells, 2)]
    first = read_sheets([Table(rows=((1, ["学校名称", "镇街", "电话"]), *rows))], AREA)
    listed = changes(first.rows, ()).added
    told = len(first.problems) + len(changes(first.rows, ()).problems)
    assert len(listed) + told == len(parts), "each row is a body, or is named"
    again = [(number, row) for number, row in enumerate(to_cells(listed), 2)]
    second = read_sheets([Table(rows=((1, list(HEAD)), *again))], AREA)
    found = changes(second.rows, listed)
    assert second.problems == () and found.nothing and found.same == len(listed) and found.absent == ()
