"""How often Python looks for objects that refer to each other in a ring and are needed by nobody.

The program makes many small objects that live as long as a transaction, and keeps many that live as long as itself
(plans, caches, modules). Python's own rule, a look after every 700 new objects, spends a tenth to a sixth of a busy
hour on walking through what is kept; measured with ``python -m tests.bench --only B15``.
"""

from __future__ import annotations

import gc

NEW_OBJECTS = 20_000
"""After so many more objects made than released the young ones are looked at; a few megabytes at most."""

YOUNG_LOOKS, MIDDLE_LOOKS = 20, 50
"""So many looks at one generation before the next older one is looked at too."""


def collect_seldom() -> None:
    """Look seldom, and never again at what there is already: called once, when everything is imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNG_LOOKS, MIDDLE_LOOKS)
