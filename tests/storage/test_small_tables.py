import asyncio
from dataclasses import replace
from typing import Any

import pytest

from storage.buttons import Button
from storage.cases import CaseRow
from storage.downloads import Download
from storage.drill_scripts import DrillScript
from storage.forms import Form
from storage.lines import Line, LineCase
from storage.second_readings import SecondReading
from storage.submissions import NewSubmission
from storage.voice import VoiceCall
from storage.webhooks import NewWebhookMessage, Webhook
from tests.storage.rows import AT, STREAM, add_people, add_places, after


def button(id="b1", **fields):
    defaults: dict[str, Any] = {
        "jurisdiction": "chengqu",
        "stream": STREAM,
        "object": "proposal:1",
        "revision": 1,
        "action": "declare",
        "args": {"level": "Ⅲ", "n": 1},
        "audience": "deciders",
        "created_at": AT,
    }
    return Button(**(defaults | fields), id=id)


async def test_plans_are_kept_by_their_content(store):
    async with store.writing() as tx:
        assert await tx.plans.keep("h1", "campus", "2024", '{"id":"校园"}', AT)
        assert not await tx.plans.keep("h1", "campus", "2024", "other", AT)
        assert await tx.plans.keep("h2", "campus", "2024", "{}", after(days=1))
        assert await tx.plans.keep("h3", "campus", "2025", "{}", AT)
    async with store.reading() as rx:
        assert await rx.plans.get("h1") == '{"id":"校园"}'
        assert await rx.plans.get("h4") is None
        assert await rx.plans.hashes("campus", "2024") == ["h1", "h2"]


async def test_a_script_of_a_drill_takes_the_place_of_one_of_its_title(store):
    def script(title: str, text: str, jurisdiction: str = "chengqu") -> DrillScript:
        return DrillScript(
            jurisdiction=jurisdiction, plan_id="campus", title=title, digest=f"d-{text}", text=text, by="p1", at=AT
        )

    async with store.writing() as tx:
        for one in (
            script("踩踏", "一"),
            script("火灾", "二"),
            script("踩踏", "三"),
            script("踩踏", "四", "yangcheng"),
        ):
            await tx.drill_scripts.keep(one)
    async with store.reading() as rx:
        assert [row.text for row in await rx.drill_scripts.of(["chengqu"])] == ["二", "三"]
        assert await rx.drill_scripts.get("yangcheng", "campus", "踩踏") == script("踩踏", "四", "yangcheng")
        assert await rx.drill_scripts.get("yangcheng", "other", "踩踏") is None
        assert [await rx.drill_scripts.count(name) for name in ("chengqu", "yangcheng", "elsewhere")] == [2, 1, 0]
        assert len(await rx.drill_scripts.all()) == 3
    async with store.writing() as tx:
        assert await tx.drill_scripts.remove("chengqu", "campus", "踩踏")
        assert not await tx.drill_scripts.remove("chengqu", "campus", "踩踏")
        assert [row.text for row in await tx.drill_scripts.all()] == ["二", "四"]


async def test_a_button_that_means_the_same_is_reused(store):
    async with store.writing() as tx:
        assert await tx.buttons.find_or_create(button()) == button()
        assert await tx.buttons.find_or_create(button("b2", args={"n": 1, "level": "Ⅲ"})) == button()
        others: dict[str, dict[str, Any]] = {
            "b3": {"revision": 2},
            "b4": {"object": "proposal:2"},
            "b5": {"action": "adjust"},
            "b6": {"args": {"level": "Ⅱ", "n": 1}},
            "b7": {"audience": "duty"},
            "b8": {"stream": "incident:2"},
        }
        for id, fields in others.items():
            assert (await tx.buttons.find_or_create(button(id, **fields))).id == id
        assert await tx.buttons.get("b1") == button()
        assert await tx.buttons.get("b2") is None


async def test_closed_buttons_stay_to_be_told_from_unknown_ones(store):
    async with store.writing() as tx:
        await tx.buttons.find_or_create(button("b1"))
        await tx.buttons.find_or_create(button("b2", object="fact:1"))
        await tx.buttons.find_or_create(button("b3", stream="incident:2"))
        assert await tx.buttons.close(after(minutes=1), stream=STREAM, object="proposal:1") == 1
        assert (await tx.buttons.get("b1")).closed_at == after(minutes=1)
        assert await tx.buttons.close(after(minutes=2), stream=STREAM) == 1
        assert await tx.buttons.close(after(minutes=3), object="proposal:1") == 1
        with pytest.raises(ValueError, match="a stream or an object"):
            await tx.buttons.close(AT)
        assert (await tx.buttons.get("b1")).closed_at == after(minutes=1)
        assert (await tx.buttons.find_or_create(button("b4"))).id == "b4"


async def test_renderers_at_the_same_time_share_a_button(store):
    async def render(id):
        async with store.writing() as tx:
            return (await tx.buttons.find_or_create(button(id))).id

    assert len(set(await asyncio.gather(*(render(f"b{n}") for n in range(6))))) == 1


async def test_a_person_has_one_form_in_a_place(store):
    await add_places(store, "p1", "p2")
    await add_people(store, "u1")
    form = Form(place_id="p1", person_id="u1", kind="report", data={"step": "place", "text": "楼\x00"}, at=AT)
    other = Form(place_id="p1", person_id="u1", kind="update", data={}, at=after(minutes=1))
    async with store.writing() as tx:
        assert await tx.forms.get("p1", "u1") is None
        await tx.forms.save(form)
        assert await tx.forms.get("p1", "u1") == form
        await tx.forms.save(other)
        assert await tx.forms.get("p1", "u1") == other
        assert not await tx.forms.clear("p2", "u1")
        assert await tx.forms.clear("p1", "u1")
        assert await tx.forms.get("p1", "u1") is None


async def test_single_values(store):
    async with store.writing() as tx:
        assert await tx.meta.get("alive") is None
        await tx.meta.put("alive", "14:02")
        await tx.meta.put("alive", "14:31")
        assert await tx.meta.get("alive") == "14:31"
        assert await tx.meta.delete("alive")
        assert not await tx.meta.delete("alive")


async def test_forms_that_nobody_goes_on_with_are_forgotten(store):
    await add_places(store, "p1")
    await add_people(store, "u1", "u2")
    async with store.writing() as tx:
        for id, at in (("u1", AT), ("u2", after(days=1))):
            await tx.forms.save(Form(place_id="p1", person_id=id, kind="report", data={"where": "校门"}, at=at))
        assert await tx.forms.forget(after(days=1)) == 1
        assert await tx.forms.get("p1", "u1") is None and await tx.forms.get("p1", "u2") is not None


async def test_files_to_fetch_wait_until_they_are_settled(store):
    def wanted(reference, at=AT):
        return Download(
            stream=STREAM, reference=reference, kind="photo", person_id="p", sent_at=AT, asked_at=AT, at=at
        )  # fmt: skip

    async with store.writing() as tx:
        await tx.downloads.add([wanted("one"), wanted("two", after(minutes=5)), wanted("one", after(hours=1))])
        assert tx.touched == {"downloads"}
    async with store.reading() as rx:
        assert [item.reference for item in await rx.downloads.due(AT, 10)] == ["one"]
        assert [item.reference for item in await rx.downloads.due(after(hours=1), 1)] == ["one"]
        assert await rx.downloads.next_at() == AT
    async with store.writing() as tx:
        await tx.downloads.again(STREAM, "one", after(minutes=1), "Bad Gateway")
    async with store.reading() as rx:
        (again,) = await rx.downloads.due(after(minutes=1), 10)
        assert (again.attempts, again.error, again.asked_at) == (1, "Bad Gateway", AT)
        assert await rx.downloads.waiting() == 2
    async with store.writing() as tx:
        await tx.downloads.settle(STREAM, "one")
        await tx.downloads.settle(STREAM, "two")
        await tx.downloads.settle(STREAM, "never asked for")
    async with store.reading() as rx:
        assert (await rx.downloads.waiting(), await rx.downloads.next_at()) == (0, None)


def case(stream: str = "watch:1", **fields: Any) -> CaseRow:
    defaults: dict[str, Any] = {
        "kind": "watch", "jurisdiction": "chengqu", "plan_id": "campus", "plan_hash": "h1", "drill": False,
        "year": 2026, "number": 1, "state": "waiting", "open": True, "opened_at": AT, "place_id": None, "sequence": 1,
    }  # fmt: skip
    return CaseRow(**(defaults | fields), stream=stream)


async def test_cases_of_every_kind_stand_in_one_list(store):
    async with store.writing() as tx:
        assert [await tx.cases.next_number("watch", "chengqu", 2026, drill) for drill in (False, False, True)] == [
            1,
            2,
            1,
        ]
        for row in (case(opened_at=after(minutes=1)), case("watch:2"), case("warning:1", kind="warning")):
            await tx.cases.save(row)
        await tx.cases.save(case("watch:3", open=False, state="looked"))
        await tx.cases.save(case("watch:4", jurisdiction="linan"))
        await tx.cases.save(case("watch:2", state="waiting still", sequence=2))
    async with store.reading() as rx:
        assert await rx.cases.get("watch:2") == case("watch:2", state="waiting still", sequence=2)
        assert await rx.cases.get("watch:9") is None
        assert [row.stream for row in await rx.cases.open("watch", "chengqu")] == ["watch:2", "watch:1"]
        assert [row.stream for row in await rx.cases.open("watch")] == ["watch:2", "watch:4", "watch:1"]


async def test_messages_wait_for_a_second_reader_until_they_are_read_or_too_old(store):
    def wanted(sequence, at=AT):
        return SecondReading(stream=STREAM, sequence=sequence, asked_at=at, at=at)

    async with store.writing() as tx:
        await tx.second_readings.add([wanted(1), wanted(2, after(minutes=5)), wanted(1, after(hours=1))])
        assert tx.touched == {"second_readings"}
    async with store.reading() as rx:
        assert [item.sequence for item in await rx.second_readings.due(AT, 10)] == [1]
        assert [item.sequence for item in await rx.second_readings.due(after(hours=1), 1)] == [1]
        assert (await rx.second_readings.waiting(), await rx.second_readings.next_at()) == (2, AT)
    async with store.writing() as tx:
        await tx.second_readings.again(STREAM, 1, after(minutes=1))
    async with store.reading() as rx:
        (again,) = await rx.second_readings.due(after(minutes=1), 10)
        assert (again.attempts, again.asked_at) == (1, AT)
    async with store.writing() as tx:
        assert await tx.second_readings.give_up(AT) == 0
        assert await tx.second_readings.give_up(after(minutes=1)) == 1
        await tx.second_readings.settle(STREAM, 2)
        await tx.second_readings.settle(STREAM, 99)
    async with store.reading() as rx:
        assert (await rx.second_readings.waiting(), await rx.second_readings.next_at()) == (0, None)


async def test_a_call_by_telephone_is_known_by_its_id_and_under_way_until_its_end_or_its_time(store):
    call = VoiceCall(id="v1", person_id="u1", channel_id="c1", rows=(3, 5), asked_at=AT, until=after(minutes=5))
    await add_people(store, "u1", "u2")
    async with store.writing() as tx:
        await tx.voice_calls.save(call)
        await tx.voice_calls.save(replace(call, state="answered", pressed="1"))
        await tx.voice_calls.save(replace(call, id="v2", asked_at=after(minutes=1), state="busy", ended_at=AT))
        await tx.voice_calls.save(replace(call, id="v3", person_id="u2"))
    async with store.writing() as tx:
        known = await tx.voice_calls.get("v1")
        assert known == replace(call, state="answered", pressed="1") and isinstance(known.rows, tuple)
        assert await tx.voice_calls.get("v9") is None
        assert [item.id for item in await tx.voice_calls.under_way("u1", AT)] == ["v1"]
        assert await tx.voice_calls.under_way("u1", after(minutes=5)) == []
        assert [item.id for item in await tx.voice_calls.since("u1", after(minutes=1))] == ["v2"]
        assert [item.id for item in await tx.voice_calls.newest(2)] == ["v2", "v1"]
        assert [item.id for item in await tx.voice_calls.of_person("u1")] == ["v1", "v2"]
        assert await tx.voice_calls.forget(after(minutes=1)) == 2
        assert await tx.voice_calls.forget_person("u1") == 1
        assert await tx.voice_calls.newest() == []


async def test_what_a_gateway_tells_of_a_call_is_not_written_over_by_who_asked_for_it(store):
    """The telephone is engaged before it is written down that the gateway has the call."""
    call = VoiceCall(id="v1", person_id="u1", channel_id="c1", rows=(3,), asked_at=AT, until=after(minutes=5))
    await add_people(store, "u1")
    async with store.writing() as tx:
        await tx.voice_calls.save(call)
    begun = asyncio.Event()

    async def reported() -> None:
        begun.set()
        async with store.writing() as tx:
            known = await tx.voice_calls.held("v1")
            await tx.voice_calls.save(replace(known, state="busy", ended_at=AT))

    async with store.writing() as tx:
        [known] = await tx.voice_calls.under_way("u1", AT)
        task = asyncio.create_task(reported())
        await begun.wait()
        await asyncio.wait({task}, timeout=0.3)
        await tx.voice_calls.save(replace(known, state="taken"))
    await task
    async with store.reading() as rx:
        assert (await rx.voice_calls.get("v1")).state == "busy"
        assert await rx.voice_calls.get("v9") is None


async def test_messages_to_other_systems_wait_in_the_order_of_their_case(store):
    def webhook(id, **more):
        return Webhook(
            id=id, jurisdiction="chengqu", url=id, types=[], key="k", made_by="", created_at=AT, **more
        )  # fmt: skip

    def message(id, webhook="w1", stream=STREAM):
        return NewWebhookMessage(webhook_id=webhook, message=id, stream=stream, type="x", body="{}", created_at=AT)

    async with store.writing() as tx:
        await tx.webhooks.add(webhook("w1"))
        await tx.webhooks.add(webhook("w2", disabled_at=AT, why="gone"))
        await tx.webhooks.enqueue(
            [message("a"), message("b"), message("c", stream="incident:2"), message("d", webhook="w2")]
        )
        assert tx.touched == {"webhooks"}
        assert [item.id for item in await tx.webhooks.listening()] == ["w1"]
    async with store.writing() as tx:
        first, other = await tx.webhooks.due(AT, 10, (), ())
        assert (first.message, other.message) == ("a", "c"), "b waits for a, and w2 is told nothing"
        assert await tx.webhooks.due(AT, 10, ["w1"], ()) == [] and await tx.webhooks.next_at(["w1"], ()) is None
        assert [item.message for item in await tx.webhooks.due(AT, 10, (), [first.id])] == ["c"], "b is no first one"
        await tx.webhooks.again(first.id, after(minutes=5), "status 500")
        await tx.webhooks.sent(other.id, AT)
        assert await tx.webhooks.due(AT, 10, (), ()) == [] and await tx.webhooks.next_at((), ()) == after(minutes=5)
        await tx.webhooks.dead(first.id, after(minutes=5), "status 500")
        assert [item.message for item in await tx.webhooks.due(AT, 10, (), ())] == ["b"]
        standing = await tx.webhooks.standing()
        assert (standing["w1"].waiting, standing["w1"].dead, standing["w2"].waiting) == (1, 1, 1)
        assert [(item.message, item.attempts) for item in await tx.webhooks.dead_letters(10)] == [("a", 2)]
        assert await tx.webhooks.resend("w1", AT) == 1
        assert [item.message for item in await tx.webhooks.due(AT, 10, (), ())] == ["a"], "and b is behind it again"
        assert await tx.webhooks.forget(after(minutes=1)) == 1, "what was sent goes, what waits stays"
        assert await tx.webhooks.forget_case(STREAM) == 3
        await tx.webhooks.remove("w2")
        assert [item.id for item in await tx.webhooks.all()] == ["w1"] and await tx.webhooks.get("w2") is None


async def test_reports_that_go_up_wait_in_the_order_of_their_case(store):
    def line(id, **more):
        return Line(id=id, jurisdiction="chengqu", place="city", recipients=("市委",), offered_at=AT, **more)

    def report(number, line="l1", stream=STREAM):
        return NewSubmission(
            line_id=line, stream=stream, number=number, key=f"{stream}:{number}", body={"text": "…"}, created_at=AT
        )

    async with store.writing() as tx:
        await tx.lines.add(line("l1", agreed_at=AT))
        await tx.lines.add(line("l2", ended_at=AT))
        await tx.submissions.enqueue([report(3), report(7), report(4, stream="incident:2"), report(5, line="l2")])
        assert tx.touched == {"lines"}
        assert [item.id for item in await tx.lines.up_from("chengqu")] == ["l1"] and not await tx.lines.up_from("city")
        assert [item.id for item in await tx.lines.of(["city"])] == ["l1", "l2"], "the office above sees them too"
        assert await tx.lines.get("l1") == line("l1", agreed_at=AT) and await tx.lines.of(["elsewhere"]) == []
    async with store.writing() as tx:
        first, other, third = await tx.submissions.due(AT, 10)
        assert (first.number, other.number, third.number) == (3, 4, 5), "7 waits for 3, which is of its case and line"
        assert [item.number for item in await tx.submissions.due(AT, 10, ["l1"])] == [5]
        assert await tx.submissions.next_at(["l1", "l2"]) is None
        await tx.submissions.sent(third.id, AT)
        await tx.submissions.again(first.id, after(minutes=5), "status 500")
        await tx.submissions.sent(other.id, AT)
        assert await tx.submissions.due(AT, 10) == [] and await tx.submissions.next_at() == after(minutes=5)
        await tx.submissions.put_off("l1", after(minutes=3))
        assert await tx.submissions.next_at() == after(minutes=5), "nothing is put off to an earlier moment"
        await tx.submissions.hasten("l1", AT)
        assert [item.number for item in await tx.submissions.due(AT, 10)] == [3]
        await tx.submissions.dead(first.id, AT, "status 500")
        assert [item.number for item in await tx.submissions.due(AT, 10)] == [7]
        assert await tx.submissions.standing() == {"l1": (1, 1)}
        assert [(item.number, item.attempts) for item in await tx.submissions.dead_letters(10)] == [(3, 2)]
        assert await tx.submissions.forget(after(minutes=1)) == 3, "what is over goes, what waits stays"
        assert await tx.submissions.forget_case(STREAM) == 1 and await tx.submissions.next_at() is None


async def test_a_case_above_is_looked_at_when_it_is_due_or_something_happened_there(store):
    known = LineCase(line_id="l1", stream=STREAM, reference="incident:9", since=AT, at=AT)
    async with store.writing() as tx:
        await tx.lines.add(Line(id="l1", jurisdiction="chengqu", place="city", recipients=(), offered_at=AT))
        await tx.lines.keep_case(known)
        await tx.lines.keep_case(known)
        assert await tx.lines.due_cases(AT, 10) == [known] and await tx.lines.cases(["l1"], ["incident:2"]) == []
        assert await tx.lines.due_cases(AT, 10, ["l1"]) == [] and await tx.lines.next_look(["l1"]) is None
    async with store.writing() as tx:
        await tx.lines.looked(replace(known, heard=1, digest="d"), at=after(minutes=5))
        assert await tx.lines.due_cases(AT, 10) == [] and await tx.lines.next_look() == after(minutes=5)
        await tx.lines.stir("incident:8", AT)
        assert await tx.lines.due_cases(AT, 10) == [], "of another case nothing is to be heard"
        await tx.lines.stir("incident:9", AT)
        (due,) = await tx.lines.due_cases(AT, 10)
        assert (due.heard, due.digest) == (1, "d")
        await tx.lines.looked(replace(due, at=after(minutes=9)), at=None)
        assert await tx.lines.due_cases(AT, 10) == [due], "something happened meanwhile: it is looked at once more"
        await tx.lines.put_off("l1", after(minutes=1))
        assert await tx.lines.next_look() == after(minutes=1)
        await tx.lines.looked(replace(due, at=after(minutes=1)), at=None)
        assert await tx.lines.next_look() is None
        went_up = replace(due, since=after(minutes=2), at=after(minutes=2), digest="")
        await tx.lines.keep_case(went_up)
        await tx.lines.looked(replace(due, digest="old"), at=None)
        assert await tx.lines.cases(["l1"], [STREAM]) == [went_up], "of what went up meanwhile nothing was heard"


async def test_a_line_goes_on_with_the_cases_of_one_that_is_over(store):
    async with store.writing() as tx:
        for id in ("l1", "l2"):
            await tx.lines.add(Line(id=id, jurisdiction="chengqu", place="city", recipients=(), offered_at=AT))
        for id, stream, minutes in (("l1", STREAM, 1), ("l2", STREAM, 2), ("l1", "incident:3", 3)):
            since = after(minutes=minutes)
            await tx.lines.keep_case(LineCase(line_id=id, stream=stream, reference=f"r{minutes}", since=since))
        found = await tx.lines.cases(["l1", "l2"], [STREAM, "incident:3"])
        assert [item.reference for item in found] == ["r3", "r2", "r1"], "the newest first"
        await tx.lines.stir_lines(["l1"], after(minutes=2), AT)
        assert [item.reference for item in await tx.lines.due_cases(AT, 10)] == ["r3"]
        await tx.lines.forget_case(["l1"], STREAM)
        assert [item.reference for item in await tx.lines.cases(["l1", "l2"], [STREAM])] == ["r2"]
