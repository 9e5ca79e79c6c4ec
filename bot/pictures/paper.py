"""A picture in a paper: in parts that a page holds, with its caption."""

from __future__ import annotations

from bot.paper import Picture as Printed
from bot.pictures.incident import incident_picture
from bot.pictures.pages import pages
from bot.pictures.picture import NotDrawn, png
from bot.render import View
from bot.texts import review as t

TALLEST = 510.0
"""Points of a part: printed 130 mm wide it is 184 mm tall."""

PIXELS = 1440


def printed_course(view: View) -> tuple[Printed, ...]:
    """Return the picture of an incident for a paper, none where it cannot be drawn. It takes a second: use a thread."""
    picture = incident_picture(view)
    parts = pages(picture, TALLEST)
    try:
        drawn = [png(part, PIXELS) for part in parts]
    except NotDrawn:
        return ()
    return tuple(
        Printed(
            content,
            picture.words,
            t.PICTURE.format(part=t.PICTURE_PART.format(number=number, count=len(drawn)) if len(drawn) > 1 else ""),
        )
        for number, content in enumerate(drawn, 1)
    )
