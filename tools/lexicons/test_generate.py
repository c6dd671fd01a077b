"""Offline tests of the generator's rules, on examples of our own."""

import hashlib
import sys
import tempfile
import tomllib
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bodies  # noqa: E402
import cities  # noqa: E402
import countries  # noqa: E402
import generate  # noqa: E402
import names  # noqa: E402
import ordinary  # noqa: E402
import packages  # noqa: E402
import places  # noqa: E402
import people  # noqa: E402
import persons  # noqa: E402
import tables  # noqa: E402
from arabic import Frequencies, clean, fold, is_arabic, spelling_rank, without_article  # noqa: E402
from context import Context  # noqa: E402
from homographs import Homographs  # noqa: E402
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


def head(word, table, subtype, needs="-", no="-", titles="-"):
    return {"word": word, "table": table, "subtype": subtype, "span": "inside", "needs": needs, "not": no, "titles": titles}


WORDS = [
    {"word": word, "use": use}
    for use, words in {
        "kind": "سياسي مساهمة الرابع",
        "about": "قائمة",
        "second": "مدرسة",
        "goes_on": "أو وتعرف",
        "hanging": "تحت",
    }.items()
    for word in words.split()
]


def context(curated=None, tables_made=None, scores=None):
    """A context with a few rows of our own."""
    return Context(
        packages=None,
        shared=None,
        tally=tables.Tally(),
        frequencies=Frequencies({"ar": scores or {}}),
        stop_words={"مع"},
        curated=lambda name: (curated or {}).get(name, []),
        tables={"country_names": [], "nationality_names": [], **(tables_made or {})},
        warnings=[],
    )


class Titles(unittest.TestCase):
    heads = bodies.Heads(
        [
            head("قناة", "organisations", "broadcaster", needs="تلفزيون"),
            head("قناة", "facility_names", "canal", needs="مائي"),
            head("حزب", "organisations", "party"),
            head("ميناء", "facility_names", "port"),
            head("حرب", "events", "war", no="لعبة"),
            head("شركة", "organisations", "company", needs="ألبان", titles="any"),
        ],
        WORDS,
    )

    def kind(self, name, sentence=None):
        found = self.heads.of(name, sentence)
        return found and found["subtype"]

    def test_the_first_sentence_decides_between_two_meanings(self):
        self.assertEqual(self.kind("قناة البحيرة", "قناة البحيرة ممر مائي قديم"), "canal")
        self.assertEqual(self.kind("قناة البحيرة", "قناة تلفزيونية محلية"), "broadcaster")
        self.assertIsNone(self.kind("قناة البحيرة"))

    def test_a_class_noun_alone_or_with_another_meaning_is_no_name(self):
        self.assertEqual(self.kind("الحزب الريفي"), "party")
        self.assertIsNone(self.kind("الحزب"))
        self.assertIsNone(self.kind("الحزب هنا"))
        self.assertIsNone(self.kind("حرب النجوم", "لعبة فيديو"))
        self.assertIsNone(self.kind("مينا هاوس", "فندق"))

    def test_brackets_editions_and_the_rest_of_the_sentence_are_cut(self):
        for title, name in (
            ("كأس المدن 1977", "كأس المدن"),
            ("دوري المدن موسم 2014–15", "دوري المدن"),
            ("حزب الحقل (لبنان)", "حزب الحقل"),
            ("معركة السهل أو معركة النهر", "معركة السهل"),
            ("جامعة البحيرة وتعرف اختصارا", "جامعة البحيرة"),
            ("جامعه البحيرة جامعة خاصة", "جامعه البحيرة"),
            ("وكالة البحيرة و م ع", "وكالة البحيرة"),
        ):
            self.assertEqual(self.heads.name_of_title(title), name)
        for title in ("بطولة العالم تحت 16 سنة", "قائمة الأحزاب", "جامعة السهل مدرسة الطب", "مسجد ومدرسة السهل", "پارتی", "Kanal 7"):
            self.assertIsNone(self.heads.name_of_title(title), title)

    def test_kinds_of_things_are_generic(self):
        for name in ("حزب سياسي", "شركة مساهمة", "الجيش الرابع"):
            self.assertTrue(self.heads.is_generic(name), name)
        self.assertFalse(self.heads.is_generic("حزب الحقل"))

    def test_the_latin_name_stands_next_to_the_title(self):
        self.assertEqual(bodies.latin_of("نادي السهل", "نادي السهل (بالإنجليزية: Plain Club) هو"), "Plain Club")
        self.assertEqual(bodies.latin_of("نادي السهل", "نادي السهل" + " كلمة" * 9 + " (Other Club)"), "-")
        self.assertEqual(bodies.latin_of("مطار السهل", "مطار السهل (PLN) مطار"), "-")

    def test_the_class_noun_of_the_first_sentence(self):
        self.assertEqual(bodies.class_in_sentence("سهلكو", "سهلكو (Sahlco) هي شركة ألبان"), "شركة")
        self.assertEqual(bodies.class_in_sentence("سهلكو", "سهلكو هي لعبة من شركة"), "لعبة")
        self.assertIsNone(bodies.class_in_sentence("سهلكو", "أنشأت البلاد شركة هي شركة سهلكو"))
        self.assertEqual(self.heads.in_sentence("شركة", "هي شركة ألبان")["subtype"], "company")
        for word, sentence in (("شركة", "هي شركة"), ("لعبة", "هي لعبة"), ("حزب", "هو حزب")):
            self.assertIsNone(self.heads.in_sentence(word, sentence))

    def test_short_forms_of_clubs_and_teams(self):
        self.assertEqual(bodies.shorter("نادي السهل الرياضي", "club"), ["نادي السهل", "السهل"])
        self.assertEqual(bodies.shorter("منتخب لبنان لكرة القدم", "national_team"), ["منتخب لبنان"])
        self.assertEqual(bodies.shorter("حزب السهل", "party"), [])

    def test_a_variant_is_of_the_body_and_not_of_its_parts(self):
        self.assertTrue(bodies.is_variant("حزب الحقول", "حزب الحقل", self.heads))
        self.assertFalse(bodies.is_variant("رئيس الحقل", "حزب الحقل", self.heads))

    def test_latin_names_of_lists_get_their_capitals(self):
        self.assertEqual(bodies.latin_title("al-sahl f.c. (basketball)"), "Al-sahl F.C.")
        self.assertEqual(bodies.latin_title("university of the plain"), "University of the Plain")


class Namers(unittest.TestCase):
    def namer(self, **of_context):
        made = context(**of_context)
        names = Homographs(made, {fold("المروج")}, {fold("لبناني")}, {fold("وائل")})
        return bodies.Namer(made, Titles.heads, names, {("organisations", fold("حزب مأخوذ"))})

    def rows(self, namer):
        return {row["name"]: row for row in namer.finished("organisations")}

    def test_flags_say_what_else_the_letters_are(self):
        namer = self.namer(scores={"النهر": -9.0})
        for name in ("المروج", "النهر", "وائل", "هيرميتا", "حزب المروج"):
            namer.add("organisations", name, "club", "test")
        flags = {name: row["flags"] for name, row in self.rows(namer).items()}
        self.assertEqual(
            flags, {"المروج": "place", "النهر": "common", "وائل": "common", "هيرميتا": "", "حزب المروج": ""}
        )

    def test_one_row_a_name_from_the_first_source(self):
        namer = self.namer()
        namer.add("organisations", "حزب الإقليم", "party", "a", "Region Party")
        namer.add("organisations", "حزب الاقليم", "party", "b", "-", None, "Q1")
        self.assertEqual([(row["latin_name"], row["wikidata_id"]) for row in self.rows(namer).values()], [("Region Party", "Q1")])
        self.assertEqual(namer.context.tally.dropped, {"b": 1})

    def test_clubs_of_one_source_with_one_short_name_are_ambiguous(self):
        namer = self.namer()
        for latin in ("Sahl SC", "Sahl Club"):
            namer.add("organisations", "هيرميتا", "club", "a", latin, short=True)
        self.assertEqual(self.rows(namer)["هيرميتا"]["flags"], "ambiguous")

    def test_curated_rows_keep_generated_ones_out_and_give_their_latin_name(self):
        listed = {"name": "هيرميتا", "latin_name": "Hermita", "subtype": "club", "flags": ""}
        namer = self.namer(curated={"businesses": [listed]})
        namer.add("organisations", "هيرميتا", "club", "a", "Hermita F.C.", short=True)
        namer.add("organisations", "نادي هيرميتا", "club", "a", "Hermita F.C.", short=True)
        namer.add("organisations", "حزب مأخوذ", "party", "a")
        self.assertEqual({name: row["latin_name"] for name, row in self.rows(namer).items()}, {"نادي هيرميتا": "Hermita"})

    def test_the_country_is_the_only_one_that_is_named(self):
        rows = [{"name": name, "iso_3166": iso, "flags": flags} for name, iso, flags in COUNTRIES]
        country_of = bodies.countries_in(context(tables_made={"country_names": rows}))
        self.assertEqual(country_of("اتحاد لبنان"), "LB")
        self.assertEqual(country_of("جسر لبنان وسوريا"), "LB")  # the second has its conjunction on
        self.assertEqual(country_of("جسر لبنان سوريا"), "-")
        self.assertEqual(country_of("وزارة مالي"), "-")


COUNTRIES = (("لبنان", "LB", ""), ("سوريا", "SY", ""), ("مالي", "ML", "common"))


class Places(unittest.TestCase):
    def test_the_class_noun_stands_outside(self):
        nouns = {"محافظة", "أوبلاست"}
        self.assertEqual(places.bare("محافظة السهل (لبنان)", nouns), "السهل")
        self.assertEqual(places.bare("سهلسك أوبلاست", nouns), "سهلسك")
        self.assertEqual(places.bare("المنطقة الشرقية", nouns), "المنطقة الشرقية")

    def test_subdivisions_are_read_from_the_source_text(self):
        text = (
            'Subdivision{ name: "Sahl [Plain]", code: "X", subdivision_type: SubdivisionType::Province, '
            'translations: HashMap::from([("ar", "محافظة السهل"), ("en", "Plain Province")]), },'
            'Subdivision{ name: "Al \\u{2018}Ayn", code: "Y", subdivision_type: SubdivisionType::State, '
            'translations: HashMap::from([("en", "Spring")]), },'
            'Subdivision{ name: "سهل", code: "Z", subdivision_type: SubdivisionType::State, '
            'translations: HashMap::from([("ar", "ولاية السهل"), ("en", "Plain")]), },'
        )
        self.assertEqual(
            list(places.subdivisions(text)), [("محافظة السهل", "Sahl", "Province"), ("ولاية السهل", "Plain", "State")]
        )

    def test_names_that_are_mostly_something_else_are_common(self):
        names = Homographs(context(scores={"النهر": -9.0}), set(), set(), {fold("وائل"), fold("سعد")})

        def common(name, subtype, iso):
            return places.is_common({"name": name, "subtype": subtype, "iso_3166": iso}, names)

        self.assertTrue(common("النهر", "province", "LB"))
        self.assertTrue(common("وائل سعد", "village", "DZ"))
        self.assertFalse(common("وائل سعد", "province", "DZ"))
        self.assertTrue(common("أوب", "province", "FR"))
        self.assertFalse(common("تاكسلانت", "village", "DZ"))


class Words(unittest.TestCase):
    def test_neighbours_are_one_space_apart(self):
        statistics = WordStatistics({"t": ["قال سالم، وهند", "سالم أيوب سالم أيوب"]})
        self.assertEqual(statistics.counts["سالم"], 3)
        self.assertNotIn(("سالم", "وهند"), statistics.pairs)
        beside = statistics.beside({fold("أيوب")})
        self.assertEqual(beside["سالم"], 1.0)
        self.assertNotIn("قال", beside)


class People(unittest.TestCase):
    def test_a_title_is_cut_down_to_the_name(self):
        self.assertEqual(persons.bare("سمير الوادي (ممثل)"), "سمير الوادي")
        self.assertEqual(persons.bare("الشيخ حمد بن سالم باشا"), "حمد بن سالم")
        self.assertEqual(persons.bare("رنا سليم أو رنا العلي"), "رنا سليم")
        self.assertEqual(persons.bare("سمير"), "")
        self.assertEqual(persons.bare("سمير بن"), "")
        self.assertEqual(persons.bare("الرئيس سمير"), "")
        self.assertEqual(persons.bare("سيد الوادي"), "سيد الوادي")

    def test_the_first_sentence_tells_what_a_person_is(self):
        self.assertEqual(persons.about("حازم إمام هو لاعب كرة قدم", "حازم إمام"), ("athlete", "m"))
        self.assertEqual(persons.about("هند النجار هي كاتبة وممثلة", "هند النجار"), ("writer", "f"))
        self.assertEqual(persons.about("قرية في الجبل", "جبل"), ("-", "-"))

    def test_a_latin_name_is_only_taken_as_a_whole(self):
        self.assertEqual(persons.latin_in("فلان (بالإنجليزية: John Q. Public) كاتب"), "John Q. Public")
        self.assertEqual(persons.latin_in("فلان (بالإنجليزية: general) كاتب"), "-")
        self.assertEqual(persons.capitals("hamid al karim ii"), "Hamid al Karim II")

    def judge(self):
        words = (("سمير", "9", "5", ""), ("الوادي", "0", "3", ""), ("سعيد", "9", "9", "common"), ("مصري", "1", "4", ""))
        names = [dict(zip(("word", "given", "family", "flags"), word)) for word in words]
        usage = SimpleNamespace(beside={}, rate=lambda key: {fold("حديد"): 90, fold("قانون"): 300}.get(key, 0))
        return people.Judge(names, usage, {fold("مصري"), fold("سوري")})

    def test_who_is_a_person(self):
        judge = self.judge()
        for name, sure, expected in (
            ("سمير الوادي", False, True),
            ("سمير حديد", True, True),
            ("سمير حديد", False, False),
            ("قانون حديد", True, False),
            ("سمير مصري", False, True),
            ("سمير سوري", True, False),
            ("عبد العزيز الوادي", False, True),
            ("ملك سمير", True, False),
            ("سمير الثاني", False, False),
        ):
            self.assertEqual(judge.accepts(persons.Person(name, "test", sure)), expected, (name, sure))

    def test_one_latin_name_is_one_person(self):
        rows = [
            {"latin_name": "A B", "wikidata_id": "Q1"},
            {"latin_name": "-", "wikidata_id": "Q1"},
            {"latin_name": "C D", "wikidata_id": "Q2"},
            {"latin_name": "C D", "wikidata_id": "Q3"},
        ]
        people._one_person(rows)
        self.assertEqual([row["latin_name"] for row in rows], ["A B", "A B", "-", "-"])


class NameWords(unittest.TestCase):
    def test_levels_are_logarithms(self):
        self.assertEqual([names.level(count) for count in (0, 0.5, 1, 2, 3, 4, 10_000)], [0, 1, 1, 2, 2, 3, 9])

    def test_the_spelling_with_its_hamza_is_taken(self):
        statistics, frequencies = WordStatistics({"t": ["اسامه اسامه اسامه أسامة"]}), Frequencies({"ar": {}})
        listed = names.Evidence()
        listed.spellings.update({"أسامة": 2, "اسامة": 3})
        self.assertEqual(names.spelling(fold("أسامة"), listed, statistics, frequencies), "أسامة")

    def test_an_ordinary_word_takes_the_article_and_stands_without_names(self):
        rates = {"نشاط": 500.0, "النشاط": 400.0, "مريم": 500.0}
        usage = SimpleNamespace(stops=set(), rate=lambda key: rates.get(key, 0.0))
        self.assertTrue(names._is_common("نشاط", names.Evidence(given=5), 500.0, 0.1, usage))
        self.assertFalse(names._is_common("نشاط", names.Evidence(given=5), 500.0, 0.6, usage))
        self.assertFalse(names._is_common("مريم", names.Evidence(given=500), 500.0, 0.1, usage))

    def test_a_name_stands_alone_that_no_other_word_is_like(self):
        rates = {"كانافارو": 8.0, "رفعت": 200.0, "رفع": 900.0, "هاجر": 300.0, "مريم": 500.0}
        shares = {"كانافارو": 0.6, "رفعت": 0.2, "هاجر": 0.06, "مريم": 0.2}
        usage = SimpleNamespace(rates=rates, rate=lambda key: rates.get(key, 0.0), share=shares.get)
        self.assertTrue(all(names.stands_alone(key, 7, 0, usage) for key in ("كانافارو", "مريم", "شيماء")))
        self.assertFalse(any(names.stands_alone(key, 7, 0, usage) for key in ("رفعت", "هاجر")))
        self.assertFalse(names.stands_alone("كانافارو", 3, 2, usage))

    def test_the_proclitic_is_cut_off_ordinary_words(self):
        self.assertEqual(list(ordinary.without_proclitic("وللبيت")), ["للبيت", "البيت", "لبيت", "بيت"])
        self.assertEqual(list(ordinary.without_proclitic("بيت")), [])

    def test_a_hamza_without_a_seat_stays_in_ordinary_words(self):
        statistics, frequencies = WordStatistics({"t": ["أبناء أبناء أبنا"]}), Frequencies({"ar": {"ابناء": -1.0}})
        rates = ordinary.program_rates(statistics, frequencies)
        self.assertEqual(set(rates), {"ابناء", "ابنا"})
        self.assertGreater(rates["ابناء"], rates["ابنا"])

    def test_a_name_that_no_list_has_is_no_ordinary_word(self):
        line = "أحمد زنبوق وأحمد زنبوق وأحمد زنبوق وأحمد زنبوق وأحمد زنبوق ثم مكتب والمكتب مكتبها المكتب مكتب مكتب مكتب"
        statistics = WordStatistics({"t": [line.replace("وأحمد", "أحمد")]})
        row = {"word": "أحمد", "given": "9", "family": "5", "flags": ""}
        context = SimpleNamespace(statistics=statistics, all=lambda table: [row] if table == "name_words" else [])
        judge = ordinary.Ordinary(context, ordinary.program_rates(statistics, Frequencies({"ar": {}})))
        self.assertGreater(judge.share("زنبوق"), 0.9)
        self.assertEqual(judge.share("مكتب"), 0)
        self.assertGreaterEqual(ordinary.forms(judge.rates, "مكتب"), 2)
        self.assertEqual(ordinary.forms(judge.rates, "زنبوق"), 0)
        judge.rates = {"زنبوق": 5.0, "مكتب": 5.0, "المكتب": 5.0, "مكتبها": 1.0}
        self.assertTrue(judge.is_name("زنبوق") and judge.is_sure("مكتب"))
        self.assertFalse(judge.is_name("مكتب") or judge.is_sure("زنبوق"))


if __name__ == "__main__":
    unittest.main()
