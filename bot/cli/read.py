"""``tocsin read``: what a text says. No Telegram, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import AsJson, Now, PlanId, Wrong, emit, installed, moment, stated_facts

if TYPE_CHECKING:
    from plans.model import Fact

_EXAMPLE = '{"deaths": 2}'


def read(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="事件描述")],
    plan: PlanId = "",
    known: Annotated[str, typer.Option("--known", metavar="JSON", help=f"此前已知的数，如 {_EXAMPLE}")] = "",
    category: Annotated[str, typer.Option("--category", metavar="KIND", help="事件的种类，如 traffic")] = "",
    now: Now = "",
    as_json: AsJson = False,
) -> None:
    """读出一段文字里的伤亡、时间、地点和类别。

    没说的不写出来：不知道不等于零。
    给出 --known（可以是 {}）时，另写出读后各是多少。
    """
    from plans.intake import after
    from plans.intake import read as read_text
    from plans.intake.kinds import CATEGORIES

    if category and category not in CATEGORIES:
        raise Wrong(f"没有“{category[:40]}”这个种类；可用：{'、'.join(CATEGORIES)}")
    at = moment(now)
    names: dict[str, str] = {}
    if plan:
        from plans.intake.with_plan import read_for

        chosen = installed(plan)
        reading = read_for(chosen, text, now=at)
        names = {item.id: item.name for item in chosen.classes}
    else:
        reading = read_text(text, now=at)
    result = reading.as_json()
    result["class_candidates"] = [_candidate(item, names) for item in result["class_candidates"]]
    if known:
        try:
            changed = after(reading, stated_facts(known, "--known", _EXAMPLE), category or None)
        except TypeError as problem:
            raise Wrong(f"--known：{problem}，应写作 {_EXAMPLE}") from None
        result["after"] = {name: change.as_json() for name, change in changed.items()}
    if as_json:
        emit(result)
        return
    from plans.casualties import LABELS

    facts: Mapping[str, Fact] = {}
    if plan:
        from plans.load import plan_facts

        facts = plan_facts(chosen)
    labels = LABELS | {name: fact.label for name, fact in facts.items()}
    from bot.cli.table import table

    rows = [
        (labels.get(name, name), _value(value, facts.get(name)), f"“{value['text']}”")
        for name, value in result["facts"].items()
    ]
    rows += [(labels.get(name, name), _open(facts.get(name)), "") for name in result["raised"]]
    when = result["occurred"]
    rows.append(("时间", result["occurred_at"] or "未说明", f"“{when['text']}”" if when else ""))
    rows.append(("地点", result["place"] or "未说明", ""))
    if plan:
        rows.append(("类别", "、".join(item["name"] for item in result["class_candidates"]) or "未说明", ""))
    for line in table(rows, indent=0):
        typer.echo(line)
    if known:
        changed_rows = [
            (labels.get(name, name), _then(change), f"“{change['text']}”" if change["text"] else "")
            for name, change in result["after"].items()
        ]
        typer.echo("读后：")
        for line in table(changed_rows, indent=0):
            typer.echo(line)
    if reading.nothing and all(change["change"] == "same" for change in result.get("after", {}).values()):
        typer.echo("没有读出新的情况。" if known else "没有读出事件的情况。")


def _candidate(item: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {**item, "id": item["name"], "name": names.get(item["name"], item["name"])}


def _then(change: Mapping[str, Any]) -> str:
    """What is known of a fact once the text is taken in, or what there is to choose from."""
    if change["change"] == "same":
        return f"{_bounds(change)}（不变）"
    if change["asks"] or change["unknown"]:
        return f"待选定：{'、'.join(_bounds(option) for option in change['readings'])}"
    return _bounds(change)


def _bounds(value: Mapping[str, Any]) -> str:
    if value.get("none") or (value.get("value") is None and value["at_least"] is None and value["at_most"] is None):
        return "未知"
    return _value(value, None)


def _open(fact: Fact | None) -> str:
    return "提到，没有数" if fact is None or fact.type in ("count", "number") else "提到，未定"


def _value(value: Mapping[str, Any], fact: Fact | None) -> str:
    if fact is not None and fact.type in ("flag", "choice"):
        names = {True: "是", False: "否"} | {choice.id: choice.label for choice in fact.choices}
        return "或".join(names[item] for item in value.get("one_of", [value.get("value")]))
    if "value" in value:
        text = f"{value['value']}"
    elif value["at_least"] is None:
        text = f"至多{_figure(value['at_most'])}"
    elif (low := value["at_least"]) is not None and (high := value["at_most"]) is not None:
        text = f"{_figure(low)}至{'不足' if high < round(high, 6) else ''}{_figure(high)}"
    else:
        text = f"超过{_figure(low)}" if low > round(low, 6) else f"至少{_figure(low)}"
    return f"又{text}" if value.get("mode") == "increment" else text


def _figure(number: int | float) -> str:
    from plans.values import written

    return written(number)
