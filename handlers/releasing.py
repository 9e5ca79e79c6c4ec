"""Statements for the public: ``/release``, its approval and its publication."""

from __future__ import annotations

from bot.render.chat import popup_text
from bot.render.releasing import preview_publish, preview_release, statement_text
from bot.texts import releasing as t
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.rehearsal import preview, refused, tried
from handlers.replies import ask_again, redraw, show
from plans.core.outcome import Refusal
from plans.incident.publishing import PublishRelease
from plans.incident.release_waiting import SubmitRelease
from plans.incident.releasing import ApproveRelease, DraftRelease


@incident_command("release")
async def release(ask: IncidentCommand) -> None:
    """``/release``: shows the draft; 退回 or 批准 answers one; 由 names a publisher where the plan does not."""
    first, rest = (ask.args[0], " ".join(ask.args[1:])) if ask.args else ("", "")
    if first in (*t.SENT_BACK, *t.AGREED):
        drafts = [item for item in ask.subject.incident.statements.values() if item.status == "draft"]
        number = drafts[-1].sequence if drafts else 0
        agreed = first in t.AGREED
        command = ApproveRelease(
            release=number, approved=agreed, reason="" if agreed else rest, taker=rest if agreed else ""
        )
        await ask.run(command, done="release_answered")
        return
    publisher, addition = "", ask.text
    if first == t.BY and len(ask.args) > 1:
        publisher, addition = ask.args[1], " ".join(ask.args[2:])
    view = await ask.view()
    draft = DraftRelease(text=statement_text(view, addition), addition=addition, publisher=publisher)
    await preview(ask, draft, lambda shown, _: preview_release(shown, addition, publisher))


@button("release_start", who=Who.OFFICE, where=Where.OFFICIAL)
async def release_start(press: ButtonPress) -> str:
    """The draft as it would read now."""
    view = await press.view()
    addition, publisher = press.arg("addition"), press.arg("publisher")
    command = DraftRelease(text=statement_text(view, addition), addition=addition, publisher=publisher)
    problem = await refused(press, command, but="reason")
    if not problem:
        await (redraw if press.arg("text") else show)(press, preview_release(view, addition, publisher), "release")
    return problem


@button("release_draft", on="standing", who=Who.OFFICE, where=Where.OFFICIAL, again=release_start)
async def release_draft(press: ButtonPress) -> str:
    """The draft is laid before whoever decides."""
    command = DraftRelease(
        text=press.arg("text"), addition=press.arg("addition"), publisher=press.arg("publisher"),
        obligation=press.arg("obligation"),
    )  # fmt: skip
    return await press.run(command, done="release_drafted", last=True)


@button("release_approve", on="statement", late=confirm_again())
async def release_approve(press: ButtonPress) -> str:
    """「已批准」: by whom the plan names, or noted for a body outside."""
    command = ApproveRelease(release=int(press.arg("release")))
    return await press.run(command, done="release_approved", last=True)


@button("release_submitted", on="statement", who=Who.OFFICE, late=confirm_again())
async def release_submitted(press: ButtonPress) -> str:
    """「已报送」: the body that publishes instead has the draft."""
    return await press.run(SubmitRelease(release=int(press.arg("release"))), done="release_submitted", last=True)


@button("release_return")
async def release_return(press: ButtonPress) -> str:
    """「退回」 wants a reason, which is typed."""
    return popup_text("release_return")


@button("release_preview", where=Where.OFFICIAL)
async def release_preview(press: ButtonPress) -> str:
    """What would go out, and how; the duty officer says first who agreed."""
    number, of = int(press.arg("release")), press.arg("of")
    trial = await tried(press, PublishRelease(release=number, medium=t.MEDIA[0], of=of))
    choose = False
    if isinstance(trial, Refusal):
        choose = trial.key == "not_yours_to_release" and not of and press.subject.staff
        if not choose:
            return await refused(press, PublishRelease(release=number, medium=t.MEDIA[0], of=of))
    message = preview_publish(await press.view(), number, of, choose=choose)
    draw = ask_again if press.delivered_late else redraw if of else show
    await draw(press, message, "release")
    return ""


@button(
    "release_publish", on="statement", where=Where.OFFICIAL, again=release_preview, late=confirm_again(release_preview)
)
async def release_publish(press: ButtonPress) -> str:
    """It goes out, by one's own word or one that the duty officer notes."""
    command = PublishRelease(release=int(press.arg("release")), medium=press.arg("medium"), of=press.arg("of"))
    return await press.run(command, done="release_published", last=True)
