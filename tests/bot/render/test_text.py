"""Our sentences carry the markup; what a person wrote never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.text import JOINER, bold, fill, written, written_block
from bot.texts.words import DRILL, REAL


def test_a_value_stays_plain_however_it_looks():
    text = fill("*{name}*：{words}", name="十七号", words="*不粗* <b>x</b> {name} `y`")
    assert text.plain == "十七号：*不粗* <b>x</b> {name} `y`"
    assert [(item.type, item.offset, item.length) for item in text.entities] == [("bold", 0, 3)]


def test_a_line_with_an_empty_optional_value_falls_away():
    assert fill("甲\n{note?}\n乙", note="").plain == "甲\n乙"
    assert fill("甲\n（{note?}）", note="丙").plain == "甲\n（丙）"
    assert fill("甲{note}乙", note="").plain == "甲乙"


def test_missing_and_superfluous_values_are_errors():
    with pytest.raises(KeyError):
        fill("{number}")
    with pytest.raises(KeyError):
        fill("甲", number=1)


def test_a_text_as_a_value_keeps_its_entities():
    text = fill("前{inner}后", inner=bold("中"))
    assert (text.plain, text.entities[0].offset) == ("前中后", 1)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("/declare Ⅰ", f"/{JOINER}declare Ⅰ"),
        ("@somebody 快来", f"@{JOINER}somebody 快来"),
        ("看 https://bad.example/x", f"看 https:{JOINER}//{JOINER}bad.{JOINER}example/x"),
        ("1/2班，3:02，12.5%", "1/2班，3:02，12.5%"),
        ("一行\n级别：Ⅰ级", "一行 级别：Ⅰ级"),
        ("a\u202eb\u200bc\x00d", "abcd"),
    ],
)
def test_what_a_person_wrote_is_disarmed(words, kept):
    assert written(words) == kept


@pytest.mark.parametrize("mark", [DRILL, REAL, "【更正1】"])
def test_nobody_else_writes_our_marks(mark):
    assert mark not in written(f"{mark}小学") and mark not in written_block(f"{mark}\n小学")


def test_a_long_line_is_cut():
    assert written("字" * 80, 10) == "字" * 9 + "…"
    assert written_block("一\n\n\n\n二", 100) == "一\n\n二"


@given(words=st.text(max_size=200), most=st.integers(1, 60))
def test_a_written_line_is_one_line_and_can_be_sent(words, most):
    line = written(words, most)
    assert len(line.replace(JOINER, "")) <= most
    assert not set(line) & set("\n\r【】\u202e\u2028\x00")
    line.encode("utf-16-le")
    written_block(words).encode("utf-16-le")
