"""What may be set from outside, each with what is said of a wrong one: ``Settings``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.database_urls import DATABASE, evidence_beside, meant
from bot.district_admins import district_admins_of
from bot.notifier.addresses import hosts_of
from bot.notifier.webhook import Allowed, allowed_of
from bot.proxies import LOOPBACK, Network, networks_of
from bot.surroundings import EXACT
from bot.urls import on_this_machine, origin, server, split

TELEGRAM = "https://api.telegram.org"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # listened at, and no address to go to
LISTEN_WEBHOOK = "127.0.0.1:8080"

SECRETS = {
    "token": (r"\d{3,15}:[A-Za-z0-9_-]{20,64}", "应为 @BotFather 给出的口令，形如 123456789:AA…"),
    # Telegram allows 1 to 256 of these characters, and a short one can be guessed.
    "webhook_secret": (r"[A-Za-z0-9_-]{16,256}", "应为16到256个字符，只用字母、数字、_ 和 -；不写则由程序生成"),
    "reader_key": (r"[\x21-\x7e]{1,4096}", "应为一行可见的ASCII字符，不含空格"),
    "voice_secret": (
        r"[\x21-\x7e]{24,256}",
        "应为24到256个可见的ASCII字符，不含空格，例如 openssl rand -hex 32 的结果",
    ),
}
"""What each secret may be, and what is said of another."""

BOUNDS: dict[str, tuple[int, int, str]] = {
    "long_poll": (0, 50, "应为0到50之间的秒数"),
    "send_rate": (1, 1000, "应为1到1000之间的整数"),
    "group_rate": (1, 1000, "应为1到1000之间的整数"),
    "chat_gap": (0, 60, "应为0到60之间的秒数，例如 1 或 0.5"),
    "keep_days": (0, 36500, "应为天数，0表示一直保留"),
    "lease_seconds": (5, 300, "应为5到300之间的秒数"),
}
"""The least and the most of each number, and what is said of another."""


class Settings(BaseSettings):
    """What the program is told from outside.

    Attributes:
        token: of the bot, from @BotFather.
        database_url: SQLAlchemy URL; a plain path is an SQLite file.
        api_url: Telegram, or a Bot API server on loopback.
        mode: polling or webhook.
        admins: Telegram ids of the first administrators, of every jurisdiction. district_admins: of single ones.
        long_poll: seconds that getUpdates may wait.
        send_rate: calls a second in all chats; more than 30 is for those who pay Telegram for it (paid broadcast).
        chat_gap: seconds between two calls to one chat.
        group_rate: calls a minute to one group; Telegram allows 20, a Bot API server in the tests whatever it is told.
        log_level: of the program's own log.
        listen: ``host:port`` of webhook, health, metrics, board and reports of calls; empty = no port, where one is
            needed 127.0.0.1:8080.
        webhook_url: the public address in front of it, without the path.
        webhook_secret: what Telegram sends with every update; derived from the token when left out.
        heartbeat_url: fetched every minute while all is well; a secret, since such addresses carry a key.
        heartbeat_file: touched every minute while all is well.
        keep_days: for how long raw updates and texts of messages are kept, 0 = for ever.
        checkpoint_folder: where the daily checkpoint of the journal is written.
        checkpoint_chat: Telegram id of the chat that is told the daily checkpoint.
        evidence_folder: where files of reports are kept; a folder beside an SQLite database when left out.
        policy_file: the office's own pauses and ladders (本地规定), as ``tocsin simulate --policy`` shows them; YAML.
        calendar_file: days of work and rest that the office itself settles, beside the notices of the State Council.
        lease_seconds: after this a process on PostgreSQL that does not answer is replaced.
        api_plain: whether an API server on another machine may be spoken to without encryption.
        channel_hosts: hosts of other ways (mail, SMS gateways) that are not on the public network.
        push_hosts: where other systems may be told (webhooks) beside the public network, and otherwise than by https.
        trusted_proxies: networks of the proxies that are believed when they say for whom they speak (X-Forwarded-For);
            left out: those on this machine.
        board_url: the address under which browsers reach wall and board, without the path; empty = there is neither.
        reader_url: of a server that speaks the OpenAI chat completions form and reads messages a second time; empty =
            there is none. Over the public network only encrypted.
        soffice: path of LibreOffice, which makes PDFs of papers; empty = it is looked for, ``off`` = none is made.
        reader_model: which model it is asked for. reader_key: what lets us ask, a secret.
        voice_url: of the gateway that makes calls by telephone; empty = there is none. Over the public network only
            encrypted. voice_secret: signs what goes there and what it reports.
        voice_callback: the address at which the gateway reaches us, without the path; left out: ``listen``.
    """

    model_config = SettingsConfigDict(env_prefix="TOCSIN_", env_file=".env", env_file_encoding="utf-8", extra="ignore")

    token: SecretStr
    database_url: str = DATABASE
    api_url: str = TELEGRAM
    mode: Literal["polling", "webhook"] = "polling"
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    district_admins: Annotated[Mapping[str, frozenset[int]], NoDecode] = {}
    long_poll: int = 25
    send_rate: int = 30
    chat_gap: float = 1.0
    group_rate: int = 20
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    listen: str = ""
    webhook_url: str = ""
    webhook_secret: SecretStr | None = None
    heartbeat_url: SecretStr | None = None
    heartbeat_file: Path | None = None
    keep_days: int = 90
    checkpoint_folder: Path | None = None
    checkpoint_chat: int | None = None
    evidence_folder: Path | None = None
    policy_file: Path | None = None
    calendar_file: Path | None = None
    lease_seconds: int = 15
    api_plain: bool = False
    channel_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    push_hosts: Annotated[Allowed, NoDecode] = Allowed()
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = LOOPBACK
    board_url: str = ""
    soffice: str = ""
    reader_url: str = ""
    reader_model: str = ""
    reader_key: SecretStr | None = None
    voice_url: str = ""
    voice_secret: SecretStr | None = None
    voice_callback: str = ""

    @field_validator("*", mode="before")
    @classmethod
    def _bare(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        return value.rstrip("\r\n") if info.field_name in EXACT else value.strip()

    @field_validator(*SECRETS)
    @classmethod
    def _secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        shape, sentence = SECRETS[info.field_name or ""]
        if value is not None and not re.fullmatch(shape, value.get_secret_value()):
            raise ValueError(sentence)
        return value

    @field_validator(*BOUNDS)
    @classmethod
    def _number(cls, value: float, info: ValidationInfo) -> float:
        least, most, sentence = BOUNDS[info.field_name or ""]
        if not least <= value <= most:
            raise ValueError(sentence)
        return value

    @field_validator("api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if split(value) is None:
            raise ValueError("应为网址，例如 http://127.0.0.1:8081")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return meant(value)

    @field_validator("admins", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part for part in re.split(r"[,，;；\s]+", value) if part]
            if not all(part.isdecimal() for part in parts):
                beside = "；只管一个辖区的写在 TOCSIN_DISTRICT_ADMINS" if "=" in value or "＝" in value else ""
                raise ValueError(f"应为Telegram数字编号，多个以逗号分开，例如 10001,10002{beside}")
            return frozenset(int(part) for part in parts)
        return value

    @field_validator("district_admins", mode="before")
    @classmethod
    def _district_admins(cls, value: object) -> object:
        return district_admins_of(value) if isinstance(value, str) else value

    @field_validator("channel_hosts", mode="before")
    @classmethod
    def _channel_hosts(cls, value: object) -> object:
        return hosts_of(value) if isinstance(value, str) else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _trusted_proxies(cls, value: object) -> object:
        return networks_of(value) if isinstance(value, str) else value

    @field_validator("push_hosts", mode="before")
    @classmethod
    def _push_hosts(cls, value: object) -> object:
        return allowed_of(value) if isinstance(value, str) else value

    @field_validator(
        "webhook_secret",
        "heartbeat_url",
        "heartbeat_file",
        "checkpoint_folder",
        "checkpoint_chat",
        "evidence_folder",
        "policy_file",
        "calendar_file",
        "reader_key",
        "voice_secret",
        mode="before",
    )
    @classmethod
    def _left_empty(cls, value: object) -> object:
        return None if value == "" else value  # a line of the env file that nobody filled in

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and (not host or not port.isdecimal() or not int(port) <= 65535):
            raise ValueError("应为 地址:端口，例如 127.0.0.1:8080")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook_url(cls, value: str) -> str:
        parts = split(value)
        if value and (parts is None or parts.query or parts.fragment):
            raise ValueError("应为网址，例如 https://bot.example.org")
        if parts is not None and parts.scheme == "http" and not on_this_machine(parts.hostname or ""):
            raise ValueError("Telegram只向https的网址推送，例如 https://bot.example.org")
        return value.rstrip("/")

    @field_validator("board_url")
    @classmethod
    def _board_url(cls, value: str) -> str:
        return origin(
            value,
            shape="应为网址，不带路径，例如 https://board.example.org",
            readable=(
                "大屏和看板的登录凭据会不加密地经过网络：请改用 https://，http:// 只用于本机，如 http://127.0.0.1:8080"
            ),
        )

    @field_validator("heartbeat_url")
    @classmethod
    def _heartbeat_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and split(value.get_secret_value()) is None:
            raise ValueError("应为http或https网址，例如 https://hc.example.org/ping/…")
        return value

    @field_validator("reader_url")
    @classmethod
    def _reader_url(cls, value: str) -> str:
        return server(
            value,
            shape="应为网址，例如 http://127.0.0.1:11434/v1；口令另写 TOCSIN_READER_KEY",
            readable="报告的文字会不加密地经过网络：请改用 https://，http:// 只用于本机和内网的地址",
        )

    @field_validator("voice_url", "voice_callback")
    @classmethod
    def _voice_url(cls, value: str) -> str:
        return server(
            value,
            shape="应为网址，例如 http://127.0.0.1:8090/call；不带口令和参数",
            readable="电话号码会不加密地经过网络：请改用 https://，http:// 只用于本机和内网的地址",
        )

    @model_validator(mode="after")
    def _webhook_needs_an_address(self) -> Self:
        if self.mode == "webhook" and not self.webhook_url:
            raise ValueError("TOCSIN_MODE=webhook 时须写明 TOCSIN_WEBHOOK_URL，例如 https://bot.example.org")
        return self

    @model_validator(mode="after")
    def _a_reader_has_a_model(self) -> Self:
        if self.reader_url and not self.reader_model:
            raise ValueError("写了 TOCSIN_READER_URL 时须写明 TOCSIN_READER_MODEL，例如 qwen3:8b")
        return self

    @model_validator(mode="after")
    def _a_gateway_has_a_secret(self) -> Self:
        if self.voice_url and self.voice_secret is None:
            raise ValueError("写了 TOCSIN_VOICE_URL 时须写明 TOCSIN_VOICE_SECRET，与语音网关的一致")
        return self

    @property
    def voice_reports(self) -> str:
        """Where the telephone gateway reports to."""
        host, port = self.address or ("127.0.0.1", 0)
        near = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
        base = self.voice_callback or f"http://{near}:{port}"
        return f"{base}/voice/callback"

    @property
    def address(self) -> tuple[str, int] | None:
        """Where to listen, None when nothing is served."""
        needed = self.mode == "webhook" or self.board_url or self.voice_url
        host, _, port = (self.listen or (LISTEN_WEBHOOK if needed else "")).rpartition(":")
        return (host.strip("[]"), int(port)) if host else None

    @property
    def evidence(self) -> Path:
        """Where files of reports are kept: as set, else beside the database."""
        return self.evidence_folder or evidence_beside(self.database_url)

    @property
    def readable(self) -> bool:
        """Whether the token would go over a network that others may read."""
        return urlsplit(self.api_url).scheme == "http" and not self.loopback and not self.api_plain

    @property
    def loopback(self) -> bool:
        """Whether the API server is on this machine: only then may the clock be moved."""
        return on_this_machine(urlsplit(self.api_url).hostname or "")
