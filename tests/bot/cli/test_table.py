"""Tables where a Chinese character is two columns wide."""

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.table import pad, table, width, wrap


def test_width_is_what_a_terminal_shows():
    assert width("卫健局") == 6
    assert width("Ⅲ级") == 3
    assert width("a，b") == 4
    assert width("e\u0301") == 1
    assert pad("卫", 4) == "卫  "


def test_words_and_marks_stay_together():
    assert wrap("拨打0356-2250777，立即", 12) == ["拨打", "0356-2250777", "，立即"] or wrap(
        "拨打0356-2250777，立即", 14
    ) == [
        "拨打",
        "0356-2250777，",
        "立即",
    ]
    assert wrap("甲乙（丙丁）", 6) == ["甲乙", "（丙", "丁）"]
    assert all(not line.startswith(("，", "。", "）")) for line in wrap("一二三，四五六。（七八）九十", 6))


def test_columns_line_up():
    lines = table([("区教育局", "0356-2250777"), ("市委", "1")], ("单位", "电话"), columns=60)
    starts = {
        width(line[: line.index(mark)])
        for line, mark in zip(lines, ("电", "  ─", "0356", "1"), strict=True)
        if mark != "  ─"
    }
    assert len(starts) == 1
    assert table([], ("单位",)) == []


@given(
    rows=st.lists(
        st.tuples(st.text("甲乙，ab 1（）。", max_size=80), st.text("甲乙，ab 1（）。", max_size=80)),
        min_size=1,
        max_size=5,
    )
)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(rows):
    lines = table(rows, columns=60)
    assert max(width(line) for line in lines) <= 60
    printed = "".join(lines)
    for char in "甲乙ab1":
        assert printed.count(char) == sum(cell.count(char) for row in rows for cell in row)
