"""What is wrong with the file of a drill's script that somebody sends: found as ``tocsin drill check`` finds it.

It is checked by a process of its own, with bounded time, memory and files: its course is played there, and whatever it
does to that process it does to no other.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bot.scenario import Scenario, ScenarioError, parse
from bot.texts import drill_scripts as t

LARGEST = 64_000
"""Bytes of a script: ten times the longest that comes with the program."""

LONGEST_TITLE = 60

SECONDS = 20.0
MEMORY = 1_500_000_000
FILES = 20_000_000
"""What the process that checks may take: seconds, bytes of memory, bytes of a file."""

AT_ONCE = 2
"""Checks that run at the same time; whoever comes then is asked to come again."""

NAME = "script.yaml"
_BOUNDED = (
    "import resource, runpy, sys; "
    f"resource.setrlimit(resource.RLIMIT_CPU, ({int(SECONDS)}, {int(SECONDS)})); "
    f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); "
    f"resource.setrlimit(resource.RLIMIT_FSIZE, ({FILES}, {FILES})); "
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); "
    "sys.argv = ['tocsin', 'drill', 'check', sys.argv[1], '--json']; runpy.run_module('bot.cli', run_name='__main__')"
)
"""Bounds itself before it becomes the command."""

_KEEPS = ("PATH", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")
"""What the process sees of the environment: none of our settings."""

_HOME = str(Path(__file__).resolve().parents[2])
"""Where the program stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptFault:
    """A fault of a script; ``line`` from 1, 0 for the file as a whole. ``grave``: it cannot be played with it."""

    line: int
    grave: bool
    found: str
    expected: str = ""
    todo: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What a file comes to: its words, as a scenario where it can be read, and its faults by line."""

    text: str
    scenario: Scenario | None
    faults: tuple[ScriptFault, ...]

    @property
    def playable(self) -> bool:
        """Whether it may be kept."""
        return self.scenario is not None and not any(fault.grave for fault in self.faults)

    @property
    def digest(self) -> str:
        """The SHA-256 of its words."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Return by what a script is known."""
    return hashlib.sha256(text.encode()).hexdigest()


class Busy(Exception):
    """So many files are being checked that this one is not."""


def read(content: bytes, plans: Collection[str]) -> tuple[str, Scenario | None, ScriptFault | None]:
    """Return a file's words, what they say, and else the fault that keeps them from being read."""
    if len(content) > LARGEST:
        return "", None, _whole(t.TOO_LARGE.format(most=LARGEST // 1000))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "", None, _whole(t.NO_TEXT)
    try:
        scenario = parse(text, NAME, plain=True)
    except ScenarioError as problem:
        line, said = where(str(problem).splitlines()[0])
        return text, None, ScriptFault(line=line, grave=True, found=said)
    if scenario.plan not in plans:
        return text, None, _whole(t.OTHER_PLAN.format(plan=scenario.plan[:60], plans=t.BETWEEN.join(sorted(plans))))
    if len(scenario.title) > LONGEST_TITLE:
        return text, None, _whole(t.LONG_TITLE.format(most=LONGEST_TITLE))
    return text, scenario, None


def where(sentence: str) -> tuple[int, str]:
    """Return line and words of ``script.yaml:7：…``."""
    head, _, said = sentence.partition("：")
    number = head.rpartition(":")[2]
    return (int(number) if number.isdecimal() else 0), said or sentence


def _whole(found: str) -> ScriptFault:
    return ScriptFault(line=0, grave=True, found=found)


_running = [0]


async def check(text: str) -> tuple[ScriptFault, ...]:
    """Return what ``tocsin drill check`` finds in a script, in a process of its own.

    Raises:
        Busy: others are being checked.
    """
    if _running[0] >= AT_ONCE:
        raise Busy
    _running[0] += 1
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="tocsin-script-"))
    try:
        path = folder / NAME
        await asyncio.to_thread(path.write_text, text, encoding="utf-8")
        return await _found(path)
    finally:
        _running[0] -= 1
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _found(path: Path) -> tuple[ScriptFault, ...]:
    folder = str(path.parent)
    environment = {name: os.environ[name] for name in _KEEPS if name in os.environ}
    environment |= {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONPATH": _HOME}
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", _BOUNDED, str(path), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, cwd=folder, env=environment,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return (_whole(t.NOT_CHECKED),)
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await process.communicate()
        found = json.loads(said)
    except TimeoutError:
        return (_whole(t.TOO_SLOW.format(seconds=int(SECONDS))),)
    except ValueError:  # it was ended for what it took, or said nothing
        return (_whole(t.NOT_CHECKED),)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.returncode is None:
            await process.wait()
    return tuple(
        ScriptFault(
            line=int(item["line"]), grave=item["severity"] == "error", found=str(item["found"]),
            expected=str(item["expected"]), todo=str(item["todo"]),
        )
        for item in found
    )  # fmt: skip
