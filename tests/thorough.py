"""How much a run tries: ``make test`` what each change must pass, ``make chaos`` all of it."""

from __future__ import annotations

import os

SEEDS = int(os.environ.get("CHAOS_SEEDS", "1"))
"""How many seeds each test of chance takes; ``make chaos`` takes more."""

THOROUGH = SEEDS > 1
