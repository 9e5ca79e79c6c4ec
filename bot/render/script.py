"""What the duty officer reads aloud: at most 220 characters, elements in the plan's order, unknown = 正在核实."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render import naming
from bot.render.form import Element, elements, left_out, matter, measures_text, office
from bot.render.report import heard_wrong
from bot.render.text import written
from bot.render.times import at, spoken
from bot.render.values import (
    amount,
    certain_deaths,
    fact_of,
    label,
    named,
    plainly,
    rumour,
    shortly,
    sure,
    told_figures,
)
from bot.render.view import View
from bot.texts import script as s
from bot.texts import words as w
from plans.incident.figures import confirmed
from plans.values import Interval

LONGEST = 220


@dataclass(frozen=True, slots=True)
class _Room:
    """How many characters what people wrote may take."""

    place: int
    words: int
    name: int
    full: bool = True


_ROOMS = (_Room(24, 24, 8), _Room(14, 12, 6), _Room(8, 8, 4), _Room(8, 6, 4, full=False))


def script(view: View, recipient: str, report: str = w.FIRST) -> str:
    """Return the text to read to one recipient; in a drill marked first and last, so that nobody takes it for real."""
    if naming.medium(view, recipient):
        return _published(view)
    marks = 2 * len(w.DRILL) if view.incident.drill else 0
    spoken_text = ""
    for room in _ROOMS:
        spoken_text = _text(view, recipient, report, room)
        if len(spoken_text) <= LONGEST - marks:
            break
    else:
        spoken_text = _cut(spoken_text, LONGEST - marks - len(s.GOODBYE) - 1) + "…" + s.GOODBYE
    return f"{w.DRILL}{spoken_text}{w.DRILL}" if marks else spoken_text


def _published(view: View) -> str:
    """Return what is published: what is confirmed, nobody's name, and that more will follow; nothing is asked."""
    sure = [
        label(view, name) + plainly(view, name)
        for name in ("deaths", "injuries")
        if isinstance(value := confirmed(view.incident, name), Interval) and value.at_least is not None
    ]
    text = s.PUBLISHED.format(
        time=_occurred(view),
        place=_place(view, _ROOMS[0]),
        matter=naming.class_name(view) or matter(view),
        figures=w.COMMA.join(sure) or s.FIGURES_OPEN,
        measures=s.PUBLISHED_MEASURES if view.incident.response_level else "",
        office=office(view),
    )
    return f"{w.DRILL}{text}{w.DRILL}" if view.incident.drill else text


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, cut between two statements: half a figure would be another one."""
    end = max(text.rfind(mark, 0, most) for mark in (w.COMMA, w.STOP, w.SEMICOLON))
    return text[:end] if end > 0 else text[:most]


def _text(view: View, recipient: str, report: str, room: _Room) -> str:
    hello = s.HELLO.format(office=office(view), name=written(view.seat, room.name) or w.NAME_BLANK)
    if report == w.CORRECTION:
        return hello + s.CORRECTS.format(matter=matter(view)) + _scene(view, room) + _wrong(view, recipient) + s.GOODBYE
    if report == w.ANSWER:
        return hello + _asked(view, recipient, room) + _scene(view, room) + _state(view) + s.GOODBYE
    items = elements(view, report)
    if report == w.FIRST:
        more = w.COMMA.join(named(view, name) + plainly(view, name) for name in left_out(view, items))
        begin = hello + s.REPORTS.format(matter=matter(view), report=report) + _spoken(view, items, room)
        return begin + (s.NOW.format(figures=more) if more else "") + s.GOODBYE
    opening = s.FOLLOWS if report == w.FOLLOWUP else s.REPORTS
    begin = hello + opening.format(matter=matter(view), report=report) + _scene(view, room)
    return begin + _since(view, recipient) + _state(view) + _spoken(view, items, room) + s.GOODBYE


def _scene(view: View, room: _Room) -> str:
    return s.SCENE.format(time=_occurred(view), place=_place(view, room))


def _occurred(view: View) -> str:
    moment = view.incident.occurred_at
    return w.UNSTATED if moment is None else spoken(moment, view.now)


def _place(view: View, room: _Room) -> str:
    return written(view.incident.place or view.incident.unit, room.place) or w.PLACE_UNKNOWN


def _state(view: View) -> str:
    ended = s.ENDED.format(time=at(view.incident.ended_at, view.now)) if view.incident.ended_at else ""
    return s.NOW.format(figures=shortly(view)) + ended


def _since(view: View, recipient: str) -> str:
    last = view.incident.last_filings().get(recipient)
    if last is None:
        return ""
    return s.SINCE.format(figures=told_figures(view, last.figures), time=at(last.called_at, view.now))


def _wrong(view: View, recipient: str) -> str:
    last = next(iter(reversed(view.incident.corrections)), None)
    if last is None or last.kind == "merged":
        return s.MERGED
    if last.kind == "rejected":
        return s.FALSE_ALARM
    return s.WRONG.format(old=told_figures(view, heard_wrong(view, last, recipient)), new=told_figures(view, last.new))


def _asked(view: View, recipient: str, room: _Room) -> str:
    request = next((item for item in reversed(view.incident.requests) if item.recipient == recipient), None)
    if request is None:
        return ""
    question = written(request.question, 2 * room.words)
    text = s.ASKED.format(question=question) if request.question else ""
    return s.ANSWERS.format(time=at(request.requested_at, view.now)) + text


def _spoken(view: View, items: list[Element], room: _Room) -> str:
    """Return the elements as sentences; neighbours that are all unknown share one 正在核实."""
    sentences: list[str] = []
    waiting: list[Element] = []

    def close() -> None:
        if waiting:
            template = s.BLANK if waiting[0].asked else s.UNKNOWN
            sentences.append(template.format(names=w.LIST.join(_short(item.name) for item in waiting)))
            waiting.clear()

    for item in items:
        text = _said(view, item, room)
        if text or (waiting and waiting[0].asked != item.asked):
            close()
        if text:
            sentences.append(text)
        else:
            waiting.append(item)
    if not room.full and len(waiting) > 2:
        sentences.append(s.OTHERS.format(count=len(waiting)))
        waiting.clear()
    close()
    return w.STOP.join(sentences) + w.STOP if sentences else ""


def _short(name: str) -> str:
    return name.removesuffix(s.COUNTED)


def _said(view: View, item: Element, room: _Room) -> str:
    if item.fact:
        fact = fact_of(view, item.fact)
        if item.fact == "deaths" and (hearsay := rumour(view)):
            return _short(item.name) + certain_deaths(view) + w.COMMA + hearsay
        if item.fact in view.incident.conflicts:
            values = w.OR.join(amount(claim.value, fact) for claim in view.incident.claims[item.fact])
            return s.BOTH.format(label=_short(item.name), values=values)
        if not item.value:
            return ""
        return _short(item.name) + item.value + ("" if sure(view, item.fact) else w.UNVERIFIED)
    if item.scene:
        return f"{_occurred(view)}{w.COMMA}{_place(view, room)}"
    if item.facts and item.value:  # never shortened: half a figure would be another one
        return s.ELEMENT.format(name=item.name, value=item.value)
    if item.measures and item.value:
        return s.ELEMENT.format(name=item.name, value=measures_text(view, short=True)) if room.full else ""
    return s.ELEMENT.format(name=item.name, value=written(item.value, room.words)) if item.value else ""
