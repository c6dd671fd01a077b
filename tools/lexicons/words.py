"""How often words stand in open text, and how often beside a name."""

import re
from collections import Counter

from arabic import clean, fold

# The texts that may be counted, with what each is worth: laws repeat themselves and name nobody.
TEXTS = {"comparable-wiki": 1.0, "commonvoice-sentences": 1.0, "saudi-laws": 0.3}

_WORD = re.compile(r"[\u0621-\u063a\u0640-\u065f\u0670]{2,}")


class WordStatistics:
    """Counts of folded words, of how they are spelled, and of pairs of neighbours, over the texts."""

    def __init__(self, texts):
        """`texts`: name → lines. Pairs do not reach over anything but one space."""
        self.counts = Counter()
        self.pairs = Counter()
        self.distinct = {}
        self.spellings = {}
        keys = {}
        for name, lines in texts.items():
            words, pairs, spelled = Counter(), Counter(), Counter()
            for line in lines:
                before, end = None, -2
                for match in _WORD.finditer(line):
                    word = match.group()
                    key = keys.get(word)
                    if key is None:
                        key = keys[word] = fold(clean(word))
                    spelled[word] += 1
                    words[key] += 1
                    if before is not None and match.start() == end + 1 and line[end] == " ":
                        pairs[before, key] += 1
                    before, end = key, match.end()
            self.distinct[name] = len(words)
            weight = TEXTS.get(name, 1.0)
            for key, count in words.items():
                self.counts[key] += count * weight
            for word, count in spelled.items():
                forms = self.spellings.setdefault(keys[word], Counter())
                forms[clean(word)] += count * weight
            for pair, count in pairs.items():
                self.pairs[pair] += count * weight

    @classmethod
    def read(cls, shared, tally):
        """Over the shared texts that may be counted."""
        found = cls({name: shared.text(name).splitlines() for name in TEXTS})
        for name, count in found.distinct.items():
            tally.take(name, count)
        return found

    def beside(self, names):
        """Word → the share of its occurrences that stand beside one of `names`, other than itself."""
        beside = Counter()
        for (first, second), count in self.pairs.items():
            if first != second:
                if second in names:
                    beside[first] += count
                if first in names:
                    beside[second] += count
        # A word between two names was counted twice.
        return {word: min(1.0, count / self.counts[word]) for word, count in beside.items()}
