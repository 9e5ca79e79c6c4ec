"""What is judged: whether it is true, the level of the event, the deciding questions. ``/verify /judge``."""

from __future__ import annotations

from bot.render.chat import popup_text
from bot.texts.words import UNDETERMINED
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import EVENT_LEVELS, UNSURE, event_level, yes_no
from handlers.replies import question_again
from handlers.statements import stated
from plans.incident.facts import Update
from plans.incident.judging import Determine, Judge, Verify


@incident_command("verify")
async def verify(ask: IncidentCommand) -> None:
    """``/verify``: with the event level, and figures in plain words."""
    plan = ask.subject.plan
    level = next((word_level for word in ask.args if (word_level := event_level(word, plan))), None)
    unsure = level is None and any(word in (*UNSURE, UNDETERMINED) for word in ask.args)
    words = " ".join(word for word in ask.args if event_level(word, plan) is None and word not in UNSURE)
    told = stated(ask, words) if words else None
    if not unsure:
        level_before = ask.subject.incident.event_level
        done = "verified_level" if level else "verified_level_kept" if level_before else "verified"
        given = next((word for word in ask.args if word in EVENT_LEVELS), "")
        if not plan.event_levels:
            done, level = "verified_unlevelled" if given else "verified_plain", None
        command = Verify(told=told, event_level=level, reason=words)
        await ask.run(command, done=done, level=level or level_before or given)
        return
    verified = ask.subject.incident.verified_at is not None and told is None
    await ask.run(*([] if verified else [Verify(told=told)]), Determine(level=None), done="verified_unknown")


@incident_command("judge")
async def judge(ask: IncidentCommand) -> None:
    """``/judge``: a clause, or an answer's own words, and whether it holds."""
    if not ask.args:
        await ask.wrong("judge_how", clauses=_judgements(ask))
        return
    holds = yes_no(ask.args[1]) if len(ask.args) > 1 else True
    reason = " ".join(ask.args[2:] if holds is not None else ask.args[1:])
    answer = next(
        (
            (fact, choice.id)
            for fact, value in ask.subject.plan.facts.items()
            for choice in value.choices
            if choice.label == ask.args[0]
        ),
        None,
    )
    fact, option = answer or ("", "")
    clause = "" if answer else ask.args[0]
    await ask.run(
        Judge(clause=clause, fact=fact, option=option, holds=holds is not False, reason=reason), done="judged"
    )


def _judgements(ask: IncidentCommand) -> str:
    facts = ask.subject.plan.facts.values()
    choices = [f"{choice.clause} {choice.label}" for fact in facts for choice in fact.choices if choice.clause]
    alone = [f"{fact.clause} {fact.label}" for fact in facts if fact.judgement and fact.clause and not fact.choices]
    return "；".join(choices + alone)


@button("judge", on=("fact", "doubt"), again=question_again)
async def judge_pressed(press: ButtonPress) -> str:
    """An answer to the deciding question."""
    return await press.run(Judge(fact=press.arg("fact"), option=press.arg("option")), done="judged")


@button("determine", on="doubt", again=question_again)
@button("determine_level", on="determination", again=question_again)
async def determine(press: ButtonPress) -> str:
    """The event level, given anew; none = 暂时无法判明."""
    return await press.run(Determine(level=press.arg("level") or None), done="determined", last=True)


@button("set_class", on="class", again=question_again)
async def set_class(press: ButtonPress) -> str:
    """An answer to the question which class of event it is."""
    return await press.run(Update(event_class=press.arg("class")), done="judged")


@button("unsure")
async def unsure(press: ButtonPress) -> str:
    """「还说不准」: nothing is recorded, the question stays on the worksheet."""
    return popup_text("unsure")
