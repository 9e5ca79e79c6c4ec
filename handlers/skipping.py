"""Reports past a level: ``/skip`` and 「越级报送」, where the plan allows it."""

from __future__ import annotations

from datetime import datetime

from bot.render.skipping import page
from bot.texts.words import LIST, NONE
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import channel, taker, unit
from handlers.replies import show
from plans.incident.skipping import SkipLevel, rule_of


@incident_command("skip", who=Who.OFFICE)
async def skip(ask: IncidentCommand) -> None:
    """``/skip 首报 省政府 10:20 情况紧急``: the kind of report, to whom, when, why."""
    plan, incident = ask.subject.plan, ask.subject.incident
    allowed = [item for item in incident.open_instances if rule_of(plan, item) is not None]
    report = ask.args[0] if ask.args else ""
    instance = next((item for item in incident.open_instances if report and report in (item.report, item.rule)), None)
    if instance is None or len(ask.args) < 2:
        reports = LIST.join(dict.fromkeys(item.report for item in allowed)) or NONE
        await ask.wrong("skip_how", reports=reports)
        return
    instance = next((item for item in allowed if item.report == report), instance)
    to, how, receiver, words = "", "", "", []
    at: datetime | None = None
    for word in ask.args[1:]:
        if (time := ask.past(word)) is not None:
            at = time
        elif (known := channel(word)) is not None:
            how = known
        elif (name := taker(word)) is not None:
            receiver = name
        elif not to:
            to = unit(word, plan) or word
        else:
            words.append(word)
    command = SkipLevel(
        obligation=instance.key, to=to, channel=how, called_at=at, taker=receiver, reason=" ".join(words)
    )
    await ask.run(command, done="skipped")


async def again(press: ButtonPress) -> str:
    """Show anew what the plan says of it."""
    await show(press, page(await press.view(), press.arg("key")), "skip_page")
    return ""


@button("skip_page", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
async def skip_page(press: ButtonPress) -> str:
    """「越级报送」: the plan's words, who stays owed, and a button for each whom the plan names."""
    return await again(press)


@button("skip", on="owed", who=Who.OFFICE, again=again, late=confirm_again(again))
async def skip_pressed(press: ButtonPress) -> str:
    """「已越级报市委」."""
    command = SkipLevel(
        obligation=press.arg("key"), to=press.arg("to"), shown=int(press.arg("shown", 0) or 0)
    )  # fmt: skip
    return await press.run(command, done="skipped")
