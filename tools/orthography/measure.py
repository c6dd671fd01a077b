"""Measures restoring on the sentences that data/eval/orthography.toml names, against the counts alone.

    WARRAQ_SHARED=DIR python3 tools/orthography/measure.py
"""

import os
import sys
import tomllib
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import ROOT  # noqa: E402
from restore import Restorer  # noqa: E402
from text import fold, is_word, lines, places, sentences, sha256, tokens  # noqa: E402

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)


def chosen_sentences(shared):
    """The words of each sentence that the list names."""
    table = tomllib.loads((ROOT / "data/eval/orthography.toml").read_text(encoding="utf-8"))
    path = shared / "data" / table["file"]
    if sha256(path) != table["sha256"]:
        sys.exit(f"{path.name} is not the file that data/eval/orthography.toml names")
    wanted = {}
    for row in table["sentences"].split():
        line, _, ordinal = row.partition(":")
        wanted.setdefault(int(line), []).append(int(ordinal or 1))
    for number, line in enumerate(lines(path), 1):
        for ordinal in wanted.get(number, ()):
            yield list(tokens(sentences(line)[ordinal - 1]))


def damaged(words):
    """The words as the most hurried writer has them."""
    return [fold(word) if is_word(word) else word for word in words]


def share(part, whole):
    """A share in per cent."""
    return f"{100 * part / whole:.2f} %" if whole else "-"


def measure(name, restore, text):
    """Prints what is restored of wholly damaged text, and what is changed of the text as it is."""
    sizes, right, left, words, touched, invented, plain, again = Counter(), Counter(), 0, 0, 0, 0, 0, 0
    for sentence in text:
        restored = restore(damaged(sentence))
        again += sum(one != two for one, two in zip(restored, restore(restored), strict=True))
        for word, broken, mended in zip(sentence, damaged(sentence), restored, strict=True):
            if not is_word(word) or len(word) < 2:
                continue
            words += 1
            if word == broken:
                plain += 1
                invented += mended != word
                continue
            left += mended == broken
            for kind in {"all", *(kind for _, kind in places(word))}:
                sizes[kind] += 1
                right[kind] += mended == word
        touched += sum(word != mended for word, mended in zip(sentence, restore(sentence), strict=True))
    wrong = sizes["all"] - right["all"] - left
    print(
        f"{name}: restored {share(right['all'], sizes['all'])} of {sizes['all']} damaged words, left {share(left, sizes['all'])}, "
        f"wrong {share(wrong, sizes['all'])}; of the undamaged words beside them changed {share(invented, plain)}; of undamaged text "
        f"changed {share(touched, words)} ({touched} of {words} words); changed again in a second pass {share(again, words)}"
    )
    print("   " + ", ".join(f"{kind} {share(right[kind], sizes[kind])}" for kind in ("hamza", "ya", "ta")))


def main():
    shared = os.environ.get("WARRAQ_SHARED")
    if not shared:
        sys.exit("WARRAQ_SHARED is not set: the sentences are sought below it")
    text = list(chosen_sentences(Path(shared)))
    by_counts = Restorer(use_context=False)
    # The baseline: the most frequent spelling of each word counted three times or more, whatever is written.
    most = {form: max(counts, key=lambda word: (counts[word], word)) for form, counts in by_counts.spelled.items() if by_counts.totals[form] >= 3}
    measure("most frequent spelling", lambda words: [most.get(fold(word), word) if is_word(word) else word for word in words], text)
    measure("without neighbours, 0.6", by_counts.restored, text)
    restorer = Restorer()
    for threshold in THRESHOLDS:
        measure(f"all, {threshold}", lambda words, threshold=threshold: restorer.restored(words, threshold), text)


if __name__ == "__main__":
    main()
