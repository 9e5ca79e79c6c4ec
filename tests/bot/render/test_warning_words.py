"""Every sentence about a warning, for every plan × level, drilled or real, in time or late, whoever wrote what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

import pytest

from bot.outgoing import case_dispatcher  # noqa: F401  # registers the words of every kind
from bot.render import Message, issuing, measures, split, waking, warning_lines, warning_page
from bot.render import warning as pages
from bot.render.cases import UNDELIVERABLE, CaseView, draw_case, render_case
from bot.render.labels import LONGEST, SHARED
from bot.render.message import LIMIT, units
from bot.render.warning_pieces import title
from plans.bearers import KINDS
from plans.core.command import Command
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.load import load_all
from plans.model import Plan
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.measures import NOT_APPLICABLE, SettleMeasure
from plans.warning.oral import RecordWarningWord
from plans.warning.plan_choice import ChooseWarningPlan
from plans.warning.ringing import RingInVain
from plans.warning.state import COLOURS, PASS_ON, Content, WarningCase
from plans.warning.taking import TakeChange
from plans.warning.waking import AnswerWarning
from tests.plans.warning.life import DUTY, Life, heavy_rain

PLANS = load_all()
NASTY = "【演练】*粗* @everyone http://x.cn/a [点](tg://user?id=1) /end 1 #话题 {number}"
"""What an outsider may write where a name is expected: our marks, markup, mentions, links, commands, templates."""

SCHOOLS = ("甲小学", "乙小学", NASTY)


def cases() -> Iterator[tuple[str, int]]:
    for name, plan in PLANS.items():
        yield from ((name, number) for number in range(max(1, len(plan.warnings))))


EVERY = [
    pytest.param(name, number, drill, id=f"{name}-{number}-{'drill' if drill else 'real'}")
    for name, number in cases()
    for drill in (False, True)
]


@dataclass
class Seen(Life):
    """A life that keeps each notice with the case as it stood when it was told."""

    seen: list[tuple[Notice, WarningCase]] = field(default_factory=list)

    def heard(self, told: list[Notice]) -> None:
        super().heard(told)
        self.seen += [(notice, self.warning) for notice in told if not notice.edits]

    def must(self, command: Command, by=DUTY) -> None:
        assert self.do(command, by) is None


def content_of(plan: Plan, number: int, **changes) -> Content:
    level = plan.warnings[number] if plan.warnings else None
    colour = (level.colour if level is not None else "") or "黄"
    return heavy_rain(
        hazard=f"暴雨{NASTY}", colour=colour, level=level.level if level is not None else "", issuer=f"气象台{NASTY}",
        areas=("城关镇", NASTY), text=NASTY * 40, words={"hazard": NASTY, "areas": NASTY, "ends": NASTY}, **changes,
    )  # fmt: skip


@cache
def lived(name: str, number: int, drill: bool) -> tuple[tuple[Notice, WarningCase], ...]:
    plan = PLANS[name]
    life = Seen(plan)
    content = content_of(plan, number)
    life.take(content, drill=drill)
    life.pass_time(timedelta(minutes=30))
    unreachable = frozenset({"乙小学"})
    member = next(unit.id for unit in plan.units)
    life.must(IssueWarning(way=PASS_ON, recipients=SCHOOLS, unreachable=unreachable, members=(member,)))
    life.must(AnswerWarning(recipient="甲小学"))
    if life.warning.stage is not None and life.warning.stage.measures:
        life.must(SettleMeasure(number=1, status=NOT_APPLICABLE, recipient="甲小学", reason=NASTY))
    life.must(RingInVain(recipient="乙小学"))
    life.pass_time(timedelta(hours=2))
    assert content.ends is not None
    later = replace(content, ends=content.ends + timedelta(hours=3), areas=("城关镇",))
    life.must(TakeChange(content=later, source="cap"))
    life.must(IssueWarning(way=PASS_ON, recipients=(SCHOOLS[0],), members=(member,)))
    life.must(TakeChange(content=replace(later, colour="红" if content.colour != "红" else "橙", level=""), act=""))
    life.must(IssueWarning(way=PASS_ON))
    life.pass_time(timedelta(hours=14))
    role = next(iter(plan.roles))
    life.must(RecordWarningWord(of=role, decides="lift", spoken_by=NASTY, reason=NASTY))
    endless = Seen(plan)
    endless.take(content_of(plan, number, ends=None), drill=drill)
    endless.must(IssueWarning(way=PASS_ON, recipients=SCHOOLS))
    endless.pass_time(timedelta(hours=40))
    endless.must(LiftWarning(reason=NASTY))
    asked = Seen(plan)
    asked.take(content, drill=drill, among=((plan.id, plan.title), ("other", NASTY)))
    asked.pass_time(timedelta(minutes=30))
    asked.must(ChooseWarningPlan(plan=plan.id, plan_version=plan.version, plan_hash=plan.hash))
    called, case = next(pair for pair in life.seen if pair[0].key == "warning_call")
    ours = render_case(called, view_of(name, case)).text  # what did not arrive had been made clean
    said = {"notice": "warning_call", "who": NASTY, "said": ours, "uncertain": False}
    lost = [(Notice(kind="note", key=UNDELIVERABLE, to=SEAT, params=said), life.warning)]
    return (*life.seen, *endless.seen, *asked.seen, *lost)


def view_of(name: str, warning: WarningCase, **more) -> CaseView:
    now = warning.events[-1].at
    return CaseView(plan=PLANS[name], case=warning, now=now, **{"names": {NASTY: NASTY}, **more})


def messages(name: str, number: int, drill: bool) -> Iterator[tuple[str, Message]]:
    """Yield all that is said: notices as they are told, in time and late, to one and to a group; cards, pages."""
    for notice, warning in lived(name, number, drill):
        for place in ("private", "command"):
            for online in (True, False):
                yield notice.key, render_case(notice, view_of(name, warning, place_kind=place, online=online))
    for warning in {id(case): case for _, case in lived(name, number, drill)}.values():
        view = view_of(name, warning)
        yield "card", draw_case(view)
        yield "page", warning_page.page(view, staff=True)
        yield "listing", warning_lines.listing([view])
        yield "inline", Message("\n".join(warning_lines.inline(warning, view.now)))
        for recipient in warning.waking:
            if not warning.waking[recipient].silent:
                yield "checklist", measures.checklist(view, recipient)
        if warning.in_force:
            yield "rings", waking.ring_list(view)
            yield "lifting", issuing.preview_lift(view, allowed=True, orally=tuple(PLANS[name].roles))


def test_the_lives_tell_every_notice_that_has_words():
    told = {notice.key for name, number in cases() for notice, _ in lived(name, number, False)}
    assert told == {*pages.KEYS, UNDELIVERABLE}


@pytest.mark.parametrize(("name", "number", "drill"), EVERY)
def test_every_word_is_ours_and_fits(name, number, drill):
    for key, message in messages(name, number, drill):
        text = message.text
        assert re.search(r"None|True|False|datetime|（）|、、|。。|，，|\bperson:|warning_", text) is None, (key, text)
        marks = set(re.findall("【[^】]*】", text))
        assert marks <= ({"【演练】"} if drill else set()), (key, marks)
        assert re.search(r"(?<!\w)[@#$]\w|://", text) is None, (key, text)
        assert {item.type for item in message.entities} <= {"bold", "blockquote", "expandable_blockquote"}, key
        for part in split(message):
            assert units(part.text) <= LIMIT and len(part.entities) <= 100, key
        assert sum(len(row) for row in message.rows) <= 40, key
        for row in message.rows:
            assert all(0 < len(item.label) <= (SHARED if len(row) == 2 else LONGEST) for item in row), (key, row)
        if key not in ("listing", "inline"):
            assert text.startswith("【演练】") is drill and text.endswith("【演练】") is drill, (key, text)


@pytest.mark.parametrize("name", sorted(PLANS))
def test_what_is_told_late_says_so(name):
    for notice, warning in lived(name, 0, False):
        in_time, late = (render_case(notice, view_of(name, warning, online=online)).text for online in (True, False))
        assert late != in_time and late.startswith(in_time), notice.key


def test_a_preview_for_four_hundred_and_a_list_of_four_hundred_to_ring_fit_one_message():
    names = tuple(f"第{number}实验学校幼儿园分园" for number in range(400))
    for name, number in cases():
        life = Life(PLANS[name])
        life.take(content_of(PLANS[name], number))
        for allowed in (True, False):
            command = IssueWarning(
                way=PASS_ON, recipients=names, unreachable=frozenset(names), unknown_areas=names[:20],
                left=tuple((kind, 4000) for kind in KINDS),
            )  # fmt: skip
            shown = issuing.preview(
                view_of(name, life.warning), command, allowed=allowed, orally=tuple(PLANS[name].roles),
                refusal=NASTY[:60],
            )  # fmt: skip
            assert len(split(shown)) == 1 and "400个单位" in shown.text
        assert life.do(IssueWarning(way=PASS_ON, recipients=names, unreachable=frozenset(names))) is None
        for message in (waking.ring_list(view_of(name, life.warning)), draw_case(view_of(name, life.warning))):
            assert len(split(message)) == 1 and "400" in message.text


def test_what_did_not_arrive_is_quoted_to_one_person_and_to_no_group():
    name = next(iter(PLANS))
    notice, warning = lived(name, 0, False)[-1]
    assert notice.key == UNDELIVERABLE
    private, group = (render_case(notice, view_of(name, warning, place_kind=kind)) for kind in ("private", "command"))
    assert "粗" in private.text.partition("内容：")[2] and "内容：" not in group.text


def test_every_colour_has_a_title():
    for colour in COLOURS:
        assert title(Content(hazard="大雾", colour=colour)).endswith(f"{colour}色预警")


def test_a_drill_is_marked_once_in_every_message():
    for name, number in cases():
        for key, message in messages(name, number, True):
            head = message.text.split("\n", 1)[0]
            assert head.count("【演练】") <= 1 or key in ("inline", "listing"), (key, head)
            assert "【演练】" in message.text or message.mark or key == "inline", key


def test_whatever_is_said_of_many_areas_fits_one_message():
    many = tuple(f"第{number}长名称街道办事处" for number in range(200))
    for name, number in cases():
        life = Life(PLANS[name])
        assert life.take(replace(content_of(PLANS[name], number), areas=many)) is None
        command = IssueWarning(way=PASS_ON, recipients=SCHOOLS, unknown_areas=many)
        view = view_of(name, life.warning)
        shown = issuing.preview(view, command, allowed=True, orally=())
        assert len(split(shown)) == 1 and "等200个" in shown.text
        assert life.do(command) is None
        assert len(split(draw_case(view_of(name, life.warning)))) == 1
