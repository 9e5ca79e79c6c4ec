"""YAML to :class:`~plans.model.Plan`: strict, with the file, the line, what was expected and an example.

>>> plan = load(Path("plans/data/jincheng-water-rescue.yaml"))      # doctest: +SKIP
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from plans.load.canonical import SCHEMA, canonical, digest, from_canonical
from plans.load.compact import kept, remember
from plans.load.error import PlanError, Problem
from plans.model import Fact, Plan, merge_facts

__all__ = [
    "DATA",
    "SCHEMA",
    "PlanError",
    "Problem",
    "canonical",
    "digest",
    "from_canonical",
    "load",
    "load_all",
    "load_each",
    "load_text",
    "plan_facts",
]

DATA = Path(__file__).resolve().parent.parent / "data"
"""The folder of the plans that the program ships."""

_cache: dict[Path, tuple[tuple[int, int], Plan]] = {}
_facts: OrderedDict[int, tuple[Plan, Mapping[str, Fact]]] = OrderedDict()
_KEPT = 64


def load_text(text: str, name: str) -> Plan:
    """Read a plan from YAML text; raise PlanError."""
    from plans.load.text import read  # with the parser of YAML, which a plan that is kept does without

    return read(text, name)[0]


def load(path: Path) -> Plan:
    """Read a plan file; the same unchanged file gives the same object. Raise PlanError or OSError."""
    path = path.resolve()
    status = path.stat()
    stamp = (status.st_mtime_ns, status.st_size)
    if (entry := _cache.get(path)) is not None and entry[0] == stamp:
        return entry[1]
    content = path.read_bytes()
    if path.parent != DATA or (plan := kept(content, path)) is None:
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            problem = Problem(line=1, where="", found="不是 UTF-8", expected="UTF-8 文字")
            raise PlanError(str(path), [problem]) from error
        plan = load_text(text.replace("\r\n", "\n").replace("\r", "\n"), str(path))
        if path.parent == DATA:
            remember(content, plan)
    _cache[path] = (stamp, plan)
    return plan


def load_all(folder: Path | None = None) -> dict[str, Plan]:
    """Read every plan of a folder (by default the shipped ones), by id, in the order of file names; raise PlanError."""
    plans: dict[str, Plan] = {}
    for path in sorted((folder or DATA).glob("*.yaml")):
        plan = load(path)
        if plan.id in plans:
            actual = f"id {plan.id} 已用于 {plans[plan.id].path}"
            raise PlanError(str(path), [Problem(line=1, where="id", found=actual, expected="每个预案自己的 id")])
        plans[plan.id] = plan
    return plans


def load_each(folder: Path | None = None) -> tuple[dict[str, Plan], dict[str, str]]:
    """Read every plan of a folder that can be read: one broken file takes no other plan away.

    Returns:
        the plans by id; what is wrong with each file that cannot be read, by its name.
    """
    plans: dict[str, Plan] = {}
    broken: dict[str, str] = {}
    for path in sorted((folder or DATA).glob("*.yaml")):
        try:
            plan = load(path)
        except (PlanError, OSError) as problem:
            broken[path.name] = str(problem)
            continue
        if plan.id in plans:
            broken[path.name] = f"id {plan.id} 已用于 {plans[plan.id].path}"
        else:
            plans[plan.id] = plan
    return plans, broken


def plan_facts(plan: Plan) -> Mapping[str, Fact]:
    """Return every fact that the plan knows: the core facts as the plan has them, then its own."""
    # Asked for each fact that somebody states. By identity, since a plan holds dictionaries; it is kept, so that none
    # other gets it.
    entry = _facts.get(id(plan))
    if entry is None:
        entry = _facts[id(plan)] = (plan, MappingProxyType(merge_facts(plan.facts, casualties=plan.casualties)))
        while len(_facts) > _KEPT:
            _facts.popitem(last=False)
    return entry[1]
