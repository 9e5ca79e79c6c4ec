"""Reports that go up by a reporting line: ``/submit`` and 「系统报」, confirmed in the very words that cross."""

from __future__ import annotations

from bot.render import numbered_keys
from bot.render.chat import popup_text
from bot.render.submitting import offered, preview
from bot.texts.words import LIST
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.rehearsal import refused
from handlers.replies import ask_again, say, show
from plans.incident.submitting import Submit


@incident_command("submit", who=Who.OFFICE, closed=True, help={"duty": 22})
async def submit(ask: IncidentCommand) -> None:
    """``/submit [number or kind of report] [jurisdiction]``: what would cross, to be confirmed."""
    view = await ask.view()
    may = offered(view)
    if not may:
        await ask.wrong("submit_none")
        return
    numbers = numbered_keys(view)
    for word in ask.args:
        key = numbers[int(word) - 1] if word.isdecimal() and 1 <= int(word) <= len(numbers) else word
        may = [one for one in may if key in (one[0].instance.key, one[0].instance.report, one[1].place)]
    if len(may) != 1 and (ask.args or len(may) > 1):
        known = [
            f"{numbers.index(item.instance.key) + 1} {item.instance.report}（{line.place}）"
            for item, line, _ in offered(view)
            if item.instance.key in numbers
        ]
        await ask.wrong("submit_which", known=LIST.join(known))
        return
    item, line, _ = may[0]
    message = preview(view, item.instance.key, line.id)
    if message is not None:
        await say(ask.context, ask.caller, message, "submit", stream=ask.subject.stream, in_private=True, ring=True)


async def page(press: ButtonPress) -> str:
    """Show what would cross as things stand now."""
    message = preview(await press.view(), press.arg("key"), press.arg("line"))
    if message is None:
        return popup_text("submit_none")
    await (ask_again if press.delivered_late else show)(press, message, "submit")
    return ""


@button("submit_page", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
async def submit_page(press: ButtonPress) -> str:
    """「系统报」: the words that would cross, and for whom."""
    return await page(press)


@button("submit", on="crossing", who=Who.OFFICE, where=Where.OFFICIAL, again=page, late=confirm_again(page))
async def submit_pressed(press: ButtonPress) -> str:
    """「确认报送」: in the very words that were shown."""
    command = Submit(
        line=press.arg("line"), obligation=press.arg("key"), to=tuple(press.arg("to")), text=press.arg("text")
    )
    return await refused(press, command) or await press.run(command, done="submitted", last=True)
