"""Every button of the office, which belongs to no case and guards itself, pressed by those whom it is not for.

The screens of one jurisdiction are opened by its own people. Then each button on them is pressed by officials of
another jurisdiction, by who was an officer here until a moment ago, by a reporter and a stranger, in their own chats:
as if it stood there, so that where it stands is not what keeps them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.callback_data import new_id, pack
from bot.playground import Person
from bot.render.catalogue import POPUPS
from handlers.register import BUTTONS
from storage.buttons import Button, buttons
from storage.columns import metadata
from storage.people import Channel
from storage.webhooks import Webhook
from tests.handlers.forging import FORGIVEN, Forger
from tests.handlers.looking import BASE, browser, code, entered, paired
from tests.handlers.test_bodies import sheet
from tests.handlers.test_revoking import released
from tests.handlers.test_table import OF_THE_OFFICE
from tests.handlers.test_two_jurisdictions import Two, both, given_away, written
from tests.journeys.world import JURISDICTION, PLAN, UNITS, Town

ACTIONS = frozenset(name for name, item in BUTTONS.items() if set(item.on) <= OF_THE_OFFICE)
"""What is done by buttons of the office."""

LIKE = {
    "webhook_rekey": "webhook_stop", "webhook_remove": "webhook_stop", "webhook_resend": "webhook_stop",
    "webhook_resume": "webhook_stop", "renew": "unpair", "renew_token": "revoke_token", "swap_take": "swap_withdraw",
    "swap_give_back": "swap_withdraw", "swap_approve": "swap_withdraw", "swap_refuse": "swap_withdraw",
    "delegate_back": "delegate_accept", "revoke_now": "revoke",
}  # fmt: skip
"""Buttons that a screen has at another time: they name what one that is shown names."""

ELSEWHERE = frozenset({
    "line_agree", "line_ask_end", "line_end", "line_hasten",  # of two jurisdictions at once: test_submitting
    "script_keep", "script_remove",  # of a file: test_drill_scripts
    "invited_me", "invited_not_me",  # of a secret that was opened: test_inviting
    "stats_rows",  # of a figure, as stats_topic and stats_file: test_statistics
})  # fmt: skip
"""Buttons that no screen here has."""

PASSING = frozenset({"outbox", "inbox", "causes", "buttons", "places", "people"})
"""Tables that a press may change whoever presses: what is answered, and that somebody was there."""


async def _opened(two: Two) -> None:
    """Let people of the first jurisdiction open every screen of the office that they have."""
    town, people = two.town, two.people
    admin, duty, second = people["admin A"], town.duty, town.second
    day = (town.clock.now() + timedelta(days=1)).date().isoformat()
    async with town.open_store.writing() as tx:
        of = await tx.people.by_telegram(second.id)
        assert of is not None and of.place_id is not None
        now = town.clock.now()
        webhook = Webhook(
            id="w", jurisdiction=JURISDICTION, url="https://hook.example.cn/in", types=[], key="0" * 32, made_by="",
            created_at=now,
        )  # fmt: skip
        await tx.webhooks.add(webhook)
        way = Channel(
            id="c", person_id=of.id, place_id=of.place_id, kind="邮件", address="mailto://a:b@mail.example.cn",
            created_at=now,
        )  # fmt: skip
        await tx.people.add_channel(way)
    screen = browser(town, "10.0.0.8")
    await paired(town, by=admin, screen=browser(town, "10.0.0.9"))
    shifts = f"{day} 08:00-20:00 {second.name}\n{day} 20:00-次日08:00 {duty.name}"
    for person, text in (
        (admin, f"/roster\n{shifts}"), (admin, "press 确认修改"), (admin, f"/roster\n{day} 08:00-20:00 {duty.name}"),
        (duty, "/swap 孩子病了"), (second, "/swap"), (second, "press 1 请人替"),
        (admin, "/webhook"), (admin, "/token 110平台 报告"), (admin, "press 确认制发"), (admin, "/token"),
        (admin, f"/token 119平台 报告+查询 {PLAN}"), (admin, "/feed"), (admin, f"press {JURISDICTION} 预警"),
        (admin, "/feed"), (duty, "/calendar"), (admin, f"/wall {await code(screen)}"), (admin, "/wall"),
        (admin, "/invite 名单"), (admin, f"/invite 值班员 {PLAN}"), (admin, "/invite 撤销"), (admin, "/name"),
        (second, "/name"), (admin, "/invite 解除 值班"), (admin, "/roll"), (admin, "/spotcheck"), (duty, "/log"),
        (admin, "/stats"), (duty, "/stats"), (admin, "/phone 加 区消防救援大队 0356-2000002 夜间"), (admin, "/setup"),
        (town.commander, f"/delegate 指挥长 {second.name} 到 24小时"), (town.commander, "/delegate"),
        (second, "/channels"), (people["teacher"], f"/join 值班员 {PLAN}"), (people["teacher"], "何敏 区教育局"),
        (duty, "/drill 脚本"),
    ):  # fmt: skip
        press = text.removeprefix("press ")
        await (town.press(person, press) if press != text else town.say(person, town.bot, text))
    await entered(town, duty)
    await town.say(duty, town.bot, "/board")
    admin.send_document(town.bot, sheet(), "学校.xlsx", "/bodies")
    await town.say(admin, town.group, "/bind@tocsin_bot")


async def _attackers(two: Two) -> dict[str, Person]:
    """Return those for whom nothing of it is; one of them was an officer here when the screens were opened."""
    people = two.people
    await released(two.town, "旧值班 值班员")
    return {
        "former": people["former"], "admin B": people["admin B"], "duty B": people["duty B"],
        "commander B": people["commander B"], "reporter A": people["head"], "stranger": people["stranger"],
    }  # fmt: skip


async def _shown(two: Two) -> dict[str, Mapping[str, Any]]:
    """Return what each button of the office does it with, by its action: those that were shown, and those like them."""
    town = two.town
    async with town.open_store.reading() as rx:
        shown: dict[str, Mapping[str, Any]] = {
            row.action: dict(row.args) for row in await rx._session.rows(select(buttons)) if row.action in ACTIONS
        }
        [incident] = [row.stream for row in await rx.incidents.list(limit=9) if row.number == 1 and row.plan_id == PLAN]
    shown |= {name: shown[other] for name, other in LIKE.items()}
    until = (town.clock.now() + timedelta(hours=9)).isoformat()
    shown |= {
        "duties_show": {"plan": PLAN}, "duties_export": {"plan": PLAN}, "duties_switch": {"plan": PLAN, "on": True},
        "export_bodies": {"jurisdiction": JURISDICTION}, "undo_bodies": {"jurisdiction": JURISDICTION, "seen": 1},
        "take_seat": {"plan": PLAN, "seen": "", "until": until}, "stats_case": {"stream": incident}, "voice_test": {},
        "swap_list": {},
    }  # fmt: skip
    return shown


async def _kept(town: Town) -> dict[str, set[str]]:
    async with town.open_store.reading() as rx:
        return {
            table.name: {str(tuple(row)) for row in await rx._session.rows(select(table))}
            for table in metadata.sorted_tables
            if table.name not in PASSING
        }


async def test_no_button_of_the_office_serves_anybody_of_elsewhere_or_of_before() -> None:
    async with both(BASE) as two:
        town = two.town
        town.forgiven = FORGIVEN
        former = two.people["former"] = town.world.add_user("旧值班")
        former.start(town.bot)
        await town.settle()
        await town.grant(former, "duty", plan=PLAN)
        await _opened(two)
        shown = await _shown(two)
        assert set(shown) == ACTIONS - ELSEWHERE, "a button of the office that no screen has shown"
        attackers, forger = await _attackers(two), Forger(town)
        since = max((item[0] for item in await written(town, 0)), default=0)
        before, wrong, ids, turn = await _kept(town), list[str](), dict[str, str](), itertools.cycle(attackers.items())
        for kind, actions in itertools.groupby(sorted(shown, key=_kind), _kind):
            for action in actions:
                made = Button(
                    id=new_id(), object=kind, revision=0, action=action, args=dict(shown[action]), audience="",
                    created_at=town.clock.now(),
                )  # fmt: skip
                ids[action] = made.id
                async with town.open_store.writing() as tx:
                    await tx.buttons.find_or_create(made)
                for _, person in itertools.islice(turn, 3):
                    await forger.press(person, person, pack(made.id))
            after = await _kept(town)
            changed = {name: after[name] ^ before[name] for name in after if after[name] != before[name]}
            if kind == "people":  # anybody says his own name: by this it is seen that presses are served
                assert len(changed.pop("forms")) == 3
            wrong += [f"{kind} changes {changed}"] if changed else []
            before = after
            for number, chat, said in await written(town, since):
                since = max(since, number)
                who = next((name for name, person in attackers.items() if person.id == chat), str(chat))
                may = {"reporter A": {"A1"}}.get(who, {"B1", "roster B", "mobile B"} if who[-1] == "B" else set())
                told = given_away(said) - may
                wrong += [f"{kind} tells {who} of {told}: {said[:80]!r}"] if told else []
        assert not wrong, "\n".join(wrong)
        for action in ("webhook_stop", "revoke_token", "unpair"):  # the same by whom it is for
            await forger.press(two.people["admin A"], two.people["admin A"], pack(ids[action]))
            assert await _kept(town) != before, action
            before = await _kept(town)


def _kind(action: str) -> str:
    return BUTTONS[action].on[0]


async def test_no_button_of_a_case_serves_anybody_of_elsewhere_or_of_before() -> None:
    """Refused alike before anything is looked at, whatever a button does and on what."""
    async with both() as two:
        town = two.town
        town.forgiven = FORGIVEN
        former = two.people["former"] = town.world.add_user("旧值班")
        former.start(town.bot)
        await town.settle()
        await town.grant(former, "duty", plan=PLAN)
        attackers, forger = list((await _attackers(two)).items()), Forger(town)
        attackers = [(who, person) for who, person in attackers if who != "reporter A"]
        async with town.open_store.writing() as tx:
            [stream] = [
                row.stream for row in await tx.incidents.list(limit=9) if row.number == 1 and row.plan_id == PLAN
            ]
            made = [
                Button(
                    id=new_id(), object=kind, revision=0, action=action, audience="", created_at=town.clock.now(),
                    stream=stream, args={"unit": UNITS[0], "level": "Ⅰ", "key": "first:1:1"},
                )
                for action in sorted(set(BUTTONS) - ACTIONS)
                for kind in BUTTONS[action].on
            ]  # fmt: skip
            await tx.buttons.find_or_create_all(made)
        before, calls = await _kept(town), len(town.world.calls)
        for button, (_, person) in zip(made, itertools.cycle(attackers), strict=False):
            await forger.press(person, person, pack(button.id))
        said = [call.params.get("text") for call in town.world.calls[calls:] if call.method == "answerCallbackQuery"]
        assert len(made) > 150 and said == [POPUPS["not_yours"]] * len(made)
        assert await _kept(town) == before
