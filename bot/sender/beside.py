"""What goes by other ways than Telegram: so much at a time, of each person and in all, beside Telegram's own calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from bot.delivery import PAUSES, Ambiguous, Dead, Later, Verdict
from bot.notifier import EACH, IN_ALL, NotSent, Refused, Unsure
from bot.outgoing.channels import NOTIFY
from bot.sender.send_outcomes import Call
from storage.outbox import OutboxRow
from storage.transaction import Writing

CALM = 2
"""So many of a low priority at the same time, such as tests that people ask for: calls find room beside them."""


async def beside(tx: Writing, now: datetime, air: Collection[Call], places_held: Collection[str]) -> list[OutboxRow]:
    """Take what may go by other ways now: claimed when there is room, so that each is still wanted when it leaves.

    Args:
        air: the calls that have not ended.
    """
    flying = [call.row for call in air if call.method == NOTIFY]
    room = IN_ALL - len(flying)
    if room <= 0:
        return []
    of_each = Counter(row.person_id for row in flying)
    full = [person for person, count in of_each.items() if person is not None and count >= EACH]
    calm = sum(row.priority > CALM for row in flying)
    rows = await tx.outbox.claim(
        now, room, places_held, only=NOTIFY, exclude_persons=full, priority_max=CALM if calm >= CALM else None
    )
    claimed: list[OutboxRow] = []
    for row in rows:
        calm += row.priority > CALM
        of_each[row.person_id] += 1
        if of_each[row.person_id] <= EACH and (row.priority <= CALM or calm <= CALM):
            claimed.append(row)
    ids_left = {row.id for row in rows} - {row.id for row in claimed}
    await tx.outbox.give_back(ids_left)
    return claimed


def told_by(problem: NotSent | Unsure, attempts: int) -> Verdict:
    """Return what an end without success means, tries so far included."""
    if isinstance(problem, Unsure):
        return Ambiguous(error=str(problem))
    if isinstance(problem, Refused) or attempts >= len(PAUSES):
        return Dead(error=str(problem))
    return Later(after=PAUSES[attempts - 1], error=str(problem))
