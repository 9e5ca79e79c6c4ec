"""Statistics on the board: what was counted of a period, its figures, and the rows behind each.

The page writes nothing: it tells what rounds and questions have counted, and says how much is behind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.office.reader import Reader
from bot.office.statistics import Scope, counted, names_of, places_of, scopes, sum_of
from bot.pictures import month_picture
from bot.render.statistics import of_what, period_name, place_of
from bot.render.statistics_cells import cells
from bot.render.statistics_rows import Names, title_of
from bot.service import Service
from bot.texts import pages as t
from bot.texts import statistics as s
from plans.statistics.figures import Figure, figures_seen
from plans.statistics.statistics import Statistics
from plans.times.calendar_periods import CalendarPeriod
from storage.transaction import Reading

ROWS_AT_ONCE = 100
MOST_PAGES = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenFigure:
    """A figure that opens to its rows at ``address``."""

    title: str
    number: int
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What was counted of one jurisdiction, or of several: a drawing, the same in words, the figures of each topic."""

    title: str
    svg: str
    words: str
    topics: tuple[tuple[str, tuple[OpenFigure, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """Some of the rows behind a figure: head and cells, each with the page of its case where there is one.

    Attributes:
        first: the number of the first of them. earlier, later: addresses, empty where there are no more.
    """

    title: str
    place: str
    number: int
    first: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    earlier: str
    later: str


async def counted_of(
    service: Service, reader: Reader, jurisdictions: Collection[str], period: CalendarPeriod
) -> list[tuple[Statistics, Names, bool]]:
    """Return what was counted of a period in each jurisdiction that somebody may have counted, whole or of his own.

    Where several are seen whole their sum comes first.
    """
    now = service.clock.now()
    async with service.store.reading() as rx:
        found = []
        for scope in await _scopes(rx, service, reader, jurisdictions):
            selection = scope.selection(period)
            names = await names_of(service.registry, service.bodies, rx, selection, now)
            found.append((await counted(rx, selection, names), names, scope.own is not None))
        return found


def laid_out(found: Statistics, names: Names, *, own: bool, period: str) -> Counted:
    """Return what was counted as its page shows it; it draws a picture, and is called in a thread.

    Args:
        period: the word that was asked.
    """
    by_topic: dict[str, list[OpenFigure]] = {}
    for item, number in figures_seen(found):
        if number:
            address = _address(found.jurisdiction, item, own=own, period=period, start=0)
            figure = OpenFigure(title=title_of(item, names), number=number, address=address)
            by_topic.setdefault(item.topic, []).append(figure)
    picture = month_picture(found)
    title = t.STATISTICS_PLACE.format(place=place_of(found), period=period_name(found.period), of=of_what(found))
    topics = tuple((s.ROW_SHEETS[topic], tuple(items)) for topic, items in by_topic.items())
    return Counted(title=title, svg=picture.svg, words=picture.words, topics=topics)


async def rows_of(
    service: Service, reader: Reader, jurisdictions: Collection[str], place: str, figure: Figure,
    period: CalendarPeriod, word: str, *, own: bool, start: int,
) -> Rows | None:  # fmt: skip
    """Return the rows behind a figure from some number on; None for who may not see them.

    Args:
        jurisdictions: that may be looked at. place: one of them, empty = the sum of those seen whole.
        own: of the person's own unit alone. word: that named the period.
    """
    now = service.clock.now()
    async with service.store.reading() as rx:
        here = await _scopes(rx, service, reader, jurisdictions)
        scope = next((item for item in here if item.name == place and (item.own is not None) == own), None)
        if scope is None:
            return None
        selection = scope.selection(period)
        names = await names_of(service.registry, service.bodies, rx, selection, now)
        number = await rx.statistics.number_of(figure, selection, now)
        found = await rx.statistics.rows(figure, selection, now, limit=ROWS_AT_ONCE, offset=start)

    def address(at: int) -> str:
        return _address(place, figure, own=own, period=word, start=at)

    where = t.STATISTICS_PLACE.format(place=place or s.SUM, period=period_name(period), of="")
    return Rows(
        title=title_of(figure, names), place=where,
        number=number, first=start + 1, head=s.ROW_HEADS.get(figure.topic, s.ROW_HEADS[""]),
        rows=tuple(
            (_page_of(item.case.stream) if item.case is not None else "", tuple(cells(item, names))) for item in found
        ),
        earlier=address(max(0, start - ROWS_AT_ONCE)) if start else "",
        later=address(start + len(found)) if start + len(found) < number and found else "",
    )  # fmt: skip


async def _scopes(rx: Reading, service: Service, reader: Reader, jurisdictions: Iterable[str]) -> list[Scope]:
    wanted = frozenset(jurisdictions)
    found = [item for item in scopes(reader, await places_of(service.registry, rx)) if item.jurisdiction in wanted]
    together = sum_of(found)
    return [together, *found] if together is not None else found


def _address(place: str, figure: Figure, *, own: bool, period: str, start: int) -> str:
    asked = {"place": place, "figure": str(figure), "period": period} | ({"own": "1"} if own else {})
    return "/board/statistics/rows?" + urlencode(asked | ({"start": str(start)} if start else {}))


def _page_of(stream: str) -> str:
    kind, _, case = stream.partition(":")
    return f"/board/{kind}/{case}"
