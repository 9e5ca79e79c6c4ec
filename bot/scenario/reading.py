"""A scenario file: YAML, with errors that name the line, what stands there and what was expected."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.scenario.base import ScenarioError
from bot.scenario.form import Scenario
from plans.core.policy import PolicyError

_LONGEST = 1_000_000
_DEEPEST = 20
_MOST = 100_000
"""Entries of a file with its aliases written out; a night of a hundred incidents is a tenth of that."""


_OPENS = (
    yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken
)  # fmt: skip
_CLOSES = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


class _Loader(yaml.SafeLoader):
    """YAML with timestamps that keep their offset (PyYAML's own resolver drops it into naive UTC)."""


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> datetime | date | str:
    text = str(loader.construct_scalar(node))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)

EXPECTED = {
    "at": "从事发起算的时长，如 +10m、+1h30m、+2d",
    "after": "从事发起算的时长，如 +10m",
    "before": "从事发起算的时长，如 +10m",
    "until": "从事发起算的时长，如 +48h",
    "occurred_at": "时刻，如 2026-03-02T10:20:00+08:00（步骤里也可写 +10m）",
    "called_at": "通话时刻，如 +12m 或 2026-03-02T10:32:00+08:00",
    "plan": "预案编号，如 jincheng-chengqu-campus，或预案文件的路径",
    "steps": "步骤的列表，每步如 {at: +10m, actor: school, do: report, text: “……”}",
    "actor": "谁，如 school、duty、director、unit:区消防救援大队",
    "facts": "事实，如 {deaths: 0, injuries: 4}",
    "level": "响应级别 Ⅰ、Ⅱ、Ⅲ、Ⅳ",
    "response_level": "响应级别 Ⅰ、Ⅱ、Ⅲ、Ⅳ，或 null",
    "proposal": "响应级别 Ⅰ、Ⅱ、Ⅲ、Ⅳ，或 null",
    "possible_response_levels": "响应级别的列表，如 [Ⅲ, Ⅱ]",
    "event_level": "事件级别 一般、较大、重大、特别重大",
    "holds": "true 或 false",
    "sure": "true 或 false",
    "drill": "true 或 false",
    "incident": "事件编号，如 2",
    "into": "事件编号，如 1",
    "to": "报送对象，如 市委 或 [市委, 市政府]",
    "channel": "电话 或 书面",
    "policy": "提醒策略，见 tocsin simulate --policy",
    "statuses": "按义务写状态，如 {first-general: filed}；状态为 pending filed late overdue waived superseded possible",
    "due": "按义务写时限，如 {first-general: +1h}",
    "answered": "按单位写叫应后多久之内答复，如 {区消防救援大队: +10m}",
    "declared_by": "由谁宣布，预案里的职务，如 [指挥长, 副指挥长]",
    "terms": "学期的列表，如 [{name: 上学期, first: 2026-09-01, last: 2027-01-22}]",
    "duties": "true 或 false；expect 里按职责写各期的情况，如 {month-meeting: {done: 3, missed: 1}}",
    "repeat": "隔多久重复，如 +1d",
    "within": "多久之内到期的才办，如 +1d",
    "result": "done 或 not_applicable",
    "duty": "一项职责，如 {id: month-meeting, bearer: 第一小学, do: done}",
    "commander": "现场指挥长的姓名，如 王五",
    "role": "预案里的职务，如 commander 或 指挥长",
    "medium": "媒介，如 政府网站、新闻发布会",
    "entry": "值班日志的编号，如 1",
    "instruction": "指令的编号，如 1",
    "inject": "演练里发给参演人的情景，如 “家长来电：又有2名学生不适”",
    "words": "评估员看的一句话，如 “10分钟内电话首报”",
    "note": "只给导调员看的提示",
    "goals": "演练目的的列表，如 [检验30分钟电话首报]",
    "happens": "时间线各行，如 {kind: announcement, text: Ⅲ级}",
    "never": "时间线各行，如 {kind: refused}",
}
"""What each entry of the file is, with an example."""


def read_scenario(path: Path) -> Scenario:
    """Return the scenario of a file; raise ScenarioError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ScenarioError(f"{path}：不是 UTF-8 文字；应为 UTF-8 的 YAML，请另存，例子见 tests/scenarios") from None
    except OSError as problem:
        raise ScenarioError(f"{path}：读不出来（{problem.strerror}）") from None
    return parse(text, str(path))


def parse(text: str, name: str, *, plain: bool = False) -> Scenario:
    """Return the scenario of a YAML text; raise ScenarioError.

    Args:
        name: what messages call the file; plan files are looked for beside it.
        plain: it was sent by somebody: anchors, aliases and tags are refused, as in plan files.
    """
    if plain:
        _refuse_pointers(text, name)
    node, data = _document(text, name)
    if not isinstance(data, dict):
        raise ScenarioError(f"{name}:1：应为 plan、occurred_at、steps 等项，例子见 tests/scenarios")
    steps = data.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, dict):
            step["line"] = line_of(node, ("steps", number))
    try:
        context = {"path": name, "expect_line": line_of(node, ("expect",))}
        scenario = Scenario.model_validate(data | context)
        scenario.reminders  # noqa: B018  read now, so that a wrong policy is told with the file's name
    except ValidationError as problem:
        raise ScenarioError(
            "\n".join(dict.fromkeys(_sentence(name, node, item) for item in problem.errors()))
        ) from None
    except PolicyError as problem:
        raise ScenarioError(f"{name}:{line_of(node, ('policy',))}：policy：{problem}") from None
    return scenario


def _refuse_pointers(text: str, name: str) -> None:
    """Refuse what stands for something else, and what is nested without end, before anything is made of it."""
    depth = 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken | yaml.DirectiveToken):
                line = token.start_mark.line + 1
                raise ScenarioError(f"{name}:{line}：有 YAML 的锚、别名或标签（& * ! %），应把内容直接写出来")
            depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
            if depth > _DEEPEST:
                raise ScenarioError(f"{name}:{token.start_mark.line + 1}：嵌套太深，应为几层的 YAML")
    except (yaml.YAMLError, ValueError):
        return  # said with its line where it is read


def _document(text: str, name: str) -> tuple[yaml.Node | None, Any]:
    if len(text) > _LONGEST:
        raise ScenarioError(f"{name}：有{len(text)}个字符，场景文件不超过{_LONGEST}个")
    loader: Any = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        _check_shape(node, name, {})
        return node, loader.construct_document(node) if node is not None else None
    except RecursionError:
        raise ScenarioError(f"{name}：嵌套太深，应为几层的 YAML") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
        lines = text.splitlines()
        excerpt = lines[mark.line].strip()[:40] if mark and mark.line < len(lines) else ""
        where = f"{name}:{mark.line + 1}" if mark else name
        place = excerpt or "文件到此中断，或有不可打印的字符"
        raise ScenarioError(f"{where}：不是合法的 YAML：{place}；应为缩进一致、括号和引号成对、冒号后有空格") from None
    except ValueError as problem:  # an impossible date or number of YAML's own types
        raise ScenarioError(f"{name}：有写不成立的值（{problem}）") from None
    finally:
        if loader is not None:
            loader.dispose()


def _check_shape(node: yaml.Node | None, name: str, sizes: dict[int, int], depth: int = 0) -> int:
    """Refuse what would be lost or never end: keys said twice, nesting without end, aliases of aliases.

    Args:
        sizes: of the nodes that were looked at, by identity; an alias is the node that it stands for.

    Returns:
        how many entries the node comes to with every alias written out.
    """
    if node is None or isinstance(node, yaml.ScalarNode):
        return 1
    if depth > _DEEPEST:
        raise ScenarioError(f"{name}:{node.start_mark.line + 1}：嵌套太深，应为几层的 YAML")
    if id(node) in sizes:
        if not sizes[id(node)]:
            raise ScenarioError(f"{name}:{node.start_mark.line + 1}：别名指向自己，请把内容写出来")
        return sizes[id(node)]
    sizes[id(node)] = 0
    size = 1
    if isinstance(node, yaml.SequenceNode):
        size += sum(_check_shape(item, name, sizes, depth + 1) for item in node.value)
    else:
        words: set[str] = set()
        for key, value in node.value:
            word = key.value if isinstance(key.value, str) else ""
            if word and word in words:
                raise ScenarioError(f"{name}:{key.start_mark.line + 1}：{word} 写了两次，应只写一次")
            words.add(word)
            size += _check_shape(key, name, sizes, depth + 1) + _check_shape(value, name, sizes, depth + 1)
    if size > _MOST:
        raise ScenarioError(f"{name}:{node.start_mark.line + 1}：别名展开后超过{_MOST}项，请把内容写出来，少用别名")
    sizes[id(node)] = size
    return size


def line_of(node: yaml.Node | None, path: tuple[Any, ...]) -> int:
    """Return the line (from 1) of a place in the file, or of the last known place on the way to it."""
    line = 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                return line
            node, line = pair[1], pair[0].start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _sentence(name: str, node: yaml.Node | None, item: Any) -> str:
    path = item["loc"]
    words = [str(part) for part in path if isinstance(part, str)]
    key = next((word for word in reversed(words) if word in EXPECTED or word == words[-1]), "")
    where, line = key or "文件", line_of(node, path)
    if item["type"] == "missing":
        return f"{name}:{line}：缺 {where}，应为{EXPECTED.get(key, '必须写出的一项')}"
    if item["type"] == "extra_forbidden":
        return f"{name}:{line}：没有 {where} 这一项；{_known(path)}"
    if item["type"] == "literal_error":
        return f"{name}:{line}：{where} 为“{item['input']}”，只能是 {_choices(item['ctx']['expected'])}"
    expected = EXPECTED.get(key) or EXPECTED.get(words[0] if words else "", "别的值")
    return f"{name}:{line}：{where} 为“{str(item['input'])[:60]}”，应为{expected}"


def _choices(expected: str) -> str:
    return "、".join(part.strip("'") or "不写" for part in expected.replace(" or ", ", ").split(", "))


def _known(path: tuple[Any, ...]) -> str:
    from bot.scenario.expecting import Expect, Line
    from bot.scenario.form import Step

    kind: Any = Scenario
    if "happens" in path or "never" in path:
        kind = Line
    elif "expect" in path or "incidents" in path:
        kind = Expect
    elif path[0] == "steps":
        kind = Step
    names = [
        field.alias or name for name, field in kind.model_fields.items() if name not in ("line", "path", "expect_line")
    ]
    return f"可用：{'、'.join(names)}"
