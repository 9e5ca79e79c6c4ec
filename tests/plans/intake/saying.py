"""How the tests of intake write down what a text says of people: `dead=1 hurt=5.. ill=3+`."""

from datetime import datetime

from plans.intake import SHANGHAI, Found, read

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
