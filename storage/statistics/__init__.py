"""What is counted: a row for each thing of each incident and warning, brought up to the logs by rounds and questions.

No transaction that changes a case writes here. A case is behind while its log is longer than its rows know, or they
were made by other definitions. Rows that are alike name one kind by its number, so that a million of them are added up
in a moment. What a figure is stands in ``plans.statistics``; here the database adds it up.
"""

from __future__ import annotations

from storage.statistics.counted import Behind, as_stored
from storage.statistics.figures import Figures
from storage.statistics.sums import Sums

__all__ = ["Behind", "Counting", "as_stored"]


class Counting(Sums, Figures):
    """The rows, and what they come to."""
