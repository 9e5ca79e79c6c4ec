"""Plain words and whole numbers are taken as they stand, without the library that can read anything.

The command-line library has every value checked by pydantic, which takes longer to load than a question takes to
answer. What it would give back unchanged does not go there; anything else, and all that is wrong, still does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")


def take_plainly(parameters: list[Any]) -> list[Any]:
    """Return parameters of a command that take a plain value as it stands."""
    for parameter in parameters:
        reader = getattr(parameter, "get_runtime_param", None)
        if reader is not None and not isinstance(reader, _Reader):
            parameter.get_runtime_param = _Reader(parameter.type_descriptor, reader)
    return parameters


class _Reader:
    """Reads the values of one parameter; ``otherwise`` gives the library's own reader."""

    def __init__(self, kind: Any, otherwise: Callable[[], Any]) -> None:
        self._kind, self._otherwise = kind, otherwise

    def __call__(self) -> _Reader:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value as the command gets it."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        annotation, one = self._kind.annotation, param.nargs == 1 and not param.multiple
        if one and annotation is str and type(value) is str:
            return value
        if one and annotation is int and isinstance(value, int | str) and _WHOLE.match(str(value)):
            least, most = self._kind.parameter_info.min, self._kind.parameter_info.max
            if (least is None or int(value) >= least) and (most is None or int(value) <= most):
                return int(value)
        return self._otherwise().coerce(value, param=param, ctx=ctx)
