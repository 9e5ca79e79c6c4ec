"""Measure the reader against composed texts: `python -m tests.plans.intake.composed --seed N --count 10000`.

Prints what is false per 10,000 texts, how much of what is easy is read, both by dimension, and the smallest failing
texts by kind.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time

from tests.plans.intake.composed.composing import compose
from tests.plans.intake.composed.lives import compose_life
from tests.plans.intake.composed.shrinking import C, described, shrunk
from tests.plans.intake.composed.truth import FALSE, Fault
from tests.plans.intake.composed.updating import compose_update


def composed(seed: int, count: int, make: Callable[[Random], C]) -> list[C]:
    """Distinct texts of a seed."""
    random = Random(seed)
    messages: dict[str, C] = {}
    while len(messages) < count:
        message = make(random)
        messages.setdefault(message.text, message)
    return list(messages.values())


def smallest(failing: list[tuple[C, Fault]], kinds: int) -> list[str]:
    """The commonest kinds of failure, each with how often it came and its shortest shrunk text."""
    found: dict[tuple[str, ...], list[C]] = {}
    for message, fault in failing:
        small = shrunk(message, fault)
        told = (tag for tag in small.tags() if not tag.startswith(("scene:", "fact:")))
        tags = sorted(tag for tag in told if tag not in ("form:sentence", "count:digits", "words:spoken"))
        found.setdefault((fault.verdict, *tags), []).append(small)
    written = []
    for key, messages in sorted(found.items(), key=lambda item: -len(item[1]))[:kinds]:
        distinct = sorted({message.text: message for message in messages}.values(), key=lambda m: len(m.text))
        lines = [f"[{len(messages)}x] {' '.join(key)}"]
        lines += ["  " + described(message, message.faults()) for message in distinct[:4]]
        written.append("\n".join(lines))
    return written


def measured(name: str, messages: list[C], options: argparse.Namespace) -> list[str]:
    """Print what is false and what is read; return the report of failures."""
    texts, false, easy, unread, excluded = Counter[str](), Counter[str](), 0, 0, 0
    failing: list[tuple[C, Fault]] = []
    missed: list[tuple[C, Fault]] = []
    asked: list[tuple[C, Fault]] = []
    start = process_time()
    for message in messages:
        tags = [*message.tags(), "all"]
        texts.update(tags)
        faults = message.faults()
        excluded += any(fault.verdict == "excluded" for fault in faults)
        said, right = message.figures()
        texts["figures said"] += said
        false["figures said"] += said - right
        wrong = [fault for fault in faults if fault.verdict in FALSE]
        if wrong:
            false.update(tags)
            failing.append((message, wrong[0]))
        if message.easy:
            easy += 1
            unread += any(fault.verdict != "excluded" for fault in faults)
            missed += [(message, fault) for fault in faults if fault.verdict == "unread"][:1]
        asked += [(message, fault) for fault in faults if fault.verdict == "excluded"][:1]
    took = process_time() - start
    head = f"{name}: false {false['all'] / len(messages) * 10_000:.0f} per 10,000 (seed {options.seed}); "
    said, lost = texts.pop("figures said"), false.pop("figures said")
    head += f"figures shown rightly {said - lost}/{said} = {(said - lost) / said:.1%}; "
    head += f"easy read {easy - unread}/{easy} = {(easy - unread) / max(1, easy):.1%}"
    head += f"; asked with the truth left out {excluded / len(messages) * 10_000:.0f} per 10,000"
    print(head, f"({len(messages)} texts read in {took:.1f} s)")
    for tag, number in sorted(texts.items(), key=lambda item: -false[item[0]] / item[1]):
        print(f"  {tag:24s} {false[tag]:5d}/{number:<6d} {false[tag] / number * 10_000:6.0f}")
    Random(options.seed).shuffle(failing)
    report = [head, *smallest(failing[: options.shrink], options.kinds)]
    report += [f"{name}, asked with the truth left out:", *smallest(asked[: options.shrink // 2], options.kinds)]
    return [*report, f"{name}, easy and not read:", *smallest(missed[: options.shrink // 2], options.kinds)]


def lives_measured(options: argparse.Namespace) -> list[str]:
    """Print how many of a tenth as many lives show something false; return what fails."""
    random, count = Random(options.seed), options.count // 10
    wrong = [fault for _ in range(count) if (fault := compose_life(random).fault())]
    head = f"composed lives: {len(wrong)} of {count} show something false (seed {options.seed})"
    print(head)
    return [head, *wrong[: options.kinds]]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--shrink", type=int, default=150, help="how many failing texts are shrunk")
    parser.add_argument("--kinds", type=int, default=10, help="how many kinds of failure are printed")
    parser.add_argument("--out", type=Path, help="write the failures here too")
    options = parser.parse_args()
    report = measured("composed texts", composed(options.seed, options.count, compose), options)
    report += measured("composed updates", composed(options.seed, options.count // 3, compose_update), options)
    report += lives_measured(options)
    print("\n".join(report))
    if options.out:
        options.out.write_text("\n\n".join(report) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
