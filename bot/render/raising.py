"""Whether a level is raised for what the event is: the question with its clause, and what was judged."""

from __future__ import annotations

from bot.render import naming
from bot.render.citing import cite
from bot.render.registry import labels, renders
from bot.render.text import Text, fill
from bot.render.view import View
from bot.texts import raising as t
from plans.core.notice import Notice, Press
from plans.incident.raising import holding
from plans.incident.state import RUNNING
from plans.model import MayRaise


@renders("may_raise", "may_raise_role")
def may_raise(notice: Notice, view: View) -> Text:
    """Whether the level is to be raised: what is known, what the plan says, who judges and who decides."""
    rule = _rule(view, str(notice.params["fact"]))
    level = str(notice.params["level"])
    return fill(
        t.MAY_RAISE,
        number=naming.number(view),
        base=str(notice.params["base"]),
        level=level,
        citation=cite(rule.clause, rule.reading),
        fact=view.plan.facts[rule.fact].label,
        text=rule.text,
        roles=naming.roles(view.plan, rule.judged_by),
        deciders=_deciders(view, level),
    )


@renders("raising_judged")
def judged(notice: Notice, view: View) -> Text:
    """What was judged; to raise is a proposal."""
    level = str(notice.params["level"])
    return fill(
        t.JUDGED if notice.params["raises"] else t.JUDGED_NOT,
        number=naming.number(view),
        role=naming.role(view.plan, str(notice.params["role"])),
        citation=cite(str(notice.params["clause"])),
        **({"level": level, "deciders": _deciders(view, level)} if notice.params["raises"] else {}),
    )


@labels("raise_to")
def _raise_to(item: Press, view: View) -> str:
    return t.RAISE_TO.format(level=item.args["level"])


def todo(view: View) -> list[Text]:
    """Return that somebody has to judge it, for the list of what is open."""
    raising, rule = view.incident.raising, holding(view.plan, view.incident)
    if view.incident.state not in RUNNING or raising is None or raising.judged or rule is None:
        return []
    return [
        fill(
            t.TODO,
            level=raising.level,
            fact=view.plan.facts[rule.fact].label,
            citation=cite(rule.clause),
            roles=naming.roles(view.plan, rule.judged_by),
        )
    ]


def _rule(view: View, fact: str) -> MayRaise:
    return next(rule for rule in view.plan.raising if rule.fact == fact)


def _deciders(view: View, level: str) -> str:
    response = naming.response(view.plan, level)
    return naming.roles(view.plan, response.declared_by) if response is not None else ""
