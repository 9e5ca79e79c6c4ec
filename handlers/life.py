"""The commands of an incident's life: figures, judgements, levels, calls, filings, the end. One short verb each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.render import Message, View, preview_declare, preview_end, preview_oral
from bot.render.chat import text_message
from bot.service import Step
from handlers.asking import Ask
from handlers.desk import desk
from handlers.finding import numbered
from handlers.parsing import channel, event_level, moment, response_level, role, unit, yes_no
from handlers.reporting import to_evidence
from handlers.showing import say
from plans import commands as c
from plans.decide import Refusal
from plans.decide.levels import picked_units
from plans.decide.units import ANSWERS
from plans.intake.with_plan import facts_of, increments_of, read_for
from plans.load import plan_facts


def _now(ask: Ask) -> datetime:
    return desk(ask.context).clock.now() + ask.found.incident.offset


async def update(ask: Ask) -> None:
    """``/update``: new figures, place or time in plain words; a photo is kept as evidence."""
    reading = read_for(ask.found.plan, ask.text, now=ask.caller.said_at)
    facts, raised = facts_of(reading)
    kept = to_evidence(ask.update.effective_message)
    if not facts and not raised and not reading.place and reading.occurred is None and not kept:
        await ask.wrong("update_how")
        return
    occurred = reading.occurred.at if reading.occurred is not None and reading.occurred.odd is None else None
    command = c.Update(facts=facts, increments=increments_of(reading), raised=tuple(sorted(raised)), text=ask.text, occurred_at=occurred, place=reading.place or "",
                       reason=ask.text)  # fmt: skip
    await ask.run(command, *kept, done="updated")


async def correct(ask: Ask) -> None:
    """``/correct``: figures that were told wrong."""
    facts, _ = facts_of(read_for(ask.found.plan, ask.text, now=ask.caller.said_at))
    if not facts:
        await ask.wrong("correct_how")
        return
    await ask.run(c.Correct(facts=facts, reason=ask.text), done="corrected")


async def verify(ask: Ask) -> None:
    """``/verify``: with the event level, and figures in plain words."""
    level = next((found for word in ask.args if (found := event_level(word, ask.found.plan))), None)
    words = " ".join(word for word in ask.args if event_level(word, ask.found.plan) is None)
    facts, _ = facts_of(read_for(ask.found.plan, words, now=ask.caller.said_at)) if words else ({}, frozenset())
    if not level and any(word in ("判明不了", "无法判明", "暂时无法判明") for word in ask.args):
        await ask.run(c.Verify(facts=facts), c.Determine(level=None), done="verified")
        return
    await ask.run(c.Verify(facts=facts, event_level=level, reason=words), done="verified")


async def judge(ask: Ask) -> None:
    """``/judge``: a clause and whether it holds."""
    if not ask.args:
        await ask.wrong("judge_how", clauses=_judgements(ask))
        return
    holds = yes_no(ask.args[1]) if len(ask.args) > 1 else True
    reason = " ".join(ask.args[2:] if holds is not None else ask.args[1:])
    await ask.run(c.Judge(clause=ask.args[0], holds=holds is not False, reason=reason), done="judged")


def _judgements(ask: Ask) -> str:
    facts = ask.found.plan.facts.values()
    choices = [f"{choice.clause} {choice.label}" for fact in facts for choice in fact.choices if choice.clause]
    return "；".join(
        choices
        + [f"{fact.clause} {fact.label}" for fact in facts if fact.judgement and fact.clause and not fact.choices]
    )


async def resolve(ask: Ask) -> None:
    """``/resolve``: a fact, and whose figure counts, or 相加."""
    labels = {item.label: name for name, item in plan_facts(ask.found.plan).items()}
    fact = next((labels.get(word, word) for word in ask.args if word in labels or word in labels.values()), "")
    use = next((word for word in ask.args if labels.get(word, word) != fact), "")
    if not fact or not use:
        await ask.wrong(
            "resolve_how",
            conflicts="、".join(plan_facts(ask.found.plan)[name].label for name in ask.found.incident.conflicts),
        )
        return
    sources = {claim.source for claim in ask.found.incident.claims.get(fact, [])}
    chosen = "sum" if use in ("相加", "sum") else next((name for name in sources if use in (name, _called(name))), use)
    await ask.run(c.Resolve(fact=fact, use=chosen), done="resolved")


def _called(source: str) -> str:
    return {"duty": "值班员", "reporter": "报告人", "school": "学校"}.get(source, source)


async def declare(ask: Ask) -> None:
    """``/declare``: shows the preview; only its button declares."""
    found = ask.found
    level = response_level(ask.args[0]) if ask.args else None
    if level is None and found.incident.proposal is not None and not ask.args:
        level = found.incident.proposal.level
    if level is None:
        await ask.wrong("declare_how", levels="、".join(item.level for item in found.plan.responses))
        return
    reason = " ".join(ask.args[1:])
    await _preview(ask, c.Declare(level=level, reason=reason), lambda view: preview_declare(
        view, level, picked_units(found.plan, next(item for item in found.plan.responses if item.level == level), found.incident.event_class),
        reason,
    ))  # fmt: skip


async def oral(ask: Ask) -> None:
    """``/oral``: who spoke, what was decided; shows the preview."""
    found = ask.found
    spoke = role(ask.args[0], found.plan) if ask.args else None
    decides = "end" if any(word in ("终止", "结束") for word in ask.args[1:]) else "declare"
    level = next((found_level for word in ask.args[1:] if (found_level := response_level(word))), None)
    if spoke is None or (decides == "declare" and level is None):
        await ask.wrong("oral_how", roles="、".join(item.title for item in found.plan.roles.values()))
        return
    command = c.RecordOral(of=spoke, decides=decides, level=level)
    await _preview(ask, command, lambda view: preview_oral(view, spoke, decides, level))


async def end(ask: Ask) -> None:
    """``/end``: shows the preview; without a response a reason ends it at once."""
    if ask.found.incident.state == "reported":
        await ask.run(c.End(reason=ask.text), done="ended")
        return
    await _preview(ask, c.End(reason=ask.text), preview_end)


async def _preview(ask: Ask, command: c.Command, draw: Callable[[View], Message]) -> None:
    tools = desk(ask.context)
    trial = await tools.service.rehearse(Step(stream=ask.found.stream, command=command), ask.caller.asker)
    if isinstance(trial, Refusal) and trial.confirm != "reason":
        await ask.run(command)  # refused in the transaction, recorded under this cause, and answered
        return
    view = tools.service.teller.view(ask.found.plan, ask.found.incident, tools.clock.now())
    stream = ask.found.stream
    if not await say(ask.context, ask.caller, draw(view), "preview", stream=stream, in_private=True, ring=True):
        await say(ask.context, ask.caller, text_message("see_private"), "preview")


async def file(ask: Ask) -> None:
    """``/file``: a report kind, recipients (all when left out), 电话 or 书面, the time, 接报 somebody."""
    plan, now = ask.found.plan, _now(ask)
    reports = {rule.report for rule in plan.obligations} | {"更正"}
    report, how, at, to, taker = "", "", None, [], ""
    for word in ask.args:
        if word in reports:
            report = word
        elif (found_channel := channel(word)) is not None:
            how = found_channel
        elif (found_time := moment(word, now)) is not None:
            at = found_time
        elif word.startswith("接报") and len(word) > 2:
            taker = word.removeprefix("接报人").removeprefix("接报").lstrip("：:")
        elif (found_unit := unit(word, plan)) is not None:
            to.append(found_unit)
        else:
            to.append(word)
    if not report:
        await ask.wrong("file_how", reports="、".join(sorted(reports)))
        return
    await ask.run(c.File(report=report, channel=how or "电话", to=tuple(to), called_at=at, taker=taker), done="filed")


async def waive(ask: Ask) -> None:
    """``/waive``: the number on the worksheet or the rule, and the reason."""
    opened = ask.found.incident.open_instances
    if not ask.args:
        await ask.wrong("waive_how")
        return
    which = ask.args[0]
    if which.isdecimal() and 1 <= int(which) <= len(opened):
        which = opened[int(which) - 1].key
    else:
        which = next((item.key for item in opened if item.report == which), which)
    await ask.run(c.Waive(obligation=which, reason=" ".join(ask.args[1:])), done="waived")


async def request(ask: Ask) -> None:
    """``/request``: which superior wants what verified."""
    recipient = unit(ask.args[0], ask.found.plan) if ask.args else None
    question = " ".join(ask.args[1:] if recipient else ask.args)
    await ask.run(c.RequestVerification(recipient=recipient or "", question=question), done="requested")


async def ack(ask: Ask) -> None:
    """``/ack``: one's own answer, or with a unit's name what it said on the telephone (代记)."""
    status = next((word for word in ask.args if word in ANSWERS), "收到")
    named = next((found for word in ask.args if (found := unit(word, ask.found.plan))), "")
    note = " ".join(word for word in ask.args if word != status and unit(word, ask.found.plan) is None)
    await ask.run(c.Acknowledge(status=status, unit=named, note=note), done="acknowledged", status=status)


async def undo(ask: Ask) -> None:
    """``/undo``: one's last answer, filing or verification, within a minute."""
    await ask.run(c.Undo(), done="undone")


async def close(ask: Ask) -> None:
    """``/close``."""
    await ask.run(c.Close())


async def reopen(ask: Ask) -> None:
    """``/reopen`` with a reason."""
    await ask.run(c.Reopen(reason=ask.text))


async def reject(ask: Ask) -> None:
    """``/reject`` with a reason."""
    await ask.run(c.Reject(reason=ask.text))


async def merge(ask: Ask) -> None:
    """``/merge A B``: A goes into B."""
    tools = desk(ask.context)
    given = numbered([word for word in ask.args if word not in ("并入", "到")])
    if given is None:
        await ask.wrong("merge_how")
        return
    async with tools.service.store.reading() as rx:
        row = await rx.incidents.by_number(ask.found.incident.jurisdiction, None, given[0], ask.found.incident.drill)
    if row is None:
        await ask.wrong("merge_how")
        return
    await ask.run(c.Merge(into=row.stream, number=row.number))
