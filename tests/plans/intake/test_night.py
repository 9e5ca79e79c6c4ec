"""Updates as a teacher, a doctor, a village head, a fireman and a dispatcher type them at night: `night.tsv`."""

from pathlib import Path

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

TABLE = Path(__file__).with_name("night.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def shown_as(found):
    """A figure as the table writes it."""
    if found.unknown:
        return "?"
    return f"{found.at_least}+" if found.value is None and found.at_most is None else str(found.value)


def test_what_is_typed_at_night_is_taken_in():
    for who, kind, known, text, then in ROWS:
        before = {SHORT[name]: int(number) for name, number in (item.split("=") for item in known.split())}
        now = after(read(text, now=NOW), before, kind)
        shown = {name: found for name, found in now.items() if (found.at_least, found.at_most) != (None, None)}
        wanted = dict(item.lstrip("~").split("=") for item in then.split())
        assert {SHORT[name] for name in wanted} == shown.keys(), (who, text, shown)
        for name, number in wanted.items():
            found = shown[SHORT[name]]
            if f"~{name}=" in then:
                assert found.asks and number in [str(option.value) for option in found.readings], (
                    who,
                    text,
                    name,
                    found,
                )
            else:
                assert shown_as(found) == number, (who, text, name, found)
            assert found.asks or found.at_most is None or found.at_most >= before.get(SHORT[name], 0), (who, text, name)
