"""The ``TOCSIN_*`` settings as the environment and ``.env`` give them: cleaned of what editors leave, and all known.

A value that ends in a carriage return (a file from Windows read by docker or systemd), stands in quotes or is followed
by blanks is meant without them. A name that nobody knows is a slip of the pen: a start with it would silently go on
with a default, perhaps with another database.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

PREFIX = "TOCSIN_"
FILE = Path(".env")

BESIDE = frozenset({"home", "traceback"})
"""Names that are no settings of the program: where the command line keeps texts, whether it shows tracebacks."""


EXACT = frozenset({"webhook_secret", "voice_secret"})
"""Of a secret that somebody chose only the end of the line is taken away: a blank in it is refused, not mended."""


class BadSurroundings(Exception):
    """They cannot be understood; the message is for the person who made them."""


def settings_of_environment(names_of_settings: Iterable[str], file: Path | None = None) -> dict[str, str]:
    """Return the settings that are given, by their names without prefix, in lower case; the environment comes first.

    Args:
        names_of_settings: those that there are.
        file: instead of ``.env`` in the working folder.

    Raises:
        BadSurroundings: an unknown name, a value with a line break inside, a file that is no text.
    """
    settings = {**_own(_read(file or FILE)), **_own(os.environ)}
    names = sorted({*names_of_settings, *BESIDE})
    problems = [_unknown(name, names) for name in sorted(settings) if name not in names]
    values = {
        name: value.rstrip("\r\n") if name in EXACT else _clean(value)
        for name, value in settings.items()
        if name in names and name not in BESIDE
    }
    problems += [
        f"设置 {PREFIX}{name.upper()} 的值里有换行或控制字符，应在一行之内"
        for name, value in sorted(values.items())
        if not value.isprintable()
    ]
    if problems:
        raise BadSurroundings("；".join(problems))
    return values


def _own(all_of_them: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name[len(PREFIX) :].lower(): value or ""
        for name, value in all_of_them.items()
        if name.upper().startswith(PREFIX)
    }


def _clean(value: str) -> str:
    bare = value.strip().strip("\ufeff\u200b").strip()
    if len(bare) >= 2 and bare[0] == bare[-1] and bare[0] in "\"'":
        bare = bare[1:-1].strip()  # docker's --env-file takes quotes for part of the value
    return bare


def _unknown(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    starts = [other for other in names if other.startswith(name) or name.startswith(other)]
    meant = near[0] if near else starts[0] if starts else ""
    question = f"，是不是 {PREFIX}{meant.upper()}？" if meant else "；"
    return f"没有 {PREFIX}{name.upper()} 这个设置{question}全部设置见 deploy/env.example"


def _read(file: Path) -> dict[str, str | None]:
    """Return the lines of a settings file, in UTF-8 or, where a Chinese editor saved it, in its own charset."""
    from dotenv import dotenv_values

    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise BadSurroundings(f"读不了设置文件 {file.absolute()}（{problem.strerror}）；请核对它的权限") from None
    for charset in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BadSurroundings(f"设置文件 {file.absolute()} 不是文字；请另存为 UTF-8")
    return dict(dotenv_values(stream=io.StringIO(text.replace("\r\n", "\n"))))


PROXIES = ("all_proxy", "https_proxy", "http_proxy")
_SCHEMES = ("http", "https", "socks5", "socks5h")


def tidy_proxies() -> None:
    """Make the environment's proxies such as the HTTP library reads them: ``socks://`` of desktops is SOCKS 5.

    Raises:
        BadSurroundings: one is of a kind that is not spoken here.
    """
    for name in [name for name in os.environ if name.lower() in (*PROXIES, "no_proxy")]:
        value = _clean(os.environ[name])
        scheme, mark, rest = value.partition("://")
        if mark and scheme.lower() == "socks":
            value = f"socks5h://{rest}"
        elif mark and name.lower() in PROXIES and scheme.lower() not in _SCHEMES:
            raise BadSurroundings(
                f"代理 {name} 的 {scheme[:20]}:// 用不了，应为 {'、'.join(_SCHEMES)} 之一，例如 socks5://127.0.0.1:1080"
            )
        os.environ[name] = value
