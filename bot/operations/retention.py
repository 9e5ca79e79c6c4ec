"""What is only kept for a time: raw updates, words of messages, forms that nobody finished, heads of former lists, why
somebody asked for a replacement, names in invitations and claims that are over, links and sessions of browsers, calls
by telephone, by which requests of other systems are known again, what other systems were told, what went up by
reporting lines.

Journals stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from storage.store import Store

BATCH = 500
"""Messages in one transaction: whoever has something urgent to write waits for no more."""

FORMS = timedelta(days=7)
SESSIONS = timedelta(days=30)
"""After so long it is of no use who looked by browser from where; the admin logs keep that he did."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """Of how many things the words were erased."""

    updates: int
    messages: int
    forms: int


async def forget(store: Store, now: datetime, keep: timedelta) -> Forgotten:
    """Erase what is older than ``keep``, and take it off the disk; nothing when ``keep`` is zero.

    Messages of open incidents keep their words, however old they are. Not inside a transaction.

    Raises:
        Unavailable: the database cannot now; what was erased before stays erased.
    """
    if not keep:
        return Forgotten(updates=0, messages=0, forms=0)
    async with store.writing("retention.updates") as tx:
        updates = await tx.inbox.forget_payloads(now - keep)
        forms = await tx.forms.forget(now - min(keep, FORMS))
        await tx.people.forget_unused_invitations(now)
        await tx.people.forget_decided_claims(now - keep)
        await tx.holds.forget(now)
        await tx.people.forget_old_reasons(now - keep)
        await tx.bodies.forget_earlier(now - keep)
        await tx.voice_calls.forget(now - keep)
        await tx.api_requests.forget(now - keep)
        await tx.webhooks.forget(now - keep)
        await tx.submissions.forget(now - keep)
        await tx.web_sessions.forget_screens(now)
        await tx.web_sessions.forget_earlier(now - min(keep, SESSIONS))
        await tx.feeds.forget_earlier(now - min(keep, SESSIONS))
    messages = 0
    while True:
        async with store.writing("retention.messages") as tx:
            done = await tx.outbox.forget_payloads(now - keep, BATCH)
        messages += done
        if done < BATCH:
            break
    if updates or messages or forms:
        await store.scrub()
        log.info("retention.forgotten", updates=updates, messages=messages, forms=forms)
    return Forgotten(updates=updates, messages=messages, forms=forms)
