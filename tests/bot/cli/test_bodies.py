"""``tocsin bodies``: a list is shown before it counts, taken over, exported, shown by areas, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.areas.sheet import HEAD
from tests.bot.cli.conftest import CAMPUS, Tocsin

PLACE = ("--jurisdiction", CAMPUS.jurisdiction.name)
LIST = """学校名称,类别,所属镇街,校长,联系电话
凤鸣小学,小学,北石店镇,李校长,2250781
河口中学,中学,东街街道,,0356-2250782
,小学,东街街道,,
"""


@pytest.fixture
def file() -> str:
    Path("学校.csv").write_text(LIST, encoding="utf-8")
    return "学校.csv"


def listed(tocsin: Tocsin) -> list[str]:
    return [body["id"] for body in tocsin("bodies", "show", *PLACE, "--json").json["bodies"]]


def test_a_list_is_shown_and_counts_only_with_yes(tocsin: Tocsin, database: Path, file: str) -> None:
    shown = tocsin("bodies", "import", file, *PLACE)
    assert shown.status == 1, "a row was not read"
    for words in ("增加：凤鸣小学  小学  北石店镇  李校长  0356-2250781", "第4行没有读：没有写名称", "加 --yes 才写入"):
        assert words in shown.out
    assert listed(tocsin) == []
    assert "已写入：增加2个" in tocsin("bodies", "import", file, *PLACE, "--yes").out
    assert listed(tocsin) == ["凤鸣小学", "河口中学"]
    again = tocsin("bodies", "import", file, *PLACE, "--yes")
    assert "不变2个；没有不同，什么也没有改" in again.out


def test_a_list_can_be_looked_at_before_there_is_a_database(tocsin: Tocsin, file: str) -> None:
    assert "增加2个" in tocsin("bodies", "import", file, *PLACE).out
    refused = tocsin("bodies", "import", file, *PLACE, "--yes")
    assert refused.status == 2 and "tocsin db upgrade" in refused.err


def test_what_a_file_lacks_goes_only_where_that_is_said(tocsin: Tocsin, database: Path, file: str) -> None:
    tocsin("bodies", "import", file, *PLACE, "--yes")
    Path("一所.csv").write_text("学校名称\n凤鸣小学\n", encoding="utf-8")
    assert "表里没有，保留：河口中学" in tocsin("bodies", "import", "一所.csv", *PLACE, "--yes").out
    assert len(listed(tocsin)) == 2
    assert "不再列入1个" in tocsin("bodies", "import", "一所.csv", *PLACE, "--replace", "--yes").out
    assert listed(tocsin) == ["凤鸣小学"]
    assert "会撤销" in tocsin("bodies", "undo", *PLACE).out and listed(tocsin) == ["凤鸣小学"]
    assert "已撤销" in tocsin("bodies", "undo", *PLACE, "--yes").out
    assert sorted(listed(tocsin)) == ["凤鸣小学", "河口中学"]
    assert "已撤销" in tocsin("bodies", "undo", *PLACE, "--yes").out
    assert listed(tocsin) == ["凤鸣小学"], "undone once more, it is as before"
    assert tocsin("audit", "verify", "--json").json["ok"]


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.csv"])
def test_what_is_exported_is_imported_without_a_change(tocsin: Tocsin, database: Path, file: str, name: str) -> None:
    tocsin("bodies", "import", file, *PLACE, "--yes")
    assert "已导出2个单位" in tocsin("bodies", "export", name, *PLACE).out
    same = tocsin("bodies", "import", name, *PLACE, "--json")
    assert same.status == 0 and same.json["same"] == 2 and not same.json["added"] and not same.json["changed"]
    if name.endswith(".csv"):
        assert Path(name).read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(HEAD)


def test_bodies_of_some_areas_and_what_is_no_area(tocsin: Tocsin, database: Path, file: str) -> None:
    tocsin("bodies", "import", file, *PLACE, "--yes")
    ran = tocsin("bodies", "show", *PLACE, "--area", "北石店、某乡")
    assert ran.status == 1 and "凤鸣小学" in ran.out and "河口中学" not in ran.out
    assert "“某乡”不是名册里的镇街" in ran.err
    assert "共2个" in tocsin("bodies", "show", *PLACE, "--area", "全区", "--kind", "学校").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bodies", "show"), "请写明地区"),
        (("bodies", "show", "--jurisdiction", "某地"), "没有“某地”的预案"),
        (("bodies", "import", "没有.csv", *PLACE), "没有这个文件"),
        (("bodies", "export", "名册.doc", *PLACE), "应以 .xlsx 或 .csv结尾"),
    ],
)
def test_wrong_use_is_told(tocsin: Tocsin, database: Path, words: tuple[str, ...], said: str) -> None:
    ran = tocsin(*words)
    assert ran.status == 2 and said in ran.err


def test_there_may_be_nothing_to_undo(tocsin: Tocsin, database: Path) -> None:
    assert "还没有导入过名册" in tocsin("bodies", "undo", *PLACE, "--yes").out
