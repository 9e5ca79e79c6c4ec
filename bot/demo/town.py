"""The town of the demo: invented people seated for the campus plan, some units with nobody who answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from bot.callback_data import new_id
from bot.demo.stage import OPENING, Part
from bot.playground import Bot, Group, Person, World
from bot.service import Service
from storage.bodies import BodyList, BodyRow
from storage.people import Holding
from storage.people import Person as Known
from storage.places import Place
from storage.transaction import Writing

PLAN = "jincheng-chengqu-campus"
TOKEN = "110201543:DEMO-ONLY-this-is-no-secret-000000"  # noqa: S105  the local server's own bot; it opens nothing
FIRST_MOMENT = datetime(2026, 3, 2, 3, 3, tzinfo=timezone(timedelta(hours=8))).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Role:
    """Somebody of the cast: name, title, what he holds (role, unit), and what the visitor may try as him."""

    name: str
    title: str
    role: str
    unit: str | None = None
    hint: str = ""


CAST = (
    Role(name="赵校长", title="事发学校校长", role="reporter", unit="事发学校", hint="私聊发一句话就是报告"),
    Role(name="李值班", title="值班员（区教育局）", role="duty", hint="接报、念稿拨号、登记、研判、代录"),
    Role(name="何值班", title="值班员（白班）", role="duty", hint="发 /shift 接班：未办事项和提醒都跟着走"),
    Role(name="陈主任", title="办公室主任（区教育局局长）", role="director", hint="Ⅲ级由他宣布"),
    Role(name="周副区长", title="指挥长", role="commander", hint="Ⅰ级只有他能宣布"),
    Role(name="吴副主任", title="副指挥长", role="deputy", hint="Ⅱ级他也能宣布"),
    Role(
        name="孙消防", title="联络员·区消防救援大队", role="liaison", unit="区消防救援大队", hint="收到叫应后点“收到”"
    ),
    Role(
        name="钱卫健",
        title="联络员·区卫生健康和体育局",
        role="liaison",
        unit="区卫生健康和体育局",
        hint="可以回复新的伤亡数字",
    ),
    Role(name="郑公安", title="联络员·市公安局城区分局", role="liaison", unit="市公安局城区分局"),
    Role(
        name="王老师",
        title="班主任（学校群里）",
        role="reporter",
        unit="事发学校",
        hint="学校群里有家长：机器人只回一句话",
    ),
    Role(
        name="马校长",
        title="河口中心小学校长",
        role="head",
        unit="河口中心小学",
        hint="预警来了点“收到”，再一项一项点办完",
    ),
    Role(name="冯校长", title="城关中学校长", role="head", unit="城关中学", hint="不应答，看值班员怎么打电话"),
    Role(name="林管理", title="管理员", role="admin", hint="发 /setup 看还缺什么"),
)


SCHOOLS = (
    ("河口中心小学", "小学", "河口镇", "0356-5550142"),
    ("城关中学", "中学", "城关镇", "0356-5550117"),
)
"""Invented schools that a warning may concern: name, kind, township, telephone."""

HEADS = frozenset({"马校长", "冯校长"})
"""Who sees no group of the command."""


@dataclass(frozen=True, kw_only=True)
class Town:
    """The people and groups of the local Telegram, by the names that scenes call them."""

    bot: Bot
    people: dict[str, Person]
    groups: dict[str, Group]

    @property
    def command(self) -> Group:
        """The command group."""
        return self.groups["指挥群"]

    @property
    def school(self) -> Group:
        """The group of a school, with parents in it."""
        return self.groups["家校群"]

    def parts(self) -> list[Part]:
        """Return whom the visitor can play."""
        parts = []
        for role in CAST:
            person = self.people[role.name]
            private, command, school = str(person.id), str(self.command.id), str(self.school.id)
            chats: tuple[str, ...] = (school, private) if role.name == "王老师" else (private, command)
            chats = (private,) if role.name == "赵校长" or role.name in HEADS else chats
            opening = OPENING if role.name == "赵校长" else ""
            parts.append(
                Part(person=person.id, name=role.name, title=role.title, chats=chats, hint=role.hint, opening=opening)
            )
        return parts


def build(world: World) -> Town:
    """Put the people and the two groups into an empty world; nobody has opened a private chat yet."""
    bot = world.add_bot(TOKEN, username="tocsin_demo_bot", name="警钟")
    people = {role.name: world.add_user(role.name) for role in CAST}
    insiders = [people[role.name] for role in CAST if role.name not in {"赵校长", "王老师", "林管理", *HEADS}]
    command = world.add_group("城区校园安全指挥群", owner=people["林管理"], members=[bot, *insiders])
    school = world.add_group("实验小学家校群", owner=people["赵校长"], members=[bot, people["王老师"]])
    people["林管理"].promote(command, bot, ["can_pin_messages"])
    return Town(bot=bot, people=people, groups={"指挥群": command, "家校群": school})


async def seat(service: Service, town: Town) -> None:
    """Bind the groups, give everybody what he holds, and let the duty officer sit down."""
    now = service.clock.now()
    plan = service.registry.current(PLAN)
    name = plan.jurisdiction.name
    async with service.store.writing() as tx:
        for group, kind in ((town.command, "command"), (town.school, "school")):
            place = await tx.places.by_chat(group.id)
            place = place or Place(
                id=new_id(), chat_id=group.id, kind="none", title=group.title, can_pin=kind == "command", created_at=now
            )
            await tx.places.save(place)
            await tx.places.bind(place.id, plan.id, name, "command" if kind == "command" else "school", now)
        await tx.bodies.take_over(
            BodyList(jurisdiction=name, number=1, at=now, by="demo", added=len(SCHOOLS)),
            [
                BodyRow(
                    jurisdiction=name, id=school, name=school, kind=kind, township=township, phones=(number,), since=1
                )
                for school, kind, township, number in SCHOOLS
            ],
            (),
        )
        for role in CAST:
            person = await _known(tx, town.people[role.name], now)
            await tx.people.grant(
                Holding(
                    id=new_id(), person_id=person.id, jurisdiction=name, plan_id=plan.id, role=role.role,
                    unit=role.unit, granted_by="demo", granted_at=now,
                )
            )  # fmt: skip
            if role.name == "李值班":
                await tx.people.take_seat(name, plan.id, person_id=person.id, name=person.name, since=now)


async def _known(tx: Writing, player: Person, now: datetime) -> Known:
    person_row = await tx.people.by_telegram(player.id)
    if person_row is not None:
        return person_row
    place = Place(id=new_id(), chat_id=player.id, kind="private", title=player.name, created_at=now)
    await tx.places.save(place)
    person = Known(
        id=new_id(), telegram_id=player.id, name=player.name, place_id=place.id, started_at=now, created_at=now
    )
    await tx.people.save(person)
    return person
