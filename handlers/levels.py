"""The response level: ``/declare``, its preview, the units that are told."""

from __future__ import annotations

from datetime import datetime

from bot.render import choose_units, preview_declare
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import EXPECTED, response_level
from handlers.rehearsal import preview, refused, tried, units_of
from handlers.replies import ask_again, redraw, show
from plans.core.keys import Key
from plans.core.outcome import Refusal
from plans.incident.case import Outcome
from plans.incident.levels import Agreed, Declare, Declared


@incident_command("declare", help={"leader": 2})
async def declare(ask: IncidentCommand) -> None:
    """``/declare``: a level, perhaps 预计…, and the reason where another level was proposed."""
    subject = ask.subject
    level = response_level(ask.args[0], subject.plan) if ask.args else None
    if level is None and subject.incident.proposal is not None and not ask.args:
        level = subject.incident.proposal.level
    if level is None or all(item.level != level for item in subject.plan.responses):
        await ask.wrong("declare_how", levels="、".join(item.level for item in subject.plan.responses))
        return
    expected = next((word for word in ask.args[1:] if word.startswith(EXPECTED)), "")
    reason = " ".join(word for word in ask.args[1:] if word != expected)
    expected = expected.removeprefix(EXPECTED)
    command = Declare(level=level, reason=reason, expected=expected)
    await preview(
        ask, command, lambda view, trial: preview_declare(view, level, None, reason, expected, *acting(trial))
    )


def acting(trial: Outcome | Refusal) -> tuple[str, datetime | None, tuple[str, ...]]:
    """Return for whom and until when the role is held under which a declaration would be made, and who must agree."""
    events = [item.event for item in trial.recorded] if isinstance(trial, Outcome) else []
    declared = next((event for event in events if isinstance(event, Declared)), None)
    agreed = next((event for event in events if isinstance(event, Agreed)), None)
    missing = agreed.missing if agreed is not None else ()
    declaration = declared or agreed
    return (
        (declaration.acting_for or "", declaration.acting_until, missing)
        if declaration is not None
        else ("", None, missing)
    )


def _declaration(press: ButtonPress) -> Declare:
    return Declare(
        level=press.arg("level"), reason=press.arg("reason"), expected=press.arg("expected"), units=units_of(press)
    )


@button("declare_preview", on=("incident", "proposal"))
async def declare_preview(press: ButtonPress) -> str:
    """First step of declaring: what will be said, to whom, and that it cannot be taken back."""
    problem = await refused(press, _declaration(press), but="reason")
    if not problem:
        draw = ask_again if press.delivered_late else show if Key(press.button.object).kind == "proposal" else redraw
        message = preview_declare(
            await press.view(), press.arg("level"), units_of(press), press.arg("reason"), press.arg("expected"),
            *acting(await tried(press, _declaration(press))),
        )  # fmt: skip
        await draw(press, message, "preview_declare")
    return problem


@button("change_units")
async def change_units(press: ButtonPress) -> str:
    """「改通知单位」: every member unit as a button, in the place of the preview."""
    await _choose(press, units_of(press) or ())
    return ""


async def _choose(press: ButtonPress, units: tuple[str, ...]) -> None:
    choice = choose_units(await press.view(), press.arg("level"), units, press.arg("reason"), press.arg("expected"))
    await redraw(press, choice, "choose_units")


@button("toggle_unit")
async def toggle_unit(press: ButtonPress) -> str:
    """One unit more or less."""
    units, unit = list(units_of(press) or ()), press.arg("unit")
    units = [item for item in units if item != unit] if unit in units else [*units, unit]
    await _choose(press, tuple(units))
    return ""


@button("declare", on="standing", again=declare_preview, late=confirm_again(declare_preview))
async def declare_pressed(press: ButtonPress) -> str:
    """Second step: declared. A press that lay there while we were away is asked again."""
    *_, missing = acting(await tried(press, _declaration(press)))
    return await press.run(_declaration(press), done="agreed" if missing else "declared", last=True)
