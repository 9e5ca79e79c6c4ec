"""Warnings in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.web.api.models.base import CaseNamed, Model, Name, Page, Said


class NewWarning(Model):
    """A warning as a text. As a CAP file it is brought as that."""

    text: Said
    plan: Name | None = None


class WarningQuery(Model):
    """Under which plan a CAP file falls, where the token is for several."""

    plan: Name | None = None


class BroughtWarning(CaseNamed):
    """The warning that a message became; ``waits``: nobody has decided about it yet."""

    state: str
    waits: bool


class Brought(Model):
    """What became of a warning that was brought."""

    id: str
    state: Literal["kept", "recorded", "refused"]
    received_at: datetime
    warnings: list[BroughtWarning]
    detail: str | None


class WarningPage(Page):
    """Which warnings, and where they begin. ``open``: only those that wait or are in force."""

    open: bool = False


class WarningDetails(BroughtWarning):
    """A warning. ``text`` is told once it is in force; before that nobody has decided about it."""

    hazard: str | None
    colour: str | None
    level: str | None
    issuer: str | None
    starts: datetime | None
    ends: datetime | None
    areas: list[str]
    text: str | None
    opened_at: datetime
    version: int


class Warnings(Model):
    """A page of warnings."""

    items: list[WarningDetails]
    next: str | None
