"""(plan, facts) -> Assessment: the levels that are possible, why, how near the next one is, and what would decide."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from plans.acting import carries_out
from plans.classify.ask import inquiries, questions, reasons
from plans.classify.assessment import Assessment, Match, Near, Question
from plans.classify.explain import matched, near
from plans.classify.outcome import Outcome, Tables, response_for, tables_of
from plans.classify.scope import Scope
from plans.classify.words import question
from plans.logic import NONE, Box, FactError
from plans.logic.search import Reach, Search
from plans.model import BELOW, Plan, Route
from plans.values import FactValue

CLASS_QUESTION = Question(fact="event_class", label="事件类别", question="属于哪一类事件？")
"""What is asked first while the class is not chosen, and the level or who is to lead depends on it."""

_FEW_CLASSES = 3

__all__ = [
    "CLASS_QUESTION",
    "Assessment",
    "Match",
    "Near",
    "Question",
    "classify",
    "possible_levels",
    "response_for",
    "route_for",
]


@carries_out("reading", "level", "LevelTable", "LevelRow", "Raise", "EventClass", "Fact", "Choice")
@carries_out("reading", "response", "StartCondition", "Plan.event_levels")
def classify(
    plan: Plan,
    facts: Mapping[str, FactValue],
    *,
    event_class: str | None = None,
    determined: str | None = None,
    raised: AbstractSet[str] = frozenset(),
    undetermined: bool | None = None,
    candidates: tuple[str, ...] = (),
) -> Assessment:
    """Assess an incident by a plan.

    Args:
        plan: the plan.
        facts: what is known, by fact id. Left out: unknown where the fact is open, not so where it is closed.
        event_class: the class, or None while it is not chosen (then every class of the plan is possible).
        determined: the event level that a person determined; it wins over the table.
        raised: closed facts that the incident raised without a value; they are open.
        undetermined: whether 暂时无法判明等级 counts; by default, when nobody determined the level and the facts leave
            more than one.
        candidates: without ``event_class``, the classes that may be meant.

    Raises:
        FactError: an unknown fact, class or level, or a value that a fact cannot have.
    """
    tables = tables_of(plan)
    classes = _classes(tables, event_class, candidates)
    if determined is not None and determined not in (*plan.event_levels, BELOW):
        raise FactError("event_level", f"本预案没有事件级别 {determined}；可用：{'、'.join(plan.event_levels) or '无'}")
    box, contradictions = tables.space.box(facts, raised)

    search = Search(tables.cells, box)
    now = tables.outcome_in(search, classes, determined, undetermined)

    def assess(part: Reach) -> Outcome:
        return tables.outcome_in(part, classes, determined, undetermined)

    event_level = now.events[0] if len(now.events) == 1 else None
    sole = len(now.responses) == 1 and not now.no_response
    proposed = now.responses[-1] if now.responses else None
    response = response_for(plan, proposed)
    unclear = undetermined if undetermined is not None else determined is None and len(now.events) > 1
    settled = _settled(tables, box, classes, now, unclear)
    scope = tables.scope(classes)
    # With many classes open the class is what to ask; what each fact would decide says little before that.
    asks = []
    if not now.settled and len(classes) <= _FEW_CLASSES:
        search.afresh()
        asks = inquiries(scope, search, now, assess)
    matches = matched(tables, scope, settled, now)
    if determined is not None and not any(match.level == determined for match in matches):
        matches = (_by_person(plan, determined), *matches)
    return Assessment(
        plan=plan.id,
        event_class=event_class,
        event_level=event_level,
        possible_event_levels=now.events,
        undetermined=unclear,
        response_level=proposed if sole else None,
        possible_response_levels=now.responses,
        no_response_possible=now.no_response,
        proposed_response=proposed,
        declared_by=tuple(plan.roles[role].title for role in response.declared_by) if response else (),
        matched=matches,
        near=near(tables, scope, settled, now, facts.keys()),
        undetermined_because=(*_why_open(tables, now, classes, determined), *reasons(tables.space, asks, now)),
        ask=(
            *((CLASS_QUESTION,) if len(classes) > 1 or (plan.routes and event_class is None) else ()),
            *questions(
                tables.space, asks, _offered(tables, box, scope.mentioned, event_class) if len(classes) == 1 else ()
            ),
        ),
        judgements=_judgements(tables, box, scope, now),
        contradictions=tuple(contradictions),
        route=route_for(plan, event_class),
        facts=dict(facts),
    )


def possible_levels(
    plan: Plan,
    facts: Mapping[str, FactValue],
    *,
    event_class: str | None = None,
    raised: AbstractSet[str] = frozenset(),
) -> tuple[str, ...]:
    """Return only the exact set of possible event levels, lowest first; see :func:`classify`."""
    tables = tables_of(plan)
    box, _ = tables.space.box(facts, raised)
    return tables.events(box, _classes(tables, event_class, ()))


@carries_out("reading", "route", "Route")
def route_for(plan: Plan, event_class: str | None) -> Route | None:
    """Return where the plan sends events of a class, or None."""
    return next((route for route in plan.routes if event_class in route.classes), None) if event_class else None


def _classes(tables: Tables, event_class: str | None, candidates: tuple[str, ...]) -> tuple[str, ...]:
    class_ids = [item.id for item in tables.plan.classes]
    for name in (event_class, *candidates):
        if name is not None and name not in class_ids:
            raise FactError("event_class", f"本预案没有事件类别 {name}；可用：{'、'.join(class_ids) or '无'}")
    if event_class is not None:
        return (event_class,)
    return (candidates or tuple(class_ids) or (NONE,)) if tables.class_matters else (NONE,)


def _settled(tables: Tables, box: Box, classes: tuple[str, ...], now: Outcome, undetermined: bool) -> Box:
    """Return the box with the reserved variables as far as they are known, for explanations."""
    box = box.copy()
    variable = tables.space.names.discrete
    box.domains[variable["event_class"]] = frozenset(classes)
    box.domains[variable["event_level"]] = frozenset(now.events) or frozenset([NONE])
    box.domains[variable["undetermined"]] = frozenset([undetermined])
    return box


def _by_person(plan: Plan, level: str) -> Match:
    clause = plan.determination_clause
    return Match(clause=clause, level=level, because=f"经{plan.office}认定为{level}{f'（{clause}）' if clause else ''}")


def _why_open(tables: Tables, now: Outcome, classes: tuple[str, ...], determined: str | None) -> tuple[str, ...]:
    plan = tables.plan
    if determined is not None or len(now.events) < 2:
        return ()
    texts = []
    if len(classes) > 1:
        texts.append("事件类别未定")
    if not any(tables.table(name).rows for name in classes):
        clause = f"（{plan.determination_clause}）" if plan.determination_clause else ""
        which = "本预案" if plan.levels is None else "本预案对这类事件"
        texts.append(f"{which}没有分级标准，事件级别由{plan.office}认定{clause}")
    return tuple(texts)


@carries_out("question", "facts", "Fact", "Choice")
def _offered(tables: Tables, box: Box, mentioned: frozenset[str], event_class: str | None) -> list[str]:
    """Return the closed quantities of the reported class that nobody mentioned."""
    space = tables.space
    return [
        name
        for name, fact in space.facts.items()
        if name in mentioned
        and name in space.own
        and box.absent[space.own[name]]
        and (event_class is None or not fact.classes or event_class in fact.classes)
    ]


def _judgements(tables: Tables, box: Box, scope: Scope, now: Outcome) -> tuple[Question, ...]:
    """Return the closed judgements, but for those on event levels that would rule nothing out any more."""
    space = tables.space
    lowest = tables.plan.rank(now.events[0]) if now.events else -1
    raising = frozenset[str]().union(
        *(one.facts for one, _, rank in scope.statements if one.of_response or rank > lowest)
    )
    return tuple(
        Question(fact=name, label=fact.label or name, question=question(name, fact), narrows=False, judgement=True)
        for name, fact in space.facts.items()
        if fact.judgement
        and not fact.open
        and name in raising
        and box.domains[space.names.discrete[name]] in (frozenset([False]), frozenset([NONE]))
    )
