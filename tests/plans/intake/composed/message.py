"""A message: its parts, the form it is written in, and how it is typed; a random one, and its simpler neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from plans.intake import Reading, read
from tests.plans.intake.composed import vocabulary as words
from tests.plans.intake.composed.parts import (
    Among,
    Compact,
    Denied,
    Distraction,
    Filler,
    Opener,
    Part,
    Repeated,
    Roll,
    Said,
    Table,
    Unasserted,
)
from tests.plans.intake.composed.truth import Fault, Known, figures_of, judge, truth_of
from tests.plans.intake.saying import NOW

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if chr(code) not in "\\"})
_ASCII = str.maketrans("：；？！（）", ":;?!()")
_EASY_PARTS = (Said, Denied, Filler)


@dataclass(frozen=True)
class Message:
    """One text with its truth.

    Args:
        opener: what happened; None where the message only tells figures.
        parts: what it says, in order.
        form: sentence, lines, headings, log, bulletin or emoji.
        join: the mark between parts that do not end a sentence.
        scripted: all of it is a script for a drill.
        last: the opener stands at the end.
        wide: typed in full width.
        typos: words, and what is typed in their stead.
        emoji: at the end, or nothing.
        spaced: with blanks around the digits; ``ascii_marks``: with the marks of an English keyboard.
        seed: of what the form leaves open (labels, stamps).
    """

    opener: Opener | None
    parts: tuple[Part, ...]
    form: str = "sentence"
    join: str = "，"
    scripted: str = ""
    last: bool = False
    wide: bool = False
    typos: tuple[tuple[str, str], ...] = ()
    emoji: str = ""
    spaced: bool = False
    ascii_marks: bool = False
    seed: int = 0
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        if "text" not in self.kept:
            self.kept["text"] = self._dressed(self.scripted + _FORMS[self.form](self, Random(self.seed)))
        return self.kept["text"]

    def _dressed(self, text: str) -> str:
        for word, typed in self.typos:
            text = text.replace(word, typed, 1)
        # 25 失踪 6 伤 could be cut in two ways
        if self.spaced and not any(isinstance(part, Compact) and not part.before for part in self.parts):
            text = re.sub(r"(?<![\d.:\-~～—+])(\d+)(?![\d.:\-~～—+])", r" \1 ", text).strip()
        if self.ascii_marks:
            text = re.sub(r"(?<!\d)[，。]|[，。](?!\d)", lambda mark: ",."[mark[0] == "。"], text).translate(_ASCII)
        text += self.emoji
        return text.translate(_WIDE) if self.wide else text

    def truth(self) -> dict[str, Known]:
        """What it says of each fact."""
        effects = [] if self.scripted else [effect for part in self.parts for effect in part.effects()]
        harm = "either" if self.opener is None else self.opener.scene.harm
        return truth_of(effects, of_the_ill={"hurt": False, "ill": True}.get(harm))

    def faults(self) -> list[Fault]:
        """What a reading of it gets wrong."""
        return judge(self.reading, self.truth(), to_be_read=self.easy)

    def figures(self) -> tuple[int, int]:
        """How many facts it tells, and how many of them are shown rightly."""
        return figures_of(self.reading, self.truth())

    @property
    def reading(self) -> Reading:
        if "reading" not in self.kept:
            self.kept["reading"] = read(self.text, now=NOW)
        return self.kept["reading"]

    def told(self) -> str:
        """The truth, for a person."""
        return "; ".join(f"{fact} {known}" for fact, known in self.truth().items() if str(known) != "-") or "nothing"

    @property
    def easy(self) -> bool:
        """One plain clause a fact, nothing else that could be meant."""
        plain = all(isinstance(part, _EASY_PARTS) and part.plain() for part in self.parts)
        dressed = self.wide or self.typos or self.emoji or self.scripted or self.last or self.join == " "
        dressed = dressed or self.spaced or self.ascii_marks
        opened = self.opener is not None and self.opener.plain()
        return plain and opened and not dressed and bool(self.join) and self.form in ("sentence", "lines")

    def tags(self) -> set[str]:
        """The dimensions it belongs to, for the measures."""
        tags = {tag for part in self.parts for tag in part.tags()} | {f"form:{self.form}"}
        if self.opener is not None:
            tags |= {f"scene:{self.opener.scene.name}", *self.opener.tags()}
        mark = {"，": "", "。": "", "\n": "", " ": "typed:blanks", "": "typed:run-on"}[self.join]
        tags |= {"mood:scripted"} if self.scripted else set()
        tags |= {mark} if mark and self.form == "sentence" else set()
        tags |= {"typed:full width"} if self.wide else set()
        tags |= {"typed:typo"} if self.typos else set()
        tags |= {"typed:spaced digits"} if self.spaced else set()
        tags |= {"typed:ascii marks"} if self.ascii_marks else set()
        tags |= {"typed:emoji"} if self.emoji else set()
        return tags | ({"easy"} if self.easy else set())

    def smaller(self) -> Iterator[Message]:
        """Messages that say or show a little less, the boldest first."""
        for at in range(len(self.parts)):
            if len(self.parts) > 1:
                yield replace(self, parts=self.parts[:at] + self.parts[at + 1 :], kept={})
        plain: dict[str, object] = {
            **{"scripted": "", "form": "sentence", "wide": False, "typos": (), "emoji": "", "spaced": False},
            **{"ascii_marks": False, "last": False, "opener": None, "join": "，", "seed": 0},
        }
        for name, value in plain.items():
            if getattr(self, name) != value:
                yield replace(self, **{name: value}, kept={})  # type: ignore[arg-type]
        if len(self.typos) > 1:
            for at in range(len(self.typos)):
                yield replace(self, typos=self.typos[:at] + self.typos[at + 1 :], kept={})
        if self.opener is not None:
            for opener in self.opener.smaller():
                yield replace(self, opener=opener, kept={})  # type: ignore[arg-type]
        for at, part in enumerate(self.parts):
            for simpler in part.smaller():
                yield replace(self, parts=(*self.parts[:at], simpler, *self.parts[at + 1 :]), kept={})


def _pieces(message: Message) -> list[tuple[str, Part]]:
    pieces: list[tuple[str, Part]] = [(part.text(), part) for part in message.parts]
    if message.opener is not None:
        pieces.insert(len(pieces) if message.last else 0, (message.opener.text(), message.opener))
    return pieces


_NUMBER = "0123456789零一二两三四五六七八九十百千几多余约近不至超最起廿卅俩仨"


def _joined(pieces: list[tuple[str, Part]], join: str) -> str:
    """Marks stand where two parts would else be taken for one."""
    text = ""
    for at, (words_, part) in enumerate(pieces):
        text += words_
        if at + 1 == len(pieces):
            break
        after, following = pieces[at + 1]
        mark = join
        listed = isinstance(part, Table) or isinstance(following, Table)
        if listed:
            mark = "\n"
        elif part.ends_sentence or following.ends_sentence:
            gentle = (
                isinstance(following, Unasserted) and following.mood in ("heard", "relayed") and not part.ends_sentence
            )
            mark = "，" if gentle and join != "\n" else "\n" if join == "\n" else "。"
        elif not join and (words_[-1] in _NUMBER or after[0] in _NUMBER or words_[-1].isascii()):
            mark = " "
        elif not join and isinstance(part, Said | Roll | Among | Compact) and words_[-1] not in "人个名":
            mark = " "  # 4人失踪受伤9人 could be cut in two ways
        elif not join and isinstance(part, Distraction | Filler | Denied | Repeated):
            mark = " "  # nor is 全村三十来人伤的人很多, or 正在组织疏散受伤23人, sure to be cut rightly
        if mark == " " and words_[-1].isdigit() and after[0].isdigit():
            mark = "，"  # 伤38 7人失踪 is a number in two pieces
        if words_[-1] in "？。" and mark in "，。 ":
            mark = ""
        text += mark
    return text


def _sentence(message: Message, random: Random) -> str:
    pieces = _pieces(message)
    return _joined(pieces, message.join) + ("" if isinstance(pieces[-1][1], Table) else random.choice(("", "", "。")))


def _lines(message: Message, random: Random) -> str:
    mark, unit = random.choice(("：", "：", ":", "： ", " ")), random.random() < 0.6
    label = random.randrange(3)
    written = []
    for text, part in _pieces(message):
        if isinstance(part, Said) and not part.saying.maybe and part.count.style != "kin":
            names = words.LABELS[part.fact][:1] if mark == " " else words.LABELS[part.fact]
            bare = part.count.words.isdigit() and not unit
            written.append(part.labelled(names[label % len(names)], mark, unit=not bare))
        elif isinstance(part, Denied) and part.fact != "nobody" and part.fact in words.LABELS:
            written.append(words.LABELS[part.fact][0] + mark + random.choice(("0", "0人", "无")))
        else:
            written.append(text)
    return "\n".join(written)


def _headings(message: Message, random: Random) -> str:
    numerals = "一二三四"
    figures = [piece for piece in _pieces(message) if not isinstance(piece[1], Filler | Opener | Distraction)]
    rest = [text for text, part in _pieces(message) if isinstance(part, Filler | Distraction)]
    opener = [] if message.opener is None else [message.opener.text()]
    sections = [("基本情况", "。".join(opener)), ("人员伤亡情况", _joined(figures, message.join or "，"))]
    sections += [("处置情况", "，".join(rest))] if rest else []
    mark = random.choice(("、", "、", "．"))
    return "\n".join(
        f"{numerals[at]}{mark}{head}\n{body}" for at, (head, body) in enumerate(s for s in sections if s[1])
    )


_STAMPS = (
    *("{who} {at}\n{text}", "[{at}] {who}：{text}", "{who} {at}：{text}", "{who}：{text}", "{who}  {at}:07\n{text}"),
    *("{who} 2026-03-02 {at}:41\n{text}", "[2026/3/2 {at}] {who}: {text}", "{who} 3月2日 {at}\n{text}"),
)


def _log(message: Message, random: Random) -> str:
    shape = random.choice(_STAMPS)
    minute = random.randint(5, 40)
    hour = random.randint(6, 22)
    written = []
    speakers = random.sample(words.SPEAKERS, 3)
    for text, _ in _pieces(message):
        minute += random.randint(0, 2)
        at = f"{hour}:{minute:02d}"
        written.append(shape.format(who=random.choice(speakers[:2]), at=at, text=text))
        if random.random() < 0.25:
            written.append(shape.format(who=speakers[2], at=at, text=random.choice(words.ACKS)))
    return "\n".join(written)


def _bulletin(message: Message, random: Random) -> str:
    title = random.choice(("【突发事件快报】", "【信息快报】第2期", "【紧急信息】", "突发事件信息初报", "【快报】"))
    end = random.choice(
        ("", "\n报送单位：镇应急办", "\n报告时间：3月2日14时", "\n联系电话：0351-5512345", "\n（值班室 02号）")
    )
    when = random.choice(("", "3月2日13时20分，", "今日上午9时许，"))
    return f"{title}\n{when}{_joined(_pieces(message), message.join or '，')}。{end}"


def _emoji(message: Message, random: Random) -> str:
    return "\n".join(random.choice(("✅", "🚨", "🔴", "👉", "▪️", "⚠️", "📍")) + text for text, _ in _pieces(message))


def _numbered(message: Message, random: Random) -> str:
    mark = random.choice(("、", ".", "．", "）", ") "))
    between = random.choice(("\n", "\n", " ", "；"))
    apart = "" if mark == ") " else " "  # 1.2人 and 1、2人 are other numbers
    return between.join(
        f"{at}{'）' if mark == '、' and text[0] in _NUMBER else mark}{apart if text[0] in _NUMBER else ''}{text}"
        for at, (text, _) in enumerate(_pieces(message), 1)
    )


_FORMS = {
    "numbered": _numbered,
    "sentence": _sentence,
    "lines": _lines,
    "headings": _headings,
    "log": _log,
    "bulletin": _bulletin,
    "emoji": _emoji,
}
FORMS = tuple(_FORMS)
