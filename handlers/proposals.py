"""A proposed level that is not started: 「暂不启动」."""

from __future__ import annotations

from bot.render.proposals import decline_again
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.replies import ask_again, show
from plans.core import keys
from plans.incident.proposals import DeclineProposal


async def ask_decline(press: ButtonPress) -> str:
    """Ask once more whether a level is not to be started, while that is proposed."""
    proposal = press.subject.incident.proposal
    if proposal is not None and not proposal.declined:
        message = decline_again(await press.view(), press.arg("level"), keys.proposal(proposal.sequence))
        await (ask_again if press.delivered_late else show)(press, message, "proposal_again")
    return ""


@button("decline", on="proposal", again=ask_decline, late=confirm_again(ask_decline))
async def decline(press: ButtonPress) -> str:
    """「暂不启动」."""
    return await press.run(DeclineProposal(reason=press.arg("reason")), done="noted")
