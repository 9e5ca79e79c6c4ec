"""What goes with a text of the desk, and who comes to it later: the leader's paper, newcomers, numbers to ring."""

from __future__ import annotations

from typing import Any

from bot.office.identity import confirm
from bot.playground.seen import Seen
from plans.identity import Who
from tests.handlers.test_bodies import listed
from tests.handlers.test_instructions import FIVE, cases, the_case
from tests.journeys.world import NIGHT, Town

SCHOOL = ("1", "凤鸣小学", "凤小", "小学", "北石店镇", "李校长", "")


def photos(person: Any, town: Town) -> list[Seen]:
    return [line for line in person.timeline(town.bot) if line.kind == "photo" and line.from_bot]


async def test_the_leaders_paper_is_kept_and_goes_to_all_who_are_told(town: Town) -> None:
    town.duty.send_album(town.bot, [b"one", b"two"], caption=f"/instruct 王副区长 请{FIVE[0]}按批示件落实，一周内报")
    await town.settle()
    case = await the_case(town)
    assert len(case.enclosures) == 2 and not await town.incidents(), "an album is one paper"
    assert set(case.files) == {item.partition(":")[2] for item in case.enclosures}, "each is fetched and kept"
    await town.press(town.duty, "预览", words="草稿")
    assert "附件2份" in town.sees(town.duty, "请确认").text
    await town.press(town.duty, "发出", words="请确认")
    unit = town.liaisons[FIVE[0]]
    assert "附件2份，见下面" in town.sees(unit, "王副区长批示").text and len(photos(unit, town)) == 2
    assert all(line.rang != "loud" for line in photos(unit, town))
    await town.say(town.duty, town.bot, f"/instruct 1 加发 {FIVE[1]}")
    assert len(photos(town.liaisons[FIVE[1]], town)) == 2

    paper = town.commander.send_photo(town.group, caption="")
    await town.settle()
    await town.say(town.duty, town.group, "/instruct@tocsin_bot 王副区长", reply_to=paper.id)
    second = (await cases(town))[0]
    assert (second.giver, second.text, len(second.enclosures)) == ("王副区长", "见附件", 1)  # type: ignore[attr-defined]
    town.duty.send_document(town.bot, b"%PDF", "会议通知.pdf", caption="/notice")
    await town.settle()
    notice = await the_case(town, "announcement")
    assert (notice.text, len(notice.enclosures)) == ("见附件", 1)


async def test_who_joins_later_hears_in_silence_what_is_open_and_the_seat_rings_by_confirmed_numbers(
    town: Town,
) -> None:
    await listed(town, SCHOOL)
    async with town.open_store.writing() as tx:
        leader = await tx.people.by_telegram(town.commander.id)
        assert leader is not None
        who = Who("钱指挥长", "区政府办", "13900000077")
        await confirm(tx, leader, who, by="settings", how="claim", cause="c", now=NIGHT, place=leader.id)
    await town.say(town.duty, town.bot, "/instruct 王副区长 请排查")
    await town.say(town.duty, town.bot, "/instruct 1 发给 凤鸣小学、指挥长、钱指挥长")
    await town.press(town.duty, "预览", words="草稿")
    await town.press(town.duty, "发出", words="请确认")
    await town.advance(hours=12)
    await town.press(town.duty, "看名单、记结果", words="还没有回执，请打电话")
    rung = town.sees(town.duty, "还没有回执，请打电话").text
    assert rung.count("13900000077") == 2 and "凤鸣小学　电话未登记" in rung, rung

    await town.say(town.admin, town.bot, "/invite 校长 凤小")
    link = town.sees(town.admin, "请把链接转给本人").text
    town.teacher.start(town.bot, link.partition("start=")[2].split()[0])
    await town.settle()
    told = town.sees(town.teacher, "您现在负责凤鸣小学，下面这一件还没有办结")
    assert told.rang != "loud" and "王副区长批示" in told.text and told.labels() == ["收到"]
    await town.press(town.teacher, "收到", words="您现在负责")
    assert not (await the_case(town)).told["unit:凤鸣小学"].silent
    await town.press(town.teacher, "办结", words="已收到")
    await town.press(town.teacher, "已按要求落实")

    await town.say(town.admin, town.bot, "/invite 校长 凤小")
    link = town.sees(town.admin, "请把链接转给本人").text
    town.stranger.start(town.bot, link.partition("start=")[2].split()[0])
    await town.settle()
    assert not town.told(town.stranger, "您现在负责"), "of what is done nobody is told"


async def test_who_acts_for_somebody_hears_of_what_waits_for_him(town: Town) -> None:
    await town.say(town.duty, town.bot, "/instruct 王副区长 请排查")
    await town.say(town.duty, town.bot, "/instruct 1 发给 指挥长")
    await town.press(town.duty, "预览", words="草稿")
    await town.press(town.duty, "发出", words="请确认")
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.deputy.name} 3天")
    await town.press(town.deputy, "接受代行")
    told = town.sees(town.deputy, "您现在负责指挥长，下面这一件还没有办结")
    assert told.rang != "loud" and told.labels() == ["收到"]
    await town.press(town.deputy, "收到", words="您现在负责")
    assert not (await the_case(town)).told["role:commander"].silent
