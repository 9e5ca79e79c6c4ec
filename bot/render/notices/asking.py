"""Notices about figures: questions, conflicts, a death not confirmed, news, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render import naming
from bot.render import owed as o
from bot.render.citing import cite
from bot.render.notices.registry import words
from bot.render.text import Text, fill
from bot.render.times import at
from bot.render.values import amount_of, fact_of, label, shortly
from bot.render.view import View
from bot.texts import facts as facts_texts
from bot.texts import judging as judging_texts
from bot.texts import merging as merging_texts
from bot.texts import words as w
from plans import events as e
from plans.load import plan_facts
from plans.notices import Notice


@words("question")
def question(notice: Notice, view: View) -> Text:
    """The one question that decides, with its clause and reading."""
    fact = view.plan.facts.get(str(notice.params["fact"]))
    citation = cite(str(notice.params["clause"]), fact.reading if fact is not None else None)
    return fill(
        judging_texts.QUESTION,
        number=naming.number(view),
        question=str(notice.params["question"]),
        citation=citation,
        figures=shortly(view),
    )


@words("conflict")
def conflict(notice: Notice, view: View) -> Text:
    """Both figures with their sources; the program sums nothing."""
    name = str(notice.params["fact"])
    said = {claim.source: at(claim.at, view.now) for claim in view.incident.claims.get(name, ())}
    claims = "\n".join(
        facts_texts.CONFLICT_CLAIM.format(
            source=naming.source(view, source),
            value=amount_of(value, fact_of(view, name)),
            time=facts_texts.CONFLICT_TIME.format(time=said[source]) if source in said else "",
        )
        for source, value in notice.params["claims"].items()
    )
    return fill(facts_texts.CONFLICT, number=naming.number(view), label=label(view, name), claims=claims)


@words("death_unconfirmed")
def death_unconfirmed(notice: Notice, view: View) -> Text:
    """A first death that the duty officer has not confirmed."""
    claims = view.incident.claims.get("deaths", ())
    time = at(claims[-1].at, view.now) if claims else at(view.now, view.now)
    return fill(
        facts_texts.DEATH_UNCONFIRMED,
        number=naming.number(view),
        value=amount_of(notice.params["value"], fact_of(view, "deaths")),
        source=naming.source(view, str(notice.params["source"])),
        time=time,
    )


@words("duplicate")
def duplicate(notice: Notice, view: View) -> Text:
    """Perhaps the same incident as another."""
    return fill(
        merging_texts.DUPLICATE,
        number=naming.number(view),
        other=int(notice.params["number"]),
        title=naming.title(view),
    )


@words("update")
def update(notice: Notice, view: View) -> Text:
    """News from somebody else than the duty officer."""
    return fill(
        facts_texts.UPDATE,
        number=naming.number(view),
        source=naming.source(view, str(notice.params["source"])),
        time=at(view.now, view.now),
        facts=stated(view, notice.params["facts"]) or facts_texts.UPDATE_TEXT_ONLY,
    )


def stated(view: View, facts: Mapping[str, Any]) -> str:
    """Return facts as they were stated: ``受伤12人，失联正在核实``."""
    known = plan_facts(view.plan)
    return w.COMMA.join(
        label(view, name) + amount_of(data, known[name]) for name, data in facts.items() if name in known
    )


@words("correction")
def correction(notice: Notice, view: View) -> Text:
    """A new message that takes the place of the old figures."""
    params = notice.params
    old = {name: data for name, data in params["old"].items() if data is not None}
    told = tuple(params["told"])
    return fill(
        facts_texts.CORRECTION,
        ordinal=int(params["ordinal"]),
        number=naming.number(view),
        before=_said_at(view, old),
        old=facts_texts.CORRECTION_OLD.format(old=stated(view, params["old"])),
        time=at(view.now, view.now),
        new=stated(view, params["new"]),
        told=facts_texts.CORRECTION_TOLD.format(names=o.names(view, told)) if told else "",
    )


def _said_at(view: View, old: Mapping[str, Any]) -> str:
    """Return since when the wrong figure stood: the last event that stated it."""
    for item in reversed(view.incident.events):
        event = item.event
        if isinstance(event, e.FactsStated | e.Reported) and any(
            event.facts.get(name) == data for name, data in old.items()
        ):
            return facts_texts.CORRECTION_BEFORE.format(time=at(item.at, view.now))
    return ""
