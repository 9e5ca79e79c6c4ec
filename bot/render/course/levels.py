"""Levels, responses and who decided them; the end too."""

from __future__ import annotations

from bot.render import naming
from bot.render.citing import cite
from bot.render.course.words import decided_by, told, why
from bot.render.values import label
from bot.render.view import View
from bot.texts import course as t
from bot.texts import words as w
from plans.incident.doubts import WordOvertaken
from plans.incident.ending import AssessorsNamed, ConditionConfirmed, Ended
from plans.incident.judging import Judged, LevelDetermined
from plans.incident.levels import Agreed, Declared
from plans.incident.proposals import OfferDeclined, ProposalDeclined, ProposalWithdrawn, Proposed
from plans.incident.raising import RaisingJudged
from plans.incident.signing import Signed
from plans.load import plan_facts


@told(Judged)
def _judged(view: View, event: Judged) -> str:
    fact = plan_facts(view.plan).get(event.fact)
    options = {choice.id: choice.label for choice in fact.choices} if fact is not None else {}
    return (t.JUDGED if event.holds else t.JUDGED_BACK).format(
        role=naming.role(view.plan, event.by_role),
        label=t.CHOICE.format(label=label(view, event.fact), value=""),
        option=options.get(event.option, event.option),
        citation=cite(event.clause),
        reason=why(event.reason),
    )


@told(LevelDetermined)
def _determined(view: View, event: LevelDetermined) -> str:
    return t.DETERMINED.format(
        role=naming.role(view.plan, event.by_role),
        level=event.level or w.UNDETERMINED,
        previous=t.DETERMINED_BEFORE.format(previous=event.previous) if event.previous else "",
        citation=cite(event.clause),
        reason=why(event.reason),
    )


@told(WordOvertaken)
def _overtaken(view: View, event: WordOvertaken) -> str:
    return t.OVERTAKEN


@told(Proposed)
def _proposed(view: View, event: Proposed) -> str:
    roles = naming.roles(view.plan, event.to_roles)
    return t.PROPOSED.format(roles=roles, level=event.level, citation=cite(event.clause))


@told(ProposalDeclined)
def _declined(view: View, event: ProposalDeclined) -> str:
    role = naming.role(view.plan, event.by_role)
    return t.DECLINED.format(role=role, level=event.level, reason=why(event.reason))


@told(OfferDeclined)
def _offer_declined(view: View, event: OfferDeclined) -> str:
    return t.OFFER_DECLINED.format(roles=naming.roles(view.plan, event.roles), reason=why(event.reason))


@told(ProposalWithdrawn)
def _withdrawn(view: View, event: ProposalWithdrawn) -> str:
    return t.WITHDRAWN.format(level=event.level)


@told(RaisingJudged)
def _raised(view: View, event: RaisingJudged) -> str:
    role, citation, reason = naming.role(view.plan, event.by_role), cite(event.clause), why(event.reason)
    if event.raises:
        return t.RAISED.format(role=role, base=event.base, citation=citation, reason=reason)
    return t.NOT_RAISED.format(role=role, citation=citation, reason=reason)


@told(Agreed)
def _agreed(view: View, event: Agreed) -> str:
    role = next(iter(event.roles), event.spoken_role)
    return t.AGREED.format(level=event.level, citation=cite(event.clause), **decided_by(view, event, role))


@told(Declared)
def _declared(view: View, event: Declared) -> str:
    words = t.ADJUSTED if event.previous else t.DECLARED
    given = {"previous": event.previous} if event.previous else {}
    deciders = naming.roles(view.plan, event.jointly) if event.jointly else ""
    decided = decided_by(view, event, event.role) | ({"role": deciders} if deciders else {})
    return words.format(level=event.level, citation=cite(event.clause), **decided, **given)


@told(Signed)
def _signed(view: View, event: Signed) -> str:
    return t.SIGNED.format(
        role=naming.role(view.plan, event.role) + (naming.of_event(view, event) if event.name else "")
    )


@told(ConditionConfirmed)
def _condition(view: View, event: ConditionConfirmed) -> str:
    return t.CONDITION.format(condition=event.condition, citation=cite(event.clause))


@told(AssessorsNamed)
def _assessors(view: View, event: AssessorsNamed) -> str:
    return t.ASSESSORS.format(names=naming.person(event.names), citation=cite(event.clause))


@told(Ended)
def _ended(view: View, event: Ended) -> str:
    return t.ENDED.format(citation=cite(event.clause), **decided_by(view, event, event.role))
