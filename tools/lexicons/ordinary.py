"""The most frequent ordinary words: what the unknown word beside a name most likely is."""

import math

# How many forms are listed, and from how many occurrences in ten million on.
SIZE = 40_000
PER = 10_000_000


def word_class(count, most):
    """0 to 9 in steps of one size of logarithm, 9 at `most`."""
    return max(0, round(9 * math.log(max(count, 1)) / math.log(most)))


def rates(statistics, frequencies):
    """Occurrences of each folded word in ten million: the mean over the counted texts and the frequency list."""
    total = sum(statistics.counts.values())
    counted = {word: count / total * PER for word, count in statistics.counts.items()}
    listed = {word: math.exp(score) * PER for word, score in frequencies.folded.items()}
    return {word: (counted.get(word, 0) + listed.get(word, 0)) / 2 for word in counted.keys() | listed.keys()}


def ordinary_words(context):
    """The table: word and class, the most frequent first."""
    counts = rates(context.statistics, context.frequencies)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))[:SIZE]
    most = counts[ranked[0]]
    return {"ordinary_words": [{"word": word, "class": str(word_class(counts[word], most))} for word in ranked]}
