"""The /play interface: what the demo's page and journeys in another process use."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from bot.playground import LocalBotApi


@pytest.fixture
async def play(town):
    async with LocalBotApi(town.world) as api, aiohttp.ClientSession(base_url=api.url) as session:
        yield Play(session)


class Play:
    def __init__(self, session):
        self.session = session

    async def get(self, path, status=200):
        async with self.session.get(f"/play/{path}") as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def post(self, path, status=200, **body):
        async with self.session.post(f"/play/{path}", json=body) as response:
            assert response.status == status, await response.text()
            return await response.json()


async def test_the_state_shows_who_is_where(town, play):
    town.li.start(town.bot)
    state = await play.get("state")
    assert state["bots"] == [{"id": town.bot.id, "username": "tocsin_bot", "name": "警钟"}]
    li = state["users"][0]
    assert (li["name"], {chat["title"] for chat in li["chats"]}) == ("李值班", {"警钟", "指挥群"})
    group = next(chat for chat in state["chats"] if chat["title"] == "指挥群")
    assert {m["name"]: m["status"] for m in group["members"]} == {
        "李值班": "creator", "警钟": "member", "王主任": "member",
    }  # fmt: skip
    assert (state["pending_updates"], state["now"]) == (1, town.clock.now().isoformat())


async def test_a_conversation(town, play):
    li, group = town.li.id, str(town.group.id)
    assert (await play.post("start", **{"as": li, "payload": "x1"}))["message"]["text"] == "/start x1"
    sent = (await play.post("send", **{"as": li, "chat": group, "text": "/report 踩踏"}))["message"]
    keyboard = {"inline_keyboard": [[{"text": "收到", "callback_data": "ack"}]]}
    await town("sendMessage", chat_id=town.group.id, text="好", reply_markup=keyboard,
               reply_parameters={"message_id": sent["id"]})  # fmt: skip
    shown = await play.get(f"chats/{group}/messages?as={town.wang.id}")
    line = shown["messages"][-1]
    assert (line["buttons"][0][0]["label"], line["reply_to"], line["rang"]) == ("收到", sent["id"], "loud")
    assert shown["unread"] == 2
    assert (await play.get(f"chats/{group}/messages?as={li}&after={sent['id']}"))["messages"][0]["id"] == line["id"]
    pressed = await play.post("press", **{"as": li, "chat": group, "message": line["id"], "button": "收到"})
    assert pressed["press"]["answered"] is False
    await town("answerCallbackQuery", callback_query_id=pressed["press"]["id"], text="已登记")
    assert (await play.get(f"popups?as={li}"))["popups"][0]["text"] == "已登记"
    edited = await play.post("edit", **{"as": li, "chat": group, "message": sent["id"], "text": "/report 伤4"})
    assert edited["message"]["edited"] is not None
    await play.post("read", **{"as": town.wang.id, "chat": group})
    assert (await play.get(f"chats/{group}/messages?as={town.wang.id}"))["unread"] == 0
    await play.post("delete", **{"as": li, "chat": group, "message": sent["id"]})
    assert [m["id"] for m in (await play.get(f"chats/{group}/messages?as={li}"))["messages"]] == [line["id"]]


async def test_a_press_can_wait_for_its_answer(town, play):
    keyboard = {"inline_keyboard": [[{"text": "收到", "callback_data": "ack"}]]}
    sent = (await town("sendMessage", chat_id=town.group.id, text="x", reply_markup=keyboard)).result["message_id"]
    body = {"as": town.li.id, "chat": str(town.group.id), "message": sent, "button": "ack", "wait": 10}
    waiting = asyncio.create_task(play.post("press", **body))
    (update,) = (await town("getUpdates", timeout=10)).result
    await town("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="好", show_alert=True)
    press = (await waiting)["press"]
    assert (press["answered"], press["text"], press["alert"]) == (True, "好", True)


async def test_other_things_people_do(town, play):
    li, group = {"as": town.li.id}, str(town.group.id)
    await play.post("start", **li)
    private = str(town.li.id)
    assert (await play.post("photo", **li, chat=private, caption="现场"))["message"]["kind"] == "photo"
    assert (await play.post("voice", **li, chat=private))["message"]["kind"] == "voice"
    place = {"latitude": 35.4, "longitude": 112.8}
    assert (await play.post("location", **li, chat=private, **place))["message"]["kind"] == "location"
    card = {"phone": "+863562250777", "first_name": "值班室"}
    contact = (await play.post("contact", **li, chat=private, **card))["message"]
    assert (await play.post("forward", **li, chat=private, message=contact["id"], to=group))["message"][
        "kind"
    ] == "contact"
    await play.post("react", **li, chat=group, message=town.li.last(town.group).id, emoji="👌")
    assert town.li.last(town.group).reactions == ["👌"]
    keyboard = {"keyboard": [["报告"]]}
    await town("sendMessage", chat_id=town.li.id, text="x", reply_markup=keyboard)
    assert (await play.get(f"chats/{private}/messages?as={private}"))["keyboard"] == [["报告"]]
    assert (await play.post("tap", **li, chat=private, label="报告"))["message"]["text"] == "报告"
    ask = (await play.post("inline", **li, query="消防", chat=group))["ask"]
    result = {"type": "contact", "id": "1", "phone_number": "119", "first_name": "消防"}
    await town("answerInlineQuery", inline_query_id=ask["id"], results=[result])
    assert (await play.post("inline", **li, query="消防"))["ask"]["titles"] == ["消防"]
    assert (await play.post("choose", **li, ask=ask["id"], result="1", chat=group))["message"]["via"] == "tocsin_bot"
    await play.post("mute", **li, chat=group)
    await play.post("block", **li)
    assert (await town("sendMessage", chat_id=town.li.id, text="x")).status == 403
    await play.post("unblock", **li)
    await play.post("leave", **{"as": town.wang.id}, chat=group)
    await play.post("join", **{"as": town.wang.id}, chat=group)


async def test_wrong_requests_are_told_so(town, play):
    group = str(town.group.id)
    wrong = [
        ("send", 404, {"as": 1, "chat": group, "text": "x"}),
        ("send", 404, {"as": town.li.id, "chat": "-5", "text": "x"}),
        ("send", 400, {"as": town.li.id, "chat": group}),
        ("send", 400, {"chat": group, "text": "x"}),
        ("press", 400, {"as": town.li.id, "chat": group, "message": 99, "button": "x"}),
        ("faults", 400, {"kind": "reset", "colour": "red"}),
        ("choose", 404, {"as": town.li.id, "ask": "1", "result": 0, "chat": group}),
    ]
    for path, status, body in wrong:
        assert "error" in await play.post(path, status=status, **body)
    await play.get(f"chats/{group}/messages?as=1", status=404)
    await play.get("chats/-5/messages?as=5001", status=404)
    await play.get("popups?as=1", status=404)


async def test_files_are_shown_and_only_json_is_taken(town, play):
    line = town.li.send_photo(town.group, b"\xff\xd8jpeg")
    async with play.session.get(f"/play/files/{line.file_id}") as response:
        assert (await response.read(), response.headers["Content-Disposition"]) == (b"\xff\xd8jpeg", "inline")
    page = town.li.send_document(town.group, b"<script>", "x.html")
    async with play.session.get(f"/play/files/{page.file_id}") as response:
        assert response.headers["Content-Disposition"] == "attachment"
    assert (await play.get("files/none", status=404))["error"]
    body = json.dumps({"as": town.li.id, "chat": str(town.group.id), "text": "x"})
    async with play.session.post("/play/send", data=body, headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 400


async def test_faults_and_calls(town, play):
    await play.post("faults", kind="status", times=-1)
    assert (await town("sendMessage", chat_id=town.group.id, text="x")).status == 500
    async with play.session.delete("/play/faults") as response:
        assert response.status == 200
    assert (await town("sendMessage", chat_id=town.group.id, text="x")).status == 200
    await town("getUpdates")
    calls = (await play.get("calls"))["calls"]
    assert [(c["method"], c["status"], c["fault"]) for c in calls] == [
        ("sendMessage", 500, "status"), ("sendMessage", 200, None),
    ]  # fmt: skip
    assert (await play.get(f"calls?after={calls[0]['n']}"))["calls"] == calls[1:]


async def test_events_come_live(town, play):
    async with play.session.get("/play/events") as stream:
        line = town.li.send(town.group, "/report 踩踏")
        seen: list[dict] = []
        while not any(e["kind"] == "message" for e in seen):
            raw = await asyncio.wait_for(stream.content.readline(), 10)
            if raw.startswith(b"data: "):
                seen.append(json.loads(raw[6:]))
        assert seen[-1]["chat"] == str(town.group.id)
        assert seen[-1]["message"] == line.id
    assert stream.headers["Content-Type"].startswith("text/event-stream")
