"""A tall picture in parts for a page: nothing is lost, no words are cut through, and each part can be drawn."""

from __future__ import annotations

import re

import pytest

from bot.pictures import incident_picture
from bot.pictures.pages import pages
from bot.pictures.paper import TALLEST, printed_course
from bot.pictures.picture import png
from tests.bot.render.story import STORIES, night

pytestmark = pytest.mark.draws

BOX = re.compile(r'viewBox="0 ([\d.]+) [\d.]+ ([\d.]+)"')
TEXT = re.compile(r'<text [^>]*?\by="([\d.]+)"[^>]*?font-size="([\d.]+)"')


@pytest.mark.parametrize("tallest", [250.0, TALLEST, 5000.0])
@pytest.mark.parametrize("name", sorted(STORIES))
def test_nothing_is_lost_and_no_words_are_cut(name, tallest):
    picture = incident_picture(STORIES[name]().view())
    boxes = [tuple(map(float, BOX.search(part).groups())) for part in pages(picture, tallest)]  # type: ignore[union-attr]
    assert boxes[0][0] == 0
    end = 0.0
    for top, height in boxes:
        assert abs(top - end) < 0.02 and 0 < height <= tallest + 0.01
        end = top + height
    assert abs(end - picture.height) < 0.02
    for base, size in TEXT.findall(picture.svg):
        for cut, _ in boxes[1:]:
            assert not float(base) - 0.8 * float(size) < cut < float(base) + 0.2 * float(size)


def test_a_picture_that_fits_stays_as_it_is():
    picture = incident_picture(night().view())
    assert pages(picture, picture.height) == [picture.svg]


def test_each_part_is_drawn_and_says_which_it_is():
    view = night().view()
    parts = printed_course(view)
    assert len(parts) > 1 and all(part.png.startswith(b"\x89PNG") for part in parts)
    assert [part.caption[-5:] for part in parts] == [f"（{n}/{len(parts)}）" for n in range(1, len(parts) + 1)]
    assert len({part.png for part in parts}) == len(parts)
    assert parts[0].png == printed_course(view)[0].png == png(pages(incident_picture(view), TALLEST)[0], 1440)
