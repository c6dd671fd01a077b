"""The most frequent ordinary words: what the unknown word beside a name most likely is."""

import math

from arabic import fold, is_arabic

# How many forms are listed.
SIZE = 40_000
PER = 10_000_000
PROCLITICS = "وفبلك"


def word_class(count, most):
    """0 to 9 in equal steps of the logarithm, 9 at `most`."""
    return max(0, round(9 * math.log(max(count, 1)) / math.log(most)))


def rates(statistics, frequencies):
    """Occurrences of each folded word in ten million: the mean over the counted texts and the frequency list."""
    total = sum(statistics.counts.values())
    counted = {word: count / total * PER for word, count in statistics.counts.items()}
    listed = {word: math.exp(score) * PER for word, score in frequencies.folded.items()}
    return {word: (counted.get(word, 0) + listed.get(word, 0)) / 2 for word in counted.keys() | listed.keys()}


def without_proclitic(word):
    """What may be left of a word when a conjunction or preposition is cut off."""
    if word.startswith("لل") and len(word) > 4:
        yield "ال" + word[2:]
    if word[0] in PROCLITICS and len(word) > 3:
        yield word[1:]
        yield from without_proclitic(word[1:])


def ordinary_words(context):
    """The table: word and class, the most frequent first."""
    counts = rates(context.statistics, context.frequencies)
    most = max(counts.values())
    names = {fold(row["word"]) for row in context.all("name_words") if "common" not in row["flags"].split(",")}
    for table in ("country_names", "city_names", "region_names"):
        names |= {fold(row["name"]) for row in context.all(table) if "common" not in row["flags"].split(",")}
    rows, listed = [], set()
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        if len(rows) == SIZE:
            break
        # A word with a proclitic is the word without it, if that is known and more frequent.
        if len(word) < 2 or not is_arabic(word) or word in names or any(rest in listed or rest in names for rest in without_proclitic(word)):
            continue
        listed.add(word)
        rows.append({"word": word, "class": str(word_class(counts[word], most))})
    return {"ordinary_words": rows}
