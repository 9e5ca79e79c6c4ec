"""Figures and what else is known: conflicts, a death not confirmed, news, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render import duties, naming
from bot.render.chat import popup_text
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.registry import explains, labels, renders
from bot.render.text import Text, fill, quote, written, written_block
from bot.render.times import at
from bot.render.values import amount_of, fact_of, label
from bot.render.view import PRIVATE, View
from bot.texts import facts as t
from bot.texts import words as w
from bot.texts.unsure import UNREAD
from plans.core.notice import Notice, Press
from plans.incident.facts import FactsStated
from plans.incident.reporting import Reported
from plans.incident.state import Incident
from plans.load import plan_facts


@renders("conflict")
def conflict(notice: Notice, view: View) -> Text:
    """Both figures with their sources; the program sums nothing."""
    name = str(notice.params["fact"])
    times = {claim.source: at(claim.at, view.now) for claim in view.incident.claims.get(name, ())}
    claims = "\n".join(
        t.CONFLICT_CLAIM.format(
            source=naming.source(view, source),
            value=amount_of(value, fact_of(view, name)),
            time=t.CONFLICT_TIME.format(time=times[source]) if source in times else "",
        )
        for source, value in notice.params["claims"].items()
    )
    return fill(t.CONFLICT, number=naming.number(view), label=label(view, name), claims=claims)


@renders("death_unconfirmed")
def death_unconfirmed(notice: Notice, view: View) -> Text:
    """A first death that the duty officer has not confirmed."""
    claims = view.incident.claims.get("deaths", ())
    time = at(claims[-1].at, view.now) if claims else at(view.now, view.now)
    return fill(
        t.DEATH_UNCONFIRMED,
        number=naming.number(view),
        value=amount_of(notice.params["value"], fact_of(view, "deaths")),
        source=naming.source(view, str(notice.params["source"])),
        time=time,
    )


@renders("update")
def update(notice: Notice, view: View) -> Text:
    """News from somebody else than the duty officer; what another office or system wrote is read here."""
    words = str(notice.params.get("words", ""))
    return fill(
        t.UPDATE,
        number=naming.number(view),
        source=naming.source(view, str(notice.params["source"])),
        time=at(view.now, view.now),
        facts=statement(view, notice.params["facts"]) or (t.UPDATE_WORDS_ONLY if words else t.UPDATE_TEXT_ONLY),
        unread=_unread(notice) if view.place_kind == PRIVATE else "",
        words=quote(written_block(words)) if words and view.place_kind == PRIVATE else "",
    )


def _unread(notice: Notice) -> str:
    """Return the numbers that no reading used."""
    numbers = list(dict.fromkeys(notice.params.get("unread", ())))
    return UNREAD.format(numbers=w.LIST.join(written(number, 12) for number in numbers)) if numbers else ""


def statement(view: View, facts: Mapping[str, Any]) -> str:
    """Return facts as they were stated: ``受伤12人，失联正在核实``."""
    definitions = plan_facts(view.plan)
    return w.COMMA.join(
        label(view, name) + amount_of(data, definitions[name]) for name, data in facts.items() if name in definitions
    )


@renders("correction")
def correction(notice: Notice, view: View) -> Text:
    """A new message that takes the place of the old figures."""
    params = notice.params
    old = {name: data for name, data in params["old"].items() if data is not None}
    recipients = tuple(params["told"])
    return fill(
        t.CORRECTION,
        ordinal=int(params["ordinal"]),
        number=naming.number(view),
        before=_said_at(view, old),
        old=t.CORRECTION_OLD.format(old=statement(view, params["old"])),
        time=at(view.now, view.now),
        new=statement(view, params["new"]),
        told=t.CORRECTION_TOLD.format(names=duties.names(view, recipients)) if recipients else "",
    )


def _said_at(view: View, old: Mapping[str, Any]) -> str:
    """Return since when the wrong figure stood: the last event that stated it."""
    for item in reversed(view.incident.events):
        event = item.event
        if isinstance(event, FactsStated | Reported) and any(
            event.facts.get(name) == data for name, data in old.items()
        ):
            return t.CORRECTION_BEFORE.format(time=at(item.at, view.now))
    return ""


def sure_message(words: str, incident: Incident, again: Mapping[str, Any]) -> Message:
    """Return a refusal that only wants a second word, with the button for it.

    Args:
        again: arguments of the statement that is made once more.
    """
    key = Key(popup_text("sure"), stamped(press("sure", "confirm", "facts", **again), incident))
    return Message(words, rows=((key,),))


@explains("no_conflict", "cannot_sum")
def _fact_name(params: Mapping[str, Any], view: View) -> dict[str, str]:
    return {"fact_name": label(view, str(params["fact"]))}


@explains("deaths_fall")
def _fewer_deaths(params: Mapping[str, Any], view: View) -> dict[str, str]:
    fact = fact_of(view, "deaths")
    return {"old_value": amount_of(params["old"], fact), "new_value": amount_of(params["new"], fact)}


@explains("unknown_source")
def _sources(params: Mapping[str, Any], view: View) -> dict[str, str]:
    return {"known": w.LIST.join(naming.source(view, str(item)) for item in params["known"])}


@labels("by_source")
def _by_source(item: Press, view: View) -> str:
    """Return a figure with its source."""
    value = amount_of(item.args["value"], fact_of(view, str(item.args["fact"])))
    return t.BY_SOURCE.format(source=naming.source(view, str(item.args["use"])), value=value)
