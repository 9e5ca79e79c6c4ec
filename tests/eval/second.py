"""Measure a second reader with the texts of ../shared/eval: `python tests/eval/second.py URL --model NAME [--most N]`.

What it is sent is what the program sends: masked, two at a time, four seconds each. The key is TOCSIN_READER_KEY.
Where the folder is absent this says so and exits with 0.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.second_reader import Ask, NotRead, client  # noqa: E402
from plans.intake import read  # noqa: E402
from plans.intake.masking import masked  # noqa: E402
from plans.intake.second import (  # noqa: E402
    MOST_SENT,
    BadAnswer,
    SecondValue,
    answer_of,
    compared,
    request_of,
    worth_sending,
)
from tests.eval.run import FACTS, FOLDER, message_date  # noqa: E402


class Item(NamedTuple):
    """A text with what it says: fact -> values that are right, numbers or intervals; no value = it says none."""

    text: str
    now: datetime
    right: dict[str, list[Any]]


def items() -> Iterator[Item]:
    """The reports of both sets; updates are read with what a case knows, which the second reader is not told."""
    for line in _lines("chat_dev.jsonl"):
        if line["kind"] != "update":
            alternatives = line.get("alt", {})
            right = {fact: [value, *alternatives.get(fact, [])] for fact, value in line.get("facts", {}).items()}
            yield Item(line["text"], datetime.fromisoformat(line["now"]), right)
    for line in _lines("intake_dev.jsonl"):
        alternatives = line.get("alt", {})
        right = {fact: [line[field], *alternatives.get(field, [])] for field, fact in FACTS.items()}
        yield Item(line["text"], message_date(line["text"]), right)


def _lines(name: str) -> list[dict[str, Any]]:
    path = FOLDER / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def is_right(number: int | float | None, wanted: list[Any]) -> bool:
    """Whether a number is one of those that are right, or within one of the intervals."""
    for value in wanted:
        if isinstance(value, dict):
            low, high = value.get("at_least") or 0, value.get("at_most")
            if number is not None and low <= number and (high is None or number <= high):
                return True
        elif value == number:
            return True
    return False


def score(item: Item, second: tuple[SecondValue, ...], count: Counter[str]) -> None:
    """Count what is right of one answer, and what a comparison with the first reading would come to."""
    for value in second:
        count["values"] += 1
        count["values right"] += is_right(value.number, item.right.get(value.fact, [None]))
    found = compared(read(item.text, now=item.now), second)
    for _ in found.agreed:
        count["agreed"] += 1
    for differing in found.differing:
        number = differing.second if isinstance(differing.second, int) else differing.second["at_least"]
        wanted = item.right.get(differing.fact, [None])
        first = differing.first["at_least"] if isinstance(differing.first, dict) else differing.first
        count["asked"] += 1
        count["asked, the second is right"] += is_right(number, wanted)
        count["asked, the first is right"] += is_right(first, wanted)
    count["texts asked about"] += bool(found.differing)


async def measure(ask: Ask, model: str, texts: list[Item]) -> tuple[Counter[str], list[float]]:
    """Ask about each text, two at a time."""
    count: Counter[str] = Counter()
    seconds: list[float] = []
    room = asyncio.Semaphore(2)

    async def one(item: Item) -> None:
        sent = masked(item.text)[:MOST_SENT]
        if not worth_sending(sent):
            count["texts without a number"] += 1
            return
        async with room:
            began = time.monotonic()
            try:
                second = answer_of(await ask(request_of(sent, model)), sent)
            except (NotRead, BadAnswer) as problem:
                count[f"no answer: {problem}"] += 1
                return
            finally:
                seconds.append(time.monotonic() - began)
        count["answered"] += 1
        score(item, second, count)

    await asyncio.gather(*(one(item) for item in texts))
    return count, seconds


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 0 also where there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="as TOCSIN_READER_URL, for example http://127.0.0.1:11434/v1")
    parser.add_argument("--model", default=os.environ.get("TOCSIN_READER_MODEL", "default"))
    parser.add_argument("--most", type=int, help="ask about so many texts only")
    options = parser.parse_args(arguments)
    texts = list(items())[: options.most]
    if not texts:
        print("../shared/eval is not here: nothing measured")
        return 0
    ask = client(options.url, os.environ.get("TOCSIN_READER_KEY", ""))
    count, seconds = asyncio.run(measure(ask, options.model, texts))
    print(f"{len(texts)} texts")
    for name, number in sorted(count.items()):
        print(f"{name:32s} {number}")
    if seconds:
        seconds.sort()
        print(f"{'seconds, half of them within':32s} {seconds[len(seconds) // 2]:.2f}")
        print(f"{'seconds, 95 % within':32s} {seconds[int(len(seconds) * 0.95)]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
