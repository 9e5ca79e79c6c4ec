"""Who lives in the demo: invented people for the plan of each kind of scene, some units with nobody who answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.demo.stage import OPENING

PRIVATE = ""
"""The private chat with the bot, among the chats of a role."""


@dataclass(frozen=True, kw_only=True)
class Role:
    """Somebody of the cast.

    Attributes:
        name, title: as the chats show them.
        role, unit: what he holds. plan: of another office than the setting's.
        hint: what the visitor may try as him. opening: a sentence offered with one click.
        chats: worth opening, the most telling first; he is a member of these groups.
    """

    name: str
    title: str
    role: str
    unit: str | None = None
    plan: str = ""
    hint: str = ""
    opening: str = ""
    chats: tuple[str, ...] = (PRIVATE, "指挥群")


@dataclass(frozen=True, kw_only=True)
class Room:
    """A group: its short name in scenes, its title, what it is bound as, whose it is; ``plan``: of another office."""

    name: str
    title: str
    kind: str
    owner: str
    plan: str = ""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """An office with its people, as one plan needs them.

    Attributes:
        seat: who sits on the duty seat; ADMIN administers. above: who sits on that of an office above.
        bodies: of the office's list: name, kind, township, telephone.
    """

    plan: str
    cast: tuple[Role, ...]
    rooms: tuple[Room, ...]
    seat: str
    bodies: tuple[tuple[str, str, str, str], ...]
    above: str = ""


ADMIN = "林管理"

CAMPUS = Setting(
    plan="jincheng-chengqu-campus",
    seat="李值班",
    rooms=(
        Room(name="指挥群", title="城区校园安全指挥群", kind="command", owner=ADMIN),
        Room(name="家校群", title="实验小学家校群", kind="school", owner="赵校长"),
    ),
    bodies=(
        ("河口中心小学", "小学", "河口镇", "0356-5550142"),
        ("城关中学", "中学", "城关镇", "0356-5550117"),
    ),
    cast=(
        Role(
            name="赵校长", title="事发学校校长", role="reporter", unit="事发学校", hint="私聊发一句话就是报告",
            opening=OPENING, chats=(PRIVATE,),
        ),
        Role(name="李值班", title="值班员（区教育局）", role="duty", hint="接报、念稿拨号、登记、研判、代录"),
        Role(name="何值班", title="值班员（白班）", role="duty", hint="发 /shift 接班：未办事项和提醒都跟着走"),
        Role(name="陈主任", title="办公室主任（区教育局局长）", role="director", hint="Ⅲ级由他宣布"),
        Role(name="周副区长", title="指挥长", role="commander", hint="Ⅰ级只有他能宣布"),
        Role(name="吴副主任", title="副指挥长", role="deputy", hint="Ⅱ级他也能宣布"),
        Role(
            name="孙消防", title="联络员·区消防救援大队", role="liaison", unit="区消防救援大队",
            hint="收到叫应后点“收到”",
        ),
        Role(
            name="钱卫健", title="联络员·区卫生健康和体育局", role="liaison", unit="区卫生健康和体育局",
            hint="可以回复新的伤亡数字",
        ),
        Role(name="郑公安", title="联络员·市公安局城区分局", role="liaison", unit="市公安局城区分局"),
        Role(
            name="王老师", title="班主任（学校群里）", role="reporter", unit="事发学校",
            hint="学校群里有家长：机器人只回一句话", chats=("家校群", PRIVATE),
        ),
        Role(
            name="马校长", title="河口中心小学校长", role="head", unit="河口中心小学",
            hint="预警来了点“收到”，再一项一项点办完", chats=(PRIVATE,),
        ),
        Role(
            name="冯校长", title="城关中学校长", role="head", unit="城关中学", hint="不应答，看值班员怎么打电话",
            chats=(PRIVATE,),
        ),
        Role(name=ADMIN, title="管理员", role="admin", hint="发 /setup 看还缺什么"),
    ),
)  # fmt: skip

DUTIES = Setting(
    plan="dehui-education-duties",
    seat="邓值班",
    rooms=(Room(name="安全工作群", title="教育系统安全工作群", kind="command", owner=ADMIN),),
    bodies=(
        ("第二实验小学", "小学", "建设街道", "0431-5550121"),
        ("站前小学", "小学", "胜利街道", "0431-5550133"),
        ("朝阳幼儿园", "幼儿园", "建设街道", "0431-5550146"),
        ("松花江镇中心小学", "小学", "松花江镇", ""),
    ),
    cast=(
        Role(
            name="沈校长", title="第二实验小学校长", role="head", unit="第二实验小学",
            hint="每周一条清单，办完一项点一项", chats=(PRIVATE,),
        ),
        Role(
            name="于校长", title="站前小学校长", role="head", unit="站前小学", hint="不点也不说，看怎么催、谁会知道",
            chats=(PRIVATE,),
        ),
        Role(
            name="叶园长", title="朝阳幼儿园园长", role="head", unit="朝阳幼儿园", hint="幼儿园的职责和小学不一样",
            chats=(PRIVATE,),
        ),
        Role(
            name="韩科长", title="联络员·学校安全科", role="liaison", unit="学校安全科",
            hint="发 /duties 看总表、核对、退回、导出", chats=(PRIVATE, "安全工作群"),
        ),
        Role(
            name="罗局长", title="局长", role="leader", hint="自己的职责一条清单，每季度一页全局",
            chats=(PRIVATE, "安全工作群"),
        ),
        Role(
            name="邓值班", title="值班员（市教育局）", role="duty", hint="可以代记，也可以核对",
            chats=(PRIVATE, "安全工作群"),
        ),
        Role(
            name=ADMIN, title="管理员", role="admin", hint="发 /duties 启用 或 停用", chats=(PRIVATE, "安全工作群"),
        ),
    ),
)  # fmt: skip

HEALTH = "jincheng-public-health"
LINE = replace(
    CAMPUS,
    above="高值班",
    rooms=(*CAMPUS.rooms, Room(name="市指挥群", title="市卫生应急指挥群", kind="command", owner="冯管理", plan=HEALTH)),
    cast=(
        *(role for role in CAMPUS.cast if role.name in ("赵校长", "李值班", "陈主任", ADMIN)),
        Role(
            name="高值班", title="值班员（市里）", role="duty", plan=HEALTH, hint="接报；发 /askback 要区里核实",
            chats=(PRIVATE, "市指挥群"),
        ),
        Role(
            name="冯管理", title="管理员（市里）", role="admin", plan=HEALTH, hint="发 /line 看谁报给市里",
            chats=(PRIVATE, "市指挥群"),
        ),
    ),
)  # fmt: skip
"""A district and its city in one installation."""

SETTINGS = {CAMPUS.plan: CAMPUS, DUTIES.plan: DUTIES, "district-and-city": LINE}
"""By the plan; where there are several for one plan, by a name of their own."""
