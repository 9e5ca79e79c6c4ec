"""The guides name only commands that work, buttons that exist, pictures that are there and small enough to send."""

from __future__ import annotations

import re

import pytest

from bot.render import rules
from bot.render.catalogue import LABELS
from bot.texts import (
    aid,
    api_tokens,
    board,
    bodies,
    duty,
    identity,
    lines,
    on_site,
    pages,
    raising,
    recipients,
    swaps,
    webhooks,
)
from bot.texts import rules as words
from bot.texts.delegating import ACCEPT
from bot.texts.help import KEYBOARD
from handlers.register import COMMANDS
from plans.bearers import bearers
from plans.incident.units import ANSWERS
from plans.load import load_all
from tests.bot.demo.pictures import FOLDER, LARGEST, PICTURES, SETUP
from tests.conftest import REPOSITORY

GUIDES = REPOSITORY / "deploy" / "guides"
COMMAND = re.compile(r"(?<![\w./])/([a-z]{2,12})\b")
MADE = {
    "5分钟前已报", "2分钟前已报", "某某收到", "某某没接", "并入1号", "代录：某某", "通：某某",
    "没通：某某", "以……为准", "暂停演练", "开始", "测试", ACCEPT,
    raising.RAISE_TO.format(level="Ⅱ"), on_site.HELD_LABEL.format(role="某某"), duty.RETURN_REASONS[0],
    LABELS["skip_told"].format(to="某某"), LABELS["end_condition"].format(name="某某"),
    *(LABELS[name].format(number="").strip() for name in ("duty_done", "duty_not_applicable")),
    aid.ASK_LABEL.format(to="某某"), *(label.format(who="某某") for label in aid.ANSWER_LABELS.values()),
    *(label.format(who="某某") for label in aid.GRANT_LABELS.values()),
    LABELS["duty_today"].format(name="按手册巡查"), *ANSWERS,
    board.PAGE_ENTER_BUTTON, board.WALL_RENEW.format(number="", jurisdiction="").strip(),
    board.WALL_CONFIRM.format(jurisdiction="……"), pages.LEAVE,
    *(label.format(count=5) for label in recipients.PRESETS.values()),
    identity.IT_IS_ME, identity.NOT_ME, identity.CONFIRM_ONE.format(number="").strip(),
    LABELS["answer_alone"].format(name="某某"), swaps.TAKE, swaps.ASK_KEY, swaps.ASK_NUMBERED.format(number="").strip(),
    api_tokens.CONFIRM, *(label.format(number="", name="").strip() for label in (
        api_tokens.REVOKE_ONE, api_tokens.RENEW_ONE, webhooks.TEST, webhooks.RESEND, webhooks.STOP, webhooks.RESUME,
        webhooks.REKEY, webhooks.REMOVE, lines.END,
    )),
    lines.CONFIRM_AGREE, LABELS["submit_to"].format(name="", what="").strip("·"),
    bodies.CONFIRM, bodies.UNDO, bodies.EXPORT, bodies.CONFIRM_WITHOUT.format(count="N"),
}  # fmt: skip
"""Labels that are made from a number, a name or a source, and the word of Telegram's own button."""


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=lambda path: path.stem)
def test_a_guide_names_what_there_is(guide):
    text = guide.read_text(encoding="utf-8")
    assert set(COMMAND.findall(text)) - {"newbot"} <= {*COMMANDS}
    pressed = set(re.findall(r"点\*{0,2}「(.+?)」", text))
    assert pressed <= {*LABELS.values(), *KEYBOARD.values(), *MADE}
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (guide.parent / link).exists(), link


def test_the_year_of_a_school_is_the_plans_own():
    """The units' guide says of each duty of schools and kindergartens how often, with what, and by which clause."""
    plan = load_all()["dehui-education-duties"]
    text = (GUIDES / "单位联络员手册.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    wanted = [
        item
        for item in plan.duties
        if item.every is not None and {"学校", "幼儿园"} & {bearer.id for bearer in bearers(plan, item)}
    ]
    for item in wanted:
        assert item.every is not None
        often = "主题日" if item.every.theme_days else rules.often(item.every)
        said = (often, words.EVIDENCE[item.evidence] or "点一下", item.clause)
        assert any(name.startswith(item.text) and tuple(rest) == said for name, *rest in rows), (item.id, said)
    assert len(rows) == len(wanted)


def test_every_picture_is_made_by_the_script_is_shown_and_is_small():
    made = {f"{one.name}.png" for one in (SETUP, *PICTURES)}
    shown = {
        name for guide in GUIDES.glob("*.md") for name in re.findall(r"pictures/(\S+\.png)", guide.read_text("utf-8"))
    }
    assert {path.name for path in FOLDER.iterdir()} == made
    assert shown <= made
    for path in FOLDER.iterdir():
        assert path.stat().st_size <= LARGEST
