"""Tests of tools/orthography, on text of our own: python3 -m unittest discover -s tools/orthography"""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from context import Weights, features, kinds, root, verb_of_saying  # noqa: E402
from corpus import plausible  # noqa: E402
from generate import TABLES, lists, with_pronoun  # noqa: E402
from restore import Restorer  # noqa: E402
from text import fold, is_damaged, places, sentences, tokens  # noqa: E402


class Text(unittest.TestCase):
    def test_tokens_are_words_without_marks_and_signs_for_the_rest(self):
        self.assertEqual(list(tokens("قالَ: «إنّ 12 BBC» ـ؟")), ["قال", ":", "«", "إن", "#", "@", "»", "؟"])

    def test_a_folded_word_has_lost_what_can_be_lost(self):
        for word, folded in [("إلى", "الى"), ("علي", "على"), ("آلة", "اله"), ("أ", "أ"), ("مسؤول", "مسؤول"), ("ٱلباب", "الباب")]:
            self.assertEqual(fold(word), folded)

    def test_damage_takes_away_and_puts_nothing_in(self):
        self.assertTrue(is_damaged("الى", "إلى"))
        self.assertTrue(is_damaged("الأمنيه", "الأمنية"))
        for written, spelling in [("إلى", "إلى"), ("أن", "إن"), ("إلى", "الى"), ("علي", "على"), ("ان", "أنه")]:
            self.assertFalse(is_damaged(written, spelling), written)
        self.assertEqual(list(places("إذاعي")), [(0, "hamza"), (4, "ya")])

    def test_sentences_end_behind_their_marks(self):
        self.assertEqual(sentences("أولا. ثم ماذا؟! نعم\n"), ["أولا.", " ثم ماذا؟!", " نعم"])


class Counts(unittest.TestCase):
    def test_rare_damage_counts_with_the_spelling_that_it_damages(self):
        self.assertEqual(plausible({"إلى": 900, "الى": 60}), ({"إلى": 960}, {"الى": "إلى"}))
        self.assertEqual(plausible({"على": 900, "علي": 60}), ({"على": 900, "علي": 60}, {}))
        self.assertEqual(plausible({"مدرسة": 900, "مدرسه": 9}, {"مدرس": 50}.get), ({"مدرسة": 900, "مدرسه": 9}, {}))
        self.assertEqual(plausible({"المدرسة": 900, "المدرسه": 9}, {"المدرس": 50}.get), ({"المدرسة": 909}, {"المدرسه": "المدرسة"}))
        # As frequent as that it is a word of its own.
        self.assertEqual(plausible({"أسم": 50, "اسم": 60}), ({"اسم": 60, "أسم": 50}, {}))


    def test_a_known_noun_may_have_a_pronoun(self):
        counts = {"مصنع": 90, "شرك": 3}
        self.assertEqual(with_pronoun({"مصنعة": 30}, lambda word: counts.get(word, 0)), "مصنعه")
        for spellings in [{"شركة": 30}, {"المصنعة": 30}, {"مصنعه": 5}, {"مصنعة": 30, "مصنعه": 5}]:
            self.assertIsNone(with_pronoun(spellings, lambda word: counts.get(word, 0)), spellings)

    def test_the_lists_are_what_they_are_made_of(self):
        rows = (TABLES / "spellings.tsv").read_text(encoding="utf-8").splitlines()
        for name, content in lists({fold(row.split("\t")[0]) for row in rows if not row.startswith("#")}).items():
            self.assertEqual((TABLES / name).read_text(encoding="utf-8"), content, f"{name}: run tools/orthography/generate.py")


class Context(unittest.TestCase):
    def test_the_verb_of_a_clause_is_found_behind_its_subject(self):
        verbs = {fold("قال"), fold("أكد")}
        forms = [fold(word) for word in "وأكد أنه وافق . وقال وزير المالية أمس إن".split()]
        self.assertEqual(verb_of_saying(forms, 8, verbs), "قال")
        self.assertEqual(verb_of_saying(forms, 1, verbs), "اكد")
        self.assertEqual(verb_of_saying(forms, 4, verbs), "\n")

    def test_a_line_ends_where_its_words_do(self):
        found = dict(features(["ان"], 0, set(), True))
        self.assertEqual((found["previous"], found["next"], found["saying"]), ("\n", "\n", "\n"))
        self.assertNotIn("saying", dict(features(["ان"], 0, set(), False)))

    def test_words_share_what_they_differ_in(self):
        self.assertEqual(kinds(["مدرسة", "مدرسه"]), ["-ة", "-ه"])
        self.assertEqual(kinds(["إعلام", "أعلام"]), ["إا-", "أا-"])
        self.assertEqual((root("وان", lambda form: True), root("وان", lambda form: False), root("ون", lambda form: True)), ("ان", "وان", "ون"))

    def test_weights_learn_what_a_neighbour_says(self):
        weights = Weights({"مدرسه": ["مدرسة", "مدرسه"]})

        def instances():
            for _ in range(40):
                yield "مدرسه", 0, [-0.7, -0.7], [("next", "ابتداييه")]
                yield "مدرسه", 1, [-0.7, -0.7], [("next", "الفاضل")]

        weights.train(instances, None)
        rows = {value: dict(labelled) for key, _, value, labelled in weights.rows() if key == "مدرسه"}
        self.assertGreater(rows["ابتداييه"]["مدرسة"], 0.5)
        self.assertGreater(rows["الفاضل"]["مدرسه"], 0.5)


class Restoring(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.restorer = Restorer()

    def restored(self, text):
        return " ".join(self.restorer.restored(list(tokens(text))))

    def test_a_hurried_text(self):
        self.assertEqual(
            self.restored("قال الوزير ان المدرسه الجديده فى العاصمه ستفتح ابوابها الى الاطفال"),
            "قال الوزير إن المدرسة الجديدة في العاصمة ستفتح أبوابها إلى الأطفال",
        )

    def test_a_careful_text_stays(self):
        for text in ["أكد الوزير أن المدرسة في العاصمة ستفتح أبوابها على مدى أسبوع", "قالت الشركة إن أخاه علي ذهب إلى عمله من منزله", "على العكس من ذلك"]:
            self.assertEqual(self.restored(text), text)

    def test_a_single_slip_in_a_careful_text(self):
        self.assertEqual(self.restored("أعلنت الإدارة في بيانها الى الصحافة"), "أعلنت الإدارة في بيانها إلى الصحافة")

    def test_proclitics_and_endings_of_known_words(self):
        self.assertEqual(self.restored("فى المدرسه وبالاذاعيين وبالاسد"), "في المدرسة وبالإذاعيين وبالأسد")

    def test_a_pronoun_is_no_ta_marbuta_unless_the_writer_drops_dots(self):
        self.assertEqual(self.restored("زار الوزير مصنعه"), "زار الوزير مصنعه")
        self.assertEqual(self.restored("العملية مصنعه فى مدينه قريبه"), "العملية مصنعة في مدينة قريبة")

    def test_what_is_not_known_stays(self):
        for text in ["افعلزوم", "امضروق شزفه", "وصل لواج"]:
            self.assertEqual(self.restored(text), text)


if __name__ == "__main__":
    unittest.main()
