"""B8: a number is found among 100,000 lines, beside a full scan with rapidfuzz."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from itertools import product

from rapidfuzz import fuzz, process

from plans.directory import Entry, PhoneBook
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate, each, percentile, scaled

BODIES = (
    "教育局", "公安局", "消防救援大队", "卫生健康局", "应急管理局", "气象局", "水务局", "交通运输局", "市场监督管理局",
    "生态环境局", "住房和城乡建设局", "民政局", "财政局", "自然资源局", "农业农村局", "文化和旅游局", "供电公司",
    "融媒体中心", "人民武装部", "红十字会",
)  # fmt: skip
FIRST = "安宁平清河东西南北山阳泰丰永和长乐新龙凤金玉石林海江湖云华光明德文武康福兴隆"
QUERIES = 200


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B8."""
    count = run.size(100_000, 20_000)
    run.say(f"a book of {count:,} lines")
    entries = _entries(count)
    book = PhoneBook(entries)
    names = [entry.unit for entry in entries]
    chosen = random.Random(8).sample(range(count), run.size(QUERIES, 40))
    wanted = [(entries[place], _typed(entries[place].unit, number)) for number, place in enumerate(chosen)]

    def ours() -> tuple[float, float]:
        return _asked(wanted, lambda word: [hit.unit for hit in book.search(word, limit=10)])

    def peer() -> tuple[float, float]:
        return _asked(
            wanted, lambda word: [found[0] for found in process.extract(word, names, scorer=fuzz.WRatio, limit=10)]
        )

    mine, others = alternate(run.rounds, ours, peer)
    yield Line(
        number="B8",
        measure=f"phone look-up, {count:,} lines, p95",
        unit="ms",
        ours=scaled([taken for taken, _ in mine], 1e3),
        peer=scaled([taken for taken, _ in others], 1e3),
        against="rapidfuzz, all names by WRatio",
        aim=Aim(at_most=1 / 20),
        note="names as written, cut short, with a wrong character; ten hits each. The book is made beforehand",
    )
    yield Line(
        number="B8",
        measure="the unit that was meant is among ten",
        unit="%",
        ours=scaled([share for _, share in mine], 100),
        peer=scaled([share for _, share in others], 100),
        against="the same",
        aim=Aim(at_least=1),
    )


def _asked(wanted: list[tuple[Entry, str]], search: object) -> tuple[float, float]:
    """Return (95th percentile of the seconds that an answer takes, share of answers that hold the unit meant)."""
    assert callable(search)
    taken, right = [], 0
    for entry, word in wanted:
        found: list[list[str]] = []
        taken += each(partial(_keep, found, search, word), 1)
        right += entry.unit in found[0]
    return percentile(taken, 0.95), right / len(wanted)


def _keep(found: list[list[str]], search: object, word: str) -> None:
    assert callable(search)
    found.append(search(word))


def _entries(count: int) -> list[Entry]:
    made = []
    places = product(FIRST, FIRST, "县区市旗")
    for number, (one, two, kind) in zip(range(-(-count // len(BODIES))), places, strict=False):
        for order, body in enumerate(BODIES):
            line = f"0{300 + number % 600}-{2000000 + number * 20 + order}"
            made.append(Entry(unit=f"{one}{two}{kind}{body}", names=(), number=line, kind="值班", plan="bench"))
    return made[:count]


def _typed(name: str, number: int) -> str:
    """Return a name as somebody types it: whole, without its last character, without one inside, one of them wrong."""
    return (name, name[:-1], name[:3] + name[4:], f"{name[:4]}某{name[5:]}")[number % 4]
