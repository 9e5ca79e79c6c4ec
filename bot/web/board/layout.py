"""Laying page data out as HTML: templates of this package, everything escaped, no script or style within a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.clock import SHANGHAI
from bot.texts import pages as texts

HERE = Path(__file__).parent
STATIC = HERE / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

DAY = range(7, 19)
"""Hours of Beijing's time in which a wall is light."""


def milliseconds(moment: datetime) -> int:
    """Return a moment as browsers count."""
    return round(moment.timestamp() * 1000)


def light(now: datetime) -> str:
    """Return whether a wall is to be bright or dark: it hangs in a room where people sleep in turns."""
    return "day" if now.astimezone(SHANGHAI).hour in DAY else "night"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters["ms"] = milliseconds
    environment.globals["t"] = texts
    script_words = texts.WORDS_OF_SCRIPT | {f"stuck_{key}": why for key, why in texts.STUCK_WHY.items()}
    environment.globals["words"] = json.dumps(script_words, ensure_ascii=False)
    environment.globals["version"] = version()
    return environment


def render(template: str, **data: Any) -> str:
    """Return a page, or a piece of one."""
    return _environment().get_template(template).render(**data)


@cache
def assets() -> Mapping[str, tuple[bytes, str]]:
    """Return content and type of each file that pages ask for, by its name."""
    files = sorted(path for path in STATIC.iterdir() if path.suffix in TYPES)
    return {path.name: (path.read_bytes(), TYPES[path.suffix]) for path in files}


@cache
def version() -> str:
    """Return what tells these files from those of another release: a page of that one loads itself anew."""
    digest = hashlib.sha256()
    for name, (content, _) in assets().items():
        digest.update(name.encode() + content)
    for path in sorted((HERE / "templates").iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
