"""The on-site command: ``/site`` sets it up, hands it over, or says why there is none; and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.render.on_site import page
from bot.texts.on_site import BY, HAND_OVER, SET_UP, WITHOUT
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import role, unit
from handlers.replies import say, show
from plans.incident.on_site import HandOverSite, SetUpSite, posts
from plans.incident.on_site_demand import DoWithoutSite
from plans.model import Plan


@incident_command("site", who=Who.OFFICE)
async def site(ask: IncidentCommand) -> None:
    """``/site 王五 学校北门 14:20 由指挥长``; 移交 and to whom, 不设 and why; alone it shows the page."""
    if not ask.args:
        await say(ask.context, ask.caller, page(await ask.view()), "site", stream=ask.subject.stream, in_private=True)
        return
    first, words = ask.args[0], ask.args[1:]
    if first == WITHOUT:
        await ask.run(DoWithoutSite(reason=" ".join(words)), done="site_without")
        return
    if first == HAND_OVER:
        said = _said(words, ask.subject.plan, ask.past)
        to = " ".join((said.name, *said.rest)).strip()
        higher = unit(to, ask.subject.plan) is not None or any(to == post.to for post in posts(ask.subject.plan))
        command = HandOverSite(commander="" if higher else to, body=to if higher else "", since=said.at)
        await ask.run(command, done="site_over")
        return
    said = _said(words if first == SET_UP else ask.args, ask.subject.plan, ask.past)
    await ask.run(
        SetUpSite(
            commander=said.name, place=" ".join(said.rest), since=said.at, of=said.of, spoken_by=said.spoken_by
        ),
        done="site_set",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Said:
    """What stands behind the command: a name, the place, a time, and by whose word."""

    name: str = ""
    rest: tuple[str, ...] = ()
    at: datetime | None = None
    of: str = ""
    spoken_by: str = ""


def _said(words: list[str], plan: Plan, past: Callable[[str], datetime | None]) -> Said:
    at: datetime | None = None
    of = spoken_by = ""
    rest: list[str] = []
    for word in words:
        if (time := past(word)) is not None:
            at = time
        elif word.startswith(BY) and len(word) > 1 and (by := _by(word.removeprefix(BY), plan)) is not None:
            of, spoken_by = by
        else:
            rest.append(word)
    return Said(name=rest[0] if rest else "", rest=tuple(rest[1:]), at=at, of=of, spoken_by=spoken_by)


def _by(words: str, plan: Plan) -> tuple[str, str] | None:
    """Return the role that 由指挥长赵六 names, and who that was."""
    titles = sorted(((value.title, name) for name, value in plan.roles.items()), key=lambda pair: -len(pair[0]))
    for title, name in titles:
        if words.startswith(title):
            return name, words.removeprefix(title)
    named = role(words, plan)
    return (named, "") if named is not None else None


async def again(press: ButtonPress) -> str:
    """Show the page as things stand now."""
    await show(press, page(await press.view()), "site")
    return ""


@button("site_held", on="site", who=Who.OFFICE, again=again, late=confirm_again(again))
async def held(press: ButtonPress) -> str:
    """「指挥长兼任」: the holder of a role that may take it himself commands at the scene."""
    return await press.run(SetUpSite(role=press.arg("role")), done="site_set", last=True)


@button("site_over", on="site", who=Who.OFFICE, again=again, late=confirm_again(again))
async def over(press: ButtonPress) -> str:
    """「已移交上级」: the higher command has come and took over."""
    return await press.run(HandOverSite(body=press.arg("to")), done="site_over", last=True)
