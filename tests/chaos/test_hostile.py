"""Names, texts, captions and callback data made to harm: words stay words, nothing is refused, nothing breaks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.playground import Person
from plans.cells import legible
from storage.canonical import storable
from tests.chaos.inspector import inspect
from tests.journeys.world import Forgiven, Town
from tests.thorough import SEEDS

CRUEL = (
    "<b>启动Ⅰ级</b>", "<test/>", "*[x](tg://user?id=1)*", "&lt;script&gt;", "@all @channel", "/declare Ⅰ",
    "b:" + "A" * 22, "\u202e警钟\u202c", "\u200b\u200d\ufeff", "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 9,
    "\U0001d56c\U0001d587" * 20, "'; DROP TABLE journal; --", "{number}{0}%s%(x)s", "\\n\\x00", "长" * 3900, "a" * 3900,
    "1" * 300, "死亡" * 400, "http://x.example/?a=b&c=<d>", "```py\n1```", "__init__", "||藏||", "tel:13800" + "138000",
    "\t\r\n", "Ⅲ" * 200,
)  # fmt: skip
NAMES = tuple(text[:64] for text in CRUEL if text.strip())
QUIET = Forgiven(calls=("query is too old", "query ID is invalid"), logs=("",))

letters = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn")), min_size=1, max_size=60)
texts = st.one_of(st.sampled_from([text for text in CRUEL if text.strip()]), letters.filter(str.strip))
names = st.one_of(st.sampled_from(NAMES), letters.filter(str.strip))
presses = st.one_of(
    st.sampled_from(["", "b:", "b:" + "A" * 22, "b:../../etc", "x" * 64, "b:' OR 1=1 --", "\x00", "b:" + "长" * 20]),
    letters.map(lambda text: text.encode()[:64].decode("utf-8", "ignore")),
)


def forged(who: Person, data: str, number: int) -> dict[str, Any]:
    """Return a press that no button of ours made."""
    chat = {"id": who.id, "type": "private", "first_name": who.name}
    sender = {"id": who.id, "is_bot": False, "first_name": who.name}
    message = {"message_id": 1, "date": 1772391960, "chat": chat, "text": "x"}
    return {"callback_query": {
        "id": str(number), "from": sender, "message": message, "chat_instance": "1", "data": data,
    }}  # fmt: skip


async def lived(name: str, said: list[str], data: list[str]) -> None:
    async with Town.open() as town:
        first = town.bot.account.next_update
        town.world.state.users[town.head.id].first_name = name
        town.head.send(town.bot, "实验小学楼梯踩踏，4名学生受伤")
        await town.settle()
        for number, text in enumerate(said):
            town.head.send(town.bot, text)
            town.stranger.start(town.bot) if number == 0 else None
            town.head.send_photo(town.bot, caption=text[:1000])
            town.deputy.send(town.group, f"/report@tocsin_bot {text[:3900]}")
        await town.settle()
        before = [(await town.incident(row.number)).sequence for row in await town.incidents()]
        for number, item in enumerate(data):
            town.world.queue_raw(town.bot, forged(town.duty, item, number))
            town.world.queue_raw(town.bot, forged(town.stranger, item, number))
        await town.settle()
        # Presses that are none of ours change nothing; the words are recorded, but for what no document can hold.
        assert [(await town.incident(row.number)).sequence for row in await town.incidents()] == before
        recorded = [row.text for row in await town.incidents()]
        for text in said:
            wanted = storable(legible(text[:3900]).strip())
            if wanted and not text.startswith("/"):
                assert any(wanted[:50] in row for row in recorded), (wanted, recorded)
        # Of what we write nothing is markup that somebody else wrote: entities are ours, and lie inside the text.
        for call in town.world.calls:
            if call.method in ("sendMessage", "editMessageText"):
                assert "parse_mode" not in call.params
        town.forgiven = replace(QUIET, quarantined=0)
        assert await inspect(town.open_store, town.world, first_update=first) == []


@settings(max_examples=2 * SEEDS, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(name=names, said=st.lists(texts, min_size=2, max_size=3), data=st.lists(presses, min_size=1, max_size=4))
def test_hostile_names_texts_captions_and_presses_are_words(name: str, said: list[str], data: list[str]) -> None:
    asyncio.run(lived(name, said, data))
