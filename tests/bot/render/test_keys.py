"""Every key of the core has words, no words are left over, and words stand nowhere else."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.render.catalogue import KINDS, LABELS, REFUSALS
from bot.render.notices import KEYS

REPOSITORY = Path(__file__).resolve().parents[3]
CHINESE = re.compile("[\u4e00-\u9fff]")


def sources(*places: str) -> Iterator[tuple[Path, ast.Module]]:
    for place in places:
        path = REPOSITORY / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]:
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def strings(node: ast.AST) -> Iterator[str]:
    """Yield the string constants of an expression, but none that only steer a comparison or a subscript."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)


def called(node: ast.AST) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""


def notice_keys() -> set[str]:
    """Return the keys of notices in the core: ``Notice(key=…)``, and a first argument named key, however it is made."""
    found: set[str] = set()
    trees = [tree for _, tree in sources("plans/core", "plans/incident")]
    functions = {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    keyed = {
        name for name, function in functions.items() if function.args.args and function.args.args[0].arg == "key"
        if isinstance(function.returns, ast.Name) and function.returns.id == "Notice"
    }  # fmt: skip
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "Notice":
                found.update(text for item in node.keywords if item.arg == "key" for text in strings(item.value))
            elif isinstance(node, ast.Call) and called(node) in keyed and node.args:
                found.update(strings(node.args[0]))
            elif isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["key"]:
                for inner in ast.walk(functions[called(node.value)]) if called(node.value) in functions else ():
                    if isinstance(inner, ast.Return) and inner.value is not None:
                        found.update(strings(inner.value))
                    elif isinstance(inner, ast.Dict):
                        found.update(text for value in inner.values for text in strings(value))
    return found - {""}


@cache
def refusals() -> dict[str, list[tuple[set[str], bool, bool]]]:
    """Return for every refusal of the core and each place its parameters, and whether it cites and says who may."""
    found: dict[str, list[tuple[set[str], bool, bool]]] = {}
    for _, tree in sources("plans/core", "plans/incident", "plans/warning", "plans/duty", "plans/desk"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or called(node) != "Refusal":
                continue
            given = {item.arg: item.value for item in node.keywords}
            params = given.get("params")
            keys = params.keys if isinstance(params, ast.Dict) else []
            names = {text for key in keys if key is not None for text in strings(key)}
            for key in strings(given["key"]):
                found.setdefault(key, []).append((names, "clause" in given, "who" in given))
    return found


def test_every_notice_has_words_and_none_are_left_over():
    assert len(notice_keys()) > 40
    assert notice_keys() == KEYS


def test_every_refusal_has_words_and_none_are_left_over():
    assert len(refusals()) > 50
    assert set(refusals()) == set(REFUSALS)


MADE_FROM = {
    "state_name": "state",
    "status_name": "status",
    "way": "via",
    "unit_name": "unit",
    "fact_name": "fact",
    "level_name": "level",
    "into_level_name": "into_level",
    "old_value": "old",
    "new_value": "new",
    "handled": "name",
    "count": "open",
}


@pytest.mark.parametrize("key", sorted(REFUSALS))
def test_a_refusal_names_only_what_the_core_gives(key):
    needed = {name for sentence in REFUSALS[key] for name in re.findall(r"\{(\w+)\}", sentence)}
    for given, _, _ in refusals()[key]:
        assert not [name for name in needed if name not in given and MADE_FROM.get(name) not in given]


def names_used() -> set[str]:
    used: set[str] = set(KINDS)
    for _, tree in sources("bot", "handlers"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                used.add(node.attr)
            elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bot.texts"):
                used.update(item.name for item in node.names)
    for template in (REPOSITORY / "bot").rglob("templates/*.html"):  # in which the texts of pages are `t`
        used.update(re.findall(r"\bt\.([A-Z_0-9]+)", template.read_text("utf-8")))
    return used


def test_no_text_is_unused():
    used = names_used()
    unused = [
        f"{path.name}: {target.id}"
        for path, tree in sources("bot/texts")
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id not in used
    ]
    assert unused == []


def test_no_label_is_unused():
    said = {
        text
        for _, tree in sources("bot/render", "bot/outgoing", "bot/service", "handlers", "plans/incident", "plans/desk")
        for text in constants(tree)
    }
    assert sorted(set(LABELS) - said) == []


def constants(tree: ast.AST) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def documentation(tree: ast.Module) -> set[int]:
    """Return the ids of constants that are docstrings, of modules, classes, functions and attributes."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def test_words_stand_in_texts_only():
    found = []
    for path, tree in sources("bot/render"):
        documents = documentation(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
                if CHINESE.search(node.value):
                    found.append(f"{path.relative_to(REPOSITORY)}:{node.lineno} {node.value}")
    assert found == []


def test_texts_are_nothing_but_texts():
    for path, tree in sources("bot/texts"):
        kinds = {type(node) for node in tree.body} - {ast.Expr, ast.Assign, ast.AnnAssign}
        assert kinds == set(), path
