"""Offline tests of the generator's rules, on examples of our own."""

import hashlib
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import cities  # noqa: E402
import countries  # noqa: E402
import generate  # noqa: E402
import packages  # noqa: E402
import tables  # noqa: E402
from arabic import Frequencies, clean, fold, is_arabic, spelling_rank, without_article  # noqa: E402
from words import WordStatistics  # noqa: E402


class Spelling(unittest.TestCase):
    def test_letters_of_other_languages_are_no_arabic(self):
        for name in ("پاریس", "کابل", "ئاستانا", "برلین", "گرگان", "سىرىلانكا", "Paris", "حلب2"):
            self.assertFalse(is_arabic(name), name)
        for name in ("حلب", "أبو ظبي", "القاهرة", "مصراتة", "تل أبيب"):
            self.assertTrue(is_arabic(name), name)

    def test_marks_and_tatweel_are_cleaned(self):
        self.assertEqual(clean("عُمَا\u0640ن\u200f  "), "عمان")

    def test_fold_joins_spellings(self):
        self.assertEqual(fold("الإسكندرية"), fold("الاسكندريه"))
        self.assertEqual(fold("أستانا"), fold("آستانا"))
        self.assertNotEqual(fold("سوريا"), fold("سورية"))

    def test_the_proper_spelling_ranks_first(self):
        self.assertEqual(min(["اربيل", "أربيل"], key=spelling_rank), "أربيل")
        self.assertEqual(min(["اسكندريه", "إسكندرية"], key=spelling_rank), "إسكندرية")

    def test_the_article_is_only_stripped_from_words_long_enough(self):
        self.assertEqual(without_article("الموصل"), "موصل")
        self.assertEqual(without_article("الما"), "الما")


class Names(unittest.TestCase):
    def table(self, removed=()):
        return countries.NameTable(tables.Tally(), set(removed))

    def test_one_row_for_spellings_of_one_id(self):
        table = self.table()
        for name, id_ in (("اربيل", 1), ("أربيل", 1), ("أربيل", 2)):
            table.add(name, id_, "test")
        self.assertEqual([(row["name"], row["id"]) for row in table.rows], [("أربيل", 1), ("أربيل", 2)])
        self.assertEqual(table.tally.dropped, {"test": 1})

    def test_removed_rows_stay_out(self):
        table = self.table([("سمراء", 7)])
        table.add("سمراء", 7, "test")
        self.assertEqual(table.rows, [])

    def test_regular_forms(self):
        forms = dict(countries.inflect("روسي"))
        self.assertEqual(forms["m_pl_obl"], "روسيين")
        self.assertEqual(forms["f_du"], "روسيتان")
        self.assertNotIn("روسيا", forms.values())
        self.assertEqual(countries.inflect("كوري جنوبي"), [])


class Cities(unittest.TestCase):
    def test_burg_has_four_spellings(self):
        self.assertEqual(len(cities.spellings("هامبورغ", "Hamburg")), 3)
        self.assertIn("هامبرج", cities.spellings("هامبورغ", "Hamburg"))

    def test_foreign_g(self):
        self.assertEqual(cities.spellings("لاغوس", "Lagos"), ["لاجوس"])
        self.assertEqual(cities.spellings("جنيف", "Geneva"), [])

    def test_flags(self):
        frequencies = Frequencies({"ar": {"صور": -9.0, "ليل": -10.0, "الليل": -9.5, "باريس": -9.0}})
        taken = [
            {"geonameid": 1, "countrycode": "FR", "population": 200_000, "capital": False},
            {"geonameid": 2, "countrycode": "FR", "population": 2_000_000, "capital": True},
            {"geonameid": 3, "countrycode": "IQ", "population": 900_000, "capital": False},
        ]
        rows = [{"name": name, "id": id_, "flags": ""} for name, id_ in (("ليل", 1), ("باريس", 2), ("الهندية", 3))]
        cities.flag_common(rows, taken, frequencies, set(), {"nationality": {fold("هندية")}})
        self.assertEqual([row["flags"] for row in rows], ["common", "", "common,nationality"])

    def test_persian_spellings_are_foreign(self):
        frequencies = Frequencies({"ar": {"وارسو": -11.0}, "fa": {"ورشو": -11.0, "وارسو": -11.0}})
        self.assertTrue(frequencies.is_foreign("ورشو"))
        self.assertFalse(frequencies.is_foreign("وارسو"))


class Files(unittest.TestCase):
    def test_a_table_reads_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.tsv"
            path.write_bytes(tables.render(["name", "id"], [("حلب", 1)], "What it is.\n"))
            self.assertEqual(tables.read(path), [{"name": "حلب", "id": "1"}])
            path.write_text("name\tid\nحلب\n", encoding="utf-8")
            with self.assertRaisesRegex(ValueError, "t.tsv:2: 1 cells, the header has 2"):
                tables.read(path)

    def test_flags_are_added_and_dropped(self):
        rows = [{"name": "صور", "id": "1", "flags": "month"}]
        decisions = [
            {"name": "صور", "id": "*", "add": "common", "drop": "month"},
            {"name": "لا", "id": "*", "add": "common", "drop": ""},
        ]
        self.assertEqual(tables.apply_flags(rows, decisions, "id"), ["لا"])
        self.assertEqual(rows[0]["flags"], "common")

    def test_a_wrong_hash_names_both(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.tgz").write_bytes(b"other")
            source = {"package": "a", "version": "1", "archive": "a.tgz", "sha256": "00", "registry": "npm"}
            with self.assertRaisesRegex(packages.PackageError, hashlib.sha256(b"other").hexdigest() + ".*pins 00"):
                packages.fetch(source, folder)

    def test_counts_are_written_into_their_own_source(self):
        text = '# head\n\n[[source]]\npackage = "a"\nrows_taken = 0\nrows_dropped = 0\n\n[[source]]\npackage = "b"\nrows_taken = 5\n'
        tally = tables.Tally()
        tally.take("a", 3)
        tally.drop("a", 2)
        counted = generate.with_counts(text, tally)
        self.assertIn('package = "a"\nrows_taken = 3\nrows_dropped = 2\n', counted)
        self.assertIn('package = "b"\nrows_taken = 0\n', counted)

    def test_counts_that_need_the_shared_files_stay(self):
        text = '[[source]]\npackage = "a"\nrows_taken = 4\nrows_dropped = 1\n'
        self.assertEqual(generate.with_counts(text, tables.Tally(), {"a"}), text)

    def test_shared_files_are_pinned(self):
        data = "سعاد\tx\n\nهند\n".encode()
        source = {"registry": "shared", "file": "entities/a.tsv", "sha256": hashlib.sha256(data).hexdigest()}
        with tempfile.TemporaryDirectory() as folder:
            shared = packages.SharedFiles({"a": source, "b": {"registry": "npm"}}, Path(folder))
            with self.assertRaisesRegex(packages.PackageError, "a: WARRAQ_SHARED is set, but it has no file data/entities/a.tsv"):
                shared.read("a")
            with self.assertRaisesRegex(packages.PackageError, "b is a package"):
                shared.read("b")
            (Path(folder) / "entities").mkdir()
            (Path(folder) / "entities" / "a.tsv").write_bytes(data)
            self.assertEqual(shared.rows("a", ["name", "other"]), [{"name": "سعاد", "other": "x"}, {"name": "هند", "other": ""}])
            source["sha256"] = "00"
            with self.assertRaisesRegex(packages.PackageError, "SHA-256 of entities/a.tsv"):
                shared.read("a")

    def test_tables_of_shared_files_are_named_when_they_are_left_out(self):
        left_out, uncounted = generate.without_shared({"a": {"registry": "shared"}, "b": {"registry": "npm"}})
        self.assertIn("ordinary_words", left_out)
        self.assertIn("a", uncounted)
        self.assertNotIn("b", uncounted)

    def test_every_file_of_the_data_has_a_source_and_a_licence(self):
        data = generate.ROOT / "data"
        with open(data / "SOURCES.toml", "rb") as file:
            owned = tomllib.load(file)["own"]
        covered = {path for own in owned for pattern in own["files"] for path in data.glob(pattern)}
        # The rows of these name the package that they come from.
        covered.update((data / "lexicons" / "generated").glob("*.tsv"))
        self.assertEqual([str(path) for path in data.rglob("*") if path.is_file() and path not in covered], [])
        for own in owned:
            self.assertTrue(own["source"] and own["licence"])
            for pattern in own["files"]:
                self.assertTrue(list(data.glob(pattern)), f"{pattern} matches no file")


class Words(unittest.TestCase):
    def test_neighbours_are_one_space_apart(self):
        statistics = WordStatistics({"t": ["قال سالم، وهند", "سالم أيوب سالم أيوب"]})
        self.assertEqual(statistics.counts["سالم"], 3)
        self.assertNotIn(("سالم", "وهند"), statistics.pairs)
        beside = statistics.beside({fold("أيوب")})
        self.assertEqual(beside["سالم"], 1.0)
        self.assertNotIn("قال", beside)


if __name__ == "__main__":
    unittest.main()
