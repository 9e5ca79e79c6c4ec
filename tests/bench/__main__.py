"""``python -m tests.bench [--only B3,B7] [--rounds N] [--quick] [--full] [--json]``: what the aims come to here."""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.garbage import collect_seldom
from bot.log import set_up
from tests.bench.report import Line, table
from tests.bench.rounds import Run, machine

Measure = Callable[[Run], Iterator[Line]]

MEASURES = {
    "B7": "classify",
    "B8": "phone",
    "B13": "schools",
    "B6": "due_scan",
    "B9": "journal",
    "B3": "proposal",
    "B10": "footprint",
    "B5": "makespan",
    "B4": "lateness",
    "B1": "lost_reports",
    "B2": "intake",
    "B20": "api",
    "B11": "several",
    "B12": "open_cases",
    "B14": "warning",
    "B15": "duties",
    "B16": "board",
    "B17": "pictures",
    "B18": "statistics",
    "B19": "start",
    "B21": "rings",
    "B22": "scale",
}
"""The module of each benchmark, in the order in which they run: what is quick, and disturbed most by others, first."""


def main() -> int:
    """Run the benchmarks and print what they found; 1 when an aim was missed."""
    arguments = _arguments()
    wanted = [name.strip().upper() for name in arguments.only.split(",") if name.strip()] or list(MEASURES)
    if strange := [name for name in wanted if name not in MEASURES]:
        print(f"no benchmark {', '.join(strange)}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder goes
    set_up("error")
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    before = list(machine())
    lines: list[Line] = []
    folder = Path(tempfile.mkdtemp(prefix="tocsin-bench-"))
    try:
        for name in MEASURES:
            if name not in wanted:
                continue
            print(f"{name} …", file=sys.stderr, flush=True)
            own = folder / name
            own.mkdir()
            measure: Measure = importlib.import_module(f"tests.bench.{MEASURES[name]}").measure
            collect_seldom()  # as the program does
            lines += measure(Run(rounds=arguments.rounds, quick=arguments.quick, folder=own, full=arguments.full))
            shutil.rmtree(own, ignore_errors=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if arguments.json:
        shown = {"before": before, "after": list(machine()), "lines": [line.as_json() for line in lines]}
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print(table(lines))
        print("\n" + ", ".join(before) + "; afterwards " + list(machine())[1])
    return int(any(line.met is False for line in lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="What the aims come to on this machine.")
    parser.add_argument("--only", default="", help="some of them: B3,B7")
    parser.add_argument("--rounds", type=int, default=5, help="how often both arms run (5)")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works")
    parser.add_argument("--full", action="store_true", help="the sizes of the aims also where they take long (B4, B18)")
    parser.add_argument("--json", action="store_true", help="every round, for programs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
