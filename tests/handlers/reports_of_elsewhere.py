"""Reports by those of elsewhere, and refusals, in a town of many jurisdictions.

Whoever reports where he holds nothing is a reporter there, whatever he holds at home: the seat of the place is rung,
and no other. A refusal says the same whether there is such a case or not.
"""

from __future__ import annotations

from tests.handlers.districts import Districts, Seat, place_of
from tests.handlers.test_two_jurisdictions import REFUSED

NOWHERE = "77"
"""The number of a case that there is not."""


async def refusals(it: Districts) -> list[str]:
    """Return what somebody of elsewhere, or a stranger, learns of a case by how he is refused."""
    wrong = []
    for turn, text in enumerate(REFUSED):
        place = turn % it.number
        after = (place + 1) % it.number
        seats: tuple[Seat, ...] = ((after, "duty"), (after, "admin"), (-1, "stranger"))
        seat = seats[turn % len(seats)]
        said = []
        for number in ("1", NOWHERE):
            it.people[seat].send(it.groups[place, "command"], text.format(number).replace(" ", "@tocsin_bot ", 1))
            written = await it.written()
            said.append([(chat, words.replace(f"{number}号", "N号")) for chat, words in written])
        alike = said[0] == said[1] or seat[0] < 0  # what a stranger is told twice at once is told once
        wrong += [] if alike else [f"{seat} learns of 1号 of {place} by {text}: {said}"]
        told = {chat for chat, _ in said[0]} - {it.people[seat].id}
        wrong += [f"{text} of {seat} tells {sorted(told)}"] if told else []
    return wrong


async def reports(it: Districts) -> list[str]:
    """Return where a report of somebody of elsewhere did not ring the seat of the place, or rang another one."""
    wrong = []
    duties = {it.people[place, "duty"].id: place for place in range(it.number)}
    for place in range(it.number):
        after = (place + 1) % it.number
        role = ("duty", "admin")[place % 2]
        it.people[after, role].send(
            it.groups[place, "command"], f"/report@tocsin_bot 第{place:02}中学操场{place}人摔伤"
        )
        rung = {duties[chat] for chat, said in await it.written() if "【待接报】" in said and chat in duties}
        wrong += [f"{role} of {after} reports in {place}: {sorted(rung)} are rung"] if rung != {place} else []
    async with it.town.open_store.reading() as rx:
        for row in (row for row in await rx.incidents.list(limit=1000) if "操场" in row.text):
            [entry, *_] = await rx.journal.load(row.stream)
            source = entry.payload.get("source")
            wrong += (
                [f"a report of elsewhere counts as one of the duty in {row.jurisdiction}"] if source == "duty" else []
            )
    return wrong + await _by_key(it, duties)


async def _by_key(it: Districts, duties: dict[int, int]) -> list[str]:
    """Somebody whom nobody knows is asked where it was, by a key for each jurisdiction; that one is rung alone."""
    town, wrong = it.town, []
    for place in (0, it.number - 1):
        passer = town.world.add_user(f"路人{place}")
        passer.start(town.bot)
        passer.send(town.bot, "学校着火了，2人受伤")
        await town.settle()
        said = [words for chat, words in await it.written() if chat in duties and "着火" in words]
        wrong += [f"before it is known where it was is told: {said}"] if said else []
        asked = [line for line in passer.timeline(town.bot) if place_of(place) in line.labels()]
        keys = {name for name in asked[-1].labels() if name.startswith("第")} if asked else set()
        wrong += [f"keys of {sorted(keys)}"] if keys != {place_of(number) for number in range(it.number)} else []
        passer.press(asked[-1], place_of(place))
        rung = {duties[chat] for chat, words in await it.written() if "【待接报】" in words and chat in duties}
        wrong += [f"by the key of {place} {sorted(rung)} are rung"] if rung != {place} else []
    return wrong
