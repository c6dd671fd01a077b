"""The open text that spelling is learned from, and which of its lines are written with care."""

import sys
from array import array
from collections import Counter

from text import END, fold, is_damaged, is_word, lines, tokens

# Of a word counted this often a spelling with this share is what a careful writer writes: first, then with what is
# left when the lines of hurried writers are out.
_SURE_COUNT, _SURE_SHARES = 50, (0.8, 0.9)
# A line in which more of its sure words than this are damaged is left out.
_DAMAGED_SHARE = 0.03


class Corpus:
    """Lines of words as numbers: `words[number]` is the spelling, `folded[number]` the number of its folded form."""

    def __init__(self, paths):
        self.words, self.forms = [END], [END]
        self.folded = array("I", [0])
        self._numbers, self._form_numbers = {END: 0}, {END: 0}
        self.text, self.spans = array("I"), []
        for path in paths:
            for line in lines(path):
                begin = len(self.text)
                self.text.extend(self.number(token) for token in tokens(line))
                if len(self.text) > begin:
                    self.spans.append((begin, len(self.text)))
            print(f"{path.name}: {len(self.text)} words and marks so far", file=sys.stderr)

    def number(self, token):
        """The number of a token, a new one for a new token."""
        number = self._numbers.get(token)
        if number is None:
            number = self._numbers[token] = len(self.words)
            self.words.append(token)
            form = fold(token) if is_word(token) else token
            if form not in self._form_numbers:
                self._form_numbers[form] = len(self.forms)
                self.forms.append(form)
            self.folded.append(self._form_numbers[form])
        return number

    def form(self, form):
        """The number of a folded form, or None."""
        return self._form_numbers.get(form)

    def counts(self):
        """Folded form → spelling → how often, over the lines that are left; numbers all."""
        found = Counter()
        for begin, end in self.spans:
            found.update(self.text[begin:end])
        by_form = {}
        for word, count in found.items():
            if is_word(self.words[word]):
                by_form.setdefault(self.folded[word], {})[word] = count
        return by_form

    def keep_careful_lines(self):
        """Drops the lines of hurried writers: those that damage words whose spelling is sure."""
        for share in _SURE_SHARES:
            right, damaged = self._sure_words(share)
            kept = []
            for begin, end in self.spans:
                line = self.text[begin:end]
                bad = sum(word in damaged for word in line)
                good = sum(word in right for word in line)
                if bad <= _DAMAGED_SHARE * (bad + good):
                    kept.append((begin, end))
            self.spans = kept
            left = sum(end - begin for begin, end in kept)
            print(f"{len(kept)} careful lines, {left} words and marks", file=sys.stderr)

    def _sure_words(self, share):
        right, damaged = set(), set()
        for form, spellings in self.counts().items():
            best = max(spellings, key=lambda word: (spellings[word], self.words[word]))
            total = sum(spellings.values())
            if total < _SURE_COUNT or spellings[best] < share * total or self.words[best] == self.forms[form]:
                continue
            right.add(best)
            damaged |= {word for word in spellings if is_damaged(self.words[word], self.words[best])}
        return right, damaged


_PROCLITICS = ("", "و", "ف", "ب", "ك", "ل", "وب", "ول", "وك", "فب", "فل")


def may_have_pronoun(spelling, count_of):
    """Whether a last `ه` may be the pronoun: on a word that is known without it and has no article."""
    if not spelling.endswith("ه") or any(spelling.startswith(clitic + article) for clitic in _PROCLITICS for article in ("ال", "لل")):
        return False
    return count_of(spelling[:-1]) >= 10


def plausible(spellings, count_of=lambda spelling: 0):
    """Of the spellings of one form (spelling → count) those that are no mere damage of another, with its count."""
    kept = {}
    damage = {}
    for spelling, count in spellings.items():
        hosts = [
            other
            for other in spellings
            if is_damaged(spelling, other)
            and count < 0.1 * spellings[other]
            # مدرسه is rarer than مدرسة and yet right.
            and not (spelling[:-1] == other[:-1] and may_have_pronoun(spelling, count_of))
        ]
        if hosts:
            damage[spelling] = max(hosts, key=lambda other: (spellings[other], other))
        else:
            kept[spelling] = count
    for spelling, host in damage.items():
        if host in kept:
            kept[host] += spellings[spelling]
    total = sum(kept.values())
    likely = {spelling: count for spelling, count in kept.items() if count >= 2 and count >= 0.005 * total}
    if not likely and kept:
        best = max(kept, key=lambda spelling: (kept[spelling], spelling))
        likely = {best: kept[best]}
    return dict(sorted(likely.items(), key=lambda item: (-item[1], item[0]))), damage
