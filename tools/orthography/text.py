"""Words of running text, their folded form, and what hurried writing drops."""

import hashlib
import lzma
import re

# Harakat, superscript alef, Quranic marks, tatweel and invisible characters: no part of a word's spelling here.
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TOKEN = re.compile(r"[^\W\d_]+|[0-9\u0660-\u0669\u06f0-\u06f9]+|[^\w\s]")
_WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a\u0671]+")
_SENTENCE = re.compile(r"[^.؟!]+[.؟!]*")
_ALEFS = str.maketrans("أإآٱ", "اااا")

# What stands for tokens that are no Arabic words, and for the ends of a line.
NUMBER, OTHER_SCRIPT, MARK, END = "#", "@", ".", "\n"
_KEPT_MARKS = frozenset(".,،؛:؟!()\"«»")


def tokens(line):
    """The Arabic words of a line without marks, and one sign for each other token."""
    for token in _TOKEN.findall(_MARKS.sub("", line)):
        if _WORD.fullmatch(token):
            yield token
        elif token[0].isdigit():
            yield NUMBER
        elif token[0].isalpha():
            yield OTHER_SCRIPT
        else:
            yield token if token in _KEPT_MARKS else MARK


def is_word(token):
    """Whether a token is a word in Arabic letters."""
    return "\u0621" <= token[0] <= "\u064a" or token[0] == "ٱ"


def fold(word):
    """The word as the most hurried writer has it: the key under which its spellings meet."""
    if len(word) < 2:
        return word
    folded = word.translate(_ALEFS)
    return folded[:-1] + {"ي": "ى", "ة": "ه"}.get(folded[-1], folded[-1])


def places(spelling):
    """Where a spelling can lose something, and to which kind of damage: (index, `hamza` | `ya` | `ta`)."""
    last = len(spelling) - 1
    for index, letter in enumerate(spelling):
        if letter in "أإآٱ" and last > 0:
            yield index, "hamza"
        elif index == last > 0 and letter in "ية":
            yield index, "ya" if letter == "ي" else "ta"


def is_damaged(written, spelling):
    """Whether `written` is `spelling` with at least one letter dropped, and no letter put in."""
    if written == spelling or len(written) != len(spelling):
        return False
    folded = fold(spelling)
    return all(mine == theirs or mine == dropped for mine, theirs, dropped in zip(written, spelling, folded, strict=True))


def lines(path):
    """The lines of an xz file, ended by LF only."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from file


def sentences(line):
    """The sentences of a line, cut behind each full stop, question mark or exclamation mark (and any more of them)."""
    return _SENTENCE.findall(line.rstrip("\n"))


def sha256(path):
    """The SHA-256 of a file, as it lies there."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
