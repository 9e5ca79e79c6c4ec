"""Live messages: drawn at the moment of sending, the newest wins, and what shows the state already is not sent."""

from __future__ import annotations

from datetime import timedelta

from bot.service import Requester, Step
from plans.incident.facts import Update
from tests.bot.rig import Chat, Rig


async def told(rig: Rig, stream: str, injuries: int, by: Chat) -> None:
    """Let somebody report how many are injured now."""
    step = Step(stream=stream, command=Update(facts={"injuries": injuries}, text=f"{injuries}人受伤"))
    result = await rig.service.execute([step], cause=f"test:{injuries}", requester=Requester(person_id=by.person))
    assert result.refusal is None


async def begun(rig: Rig) -> tuple[Chat, Chat, str]:
    """Return the duty officer, the command group, and the stream of an incident whose first words are out."""
    li, group = await rig.person("李值班", "duty", seated=True), await rig.group("指挥群", "command")
    incident = await rig.incident(await rig.person("周校长", "reporter"), "泳池边1人受伤")
    await rig.send(20)
    return li, group, incident.stream


def shown(rig: Rig, group: Chat) -> list[str]:
    """Return how the card in the group was drawn, call by call."""
    return [call.method for call in rig.calls if call.chat == group.id and call.method != "pinChatMessage"]


async def test_one_card_is_edited_in_place(rig: Rig) -> None:
    li, group, stream = await begun(rig)
    assert shown(rig, group) == ["sendMessage"]
    await told(rig, stream, 2, li)
    await rig.send(60)
    assert shown(rig, group) == ["sendMessage", "editMessageText"]
    assert len(group.texts) == 1 and "2" in group.texts[0]


async def test_of_many_changes_only_the_newest_is_drawn(rig: Rig) -> None:
    li, group, stream = await begun(rig)
    for injuries in range(2, 30):
        await told(rig, stream, injuries, li)
    await rig.send(60)
    assert shown(rig, group) == ["sendMessage", "editMessageText"]
    assert "29" in group.texts[0]


async def test_a_card_that_is_drawn_late_shows_what_holds_then(rig: Rig) -> None:
    li, group, stream = await begun(rig)
    rig.fault("status", chat=group.id, status=429, retry_after=45)
    await told(rig, stream, 2, li)
    async with rig.sending():
        await rig.clock.advance(timedelta(seconds=20))
        await told(rig, stream, 9, li)
        await rig.clock.advance(timedelta(seconds=60))
    edits = [call for call in rig.calls if call.method == "editMessageText" and call.chat == group.id]
    assert [call.status for call in edits] == [429, 200]
    assert "9" in group.texts[0]


async def test_a_card_that_shows_it_already_is_not_sent_again(rig: Rig) -> None:
    _, group, stream = await begun(rig)
    before = len(rig.calls)
    async with rig.store.reading() as rx:
        [card] = [row for row in await rx.outbox.of(stream) if row.place_id == group.place and row.method == "card"]
    [id] = await rig.queue(
        group.message(method="card", payload=card.payload, coalesce=card.coalesce, notice="card", stream=stream)
    )
    await rig.send(10)
    row = await rig.row(id)
    assert (row.state, row.error) == ("dropped", "it shows this already")
    assert len(rig.calls) == before


async def test_the_card_of_an_incident_that_is_not_there_is_dropped(rig: Rig) -> None:
    group = await rig.group("指挥群", "command")
    id = await group.write(method="card", payload={"kind": "card", "stream": "incident:none"}, coalesce="card:none")
    await rig.send(10)
    assert await rig.rows(id) == ["dropped"] and not rig.calls


async def test_a_card_that_somebody_deleted_is_shown_anew(rig: Rig) -> None:
    li, group, stream = await begun(rig)
    group.player.delete(group.player.last(group.group))
    await told(rig, stream, 2, li)
    await rig.send(60)
    assert shown(rig, group) == ["sendMessage", "editMessageText", "sendMessage"]
    assert len(group.texts) == 1 and "2" in group.texts[0]
    await told(rig, stream, 3, li)
    await rig.send(60)
    assert shown(rig, group)[3:] == ["editMessageText"]


async def test_a_card_that_may_have_been_edited_is_right_in_the_end(rig: Rig) -> None:
    li, group, stream = await begun(rig)
    rig.fault("drop", chat=group.id, method="editMessageText")
    await told(rig, stream, 2, li)
    await rig.send(60)
    edits = [call.status for call in rig.calls if call.method == "editMessageText" and call.chat == group.id]
    assert edits == [200, 400]  # not modified
    assert len(group.texts) == 1 and "2" in group.texts[0]


async def test_a_card_whose_markup_is_refused_is_drawn_without(rig: Rig) -> None:
    li, group, stream = await begun(rig)
    await told(rig, stream, 2, li)
    rig.fault("status", chat=group.id, status=400, description="Bad Request: can't parse entities: byte offset 3")
    await rig.send(60)
    edits = [call for call in rig.calls if call.method == "editMessageText" and call.chat == group.id]
    assert [(call.status, "entities" in call.params) for call in edits] == [(400, True), (200, False)]
    assert "2" in group.texts[0]


async def test_a_death_while_drawing_leaves_no_second_card_behind_an_edit(file_rig: Rig) -> None:
    rig = file_rig
    li, group, stream = await begun(rig)
    await told(rig, stream, 2, li)
    async with rig.store.writing() as tx:  # it died with the edit in the air
        await tx.outbox.claim(rig.clock.now(), 100)
    await rig.reopen()
    await rig.send(60)
    assert len(group.texts) == 1 and "2" in group.texts[0]
