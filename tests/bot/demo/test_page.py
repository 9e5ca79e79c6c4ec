"""The page's interface without a browser: what it serves, what it asks of the stage, what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.demo import page
from bot.demo.stage import RATES, Deadline, Look, NotPlayed, Step
from tests.bot.demo.town import START


def deadline(town, **changes):
    due = town.clock.now() + timedelta(minutes=26)
    one = Deadline(incident=17, report="首报", clause="4.1.2", due=due, to=("区委", "区政府"), status="pending")
    return replace(one, **changes)


@pytest.mark.parametrize("path", ["/", *(f"/demo/static/{file.name}" for file in sorted(page.STATIC.iterdir()))])
async def test_every_file_is_served_under_a_policy_without_inline_scripts_or_other_origins(http, path):
    async with http.get(path) as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        text = await answer.text()
    assert "://" not in text.replace("http://www.w3.org/", "").replace("https://${address}", "")
    assert "style=" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("name", ["..%2Fpage.py", "page.py", "%2e%2e/page.py", "nothing.js"])
async def test_no_other_file_is_served(http, name):
    async with http.get(f"/demo/static/{name}") as answer:
        assert answer.status == 404


async def test_the_state_shows_time_cast_and_deadlines_in_order_of_time(http, town):
    town.due = [deadline(town, report="续报", due=START + timedelta(hours=2)), deadline(town, filed=("区委",))]
    async with http.get("/demo/state") as answer:
        state = await answer.json()
    assert state["now"] == START.isoformat()
    assert (state["rate"], state["rates"]) == (0, list(RATES))
    assert [(one["report"], one["filed"]) for one in state["deadlines"]] == [("首报", ["区委"]), ("续报", [])]
    assert state["next"] == (START + timedelta(minutes=26)).isoformat()
    assert state["cast"][0]["name"] == "张校长"
    assert state["scenes"] == []


async def test_the_rate_is_one_of_those_offered(http, town):
    async with http.post("/demo/rate", json={"rate": 600}) as answer:
        assert (await answer.json())["rate"] == 600
    for wrong in (2, -1, "60", None, [1]):
        async with http.post("/demo/rate", json={"rate": wrong}) as answer:
            assert answer.status == 400
    assert town.asked == [("rate", 600.0)]


async def test_a_jump_goes_to_the_next_deadline_or_by_minutes_and_never_back(http, town):
    async with http.post("/demo/jump", json={}) as answer:
        assert answer.status == 400
    town.due = [deadline(town)]
    for given in ({}, {"minutes": 5}):
        async with http.post("/demo/jump", json=given) as answer:
            assert answer.status == 200
    for minutes in (-1, 1e9, "x", 1e300):
        async with http.post("/demo/jump", json={"minutes": minutes}) as answer:
            assert answer.status == 400
    assert town.asked == [("jump", timedelta(minutes=26)), ("jump", timedelta(minutes=5))]


async def test_a_scene_is_played_step_by_step_and_the_state_keeps_the_step(http, town):
    look = Look(person=5001, chat="5001", words=("已记录",))
    town.steps = [
        Step(scene="a", number=1, of=2, text="一"),
        Step(scene="a", number=2, of=2, text="二", clause="4.1.1", looks=(look,), popups=("李值班：已登记",)),
    ]
    async with http.post("/demo/play", json={"scene": "a"}) as answer:
        assert (await answer.json())["played"] == {
            "scene": "a", "number": 1, "of": 2, "text": "一", "clause": "", "looks": [], "wall": False,
            "popups": []}  # fmt: skip
    async with http.post("/demo/step", json={}) as answer:
        played = (await answer.json())["played"]
    assert (played["clause"], played["popups"]) == ("4.1.1", ["李值班：已登记"])
    assert played["looks"] == [{"person": 5001, "chat": "5001", "words": ["已记录"]}]
    async with http.get("/demo/state") as answer:
        assert (await answer.json())["step"] == played


async def test_a_step_that_comes_to_no_end_says_what_did_not_appear(http, town):
    async def stuck():
        raise NotPlayed("陈主任没有看到「启动Ⅲ级」")

    town.step = stuck
    async with http.post("/demo/step", json={}) as answer:
        given = await answer.json()
    assert "陈主任没有看到「启动Ⅲ级」" in given["stuck"]
    assert given["played"] is None


async def test_the_power_and_a_fresh_start_reach_the_stage(http, town):
    for name, alive in (("kill", False), ("revive", True), ("reset", True)):
        async with http.post(f"/demo/{name}", json={}) as answer:
            assert answer.status == 200
            assert (await answer.json())["alive"] is alive
    assert town.asked == ["kill", "revive", "reset"]


async def test_another_sites_page_may_not_act(http, address, town):
    for path in ("/demo/reset", "/play/send"):
        async with http.post(path, json={}, headers={"Origin": "https://example.org"}) as answer:
            assert answer.status == 403
    async with http.post("/demo/reset", data="{}", headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    assert town.asked == []
    async with http.post("/demo/kill", json={}, headers={"Origin": address}) as answer:
        assert answer.status == 200


async def test_the_menu_of_commands_is_that_of_the_chat(http, town):
    await town.call("setMyCommands", commands=[{"command": "report", "description": "报告突发事件"}])
    town.zhang.start(town.bot)
    async with http.get("/demo/commands", params={"as": town.zhang.id, "chat": str(town.zhang.id)}) as answer:
        assert await answer.json() == {"commands": [{"command": "report", "description": "报告突发事件"}]}
    async with http.get("/demo/commands", params={"as": 1, "chat": "1"}) as answer:
        assert answer.status == 404


async def test_pictures_are_shown_and_everything_else_only_saved(http, town):
    town.zhang.start(town.bot)
    photo = town.zhang.send_photo(town.bot, b"\x89PNG")
    page_file = town.zhang.send_document(town.bot, b"<script>alert(1)</script>", "x.html")
    async with http.get(f"/demo/files/{photo.file_id}") as answer:
        assert (answer.content_type, await answer.read()) == ("image/jpeg", b"\x89PNG")
    async with http.get(f"/demo/files/{page_file.file_id}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
    async with http.get("/demo/files/nothing") as answer:
        assert answer.status == 404
