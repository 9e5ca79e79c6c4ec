"""A night as data: who does what, what must be seen then, and where the visitor should look. See ``scenes/*.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from bot.clock import SHANGHAI
from bot.demo.cast import CAMPUS, SETTINGS, Setting

FOLDER = Path(__file__).with_name("scenes")

_HOUR = re.compile(r"^(?:\+(\d+) )?(\d{1,2}):(\d{2})$")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class SceneError(ValueError):
    """A scene file is not what is expected; the message names file and place."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _seen(value: object) -> object:
    """Read ``{screen: words}`` or ``{screen: [words, words]}``; a screen without words is only shown."""
    if not isinstance(value, Mapping):
        return value
    return {key: [] if words is None else [words] if isinstance(words, str) else words for key, words in value.items()}


Seen = Annotated[dict[str, tuple[str, ...]], BeforeValidator(_seen)]


class Act(_Part):
    """One thing that one person does. Exactly one of ``say``, ``press``, ``voice``, ``photo``.

    Attributes:
        who: name of the cast; ``as`` in the file.
        where: a group's short name, such as 指挥群; empty: in private. ``in`` in the file.
        say: is written; ``reply`` holds words of the message that it answers.
        photo: a picture of the folder ``photos``, by its name without ``.jpg``.
        press: a button's whole label, or its beginning and …, on the newest message that holds ``about``.
        done: words that this person sees here when it is done (or screens with words); then it is not done again.
            Left out: a text is done when it stands there; the last press of a step when the step's ``look`` and
            ``until`` are seen.
        gone: a press is done when the message that holds ``about`` shows the button no more.
        popup: a press is done when the bot has answered one here with these words.
    """

    who: Words = Field(alias="as")
    where: str = Field(default="", alias="in")
    say: str = ""
    reply: str = ""
    press: str = ""
    about: str = ""
    voice: bool = False
    photo: str = ""
    done: Seen = {}
    gone: bool = False
    popup: str = ""

    @model_validator(mode="before")
    @classmethod
    def _done_here(cls, value: object) -> object:
        """Let ``done`` be plain words, which are then seen on the screen of the act itself."""
        if isinstance(value, dict) and isinstance(value.get("done"), str):
            here = f"{value.get('as')}@{value['in']}" if value.get("in") else value.get("as")
            return {**value, "done": {here: value["done"]}}
        return value

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(map(bool, (self.say, self.press, self.voice, self.photo))) != 1:
            raise ValueError("say、press、voice、photo 四者写一个")
        if self.photo and not picture(self.photo).is_file():
            raise ValueError(f"没有照片 {self.photo}")
        if self.gone and not (self.press and self.about):
            raise ValueError("gone 要同时写 press 和 about")
        return self

    def presses(self, label: str) -> bool:
        """Return whether ``press`` means this button."""
        return label.startswith(self.press[:-1]) if self.press.endswith("…") else label == self.press

    @property
    def screen(self) -> str:
        """Whose screen of which chat it happens on, as ``look`` names it."""
        return f"{self.who}@{self.where}" if self.where else self.who


class Scripted(_Part):
    """A step: time moves, people act, and it is over when everything is seen.

    Attributes:
        text: one or two lines for the visitor: what happens and what the plan demands.
        clause: the plan's clause; empty where none is in play.
        at: time of day to go to first, ``21:44`` on the first day, ``+1 08:00`` on the next.
        next: go to the next deadline or reminder first.
        look: screens (name, or name@group) to show, the most telling first, each with words to point at.
        until: screens with words that must be seen too, but need not be shown.
        wall: the wall of the duty room is worth a look.
    """

    text: Words
    clause: str = ""
    at: str = ""
    next: bool = False
    acts: tuple[Act, ...] = ()
    look: Seen = {}
    wall: bool = False
    until: Seen = {}

    @model_validator(mode="after")
    def _knows_its_end(self) -> Self:
        if self.at and not _HOUR.match(self.at):
            raise ValueError(f"at 写成 21:44 或 +1 08:00，不是 {self.at}")
        for number, act in enumerate(self.acts, 1):
            last = number == len(self.acts) and any(self.end.values())
            if act.press and not (act.done or act.gone or act.popup or last):
                raise ValueError(
                    f"按键「{act.press}」要写看到什么就算办完：done、gone、popup，最后一个动作也可以是 look 或 until"
                )
        return self

    @property
    def end(self) -> dict[str, tuple[str, ...]]:
        """All that is seen at the end of the step, by screen."""
        return {
            screen: (*self.look.get(screen, ()), *self.until.get(screen, ())) for screen in (self.look | self.until)
        }

    def moment(self, begins: datetime) -> datetime | None:
        """Return the moment of ``at``, None when the step says none."""
        match = _HOUR.match(self.at)
        if match is None:
            return None
        days, hour, minute = (int(part or 0) for part in match.groups())
        day = begins.astimezone(SHANGHAI).date() + timedelta(days=days)
        return datetime.combine(day, time(hour, minute), SHANGHAI)


class Script(_Part):
    """A whole night.

    Attributes:
        key: the file's name.
        begins: where the town's clock stands at first, aware.
        plan: whose office and people it needs. cast: other people than that plan's own, by the name of their setting.
    """

    key: Words
    title: Words
    about: str = ""
    plan: str = CAMPUS.plan
    cast: str = ""
    begins: datetime
    steps: tuple[Scripted, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _aware(self) -> Self:
        if self.begins.tzinfo is None:
            raise ValueError("begins 要写明时区，如 2026-03-02T03:05:00+08:00")
        if (self.cast or self.plan) not in SETTINGS or self.setting.plan != self.plan:
            name, given = ("cast", self.cast) if self.cast else ("plan", self.plan)
            raise ValueError(f"{name} 为“{given}”，只能是 {'、'.join(SETTINGS)}")
        return self

    @property
    def setting(self) -> Setting:
        """Whose office, with its people."""
        return SETTINGS[self.cast or self.plan]


def picture(name: str) -> Path:
    """Return the file of a picture that people send in scenes."""
    return FOLDER.with_name("photos") / f"{name}.jpg"


def read_script(path: Path) -> Script:
    """Return the scene of one file.

    Raises:
        SceneError: the file is malformed.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Script.model_validate({"key": path.stem, **data})
    except yaml.YAMLError as error:
        raise SceneError(f"{path.name}: {error}") from None
    except (ValidationError, TypeError) as error:
        raise SceneError(f"{path.name}: {_explained(error)}") from None


def read_scripts(folder: Path = FOLDER) -> dict[str, Script]:
    """Return all scenes by key, in the order of their nights."""
    scripts = [read_script(path) for path in folder.glob("*.yaml")]
    return {script.key: script for script in sorted(scripts, key=lambda script: script.begins)}


def _explained(error: ValidationError | TypeError) -> str:
    if not isinstance(error, ValidationError):
        return "应是一个场景：title、begins、steps"
    first = error.errors()[0]
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    return f"{place or '场景'}：{first['msg']}"
