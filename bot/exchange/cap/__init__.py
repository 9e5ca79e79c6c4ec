"""Warnings as files of the Common Alerting Protocol (OASIS CAP 1.2), out and in; docs/cap.md says how ours are filled.

``written`` gives a file that is valid against the schema, ``taken_in`` reads one that came from outside, ``faults``
names all that is wrong with one. :mod:`bot.exchange.cap.profile` is between a message and a warning of a Chinese plan.
"""

from bot.exchange.cap.model import Alert, Area, CapFile, Info, Pair, Place, Reference, Resource
from bot.exchange.cap.reading import faults, taken_in
from bot.exchange.cap.tree import MOST_BYTES, BadCap
from bot.exchange.cap.writing import written

__all__ = [
    "MOST_BYTES",
    "Alert",
    "Area",
    "BadCap",
    "CapFile",
    "Info",
    "Pair",
    "Place",
    "Reference",
    "Resource",
    "faults",
    "taken_in",
    "written",
]
