"""Buttons that decide: a preview first, then the word; what lay at Telegram while we were away is asked again."""

from __future__ import annotations

from datetime import datetime

from bot.render import choose_units, preview_declare, preview_end, preview_oral
from bot.render.chat import popup_text
from bot.render.oral import oral_who
from bot.render.proposals import decline_again
from bot.service import Step
from bot.service.answering import shortly
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.levels import acting, recorded_by, spoken_by
from handlers.replies import ask_again, redraw, show
from plans import commands as c
from plans.commands import Command
from plans.decide import Outcome, Refusal


async def _tried(press: ButtonPress, command: Command) -> Outcome | Refusal:
    """Return what a command would come to."""
    step = Step(stream=press.subject.stream, command=command)
    return await press.tools.service.rehearse(step, press.caller.requester)


async def _refused(press: ButtonPress, command: Command, *, but: str = "") -> str:
    """Return the pop-up of what would be refused, empty where it would not; ``but`` names what the preview asks for."""
    trial = await _tried(press, command)
    if not isinstance(trial, Refusal) or (but and trial.confirm == but):
        return ""
    return shortly(trial, await press.view())


def _units(press: ButtonPress) -> tuple[str, ...] | None:
    return tuple(press.arg("units")) if press.arg("units") else None


def _declaration(press: ButtonPress) -> c.Declare:
    return c.Declare(
        level=press.arg("level"), reason=press.arg("reason"), expected=press.arg("expected"), units=_units(press)
    )


@button("declare_preview", on=("incident", "proposal"))
async def declare_preview(press: ButtonPress) -> str:
    """First step of declaring: what will be said, to whom, and that it cannot be taken back."""
    problem = await _refused(press, _declaration(press), but="reason")
    if not problem:
        draw = ask_again if press.delivered_late else show if press.button.object.startswith("proposal:") else redraw
        shown = preview_declare(
            await press.view(), press.arg("level"), _units(press), press.arg("reason"), press.arg("expected"),
            *acting(await _tried(press, _declaration(press))),
        )  # fmt: skip
        await draw(press, shown, "preview_declare")
    return problem


@button("change_units")
async def change_units(press: ButtonPress) -> str:
    """「改通知单位」: every member unit as a button, in the place of the preview."""
    await _choose(press, _units(press) or ())
    return ""


async def _choose(press: ButtonPress, units: tuple[str, ...]) -> None:
    shown = choose_units(await press.view(), press.arg("level"), units, press.arg("reason"), press.arg("expected"))
    await redraw(press, shown, "choose_units")


@button("toggle_unit")
async def toggle_unit(press: ButtonPress) -> str:
    """One unit more or less."""
    units, unit = list(_units(press) or ()), press.arg("unit")
    units = [item for item in units if item != unit] if unit in units else [*units, unit]
    await _choose(press, tuple(units))
    return ""


@button("declare", on="standing", again=declare_preview, late=confirm_again(declare_preview))
async def declare(press: ButtonPress) -> str:
    """Second step: declared. A press that lay there while we were away is asked again."""
    *_, missing = acting(await _tried(press, _declaration(press)))
    return await press.run(_declaration(press), done="agreed" if missing else "declared", last=True)


async def ask_decline(press: ButtonPress) -> str:
    """Ask once more whether a level is not to be started, while that is proposed."""
    proposal = press.subject.incident.proposal
    if proposal is not None and not proposal.declined:
        message = decline_again(await press.view(), press.arg("level"), f"proposal:{proposal.sequence}")
        await (ask_again if press.delivered_late else show)(press, message, "proposal_again")
    return ""


@button("decline", on="proposal", again=ask_decline, late=confirm_again(ask_decline))
async def decline(press: ButtonPress) -> str:
    """「暂不启动」."""
    return await press.run(c.DeclineProposal(reason=press.arg("reason")), done="noted")


@button("oral_start", on="proposal", who=Who.DUTY, refused="oral_by_duty")
async def oral_start(press: ButtonPress) -> str:
    """代录: who spoke? One tap for each role that may; the duty officer alone records it."""
    await show(press, oral_who(await press.view(), press.arg("level"), press.arg("decides", "declare")), "oral_who")
    return ""


def _spoken(press: ButtonPress, name: str) -> c.RecordOral:
    spoken_at = datetime.fromisoformat(press.arg("spoken_at")) if press.arg("spoken_at") else None
    return c.RecordOral(
        of=press.arg("of"), decides=press.arg("decides", "declare"), level=press.arg("level") or None,
        spoken_by=press.arg("spoken_by") or name, spoken_at=spoken_at, reason=press.arg("reason"),
        expected=press.arg("expected"), units=_units(press),
    )  # fmt: skip


@button("oral_preview")
async def oral_preview(press: ButtonPress) -> str:
    """What the record will say, in the place of the question who spoke."""
    name = await spoken_by(press.tools, press.subject, press.arg("of"))
    command = _spoken(press, name)
    problem = await _refused(press, command)
    if not problem:
        shown = preview_oral(
            recorded_by(await press.view(), press.caller), command.of, command.decides, command.level,
            spoken_by=command.spoken_by, spoken_at=command.spoken_at, units=command.units, reason=command.reason,
            expected=command.expected,
        )  # fmt: skip
        await (ask_again if press.delivered_late else redraw)(press, shown, "preview_oral")
    return problem


@button("oral", on="standing", again=oral_preview, late=confirm_again(oral_preview))
async def oral(press: ButtonPress) -> str:
    """「属实，公布」."""
    done = "noted_oral" if press.arg("decides") == "decline" else "recorded"
    return await press.run(_spoken(press, ""), done=done, last=True)


@button("end_preview")
async def end_preview(press: ButtonPress) -> str:
    """First step of ending."""
    problem = await _refused(press, c.End(reason=press.arg("reason")))
    if not problem:
        shown = preview_end(await press.view(), press.arg("reason"))
        in_its_place = press.button.object == "standing"
        draw = ask_again if press.delivered_late else redraw if in_its_place else show
        await draw(press, shown, "preview_end")
    return problem


@button("end", on="standing", again=end_preview, late=confirm_again(end_preview))
async def end(press: ButtonPress) -> str:
    """Second step of ending."""
    return await press.run(c.End(reason=press.arg("reason")), done="ended", last=True)


@button("back")
async def back(press: ButtonPress) -> str:
    """「返回」: nothing happens."""
    await press.strip()
    return popup_text("nothing_done")


@button("sign", on="decision")
async def sign(press: ButtonPress) -> str:
    """「补签」."""
    return await press.run(c.Sign(decision=press.button.revision), done="signed", last=True)
