"""What an answer of Telegram means, or none: as python-telegram-bot words it, through its own request classes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.bot_api_client import BotApiClient
from bot.delivery import PAUSES, Ambiguous, Dead, Later, Moved, Plain, Sent, Verdict, sort
from tests.bot.rig import TOKEN, Rig

ME = {"ok": True, "result": {"id": 110201543, "is_bot": True, "first_name": "警钟", "username": "tocsin_bot"}}
FIRST = PAUSES[0]


async def meet(answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    """Return what a sendMessage comes to that is answered so."""

    def network(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=ME) if request.url.path.endswith("getMe") else answer(request)

    def http() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"transport": httpx.MockTransport(network)})

    async with Bot(TOKEN, request=http(), get_updates_request=http()) as bot:
        try:
            return await BotApiClient(bot).call("sendMessage", {"chat_id": 1, "text": "警报"})
        except TelegramError as error:
            return sort(error, 1)


def refused(status: int, description: str, **parameters: Any) -> Callable[[httpx.Request], httpx.Response]:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return lambda request: httpx.Response(status, json=body)


ANSWERS: dict[tuple[int, str], Verdict] = {
    (400, "Bad Request: chat not found"): Dead(error="Chat not found", blocked=True),
    (400, "Bad Request: message is too long"): Dead(error="Message is too long"),
    (400, "Bad Request: message text is empty"): Dead(error="Message text is empty"),
    (400, "Bad Request: not enough rights to manage pinned messages in the chat"): Dead(
        error="Not enough rights to manage pinned messages in the chat"
    ),
    (400, "Bad Request: have no rights to send a message"): Dead(
        error="Have no rights to send a message", blocked=True
    ),
    (400, "Bad Request: message to edit not found"): Dead(error="Message to edit not found", gone=True),
    (400, "Bad Request: message can't be edited"): Dead(error="Message can't be edited", gone=True),
    (400, "Bad Request: message to pin not found"): Dead(error="Message to pin not found", gone=True),
    (400, "Bad Request: MESSAGE_ID_INVALID"): Dead(error="Message_id_invalid", gone=True, strange=True),
    (400, "Bad Request: message identifier is not specified"): Dead(
        error="Message identifier is not specified", gone=True, strange=True
    ),
    (400, "Bad Request: MESSAGE_AUTHOR_REQUIRED"): Dead(error="Message_author_required", gone=True, strange=True),
    (400, "Bad Request: can't parse entities: unexpected end"): Plain(error="Can't parse entities: unexpected end"),
    (400, "Bad Request: ENTITY_BOUNDS_INVALID"): Plain(error="Entity_bounds_invalid"),
    (403, "Forbidden: bot was blocked by the user"): Dead(error="Forbidden: bot was blocked by the user", blocked=True),
    (403, "Forbidden: bot can't initiate conversation with a user"): Dead(
        error="Forbidden: bot can't initiate conversation with a user", blocked=True
    ),
    (403, "Forbidden: bot was kicked from the supergroup chat"): Dead(
        error="Forbidden: bot was kicked from the supergroup chat", blocked=True
    ),
    (409, "Conflict: terminated by other getUpdates request"): Later(
        error="Conflict: terminated by other getUpdates request", after=FIRST
    ),
    (500, "Internal Server Error"): Later(error="Internal Server Error", after=FIRST),
    (502, "Bad Gateway"): Later(error="Bad Gateway", after=FIRST),
    (503, "Service Unavailable"): Later(error="Service Unavailable", after=FIRST),
}


@pytest.mark.parametrize(("given", "verdict"), ANSWERS.items(), ids=[f"{code} {text}" for code, text in ANSWERS])
async def test_an_answer_is_sorted(given: tuple[int, str], verdict: Verdict) -> None:
    found = await meet(refused(*given))
    assert isinstance(found, verdict.__class__)
    names = [name for name in verdict.__slots__ if name != "error"]
    assert [getattr(found, name) for name in names] == [getattr(verdict, name) for name in names]
    assert getattr(found, "error", "").casefold() == getattr(verdict, "error", "").casefold()


async def test_an_edit_that_changes_nothing_has_taken_effect() -> None:
    text = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    assert await meet(refused(400, text)) == Sent()


async def test_a_group_that_moved_names_its_new_number() -> None:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    assert await meet(refused(400, text, migrate_to_chat_id=-1009)) == Moved(chat_id=-1009)


async def test_too_many_requests_holds_the_place_for_as_long_as_telegram_says() -> None:
    found = await meet(refused(429, "Too Many Requests: retry after 37", retry_after=37))
    assert (found.after, found.hold, found.everywhere) == (timedelta(seconds=37), True, False)


def test_seconds_given_as_a_number_are_understood_too() -> None:
    error = RetryAfter(5)
    error._retry_after = 5  # type: ignore[assignment]  # as without PTB_TIMEDELTA
    assert sort(error, 1) == Later(after=timedelta(seconds=5), error=str(error), hold=True)


async def test_a_token_that_telegram_refuses_holds_everything_and_throws_nothing_away() -> None:
    found = await meet(refused(401, "Unauthorized"))
    assert (found.after, found.hold, found.everywhere) == (timedelta(minutes=1), True, True)
    assert isinstance(sort(InvalidToken("Unauthorized"), 99), Later)


async def test_a_method_that_is_not_there_is_a_dead_letter_after_a_while_and_holds_up_nothing() -> None:
    found = await meet(refused(404, "Not Found"))
    assert (found.after, found.hold) == (FIRST, False)
    assert isinstance(sort(EndPointNotFound("Endpoint 'sendMessage' not found in Bot API"), len(PAUSES)), Dead)


HTML = "<html><body>Bad Gateway</body></html>"
NO_ANSWER = {
    "an error page of something between us and Telegram": lambda request: httpx.Response(502, text=HTML),
    "a success that is none": lambda request: httpx.Response(200, text=HTML),
    "half an answer": lambda request: httpx.Response(200, text='{"ok": true, "resu'),
}


@pytest.mark.parametrize("what", NO_ANSWER)
async def test_what_is_no_answer_of_telegram_leaves_the_outcome_open(what: str) -> None:
    assert isinstance(await meet(NO_ANSWER[what]), Ambiguous)


def breaking(cause: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def fail(request: httpx.Request) -> httpx.Response:
        raise cause

    return fail


NEVER_LEFT = [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")]
PERHAPS = [
    httpx.ReadTimeout("slow"), httpx.WriteTimeout("slow"), httpx.ReadError("reset"), httpx.WriteError("broken pipe"),
    httpx.CloseError("closed"), httpx.RemoteProtocolError("disconnected"), httpx.ProxyError("proxy"),
    httpx.DecodingError("gzip"), OSError("what httpx does not know"),
]  # fmt: skip


@pytest.mark.parametrize("cause", NEVER_LEFT, ids=lambda cause: type(cause).__name__)
async def test_a_call_that_never_left_is_made_again(cause: Exception) -> None:
    found = await meet(breaking(cause))
    assert isinstance(found, Later)
    assert (found.after, found.hold) == (FIRST, False)


@pytest.mark.parametrize("cause", PERHAPS, ids=lambda cause: type(cause).__name__)
async def test_a_call_that_may_have_arrived_is_ambiguous_and_says_why(cause: Exception) -> None:
    found = await meet(breaking(cause))
    assert isinstance(found, Ambiguous)
    assert type(cause).__name__ in found.error


def test_pauses_grow_and_then_stay() -> None:
    error = NetworkError("Bad Gateway")
    waits = [sort(error, attempts) for attempts in range(1, 9)]
    assert [found.after.total_seconds() for found in waits if isinstance(found, Later)] == [1, 2, 5, 10, 30, 60, 60, 60]


FAULTS: dict[str, tuple[dict[str, Any], type]] = {
    "status": ({"status": 500}, Later), "reset": ({}, Ambiguous), "drop": ({}, Ambiguous), "refused": ({}, Later),
    "garbage": ({"status": 502}, Ambiguous),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAULTS)
async def test_the_local_servers_faults_are_sorted_as_telegrams(rig: Rig, kind: str) -> None:
    li = await rig.person("李值班")
    given, expected = FAULTS[kind]
    rig.fault(kind, method="sendMessage", **given)
    with pytest.raises(TelegramError) as caught:
        await rig.bot_api.call("sendMessage", {"chat_id": li.id, "text": "警报"})
    assert not isinstance(caught.value, BadRequest)
    assert isinstance(sort(caught.value, 1), expected)
