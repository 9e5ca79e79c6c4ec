"""The messages of a played part, multiplied and sent again under Telegram's limits: what a token does with a province.

To play a hundred districts through the whole program takes a core for an hour; what limits a token is arithmetic. So
the messages that the program wrote in a played part (when each was due, how urgent, to which chat) are copied until
they are those of so many districts, every copy some minutes sooner or later, and go through the sender's rule: the most
urgent first, then the oldest, one at a time to each chat, and never more than Telegram takes. A live card that waits is
replaced by the next one, as in the outbox. docs/scale.md says what is left out.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.bench.province.telegram import A_CHAT, A_GROUP
from tests.bench.rounds import percentile

SHIFT = 240.0
"""Seconds by which a copy is sooner or later, at most."""

ANSWER = 0.12
"""Seconds from a call to its answer."""

SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A message that is due; see ``Play._messages``.

    Attributes:
        live: which card it draws, -1 where it is none: of those that wait for a chat only the newest is sent.
    """

    at: float
    priority: int
    number: int
    place: int
    group: bool
    what: str
    live: int = -1


@dataclass
class Sent:
    """What became of them: waits in seconds by what they were, and how many waited at each minute."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    queue: list[dict[int, int]] = field(default_factory=list)
    last_call: float = 0.0
    replaced: int = 0
    calls: int = 0
    seconds: float = 0.0

    def spans(self) -> dict[str, dict[str, float]]:
        """Return the waits as percentiles."""
        return {
            what: {name: round(percentile(waits, share), 2) for name, share in SHARES.items()}
            for what, waits in sorted(self.waits.items())
        }


def copied(messages: Sequence[Sequence[Any]], played: int, wanted: int, seed: int) -> list[Message]:
    """Return the messages of ``wanted`` districts, made of those of ``played`` ones."""
    draw, found, number = random.Random(seed), list[Message](), 0
    places, lives = (1 + max((int(one[at]) for one in messages), default=0) for at in (2, 5))
    for turn in range(max(1, round(wanted / played))):
        shift = draw.uniform(-SHIFT, SHIFT) if turn else 0.0
        for at, priority, place, group, what, live in messages:
            mine = int(live) + turn * lives if int(live) >= 0 else -1
            moment = max(0.0, float(at) + shift)
            here = int(place) + turn * places
            found.append(Message(moment, int(priority), number, here, bool(group), str(what), mine))
            number += 1
    return sorted(found)


def sent(messages: Sequence[Message], rate: int) -> Sent:
    """Send them at so many calls a second."""
    found, now = Sent(), 0.0
    waiting: dict[int, list[tuple[int, int, Message]]] = {}
    ready: list[tuple[int, int, int]] = []
    later: list[tuple[float, int]] = []
    window: deque[float] = deque()
    minutes: dict[int, deque[float]] = {}
    free: dict[int, float] = {}
    depth: dict[int, int] = {}
    live: set[int] = set()
    following = 0
    while following < len(messages) or later or ready:
        while following < len(messages) and messages[following].at <= now:
            one = messages[following]
            following += 1
            if one.live in live:
                found.replaced += 1
                continue
            if one.live >= 0:
                live.add(one.live)
            depth[one.priority] = depth.get(one.priority, 0) + 1
            heapq.heappush(waiting.setdefault(one.place, []), (one.priority, one.number, one))
            if free.get(one.place, 0.0) <= now:
                heapq.heappush(ready, (one.priority, one.number, one.place))
        while later and later[0][0] <= now:
            place = heapq.heappop(later)[1]
            if waiting.get(place):
                priority, number, _ = waiting[place][0]
                heapq.heappush(ready, (priority, number, place))
        while len(found.queue) <= int(now // 60):
            found.queue.append({priority: count for priority, count in depth.items() if count})
        while window and window[0] <= now - 1.0:
            window.popleft()
        while ready and len(window) < rate:
            priority, number, place = heapq.heappop(ready)
            heap = waiting[place]
            if free.get(place, 0.0) > now or not heap or heap[0][:2] != (priority, number):
                continue  # it was sent before, or something more urgent came for the same chat
            one = heapq.heappop(heap)[2]
            live.discard(one.live)
            depth[one.priority] -= 1
            window.append(now)
            found.calls += 1
            for what in {one.what, f"priority {one.priority}"}:
                found.waits.setdefault(what, []).append(now - one.at + ANSWER)
            if one.what == "call":
                found.last_call = now + ANSWER
            until = now + A_CHAT + ANSWER
            if one.group:
                mine = minutes.setdefault(place, deque())
                mine.append(now)
                while mine[0] <= now - 60.0:
                    mine.popleft()
                if len(mine) >= A_GROUP:
                    until = max(until, mine[0] + 60.0)
            free[place] = until
            heapq.heappush(later, (until, place))
        times = [messages[following].at] if following < len(messages) else []
        times += [later[0][0]] if later else []
        times += [window[0] + 1.0] if ready and window else []
        if not times:
            break
        now = max(now, min(times)) if min(times) > now else now + 1e-3
    found.seconds = now
    return found
