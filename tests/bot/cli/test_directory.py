"""``tocsin directory``: exported, edited in a spreadsheet, looked at, imported; and where the plans disagree."""

from __future__ import annotations

import asyncio
from pathlib import Path

import openpyxl
import pytest

from storage import open_store
from tests.bot.cli.conftest import Tocsin

LINE = "晋城市城区,jincheng-chengqu-campus,区消防救援大队,值班,{number},{was},,{note}"
OLD = "0356-3086119"


def edited(name: str, *lines: str, encoding: str = "utf-8-sig") -> str:
    head = "地区,预案,单位,类别,号码,预案号码,日期,说明"
    Path(name).write_text("\r\n".join([head, *lines]), encoding=encoding)
    return name


def changed(number: str = "0356-2000001", was: str = OLD, note: str = "已迁新址") -> str:
    return LINE.format(number=number, was=was, note=note)


async def kept(path: Path):
    async with await open_store(f"sqlite+aiosqlite:///{path}", read_only=True) as store, store.reading() as rx:
        return await rx.directory.amendments("晋城市城区"), await rx.journal.load("admin:晋城市城区")


def test_what_was_exported_and_not_edited_changes_nothing(tocsin: Tocsin) -> None:
    assert "已导出" in tocsin("directory", "export", "all.csv").out
    again = tocsin("directory", "import", "all.csv")
    assert (again.status, again.out) == (0, "没有不同，什么也没有改。\n")
    refused = tocsin("directory", "export", "all.csv")
    assert refused.status == 2 and "没有覆盖" in refused.err


def test_a_table_is_looked_at_before_it_is_taken(tocsin: Tocsin, database: Path) -> None:
    name = edited("in.csv", changed(), changed("0356-2000002", "", "夜间"))
    looked = tocsin("directory", "import", name)
    assert f"区消防救援大队（值班）：{OLD} → 0356-2000001" in looked.out and "这只是预览" in looked.out
    assert asyncio.run(kept(database))[0] == []
    done = tocsin("directory", "import", name, "--yes", "--json")
    assert [row["number"] for row in done.json] == ["0356-2000001", "0356-2000002"]
    rows, log = asyncio.run(kept(database))
    assert {(row.was, row.number, row.by) for row in rows} == {
        (OLD, "0356-2000001", "import"),
        ("", "0356-2000002", "import"),
    }
    assert [entry.payload["way"] for entry in log if entry.event == "directory-changed"] == ["changed", "added"]
    assert "没有不同" in tocsin("directory", "import", name, "--yes").out
    tocsin("directory", "export", "after.csv")
    exported = Path("after.csv").read_text(encoding="utf-8-sig")
    assert f"区消防救援大队,值班,0356-2000001,{OLD}," in exported and "已迁新址" in exported


def test_an_empty_number_says_that_the_plans_is_wrong(tocsin: Tocsin, database: Path) -> None:
    tocsin("directory", "import", edited("in.csv", changed("")), "--yes")
    assert [(row.was, row.number) for row in asyncio.run(kept(database))[0]] == [(OLD, "")]


def test_a_table_as_a_chinese_spreadsheet_saves_it_is_read(tocsin: Tocsin) -> None:
    assert "会改1个号码" in tocsin("directory", "import", edited("in.csv", changed(), encoding="gb18030")).out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x", "第2行：没有写预案"),
        (changed() + ",x", "第2行：有9格，应有8格"),
        (changed("很多"), "号码“很多”不是电话号码"),
        (changed(was="0356-2111111"), "预案里区消防救援大队没有0356-2111111"),
        (changed("", ""), "不能都空着"),
        (changed().replace("区消防救援大队", "区天文台"), "里没有“区天文台”这个单位"),
        (changed().replace("jincheng-chengqu-campus", "none"), "没有“none”这个预案"),
        (changed().replace("晋城市城区", "别处"), "的地区是晋城市城区"),
        (changed(note="长" * 300), "一格最多200个字"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_an_example_and_nothing_is_taken(
    tocsin: Tocsin, database: Path, line: str, said: str
) -> None:
    ran = tocsin("directory", "import", edited("in.csv", changed(), line), "--yes")
    assert ran.status == 2 and said.replace("第2行", "第3行") in ran.err and "例如" in ran.err
    assert asyncio.run(kept(database))[0] == []


def test_every_row_that_is_wrong_is_named_before_anything_is_taken(tocsin: Tocsin, database: Path) -> None:
    lines = [changed("很多"), changed("1.38E+10"), changed(), "x"]
    ran = tocsin("directory", "import", edited("in.csv", *lines), "--yes")
    assert ran.status == 2 and ran.err.count("例如") == 1
    for said in ("第2行：号码“很多”不是电话号码", "第3行：号码“1.38E+10”被表格软件改成了科学记数", "第5行：没有写预案"):
        assert said in ran.err
    assert asyncio.run(kept(database))[0] == []


def test_another_table_is_refused(tocsin: Tocsin) -> None:
    ran = tocsin("directory", "import", edited("in.csv", changed(), '"'))
    assert ran.status == 2 and "表格第3行读不了：引号没有成对" in ran.err
    Path("in.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "没有找到表头：地区,预案" in tocsin("directory", "import", "in.csv").err


def test_a_formula_is_none_in_the_table(tocsin: Tocsin, database: Path) -> None:
    tocsin("directory", "import", edited("in.csv", changed(note="=1+1")), "--yes")
    tocsin("directory", "export", "after.csv")
    assert ",'=1+1" in Path("after.csv").read_text(encoding="utf-8-sig")
    assert "没有不同" in tocsin("directory", "import", "after.csv").out


def test_cards_for_an_address_book(tocsin: Tocsin) -> None:
    tocsin("directory", "export", "all.vcf", "--jurisdiction", "晋城市城区")
    text = Path("all.vcf").read_bytes().decode()
    assert "FN:区消防救援大队\r\n" in text and "TEL;TYPE=WORK,VOICE:+863563086119\r\n" in text
    assert text.count("BEGIN:VCARD") == text.count("END:VCARD") > 30
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert tocsin("directory", "export", "all.doc").status == 2
    assert "可用：" in tocsin("directory", "export", "x.vcf", "--jurisdiction", "火星").err


def test_where_the_plans_disagree_is_listed(tocsin: Tocsin) -> None:
    found = tocsin("directory", "conflicts", "--json").json
    corps = [item for item in found if {row["unit"] for row in item["printed"]} == {"武警晋城支队"}]
    assert {row["number"] for row in corps[0]["printed"]} == {"0356-2024118", "0356-2023130", "0356-2024114"}
    assert any(item["kind"] == "units" for item in found)
    assert "处不一致" in tocsin("directory", "conflicts", "--jurisdiction", "晋城市").out
    assert tocsin("directory", "conflicts", "--jurisdiction", "晋城市城区").status == 0


def test_a_workbook_goes_out_and_comes_back(tocsin: Tocsin, database: Path) -> None:
    assert "已导出" in tocsin("directory", "export", "all.xlsx").out
    assert "没有不同" in tocsin("directory", "import", "all.xlsx").out
    book = openpyxl.load_workbook("all.xlsx")
    sheet = book.active
    assert sheet is not None
    row = next(row for row in sheet.iter_rows(min_row=2) if row[4].value == OLD)
    row[4].value, row[7].value = "0356-2000001", "已迁新址"
    book.save("all.xlsx")
    assert f"{OLD} → 0356-2000001" in tocsin("directory", "import", "all.xlsx", "--yes").out
    assert [item.number for item in asyncio.run(kept(database))[0]] == ["0356-2000001"]


def card(*lines: str) -> str:
    Path("in.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\n" + "\n".join(lines) + "\nEND:VCARD\n", encoding="utf-8")
    return "in.vcf"


def test_cards_add_what_is_not_known_yet(tocsin: Tocsin, database: Path) -> None:
    tocsin("directory", "export", "all.vcf")
    place = ("--jurisdiction", "晋城市城区")
    tocsin("directory", "export", "own.vcf", *place)
    assert "没有不同" in tocsin("directory", "import", "own.vcf", *place).out
    name = card("FN:区消防救援大队", "TEL;TYPE=WORK,VOICE:+863562000009", "TEL;TYPE=FAX:0356-2000008")
    assert "会改2个号码" in tocsin("directory", "import", name, *place).out
    done = tocsin("directory", "import", name, *place, "--yes", "--json")
    assert [(row["number"], row["kind"]) for row in done.json] == [("0356-2000009", "值班"), ("0356-2000008", "传真")]
    assert len(asyncio.run(kept(database))[0]) == 2
    assert "没有不同" in tocsin("directory", "import", name, *place).out


def test_cards_that_cannot_be_taken_are_said(tocsin: Tocsin, database: Path) -> None:
    place = ("--jurisdiction", "晋城市城区")
    name = card("FN:区消防救援大队", "TEL:0356-2000009")
    assert "请写明地区" in tocsin("directory", "import", name).err
    for lines, wanted in (
        (("FN:无此单位", "TEL:0356-2000009"), "不是这里的单位"), (("FN:区消防救援大队", "TEL:abc"), "不是电话号码"),
        (("FN:区消防救援大队",), "没有读到号码"),
    ):  # fmt: skip
        found = tocsin("directory", "import", card(*lines), *place)
        assert found.status == 2 and wanted in found.err


def test_columns_in_another_order_and_ones_that_are_not_known(tocsin: Tocsin) -> None:
    head = "单位,备用,预案,预案号码,号码,说明"
    Path("in.csv").write_text(
        f"{head}\n区消防救援大队,x,jincheng-chengqu-campus,{OLD},0086-356-2000001,\n", encoding="utf-8"
    )
    ran = tocsin("directory", "import", "in.csv")
    assert f"{OLD} → 0356-2000001" in ran.out and "“备用”一列没有读" in ran.err


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("3562000001", "0356-2000001"), ("00863562000001", "0356-2000001"), ("2000001", "0356-2000001"),
        ("（0356）2000001", "0356-2000001"), ("0356-2000001-801", "0356-2000001转801"), ("013900000001", "13900000001"),
    ],
)  # fmt: skip
def test_a_number_of_a_table_is_read_however_it_is_written(tocsin: Tocsin, number: str, shown: str) -> None:
    ran = tocsin("directory", "import", edited("in.csv", changed(number)), "--json")
    assert [row["number"] for row in ran.json] == [shown]


def test_cards_that_are_not_ours_keep_no_other_from_being_read(tocsin: Tocsin) -> None:
    both = Path(card("FN:区消防救援大队", "TEL:0356-2000009", "TEL:1999-01-01")).read_text(encoding="utf-8")
    Path("in.vcf").write_text(both + both.replace("区消防救援大队", "某饭店"), encoding="utf-8")
    ran = tocsin("directory", "import", "in.vcf", "--jurisdiction", "晋城市城区")
    assert "会改1个号码" in ran.out
    assert "号码没有读：“1999-01-01”不是电话号码" in ran.err and "“某饭店”不是这里的单位，没有读" in ran.err
