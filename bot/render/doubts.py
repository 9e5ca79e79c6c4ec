"""Words that worse facts have overtaken: what was given, what is known now, what it would mean."""

from __future__ import annotations

from datetime import datetime

from bot.render import duties, naming
from bot.render.citing import cite
from bot.render.registry import renders
from bot.render.text import Text, fill
from bot.render.times import at
from bot.render.unsure import unsure_lines
from bot.render.values import amount, fact_of, shortly, value
from bot.render.view import View
from bot.texts import doubts as t
from bot.texts import owed as owed_texts
from bot.texts import words as w
from plans.core.notice import Notice
from plans.incident.doubts import WordOvertaken
from plans.incident.judging import LevelDetermined
from plans.incident.records_decided import Doubt
from plans.incident.state import EVENT_LEVEL

MOST_REASONS = 2


@renders("overtaken", "overtaken_again")
def overtaken(notice: Notice, view: View) -> Text:
    """Facts are beyond what was determined or judged: whoever may is asked for it anew."""
    doubt = view.incident.doubts[str(notice.params["subject"])]
    again = notice.key == "overtaken_again"
    if doubt.subject != EVENT_LEVEL:
        return _judgement(notice, view, doubt, again=again)
    determination = _given(view)
    return fill(
        t.OVERTAKEN_AGAIN if again else t.OVERTAKEN,
        number=naming.number(view),
        citation=cite(view.plan.determination_clause),
        held=doubt.held or w.UNDETERMINED,
        role=naming.role(view.plan, determination[0]) if determination is not None else w.NAME_UNKNOWN,
        time=at(determination[1] if determination is not None else doubt.at, view.now),
        figures=shortly(view),
        unsure="\n".join(unsure_lines(view)),
        reached=_reached(view, doubt),
        possible=_possible(notice, view) if doubt.held is not None else "",
        **_ordinal(notice),
    )


def _given(view: View) -> tuple[str, datetime] | None:
    """Return by which role and when the level was determined."""
    entry = view.incident.events[view.incident.determined_sequence - 1]
    return (entry.event.by_role, entry.at) if isinstance(entry.event, LevelDetermined) else None


def _reached(view: View, doubt: Doubt) -> str:
    if not doubt.reached:
        return t.OVERTAKEN_SAID if doubt.unverified else t.OVERTAKEN_RISEN
    item = next((item for item in view.incident.events if item.sequence == doubt.sequence), None)
    because = item.event.because[:MOST_REASONS] if item is not None and isinstance(item.event, WordOvertaken) else ()
    reason = t.OVERTAKEN_BECAUSE.format(because=w.SEMICOLON.join(because)) if because else ""
    if doubt.surely == doubt.reached:
        return t.OVERTAKEN_CERTAIN.format(level=doubt.surely, because=reason)
    perhaps = t.OVERTAKEN_PERHAPS.format(level=doubt.reached, because=reason)
    return w.SEMICOLON.join(
        (t.OVERTAKEN_CERTAIN.format(level=doubt.surely, because=""), perhaps) if doubt.surely else (perhaps,)
    )


def _possible(notice: Notice, view: View) -> str:
    """Return what a higher level would demand, and by when."""
    items = [item for item in duties.owed(view, tuple(notice.params["possible"])) if not duties.is_unsure(item)]
    demands = [
        owed_texts.REMINDER_POSSIBLE_ITEM.format(
            applies=item.rule.applies if item.rule is not None else item.instance.rule,
            name=duties.name(item),
            due=duties.due(view, item),
            citation=duties.citation(item, reading=False),
        )
        for item in items
    ]
    return t.OVERTAKEN_POSSIBLE.format(items=w.SEMICOLON.join(demands)) if demands else ""


def _judgement(notice: Notice, view: View, doubt: Doubt, *, again: bool) -> Text:
    fact, current = fact_of(view, doubt.subject), value(view, doubt.subject)
    return fill(
        t.OVERTAKEN_JUDGEMENT_AGAIN if again else t.OVERTAKEN_JUDGEMENT,
        number=naming.number(view),
        question=fact.question,
        citation=cite(fact.clause, fact.reading),
        held=amount(current, fact) if current is not None else w.UNSTATED,
        figures=shortly(view),
        unsure="\n".join(unsure_lines(view)),
        **_ordinal(notice),
    )


def _ordinal(notice: Notice) -> dict[str, int]:
    """Return how often it was asked again, where it is."""
    return {"ordinal": int(notice.params["ordinal"])} if notice.params["ordinal"] else {}


@renders("word_stands")
def word_stands(notice: Notice, view: View) -> Text:
    """The figures that had overtaken a word were wrong."""
    if notice.params["subject"] != EVENT_LEVEL:
        return fill(t.WORD_STANDS_JUDGEMENT, number=naming.number(view))
    return fill(t.WORD_STANDS, number=naming.number(view), held=str(notice.params["held"] or w.UNDETERMINED))
