"""What people write is drawn as words, whatever it is: never as markup, never over something else, never unsaid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import DutyMatrix, duties_picture, fonts, incident_picture
from bot.render import View
from bot.texts import pictures as t
from tests.bot.pictures.boxes import boxes, check
from tests.bot.pictures.test_figures import NOW
from tests.factories import Life

pytestmark = pytest.mark.draws

HOSTILE = {
    "long": "育才" * 2000,
    "markup": "<script>alert(1)</script>&amp;\"'><image href='http://x/'/>",
    "right to left": "\u202eمدرسة ابتدائية\u202c שלום",
    "emoji": "🚨实验小学🏫👨‍👩‍👧‍👦🇨🇳",
    "only emoji": "🚨🔥",
    "rare": "𠮷𬭩小学㐂㙘",
    "beyond all fonts": "\ue000\U000f0000小学",
    "control": "一\x00二\x1b[31m三\r\n四\t五\u2028六",
    "combining": "e\u0301" * 40 + "\u0489" * 30,
    "number": "联系1380000" + "0000电话",
    "brackets": "【演练】〓小学",
}


def view(place: str) -> View:
    life = Life()
    life.report(place=place)
    return View(plan=life.plan, incident=life.incident, now=life.now + timedelta(minutes=20))


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_place_is_drawn_as_words(name):
    picture = incident_picture(view(HOSTILE[name]))
    check(picture)
    assert "<script" not in picture.svg and "http://x" not in picture.svg
    assert not any(fonts._is_emoji(sign) for sign in picture.svg)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_bearer_is_drawn_as_words(name):
    text = HOSTILE[name]
    matrix = DutyMatrix(
        plan=text[:200], place="", since=NOW, now=NOW, bearers=(text, "实验小学"), duties=((text, "1"), ("演练", "2")),
        cells={(0, 0): {"missed": 12}, (1, 1): {"done": 1}},
    )  # fmt: skip
    check(duties_picture(matrix))


@given(st.text(max_size=80), st.text(st.characters(categories=["L", "S", "P", "M"]), max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_words_are_drawn_as_words(place, bearer):
    check(incident_picture(view(place)))
    matrix = DutyMatrix(
        plan="计划", place="", since=NOW, now=NOW, bearers=(bearer, bearer), duties=((place, "1"),),
        cells={(0, 0): {"open": 1}},
    )  # fmt: skip
    check(duties_picture(matrix))


def test_a_character_that_no_font_draws_is_said(monkeypatch):
    monkeypatch.setattr(fonts, "elsewhere", lambda sign: "")
    picture = incident_picture(view("𠮷小学"))
    assert fonts.GETA + "小学" in "".join(box.text for box in boxes(picture))
    assert t.NOT_DRAWN.format(count=1) in picture.words
    assert t.NOT_DRAWN.format(count=1)[:12] in " ".join(box.text for box in boxes(picture))
