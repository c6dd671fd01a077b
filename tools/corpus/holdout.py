"""Which rows of the lexicons are held out, and which of those only the test part may use.

Open lists are those that can never be whole: words of people's names, people, cities, regions, facilities,
organisations, businesses, events. A third of their rows is withheld while the corpus trains or measures anything, so
that a name known from a list tells no more than it does in life.
"""

import hashlib
import sys
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lexicons"))

from arabic import program_fold  # noqa: E402


@lru_cache(maxsize=None)
def digest(name):
    """SHA-256 of the folded name. The fold is the program's: a hamza without a seat stays, a hyphen is a space."""
    return hashlib.sha256(program_fold(name).encode("utf-8")).digest()


def held_out(name):
    """Whether the row of an open list is withheld: the first byte of the digest divides by three."""
    return digest(name)[0] % 3 == 0


def reserved(name):
    """Whether a held-out row may be drawn for the test part alone: the second byte is even as well."""
    found = digest(name)
    return found[0] % 3 == 0 and found[1] % 2 == 0
