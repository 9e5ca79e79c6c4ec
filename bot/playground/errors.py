"""What can go wrong in the local Bot API server, by whose fault it is: the bot's, a person's, or ours."""

from __future__ import annotations

from typing import Any


class PlaygroundError(Exception):
    """Root of the errors of the local server."""


class ApiError(PlaygroundError):
    """The bot asked for something that Telegram refuses; becomes the answer of the call.

    Args:
        status: HTTP status and ``error_code``.
        description: as Telegram words it, with its prefix ("Bad Request: …").
        parameters: ``retry_after`` or ``migrate_to_chat_id``.
    """

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the JSON object that Telegram would answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad(text: str, **parameters: int) -> ApiError:
    """Return a 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {text}", **parameters)


def forbidden(text: str) -> ApiError:
    """Return a 403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {text}")


class NotPossible(PlaygroundError):
    """A person tried what the Telegram app would not let him do."""


class Unknown(NotPossible):
    """No such person, chat, message or bot."""


class SchemaBreach(PlaygroundError):
    """The server was about to emit something the Bot API does not know: a bug of ours, never of the bot."""
