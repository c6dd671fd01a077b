"""What a maker of a table may draw on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Callable

from arabic import Frequencies, fold
from packages import Packages, SharedFiles
from tables import Tally
from words import WordStatistics


@dataclass
class Context:
    """The sources, and what stands already. Makers count their rows in `tally` and may add to `warnings`."""

    packages: Packages
    shared: SharedFiles
    tally: Tally
    frequencies: Frequencies
    stop_words: set
    # The rows of a curated table; none if there is no such table.
    curated: Callable
    # Table → rows of the tables made so far.
    tables: dict
    warnings: list

    def all(self, table):
        """The rows of a table, generated and curated."""
        return self.tables.get(table, []) + self.curated(table)

    def keys(self, table, column="name"):
        """The folded names of a table, generated and curated."""
        return {fold(row[column]) for row in self.all(table)}

    @cached_property
    def statistics(self):
        """Counts of words in open text."""
        return WordStatistics.read(self.shared, self.tally)
