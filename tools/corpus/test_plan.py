"""Offline tests of the plan of the corpus."""

import random
import sys
import tomllib
import unittest
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import calendar_dates  # noqa: E402
import holdout  # noqa: E402
import cast  # noqa: E402
import plan  # noqa: E402
import tables  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


class HoldOut(unittest.TestCase):
    def test_fixed_examples(self):
        for name, expected in (("أحمد", True), ("سعيد", False), ("نيسان", True), ("القاهرة", False), ("صنعاء", True), ("نادي العين", True)):
            self.assertEqual(holdout.held_out(name), expected, name)

    def test_the_committed_examples(self):
        rows = tables.read(ROOT / "data" / "corpus" / "holdout_examples.tsv")
        self.assertGreaterEqual(len(rows), 20)
        for row in rows:
            self.assertEqual(holdout.held_out(row["name"]), row["held_out"] == "true", row["name"])

    def test_spellings_of_one_name_agree(self):
        for one, other in (("مُحَمَّد", "محمد"), ("القاهره", "القاهرة"), ("ابراهيم", "إبراهيم"), ("أبو-ظبي", "ابو ظبي"), ("مصطفي", "مصطفى")):
            self.assertEqual(holdout.digest(one), holdout.digest(other), one)

    def test_a_hamza_without_a_seat_stays(self):
        self.assertNotEqual(holdout.digest("أسماء"), holdout.digest("أسما"))

    def test_what_is_reserved_is_held_out(self):
        rows = [row["word"] for row in tables.read(cast.LEXICONS / "curated" / "name_words.tsv")]
        reserved = [word for word in rows if holdout.reserved(word)]
        self.assertTrue(reserved)
        self.assertTrue(all(holdout.held_out(word) for word in reserved))
        self.assertTrue(any(holdout.held_out(word) and not holdout.reserved(word) for word in rows))


class Calendar(unittest.TestCase):
    def test_hijri_days(self):
        for day, expected in ((date(2023, 3, 23), (1444, 9, 1)), (date(2023, 7, 19), (1445, 1, 1)), (date(2024, 4, 10), (1445, 10, 1))):
            self.assertEqual(calendar_dates.hijri(day), expected, day)

    def test_hijri_days_follow_each_other(self):
        before = calendar_dates.hijri(date(2011, 1, 1))
        for number in range(1, 6000):
            now = calendar_dates.hijri(date.fromordinal(date(2011, 1, 1).toordinal() + number))
            self.assertTrue(now == (*before[:2], before[2] + 1) or (now[2] == 1 and before[2] in (29, 30)), (before, now))
            before = now

    def test_publication_days_are_spread(self):
        days = calendar_dates.publication_days(random.Random(1), 240)
        self.assertEqual(len(days), 240)
        self.assertEqual({day.year for day in days}, set(range(2011, 2027)))
        self.assertEqual({day.month for day in days}, set(range(1, 13)))
        self.assertGreaterEqual(sum((day.month, day.day) in plan.calendar_dates.NEW_YEAR for day in days), 8)

    def test_eastern_digits_in_datelines(self):
        self.assertEqual(calendar_dates.to_digits("عمان 3 أيار", "arab"), "عمان ٣ أيار")
        self.assertEqual(calendar_dates.to_digits("عمان 3 أيار", "mixed"), "عمان 3 أيار")


class Tables(unittest.TestCase):
    def test_there_are_seeds_enough_and_none_twice(self):
        genres = cast.table("genres")
        seeds = [seed for row in genres.values() for seed in row["seeds"]]
        self.assertGreaterEqual(len(seeds), 300)
        self.assertEqual(len(seeds), len(set(seeds)))
        for name, row in genres.items():
            self.assertGreater(len(row["seeds"]), sum(row["count"]) - 1, name)
            self.assertGreaterEqual(row["count"][2], 1, name)
        for number, split in enumerate(plan.SPLITS):
            self.assertEqual(sum(row["count"][number] for row in genres.values()), plan.SIZE[split])


class Plan(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # The committed plan: articles are written from it, so it stays when the lexicons grow.
        with open(plan.PLAN, "rb") as file:
            cls.articles = tomllib.load(file)["article"]
        cls.status = cast.Status()

    def cast(self, split):
        return [item for article in self.articles if article["split"] == split for kind in ("person", "place_cast", "organisation", "event") for item in article.get(kind, [])]

    def test_the_committed_plan_misses_no_target(self):
        self.assertEqual(plan.missed(self.articles), [])

    def test_a_missed_target_is_told(self):
        articles = [{**article, "subheads": 0} for article in self.articles]
        self.assertEqual(plan.missed(articles), ["test: 0 subheads, 75 wanted"])

    def test_a_plan_with_articles_is_not_drawn_anew(self):
        self.assertTrue(plan.has_articles())

    def test_test_names_are_not_in_the_other_parts(self):
        """Held-out words and things of the test cast are kept for it."""
        def keys(split):
            found = set()
            for item in self.cast(split):
                if "gender" in item:
                    found |= {cast.fold(word) for word in self.status.marks(item["name"]) if self.status.word(word) == "held_out"}
                elif item["status"] == "held_out":
                    found.add(cast.fold(item["name"]))
            return found
        self.assertEqual(keys("test") & (keys("train") | keys("dev")), set())

    def test_what_is_said_to_be_held_out_is(self):
        for article in self.articles:
            for kind in ("person", "place_cast", "organisation", "event"):
                for item in (item for item in article.get(kind, []) if item["status"] == "held_out"):
                    names = self.status.marks(item["name"]) if kind == "person" else [item["name"]]
                    self.assertTrue(any(map(holdout.held_out, names)), f"{article['id']}: {item['name']}")

    def test_no_person_is_known_or_drawn_twice(self):
        people = [person["name"] for article in self.articles for person in article["person"]]
        self.assertEqual([name for name, count in Counter(map(cast.fold, people)).items() if count > 1], [])
        self.assertEqual([name for name in people if self.status.known(name)], [])

    def test_each_house_and_each_spelling_is_in_each_part(self):
        for split in plan.SPLITS:
            part = [article for article in self.articles if article["split"] == split]
            self.assertEqual({article["style"] for article in part}, set(cast.table("styles")))
            self.assertEqual({article["spelling"] for article in part}, {"full", *plan.SPELLING})

    def test_speakers_are_as_many_as_quotations(self):
        for article in self.articles:
            self.assertEqual(sum(article["speakers"].values()), article["minimums"]["quotations"], article["id"])


if __name__ == "__main__":
    unittest.main()
