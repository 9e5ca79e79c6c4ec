"""The revisions of what buttons of an incident act on: those that cut across the topics, and how they are made."""

from __future__ import annotations

from collections.abc import Callable

from plans.core.registry import revises
from plans.core.revisions import last_change
from plans.incident.figures import effective
from plans.incident.state import KIND, OPEN_STATES, Incident

STANDS_ON = ("course", "response", "plan", "scene", "determination", "proposal", "facts")
"""What a decision about the level or the end rests on."""


def statements(incident: Incident) -> dict[str, object]:
    """Return what is said of each fact, and what is held to be known, to be compared with what it is afterwards."""
    statements: dict[str, object] = {
        f"said:{fact}": tuple((claim.source, claim.value, claim.confirmed) for claim in claims)
        for fact, claims in incident.claims.items()
    }
    return statements | {"said:deaths?": incident.death_unconfirmed, "facts": effective(incident)}


def running(*aspects: str) -> Callable[[Incident, str], int | None]:
    """The last change of these aspects (``{}`` stands for what is named) while the incident is open."""

    def revision(incident: Incident, of: str) -> int | None:
        if incident.state not in OPEN_STATES:
            return None
        return last_change(incident, "course", "plan", *(aspect.format(of) for aspect in aspects))

    return revision


def standing(incident: Incident, of: str) -> int | None:
    """Return when what a decision rests on last changed."""
    return running(*STANDS_ON)(incident, of)


def revision(name: str, *aspects: str) -> None:
    """Register what is settled with the incident, and changed with these aspects."""
    revises(KIND, name)(running(*aspects))


@revises(KIND, "incident")
def _none(incident: Incident, of: str) -> int | None:
    """For what only reads, or leads on to a preview."""
    return 0


@revises(KIND, "record")
def _always(incident: Incident, of: str) -> int | None:
    """For what reads the record: also of a case that is closed."""
    return 0


revises(KIND, "standing")(standing)
revision("report", *STANDS_ON, "words")
