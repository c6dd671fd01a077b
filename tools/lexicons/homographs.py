"""What else the letters of a listed name may mean: its flags."""

from arabic import UNSEEN, fold, with_article, without_article
from cities import FREQUENT, FREQUENT_WITH_AND_WITHOUT_ARTICLE, PROCLITICS

# A single foreign word this short is taken for anything.
SHORT = 3
# A phrase whose rarest word is at least this frequent is running text as well as a name.
PHRASE_FREQUENT = -10.5
# A single word this frequent is never a company.
EVERYWHERE = -10.5


class Homographs:
    """The names and words that a new name is held against."""

    def __init__(self, context, places, peoples, parts):
        """Folded names of `places` and nationalities (`peoples`), and `parts` of people's names."""
        self.frequencies = context.frequencies
        self.stops = {fold(word) for word in context.stop_words if len(word) > 2} | context.stop_words
        self.places = places
        self.peoples = peoples
        self.parts = parts

    def is_place(self, name):
        """Whether a place has the name, with or without article, or a people."""
        key = fold(name)
        return bool({key, without_article(key), "ال" + key} & self.places) or self.is_people(name)

    def is_people(self, name):
        """Whether it is a nationality (which stands without article in the lists)."""
        return without_article(fold(name)) in self.peoples

    def is_person(self, name):
        """Whether every word of the name is a part of people's names."""
        words = fold(name).split()
        return all(word in self.parts or without_article(word) in self.parts for word in words)

    def is_word(self, name):
        """Whether the single word is an ordinary one: a stop word, frequent, in use with and without article, too short."""
        key, bare = fold(name), without_article(name)
        other = bare if bare != name else with_article(name)
        of = self.frequencies.of_key
        return (
            key in self.stops
            or len(fold(bare)) <= SHORT
            or of(name) > FREQUENT
            or min(of(name), of(other)) > FREQUENT_WITH_AND_WITHOUT_ARTICLE
            or (key[0] in PROCLITICS and len(key) > SHORT and of(key[1:]) > FREQUENT)
            # "بانتظار": in front of a word that is written with an article.
            or (key[0] in PROCLITICS and of(key[1:]) > UNSEEN and of(with_article(key[1:])) > FREQUENT)
        )

    def is_everywhere(self, name):
        """Whether the word is so frequent that it is hardly ever a name."""
        return self.frequencies.of_key(name) > EVERYWHERE

    def is_phrase(self, name):
        """Whether the phrase is made of frequent words and none of them has an article."""
        words = name.split()
        return not any(word.startswith("ال") for word in words) and self.frequencies.of_key(name) > PHRASE_FREQUENT
