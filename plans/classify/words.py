"""How facts and their values are said in Chinese."""

from __future__ import annotations

import math

from plans.logic import NONE, Box, Space
from plans.logic.terms import Bound
from plans.model import All, AnyOf, Compare, Expression, Fact, Not, Plan, Within, merge_facts
from plans.values import Number, written


def label(space: Space, name: str) -> str:
    """Return the fact's name for people, with what it includes (死亡（含失联）)."""
    fact = space.facts[name]
    text = fact.label or name
    if fact.includes and "含" not in text:
        included = "、".join(space.facts[part].label or part for part in fact.includes)
        text = f"{text}（含{included}）"
    return text


def amount(value: Number, fact: Fact) -> str:
    """Return a number with its unit: 5人, 12.5%."""
    return f"{written(value)}{fact.unit}"


def span(low: Bound, high: Bound, fact: Fact) -> str:
    """Return an interval: 3人, 3至9人, 30人以上, 不足100米."""
    least, most = round(low, 9), round(high, 9)
    over, under = low > least, high < most  # a strict bound is the float next to it
    if math.isinf(high):
        return f"超过{amount(least, fact)}" if over else f"{amount(least, fact)}以上"
    if math.isinf(low) or (under and low <= 0):
        return f"不足{amount(most, fact)}" if under else f"{amount(most, fact)}以下"
    if least == most:
        return amount(least, fact)
    return f"{'超过' if over else ''}{written(least)}至{'不足' if under else ''}{amount(most, fact)}"


def current(space: Space, name: str, box: Box) -> str:
    """Return a fact and its value on record: 死亡（含失踪）5人; a flag that is so is its label alone."""
    fact = space.facts[name]
    text = label(space, name)
    if fact.type in ("count", "number"):
        q = space.names.quantity[name]
        return f"{text}{span(box.low[q], box.high[q], fact)}"
    domain = box.domains[space.names.discrete[name]]
    if fact.type == "flag":
        return text if domain == {True} else f"{text}：{'否' if domain == {False} else '不明'}"
    chosen = [choice.label for choice in fact.choices if choice.id in domain]
    return f"{text}：{'或'.join(chosen)}" if chosen and NONE not in domain else text


VARIABLES = {
    "event_level": "事件级别",
    "response_level": "响应级别",
    "event_class": "事件类别",
    "undetermined": "级别尚未判明",
    "drill": "演练",
}


def condition(plan: Plan, expression: Expression) -> str:
    """Return a condition as people say it: 死亡3人以上且事件级别为较大或重大."""
    facts = merge_facts(plan.facts, casualties=plan.casualties)
    if isinstance(expression, All | AnyOf):
        joint = "且" if isinstance(expression, All) else "或"
        return joint.join(
            f"（{condition(plan, part)}）" if isinstance(part, All | AnyOf) else condition(plan, part)
            for part in expression.parts
        )
    if isinstance(expression, Not):
        inner = expression.part
        text = condition(plan, inner)
        return f"不是{text}" if isinstance(inner, Within) else f"并非（{text}）"
    name = facts[expression.fact].label or expression.fact if expression.fact in facts else VARIABLES[expression.fact]
    if isinstance(expression, Compare):
        unit = facts[expression.fact].unit
        signs = (("ge", "不少于"), ("gt", "超过"), ("le", "不超过"), ("lt", "不足"))
        bounds = [(word, getattr(expression, op)) for op, word in signs if getattr(expression, op) is not None]
        return name + "、".join(f"{word}{written(number)}{unit}" for word, number in bounds)
    if expression.values in ((True,), (False,)):
        return name if expression.values[0] else f"不是{name}"
    choices = {choice.id: choice.label for fact in (facts.get(expression.fact),) if fact for choice in fact.choices}
    choices |= {item.id: item.name for item in plan.classes} if expression.fact == "event_class" else {}
    return f"{name}为{'或'.join(choices.get(str(value), str(value)) for value in expression.values)}"


def question(name: str, fact: Fact) -> str:
    """Return how to ask for the fact."""
    if fact.question:
        return fact.question
    if fact.type in ("count", "number"):
        return f"{fact.label or name}多少{fact.unit}？"
    return f"{fact.label or name}？"
