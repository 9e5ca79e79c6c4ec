"""Names of streams. The kind of a log stands before the colon: ``incident:17`` is a case, ``admin:某县`` is none."""

from __future__ import annotations

from plans.kinds import kinds

INCIDENT, ADMIN, TOKEN = "incident", "admin", "token"


def stream_of(kind: str, id: str) -> str:
    """Return the name of a stream."""
    return f"{kind}:{id}"


def kind_of(stream: str) -> str:
    """Return of what kind a stream's log is."""
    return stream.partition(":")[0]


def id_of(stream: str) -> str:
    """Return a stream's name without its kind."""
    return stream.partition(":")[2]


def admin_log(jurisdiction: str) -> str:
    """Return the stream of what was done in the office of a jurisdiction."""
    return stream_of(ADMIN, jurisdiction)


def token_log(token: str) -> str:
    """Return the stream of what another system asked with a token: each use, and what it was about."""
    return stream_of(TOKEN, token)


def is_case(stream: str) -> bool:
    """Return whether a stream is the log of a case."""
    return kind_of(stream) in {kind.name for kind in kinds()}
