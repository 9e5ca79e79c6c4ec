"""What of a plan is said in plain words: each flag and choice has phrases that say it, or a reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans.intake.kinds import CATEGORIES
from plans.lint.finding import Report
from plans.load.document import Path
from plans.model import Fact

_GAPS = re.compile(r"…+")
_TYPED_OTHERWISE = re.compile(r"\.\.|／|\\|\|")


def check_phrases(report: Report) -> None:
    """Check the facts that are no numbers, how every phrase is written, and the kinds of event of each class."""
    for name, fact in report.plan.facts.items():
        if lacking := _lacking(fact):
            message = (
                f"{fact.label or name}{lacking}没有 said_by：应写怎样说就算是它，或用 not_said 写明为何无人会这样说"
            )
            report.add("not-said", "error", ("facts", name), message, clause=fact.clause, reading=fact.reading)
        for path, written in _phrases(name, fact):
            if wrong := _wrong(written):
                report.add("phrase", "error", path, f"“{written}”{wrong}", clause=fact.clause)
    for index, item in enumerate(report.plan.classes):
        for place, kind in enumerate(item.kinds):
            if kind not in CATEGORIES:
                known = "、".join(name for name in CATEGORIES if name != "other")
                message = f"{item.name}的 kinds 里没有“{kind}”这一种；可用：{known}"
                report.add("event-kind", "error", ("classes", index, "kinds", place), message, clause=item.clause)


def _lacking(fact: Fact) -> str:
    """Return what of a fact no phrase says, in words; empty where nothing lacks.

    A judgement is made by persons and the calendar answers for itself: neither is read.
    """
    if fact.judgement or fact.calendar is not None or fact.not_said:
        return ""
    if fact.type == "flag":
        return "" if fact.said_by else "（是或否）"
    silent = [choice.label for choice in fact.choices if not choice.said_by]
    return f"（{'、'.join(silent)}）" if silent else ""


def _phrases(name: str, fact: Fact) -> Iterator[tuple[Path, str]]:
    for key in ("said_by", "denied_by", "raised_by", "not_of"):
        for place, written in enumerate(getattr(fact, key)):
            yield ("facts", name, key, place), written
    for index, choice in enumerate(fact.choices):
        for place, written in enumerate(choice.said_by):
            yield ("facts", name, "choices", index, "said_by", place), written


def _wrong(written: str) -> str:
    """Return what is wrong with how a phrase is written; empty where nothing is."""
    if _TYPED_OTHERWISE.search(written):
        return "：隔开的词用 / ，中间可隔几个字用 … 或 ……"
    if any(not word.strip() for part in _GAPS.split(written) for word in part.split("/")):
        return "：/ 和 … 的两边都要有词"
    return ""
