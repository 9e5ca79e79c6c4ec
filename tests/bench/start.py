"""B19: how long the small commands take as whole processes, beside an interpreter that does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench.processes import REPOSITORY
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run

TEXT = "第三小学楼梯踩踏，2人死亡5人受伤，其中重伤1人"

COMMANDS = {
    "phone": (["phone", "消防"], 0.3),
    "phone, initials": (["phone", "wjj"], 0.3),
    "read": (["read", TEXT], 0.3),
    "read --plan": (["read", TEXT, "--plan", "linan-campus"], None),
    "classify": (["classify", "--plan", "jincheng-chengqu-campus", "--text", TEXT], 0.3),
    "--help": (["--help"], None),
    "plans clause": (["plans", "clause", "jincheng-energy", "4.1"], None),
    "plans lint": (["plans", "lint"], None),
}
"""Name -> words, and the seconds that it may take; None where it is only told."""

NOTHING = [sys.executable, "-c", "pass"]
TIMES = 5
"""Runs of each in a round, of which the median counts."""


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B19."""
    subprocess.run([sys.executable, "-m", "bot.preparation"], cwd=REPOSITORY, check=True)  # as an installation does
    start = [sys.executable, "-c", "from bot.cli import main; main()"]
    for name, (words, aim) in COMMANDS.items():
        run.say(f"tocsin {name}")
        _one([*start, *words])  # what it reads is in memory
        ours, nothing = [], []
        for _ in range(run.rounds):
            taken = [(_one([*start, *words]), _one(NOTHING)) for _ in range(TIMES)]
            ours.append([sorted(one[at] for one, _ in taken)[TIMES // 2] for at in range(2)])
            nothing.append([sorted(other[at] for _, other in taken)[TIMES // 2] for at in range(2)])
        for at, what in enumerate(("whole process", "CPU of it")):
            yield Line(
                number="B19", measure=f"tocsin {name}, {what}", unit="s",
                ours=tuple(one[at] for one in ours), peer=tuple(other[at] for other in nothing),
                against="python -c pass", aim=Aim(on="ours", at_most=aim) if aim and not at else None,
            )  # fmt: skip


def _one(words: list[str]) -> tuple[float, float]:
    """Return the seconds and the CPU seconds of a process."""
    begun = time.perf_counter()
    child = subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{words}: {child.returncode}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime
