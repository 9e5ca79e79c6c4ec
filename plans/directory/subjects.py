"""Who is responsible for a subject: search over subjects, routes, duties and units of the plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plans.acting import carries_out
from plans.directory.sounds import LEAST, about, words_of
from plans.group_leads import GroupLead, without_lead

if TYPE_CHECKING:
    from plans.model import Plan

_NOBODY: Mapping[str, Mapping[str, GroupLead]] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Responsible:
    """A unit that is responsible for a subject.

    Attributes:
        local: the office's own word (本地规定), where the plan names nobody.
    """

    unit: str
    duty: str
    plan: str
    clause: str
    score: float
    local: bool = False

    def as_json(self) -> dict[str, object]:
        """Return what ``tocsin who --json`` prints."""
        return {"unit": self.unit, "duty": self.duty, "plan": self.plan, "clause": self.clause, "score": self.score}


def responsible(
    plans: Iterable[Plan], subject: str, *, limit: int = 20, leads: Mapping[str, Mapping[str, GroupLead]] = _NOBODY
) -> list[Responsible]:
    """Return who is responsible for a subject, best first: from the plans' subjects, routes, duties and units.

    Args:
        subject: 燃气, 校车, 食物中毒 …; several words must all fit.
        leads: by plan and group, whom an office named to lead those for which the plan names nobody.
    """
    words = [word for word in words_of(subject) if word]
    best: dict[tuple[str, str, str], tuple[int, Responsible]] = {}
    known = list(plans) if words else []
    entries = [(item, False) for plan in known for item in _responsibilities(plan)]
    entries += [(item, True) for plan in known for item in _led_locally(plan, leads.get(plan.id, {}))]
    for order, ((weight, texts, entry), local) in enumerate(entries):
        score = round(weight * min(max(about(word, text) for text in texts) for word in words), 1)
        if score < LEAST:
            continue
        hit = Responsible(unit=entry[0], duty=entry[1], plan=entry[2], clause=entry[3], score=score, local=local)
        key = (hit.plan, hit.unit, hit.clause)
        if key not in best or best[key][1].score < score:
            best[key] = (order, hit)
    ranked = sorted(best.values(), key=lambda item: (-item[1].score, item[0]))
    return [hit for _, hit in ranked[: max(limit, 0)]]


_Entry = tuple[str, str, str, str]


@carries_out("list", "who", "Subject", "Route", "Unit.duty", "Duty", "Group", "OnSite", "Release", "AfterAction")
def _responsibilities(plan: Plan) -> Iterable[tuple[float, tuple[str, ...], _Entry]]:
    """Yield (how sure such a place is, its words, (unit, duty, plan, clause))."""
    by_id = {unit.id: unit.name or unit.id for unit in plan.units}
    for subject in plan.subjects:
        entry = (by_id.get(subject.unit, subject.unit), subject.duty, plan.id, subject.clause)
        yield 1.0, subject.words, entry
        yield 0.9, (subject.duty,), entry
    words = {item.id: (item.name, *item.words) for item in plan.classes}
    names = {item.id: item.name for item in plan.classes}
    for route in plan.routes:
        if route.lead:
            texts = tuple(word for name in route.classes for word in words.get(name, ()))
            duty = f"牵头处置{'、'.join(names.get(name, name) for name in route.classes)}"
            yield 0.97, texts or ("",), (route.lead, duty, plan.id, route.clause)
    for kind in plan.classes if not plan.routes else ():
        office = by_id.get(plan.office_unit, plan.office_unit or plan.office)
        yield 0.78, (kind.name, *kind.words), (office, f"{plan.title}：{kind.name}", plan.id, kind.clause)
    for unit in plan.units:
        if unit.duty:
            yield 0.86, (unit.duty, unit.id, *unit.aliases), ((unit.name or unit.id), unit.duty, plan.id, unit.clause)
    for task in plan.duties:
        text = "，".join(part for part in (task.period, task.text) if part)
        yield 0.8, (task.text, task.applies), (task.bearer, text, plan.id, task.clause)
    yield from _beside(plan)
    for group in plan.groups:
        for lead in group.lead[:1]:
            duty_text = f"{group.name}牵头：{group.duty}" if group.duty else f"{group.name}牵头"
            yield 0.72, (group.name, group.duty), (by_id.get(lead, lead), duty_text, plan.id, group.clause)


def _led_locally(plan: Plan, leads: Mapping[str, GroupLead]) -> Iterator[tuple[float, tuple[str, ...], _Entry]]:
    """Who leads a work group by the office's own word."""
    by_id = {unit.id: unit.name or unit.id for unit in plan.units}
    for group in without_lead(plan):
        if group.name in leads:
            lead = leads[group.name].lead
            duty = f"{group.name}牵头：{group.duty}" if group.duty else f"{group.name}牵头"
            yield 0.72, (group.name, group.duty), (by_id.get(lead, lead), duty, plan.id, group.clause)


def _beside(plan: Plan) -> Iterator[tuple[float, tuple[str, ...], _Entry]]:
    """Who commands at the scene, who publishes, who sees to what comes after the end."""
    for post in plan.on_site:
        duty = "；".join(part for part in (post.when, *post.duties, post.handover) if part)
        yield 0.76, ("现场指挥", post.when, *post.duties), (post.commander, f"现场指挥：{duty}", plan.id, post.clause)
    for release in plan.releases:
        approval = f"，{release.approval}批准" if release.approval else ""
        duty = f"{'、'.join(release.levels)}信息发布{approval}{'：' if release.text else ''}{release.text}"
        yield 0.76, ("信息发布", "新闻发布", release.text), (release.by, duty, plan.id, release.clause)
    for item in plan.after:
        duty = f"{item.text}，报{'、'.join(item.to)}" if item.to else item.text
        yield 0.76, (item.text,), (item.by, duty, plan.id, item.clause)
