"""One GET to a place outside that notices when no more come."""

from __future__ import annotations

SECONDS = 10
USER_AGENT = "tocsin"


class NotHeard(Exception):
    """The place outside did not take it; the text says why, without the address, which is a secret."""


async def ping(url: str) -> None:
    """Fetch an address and forget the answer.

    Raises:
        NotHeard: it did not answer with 2xx within ten seconds.
    """
    import aiohttp  # a tenth of a second that a start without a heartbeat need not pay

    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session,
            session.get(url, headers={"User-Agent": USER_AGENT}, max_redirects=3) as answer,
        ):
            if answer.status // 100 != 2:
                raise NotHeard(f"status {answer.status}")
    except (aiohttp.ClientError, TimeoutError, ValueError) as problem:
        raise NotHeard(type(problem).__name__) from None
