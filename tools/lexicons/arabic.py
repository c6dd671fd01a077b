"""Spelling: which strings are Arabic, which two are one name, and how common a word is."""

import gzip
import re
import unicodedata

# The letters of Arabic itself, with space and hyphen. Persian, Urdu, Uyghur and Kurdish letters are left out on
# purpose: their names leak into every list of names "in Arabic script".
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a \-]+")
# Harakat, superscript alef, tatweel, bidi marks, joiners.
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\u0610-\u061a\ufeff]")
_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "-": " "})
_INVISIBLE_SPACE = re.compile(r"[\s\u00a0]+")

# Below every word that the frequency list has.
UNSEEN = -16.0


def clean(name):
    """The name in NFC without marks, tatweel and doubled spaces."""
    name = _MARKS.sub("", unicodedata.normalize("NFC", name))
    return _INVISIBLE_SPACE.sub(" ", name).strip(" -")


def is_arabic(name):
    """Whether the (cleaned) name is written in letters of Arabic only."""
    if not _ARABIC.fullmatch(name) or len(name.replace(" ", "")) < 2:
        return False
    # A word that starts with ئ or has ى or ة inside is Uyghur or Kurdish: Arabic starts no word with the one
    # and has the others only at the end.
    return not any(word.startswith("ئ") or re.search("[ىة].", word) for word in re.split("[ -]", name))


def program_fold(name):
    """As the program folds: what `fold` does, but a hamza that has no seat stays (`أبناء` → `ابناء`)."""
    return clean(name).translate(_FOLD)


def fold(name):
    """The key under which spellings count as one: hamza, alef maksura, teh marbuta, hyphen, marks."""
    return program_fold(name).replace("ء", "")


def spelling_rank(name):
    """Among spellings with one key the properly spelled one sorts first: hamzas and teh marbuta written out."""
    hamzas = sum(name.count(letter) for letter in "أإآ")
    final_ya = sum(word.endswith("ى") for word in name.split())
    final_ha = sum(word.endswith("ه") for word in name.split())
    return (final_ya + final_ha - hamzas, "-" in name, name)


def without_article(word):
    """The word without its article, or the word itself."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def with_article(word):
    """The word with the article put on."""
    return word if word.startswith("ال") else "ال" + word


class Frequencies:
    """How often words occur, as natural logarithms of their share of a corpus, for several languages."""

    def __init__(self, tables):
        self.tables = tables
        self.folded = {}
        for word, score in tables.get("ar", {}).items():
            key = fold(word)
            self.folded[key] = max(score, self.folded.get(key, UNSEEN))

    @classmethod
    def read(cls, packages, languages=("ar", "fa", "ur")):
        """The tables of the pinned package."""
        tables = {}
        for language in languages:
            data = packages.read("langidentify-full-model", f"langidentify_full_model/data/topwords-{language}.txt.gz")
            lines = gzip.decompress(data).decode("utf-8").splitlines()[1:]
            tables[language] = {word: float(score) for word, score in (line.split() for line in lines)}
        return cls(tables)

    def of(self, name, language="ar"):
        """The score of the rarest word of the name, as it is spelled."""
        table = self.tables.get(language, {})
        return min(table.get(word, UNSEEN) for word in name.split())

    def of_key(self, name):
        """The score of the rarest word of the name in Arabic, over all its spellings."""
        return min(self.folded.get(fold(word), UNSEEN) for word in name.split())

    def is_foreign(self, name):
        """Whether the spelling is at home in Persian or Urdu rather than in Arabic."""
        other = max(self.of(name, "fa"), self.of(name, "ur"))
        here = self.of(name)
        return other > UNSEEN and (here <= UNSEEN or other > here + 2.5)
