"""``/phone 改 错 加 核对 撤销 记录``: administrators keep the directory right, each change after a second look."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

from telegram import Update

from bot.office.amendments import Change, amend, way_of
from bot.office.directory import Lookup, look_up
from bot.render import Message
from bot.render.amendments import differences, preview
from bot.render.chat import popup_text, text_message
from bot.texts.words import NONE
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.replies import act_pressed, say
from handlers.which_incident import words
from plans.directory.amendments import names_of, unit_called
from plans.directory.numbers import dialled, digits, personal, taken_apart
from plans.model import Plan
from storage.directory import DirectoryLine
from storage.people import shown_name
from storage.transaction import Reading

WAYS = {"改": "changed", "错": "wrong", "加": "added", "核对": "checked", "撤销": "ended"}
LISTS = frozenset({"记录", "差异"})
_LIKE_A_NUMBER = re.compile(r"(?:[-+()（）]*\d){6,}[-+()（）]*\Z")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\Z")
NEAR = 5
"""Units that are named where the one that was meant is not known."""


class Unclear(Exception):
    """What was written does not say what to change.

    Args:
        key: of the text that says what was expected.
    """

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True, kw_only=True)
class ListedNumber:
    """A number of a unit: as it is shown, as the plan has it (empty: the plan does not), and its edit."""

    shown: str
    was: str
    kind: str
    edit: DirectoryLine | None = None


def is_change(update: Update) -> bool:
    """Return whether a ``/phone`` command is about the directory itself."""
    args = words(update)
    return bool(args) and (args[0] in WAYS or args[0] in LISTS)


async def change(update: Update, context: Context, who: Caller) -> None:
    """Show what a change would come to, with the button that makes it; or what differs from the plans."""
    if not who.reader.administers_any:
        await answer_privately(context, who, "admin_only")
        return
    args, tools = words(update), tools_of(context)
    async with tools.service.store.reading() as rx:
        lookup = await look_up(
            rx,
            tools.service.registry,
            tools.service.bodies,
            [item for item in who.holdings if item.role == "admin"],
            bound_here=who.plans if who.reader.administers(who.place.jurisdiction or "") else (),
            administers=who.admin,
            private=True,
        )
        if args[0] in LISTS:
            message = await _listed(rx, context, lookup)
        else:
            try:
                message = _asked(await _wanted(rx, context, lookup, WAYS[args[0]], args[1:]))
            except Unclear as problem:
                message = text_message(problem.key, **problem.values)
    if not await say(context, who, message, "amend", in_private=True):
        await say(context, who, text_message("start_first"), "amend")


def _asked(wanted: Change) -> Message:
    args = {**asdict(wanted), "names": list(wanted.names)}
    return preview(wanted.unit, wanted.text, args, own=personal(wanted.number))


async def _listed(rx: Reading, context: Context, lookup: Lookup) -> Message:
    edits = []
    for name in lookup.amendments:
        for row in await rx.directory.amendments(name):
            person = await rx.people.get(row.by)
            edits.append((row, way_of(row), shown_name(person) if person is not None else row.by))
    return differences(edits, tools_of(context).clock.now())


async def _wanted(rx: Reading, context: Context, lookup: Lookup, way: str, args: list[str]) -> Change:
    """Read 单位 [原号码] [新号码] [类别或说明] [预案].

    Raises:
        Unclear: with what was expected.
    """
    registry = tools_of(context).service.registry
    plan_ids = [word for word in args if word in registry.ids]
    rest = [word for word in args if word not in plan_ids]
    if not rest:
        raise Unclear("amend_how")
    plan = _plan(context, lookup, rest[0], plan_ids)
    unit = unit_called(plan, rest[0])
    if unit is None:
        raise Unclear("amend_how")
    names, area = names_of(unit), plan.jurisdiction.area_code
    rows = [row for row in await rx.directory.amendments(plan.jurisdiction.name) if row.unit in names]
    listed = _listed_numbers(plan, rest[0], rows)
    numbers, others = taken_apart(rest[1:], area)
    remark = " ".join(others)
    spoilt = next((word for word in others if _LIKE_A_NUMBER.match(word) and not _DAY.match(word)), "")
    if spoilt:
        raise Unclear("amend_no_number", given=spoilt[:40])
    if not numbers and remark and way in ("added", "changed"):
        raise Unclear("amend_no_number", given=remark[:40])
    base = Change(jurisdiction=plan.jurisdiction.name, unit=names[0], names=names, way=way)
    if way == "added":
        if not numbers:
            raise Unclear("amend_how")
        amendment = next((item.edit for item in listed if item.edit and item.edit.number == numbers[0]), None)
        return replace(base, number=numbers[0], kind=remark[:12] or "值班", seen=amendment.id if amendment else "")
    old, new = _old_and_new(names[0], way, listed, numbers, area)
    seen = old.edit.id if old.edit is not None else ""
    if not old.was and way in ("wrong", "ended"):
        return replace(base, way="ended", was=old.shown, seen=seen)
    if not old.was or (way == "ended" and old.edit is None):
        raise Unclear("amend_nothing", unit=names[0])
    number = {"changed": new, "checked": old.was}.get(way, "")
    return replace(base, was=old.was, number=number, kind=old.kind, note=remark[:100], seen=seen)


def _plan(context: Context, lookup: Lookup, name: str, plan_ids: list[str]) -> Plan:
    """Return the plan, as its file has it, in which a unit is called so."""
    registry = tools_of(context).service.registry
    plans = [registry.current(plan.id) for plan in lookup.plans if not plan_ids or plan.id in plan_ids]
    matching = [plan for plan in plans if unit_called(plan, name) is not None]
    if not matching:
        near = dict.fromkeys(hit.unit for hit in lookup.book().search(name, limit=50))
        raise Unclear("amend_no_unit", given=name[:20], near="、".join(list(near)[:NEAR]) or NONE)
    if len({plan.jurisdiction.name for plan in matching}) > 1:
        raise Unclear("amend_several", unit=name, plans="、".join(plan.id for plan in matching))
    return matching[0]


def _listed_numbers(plan: Plan, name: str, rows: list[DirectoryLine]) -> list[ListedNumber]:
    unit, area = unit_called(plan, name), plan.jurisdiction.area_code
    listed = []
    for line in unit.lines if unit is not None else ():
        was = dialled(line.number, area)
        edit = next((row for row in rows if row.was and digits(dialled(row.was, area)) == digits(was)), None)
        listed.append(ListedNumber(shown=edit.number or was if edit else was, was=was, kind=line.kind, edit=edit))
    return listed + [ListedNumber(shown=row.number, was="", kind=row.kind, edit=row) for row in rows if not row.was]


def _old_and_new(
    unit: str, way: str, listed: list[ListedNumber], numbers: list[str], area: str
) -> tuple[ListedNumber, str]:
    listing = "、".join(item.shown for item in listed) or NONE
    new = numbers.pop() if way == "changed" and numbers else ""
    if way == "changed" and not new:
        raise Unclear("amend_how")
    if numbers:
        wanted = digits(numbers[0])
        matching = [item for item in listed if wanted in (digits(dialled(item.shown, area)), digits(item.was))]
        if not matching:
            raise Unclear("amend_not_there", unit=unit, number=numbers[0], numbers=listing)
        return matching[0], new
    if len(listed) != 1:
        raise Unclear("amend_which", unit=unit, count=str(len(listed)), numbers=listing)
    return listed[0], new


@button("amend", on="directory", late=confirm_again())
async def confirm(press: ButtonPress) -> str:
    """确认修改."""
    args = {**press.button.args, "names": tuple(press.arg("names", ()))}
    done = await amend(
        press.tools.service, press.caller.person, Change(**args), cause=f"{press.caller.cause}:amend",
        requester=press.caller.requester,
    )  # fmt: skip
    return await act_pressed(press, done)


@button("amend_not", on="directory")
async def dismiss(press: ButtonPress) -> str:
    """返回."""
    await press.strip()
    return popup_text("nothing_done")
