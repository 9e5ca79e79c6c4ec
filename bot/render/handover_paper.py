"""A hand-over as a paper that is printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.clock import SHANGHAI
from bot.paper import Block, Heading, Paper, Paragraph, Table
from bot.render.desk import called
from bot.render.handover_page import changes_signed, name_of, none_of, signatures
from bot.render.text import written
from bot.render.times import full, on_day
from bot.texts import handover as t
from bot.texts import words as w
from plans.desk.handover_state import GIVER, TAKER, Handover


def paper(state: Handover, office: str, now: datetime) -> Paper:
    """Return the record of a hand-over to be printed, of the office that keeps the desk; nobody's number is on it."""
    facts = {
        "number": called(state), "time": full(state.since),
        "giver": name_of(state, GIVER) if state.giver else t.FIRST_NAME, "taker": name_of(state, TAKER),
        "leader": written(state.leader, 40) or w.NONE,
        "seats": w.LIST.join(state.titles),
    }  # fmt: skip
    rows = tuple((t.PAPER_ROWS[key], value) for key, value in facts.items())
    since = (state.since or now).astimezone(SHANGHAI)
    blocks: list[Block] = [Table(t.PAPER_HEAD, rows, (20, 80)), *_open_blocks(state)]
    if state.words:
        blocks.append(Heading(t.PAPER_WORDS))
        blocks += [
            Paragraph(
                t.ADDED_WORD.format(
                    name=name_of(state, item.side), time=on_day(item.at, now), text=item.text or w.ERASED
                )
            )
            for item in state.words
        ]
    changes = changes_signed(state)
    blocks.append(Heading(t.PAPER_CHANGES))
    lines = [t.PAPER_ADDED.format(line=_flat(line)) for line in changes.added]
    lines += [t.PAPER_SETTLED.format(line=_flat(line)) for line in changes.settled]
    blocks += [Paragraph(line) for line in lines or [t.PAPER_CHANGES_NONE]]
    blocks.append(Heading(t.PAPER_SIGNED))
    blocks += [Paragraph(line) for line in signatures(state, since)]
    return Paper(title=t.PAPER_TITLE, blocks=tuple(blocks), signed_by=office, dated=since.date())


def _open_blocks(state: Handover) -> Iterator[Block]:
    if not state.matters:
        yield Paragraph(t.PAPER_NOTHING)
        return
    yield Heading(t.PAPER_OPEN.format(count=len(state.matters)))
    rows = tuple(
        (t.SECTIONS.get(item.section, item.section), _flat(item.line), on_day(item.due, item.due) if item.due else "")
        for item in state.matters
    )
    yield Table(t.PAPER_OPEN_HEAD, rows, (16, 62, 22))
    if rest := none_of(state.matters, state.looked, t.PAPER_NONE_OF):
        yield Paragraph(rest)


def _flat(line: str) -> str:
    return " ".join(line.split())
