"""Commands about what is known: ``/update /correct /verify /judge /resolve``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.render import naming
from bot.texts.words import UNDETERMINED
from handlers.commands import IncidentCommand, incident_command
from handlers.evidence import kept
from handlers.parsing import OCCURRENCE, PLAN, UNSURE, event_level, flags, is_sum, yes_no
from plans import commands as c
from plans.intake.updates import place_of_update
from plans.intake.with_plan import facts_of, increments_of, read_for
from plans.load import plan_facts


async def update(ask: IncidentCommand) -> None:
    """``/update``: new figures, place or time in plain words; a photo is kept as evidence."""
    if ask.args[:1] == [PLAN]:
        await _choose_plan(ask, " ".join(ask.args[1:]))
        return
    command, evidence = stated(ask, ask.text), kept(ask.update.effective_message)
    if command is None and not evidence:
        await ask.wrong("update_how")
        return
    commands = [*([command] if command is not None else []), *evidence]
    again: dict[str, Any] = {}
    if command is not None:
        again = {"facts": dict(command.facts), "increments": sorted(command.increments), "text": command.text}
    await ask.run(*commands, done="updated", again=again)


async def _choose_plan(ask: IncidentCommand, given: str) -> None:
    registry, where = ask.tools.service.registry, ask.subject.incident.jurisdiction
    known = [plan for plan in map(registry.current, registry.ids) if plan.jurisdiction.name == where]
    meant = [plan for plan in known if given and (given == plan.id or given in plan.title)]
    plan_id, title = (meant[0].id, meant[0].title) if len(meant) == 1 else (given, given)
    await ask.run(c.ChoosePlan(plan=plan_id), done="plan_chosen", plan=title)


def stated(ask: IncidentCommand, text: str) -> c.Update | None:
    """Return what a text says anew of an incident, or None when nothing was read in it."""
    reading = read_for(ask.subject.plan, text, now=ask.caller.said_at)
    facts, raised = facts_of(reading)
    facts = {**facts, **flags(text.split(), ask.subject.plan)}
    raised = raised - facts.keys()
    occurred = reading.occurred
    place = place_of_update(reading.place, text, ask.subject.incident.place)
    if not facts and not raised and not place and (occurred is None or occurred.odd is not None):
        return None
    return c.Update(
        facts=facts,
        increments=increments_of(reading),
        raised=tuple(sorted(raised)),
        text=text,
        occurred_at=_occurrence(ask, text, occurred.at) if occurred is not None and occurred.odd is None else None,
        place=place,
        reason=text,
    )


def _occurrence(ask: IncidentCommand, text: str, at: datetime | None) -> datetime | None:
    """Return a time that is said to be when it happened; a later one is that of a call, or of what came next.

    Clocks run from the occurrence: only words that say so (发生时间是 …) put it later.
    """
    known = ask.subject.incident.occurred_at
    if at is None or known is None or at <= known:
        return at
    return at if any(word in text for word in OCCURRENCE) else None


@incident_command("correct", reports=True)
async def correct(ask: IncidentCommand) -> None:
    """``/correct``: figures that were told wrong."""
    facts, _ = facts_of(read_for(ask.subject.plan, ask.text, now=ask.caller.said_at))
    if not facts:
        await ask.wrong("correct_how")
        return
    await ask.run(c.Correct(facts=facts, reason=ask.text), done="corrected")


@incident_command("verify")
async def verify(ask: IncidentCommand) -> None:
    """``/verify``: with the event level, and figures in plain words."""
    plan = ask.subject.plan
    level = next((found for word in ask.args if (found := event_level(word, plan))), None)
    unsure = level is None and any(word in (*UNSURE, UNDETERMINED) for word in ask.args)
    words = " ".join(word for word in ask.args if event_level(word, plan) is None and word not in UNSURE)
    facts, _ = facts_of(read_for(plan, words, now=ask.caller.said_at)) if words else ({}, frozenset())
    if not unsure:
        held = ask.subject.incident.event_level
        done = "verified_level" if level else "verified_level_kept" if held else "verified"
        done = done if plan.event_levels else "verified_plain"
        command = c.Verify(facts=facts, event_level=level, reason=words)
        await ask.run(command, done=done, level=level or held or "")
        return
    verified = ask.subject.incident.verified_at is not None and not facts
    await ask.run(*([] if verified else [c.Verify(facts=facts)]), c.Determine(level=None), done="verified_unknown")


@incident_command("judge")
async def judge(ask: IncidentCommand) -> None:
    """``/judge``: a clause, or an answer's own words, and whether it holds."""
    if not ask.args:
        await ask.wrong("judge_how", clauses=_judgements(ask))
        return
    holds = yes_no(ask.args[1]) if len(ask.args) > 1 else True
    reason = " ".join(ask.args[2:] if holds is not None else ask.args[1:])
    named = next(
        (
            (fact, choice.id)
            for fact, value in ask.subject.plan.facts.items()
            for choice in value.choices
            if choice.label == ask.args[0]
        ),
        None,
    )
    fact, option = named or ("", "")
    clause = "" if named else ask.args[0]
    await ask.run(
        c.Judge(clause=clause, fact=fact, option=option, holds=holds is not False, reason=reason), done="judged"
    )


def _judgements(ask: IncidentCommand) -> str:
    facts = ask.subject.plan.facts.values()
    choices = [f"{choice.clause} {choice.label}" for fact in facts for choice in fact.choices if choice.clause]
    alone = [f"{fact.clause} {fact.label}" for fact in facts if fact.judgement and fact.clause and not fact.choices]
    return "；".join(choices + alone)


@incident_command("resolve")
async def resolve(ask: IncidentCommand) -> None:
    """``/resolve``: a fact, and whose figure counts, or 相加."""
    known = plan_facts(ask.subject.plan)
    labels = {item.label: name for name, item in known.items()}
    fact = next((labels.get(word, word) for word in ask.args if labels.get(word, word) in known), "")
    use = next((word for word in ask.args if labels.get(word, word) != fact), "")
    if not fact or not use:
        conflicts = "、".join(known[name].label for name in ask.subject.incident.conflicts)
        await ask.wrong("resolve_how", conflicts=conflicts or "无")
        return
    view = await ask.view()
    sources = [claim.source for claim in ask.subject.incident.claims.get(fact, ())]
    chosen = "sum" if is_sum(use) else next((name for name in sources if use in (name, naming.source(view, name))), use)
    await ask.run(c.Resolve(fact=fact, use=chosen), done="resolved")
