"""All that the bot says, in one document to read: ``python -m tests.bot.render.document`` writes it anew."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import bot.texts
from bot.render import (
    Message,
    call_table,
    card,
    choose_units,
    export,
    help,
    popup,
    preview_declare,
    preview_end,
    preview_oral,
    render,
    render_refusal,
    script,
    script_message,
    status,
    todo,
    worksheet,
    written_report,
)
from bot.render.catalogue import REFUSALS
from handlers.register import menus
from plans.incident.judging import Judge
from plans.incident.seat import TakeHandling
from tests.bot.render import story as s
from tests.bot.render.test_refusals import VIEW, sample

PATH = Path(__file__).with_name("所有文字.md")


def shown(message: Message) -> str:
    """Return a message with its buttons, as a block."""
    lines = [message.text]
    lines += ["".join(f"［{key.label}］" for key in row) for row in message.rows]
    return block("\n".join(lines))


def block(text: str) -> str:
    """Return a text as a block of the document."""
    return f"```\n{text}\n```\n"


def document() -> str:
    """Return the whole document: what is said, and then the words of which nothing said here is made."""
    said = "\n".join(_parts())
    return f"{said}\n{''.join(_rest(said))}".rstrip() + "\n"


def _rest(said: str) -> Iterator[str]:
    """Yield, topic by topic, the words that do not stand in what is said, as ``bot/texts`` has them."""
    yield "## 其余的文字\n\n上面没有用到的，按 `bot/texts/` 的文件列出；{}里的由程序填入。\n"
    for module in sorted(one.name for one in pkgutil.iter_modules(bot.texts.__path__)):
        names = vars(importlib.import_module(f"bot.texts.{module}"))
        found = [one for name in names if name.isupper() for one in _strings(name, names[name])]
        lines = [f"{name}: {text!r}" for name, text in found if not _stands_in(said, text)]
        if lines:
            yield f"\n### {module}\n\n{block(chr(10).join(lines))}"


def _strings(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield every text below a name, with the name that it has there."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _strings(f"{name}.{key}", one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(name, one)


_FILLED = re.compile(r"\{[^{}]*\}|\n")


def _stands_in(said: str, text: str) -> bool:
    """Return whether all of a text stands there, whatever was filled in."""
    return all(part.strip() in said for part in _FILLED.split(text))


def _parts() -> Iterator[str]:
    yield "# 所有文字\n\n由 `python -m tests.bot.render.document` 写成；人名、学校和事件都是虚构的。按钮写在［］里。\n"
    stories = {name: make() for name, make in s.STORIES.items()}
    yield "## 通知\n"
    seen: set[str] = set()
    for story in stories.values():
        for notice, view in story.told:
            if notice.key not in seen:
                seen.add(notice.key)
                yield f"### {notice.key}（{notice.to}）\n\n{shown(render(notice, view))}"
    yield from _elsewhere(stories)
    yield from _asked_for(stories)
    yield "## 拒绝\n"
    for key in _refusals():
        yield f"### {key}\n\n{block(render_refusal(sample(key), VIEW))}\n弹窗：{popup(sample(key), VIEW)}\n"


def _refusals() -> list[str]:
    """Return the keys of all refusals, in the order in which they are written down; new ones come last."""
    places = {line.removeprefix("### "): at for at, line in enumerate(PATH.read_text(encoding="utf-8").splitlines())}
    return sorted(REFUSALS, key=lambda key: places.get(key, len(places)))


def _elsewhere(stories: dict[str, s.Story]) -> Iterator[str]:
    notice, view = stories["night"].told[0]
    yield f"## 同一回执在别处\n\n### 学校群、成员群\n\n{shown(render(notice, replace(view, place_kind='school')))}"
    yield f"### 演练期间的真实事件\n\n{shown(render(notice, replace(view, flag=True)))}"
    yield f"### 恢复后补发\n\n{shown(render(notice, replace(view, online=False)))}"
    notice, view = stories["drill"].told[0]
    yield f"### 演练\n\n{shown(render(notice, view))}"
    yield f"### 演练的念稿\n\n{shown(script_message(stories['drill'].view()))}"


def _asked_for(stories: dict[str, s.Story]) -> Iterator[str]:
    night, changed = stories["night"], stories["changed"]
    start = s.Story().report("03:07").do("03:08", TakeHandling()).do("03:10", Judge(fact="capacity", option="local"))
    yield f"## 卡片和清单\n\n### 指挥群卡片\n\n{shown(card(night.view('group')))}"
    yield f"### 值班工作单\n\n{shown(worksheet(start.view()))}\n{shown(worksheet(changed.view()))}"
    yield f"### 叫应表\n\n{shown(call_table(night.view('group')))}"
    yield f"### 事件\n\n{shown(status(night.view()))}"
    yield f"### 待办\n\n{shown(todo([night.view(), stories['drill'].view(), start.view()]))}"
    yield f"### 处置记录\n\n{block(export(night.view(), '未发现改动'))}"
    for role in menus.ROLES:
        yield f"### 帮助：{role}\n\n{shown(help(menus.help_of(role), menus.further_of(role)))}"
    yield f"## 预览\n\n{shown(preview_declare(start.view(), 'Ⅲ'))}\n{shown(preview_declare(start.view(), 'Ⅱ'))}"
    yield shown(choose_units(start.view(), "Ⅲ", ("区应急管理局", "市公安局城区分局")))
    yield shown(preview_oral(start.view(), "commander", "declare", "Ⅱ", spoken_by="赵六"))
    yield f"{shown(preview_end(stories['night'].view(), '伤员均已送医'))}\n{shown(preview_end(start.view(), '误会'))}"
    yield "## 念稿和书面报告\n"
    for report in ("首报", "续报", "终报", "更正", "核实答复"):
        read, wrote = script(night.view(), "市委", report), written_report(night.view(), report)
        yield f"### {report}\n\n{block(read)}\n{block(wrote)}"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="utf-8")
