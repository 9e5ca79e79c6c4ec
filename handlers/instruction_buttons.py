"""What the office does with an instruction by buttons: sets a draft right, sends it, extends it, judges results."""

from __future__ import annotations

from bot.render import instructions as pages
from bot.render import results
from bot.render.chat import popup_text
from bot.texts import instructions as t
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.instructions import state_as_instruction
from handlers.picking import amended, previewed, send
from handlers.recipients import page_again, view_of
from handlers.replies import redraw
from plans.desk.instructions import AmendInstruction, ExtendInstruction
from plans.desk.returning import ReleaseRecipient, ReturnResult
from plans.desk.wording import by_when

# --- the draft's buttons


@button("instruct_give", on="draft", who=Who.OFFICE, again=previewed, late=confirm_again(previewed))
async def give(press: ButtonPress) -> str:
    """Second step: it goes out."""
    return await send(press)


@button("instruct_way", on="draft", who=Who.OFFICE)
async def way(press: ButtonPress) -> str:
    """Ask by which way it was given."""
    await redraw(press, pages.choose_way(await press.case_view()), "desk_preview")
    return ""


@button("instruct_set_way", on="draft", who=Who.OFFICE)
async def set_way(press: ButtonPress) -> str:
    """By that way."""
    return await amended(press, AmendInstruction(way=str(press.arg("words"))), "instruct_way_set")


@button("instruct_urgent", on="draft", who=Who.OFFICE)
async def urgent(press: ButtonPress) -> str:
    """加急, or not any more."""
    return await amended(press, AmendInstruction(urgent=bool(press.arg("urgent"))), "desk_urgency_set")


@button("instruct_due", on="draft", who=Who.OFFICE)
async def due(press: ButtonPress) -> str:
    """Ask by when."""
    await redraw(press, pages.choose_due(await press.case_view()), "desk_preview")
    return ""


@button("instruct_set_due", on="draft", who=Who.OFFICE)
async def set_due(press: ButtonPress) -> str:
    """By then."""
    found = by_when(str(press.arg("words")), press.tools.clock.now())
    asked = AmendInstruction(
        due=found.at if found is not None else None, due_words=found.words if found is not None else "",
        no_due=found is None,
    )  # fmt: skip
    return await amended(press, asked, "instruct_due_set")


# --- what the desk does by buttons


@button("instruct_extend", on="told", who=Who.OFFICE)
async def extend(press: ButtonPress) -> str:
    """Ask for another day."""
    await redraw(press, pages.choose_due(await press.case_view()), "desk_page")
    return ""


@button("instruct_extended", on="told", who=Who.OFFICE)
async def extended(press: ButtonPress) -> str:
    """By that day."""
    found = by_when(str(press.arg("words")), press.tools.clock.now())
    if found is None:
        return popup_text("button_stale")
    problem = await press.run(ExtendInstruction(due=found.at, words=found.words), done="instruct_due_set")
    await page_again(press)
    return problem


@button("instruct_back", on="paper", who=Who.OFFICE)
async def back(press: ButtonPress) -> str:
    """Ask whose result is not enough."""
    if not state_as_instruction(press.case_subject).finished:
        return popup_text("instruct_nothing_back")
    await redraw(press, results.which_back(await view_of(press.context, press.caller, press.case_subject)), "desk_page")
    return ""


@button("instruct_back_of", on="paper", who=Who.OFFICE)
async def back_of(press: ButtonPress) -> str:
    """Ask why."""
    name, state = str(press.arg("recipient")), state_as_instruction(press.case_subject)
    if name not in state.results:
        return popup_text("instruct_nothing_back")
    view = await view_of(press.context, press.caller, press.case_subject)
    await redraw(press, results.why_back(view, name), "desk_page")
    return ""


@button("instruct_returned", on="paper", who=Who.OFFICE)
async def returned(press: ButtonPress) -> str:
    """It is to be done again, for that reason."""
    asked = ReturnResult(recipient=str(press.arg("recipient")), reason=str(press.arg("words")))
    problem = await press.run(asked, done="instruct_returned_now")
    await page_again(press)
    return problem


@button("instruct_insist", on="recipient", who=Who.OFFICE)
async def insist(press: ButtonPress) -> str:
    """What a unit sent back is to be done by it all the same."""
    asked = ReturnResult(recipient=str(press.arg("recipient")), reason=t.INSIST_REASON)
    return await press.run(asked, done="instruct_returned_now", last=True)


@button("instruct_release", on="recipient", who=Who.OFFICE)
async def release(press: ButtonPress) -> str:
    """What a unit sent back it need not do."""
    asked = ReleaseRecipient(recipient=str(press.arg("recipient")))
    return await press.run(asked, done="instruct_released_now", last=True)
