"""What the neighbours of a word say of its spelling: features, and weights learned for them (log-linear)."""

import math
import sys
from collections import Counter
from pathlib import Path

from text import END, fold

_CLAUSES = Path(__file__).resolve().parents[2] / "data/normalize/orthography/clauses.tsv"
CLAUSES = frozenset(fold(row) for row in _CLAUSES.read_text(encoding="utf-8").splitlines() if not row.startswith("#") and row != "word")
# How far back the verb is sought, and what it is not sought behind.
_CLAUSE_REACH, _ENDS = 25, frozenset(".؟!")
# Features of the neighbours' affixes are shared by all words that are spelled in the same two ways.
SHARED = frozenset(["previous_beginning", "previous_ending", "next_beginning", "next_ending", "previous", "next"])


def root(form, known):
    """The form without the conjunction before it where that is known (`known` says so): it is spelled alike."""
    return form[1:] if len(form) > 2 and form[0] in "وف" and known(form) else form


def verb_of_saying(forms, index, verbs):
    """The verb that the clause at `index` hangs on, without a conjunction; END where none is found."""
    for form in reversed(forms[max(0, index - _CLAUSE_REACH) : index]):
        if form in CLAUSES or form in _ENDS:
            break
        bare = form if form in verbs else form[1:] if form[0] in "وف" else form
        if bare in verbs:
            return bare
    return END


def features(forms, index, verbs, is_clause):
    """(name, value) of the word at `index` among folded forms."""

    def at(position):
        return forms[position] if 0 <= position < len(forms) else END

    before, after = at(index - 1), at(index + 1)
    found = [
        ("previous", before),
        ("next", after),
        ("second_previous", at(index - 2)),
        ("second_next", at(index + 2)),
        ("previous_ending", before[-2:]),
        ("previous_beginning", before[:3]),
        ("next_ending", after[-2:]),
        ("next_beginning", after[:3]),
    ]
    if is_clause:
        found.append(("saying", verb_of_saying(forms, index, verbs)))
    return found


def kinds(spellings):
    """What the spellings of one form differ in, as a key that other words share, and each spelling's own part of it."""
    form = fold(spellings[0])
    own = []
    for spelling in spellings:
        alefs = "".join(letter for letter, bare in zip(spelling, form, strict=True) if bare == "ا")[:3]
        own.append(alefs + "-" + (spelling[-1] if form[-1] in "هى" else ""))
    return own


class Weights:
    """Weights of features for each root's spellings, and for what they have in common with others."""

    RATE, SHARED_RATE, DECAY = 0.25, 0.125, 0.004

    def __init__(self, spellings):
        """`spellings`: root → its spellings, two or more."""
        self.spellings = spellings
        self.kinds = {form: kinds(all_of_it) for form, all_of_it in spellings.items()}
        # Two spellings of one kind (a third alef) share nothing.
        self.groups = {form: "/".join(sorted(own)) for form, own in self.kinds.items() if len(set(own)) == len(own)}
        self.own, self.shared = {}, {}

    def train(self, instances, priors, rounds=2, minimum=5):
        """`instances()` gives (root, index of the right spelling, prior, features) over and over."""
        counts = Counter()
        for form, _, _, found in instances():
            counts.update((form, *feature) for feature in found)
        kept = {key for key, count in counts.items() if count >= minimum}
        common = Counter()
        for (_, name, value), count in counts.items():
            if name == "previous":
                common[value] += count
        common = {value for value, count in common.items() if count >= 500}
        del counts
        for turn in range(rounds):
            seen = right = prior_right = 0
            for form, answer, prior, found in instances():
                size, group = len(prior), self.groups.get(form)
                order = sorted(range(size), key=self.kinds[form].__getitem__)
                scores = list(prior)
                mine, ours = [], []
                for name, value in found:
                    key = (form, name, value)
                    if key in kept:
                        row = self.own.setdefault(key, [0.0] * (size + 1))
                        mine.append(row)
                        for index in range(size):
                            scores[index] += row[index]
                    if group and name in SHARED and (name not in ("previous", "next") or value in common):
                        row = self.shared.setdefault((group, name, value), [0.0] * (size + 1))
                        ours.append(row)
                        for place, index in enumerate(order):
                            scores[index] += row[place]
                top = max(scores)
                shares = [math.exp(score - top) for score in scores]
                total = sum(shares)
                slopes = [(index == answer) - share / total for index, share in enumerate(shares)]
                seen += 1
                right += scores[answer] == top
                prior_right += prior[answer] == max(prior)
                square = sum(slope * slope for slope in slopes)
                if square < 1e-5:
                    continue
                for row in mine:
                    row[-1] += square
                    step = self.RATE / math.sqrt(1 + row[-1])
                    for index in range(size):
                        row[index] += step * (slopes[index] - self.DECAY * row[index])
                for row in ours:
                    row[-1] += square
                    step = self.SHARED_RATE / math.sqrt(1 + row[-1])
                    for place, index in enumerate(order):
                        row[place] += step * (slopes[index] - self.DECAY * row[place])
            print(f"round {turn + 1}: {seen} places, right {right / seen:.4f}, by counts alone {prior_right / seen:.4f}", file=sys.stderr)

    def rows(self, least=0.5):
        """(root or group, feature, value, [(spelling or kind, weight)]) of the weights that say something."""
        for (form, name, value), row in self.own.items():
            yield from self._row(form, name, value, self.spellings[form], row, least)
        for (group, name, value), row in self.shared.items():
            yield from self._row("*" + group, name, value, group.split("/"), row, least)

    @staticmethod
    def _row(key, name, value, labels, row, least):
        weights = row[:-1]
        mean = sum(weights) / len(weights)
        rounded = [round(weight - mean, 1) for weight in weights]
        if max(rounded) - min(rounded) >= least:
            yield key, name, value, [(label, weight) for label, weight in zip(labels, rounded, strict=True) if weight]
