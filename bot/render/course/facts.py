"""What was known of an incident, and from whom."""

from __future__ import annotations

from bot.render import naming
from bot.render.course.words import figures_in, told, why
from bot.render.desk import from_entry
from bot.render.form import informant
from bot.render.text import written
from bot.render.times import on_day
from bot.render.values import amount_of, label
from bot.render.view import View
from bot.texts import course as t
from bot.texts import evidence as evidence_texts
from bot.texts import words as w
from plans.incident.conflicts import ConflictFound, FactResolved
from plans.incident.corrections import Corrected
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.evidence import EvidenceAdded
from plans.incident.facts import FactsStated
from plans.incident.judging import Verified
from plans.incident.plan_choice import PlanChosen
from plans.incident.reporting import Reported
from plans.incident.scene import OccurrenceChanged, SceneStated
from plans.incident.unsure import FigureChosen
from plans.load import plan_facts


@told(Reported)
def _reported(view: View, event: Reported) -> str:
    figures = figures_in(view, event.facts)
    said = t.REPORTED.format(
        source=informant(view), figures=t.REPORTED_FIGURES.format(figures=figures) if figures else ""
    )
    came = from_entry(view.incident)
    return said + t.REPORTED_FROM.format(entry=came) if came else said


@told(FactsStated)
def _stated(view: View, event: FactsStated) -> str:
    source, figures = naming.source(view, event.source), figures_in(view, event.facts)
    if not figures:
        return t.STATED_WORDS.format(source=source)
    return t.STATED.format(source=source, figures=figures, sure="" if event.confirmed else t.UNCONFIRMED)


@told(FactResolved)
def _resolved(view: View, event: FactResolved) -> str:
    value = amount_of(event.value, plan_facts(view.plan)[event.fact]) if event.fact in plan_facts(view.plan) else ""
    return t.RESOLVED.format(label=label(view, event.fact), value=value)


@told(ConflictFound)
def _conflict(view: View, event: ConflictFound) -> str:
    return t.CONFLICT.format(label=label(view, event.fact))


@told(FigureChosen)
def _chosen(view: View, event: FigureChosen) -> str:
    return t.CHOSEN.format(label=label(view, event.fact), kept=t.CHOSEN_KEPT if event.kept else "")


@told(Corrected)
def _corrected(view: View, event: Corrected) -> str:
    names = w.LIST.join(naming.unit_name(view, name) for name in event.told)
    return t.CORRECTED.format(
        ordinal=event.ordinal,
        old=figures_in(view, event.old) or w.NONE,
        new=figures_in(view, event.new),
        told=t.CORRECTED_TOLD.format(names=names) if names else "",
        reason=why(event.reason),
    )


@told(DeathUnconfirmed)
def _deaths(view: View, event: DeathUnconfirmed) -> str:
    return t.DEATHS.format(value=amount_of(event.value, plan_facts(view.plan)["deaths"]))


@told(Verified)
def _verified(view: View, event: Verified) -> str:
    return t.VERIFIED.format(name=naming.of_event(view, event))


@told(PlanChosen)
def _plan(view: View, event: PlanChosen) -> str:
    return t.PLAN.format(title=event.title or view.plan.title)


@told(OccurrenceChanged)
def _occurrence(view: View, event: OccurrenceChanged) -> str:
    return t.OCCURRENCE.format(
        previous=on_day(event.previous, view.now),
        moment=on_day(event.occurred_at, view.now),
        reason=why(event.reason),
    )


@told(SceneStated)
def _scene(view: View, event: SceneStated) -> str:
    classes = {item.id: item.name for item in view.plan.classes}
    parts = (written(event.place, 40), classes.get(event.event_class, ""), written(event.unit, 24),
             written(event.township, 24))  # fmt: skip
    return t.SCENE.format(words=w.COMMA.join(filter(None, parts)) or w.NONE)


@told(EvidenceAdded)
def _evidence(view: View, event: EvidenceAdded) -> str:
    return t.EVIDENCE.format(kind=evidence_texts.KINDS.get(event.kind, evidence_texts.KIND_OTHER))
