"""An office's own scripts of drills: checked as ``tocsin drill check`` does, kept with the jurisdiction, removed.

A file that somebody sends is checked by a process of its own, with bounded time, memory and files: its course is played
there, and whatever it does to that process it does to no other.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess  # our own program, on a file of bounded size
import sys
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event
from bot.scenario import Scenario, ScenarioError, parse
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts import drill_scripts as t
from plans.desk.case import reads_at
from plans.model import Plan
from storage import Writing
from storage.drill_scripts import DrillScript
from storage.people import Person
from storage.transaction import Reading

KEPT, REMOVED = "drill-script-kept", "drill-script-removed"

LARGEST = 64_000
"""Bytes of a script: ten times the longest that comes with the program."""

MOST = 30
"""Scripts of a jurisdiction."""

LONGEST_TITLE = 60

SECONDS = 8.0
MEMORY = 1_500_000_000
FILES = 20_000_000
"""What the process that checks may take: seconds, bytes of memory, bytes of a file."""

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

_KEEPS = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")
"""What the process sees of the environment: none of our settings."""


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


def look(content: bytes, plans: Collection[str]) -> Looked:
    """Return what a file comes to; it takes seconds, and is called in a thread.

    Args:
        plans: ids of those whose drills somebody may direct; a script is of one of these.
    """
    text, scenario, fault = read(content, plans)
    if scenario is None:
        return Looked(text=text, scenario=None, faults=(fault,) if fault is not None else ())
    return Looked(text=text, scenario=scenario, faults=tuple(_checked(text)))


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
        line, said = _where(str(problem).splitlines()[0])
        return text, None, ScriptFault(line=line, grave=True, found=said)
    if scenario.plan not in plans:
        return text, None, _whole(t.OTHER_PLAN.format(plan=scenario.plan[:60], plans=t.BETWEEN.join(sorted(plans))))
    if len(scenario.title) > LONGEST_TITLE:
        return text, None, _whole(t.LONG_TITLE.format(most=LONGEST_TITLE))
    return text, scenario, None


def _where(sentence: str) -> tuple[int, str]:
    """Return line and words of ``script.yaml:7：…``."""
    head, _, said = sentence.partition("：")
    number = head.rpartition(":")[2]
    return (int(number) if number.isdecimal() else 0), said or sentence


def _whole(found: str) -> ScriptFault:
    return ScriptFault(line=0, grave=True, found=found)


def _checked(text: str) -> Iterable[ScriptFault]:
    """Yield what ``tocsin drill check`` finds, in a process of its own."""
    environment = {name: os.environ[name] for name in _KEEPS if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="tocsin-script-") as folder:
        path = Path(folder) / NAME
        path.write_text(text, encoding="utf-8")
        environment |= {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        try:
            done = subprocess.run(  # noqa: S603  # nothing of the file is an argument
                [sys.executable, "-c", _BOUNDED, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, timeout=SECONDS, env=environment, start_new_session=True, check=False,
            )  # fmt: skip
            found = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            return [_whole(t.TOO_SLOW.format(seconds=int(SECONDS)))]
        except (OSError, ValueError):  # it was ended for what it took, or said nothing
            return [_whole(t.NOT_CHECKED)]
    return [
        ScriptFault(
            line=int(item["line"]), grave=item["severity"] == "error", found=str(item["found"]),
            expected=str(item["expected"]), todo=str(item["todo"]),
        )
        for item in found
    ]  # fmt: skip


# --- what is kept


async def own_scripts(rx: Reading, plans: Iterable[Plan]) -> dict[str, tuple[DrillScript, Scenario]]:
    """Return the scripts that offices have kept for some plans, by digest; what cannot be read any more is left out."""
    of = {(plan.jurisdiction.name, plan.id) for plan in plans}
    found: dict[str, tuple[DrillScript, Scenario]] = {}
    for row in await rx.drill_scripts.of({place for place, _ in of}):
        if (row.jurisdiction, row.plan_id) not in of:
            continue
        try:
            found[row.digest] = (row, parse(row.text, NAME, plain=True))
        except ScenarioError:  # written for another version of the program; it can still be replaced
            continue
    return found


async def keep_script(
    service: Service, person: Person, plan: Plan, looked: Looked, *, before: str, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Keep a script that was checked, in the name of who may direct drills of its plan.

    Args:
        before: digest of the script of the same title that he saw it would replace; empty = none.
    """
    place, scenario = plan.jurisdiction.name, looked.scenario
    if scenario is None or not looked.playable:
        raise ValueError("a script with grave faults is not kept")
    title = scenario.title

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if not await _may(service, tx, requester, plan):
            return AdminResult(key="script_not_yours", ok=False)
        known = await tx.drill_scripts.get(place, plan.id, title)
        if (known.digest if known is not None else "") != before:
            return AdminResult(key="script_changed", ok=False)
        if known is None and await tx.drill_scripts.count(place) >= MOST:
            return AdminResult(key="script_too_many", ok=False, values={"most": MOST})
        await tx.drill_scripts.keep(
            DrillScript(
                jurisdiction=place, plan_id=plan.id, title=title, digest=looked.digest, text=looked.text, by=person.id,
                at=now,
            )
        )  # fmt: skip
        await append_admin_event(
            tx, place, KEPT, actor=person.id, cause=cause, at=now, own=(), plan=plan.id, title=title,
            digest=looked.digest, replaced=before,
        )  # fmt: skip
        return AdminResult(key="script_kept", values={"title": title})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def remove_script(
    service: Service, person: Person, plan: Plan, title: str, *, digest: str, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Remove a script that stands as it was shown."""
    place = plan.jurisdiction.name

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if not await _may(service, tx, requester, plan):
            return AdminResult(key="script_not_yours", ok=False)
        known = await tx.drill_scripts.get(place, plan.id, title)
        if known is None or known.digest != digest:
            return AdminResult(key="script_changed", ok=False)
        await tx.drill_scripts.remove(place, plan.id, title)
        await append_admin_event(
            tx, place, REMOVED, actor=person.id, cause=cause, at=now, own=(), plan=plan.id, title=title, digest=digest
        )
        return AdminResult(key="script_removed", values={"title": title})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _may(service: Service, tx: Writing, requester: Requester, plan: Plan) -> bool:
    """Return whether who asks may direct drills of a plan, in the transaction."""
    actor = await service.actor(tx, requester, plan.jurisdiction.name, plan, lock=True)
    return actor.via == "direct" and reads_at(actor, plan)
