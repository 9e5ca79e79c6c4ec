"""One warning as a page: what it says, what became of it, who was woken, how its measures stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView
from bot.render.pages.incident import plain
from bot.render.pages.side import WarningTile, warning_tile
from bot.render.times import at
from bot.texts import pages as t
from bot.texts import warning as warning_texts

MOST_ANSWERED = 60
"""Those who have answered that are named; the silent ones are all named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Woken:
    """One recipient of a warning."""

    name: str
    answered: bool
    text: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningPage:
    """One warning.

    Attributes:
        head: (name, value) pairs. stages: what was said of it, the newest first: a moment and a text each.
        measures: words, and how many have settled each.
        rings: which of the numbers stand there, where not all do. more: how many that have answered are not named.
        beside: incidents that were reported while it was in force.
    """

    tile: WarningTile
    title: str
    head: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    woken: tuple[Woken, ...]
    rings: str
    more: int
    beside: tuple[str, ...]


def warning_page(view: CaseView) -> WarningPage:
    """Return the page of a warning; numbers stand only in a view that holds them."""
    warning = pieces.the_warning(view)
    content, stage = warning.content, warning.stage
    state = t.WARNING_IN_FORCE if warning.in_force else t.WARNING_OVER if stage is not None else t.WARNING_WAITING
    head = (
        (t.WARNING_STATE, state),
        (t.WARNING_SPAN, pieces.period(content, view.now)),
        (t.WARNING_AREAS, pieces.areas(content)),
        (t.WARNING_BY, pieces.issuer(content, view.plan, stage)),
        (t.PLAN, view.plan.title),
    )
    answered = sorted(
        (item for item in warning.waking.values() if not item.silent), key=lambda item: item.answered_at or item.since
    )
    woken = [
        Woken(
            name=plain(pieces.recipient_name(view, item.recipient)),
            answered=not item.silent,
            text=t.WARNING_NOT_ANSWERED
            if item.answered_at is None
            else t.WARNING_ANSWERED.format(time=at(item.answered_at, view.now)),
            number=view.numbers.get(item.recipient, "") if item.silent else "",
        )
        for item in (*warning.silent(), *answered[-MOST_ANSWERED:])
    ]
    settled = Counter(number for _, number in warning.measures)
    total = len(warning.waking)
    return WarningPage(
        tile=warning_tile(view),
        title=f"{pieces.number(view)} {pieces.title(content)}",
        head=tuple((name, plain(value)) for name, value in head),
        stages=tuple(
            (
                at(item.at, view.now),
                plain(f"{warning_texts.ACTS[item.act]} {pieces.title(item.content)} {pieces.by(view, item)}"),
            )
            for item in reversed(warning.stages)
        ),
        measures=tuple(
            (plain(text), t.UNITS_OF.format(answered=settled[number], called=total))
            for number, text in enumerate(stage.measures if stage is not None else (), 1)
        ),
        woken=tuple(woken),
        rings=_rings(woken),
        more=max(0, len(answered) - MOST_ANSWERED),
        beside=tuple(view.beside),
    )


def _rings(woken: list[Woken]) -> str:
    """Return that only the first numbers are listed, where a number stands with some of the silent and not with all."""
    silent = [item for item in woken if not item.answered]
    listed = sum(bool(item.number) for item in silent)
    return t.WARNING_RINGS.format(count=listed) if 0 < listed < len(silent) else ""
