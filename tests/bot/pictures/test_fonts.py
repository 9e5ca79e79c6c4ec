"""The fonts that come with the program: what they can draw, how wide it is, and what becomes of the rest."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import Picture, fonts
from bot.playground.photos import dimensions
from plans.load import DATA
from tests.test_architecture import REPOSITORY

pytestmark = pytest.mark.draws

OURS = [Path(name) for name in fonts.ours()]


@pytest.mark.parametrize("folder", [REPOSITORY / "bot" / "texts", DATA], ids=["texts", "plans"])
def test_every_character_of_our_own_words_is_drawn_by_our_own_fonts(folder):
    words = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*") if path.suffix in (".py", ".yaml"))
    assert {sign for sign in words if fonts._is_chinese(sign) and not fonts.is_ours(sign)} == set(), "cut them again"


def test_every_sign_of_the_pictures_is_drawn_by_our_own_fonts():
    texts = REPOSITORY / "bot" / "texts"
    words = "".join((texts / name).read_text(encoding="utf-8") for name in ("pictures.py", "words.py"))
    assert {sign for sign in words if sign.isprintable() and not fonts.is_ours(sign)} == set(), "cut them again"


@pytest.mark.parametrize("path", OURS, ids=["regular", "bold"])
def test_the_table_of_widths_is_that_of_the_font(path):
    bold = path.stem == "bold"
    assert {chr(code) for code in fonts._characters(path)} == set(fonts._widths(bold))
    data = path.read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack_from(">L", data, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    assert b"GSUB" not in tables and b"GPOS" not in tables, "nothing moves a character after it was measured"
    count = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    advances = {struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * number)[0] for number in range(count)}
    assert set(fonts._widths(bold).values()) <= advances
    assert struct.unpack_from(">H", data, tables[b"head"] + 18)[0] == 1000


def test_the_licence_goes_with_the_fonts():
    licence = (fonts.FOLDER / "LICENSE_FONT").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize(
    ("given_words", "drawn"),
    [
        ("🚨实验小学👨‍👩‍👧", "实验小学"),
        ("A\u200bB\u202eC", "ABC"),
        ("一\u3000二\t三", "一\u3000二 三"),
        ("مدرسة", "〓〓〓〓〓"),
        ("Ⅳ级①〔1〕…", "Ⅳ级①〔1〕…"),
    ],
)
def test_what_is_drawn_of_words(given_words, drawn):
    assert fonts.drawable(given_words) == drawn


def test_a_rare_character_comes_from_the_machine_or_is_said(monkeypatch):
    monkeypatch.setattr(fonts, "_others", lambda: (OURS[0],))
    fonts.elsewhere.cache_clear()
    assert fonts.elsewhere("小") == str(OURS[0]) and fonts.elsewhere("𠮷") == ""
    assert fonts.drawable("𠮷") == fonts.GETA and fonts.lost("𠮷小") == {"𠮷"}
    fonts.elsewhere.cache_clear()


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"ttcf" + b"\xff" * 30])
def test_a_font_of_the_machine_that_cannot_be_read_draws_nothing(tmp_path, content):
    path = tmp_path / "cjk.ttf"
    path.write_bytes(content)
    assert fonts._characters(path) == frozenset()


@given(st.text("小学校实验1234567890，。（）abcdefg… ", max_size=120), st.floats(12, 340), st.integers(1, 4))
def test_lines_fit_and_lose_nothing_that_they_do_not_say(words, room, most):
    lines = fonts.wrapped(words, room, 11, most=most)
    assert len(lines) <= most
    assert all(fonts.width(line, 11) <= room or len(line) == 1 for line in lines)
    joined = "".join(lines).replace(" ", "")
    if joined != words.replace(" ", ""):
        assert lines[-1].endswith("…") and words.replace(" ", "").startswith(joined[:-1])
    assert fonts.width(fonts.shortened_within(words, room, 11), 11) <= room


def test_a_png_is_as_wide_as_it_is_asked_to_be_and_the_same_each_time():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 18"><text y="12">试</text></svg>'
    picture = Picture(svg=svg, words="试", width=36, height=18)
    png = picture.png(72)
    assert dimensions(png) == (72, 36) and png == picture.png(72)
    with pytest.raises(Exception, match="not drawn"):
        Picture(svg="<svg", words="", width=1, height=1).png()
