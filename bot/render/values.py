"""Figures in words: unknown is 正在核实 and never 0, an interval stays one, every figure has its source and time."""

from __future__ import annotations

from typing import Any

from bot.render.naming import source
from bot.render.times import at
from bot.render.view import View
from bot.texts import card as c
from bot.texts import elements as t
from bot.texts import words as w
from plans.incident.figures import confirmed, counted, hearsay
from plans.incident.records_said import Claim
from plans.load import plan_facts
from plans.model import Fact, Plan
from plans.values import FactValue, Interval, Options, Unknown, parse, written

SHOWN = ("deaths", "injuries", "serious_injuries", "ill", "missing", "trapped", "endangered")
"""The order in which figures are read."""

ALWAYS = ("deaths", "injuries")
"""Shown also while nothing is known of them."""

_MOST_OF_ITS_OWN = 2


def always(plan: Plan) -> tuple[str, ...]:
    """Return the figures that are shown also while nothing is known: of a plan without casualties, its first own."""
    if plan.casualties:
        return ALWAYS
    own = [name for name, fact in plan.facts.items() if fact.open and fact.type in ("count", "number")]
    return tuple(own[:_MOST_OF_ITS_OWN])


def amount(value: FactValue, fact: Fact) -> str:
    """Return ``4人``, ``30至39人``, ``至少3人``, ``正在核实``, or a choice's label."""
    if isinstance(value, Unknown):
        return w.VERIFYING
    if isinstance(value, Options):
        return w.OR.join(_option(item, fact) for item in sorted(value.values, key=str))
    if value.exact is not None:
        return w.EXACT.format(value=written(value.exact), unit=fact.unit)
    return _interval(value, fact)


def amount_of(data: Any, fact: Fact) -> str:
    """Return the same from plain data, as events and refusals carry it."""
    return amount(parse(data), fact)


def _interval(value: Interval, fact: Fact) -> str:
    if value.at_least is not None and value.at_most is not None:
        # A strict bound (低于3天) is the float next to it.
        between = w.SHORT_OF if value.at_most < round(value.at_most, 6) else w.BETWEEN
        return between.format(low=written(value.at_least), high=written(value.at_most), unit=fact.unit)
    if value.at_least:
        least = w.OVER if value.at_least > round(value.at_least, 6) else w.AT_LEAST
        return least.format(value=written(value.at_least), unit=fact.unit)
    if value.at_most is not None:
        return w.AT_MOST.format(value=written(value.at_most), unit=fact.unit)
    return w.VERIFYING


def _option(item: str | bool, fact: Fact) -> str:
    if isinstance(item, bool):
        return w.YES if item else w.NO
    return next((choice.label for choice in fact.choices if choice.id == item), item)


def fact_of(view: View, name: str) -> Fact:
    """Return what the plan says of a fact."""
    return plan_facts(view.plan)[name]


def label(view: View, name: str) -> str:
    """Return how a fact is called."""
    facts = plan_facts(view.plan)
    return facts[name].label if name in facts and facts[name].label else name


def named(view: View, name: str) -> str:
    """Return how a fact is called before its value: ``受伤``, and ``涉及学校：`` where that is a word and no figure."""
    facts = plan_facts(view.plan)
    said = name in facts and facts[name].type in ("flag", "choice")
    return f"{label(view, name)}{w.COLON if said else ''}"


def value(view: View, name: str) -> FactValue | None:
    """Return what is held to be known of a fact, None where nobody spoke of it."""
    return counted(view.incident).get(name)


def plainly(view: View, name: str) -> str:
    """Return a fact's value alone: ``4人``, ``正在核实``; never 0 unless somebody said so."""
    current, fact = value(view, name), fact_of(view, name)
    if current is None and (answer := unknown_to_all(view, name)):
        return answer
    if current is None:
        return w.VERIFYING
    if name == "deaths" and (hearsay(view.incident) or view.incident.death_unconfirmed):
        return certain_deaths(view)
    if name in view.incident.conflicts:
        return c.FIGURE_BOTH.format(values=w.OR.join(amount(claim.value, fact) for claim in view.incident.claims[name]))
    return amount(current, fact) + ("" if sure(view, name) else w.UNVERIFIED)


def certain_deaths(view: View) -> str:
    """Return the deaths that are confirmed, else 正在核实: what only was said is no figure, and neither is a denial."""
    deaths = confirmed(view.incident, "deaths")
    some = isinstance(deaths, Interval) and bool(deaths.at_least)
    return amount(deaths, fact_of(view, "deaths")) if some and deaths is not None else w.VERIFYING


def rumour(view: View) -> str:
    """Return what is said of deaths and nobody has confirmed: ``有1人死亡的说法，未核实``; empty where nothing is."""
    values = dict.fromkeys(amount(claim.value, fact_of(view, "deaths")) for claim in hearsay(view.incident))
    return c.RUMOUR.format(value=w.OR.join(values)) if values else ""


def sure(view: View, name: str) -> bool:
    """Whether the newest word on a fact was confirmed, or is one that needs no confirming (a judgement, 正在核实)."""
    claims = view.incident.claims.get(name, ())
    return not claims or claims[-1].confirmed or isinstance(value(view, name), Unknown)


def unknown_to_all(view: View, name: str) -> str:
    """Return 不详 where somebody answered so and nobody has a figure, else nothing."""
    answer = view.incident.answers.get(name)
    asked = answer is not None and answer.answer == "unknown" and name not in view.incident.claims
    return t.ANSWERS["unknown"] if asked else ""


def figure(view: View, name: str) -> str:
    """Return a figure with source and time: ``死亡1人（未核实，来源：…，22:50）``; conflicting ones are all shown."""
    claims = view.incident.claims.get(name, ())
    fact = fact_of(view, name)
    if name == "deaths" and (rumours := hearsay(view.incident)):
        return c.DEATH_RUMOUR.format(
            label=named(view, name),
            value=certain_deaths(view),
            said=w.SEMICOLON.join(
                c.DEATH_SAID.format(
                    value=amount(claim.value, fact), source=source(view, claim.source), time=at(claim.at, view.now)
                )
                for claim in rumours
            ),
        )
    if not claims and (answer := unknown_to_all(view, name)):
        statement = view.incident.answers[name]
        return c.FIGURE_UNCONFIRMED.format(
            label=named(view, name),
            value=answer,
            source=source(view, statement.source),
            time=at(statement.at, view.now),
        )
    if not claims:
        return c.FIGURE_UNKNOWN.format(label=named(view, name))
    if name in view.incident.conflicts:
        both = w.SEMICOLON.join(
            c.FIGURE_CLAIM.format(
                value=amount(claim.value, fact), source=source(view, claim.source), time=at(claim.at, view.now)
            )
            for claim in claims
        )
        return c.FIGURE_CONFLICT.format(label=named(view, name), claims=both)
    return _single(view, name, claims[-1], fact)


def _single(view: View, name: str, claim: Claim, fact: Fact) -> str:
    current = value(view, name)
    text = amount(current if current is not None else claim.value, fact)
    if isinstance(current, Unknown):
        return c.FIGURE_UNKNOWN.format(label=named(view, name))
    template = c.FIGURE_CONFIRMED if claim.confirmed else c.FIGURE_UNCONFIRMED
    return template.format(
        label=named(view, name), value=text, source=source(view, claim.source), time=at(claim.at, view.now)
    )


def figures_to_show(view: View) -> list[str]:
    """Return the names of the figures to show: dead and injured always, the others where somebody spoke of them."""
    claims, first = view.incident.claims, always(view.plan)
    names = [name for name in SHOWN if name in claims or (name in first and not _replaced(view, name))]
    own = [name for name in claims if name not in SHOWN and not fact_of(view, name).judgement]
    return list(dict.fromkeys((*names, *(name for name in first if name not in SHOWN), *own)))


def _replaced(view: View, name: str) -> bool:
    """Where people fell ill and nobody was hurt, the ill take the place of the injured."""
    return name == "injuries" and "ill" in view.incident.claims


def shortly(view: View) -> str:
    """Return all figures in one line without sources: ``死亡正在核实，受伤4人``."""
    figures = w.COMMA.join(named(view, name) + plainly(view, name) for name in figures_to_show(view))
    return figures or c.NO_DATA


def told_figures(view: View, figures: dict[str, Any]) -> str:
    """Return figures that somebody was given, as plain data: ``受伤12人``; unknown ones are left out."""
    parts = [
        label(view, name)
        + (w.VERIFYING if name == "deaths" and _perhaps_none(data) else amount_of(data, fact_of(view, name)))
        for name in SHOWN
        if (data := figures.get(name)) is not None
    ]
    return w.COMMA.join(parts) or (c.NO_FIGURES_TOLD if view.plan.casualties else c.NO_DATA)


def _perhaps_none(data: Any) -> bool:
    """Whether plain data of deaths leaves open whether there are any: then it was told as 正在核实."""
    deaths = parse(data)
    return isinstance(deaths, Interval) and not deaths.at_least and deaths.exact is None
