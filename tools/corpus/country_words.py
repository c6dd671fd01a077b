"""Writes lists/country_words.tsv: in which Arab countries the words of people's names are at home.

    python3 tools/corpus/country_words.py --cache FOLDER

Facts out of one pinned package (arabic-name-romanizer, the part from Wikidata, CC0): single words with the countries
of their bearers and their number. Its full names are never read. Only words that name_words.tsv has as Arabic ones
are taken, in the spelling there.
"""

import argparse
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "lexicons"))

import packages  # noqa: E402
import tables  # noqa: E402
from arabic import fold  # noqa: E402

COUNTRIES = "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()
PACKAGE = "arabic-name-romanizer"
COMMENT = """
Written by tools/corpus/country_words.py: do not edit. Words of people's names by country of their bearers, counted
by arabic-name-romanizer in Wikidata (CC0-1.0); single words, no full names. Spelled as in name_words.tsv.
country: ISO 3166. role: given, family. count: bearers.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cache", required=True, help="folder for the package's archive")
    cache = parser.parse_args().cache
    source = packages.Packages(packages.load_sources(ROOT / "data" / "SOURCES.toml"), cache)
    lexicons = ROOT / "data" / "lexicons"
    spelled = {}
    for kind in ("generated", "curated"):
        for row in tables.read(lexicons / kind / "name_words.tsv"):
            if "foreign" not in row["flags"]:
                spelled[fold(row["word"])] = row["word"]
    compounds = {fold(row["part"]): row["part"] for row in tables.read(lexicons / "curated" / "name_compounds.tsv") if row["role"] == "abd"}

    def spelling(key):
        if key.startswith("عبد ") and key[4:] in compounds:
            return "عبد " + compounds[key[4:]]
        for particle in ("بن ", "آل "):
            if key.startswith(fold(particle)) and key[3:] in spelled:
                return particle + spelled[key[3:]]
        return spelled.get(key)

    counts = defaultdict(int)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(source.read(PACKAGE, "arabic_name_romanizer/resources/names.sqlite3"))
    query = "select arabic_key, country, role, sum(count) from units where source like '%wikidata%' and role in ('given', 'surname') group by 1, 2, 3"
    for key, country, role, count in connection.execute(query):
        word = spelling(fold(key))
        if country in COUNTRIES and word:
            counts[country, "family" if role == "surname" else "given", word] += count
    rows = [(*key, count) for key, count in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1], -item[1], item[0][2]))]
    path = Path(__file__).resolve().parent / "lists" / "country_words.tsv"
    path.write_bytes(tables.render(["country", "role", "word", "count"], rows, COMMENT))
    print(f"{len(rows)} rows in {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
