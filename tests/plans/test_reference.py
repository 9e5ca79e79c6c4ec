"""docs/plan-file: a page a section, every key of the model on its page, every example a plan that loads and lints."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.cli.plan_samples import samples
from plans import model
from plans.lint import lint
from plans.load import load_text
from plans.load.document import compose
from plans.model import Frozen, Plan
from tests.plans.test_guide import EXAMPLE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "plan-file"
PAGES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}
SECTIONS = [name for name in PAGES if name not in ("README", "lint")]

DESCRIBED: dict[str, tuple[type[Frozen], ...]] = {
    "head": (model.Jurisdiction, model.Review),
    "bounds": (model.Bounds,),
    "clauses": (model.Clause,),
    "facts": (model.Fact, model.Choice, model.Calendar),
    "constraints": (model.Constraint,),
    "classes": (model.EventClass,),
    "levels": (model.LevelTable, model.LevelRow, model.Raise),
    "roles": (model.Role,),
    "responses": (model.Response, model.StartCondition, model.Calls, model.Pick),
    "adjusting": (model.Adjusting,),
    "raising": (model.MayRaise,),
    "first_action": (model.FirstAction,),
    "obligations": (model.Obligation, model.Clock, model.Variation),
    "forms": (model.Form,),
    "units": (model.Unit, model.Line),
    "groups": (model.Group,),
    "warnings": (model.Warning_, model.WarningCall),
    "releases": (model.Release,),
    "on_site": (model.OnSite,),
    "aid": (model.Aid,),
    "ends": (model.EndRule,),
    "after": (model.AfterAction,),
    "duties": (model.Duty, model.Every, model.ThemeDay),
    "subjects": (model.Subject,),
    "routes": (model.Route,),
    "excludes": (model.ScopeExclusion,),
    "cites": (model.Citation,),
    "errata": (model.Erratum,),
    "reading": (model.Reading,),
}
ON_THE_HEAD = {
    "casualties", "command_body", "document", "id", "in_force", "issuer", "jurisdiction", "law", "office",
    "office_unit", "references", "review", "schema", "source", "title", "version", "words",
}  # fmt: skip
ELSEWHERE = {
    "determined_by": "levels", "determination_clause": "levels", "undetermined_clause": "levels",
    "event_levels": "levels", "response_levels": "levels", "warning_content": "warnings", "warning_calls": "warnings",
}  # fmt: skip
UNITS_OF_A_RULE = set(get_args(get_args(model.Every.model_fields["unit"].annotation)[0]))
MARKS = ("id", "level", "name", "report", "clause")


def keys(kind: type[Frozen]) -> set[str]:
    return {field.alias or name for name, field in kind.model_fields.items()} - {"hash", "path"}


def example(name: str) -> str:
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGES[name], re.DOTALL)
    return text


def laid_over(base: Any, more: Any) -> Any:
    """Return the guide's plan with an example in it: entries of the same id, level or name give way."""
    if isinstance(base, dict) and isinstance(more, dict):
        return base | {key: laid_over(base[key], value) if key in base else value for key, value in more.items()}
    if isinstance(base, list) and isinstance(more, list) and more and isinstance(more[0], dict):
        mark = next(mark for mark in MARKS if mark in more[0])
        fresh = {item[mark] for item in more}
        return [item for item in base if item[mark] not in fresh] + more
    return more


def plan_with(name: str) -> Plan:
    base, more = compose(EXAMPLE, "guide").data, compose(example(name), f"{name}.md").data
    return load_text(json.dumps(laid_over(base, more), ensure_ascii=False), f"{name}.md")  # JSON is YAML too


@pytest.mark.parametrize("name", SECTIONS)
def test_the_example_of_a_page_is_a_plan_without_an_error(name: str) -> None:
    plan = plan_with(name)
    found = [item for item in lint(plan, today=date(2030, 6, 1)) if item.severity == "error"]
    assert [f"{item.rule} {item.message}" for item in found] == []


@pytest.mark.parametrize("name", [name for name in SECTIONS if "```text" in PAGES[name]])
def test_the_reports_of_a_page_come_to_what_it_says(name: str) -> None:
    (texts,) = re.findall(r"```text\n(.*?)```", PAGES[name], re.DOTALL)
    given = [(text.strip(), level.strip()) for text, level in (line.split("=>") for line in texts.splitlines())]
    tried = samples(plan_with(name), given)
    assert [(item["text"], item["expected"], item["met"]) for item in tried] == [(*pair, "yes") for pair in given]


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_page_names_every_key(name: str) -> None:
    text = PAGES[name]
    for kind in DESCRIBED[name]:
        missing = {key for key in keys(kind) if f"`{key}`" not in text}
        assert not missing, f"docs/plan-file/{name}.md does not describe {missing} of {kind.__name__}"


@pytest.mark.parametrize("name", [name for name in DESCRIBED if name not in ("clauses",)])
def test_an_example_shows_most_of_its_keys(name: str) -> None:
    shown = set(re.findall(r"[\w以上下超过]+(?=:)", example(name)))
    for kind in DESCRIBED[name]:
        assert len(keys(kind) & shown) * 2 >= len(keys(kind)), f"{name}: {keys(kind) - shown} of {kind.__name__}"


def test_every_section_of_a_plan_has_its_page() -> None:
    sections = keys(Plan) - ON_THE_HEAD - set(ELSEWHERE)
    assert sections <= set(SECTIONS), sections - set(SECTIONS)
    assert all(f"`{key}`" in PAGES["head"] for key in ON_THE_HEAD)
    assert all(f"`{key}`" in PAGES[page] for key, page in ELSEWHERE.items())
    described = {kind for kinds in DESCRIBED.values() for kind in kinds}
    statements = {value for value in vars(model).values() if isinstance(value, type) and issubclass(value, Frozen)}
    assert statements - described <= {Frozen, Plan}


def test_every_rule_of_lint_is_listed_and_no_other() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "plans" / "lint").glob("*.py"))
    rules = set(re.findall(r'\badd\(\s*"([a-z-]+)"', source)) | {"load", "id"}
    assert set(re.findall(r"^\| `([a-z-]+)` \|", PAGES["lint"], re.MULTILINE)) == rules
    for name in SECTIONS:
        named = set(re.findall(r"`([a-z]+-[a-z-]+)`", PAGES[name]))
        assert named - rules - {"first-phone"} - UNITS_OF_A_RULE == set(), name


def test_the_index_lists_every_page() -> None:
    assert set(re.findall(r"\]\((\w+)\.md\)", PAGES["README"])) - {"lint"} == set(SECTIONS)
    assert "plan-file" in (ROOT / "docs" / "add-a-plan.md").read_text("utf-8")
