"""Named settings of the local server: what Telegram does not promise, each with the pessimistic reading as default.

Each line is also a line of the checklist for a real token. Sources: Bot API FAQ and users' reports (tdlib/td#2592,
tdlib/td#3348, tdesktop#27265, telegram-sms#11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How the local Telegram behaves where the real one is undocumented or only reported."""

    callback_ttl: timedelta = timedelta(seconds=15)
    """How long a press can be answered."""
    mentions_notified: int = 5
    """Only this many mentions of one message notify anybody."""
    privacy_passes_mentions: bool = False
    """Whether a bot in privacy mode gets messages that merely mention it."""
    phone_needs_plus: bool = True
    """Whether only numbers with +country code become tappable."""
    general_topic_takes_id: bool = False
    """Whether ``message_thread_id=1`` may be given when sending to the General topic."""
    pin_rings_muted: bool = True
    """Whether a loud pin rings in a muted group."""
    updates_kept: timedelta = timedelta(hours=24)
    deletable_for: timedelta = timedelta(hours=48)
    text_limit: int = 4096
    """Counted in UTF-16 units, the stricter of the two readings."""
    caption_limit: int = 1024
    entities_limit: int = 100
    buttons_limit: int = 100
    buttons_per_row: int = 8
    download_limit: int = 20 * 2**20
    upload_limit: int = 50 * 2**20
    photo_limit: int = 10 * 2**20
