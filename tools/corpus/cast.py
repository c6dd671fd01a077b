"""Draws the cast of an article from the lexicons: persons, places, bodies, events, by country and with weights."""

import sys
import tomllib
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import holdout

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "lexicons"))

import tables  # noqa: E402
import arabic  # noqa: E402
from arabic import is_arabic  # noqa: E402

LEXICONS = ROOT / "data" / "lexicons"
LISTS = Path(__file__).resolve().parent / "lists"

# Folding and hashing the same names again and again is most of the work.
fold = lru_cache(maxsize=None)(arabic.fold)

# A word that more than a hundred well-known people bear is nobody's mark: it is neither counted as held out nor kept
# for the test part.
COMMON_TO_ALL = 7
# Names are drawn by weight to this power, so that rare ones come up too.
DAMPING = 0.45
# How much less a name that has been drawn is drawn again.
AGAIN = 0.02
AGAIN_GIVEN = 0.7


def read(name):
    """The rows of a lexicon, the curated before the generated."""
    return tables.read(LEXICONS / "curated" / f"{name}.tsv") + tables.read(LEXICONS / "generated" / f"{name}.tsv")


def table(name):
    """One of the tables beside this program."""
    with open(LISTS / f"{name}.toml", "rb") as file:
        return tomllib.load(file)


def pick(rng, weighted):
    """One key of a dictionary of weights."""
    keys = sorted(weighted, key=str)
    return rng.choices(keys, [weighted[key] for key in keys])[0]


class Status:
    """Of a name: listed, held_out (and whether for the test part alone) or unlisted."""

    def __init__(self):
        self.words = {}
        for row in read("name_words"):
            self.words.setdefault(fold(row["word"]), row)
        self.compounds = {fold(row["part"]) for row in tables.read(LEXICONS / "curated" / "name_compounds.tsv")}
        self.joiners = {fold(row["word"]) for row in tables.read(LEXICONS / "curated" / "name_joiners.tsv")} | {"عبد", "الدين", "الله"}
        self.people = {fold(row["name"]) for row in read("people")}
        self.names = set()
        for name in ("region_names", "facility_names", "organisations", "businesses", "events", "city_names"):
            self.names |= {fold(row["name"]) for row in read(name)}

    @lru_cache(maxsize=None)
    def marks(self, name):
        """The words of a person's name by which it is told from others: no joiners, nothing that everybody bears."""
        found = []
        words = name.replace("-", " ").split()
        for number, word in enumerate(words):
            key = fold(word)
            if key in self.joiners or (number and fold(words[number - 1]) in {"عبد"} and key in self.compounds):
                continue
            row = self.words.get(key)
            if row and max(int(row["given"]), int(row["family"])) >= COMMON_TO_ALL and "foreign" not in row["flags"]:
                continue
            found.append(row["word"] if row else word)
        return tuple(found)

    @lru_cache(maxsize=None)
    def word(self, word):
        if fold(word) not in self.words:
            return "unlisted"
        return "held_out" if holdout.held_out(self.words[fold(word)]["word"]) else "listed"

    @lru_cache(maxsize=None)
    def person(self, name):
        """By its marks: unlisted if one is in no list, else held out if one is."""
        states = {self.word(word) for word in self.marks(name)}
        return next((state for state in ("unlisted", "held_out") if state in states), "listed")

    @lru_cache(maxsize=None)
    def thing(self, name):
        if fold(name) not in self.names:
            return "unlisted"
        return "held_out" if holdout.held_out(name) else "listed"

    @lru_cache(maxsize=None)
    def allowed(self, words, split):
        """Whether words may stand in a part of the corpus: what is held out is either for the test part or for the others."""
        for word in words:
            row = self.words.get(fold(word))
            key = row["word"] if row else word
            if holdout.held_out(key) and holdout.reserved(key) != (split == "test"):
                return False
        return True

    def known(self, name):
        """Whether the name, its ends, or its ends without joiners are those of a person in the lexicon."""
        words = name.split()
        return fold(name) in self.people or fold(f"{words[0]} {words[-1]}") in self.people or (len(words) > 2 and fold(" ".join(words[:2])) in self.people)


class Persons:
    """Invented persons."""

    def __init__(self, rng, status):
        self.rng, self.status = rng, status
        self.regions = table("regions")
        self.region = {country: (name, row) for name, row in self.regions["region"].items() for country in row["countries"]}
        self.never_family = {fold(word) for word in self.regions["never"]["words"]}
        self.never_given = {fold(word) for word in self.regions["never"]["given"]}
        self.full, self.uses = {fold(name) for name in self.regions["never"]["never_full"]}, Counter()
        self._read_words()

    def _well_spelled(self, word, given):
        """Whether no hamza and no teh marbuta has been lost from the spelling of the source."""
        if word.startswith("ا") and not word.startswith("ال"):
            return given and word in self.regions["bare_alef"]["words"]
        if word.startswith("الا") or word.startswith("عبدال"):
            return False
        if word.endswith("ه") and word not in ("طه", "عبده", "وجيه", "نبيه", "فقيه", "الفقيه", "ددوه", "شاه"):
            return False
        return given or not word.endswith("ى")

    def _read_words(self):
        both = {kind: {fold(word) for word in words} for kind, words in self.regions["both"].items()}
        self.men, self.women, self.family, self.houses = (defaultdict(dict) for _ in range(4))
        words = self.status.words
        rows = tables.read(LISTS / "country_words.tsv")
        # What one bearer alone has may be a guest's name or a slip.
        bearers, at_home = Counter(), defaultdict(set)
        for row in rows:
            bearers[row["role"], row["word"]] += int(row["count"])
            at_home[row["role"], row["word"]].add(row["country"])
        for row in rows:
            country, word, count = row["country"], row["word"], int(row["count"])
            native = row["role"] == "family" and word.startswith(("ال", "بو", "بن ", "بل", "آل "))
            if not self._well_spelled(word, row["role"] == "given") or (not native and bearers[row["role"], word] < 5 and len(at_home[row["role"], word]) < 2):
                continue
            key = fold(word)
            listed = words.get(key)
            if row["role"] == "given" and " " not in word and listed and key not in self.never_given and int(listed["given"]) >= 3 and not word.startswith("ال"):
                if listed["gender"] == "m" or key in both["men"]:
                    self.men[country][word] = count
                if listed["gender"] == "f" or key in both["women"]:
                    self.women[country][word] = count
            if row["role"] == "family" and key not in self.never_family:
                if word.startswith("آل "):
                    continue
                if word.startswith("بن ") and self.region[country][0] in ("yemen", "libya", "maghreb"):
                    self.family[country][word] = count
                elif listed and not (word.endswith("ية") and country == "OM") and (word.startswith(("ال", "بو", "بل")) or int(listed["given"]) + 1 < int(listed["family"])) and int(listed["family"]) >= 2:
                    self.family[country][word] = count
        for country, row in self.regions["words"].items():
            for word in row.get("family", []):
                self.family[country].setdefault(word, 10)
            for word in row.get("men", []):
                self.men[country].setdefault(word, 10)
            for word in row.get("women", []):
                self.women[country].setdefault(word, 10)
        for country in self.region:
            self.houses[country] = {word: 2 for word in self.regions["houses"]["words"]}

    def word(self, pool, split, want, seldom=True):
        """A word of the pool that the part may have and that is held out, listed or whatever."""
        weights = {}
        for word, count in pool.items():
            marks = self.status.marks(word)
            if not self.status.allowed(marks, split) or (seldom and self.uses[fold(word)] >= 2):
                continue
            state = self.status.person(word)
            if want == "held_out" and state != "held_out" or want == "listed" and state != "listed":
                continue
            weights[word] = count**DAMPING * (AGAIN if seldom else AGAIN_GIVEN) ** self.uses[fold(word)]
        return pick(self.rng, weights) if weights else None

    def pools(self, country, people, gender, common):
        """The given names of the bearer, of the fathers, the family names."""
        if people:
            row = self.regions["people"][people]
            men, women, family = ({word: 5 for word in row[kind]} for kind in ("men", "women", "family"))
            return (women if gender == "f" else men), men, family
        first = dict(self.women[country] if gender == "f" else self.men[country])
        family = self.family[country]
        if common == "given":
            names = self.regions["common_words"]["women" if gender == "f" else "men"]
            first = {word: 5 for word in names}
        elif common == "family":
            family = {word: 5 for word in self.regions["common_words"]["family"]}
        return first, self.men[country], family

    def people_of(self, country):
        """Which of the tables of peoples a person of the country comes from, if from one."""
        if country not in self.region:
            found = [name for name, row in self.regions["people"].items() if country in row["countries"]]
            if not found:
                raise ValueError(f"no table of names for the country {country}")
            return found[0]
        mix = {name: share for name, share in self.region[country][1].get("mix", {}).items() if country in self.regions["people"][name]["countries"]}
        return pick(self.rng, {**mix, "": 1 - sum(mix.values())}) or None

    def draw(self, country, split, want, gender=None):
        """One person; `want` is held_out, unlisted, listed or any."""
        rng = self.rng
        for _ in range(400):
            people = self.people_of(country)
            sex = gender or ("f" if rng.random() < 0.3 else "m")
            common = ""
            if not people and rng.random() < 0.035:
                common = rng.choice(["given", "given", "family"])
            if people:
                form = pick(rng, self.regions["people"][people]["forms"])
            else:
                form = pick(rng, self.region[country][1]["women" if sex == "f" else "men"])
            if common == "family" and "F" not in form:
                continue
            name = self._fill(country, people, sex, form, split, want, common)
            if not name:
                continue
            words = name.split()
            if len(set(map(fold, words)) - {"بن", "ولد"}) < len([word for word in words if word not in ("بن", "ولد")]):
                continue
            state = self.status.person(name)
            if fold(name) in self.full or self.status.known(name) or (want != "any" and state != want):
                continue
            if not self.status.allowed(self.status.marks(name), split):
                continue
            self.full.add(fold(name))
            if people:
                origin = people
            else:
                origin = ""
            for word in self.status.marks(name):
                self.uses[fold(word)] += 1
            note = self._note(name, origin)
            return {"name": name, "gender": sex, "status": state, "country": country, "note": note}
        raise ValueError(f"no {want} person of {country} for {split} is left")

    def _note(self, name, people):
        notes = []
        words = name.split()
        ordinary = {fold(word) for words_ in self.regions["common_words"].values() for word in words_}
        for number, word in enumerate(words):
            if fold(word) in ordinary:
                which = "given name" if number == 0 else "family name" if number == len(words) - 1 else "middle name"
                notes.append(f"{which} is an ordinary word: {word}")
        if people:
            notes.append(people.replace("_", " ") + " name")
        return "; ".join(notes)

    def _fill(self, country, people, gender, form, split, want, common):
        """The form with its words; the wish is met by the last word, and by the first where that is all."""
        first, men, family = self.pools(country, people, gender, common)
        parts = form.split()
        slots = [number for number, part in enumerate(parts) if part in "GFTHB"]
        out = list(parts)
        for number in slots:
            last = number == slots[-1]
            if parts[number] == "T":
                out[number] = self.rng.choice(self.regions["two_words"]["everywhere"])
            elif parts[number] == "B":
                out[number] = self.rng.choice(self.regions["kunya"]["words"])
            elif parts[number] == "H":
                out[number] = self.word(self.houses[country], split, "any")
            elif parts[number] == "F":
                if want == "unlisted" and last and not people:
                    out[number] = self.rng.choice(self.regions["made_up"]["family"][self.made_up_region(country)])
                    if self.uses[fold(out[number])]:
                        return None
                else:
                    wish = want if want == "held_out" and last and common != "family" else "any"
                    out[number] = self.word(family, split, wish)
            else:
                pool = first if number == slots[0] else men
                wish = "held_out" if want == "held_out" and (last or self.rng.random() < 0.25) and common != "given" else "any"
                out[number] = self.word(pool, split, wish, seldom=False) or self.word(pool, split, "any", seldom=False)
            if not out[number]:
                return None
        if gender == "f" and not people and self.regions["words"].get(country, {}).get("feminine_nisba") and out[-1].startswith("ال") and out[-1].endswith("ي"):
            out[-1] += "ة"
        ending = self.regions["people"][people].get("feminine_after") if people else None
        if gender == "f" and ending and out[-1].endswith(ending):
            out[-1] += "ا"
        return " ".join(out)

    def made_up_region(self, country):
        return self.region[country][0]


class Things:
    """Places, bodies, events."""

    def __init__(self, rng, status):
        self.rng, self.status = rng, status
        self.uses = Counter()
        self.made_up = table("regions")["made_up"]
        self.region = {country: name for name, row in table("regions")["region"].items() for country in row["countries"]}
        cities = {row["geonames_id"]: row for row in tables.read(LEXICONS / "generated" / "cities.tsv")}
        self.capitals = {row["iso_3166"]: row["capital_geonames_id"] for row in tables.read(LEXICONS / "generated" / "countries.tsv")}
        self.country_name = {}
        for row in tables.read(LEXICONS / "generated" / "country_names.tsv"):
            self.country_name.setdefault(row["iso_3166"], row["name"])
        self.cities = defaultdict(list)
        seen = {}
        for row in read("city_names"):
            city = cities.get(row["geonames_id"])
            if city and "common" not in row["flags"] and row["geonames_id"] not in seen:
                seen[row["geonames_id"]] = row["name"]
                self.cities[city["iso_3166"]].append((row["name"], (int(city["population"]) + 3000) ** 0.4))
        self.capital_name = {country: seen.get(number) for country, number in self.capitals.items()}
        self.others = {name: self._by_country(name) for name in ("region_names", "facility_names", "organisations", "businesses", "events")}

    def _by_country(self, name):
        found = defaultdict(list)
        done = set()
        for row in read(name):
            key = row["latin_name"] if row["latin_name"] != "-" else fold(row["name"])
            if (key, row["iso_3166"]) in done or any(character.isdigit() for character in row["name"]) or not is_arabic(row["name"].replace(".", "")):
                continue
            if {"common", "ambiguous"} & set(row["flags"].split(",")):
                continue
            done.add((key, row["iso_3166"]))
            found[row["iso_3166"]].append(row)
        return found

    def _choose(self, weighted, split, want):
        weights = {}
        for name, weight in weighted:
            if holdout.held_out(name) and holdout.reserved(name) != (split == "test"):
                continue
            state = self.status.thing(name)
            if want in ("held_out", "listed") and state != want:
                continue
            weights[name] = weight * AGAIN ** self.uses[fold(name)]
        # What has been used up in this part is no choice at all.
        weights = {name: weight for name, weight in weights.items() if self.uses[fold(name)] < 3}
        if not weights:
            return None
        name = pick(self.rng, weights)
        self.uses[fold(name)] += 1
        return {"name": name, "status": self.status.thing(name)}

    def seat(self, country, split):
        """The place that an article is datelined from: the capital, or another city."""
        capital = self.capital_name.get(country)
        if capital and self.rng.random() < 0.5:
            return capital
        weights = {name: weight**1.6 for name, weight in self.cities[country] if not holdout.held_out(name) or holdout.reserved(name) == (split == "test")}
        top = dict(sorted(weights.items(), key=lambda item: -item[1])[:14])
        weighted = {name: weight / (1 + 3 * self.uses[fold(name)]) for name, weight in top.items()}
        name = pick(self.rng, weighted) if weighted else capital
        self.uses[fold(name)] += 1
        return name

    def place(self, country, split, want, facility_kinds):
        roll = self.rng.random()
        if want == "unlisted":
            return self._made_up("village", country, "village")
        if roll < 0.3 and facility_kinds:
            rows = [row for row in self.others["facility_names"][country] if row["subtype"] in facility_kinds]
            found = self._choose([(row["name"], 1) for row in rows], split, want)
            if found:
                kind = next(row["subtype"] for row in rows if row["name"] == found["name"])
                return {**found, "kind": kind, "country": country}
        if roll < 0.55:
            rows = [row for row in self.others["region_names"][country] if row["subtype"] not in ("former_country", "continent")]
            found = self._choose([(row["name"], 1) for row in rows], split, want)
            if found:
                kind = next(row["subtype"] for row in rows if row["name"] == found["name"])
                return {**found, "kind": kind, "country": country}
        found = self._choose(self.cities[country], split, want)
        return {**found, "kind": "city", "country": country} if found else None

    def body(self, country, split, want, kinds, league_words):
        kind = self.rng.choice(kinds)
        if want == "unlisted":
            form = kind if kind in self.made_up["body"] else {"broadcaster": "media", "newspaper": "media", "university": "school", "police": "authority", "court": "authority", "bank": "company", "exchange": "company", "league_body": "club", "museum": "ngo", "union": "ngo", "igo": "ngo", "religious": "ngo", "army": "ngo", "armed_group": "party", "parliament": "party", "government": "authority", "agency": "media"}.get(kind, "ngo")
            return self._made_up(form, country, form)
        rows = [row for name in ("organisations", "businesses") for row in self.others[name][country] if row["subtype"] == kind]
        if kind in ("igo", "league_body", "ngo"):
            rows += [row for name in ("organisations", "businesses") for row in self.others[name]["-"] if row["subtype"] == kind and row["source"] == "curated"]
        if kind == "league_body" and league_words:
            rows = [row for row in rows if any(word in row["name"] for word in league_words)]
        found = self._choose([(row["name"], 2 if row["iso_3166"] == country else 1) for row in rows], split, want)
        return {**found, "kind": kind, "country": next(row["iso_3166"] for row in rows if row["name"] == found["name"])} if found else None

    def event(self, country, split, want, kinds, words, never):
        if want == "unlisted":
            return self._made_up("event", country, "event")
        rows = [row for where in (country, "-") for row in self.others["events"][where] if row["subtype"] in kinds]
        rows = [row for row in rows if any(word in row["name"] for word in words) and not any(word in row["name"] for word in never)]
        # A competition of another country is none of the article's, though no list says whose it is.
        found = self._choose([(row["name"], 6 if row["iso_3166"] == country else 4 if row["source"] == "curated" else 0.05) for row in rows], split, want)
        if not found:
            return None
        row = next(row for row in rows if row["name"] == found["name"])
        return {**found, "kind": row["subtype"], "country": row["iso_3166"]}

    def _made_up(self, form, country, kind):
        region = self.region.get(country)
        if not region:
            return None
        for _ in range(60):
            village = self.rng.choice(self.made_up["village"][region])
            if form == "village":
                name = village
            else:
                forms = self.made_up["body"][form]
                name = self.rng.choice(forms)
                if "{word}" in name:
                    name = name.replace("{word}", self.rng.choice(self.made_up["body"]["words"]))
                if "{family}" in name:
                    name = name.replace("{family}", self.rng.choice(self.made_up["family"][region]))
                name = name.replace("{village}", village)
            if self.status.thing(name) == "unlisted" and not self.uses[fold(name)]:
                self.uses[fold(name)] += 1
                return {"name": name, "status": "unlisted", "kind": kind, "country": country}
        return None
