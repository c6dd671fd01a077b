"""Words of people's names: given or family, of whom, and how much they are something else as well."""

import math
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field

import ordinary
import people
import persons
import tables
from arabic import UNSEEN, clean, fold, is_arabic, without_article
from persons import CONNECTORS, ORDINALS, PARTICLES

ARAB = set("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
# Letters that Arabic does not write in names from elsewhere.
_NATIVE = set("حضظعصذ")
# A source of single attestations (transliterated at random) is believed with a second one or from two on.
MIN_COUNT = 2

# Words beside a name that tell the gender of the one named: after it, before it.
_SON = {fold(word) for word in "بن ابن ولد".split()}
_DAUGHTER = {fold(word) for word in "بنت منت ابنة".split()}
_HE = {fold(word) for word in "السيد الممثل الملك الأمير الشيخ القديس ابنه شقيقه والده اللاعب المخرج الفنان الإمام النبي الكاتب الشاعر الوزير".split()}
_SHE = {fold(word) for word in "السيدة الممثلة الملكة الأميرة الشيخة القديسة ابنته شقيقته والدته زوجته الفنانة المطربة المغنية الكاتبة الشاعرة قالت الآنسة".split()}


@dataclass
class Evidence:
    """What the sources say of one word."""

    given: float = 0.0
    family: float = 0.0
    # Of names without a word on their use.
    either: float = 0.0
    arab: float = 0.0
    sources: Counter = field(default_factory=Counter)
    spellings: Counter = field(default_factory=Counter)
    genders: Counter = field(default_factory=Counter)
    latin: set = field(default_factory=set)

    @property
    def total(self):
        return self.given + self.family + self.either


def is_name_shaped(word):
    """Whether a cleaned spelling may be one word of a name at all."""
    return is_arabic(word) and " " not in word and "-" not in word and 2 <= len(word) <= 14 and "آآ" not in word and not re.search(r"(.)\1\1|^[ةى]|ء{2}", word)


def collect(context, candidates):
    """Folded word → its evidence, over all sources."""
    found, tally = {}, context.tally

    def add(word, source, count=1.0, given=0.0, family=0.0, arab=0.0, gender=None, spelled=True, latin=()):
        word = clean(word)
        key = fold(word)
        if not is_name_shaped(word) or key in CONNECTORS or len(key) < 2:
            tally.drop(source)
            return
        entry = found.setdefault(key, Evidence())
        entry.given += given * count
        entry.family += family * count
        entry.either += (1 - given - family) * count
        entry.arab += arab * count
        entry.sources[source] += count
        if spelled:
            entry.spellings[word] += count
        if gender:
            entry.genders[gender] += 1
        entry.latin.update(latin)

    connection = sqlite3.connect(":memory:")
    connection.deserialize(context.packages.read("arabic-name-romanizer", "arabic_name_romanizer/resources/names.sqlite3"))
    # `units` are single words; the table of full names is never read.
    query = "select arabic_key, role, country, sum(count), group_concat(latin) from units group by 1, 2, 3 order by 1, 2, 3"
    units, abroad = {}, set()
    for key, role, country, count, latin in connection.execute(query):
        unit = units.setdefault(key, [])
        unit.append((role, country, count, latin.split(",")))
    for key, unit in units.items():
        total = sum(count for _, _, count, _ in unit)
        word = key.removeprefix("بن ") if key.startswith("بن ") else key
        if total < MIN_COUNT or " " in word:
            tally.drop("arabic-name-romanizer")
            continue
        for role, country, count, latin in unit:
            # An Algerian name of the list without roles stands there once with the other names of the person.
            given, family = {"given": (1.0, 0.0), "surname": (0.0, 1.0)}.get(role, (0.0, 0.0))
            if word != key:
                given, family = 0.0, 1.0
            add(word, "arabic-name-romanizer", count, given, family, 1.0 if country in ARAB else 0.0, spelled=False, latin=map(str.lower, latin))
    connection.close()

    for row in context.shared.rows("rigour", ["id", "name", "language", "latin"]):
        if row["language"] == "ar":
            add(row["name"], "rigour", latin=filter(None, row["latin"].split(";")))
        else:
            tally.drop("rigour")
    for row in context.shared.rows("wikidata-names", ["name", "latin", "count"]):
        add(row["name"], "wikidata-names", int(row["count"]), latin=[row["latin"]])
    for row in context.shared.rows("google-names", ["name", "latin"]):
        add(row["name"], "google-names", latin=[row["latin"]])
    for source, gender in (("akhateeb-female", "f"), ("akhateeb-male", "m"), ("akhateeb-last", None)):
        for word in context.shared.text(source).splitlines():
            if word.strip():
                given = 1.0 if gender else 0.0
                add(word, source, 1.0, given, 1.0 - given, 1.0, gender)
    for person in candidates:
        if person.sure:
            # The second half of عبد العزيز is no name of its own.
            parts = re.split("[ -]", re.sub(r"\bعبد \S+", "عبد", person.name))
            words = [word for word in parts if fold(word) not in CONNECTORS | ORDINALS | PARTICLES]
            numbered = any(fold(word) in ORDINALS for word in person.words)
            first = fold(person.words[0]) not in CONNECTORS
            for number, word in enumerate(words):
                if number == 0 and first:
                    add(word, person.source, 1.0, 1.0, 0.0, gender=person.gender if person.gender != "-" else None)
                elif number == len(words) - 1 and number and not numbered:
                    add(word, person.source, 1.0, 0.0, 1.0)
    return found


# How much of its occurrences in open text a word stands beside a name, from which on it is mostly a name itself; and the
# rates (occurrences in ten million words) that make a word an ordinary one if it does not.
MOSTLY_NAME = 0.30
SELDOM_NAME = 0.10
HARDLY_NAME = 0.035
FREQUENT = 60.0
VERY_FREQUENT = 900.0
LONG = 11


class Usage:
    """How the words of names are used in open text."""

    def __init__(self, context, found):
        statistics = context.statistics
        self.rates = ordinary.rates(statistics, context.frequencies)
        self.counts = statistics.counts
        self.stops = {fold(word) for word in context.stop_words}
        seeds = {
            key
            for key, entry in found.items()
            if entry.total >= 8 and len(key) > 2 and key not in self.stops and self.rates.get(key, 0) < 4000
        }
        # Once over with all that may be names, then with those that stand beside them.
        beside = statistics.beside(seeds)
        seeds = {key for key in seeds if beside.get(key, 0) >= SELDOM_NAME or self.rates.get(key, 0) < 5}
        self.beside = statistics.beside(seeds)
        self.before, self.after, self.he, self.she = Counter(), Counter(), Counter(), Counter()
        for (first, second), count in statistics.pairs.items():
            if second in seeds and first in found:
                self.before[first] += count
            if first in seeds and second in found:
                self.after[second] += count
            if first in found:
                if second in _SON:
                    self.he[first] += count
                elif second in _DAUGHTER:
                    self.she[first] += count
            if second in found:
                if first in _HE:
                    self.he[second] += count
                elif first in _SHE:
                    self.she[second] += count

    def rate(self, key):
        return self.rates.get(key, 0.0)

    def share(self, key):
        """The share of occurrences beside a name; None if the texts have too few to tell."""
        return self.beside.get(key, 0.0) if self.counts.get(key, 0) >= 8 else None


def _inflects(key, usage):
    """Whether a word is met with and without the article, as nouns and adjectives are, or with endings of verbs and nouns."""
    rate, bare = usage.rate(key), without_article(key)
    forms = [bare] if bare != key else ["ال" + key, "لل" + key, key + "ت", key + "وا", key + "ها", key + "هم", key + "نا"]
    if key.endswith("ه"):
        # `اسمه` beside `اسمها`, but not `فاطمه`.
        forms.append(key[:-1] + "ها")
    return key in usage.stops or any(usage.rate(form) > max(2, rate * 0.04) for form in forms)


def _is_common(key, entry, rate, share, usage):
    """Whether a word of names is mostly something else: it is frequent, and not for standing beside names."""
    if rate > FREQUENT and rate > 30 * entry.total and (share is None or share < 0.25):
        return True
    if key in PARTICLES or key in usage.stops and not (rate < 200 and entry.total > 10):
        return True
    if rate < FREQUENT / 4 or rate < entry.total * 0.3 or not (_inflects(key, usage) or len(key) < 3):
        return False
    if share is None:
        return rate > FREQUENT and rate > entry.total
    # Names that many people have are met without their neighbours too.
    return share < (0.12 if entry.total >= 100 else 0.2 if entry.total >= 20 else MOSTLY_NAME)


# From these levels on a name is frequent enough to stand alone, from this length on long enough.
GIVEN_ALONE = 6
FAMILY_ALONE = 4
LONG_ENOUGH = 4
# Of a word that the texts have too few times to tell.
UNKNOWN = 10.0


def _verbal(key):
    """Forms by which a word is a verb or an adjective, beside those of `ordinary.related`."""
    if key.endswith("ت"):
        yield key[:-1]
    if key.endswith("ا"):
        yield key[:-1]
    if key.endswith("ي"):
        yield key + "ه" if key.startswith("ال") else key[:-1] + "يه"


def stands_alone(key, given, family, usage):
    """Whether a word is a name wherever it stands: it has no forms of other words, or stands beside names often."""
    if len(key) < LONG_ENOUGH or given < GIVEN_ALONE and not (family >= FAMILY_ALONE and family > given):
        return False
    # `الصديق`, `الحكيم`: with the article only a name of origin is nothing else.
    if key.startswith("ال") and not key.endswith("ي"):
        return False
    rate, share = usage.rate(key), usage.share(key)
    forms = ordinary.forms(usage.rates, key) + sum(usage.rate(form) > max(ordinary.LEAST, rate * 0.04) for form in _verbal(key))
    if share is None:
        return not forms and rate < UNKNOWN
    return not forms and share >= SELDOM_NAME or forms < 2 and share >= MOSTLY_NAME


def level(count):
    """0 to 9 on the scale of the tables."""
    return min(9, int(math.log2(count)) + 1) if count >= 1 else 1 if count > 0.3 else 0


def spelling(key, entry, statistics, frequencies):
    """The best spelling: as the lists of names have it, and where they are at odds as open text has it."""
    forms = Counter(entry.spellings)
    text = statistics.spellings.get(key, {})
    if not forms:
        forms = Counter({form: count for form, count in text.items() if is_name_shaped(form)}) or Counter({key: 1})
        arabic = frequencies.tables.get("ar", {})
        # Text leaves hamzas out more often than it puts in wrong ones.
        return max(sorted(forms), key=lambda form: (forms[form] * (3 if re.search("[أإآةؤئ]", form) else 1), arabic.get(form, UNSEEN)))
    most = max(forms.values())

    def rank(form):
        marked = len(re.findall("[أإآؤئءة]", form))
        return (forms[form] * 4 >= most, marked, forms[form], text.get(form, 0))

    return max(sorted(forms), key=rank)


def gender(key, word, entry, usage):
    """Of the given name: by lists and articles, else by what stands beside it, else by its ending."""
    male, female = entry.genders["m"], entry.genders["f"]
    if male + female < 3:
        male += usage.he[key]
        female += usage.she[key]
    if male + female >= 2 or entry.genders:
        share = female / (male + female) if male + female else 0.5
        if share <= 0.25:
            return "m"
        return "f" if share >= 0.75 else "u"
    if word.endswith("ة"):
        return "f"
    latin = [name for name in entry.latin if name]
    if not _NATIVE & set(word) and latin and all(re.search("(ia|ina|anna|ella|etta|ette|elle|isa|ova|aya|eva)$", name) for name in latin):
        return "f"
    return "u"


def name_words(context, candidates):
    """The table, and how its words are used."""
    found = collect(context, candidates)
    usage = Usage(context, found)
    countries = context.keys("country_names")
    places = countries | context.keys("city_names") | context.keys("region_names")
    nationalities = context.keys("nationality_names")
    months = context.keys("month_names")
    removed = {fold(row["name"]) for row in context.curated("removed") if row["table"] == "name_words"}
    # Of `عبد الرحمن` and `صلاح الدين`, the second word: the program joins them.
    seconds = {fold(row["part"]) for row in context.curated("name_compounds")} - {fold("الأمير"), fold("الحسين"), fold("الحسن")}
    rows = []
    for key in sorted(found):
        entry = found[key]
        rate, share = usage.rate(key), usage.share(key)
        # Weak evidence: one source that has it once.
        source, _ = entry.sources.most_common(1)[0]
        weak = len(entry.sources) == 1 and entry.total < MIN_COUNT
        hardly = share is not None and share < HARDLY_NAME
        common = _is_common(key, entry, rate, share, usage)
        arab = entry.arab >= max(1, entry.total / 10) or entry.sources["akhateeb-male"] or entry.sources["akhateeb-female"]
        inflects = _inflects(key, usage)
        ordinary_word = (
            key in usage.stops and (share is None or share < MOSTLY_NAME) and entry.given < 50 and not (rate < 200 and entry.total > 10)
            or rate > VERY_FREQUENT and (share is None or share < SELDOM_NAME) and entry.given < 30
            or rate > FREQUENT and hardly and inflects and entry.total < 40
            or rate > FREQUENT and hardly and entry.total < 8
            or rate > 8 and inflects and len(entry.sources) == 1 and (share is None or hardly) and entry.total < 6
            or rate > (1 if inflects else 8) and weak and share is not None and share < SELDOM_NAME
            or rate > 8 and key in places and entry.total < 10 and (share is None or share < SELDOM_NAME)
            or common and entry.total < 10 and rate > 20 * entry.total and (share is None or share < 0.2)
            or common and entry.total < 3 and (share is None or share < 0.2)
            or key in places and rate > 20 * entry.total
            or key in months | countries and entry.total < 20
            or key in nationalities and key + "ه" not in found and entry.total < 4
            or any(key.startswith(mark) and usage.rate(key[1:]) > 300 for mark in "وفبلك") and entry.total < 3
            or key in ORDINALS
        )
        # A Persian name of two words whose space was lost; a foreign one so short that it could be anything, or so long
        # that nobody takes it for an ordinary word.
        glued = re.search("..ال(له|دين|زمان)", key) and entry.arab < 1 and entry.total < 20
        short = weak and not arab and (len(key) <= 4 or len(key) >= LONG) and (share or 0) < MOSTLY_NAME
        if key in removed or key in seconds and entry.family < 10 or ordinary_word or glued or short:
            for name in entry.sources:
                context.tally.drop(name)
            continue
        word = spelling(key, entry, context.statistics, context.frequencies)
        before, after = usage.before[key], usage.after[key]
        # What the lists leave open is divided by the lists' own word, else by where the word stands beside names.
        known = entry.given + entry.family
        if known >= 2:
            first = entry.given / known
        elif before + after >= 2:
            first = (before + 0.5) / (before + after + 1)
        elif known:
            first = (entry.given + 0.5) / (known + 1)
        else:
            first = 0.2 if word.startswith("ال") and re.match("(al|el)", min(entry.latin, default="")) else 0.5
        given = level(entry.given + entry.either * first)
        family = level(entry.family + entry.either * (1 - first))
        if not given and not family:
            given, family = (1, 0) if first > 0.5 else (0, 1)
        flags = {"common"} if common or key in months or (key in countries and entry.total < 100) else set()
        if key in places or without_article(key) in countries:
            flags.add("place")
        if not arab and not _NATIVE & set(word) and not re.match("(al|el)[ -]", min(entry.latin, default="")):
            flags.add("foreign")
        if not flags & {"common", "place"} and stands_alone(key, given, family, usage):
            flags.add("alone")
        # The strongest source is named; each is credited with the row.
        for name in entry.sources:
            context.tally.take(name)
        rows.append(
            {
                "word": word,
                "given": str(given),
                "family": str(family),
                "gender": gender(key, word, entry, usage) if given else "-",
                "flags": ",".join(sorted(flags)),
                "source": source,
            }
        )
    genders = {row["word"]: row["gender"] for row in context.curated("name_word_genders")}
    for row in rows:
        row["gender"] = genders.pop(row["word"], row["gender"])
    context.warnings += [f"curated/name_word_genders.tsv: no row is {word}" for word in genders]
    unused = tables.apply_flags(rows, context.curated("name_word_flags"), None, "word")
    context.warnings += [f"curated/name_word_flags.tsv: no row is {word}" for word in unused]
    return rows, usage


def make(context):
    """The tables `name_words` and `people`."""
    candidates = persons.read(context)
    rows, usage = name_words(context, candidates)
    known = {fold(row["word"]) for row in rows}
    context.warnings += [
        f"curated/name_words.tsv: {row['word']} is generated already"
        for row in context.curated("name_words")
        if fold(row["word"]) in known
    ]
    return {"name_words": rows, "people": people.people(context, candidates, rows, usage)}
