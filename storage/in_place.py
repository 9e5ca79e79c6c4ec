"""Statements executed on SQLite where they are, from their templates: no thread, no greenlet, nothing is waited for.

Nothing here can be cancelled in the middle, since nothing is awaited. What may take long or has to wait is left to
SQLAlchemy, which goes to the connection's thread and knows what to do with a connection that was left in the middle.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.faults import translate
from storage.sqlite_connection import MANY, Connection
from storage.templates import Template, template_of

T = TypeVar("T")
Values = dict[str, Any]


@dataclass(slots=True)
class Found:
    """What came of a statement.

    Attributes:
        columns: their names. rows: their values in each row. count: how many rows were changed.
    """

    template: Template
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    count: int

    def named(self) -> list[Any]:
        """Return the rows with their columns as attributes."""
        return self.template.named(self.columns, self.rows)


def driver_of(connection: AsyncConnection) -> Connection | None:
    """Return SQLite's connection under an open one of SQLAlchemy's."""
    driver = connection.sync_connection.connection.driver_connection if connection.sync_connection is not None else None
    return driver if isinstance(driver, Connection) else None


def execute_here(
    driver: Connection, dialect: Dialect, statement: Executable, parameters: Values | Sequence[Values] | None
) -> Found | None:
    """Execute a statement, for each of several parameters; None where that is not for here, and nothing was done.

    Raises:
        storage.errors.StorageError, sqlalchemy.exc.DBAPIError: as where SQLAlchemy executes it.
    """
    template = template_of(statement, dialect)
    many = parameters is not None and not isinstance(parameters, dict)
    rows = [parameters or {}] if parameters is None or isinstance(parameters, dict) else parameters
    if template is None or not 0 < len(rows) < MANY:
        return None
    try:
        form = template.form(rows[0])
        filled = [form.fill(row) for row in rows]
    except Exception:  # what is wrong with the parameters SQLAlchemy says
        return None
    if not driver.stays(form.sql):
        if many and template.returns:  # of which SQLAlchemy makes one statement with all rows
            driver.passed_by(form.sql)
        return None
    try:
        if many and not template.returns:
            return Found(template, (), (), driver.execute_many_here(form.sql, filled))
        columns, found, count = driver.execute_here(form.sql, filled)
    except sqlite3.Error as error:
        known = DBAPIError.instance(form.sql, filled if many else filled[0], error, sqlite3.Error, ismulti=many)
        raise (translate(known) or known) from error
    return Found(template, columns, template.meant(found), count)


_makers: dict[tuple[type[Any], tuple[str, ...]], Callable[[Sequence[Any]], Any]] = {}


def maker(kind: type[T], columns: tuple[str, ...]) -> Callable[[Sequence[Any]], T]:
    """Return what makes a ``kind`` of a row's values."""
    make = _makers.get((kind, columns))
    if make is None:
        make = _makers[kind, columns] = _maker(kind, columns)
    return make


def _maker(kind: type[T], columns: tuple[str, ...]) -> Callable[[Sequence[Any]], T]:
    """Return it.

    A plain dataclass all of whose fields are there is filled as it is: its own ``__init__`` would set each field by
    itself, past what keeps it from being changed.
    """
    if is_dataclass(kind) and {field.name for field in fields(kind)} == set(columns) and not _particular(kind):
        new: Callable[[type[T]], T] = kind.__new__
        inside = attrgetter("__dict__")

        def fill(row: Sequence[Any]) -> T:
            one = new(kind)
            inside(one).update(zip(columns, row, strict=True))
            return one

        return fill
    return lambda row: kind(**dict(zip(columns, row, strict=True)))


def _particular(kind: type) -> bool:
    return hasattr(kind, "__post_init__") or "__slots__" in vars(kind)
