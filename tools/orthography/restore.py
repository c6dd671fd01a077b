"""Restores dropped hamzas, ya dots and ta marbutas word by word: the slow and plain form of the step `standard_orthography`.

1. A word's folded form is looked up: in spellings.tsv, else in names.tsv, else without a proclitic, else as a known word
   with an ending. What is not found stays as it is.
2. Each spelling that the written word may be a damage of (or is) is scored: logarithm of its count, plus the weights of its
   neighbours, plus what writing it so costs. How often this writer drops each kind is judged by the words of the same text
   that have one spelling only.
3. The likeliest spelling is taken where its share reaches the threshold; else the word stays.
4. Before that a word gets the hamzas with which the text has it elsewhere in one way only, if nothing else is known of it but
   that it may also be as it is written, and that no more often.
"""

import math

from context import CLAUSES, features, kinds, root, verb_of_saying
from generate import TABLES
from text import END, fold, is_damaged, is_word, places

# A noun with its pronoun, where that is right at all, counts no less than this share of the same with ta marbuta: without a sign
# of the writer's habit the one is not taken for the other.
_PRONOUN = 0.125
# As it is written a word that no count shows has been seen so often, and so often for each time that it is seen as what it is made of.
_UNSEEN, _AS_WRITTEN = 0.25, 0.125
# What grammar asks for after a verb of saying weighs this much.
_GRAMMAR = 2.5
# Before anything is seen of a writer: drops and keeps of each kind.
_DROPS, _KEEPS = 0.3, 1.5
# Who drops one kind drops another: what is seen of the others counts so much.
_SHARED = 0.6
_SURE_COUNT = 20


def _rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


_AFFIXES = list(_rows(TABLES / "affixes.tsv"))
_PROCLITICS = [letters for place, letters in _AFFIXES if place == "before"]
_ENDINGS = [letters for place, letters in _AFFIXES if place == "behind"]


class Restorer:
    """The tables in memory."""

    def __init__(self, use_context=True):
        self.spelled, self.owned, self.weights, self.names = {}, {}, {}, {}
        for word, count in list(_rows(TABLES / "spellings.tsv"))[1:]:
            if count == "0":
                self.owned[fold(word)] = [word]
            else:
                self.spelled.setdefault(fold(word), {})[word] = int(count)
        for word, count in list(_rows(TABLES / "names.tsv"))[1:]:
            self.names.setdefault(fold(word), {})[word] = int(count)
        self.totals = {form: sum(counts.values()) for form, counts in self.spelled.items()}
        self.use_context = use_context
        for form, name, value, weights in list(_rows(TABLES / "contexts.tsv"))[1:] if use_context else ():
            labelled = (pair.rsplit(":", 1) for pair in weights.split(" "))
            self.weights[form, name, END if value == "$" else value] = {label: float(weight) for label, weight in labelled}
        self.asked = {fold(word): clause for word, clause in list(_rows(TABLES / "saying.tsv"))[1:]}
        self.verbs = {form for (form,) in list(_rows(TABLES / "verbs.tsv"))[1:]}

    def restored(self, words, threshold=0.6):
        """The tokens of a text, restored."""
        forms = [fold(word) if is_word(word) else word for word in words]
        drops, own = self._drops(words, forms), self._own(words, forms)
        out = []
        for index, word in enumerate(words):
            out.append(self._restored(word, forms, index, drops, own, threshold) if is_word(word) and len(word) > 1 else word)
        return out

    def _drops(self, words, forms):
        seen = {kind: [0, 0] for kind in ("hamza", "ya", "ta")}
        for word, form in zip(words, forms, strict=True):
            counts = self.spelled.get(form)
            if counts and len(counts) == 1 and form not in self.owned and self.totals[form] >= _SURE_COUNT:
                (spelling,) = counts
                for place, kind in places(spelling):
                    seen[kind][word[place] == spelling[place]] += 1
        all_dropped, all_kept = (sum(pair[side] for pair in seen.values()) for side in (0, 1))
        rates = {}
        for kind, (dropped, kept) in seen.items():
            drops = _DROPS + dropped + _SHARED * (all_dropped - dropped)
            keeps = _KEEPS + kept + _SHARED * (all_kept - kept)
            rates[kind] = min(0.97, drops / (drops + keeps))
        return rates

    def _own(self, words, forms):
        """Words with a hamza by their folded forms, where all of one form are alike: the text's own evidence."""
        spellings = {}
        for word, form in zip(words, forms, strict=True):
            if is_word(word) and any(kind == "hamza" for _, kind in places(word)):
                spellings.setdefault(form, set()).add(word)
        return {form: next(iter(of_form)) for form, of_form in spellings.items() if len(of_form) == 1}

    def _restored(self, word, forms, index, drops, own, threshold):
        form = forms[index]
        scores = self._known(form, forms, index) or self._derived(form, forms, index)
        spelling = own.get(form, word)
        lost = {kind for place, kind in places(spelling) if word[place] != spelling[place]}
        # What looks like a dropped ta marbuta may be a pronoun.
        if is_damaged(word, spelling) and lost == {"hamza"}:
            score = scores.get(spelling, -math.inf) if scores else -math.inf
            if all(other == spelling or other == word and scores[other] <= score for other in scores or ()):
                return spelling
        if not scores:
            return word
        if word not in scores and form not in self.names:
            scores[word] = math.log(_UNSEEN) if form in self.spelled else max(scores.values()) + math.log(_AS_WRITTEN)
        shares = {}
        top = max(scores.values())
        for spelling, score in scores.items():
            if spelling == word or is_damaged(word, spelling):
                share = math.exp(score - top)
                for place, kind in places(spelling):
                    share *= drops[kind] if word[place] != spelling[place] else 1 - drops[kind]
                shares[spelling] = share
        if not shares:
            return word
        best = max(shares, key=lambda spelling: (shares[spelling], spelling))
        return best if shares[best] >= threshold * sum(shares.values()) else word

    def _known(self, form, forms, index):
        counts = self.spelled.get(form)
        if counts is None:
            counts = self.names.get(form)
            return {spelling: math.log(count) for spelling, count in counts.items()} if counts else None
        counts = counts | dict.fromkeys(self.owned.get(form, ()), 0)
        scores = {spelling: math.log(max(count, _PRONOUN * counts.get(_with_ta(spelling), 0))) for spelling, count in counts.items()}
        if len(scores) > 1 and self.use_context:
            self._add_context(scores, form, forms, index)
        return scores

    def _is_prefixed(self, form):
        rest = self.spelled.get(form[1:])
        return rest is not None and self.totals[form[1:]] >= 2 * self.totals[form] and all(word[1:] in rest for word in self.spelled[form])

    def _add_context(self, scores, form, forms, index):
        stem = root(form, self._is_prefixed)
        cut = len(form) - len(stem)
        spellings = [spelling[cut:] for spelling in scores]
        own = kinds(spellings)
        group = "*" + "/".join(sorted(kinds([*self.spelled[stem], *self.owned.get(stem, ())])))
        for name, value in features(forms, index, self.verbs, stem in CLAUSES):
            mine, shared = self.weights.get((stem, name, value), {}), self.weights.get((group, name, value), {})
            for whole, bare, kind in zip(scores, spellings, own, strict=True):
                scores[whole] += mine.get(bare, 0) + shared.get(kind, 0)
        if stem in CLAUSES:
            asked = self.asked.get(verb_of_saying(forms, index, self.verbs))
            for whole in scores if asked else ():
                scores[whole] += _GRAMMAR * (asked[0] in whole)

    def _derived(self, form, forms, index):
        return self._behind_proclitic(form, forms, index) or self._with_ending(form, forms, index)

    def _behind_proclitic(self, form, forms, index):
        for clitic in _PROCLITICS:
            rest = form[len(clitic) :]
            if not form.startswith(clitic) or len(rest) < 3:
                continue
            # The future's س stands before verbs only.
            if clitic[-1] == "س" and rest[0] not in "يتنا":
                continue
            lost = 0
            if clitic.endswith("لل"):
                scores, lost = self._known("ال" + rest, forms, index), 2
            else:
                scores = self._known(rest, forms, index)
                if scores is None and clitic.endswith("ال"):
                    scores, lost = self._known("ال" + rest, forms, index), 2
            # What begins with one letter of a clitic is often a word of its own: لواج is no ل + وأج.
            if scores and len(clitic) == 1:
                scores = {spelling: score for spelling, score in scores.items() if not any(letter in "أإآٱ" for letter in spelling[1:])}
            if scores:
                return {clitic + spelling[lost:]: score for spelling, score in scores.items()}
        return None

    def _with_ending(self, form, forms, index):
        for clitic in ["", *_PROCLITICS]:
            rest = form[len(clitic) :]
            if not form.startswith(clitic) or len(rest) < 4:
                continue
            has_article = clitic.endswith(("ال", "لل"))
            if rest.endswith("يه") and len(rest) >= 5:
                base = self._best(rest[:-2], forms, index)
                if base:
                    return {clitic + base + "ية": 3.5, clitic + base + "يه": 0.0}
            if rest.endswith("اوى"):
                base = self._best(rest[:-1], forms, index)
                if base:
                    return {clitic + base + "ي": 3.0, clitic + base + "ى": 0.0}
            if rest.endswith("ه"):
                base = self._best(rest[:-1], forms, index)
                if base and base[-1] not in "ةىي":
                    # A noun with the article takes no pronoun.
                    return {clitic + base + "ة": 3.0 if has_article else 0.0, clitic + base + "ه": 0.0}
            for ending in _ENDINGS:
                stem = rest[: -len(ending)]
                if not rest.endswith(ending) or len(stem) < 3 or "ا" not in stem:
                    continue
                # مدرستها is مدرسة with a pronoun.
                for tail in ("ه", "") if ending[0] == "ت" else ("",):
                    base = self._best(stem + tail, forms, index)
                    if base and base[len(stem) - 1] != "ى":
                        return {clitic + base[: len(stem)] + ending: 0.0}
        return None

    def _best(self, form, forms, index):
        for article in ("", "ال"):
            scores = self._known(article + form, forms, index)
            if scores:
                return max(scores, key=lambda spelling: (scores[spelling], spelling))[len(article) :]
        return None


def _with_ta(spelling):
    """The same with ta marbuta for a last `ه`."""
    return spelling[:-1] + "ة" if spelling.endswith("ه") else None
