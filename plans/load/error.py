"""What is wrong with a plan file, said so that its author can repair it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One fault of a plan file.

    Attributes:
        line: counted from 1.
        where: the path to the place, such as ``obligations[2].clock``.
        found, expected: in Chinese, for the author.
        example: a piece of YAML that would be right, or empty.
    """

    line: int
    where: str
    found: str
    expected: str
    example: str = ""

    def __str__(self) -> str:
        text = f"第{self.line}行 {self.where or '文件'}：{self.found}；应为{self.expected}"
        return f"{text}，例如 {self.example}" if self.example else text


class PlanError(ValueError):
    """A plan file that cannot be used; carries every problem found, in the order of the file."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        lines = "\n".join(f"{file}: {problem}" for problem in self.problems)
        super().__init__(lines)

    @property
    def line(self) -> int:
        """Line of the first problem."""
        return self.problems[0].line

    @property
    def found(self) -> str:
        """What stands there."""
        return self.problems[0].found

    @property
    def expected(self) -> str:
        """What should stand there."""
        return self.problems[0].expected

    @property
    def example(self) -> str:
        """A piece of YAML that would be right."""
        return self.problems[0].example
