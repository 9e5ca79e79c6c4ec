"""Statements that are executed again and again, as SQLite takes them: compiled once, afterwards only filled in.

SQLAlchemy asks everything of a statement anew each time it is executed, which takes several times as long as SQLite
takes to do it. What a statement is, SQLAlchemy says here too; only the asking is done once.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Dialect, Executable
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import ReturnsRows, SelectBase
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import TypeEngine

Process = Callable[[Any], Any] | None
Values = Mapping[str, Any]

_WORD = re.compile(r"[a-z_A-Z{}]*")
"""What stands in a statement's text instead of among its parameters: names of states, no person's."""

MOST_FORMS = 100
"""Of one statement: lists of parameters have many lengths."""


class Form:
    """A statement for certain parameters: with these columns, with lists of these lengths.

    Attributes:
        sql: its text.
    """

    def __init__(self, statement: Executable, dialect: Dialect, values: Values) -> None:
        changes = isinstance(statement, UpdateBase)
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(values) if changes else None)  # type: ignore[attr-defined]
        state = compiled.construct_expanded_state(dict(values))
        elements = {
            name: (whole, number)
            for whole, names in state.parameter_expansion.items()
            for number, name in enumerate(names)
        }
        self.sql: str = state.statement
        self._slots: list[tuple[str, int, Process, Any]] = []
        for name in state.positiontup or ():
            whole, number = elements.get(name, (name, -1))
            process = compiled.binds[whole].type.dialect_impl(dialect).bind_processor(dialect)
            if whole in values:
                self._slots.append((whole, number, process, None))
            else:  # part of the statement itself
                value = state.parameters[name]
                self._slots.append(("", 0, None, process(value) if process is not None else value))
        self._write_words()

    def _write_words(self) -> None:
        """Put the statement's own words into its text.

        Where an index is of rows with a certain word, SQLite looks whether the word asked for is that one. Asked by a
        parameter it reads the whole statement anew each time, which takes several times as long as executing it.
        """
        parts = self.sql.split("?")
        if len(parts) != len(self._slots) + 1:
            return  # a question mark stands in a word already
        slots, text = [], parts[0]
        for slot, part in zip(self._slots, parts[1:], strict=True):
            name, _, _, constant = slot
            if name or not isinstance(constant, str) or not _WORD.fullmatch(constant):
                slots.append(slot)
                text += "?" + part
            else:
                text += f"'{constant}'{part}"
        self.sql, self._slots = text, slots

    def fill(self, values: Values) -> list[Any]:
        """Return the parameters in the order of the text."""
        filled = []
        for name, number, process, constant in self._slots:
            if name:
                value = values[name]
                if number >= 0:
                    value = value[number]
                filled.append(value if process is None else process(value))
            else:
                filled.append(constant)
        return filled


class Template:
    """A statement with names where values will be.

    Attributes:
        returns: whether rows come of it.
    """

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        self._dialect = dialect
        self._statement = statement
        self._forms: dict[tuple[tuple[str, int], ...], Form] = {}
        types = _types(statement)
        self.returns = bool(types)
        self._processes = [type_.dialect_impl(dialect).result_processor(dialect, None) for type_ in types]
        self._row: Any = None
        self._lists = frozenset(_lists(statement))

    def form(self, values: Values) -> Form:
        """Return the statement's form for such parameters."""
        lists = self._lists
        key = tuple([(name, len(values[name]) if name in lists else 0) for name in values])
        form = self._forms.get(key)
        if form is None:
            if len(self._forms) >= MOST_FORMS:
                self._forms.clear()
            form = self._forms[key] = Form(self._statement, self._dialect, values)
        return form

    def meant(self, rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """Return rows as they are meant: moments, truth values, JSON."""
        if not rows or not any(self._processes):
            return rows
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for place, process in enumerate(self._processes):
            if process is not None:
                columns[place] = [process(value) for value in columns[place]]
        return list(zip(*columns, strict=True))

    def named(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Any]:
        """Return rows with their columns' names, as SQLAlchemy's have them."""
        if not rows:
            return []
        if self._row is None:
            named: Any = namedtuple  # its fields are known when it runs
            self._row = type("Row", (named("Row", columns, rename=True),), {"_mapping": property(_mapping)})
        return list(map(self._row._make, rows))


_templates: WeakKeyDictionary[Executable, Template | None] = WeakKeyDictionary()


def template_of(statement: Executable, dialect: Dialect) -> Template | None:
    """Return the template of a statement that is executed again; None the first time, and of what has no columns."""
    try:
        known = _templates[statement]
    except KeyError:
        _templates[statement] = None
        return None
    if known is None and isinstance(statement, SelectBase | UpdateBase):
        known = _templates[statement] = Template(statement, dialect)
    return known


def _mapping(row: Any) -> dict[str, Any]:
    """Return a row's values by the names of its columns."""
    mapping: dict[str, Any] = row._asdict()
    return mapping


def _types(statement: Executable) -> list[TypeEngine[Any]]:
    """Return the types of the columns that a statement returns."""
    if not isinstance(statement, ReturnsRows):
        return []
    return [column.type for column in statement.exported_columns]


def _lists(statement: Any) -> Iterator[str]:
    """Yield the names of the parameters that are lists."""
    for part in iterate(statement):
        if isinstance(part, BindParameter) and part.expanding:
            yield part.key
