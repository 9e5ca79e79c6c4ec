"""A plan's YAML text becomes a plan, or all that is wrong with it is named."""

from __future__ import annotations

from pydantic import ValidationError

from plans.load.canonical import SCHEMA, digest, upcast
from plans.load.document import Document, compose
from plans.load.error import PlanError, Problem
from plans.load.explain import explain
from plans.load.references import check_references
from plans.model import Plan


def read(text: str, name: str) -> tuple[Plan, Document]:
    """Read a plan and keep the document, which knows the line of every statement.

    Args:
        text: the YAML text.
        name: what messages call the file.

    Raises:
        PlanError: with every problem found.
    """
    document = compose(text, name)
    if not isinstance(document.data, dict):
        raise PlanError(name, [Problem(line=1, where="", found="不是映射", expected="以 id、schema、title 开头的映射")])
    problems = list(document.problems)
    document.data = upcast(document.data)
    if not isinstance(schema := document.data.get("schema"), int) or schema != SCHEMA:
        actual = f"schema {schema}" if "schema" in document.data else "没有 schema"
        raise PlanError(
            name,
            [*problems, Problem(line=document.line(("schema",)), where="schema", found=actual,
                                expected=f"本程序认识的版本，至 {SCHEMA}", example=f"schema: {SCHEMA}")],
        )  # fmt: skip
    forbidden = {"hash", "path"} & set(document.data)
    for key in sorted(forbidden):
        line = document.line((key,))
        problems.append(Problem(line=line, where=key, found=f"键 {key}", expected="不写：由程序计算"))
    try:
        plan = Plan.model_validate(document.data)
    except ValidationError as error:
        seen = {problem.where for problem in problems}
        problems.extend(problem for problem in explain(error, document) if problem.where not in seen)
        raise PlanError(name, problems) from error
    problems.extend(check_references(plan, document))
    if problems:
        raise PlanError(name, problems)
    return plan.model_copy(update={"hash": digest(plan), "path": name}), document
