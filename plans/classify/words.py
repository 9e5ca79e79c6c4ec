"""How facts and their values are said in Chinese."""

from __future__ import annotations

import math

from plans.logic import NONE, Box, Space
from plans.logic.terms import Bound
from plans.model import Fact
from plans.values import Number


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
    return f"{value:g}{fact.unit}"


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
    return f"{'超过' if over else ''}{least:g}至{'不足' if under else ''}{amount(most, fact)}"


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


def question(name: str, fact: Fact) -> str:
    """Return how to ask for the fact."""
    if fact.question:
        return fact.question
    if fact.type in ("count", "number"):
        return f"{fact.label or name}多少{fact.unit}？"
    return f"{fact.label or name}？"
