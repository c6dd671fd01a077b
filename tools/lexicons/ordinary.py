"""Ordinary words, the frequent and those that are surely none of a name: what the unknown word beside a name most likely is."""

import math
from collections import Counter

from arabic import UNSEEN, fold, is_arabic, program_fold

# How many forms are listed unless they look like names; further ones only where they do not.
SIZE = 40_000
PER = 10_000_000
# Occurrences in ten million: fewer say nothing, and so many no unlisted name has.
LEAST = 0.3
RARE = 1.0
VERY_FREQUENT = 150.0
# Which share of a word's occurrences stands beside names, for names and for ordinary words.
BESIDE_NAMES = 0.25
SELDOM_BESIDE_NAMES = 0.05
PROCLITICS = "وفبلك"
# What nouns and verbs end in, folded.
PRONOUNS = "ها هم نا هما كم".split()
PLURALS = "ات ون ين ان تين وا".split()
ENDINGS = "ها هم نا ه وا ت ات ون ين".split()
FEMININE = ["ها", "ات", ""]


def word_class(count, most):
    """0 to 9 in equal steps of the logarithm, 9 at `most`."""
    return max(0, round(9 * math.log(max(count, 1)) / math.log(most)))


def rates(statistics, frequencies):
    """Occurrences of each folded word in ten million: the mean over the counted texts and the frequency list."""
    return _mean(statistics.counts, frequencies.folded)


def program_rates(statistics, frequencies):
    """The same of each word as the program folds it, which tells `ابناء` from `ابنا`."""
    counts, scores = Counter(), {}
    for forms in statistics.spellings.values():
        for form, count in forms.items():
            counts[program_fold(form)] += count
    for word, score in frequencies.tables.get("ar", {}).items():
        key = program_fold(word)
        scores[key] = max(score, scores.get(key, UNSEEN))
    return _mean(counts, scores)


def _mean(counts, scores):
    """Of counts and of logarithms of shares."""
    total = sum(counts.values())
    counted = {word: count / total * PER for word, count in counts.items()}
    listed = {word: math.exp(score) * PER for word, score in scores.items()}
    return {word: (counted.get(word, 0) + listed.get(word, 0)) / 2 for word in counted.keys() | listed.keys()}


def without_proclitic(word):
    """What may be left of a word when a conjunction or preposition is cut off."""
    if word.startswith("لل") and len(word) > 4:
        yield "ال" + word[2:]
    if word[0] in PROCLITICS and len(word) > 3:
        yield word[1:]
        yield from without_proclitic(word[1:])


def related(word):
    """Other forms that the word has if it is a noun, an adjective or a verb: a name has hardly any."""
    if word.startswith("ال") and len(word) > 4:
        yield word[2:]
        return
    yield "ال" + word
    stem = word[:-1] if word.endswith("ه") else word
    yield from (stem + ending for ending in (FEMININE if word.endswith("ه") else ENDINGS))
    for ending in PRONOUNS + PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            bare = word.removesuffix(ending)
            yield from (bare, bare + "ه")
            if ending in PLURALS:
                yield "ال" + bare
    if word[0] in "يت":
        yield ("ت" if word[0] == "ي" else "ي") + word[1:]


def forms(rates, word):
    """How many related forms are in use."""
    rate = rates.get(word, 0)
    return sum(rates.get(form, 0) > max(LEAST, rate * 0.04) for form in related(word))


class Ordinary:
    """What tells an ordinary word from a name that no list has: its other forms, and its neighbours."""

    def __init__(self, context, rates):
        self.rates = rates
        self.counts = context.statistics.counts
        rows = [row for row in context.all("name_words") if "common" not in row["flags"].split(",")]
        self.beside = context.statistics.beside(
            {fold(row["word"]) for row in rows if int(row["given"]) + int(row["family"]) >= 3 and len(fold(row["word"])) > 2}
        )

    def share(self, word):
        """The share of occurrences beside a name; 0 where the texts have too few to tell."""
        key = fold(word)
        return self.beside.get(key, 0) if self.counts.get(key, 0) >= 5 else 0

    def is_name(self, word):
        """Whether a frequent word is rather a name, or a part of names."""
        return self.rates[word] < VERY_FREQUENT and self.share(word) > BESIDE_NAMES and forms(self.rates, word) < 2

    def is_sure(self, word):
        """Whether a rarer word is an ordinary one."""
        return self.rates[word] >= RARE and self.share(word) <= SELDOM_BESIDE_NAMES and forms(self.rates, word) >= 2


def ordinary_words(context):
    """The table: word and class, the most frequent first."""
    counts = program_rates(context.statistics, context.frequencies)
    judge = Ordinary(context, counts)
    most = max(counts.values())
    names = {program_fold(row["word"]) for row in context.all("name_words") if "common" not in row["flags"].split(",")} | {"عبد"}
    for table in ("country_names", "city_names", "region_names"):
        names |= {program_fold(row["name"]) for row in context.all(table) if "common" not in row["flags"].split(",")}
    rows, listed = [], set()
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        # A word with a proclitic is the word without it, if that is known and more frequent.
        if len(word) < 2 or not is_arabic(word) or word in names or any(rest in listed or rest in names for rest in without_proclitic(word)):
            continue
        if judge.is_name(word) if len(rows) < SIZE else not judge.is_sure(word):
            continue
        listed.add(word)
        rows.append({"word": word, "class": str(word_class(counts[word], most))})
    return {"ordinary_words": rows}
