"""Two incidents that are one, or may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render import naming
from bot.render.registry import explains, renders
from bot.render.text import Text, fill
from bot.render.times import at
from bot.render.view import View
from bot.texts import merging as t
from bot.texts import words as w
from plans.core.notice import Notice


@renders("duplicate")
def duplicate(notice: Notice, view: View) -> Text:
    """Perhaps the same incident as another."""
    return fill(
        t.DUPLICATE,
        number=naming.number(view),
        other=int(notice.params["number"]),
        title=naming.title(view),
    )


@renders("merged")
def merged(notice: Notice, view: View) -> Text:
    """并案."""
    return fill(t.MERGED, title=naming.title(view), time=at(view.now, view.now), into=int(notice.params["number"]))


@renders("merged_reporter")
def merged_reporter(notice: Notice, view: View) -> Text:
    """The reporter learns where it goes on."""
    into = int(notice.params["number"])
    return fill(t.MERGED_REPORTER, number=naming.number(view), into=into, time=at(view.now, view.now))


@renders("merged_unit")
def merged_unit(notice: Notice, view: View) -> Text:
    """A called unit learns under which number it goes on."""
    unit = naming.unit_name(view, str(notice.params["unit"]))
    into = int(notice.params["number"])
    return fill(t.MERGED_UNIT, title=naming.title(view), into=into, time=at(view.now, view.now), unit=unit)


@explains("merge_after_declaration")
def _higher(params: Mapping[str, Any], view: View) -> dict[str, str]:
    into = params["into_level"]
    return {"into_level_name": w.RESPONSE.format(level=into) if into else w.NO_RESPONSE}
