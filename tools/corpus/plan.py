"""Writes data/corpus/plan.toml: 240 briefs for the articles of the corpus, drawn with a fixed seed.

    python3 tools/corpus/plan.py            # writes the plan and prints its totals
    python3 tools/corpus/plan.py --check    # fails if the committed plan differs, as it does once the lexicons have grown

It fails if a target is missed. What it draws from stands in the tables beside it and in the lexicons.
"""

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

import calendar_dates
import cast

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "data" / "corpus" / "plan.toml"
SEED = 8
SPLITS = ("train", "dev", "test")
# The kinds of names that a brief casts.
CAST = ("person", "place_cast", "organisation", "event")
SIZE = {"train": 160, "dev": 40, "test": 40}
AVERAGE_WORDS = {"train": 247, "dev": 280, "test": 430}
LENGTH_FACTOR = {"train": 1.0, "dev": 1.12, "test": 1.75}
SHORTEST, LONGEST = 60, 900

SPELLING = {"none": 0.15, "confused": 0.12, "tatweel": 0.05, "vowelled": 0.08}
DOUBLED_HEADLINE = 0.15
MIXED_SCRIPT = 0.30
SOURCE_LINE = 0.2
DATE_LINE = 0.08
MIXED = [
    "company with its Latin name in brackets", "hashtags", "handle of a social network", "URL", "English abbreviation",
    "Latin model number or unit", "e-mail address", "title of a work in English or French", "two Latin names of persons in brackets",
]
# How speakers are to be named, with weights.
SPEAKERS = {"before": 24, "after": 18, "by_role": 14, "verb_alone": 39, "in_turn": 8, "passive_agency": 4, "statement": 6}
# Genres that a house also sends from abroad.
ABROAD = set(
    "politics conflict diplomacy economy company court crime disaster health science technology culture obituary football tennis"
    " basketball_handball_volleyball athletics_cycling_swimming motorsport_horse_camel photo_caption live_blog aid_refugees energy"
    " agriculture_environment tourism_archaeology transport interview opinion".split()
)
# Genres whose people come from several countries.
MIXED_COUNTRIES = {"diplomacy": 0.5, "football": 0.3, "tennis": 0.7, "athletics_cycling_swimming": 0.55, "motorsport_horse_camel": 0.4,
                   "basketball_handball_volleyball": 0.3, "aid_refugees": 0.25, "energy": 0.2, "science": 0.2, "culture": 0.15, "communique": 0.3}
ELSEWHERE = "FR US GB DE TR IR RU CN IN ES IT BR NG KE ET ML SN SE JP PK NL GR".split()
GULF = "SA AE QA BH KW OM".split()
NEIGHBOURS = {
    **{country: GULF for country in GULF}, "YE": ["SA", "OM", "DJ"], "IQ": ["KW", "JO", "SY", "IR", "TR"], "SY": ["LB", "JO", "IQ", "TR"],
    "LB": ["SY", "JO", "FR"], "JO": ["PS", "SY", "IQ", "SA"], "PS": ["JO", "EG", "LB"], "EG": ["SD", "LY", "PS", "SA"], "SD": ["EG", "ET", "TD", "SS"],
    "LY": ["TN", "EG", "TD", "IT"], "TN": ["DZ", "LY", "FR"], "DZ": ["TN", "MA", "FR", "ML"], "MA": ["DZ", "ES", "FR", "MR"],
    "MR": ["SN", "ML", "MA", "DZ"], "SO": ["DJ", "KE", "ET"], "DJ": ["SO", "ET", "YE"], "KM": ["FR", "TZ"],
}
# What the test part takes of its cast from rows that are held out, and from no list.
TEST_HELD_OUT, TEST_UNLISTED = 0.56, 0.115
OTHER_UNLISTED = 0.04
CAST_FACTOR = {"train": 0.95, "dev": 1.0, "test": 1.12}
NAMES_PER_HUNDRED = {"train": 5.4, "dev": 5.8, "test": 7.1}
FACTOR = {  # of what the genres say
    "train": {"quotations": 1.0, "dates": 1.0, "amounts": 1.0},
    "dev": {"quotations": 1.05, "dates": 1.05, "amounts": 1.0},
    "test": {"quotations": 1.3, "dates": 1.32, "amounts": 0.9},
}
# At least so much in the test part; the articles themselves have to reach four fifths of it.
TEST_TARGETS = {"headed": 50, "subheads": 75, "quotations": 190, "verb_alone": 52, "dates": 260, "hijri_dates": 40, "amounts": 80, "names": 1150}
ALL_WORDS = 66_000


class Carry:
    """Rounds a row of shares so that their sum stays right."""

    def __init__(self):
        self.rest = 0.5

    def __call__(self, value, least=0):
        self.rest += value
        whole = int(self.rest)
        self.rest -= whole
        return max(whole, least)


def deck(rng, size, shares, other):
    """A shuffled list of `size` kinds by their shares; the rest is `other`."""
    cards = [kind for kind, share in shares.items() for _ in range(round(share * size))]
    cards += [other] * (size - len(cards))
    rng.shuffle(cards)
    return cards


def houses_of(rng, size, styles):
    """As many houses as articles, each at least once, more of those with a greater share."""
    if size < len(styles):
        raise ValueError(f"{size} articles cannot have {len(styles)} houses")
    total = sum(row["share"] for row in styles.values())
    exact = {name: 1 + (size - len(styles)) * row["share"] / total for name, row in styles.items()}
    counts = {name: int(value) for name, value in exact.items()}
    for name in sorted(exact, key=lambda name: (counts[name] - exact[name], name))[: size - sum(counts.values())]:
        counts[name] += 1
    cards = [name for name in sorted(counts) for _ in range(counts[name])]
    rng.shuffle(cards)
    return cards


def seed_countries(seed, regions):
    """The story and the countries it is tied to, or None."""
    if not seed.startswith("@"):
        return seed, None
    where, story = seed[1:].split(" ", 1)
    return story, regions["region"][where]["countries"] if where in regions["region"] else where.split(",")


class Planner:
    def __init__(self, seed=SEED):
        self.rng = random.Random(seed)
        self.genres, self.styles, self.regions, self.months = (cast.table(name) for name in ("genres", "styles", "regions", "months"))
        self.status = cast.Status()
        self.persons = cast.Persons(self.rng, self.status)
        self.things = cast.Things(self.rng, self.status)

    # --- What is told, by whom, where ---

    def assign(self):
        """Genre, house, seed and country of every article, in the order of their ids."""
        articles = []
        seeds = {name: [seed_countries(seed, self.regions) for seed in row["seeds"]] for name, row in self.genres.items()}
        for stories in seeds.values():
            self.rng.shuffle(stories)
        # The test part chooses first: it is the smallest and has every genre.
        for split in ("test", "dev", "train"):
            where = SPLITS.index(split)
            kinds = [name for name, row in self.genres.items() for _ in range(row["count"][where])]
            for _ in range(500):
                found = self._match(kinds, houses_of(self.rng, SIZE[split], self.styles), seeds)
                if found:
                    break
            else:
                raise ValueError(f"no way found to give the {split} articles houses and stories")
            for article in found:
                seeds[article["genre"]].remove((article["seed"], article.pop("only")))
                article["split"] = split
            self.rng.shuffle(found)
            articles = found + articles
        for number, article in enumerate(articles, 1):
            article["id"] = f"{number:03}"
        return articles

    def _match(self, kinds, houses, seeds):
        """Genres with houses that carry them and stories that can play where the house reports; None if that fails."""
        left, found, taken = list(houses), [], Counter()
        # Those with the most conditions choose first.
        tied = lambda kind: (-sum(kind in row["genres_not"] for row in self.styles.values()), kind)  # noqa: E731
        order = sorted(kinds, key=lambda kind: (kind != "conflict", tied(kind)))
        for kind in order:
            options = [house for house in sorted(set(left)) if kind not in self.styles[house]["genres_not"]]
            self.rng.shuffle(options)
            for house in options:
                country = self._country(kind, house)
                stories = [story for story in seeds[kind] if not taken[story[0]] and (story[1] is None or country in story[1])]
                if stories:
                    story, only = stories[0]
                    taken[story] += 1
                    left.remove(house)
                    found.append({"genre": kind, "style": house, "country": country, "seed": story, "only": only})
                    break
            else:
                return None
        return found

    def _country(self, kind, house):
        row = self.styles[house]
        if kind in ABROAD and self.rng.random() < row["abroad"]:
            near = NEIGHBOURS.get(self.rng.choice(row["countries"]), [])
            return self.rng.choice(near + self.rng.sample(ELSEWHERE, 3)) if kind != "conflict" else self.rng.choice(["SY", "YE", "SD", "LY", "SO", "IQ"])
        home = [country for country in row["countries"] if country in self.persons.region] or row["countries"]
        return self.rng.choice(home)

    # --- How long, how much of what ---

    def lengths(self, articles):
        """Words of each article, on average what the part is to have."""
        for split in SPLITS:
            part = [article for article in articles if article["split"] == split]
            factor = LENGTH_FACTOR[split]
            drawn = [self.rng.uniform(*self.genres[article["genre"]]["words"]) for article in part]
            for _ in range(40):
                for article, words in zip(part, drawn):
                    top = min(LONGEST, self.genres[article["genre"]]["max"])
                    article["words"] = int(round(min(max(words * factor, SHORTEST), top) / 5) * 5)
                average = sum(article["words"] for article in part) / len(part)
                factor *= AVERAGE_WORDS[split] / average

    def minimums(self, articles):
        for split in SPLITS:
            carries = {name: Carry() for name in ("quotations", "dates", "amounts")}
            speakers = []
            for article in (article for article in articles if article["split"] == split):
                genre, hundreds = self.genres[article["genre"]], article["words"] / 100
                for name, carry in carries.items():
                    article[name] = carry(genre[name] * hundreds * FACTOR[split][name], least=1 if name == "dates" else 0)
                article["hijri_dates"] = self._hijri(article)
                article["dates"] = max(article["dates"], article["hijri_dates"] + 1)
                article["speakers"] = Counter()
                for number in range(article["quotations"]):
                    if not speakers:
                        speakers = [kind for kind, weight in SPEAKERS.items() for _ in range(weight)]
                        self.rng.shuffle(speakers)
                    kind = speakers.pop()
                    # A verb alone needs somebody who spoke before.
                    if number == 0 and kind in ("verb_alone", "in_turn"):
                        speakers.insert(0, kind)
                        kind = "before"
                    article["speakers"][kind] += 1
            self._subheads(split, [article for article in articles if article["split"] == split])

    def _hijri(self, article):
        dates = article["dates"]
        least = 2 if article["split"] != "test" else 4
        if article["months"] == "hijri_with_gregorian":
            return max(least, dates // 2)
        if article["months"] == "hijri_only":
            return max(least, dates * 3 // 4)
        return {"religion": 2, "obituary": 1, "decree": 1}.get(article["genre"], 0) if article["country"] in self.persons.region else 0

    def _subheads(self, split, part):
        for article in part:
            chance = self.genres[article["genre"]]["subheads"]
            article["subheads"] = 0
            if article["words"] >= 150 and self.rng.random() < (chance if split != "test" else max(chance, 0.35) * 2):
                article["subheads"] = max(1, min(6, round(article["words"] / (130 if split != "test" else 155))))
            if article["genre"] == "live_blog":
                article["subheads"] = max(3, min(8, article["words"] // 70))

    # --- How it looks ---

    def looks(self, articles):
        for split in SPLITS:
            part = [article for article in articles if article["split"] == split]
            size = len(part)
            spelling = deck(self.rng, size, SPELLING, "full")
            doubled = deck(self.rng, size, {True: DOUBLED_HEADLINE}, False)
            mixed = deck(self.rng, size, {True: MIXED_SCRIPT}, False)
            source = deck(self.rng, size, {True: SOURCE_LINE}, False)
            dated = deck(self.rng, size, {True: DATE_LINE}, False)
            for article in part:
                style = self.styles[article["style"]]
                article["spelling"] = spelling.pop()
                article["doubled_headline"] = doubled.pop()
                article["mixed_script"] = self.rng.sample(MIXED, self.rng.choice([1, 1, 2])) if mixed.pop() else []
                article["source_line"] = source.pop()
                article["date_line"] = dated.pop()
                article["months"] = self._months(article, style, split)
                article["digits"] = self.rng.choice(style["digits"])
                article["quotes"] = self.rng.choice(style["quotes"])
                if article["quotes"] == "none":
                    article["quotes"] = "straight"
                article["layout"] = self.rng.choice(style["layout"])

    def _months(self, article, style, split):
        kinds = style["months"]
        if not kinds:
            home = self._home(article)
            return next((kind for kind, countries in self.months["habit"].items() if home in countries), "egyptian")
        # The test part has to show Hijri dates in few articles.
        hijri = [kind for kind in kinds if kind.startswith("hijri")]
        return self.rng.choice(hijri if split == "test" and hijri else kinds)

    def _home(self, article):
        """The country of the house, that of the article if the house reports from several."""
        countries = self.styles[article["style"]]["countries"]
        return article["country"] if article["country"] in countries else sorted(set(countries))[0]

    def heads(self, article):
        """The dateline and the byline, filled in."""
        style, split = self.styles[article["style"]], article["split"]
        article["place"] = self.things.seat(article["country"], split)
        paper = self.rng.choice(self.regions["papers"].get(self._home(article), ["العرب"]))
        article["source"] = paper if article["style"].endswith("_paper") else style["name"]
        short = article["genre"] in ("photo_caption", "correction", "opinion", "interview", "live_blog", "stock_report")
        forms, bylines = style["datelines"], style["bylines"]
        if split == "test" and not short:
            forms = [form for form in forms if form] or forms
        form = self.rng.choice(forms)
        if short and article["genre"] in ("correction", "opinion", "interview", "photo_caption") and self.rng.random() < 0.7:
            form = ""
        if split == "test" or article["genre"] in ("opinion", "interview"):
            bylines = [byline for byline in bylines if byline] or bylines
        byline = self.rng.choice(bylines)
        if split == "test" and self.rng.random() < 0.25 or article["genre"] in ("decree", "communique", "stock_report") or "{writer}" in form:
            byline = ""
        if article["genre"] in ("correction", "photo_caption") and "{writer}" in byline:
            byline = "name" if article["genre"] == "photo_caption" else ""
        if article["genre"] == "opinion":
            byline = self.rng.choice(["name", "بقلم: {writer}", "{writer}", "بقلم {writer}", "{writer} *"])
        article["writers"] = []
        own_line = form.startswith("|")
        article["dateline_form"] = "none" if not form else "own_line" if own_line else "head_of_paragraph"
        article["dateline"] = calendar_dates.to_digits(self._fill(form.lstrip("|").strip(), article, paper), article["digits"])
        article["byline"], article["byline_form"] = self._byline(byline, article, paper)

    def _writer(self, article, gender):
        home = self._home(article)
        home = home if home in self.persons.region else "EG"
        found = self.persons.draw(home, article["split"], "held_out" if article["split"] == "test" and self.rng.random() < 0.5 else "any", gender)
        article["writers"].append(found["name"])
        return found["name"]

    def _fill(self, form, article, paper):
        day = article["ref"]
        year, month, of_month = calendar_dates.hijri(day)
        month_name = self.months[article["months"]]["names"][day.month - 1]
        while "{writer}" in form:
            form = form.replace("{writer}", self._writer(article, "f" if "كتبت" in form else "m" if "كتب" in form else None), 1)
        return form.format(
            place=article["place"], country=self.things.country_name[article["country"]], day=day.day, month=month_name, year=day.year,
            month_number=day.month, dmy=f"{day.day}-{day.month}-{day.year}", paper=paper,
            hijri=f"{of_month} {self.months['hijri']['names'][month - 1]} {year}",
        )

    def _byline(self, byline, article, paper):
        if not byline:
            return "", "none"
        a, b, c, d = (self.rng.choice("أبترجحخدرسشصطعفقكلمنهوي") for _ in range(4))
        coded = {
            "initials": (f"{a}{b}/{c}{d}", "initials at the end"),
            "initials_two": (f"{a}.{b}/{c}.{d}", "initials at the end"),
            "slash_initials": (f"/ {a} {b} / {c} {d} /", "initials at the end"),
            "desk_initials": (f"--(بترا) {a}{b}/{c}{d}", "initials at the end"),
            "equals_initials": (f"============ {a}.{b}.", "initials at the end"),
            "وال initials": (f"(وال) {a} {b} / {c} {d}", "initials at the end"),
            "/العمانية/ initials": (f"/العمانية/ {a}{b}", "initials at the end"),
            "سبأ": ("سبأ", "agency at the end"),
        }
        if byline in coded:
            return coded[byline]
        forms = {"name": "{writer}", "name_end": "{writer}", "name_under_title": "{writer}", "initials_desk": "(إعداد {writer} للنشرة العربية - تحرير {writer})"}
        where = {"name_end": "name alone at the end", "initials_desk": "at the end in brackets"}.get(byline, "name alone under the title" if byline in ("name", "name_under_title", "{writer}") else "under the title")
        return self._fill(forms.get(byline, byline), article, paper), where

    # --- The cast ---

    def casts(self, articles):
        for split in ("test", "dev", "train"):
            part = [article for article in articles if article["split"] == split]
            carries = {name: Carry() for name in ("people", "places", "bodies", "events")}
            wishes = []
            for article in part:
                genre, hundreds = self.genres[article["genre"]], article["words"] / 100 * CAST_FACTOR[split]
                count = {name: carry(genre[name] * hundreds, least=0 if name == "events" else 1) for name, carry in carries.items()}
                article["person"] = [self._person(article, self._wish(wishes, split)) for _ in range(count["people"])]
                article["place_cast"] = self._things(count["places"], lambda wish: self.things.place(self._where(article), split, wish, genre["facility_kinds"]), wishes, split)
                article["organisation"] = self._things(count["bodies"], lambda wish: self.things.body(self._where(article), split, wish, genre["org_kinds"], genre.get("league_words", [])), wishes, split)
                article["event"] = self._things(count["events"], lambda wish: self.things.event(self._where(article), split, wish, genre["event_kinds"], genre.get("event_words", [""]), genre.get("event_not", [])), wishes, split)
                drawn = sum(len(article[kind]) for kind in CAST) + len(article["writers"])
                density = NAMES_PER_HUNDRED[split] * (1.5 if article["words"] <= 120 else 1)
                article["names"] = max(drawn + 1, round(density * article["words"] / 100))

    def _wish(self, wishes, split):
        if not wishes:
            if split == "test":
                wishes += deck(self.rng, 52, {"held_out": TEST_HELD_OUT, "unlisted": TEST_UNLISTED}, "listed")
            else:
                wishes += deck(self.rng, 50, {"unlisted": OTHER_UNLISTED}, "any")
        return wishes.pop()

    def _where(self, article):
        """Mostly the country of the article; as the genre has it, another one."""
        if self.rng.random() < MIXED_COUNTRIES.get(article["genre"], 0.07):
            near = NEIGHBOURS.get(article["country"], [self._home(article)])
            return self.rng.choice(near * 2 + self.rng.sample(ELSEWHERE, 2) + [self._home(article)])
        return article["country"]

    def _person(self, article, wish):
        country = self._where(article)
        if wish == "unlisted" and country not in self.persons.region:
            country = self._home(article) if self._home(article) in self.persons.region else "EG"
        for place in [country, self._home(article), *self.rng.sample(sorted(self.persons.region), 6)]:
            try:
                return self.persons.draw(place, article["split"], wish)
            except ValueError:
                continue
        raise ValueError(f"article {article['id']}: no {wish} person is left")

    def _things(self, count, draw, wishes, split):
        found, tries = [], 0
        while len(found) < count and tries < 300:
            wish = self._wish(wishes, split)
            # Not every table has a held-out row of the kind asked for: try other kinds and countries first.
            for attempt in range(14):
                drawn = draw(wish)
                if drawn and self._squeezed(drawn) not in map(self._squeezed, found):
                    found.append(drawn)
                    break
            else:
                wishes.append(wish)
                self.rng.shuffle(wishes)
            tries += 1
        return found

    @staticmethod
    def _squeezed(item):
        """The name without spaces: جد حفص and جدحفص are one."""
        return cast.fold(item["name"]).replace(" ", "")

    def plan(self):
        articles = self.assign()
        for article, day in zip(articles, calendar_dates.publication_days(self.rng, len(articles))):
            article["ref"] = day
        self.lengths(articles)
        self.looks(articles)
        self.minimums(articles)
        for article in sorted(articles, key=lambda article: (SPLITS.index(article["split"]) * -1, article["id"])):
            self.heads(article)
        self.casts(articles)
        return articles


# --- Writing ---

HEAD = """\
# Written by tools/corpus/plan.py with a fixed seed: do not edit. What the fields mean stands in tools/corpus/README.md.
"""


def quoted(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(quoted(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {quoted(item)}" for key, item in value.items()) + " }" if value else "{}"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def render(articles):
    """The plan as TOML."""
    out = [HEAD]
    for article in articles:
        out.append("[[article]]")
        year, month, day = calendar_dates.hijri(article["ref"])
        for key in ("id", "split", "genre", "style", "country", "seed", "ref"):
            out.append(f"{key} = {quoted(article[key])}")
        out.append(f'ref_hijri = "{year:04}-{month:02}-{day:02}"')
        for key in ("words", "spelling", "months", "digits", "quotes", "layout", "place", "source", "source_line", "date_line",
                    "dateline_form", "dateline", "byline_form", "byline", "doubled_headline", "subheads", "mixed_script"):
            out.append(f"{key} = {quoted(article[key])}")
        out.append(f"speakers = {quoted({kind: article['speakers'][kind] for kind in SPEAKERS if article['speakers'][kind]})}")
        least = {"quotations": article["quotations"], "verb_alone": article["speakers"]["verb_alone"]}
        least.update({key: article[key] for key in ("dates", "hijri_dates", "amounts", "names")})
        out.append(f"minimums = {quoted(least)}")
        drawn = [item["country"] for kind in CAST for item in article[kind] if item["country"] != "-"]
        out.append(f"countries = {quoted(sorted({article['country'], *drawn}))}")
        for name in CAST:
            if article[name]:
                out.append(f"{name} = [")
                out.extend(f"  {quoted(item)}," for item in article[name])
                out.append("]")
        out.append("")
    return "\n".join(out)


# --- Totals and targets ---

def totals(articles, split):
    # A brief that was read has its least figures in a table of their own.
    part = [article | article.get("minimums", {}) for article in articles if split in ("all", article["split"])]
    drawn = [item["status"] for article in part for kind in CAST for item in article.get(kind, [])]
    return {
        "articles": len(part),
        "words": sum(article["words"] for article in part),
        "datelines": sum(article["dateline_form"] != "none" for article in part),
        "bylines": sum(article["byline_form"] != "none" for article in part),
        "headed": sum((article["dateline_form"] != "none") + (article["byline_form"] != "none") for article in part),
        "subheads": sum(article["subheads"] for article in part),
        "quotations": sum(article["quotations"] for article in part),
        "verb_alone": sum(article["speakers"].get("verb_alone", 0) for article in part),
        "dates": sum(article["dates"] for article in part),
        "hijri_dates": sum(article["hijri_dates"] for article in part),
        "amounts": sum(article["amounts"] for article in part),
        "names": sum(article["names"] for article in part),
        "cast": len(drawn),
        "cast held out": sum(state == "held_out" for state in drawn),
        "cast unlisted": sum(state == "unlisted" for state in drawn),
        "persons": sum(len(article.get("person", [])) for article in part),
        "persons with an ordinary word": sum("ordinary word" in person["note"] for article in part for person in article.get("person", [])),
        "doubled headlines": sum(article["doubled_headline"] for article in part),
        "mixed scripts": sum(bool(article["mixed_script"]) for article in part),
        "full spelling": sum(article["spelling"] == "full" for article in part),
    }


def missed(articles):
    """What the plan falls short of, as sentences."""
    out = []
    found = {split: totals(articles, split) for split in (*SPLITS, "all")}
    if found["all"]["words"] < ALL_WORDS:
        out.append(f"all: {found['all']['words']} words, {ALL_WORDS} wanted")
    for name, least in TEST_TARGETS.items():
        if found["test"][name] < least:
            out.append(f"test: {found['test'][name]} {name}, {least} wanted")
    test = found["test"]
    if test["cast held out"] < 0.5 * test["cast"]:
        out.append(f"test: {test['cast held out']} of {test['cast']} of the cast are held out, half wanted")
    if test["cast unlisted"] < 0.1 * test["cast"]:
        out.append(f"test: {test['cast unlisted']} of {test['cast']} of the cast are in no list, a tenth wanted")
    for split in SPLITS:
        if found[split]["articles"] != SIZE[split]:
            out.append(f"{split}: {found[split]['articles']} articles, {SIZE[split]} wanted")
        shares = Counter(article["genre"] for article in articles if article["split"] == split)
        out += [f"{split}: no article of {genre}" for genre in cast.table("genres") if not shares[genre]]
    for field in ("seed", "id"):
        out += [f"{field} twice: {value}" for value, count in Counter(article[field] for article in articles).items() if count > 1]
    genres = Counter(article["genre"] for article in articles)
    out += [f"{genre}: {count} articles, 4 wanted" for genre, count in genres.items() if count < 4]
    people = Counter(person["name"] for article in articles for person in article.get("person", []))
    out += [f"person twice: {name}" for name, count in people.items() if count > 1]
    return out


def has_articles():
    """Whether articles were written from the plan: then it is drawn no more."""
    return any(PLAN.parent.glob("*/*.markup"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the committed plan, write nothing")
    check = parser.parse_args().check
    articles = Planner().plan()
    columns = {split: totals(articles, split) for split in (*SPLITS, "all")}
    print(f"{'':30}" + "".join(f"{split:>9}" for split in columns))
    for name in columns["all"]:
        print(f"{name:30}" + "".join(f"{column[name]:9}" for column in columns.values()))
    problems = missed(articles)
    for problem in problems:
        print(f"missed: {problem}", file=sys.stderr)
    text = render(articles)
    if check:
        if not PLAN.exists() or PLAN.read_text(encoding="utf-8") != text:
            print(f"{PLAN.relative_to(ROOT)} is not what the program writes", file=sys.stderr)
            return 1
    elif has_articles():
        print("articles are written from the committed plan: it stays as it is", file=sys.stderr)
        return 1
    elif not problems:
        PLAN.parent.mkdir(parents=True, exist_ok=True)
        PLAN.write_text(text, encoding="utf-8")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
