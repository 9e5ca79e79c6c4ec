"""Inline queries: asking, cached answers, choosing a result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.playground import posting
from bot.playground.core import WorldCore
from bot.playground.entities import formatted
from bot.playground.errors import NotPossible, bad
from bot.playground.files import file_by_id, media_body
from bot.playground.handles import Bot
from bot.playground.keyboards import check_inline
from bot.playground.records import AskRecord, BotAccount, CachedAnswer, Chat, Message
from bot.playground.render import user_json, without_empty
from bot.playground.updates import queue_update

Json = dict[str, Any]
RESULTS_MOST = 50


class Ask:
    """An inline query of a person; the results appear in it when the bot answers."""

    def __init__(self, world: WorldCore, record: AskRecord) -> None:
        self.world, self.record = world, record

    @property
    def id(self) -> str:
        """Id of the query."""
        return self.record.id

    @property
    def answered(self) -> bool:
        """Whether there is an answer, from the bot or from Telegram's cache."""
        return self.record.answered

    @property
    def results(self) -> list[Json]:
        """The results as the bot gave them."""
        return self.record.results

    @property
    def titles(self) -> list[str]:
        """What the person reads in the list."""
        return [str(r.get("title") or r.get("first_name") or r.get("caption") or r["id"]) for r in self.results]

    @property
    def next_offset(self) -> str:
        """What to ask with for more; empty at the end."""
        return self.record.next_offset

    @property
    def from_cache(self) -> bool:
        """Whether Telegram answered without asking the bot."""
        return self.record.from_cache


def ask_bot(world: WorldCore, user: int, bot: Bot, query: str, offset: str, chat: Chat | None) -> Ask:
    """Ask a bot inline, or answer from the cache."""
    account = world.state.bots[bot.id]
    if not account.inline:
        raise NotPossible("this bot has no inline mode")
    if len(query) > 256:
        raise NotPossible("an inline query has at most 256 characters")
    now = world.clock.now()
    number = str(7382740000000000000 + world.new_id())
    record = AskRecord(id=number, user=user, bot=bot.id, query=query, offset=offset, date=now)
    world.state.asks[number] = record
    world.state.cached[:] = [entry for entry in world.state.cached if entry.until > now]
    for entry in world.state.cached:
        if (entry.bot, entry.query, entry.offset) == (bot.id, query, offset) and entry.user in (None, user):
            record.answered = record.from_cache = True
            record.results, record.next_offset = entry.results, entry.next_offset
            return Ask(world, record)
    body = {"id": number, "from": user_json(world.state.users[user]), "query": query, "offset": offset}
    if chat is not None:
        body["chat_type"] = ("sender" if chat.bot == bot.id else "private") if chat.private else chat.kind
    queue_update(world, account, inline_query=body)
    return Ask(world, record)


def answer_ask(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``answerInlineQuery``."""
    record = world.state.asks.get(params["inline_query_id"])
    if (
        record is None
        or record.bot != account.id
        or record.answered
        or world.clock.now() - record.date > world.rules.callback_ttl
    ):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    results = params["results"]
    if len(results) > RESULTS_MOST:
        raise bad("RESULTS_TOO_MUCH")
    if len({r["id"] for r in results}) != len(results):
        raise bad("RESULT_ID_DUPLICATE")
    if len(params.get("next_offset", "").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    for result in results:
        if "reply_markup" in result:
            check_inline(result["reply_markup"], False, world.rules)
        result_body(world, result)
    record.answered, record.results, record.next_offset = True, results, params.get("next_offset", "")
    kept = params.get("cache_time", 300)
    if kept > 0:
        personal = params.get("is_personal", False)
        world.state.cached.append(
            CachedAnswer(
                bot=account.id,
                user=record.user if personal else None,
                query=record.query,
                offset=record.offset,
                until=world.clock.now() + timedelta(seconds=kept),
                results=results,
                next_offset=record.next_offset,
            )
        )
    world.changed("popup", user=record.user)
    return True


def choose_result(world: WorldCore, user: int, ask: Ask, wanted: int | str, chat: Chat, thread: int | None) -> Message:
    """Post a result into a chat in the person's name, via the bot, and tell the bot which it was."""
    results = ask.results
    matching = [r for i, r in enumerate(results) if wanted in (i, r["id"])]
    if not ask.answered or not matching:
        raise NotPossible(f"no result {wanted!r} among {ask.titles}")
    result, bot = matching[0], ask.record.bot
    markup = check_inline(result["reply_markup"], chat.private, world.rules) if "reply_markup" in result else None
    inline_id = f"AgAAA{world.new_id()}" if markup else None
    message = Message(
        id=0,
        chat=chat.key,
        sender=user,
        date=world.clock.now(),
        body=result_body(world, result),
        thread=None if thread == 1 else thread,
        via=bot,
        markup=markup,
        inline_id=inline_id,
    )
    posting.post(world, chat, message)
    if inline_id:
        world.state.inline_messages[inline_id] = (chat.key, message.id)
    chosen = {"result_id": result["id"], "from": user_json(world.state.users[user]), "query": ask.record.query}
    queue_update(world, world.state.bots[bot], chosen_inline_result=chosen | without_empty(inline_message_id=inline_id))
    return message


def result_body(world: WorldCore, result: Json) -> Json:
    """Return the content of the message that a result becomes.

    Raises:
        ApiError: 400, a result that cannot become one.
    """
    content = result.get("input_message_content")
    if content is not None:
        return _content_body(world, content)
    kind = result["type"]
    if kind == "contact":
        fields = ("phone_number", "first_name", "last_name", "vcard")
        return {"contact": {name: result[name] for name in fields if name in result}}
    if kind in ("location", "venue"):
        place = {"latitude": result["latitude"], "longitude": result["longitude"]}
        if kind == "location":
            return {"location": place}
        return {"venue": {"location": place, "title": result["title"], "address": result["address"]}, "location": place}
    for cached in ("photo_file_id", "document_file_id", "voice_file_id", "video_file_id"):
        if cached in result:
            kind = cached.removesuffix("_file_id")
            return media_body(file_by_id(world, result[cached]), kind) | without_empty(caption=result.get("caption"))
    if kind == "article":
        raise bad("can't parse inline query result: Can't find field \"input_message_content\"")
    raise bad(f'inline result of type "{kind}" is not supported by the local server')


def _content_body(world: WorldCore, content: Json) -> Json:
    if "message_text" in content:
        text, entities = formatted(
            content["message_text"], content.get("parse_mode"), content.get("entities"), world.rules, lambda _: None
        )
        if not text:
            raise bad("message text is empty")
        if len(text) > world.rules.text_limit:
            raise bad("message is too long")
        return {"text": text, **without_empty(entities=entities)}
    if "phone_number" in content:
        return {"contact": content}
    if "latitude" in content:
        place = {"latitude": content["latitude"], "longitude": content["longitude"]}
        if "title" in content:
            return {
                "venue": {"location": place, "title": content["title"], "address": content["address"]},
                "location": place,
            }
        return {"location": place}
    raise bad("this input_message_content is not supported by the local server")
