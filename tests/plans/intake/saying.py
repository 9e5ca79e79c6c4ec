"""How the tests of intake write down what a text says of people: `dead=1 hurt=5.. ill=3+`."""

from collections.abc import Mapping
from datetime import datetime

from plans.intake import SHANGHAI, After, Found, after, read

NOW = datetime(2026, 3, 2, 12, 6, tzinfo=SHANGHAI)
"""A Monday."""

SHORT = {
    "dead": "deaths",
    "hurt": "injuries",
    "serious": "serious_injuries",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    "endangered": "endangered",
}


def shown(found: Found) -> str:
    if found.unknown:
        return "?"
    if found.value is not None:
        return str(found.value)
    return f"{'' if found.at_least is None else found.at_least}..{'' if found.at_most is None else found.at_most}"


def said(text: str) -> str:
    facts = read(text, now=NOW).facts
    return " ".join(
        f"{word}={shown(facts[fact])}{'+' if facts[fact].mode == 'increment' else ''}"
        for word, fact in SHORT.items()
        if fact in facts
    )


def figures(cell: str) -> dict[str, int]:
    """`dead=2 hurt=3`: fact -> number."""
    return {SHORT[name]: int(number) for name, number in (pair.split("=") for pair in cell.split())}


def carried_on(row: str) -> tuple[Mapping[str, After], dict[str, int]]:
    """`kind|known|text[|then]`: what is known after the text, and what should be: as it was, but for what changes."""
    kind, known, text, *then = row.split("|")
    now = after(read(text, now=NOW), figures(known), kind)
    return now, figures(known) | (figures(then[0]) if then else {})
