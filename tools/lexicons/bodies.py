"""Organisations, events and facilities, typed by the noun with which their name begins or by their own source."""

import csv
import io
import json
import re

import places
from arabic import clean, fold, is_arabic, without_article
from cities import latin_key
from countries import HDX
from homographs import Homographs

TABLES = ("organisations", "events", "facility_names")
CURATED = (*TABLES, "businesses")
# Sources from the surest to the least sure: where two have a name, the first says what it is.
INTERNACIA, BRANDS, CLUBS, ACTORS, TITLES, IDS, VARIANTS = (
    "internacia-blocs",
    "nsi-brands",
    "arwikicats",
    "petrarch-actors",
    "wikipedia-titles-typed",
    "mindgap-qid",
    "wikikge-variants",
)
MAX_WORDS = 9
# A club's name of one word this short is taken for anything.
SHORT_CLUB = 4
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
# Editions: a year, a season, the words that introduce them, what follows (the event of all years is the name).
_EDITION = re.compile(r"\s*(?:[-–]\s*)?(?:في |ل?موسم |ل?سنة |ل?عام )?\d{2,4}(?:\s*[-–/]\s*\d{2,4})?(?= |$).*$")
# Where a title that was cut from running text goes on: other names, what it is.
_GOES_ON = re.compile(
    r"(?: -)? (?:(?:أو|وهو|وهي|هو|هي|وقبل|يسمى|تسمى|ويسمى|وتسمى|يعرف|تعرف|ويعرف|وتعرف|وتعني|اختصارا|والمعروف|والمعروفة|الاسم"
    r"|المعروف|المعروفة|رسميا|عبارة|إحدى|إحدي|أحد|بالإنجليزية|بالفرنسية|بالألمانية|بالإيطالية|بالإسبانية|بالفارسية|بالتركية|يشكل|قامت|معروف|معروفة|ملف|واختصارا|ويختصر|وتختصر|يعني|والذي|والتي|الذي|التي) .*|(?:اختصارا|ملف|\w \w( \w)*))$"
)
# A word after which a name cannot end: what followed it was cut off.
_HANGING = re.compile(r" (?:تحت|دون|من|في|إلى|على|عن|لعام|لسنة|للأقل|أقل|و|أو|بين|منذ|سنة|عام|موسم|ب|هو|هي)$")
_LATIN = re.compile(r"\((?:[^()A-Za-z]{0,24}[:：]\s*)?([A-Z][A-Za-zÀ-ž0-9 .,'’&-]{2,70}?)\s*[,;،)]")
_OF_TEAM_SPORT = re.compile(r" ل?كرة (?:القدم|السلة|اليد|الطائرة)(?: للسيدات)?$| لكرة (?:القدم|السلة|اليد)$")
_SECOND_BODIES = {"كلية", "مدرسة"}
# Words after which a title is about something of the body, and articles that list.
_ABOUT = {"قائمة", "تاريخ", "شعار", "علم", "نشيد", "اقتصاد", "رؤساء", "تصنيف", "جوائز", "لاعبو", "مطبخ"}


class Heads:
    """The class nouns of title_heads.tsv."""

    def __init__(self, rows):
        self.by_word = {}
        for row in rows:
            listed = {**row, "needs": _roots(row["needs"]), "not": _roots(row["not"])}
            self.by_word.setdefault(fold(row["word"]), []).append(listed)

    def of(self, name, sentence=None):
        """The row for what the name is, or nothing. Without a sentence only nouns that need none decide."""
        first, _, rest = name.partition(" ")
        key = fold(first)
        rows = self.by_word.get(key) or self.by_word.get(without_article(key)) or []
        # "الحزب" alone is no name, nor is "الحزب هو".
        if not rest or (key not in self.by_word and not rest.startswith("ال")):
            return None
        text = f"{name} {sentence or ''}"
        for row in rows:
            # Folding drops the hamza: "مينا" is no "ميناء".
            if row["word"].endswith("ء") != first.endswith("ء"):
                continue
            enough = not row["needs"] or (sentence is not None and any(root in text for root in row["needs"]))
            if enough and not any(root in text for root in row["not"]):
                return row
        return None

    def is_head(self, word):
        """Whether the word is a class noun."""
        return fold(word) in self.by_word or without_article(fold(word)) in self.by_word


def _roots(cell):
    return [] if cell == "-" else cell.split(",")


def name_of_title(title):
    """The name in an article's title: without brackets, year, season; nothing if it is no Arabic name."""
    name = clean(_GOES_ON.sub("", clean(_EDITION.sub("", _BRACKETS.sub("", title))) + " ").strip())
    name = clean(_GOES_ON.sub("", name))
    name = re.sub("^(?:إن|سلسلة مطاعم|سلسلة متاجر) ", "", name)
    words = name.split()
    # "جامعة نيومكسيكو مدرسة الطب": a word-for-word translation; "كاتدرائية ومدرسة".
    if any(word in _SECOND_BODIES for word in words[1:]) or re.match(r"\w+ و(?:مدرسة|مسجد|مطار)", name):
        return None
    if not words or not is_arabic(name) or len(words) > MAX_WORDS or words[0] in _ABOUT or _HANGING.search(name):
        return None
    # "جامعه الطائف جامعة سعودية": the sentence has begun.
    again = [index for index, word in enumerate(words) if index and fold(word) == fold(words[0])]
    return " ".join(words[: again[0]]) if again else name


def latin_of(title, sentence):
    """The name in Latin letters that stands in brackets after the title, or `-`."""
    found = _LATIN.search(sentence)
    near = found and found.start() <= len(title) + 25 and re.search("[a-z]{2}", found[1])
    return found[1].strip(" .,-") if near else "-"


def is_same_body(listed, latin):
    """Whether a curated row speaks of the body: where several bodies have the name, its Latin name has to say so."""
    return "ambiguous" not in listed["flags"] or latin_key(listed["latin_name"]) in latin_key(latin)


class Namer:
    """Collects the rows of the three tables: one a folded name, from the surest source that has it."""

    def __init__(self, context, homographs, country_of, removed):
        self.context, self.homographs, self.country_of = context, homographs, country_of
        self.removed = removed
        self.rows = {table: {} for table in TABLES}
        self.everywhere = {}
        # What was written by hand needs no second row; other names of the same body take its Latin name over.
        self.by_hand = {fold(row["name"]): row for table in CURATED for row in context.curated(table)}
        self.latin_by_hand = {}

    def add(self, table, name, subtype, source, latin="-", iso=None, wikidata="-", short=False):
        """Adds a name unless it is known or unusable. `short`: a short form, which other bodies may have too."""
        name = clean(name)
        key = fold(name)
        known, listed = self.everywhere.get(key), self.by_hand.get(key)
        if listed and listed["subtype"] == subtype and listed["latin_name"] != "-" and is_same_body(listed, latin):
            for id_ in {latin, wikidata} - {"-", ""}:
                self.latin_by_hand.setdefault(id_, listed["latin_name"])
        if known is not None or not self.usable(name, table):
            self.context.tally.drop(source)
            if known is not None and short and known["source"] == source and known["latin_name"] != latin:
                known["several"] = True
            elif known is not None and known["subtype"] == subtype and known["wikidata_id"] == "-" and not short:
                known["wikidata_id"] = wikidata or "-"
            return
        if subtype == "club" and latin == "-" and name.startswith("النادي "):
            same = self.everywhere.get(fold(name.removeprefix("ال")))
            latin = same["latin_name"] if same and not same["several"] else "-"
        row = {
            "name": name,
            "latin_name": latin or "-",
            "subtype": subtype,
            "iso_3166": iso or self.country_of(name),
            "wikidata_id": wikidata or "-",
            "source": source,
            "short": short,
            "several": False,
        }
        self.everywhere[key] = self.rows[table][key] = row

    def usable(self, name, table):
        """Whether the name is Arabic, long enough, not taken out by hand."""
        letters = fold(name).replace(" ", "")
        doubtful = not is_arabic(name) or len(letters) < 3 or len(name.split()) > MAX_WORDS
        return not doubtful and (table, fold(name)) not in self.removed and fold(name) not in self.by_hand

    def country_of_body(self, name, sentence):
        """The one country that the name and the beginning of the article's first sentence speak of, else `-`."""
        words = clean(_BRACKETS.sub("", sentence)).split()[:18]
        iso = self.country_of(f"{name} {' '.join(words)}")
        # "رومانية" is Roman more often than Romanian.
        return "-" if iso == "RO" and self.country_of(name) != "RO" else iso

    def is_fragment(self, name):
        """Whether what is left of a company's name without its class noun is only what it does: `النقل بتونس`."""
        first = name.split()[0]
        return self.homographs.is_word(first) and not self.homographs.is_place(first)

    def is_generic(self, name, head):
        """Whether the name is a kind of thing: `حزب سياسي`, `جامعة سعودية`, `الجيش الرابع`, `وزارة` with a person's name."""
        words = name.split()
        if is_generic(name) or (head["subtype"] == "ministry" and not re.match("ال|شؤون|حقوق|ا", words[1])):
            return True
        if head["subtype"] == "government" and not re.match("ال", words[1]) and self.country_of(name) == "-":
            return True
        indefinite = not any(word.startswith("ال") for word in words)
        people = any(fold(word) in self.homographs.peoples for word in words[1:])
        return len(set(words)) < len(words) or indefinite and len(words) <= 3 and people

    def finished(self, table, heads):
        """The rows with their flags."""
        rows = []
        for row in self.rows[table].values():
            name, flags = row["name"], set()
            headed = heads.is_head(name.split()[0]) and " " in name
            if not headed and self.homographs.is_place(name):
                flags.add("place")
            if " " not in name:
                short = row["subtype"] == "club" and len(fold(name)) <= SHORT_CLUB
                if short or self.homographs.is_word(name) or self.homographs.is_person(name):
                    flags.add("common")
            elif not headed and (self.homographs.is_phrase(name) or self.homographs.is_person(name)):
                flags.add("common")
            if row["several"]:
                flags.add("ambiguous")
            # "نفط", "ميد": nobody means the company.
            if row["subtype"] == "company" and " " not in name and self.homographs.is_everywhere(name):
                self.context.tally.drop(row["source"])
                continue
            by_hand = self.latin_by_hand.get(row["latin_name"]) or self.latin_by_hand.get(row["wikidata_id"])
            rows.append({**row, "latin_name": by_hand or row["latin_name"], "flags": ",".join(sorted(flags))})
            self.context.tally.take(row["source"])
        rows.sort(key=lambda row: (row["subtype"], row["latin_name"] == "-", row["latin_name"], fold(row["name"])))
        return rows


def countries_in(context):
    """A function that says which one country a name speaks of, by a country's name or a nationality, else `-`."""
    words = {}
    for table in ("country_names", "nationality_names"):
        for row in context.tables[table] + context.curated(table):
            flags = set(row["flags"].split(",")) & {"common", "ambiguous", "given_name"}
            if len(row["iso_3166"]) == 2 and row["iso_3166"] not in ("EU",) and not flags and " " not in row["name"]:
                words.setdefault(fold(row["name"]), set()).add(row["iso_3166"])

    def country_of(name):
        found = set()
        for word in re.findall(r"\w+", fold(name)):
            for form in (word, without_article(word), word.removeprefix("ب"), "ال" + word[2:] if word.startswith("لل") else word):
                if form in words:
                    found |= words[form]
                    break
        return found.pop() if len(found) == 1 else "-"

    return country_of


# Tags of internacia's blocs that are organisations or meetings, and what they are.
_BLOCS = {
    "igo": "telecom parliamentary economic customs cuscurr cultural energy fund research humanitarian legal bank standards "
    "forum military police court trade unagency patent intorg sports scientific postal political pta fta eccurr armscontrol",
}
_BLOC_TAGS = set(_BLOCS["igo"].split())
_NO_BODY = set("agreement currency geographic project railgauge gaspipeline travel acronym wbgroup".split())
_MEETINGS = {"مؤتمر", "حوار", "قمة", "اجتماع"}
_NO_BODY_HEADS = set("اتفاقية معاهدة بروتوكول دول دولة منطقة نظام قانون متطلبات تصنيف قائمة حليف ممر خطة اتفاق".split())


def add_blocs(namer):
    """Intergovernmental bodies: their names and acronyms in Arabic letters."""
    columns = ("wikidata", "name", "where", "latin", "tags", "acronym")
    rows = namer.context.shared.rows(INTERNACIA, columns)
    bodies = {}
    for row in rows:
        bodies.setdefault(row["wikidata"], set()).add(row["latin"])
    for row in rows:
        tags, name = set(row["tags"].split(",")), clean(_BRACKETS.sub("", row["name"]))
        # One id for several bodies, or with the name of something else, is an error of the source.
        doubtful = row["wikidata"] and len(bodies[row["wikidata"]]) > 2
        first = without_article(name.split()[0]) if name else ""
        wrong = tags & _NO_BODY or not tags & _BLOC_TAGS or first in _NO_BODY_HEADS
        if doubtful or wrong:
            namer.context.tally.drop(INTERNACIA)
            continue
        subtype = next((kind for kind in ("court", "bank") if kind in tags), "league_body" if "sports" in tags else "igo")
        sure = row["wikidata"] if len(bodies[row["wikidata"]]) == 1 else "-"
        if name.split()[0] in _MEETINGS and not tags & {"intorg", "unagency", "legal"}:
            namer.add("events", name, "conference", INTERNACIA, row["latin"], "-", sure)
            continue
        namer.add("organisations", name, subtype, INTERNACIA, row["latin"], "-", sure)


_BRAND_KINDS = (
    ("amenity/(?:atm|bank|bureau_de_change|money_transfer|payment)", "bank"),
    ("amenity/(?:hospital|clinic)$", "hospital"),
    ("amenity/police|emergency|post_box|courthouse|office/government", None),
    ("shop|amenity/(?:cafe|fast_food|fuel|restaurant|post_office)|office|totem|power|leisure|man_made|highway", "company"),
)


def add_brands(namer):
    """Banks, telecoms, shops of Arab countries."""
    for row in namer.context.shared.rows(BRANDS, ("wikidata", "name", "display", "kind", "latin", "countries")):
        kind = next((kind for pattern, kind in _BRAND_KINDS if re.search(pattern, row["kind"])), None)
        countries = [code.upper() for code in row["countries"].split(",") if len(code) == 2]
        name = clean(_BRACKETS.sub("", row["name"]))
        name = re.sub("^(?:شركة|مجموعة) ", "", name)
        # A bank's name without the word for it, or "محطة", "كشك": what is on the sign, not a name.
        if kind is None or not row["wikidata"] or {"IR", "PK"} & set(countries):
            namer.context.tally.drop(BRANDS)
            continue
        latin = row["latin"] or "-"
        if latin == "-" and re.fullmatch(r"[A-Za-z0-9 .&'-]+", row["display"]):
            latin = row["display"]
        iso = countries[0] if len(countries) == 1 else "-"
        if name.startswith("وزارة "):
            kind = "ministry"
        elif kind == "bank" and not re.search("بنك|مصرف", name) and " " not in name:
            kind = "company"
        namer.add("organisations", name, kind, BRANDS, latin, iso, row["wikidata"])


_NO_CLUB = re.compile("^(?:ال)?(?:دوري|كأس|بطولة|سوبر|درع|طواف|منتخب|اتحاد كرة|رابطة|قائمة|ديربي|ستاد|ملعب)|فوتبول")
_PACKAGE = "ArWikiCats/jsons/"


def add_clubs(namer, heads):
    """Clubs, their leagues and cups, and of the mixed lists the names that begin with a class noun."""
    packages = namer.context.packages
    clubs = json.loads(packages.text(CLUBS, f"{_PACKAGE}sports/Clubs_key.json"))
    for latin, arabic in sorted(clubs.items(), key=lambda club: (len(club[0]), club[0])):
        name = clean(_BRACKETS.sub("", arabic))
        if not name or _NO_CLUB.search(name) or heads.of(name, "") and not name.startswith("نادي"):
            namer.context.tally.drop(CLUBS)
            continue
        title, full = latin_title(latin), name if name.startswith("نادي ") else f"نادي {name}"
        for form in shorter(full, "club"):
            namer.add("organisations", form, "club", CLUBS, title, short=True)
        namer.add("organisations", full, "club", CLUBS, title, short=True)
    for path in ("sports/clubs_teams_leagues", "sports/inter_federations", "keys/keys2"):
        for latin, arabic in json.loads(packages.text(CLUBS, f"{_PACKAGE}{path}.json")).items():
            name = name_of_title(arabic) if isinstance(arabic, str) else None
            head = heads.of(name, "") if name else None
            sport = path.startswith("sports/") and name and _NO_CLUB.search(name)
            if sport and not re.match("(?:ال)?(?:منتخب|اتحاد|ستاد|ملعب|قائمة|ديربي)", name) and " " in name:
                namer.add("events", name, "competition", CLUBS, latin_title(latin))
            elif head and not path.startswith("sports/") and not namer.is_generic(name, head):
                namer.add(head["table"], name, head["subtype"], CLUBS, latin_title(latin))
            else:
                namer.context.tally.drop(CLUBS)


def latin_title(latin):
    """A Latin name of a list in small letters, in capitals as names are written."""
    acronyms = set("uefa fifa ncaa uci afc caf ofc fiba fivb iaaf usa psv rcd cska unaf ehf conifa fina efl aff saff usm ipsc bfa bwf".split())
    small = {"of", "the", "and", "de", "la", "del", "for", "in", "al", "at"}
    words = re.sub(r"\s*\([^)]*\)|\s*\b(?:19|20)\d\d\b", "", latin).replace("\u200f", "").split()
    return " ".join(
        word.upper()
        if word in acronyms or "." in word or len(word) < 3 and word not in small
        else word
        if word in small and index
        else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )


# Indefinite adjectives and nouns after a class noun: a kind of thing and no name.
_KIND = set(
    "خاص خاصة عام عامة حكومي حكومية وطني وطنية دولي دولية سياسي سياسية مركزي مركزية عسكري عسكرية محلي محلية أهلي أهلية حديث "
    "حديثة رياضي رياضية إسلامي إسلامية نفسي نفسية باردة عالمية عالمي تجاري تجارية استثماري صناعي صناعية طبي طبية قمة لا "
    "متعدد متعددة أولمبية أولمبي مفتوح مفتوحة متوسط ثانوي كبير كبيرة جوي جوية بحري بحرية بري برية نووية نووي كهربائية كهربائي "
    "صليبية تعاوني تعاونية جمهوري حاكم حاكمة معلق معارض معارضة عربي عربية ملكي ملكية أرضية انسانية إنسانية حقوقية تحقيق صحفي "
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر مائي مائية تقليدية تقليدي إعلامية إعلامي مساهمة قابضة ناشئة تابعة محدودة ذات في من على أو هي هو".split()
)


def is_generic(name):
    """Whether the name is a kind of thing (`حزب سياسي`, `شركة مساهمة`)."""
    words = name.split()
    return len(words) < 2 or (words[1] in _KIND and (len(words) == 2 or not any(word.startswith("ال") for word in words[2:])))


_ACTOR_KINDS = (
    ("PTY|OPP", "party"),
    ("REB|UAF|RAD|SEP|INS", "armed_group"),
    ("COP", "police"),
    ("MIL", "army"),
    ("JUD", "court"),
    ("LEG", "parliament"),
    ("MED", None),
    ("IGO", "igo"),
    ("NGO|HRI|CVL|HLH", "ngo"),
)
# What these roles say counts for more than the class noun.
_STRONG_ROLES = {"party", "armed_group", "igo", "ngo"}
# What petrarch calls an actor and is a kind of people, or of things of a state.
_NO_ACTOR = set(
    "القوات قوات الحكومة حكومة السلطات الرئيس الأمين الامين الممثل ممثل مفوض مدير المفوض المقرر وزراء دول إدارة ادارة ديوان "
    "رئاسة مكتب مسؤول منسق شرطة بعثة ميليشيا".split()
)
_ALTERNATIVES = {"الحاكم", "المعارض", "المعارضة", "الحاكمة", "الرسمية"}


def add_actors(namer, heads, iso_by_alpha3):
    """Parties, armed groups, armies, ministries, media and intergovernmental bodies of petrarch's actors."""
    for row in namer.context.shared.rows(ACTORS, ("name", "type", "roles", "code")):
        name, roles = clean(_BRACKETS.sub("", row["name"]).strip("،")), row["roles"]
        words = name.split()
        generic = len(words) < 2 or words[0] in _NO_ACTOR or is_generic(name) or _ALTERNATIVES & set(words)
        if not row["type"].startswith("ORG") or generic or not heads.is_head(words[0]):
            namer.context.tally.drop(ACTORS)
            continue
        head = heads.by_word.get(fold(words[0])) or heads.by_word.get(without_article(fold(words[0])))
        if namer.is_generic(name, head[0]):
            namer.context.tally.drop(ACTORS)
            continue
        by_role = next((kind for pattern, kind in _ACTOR_KINDS if re.search(pattern, roles)), None)
        subtypes = {entry["subtype"] for entry in head if entry["table"] == "organisations"}
        if not subtypes:
            namer.context.tally.drop(ACTORS)
            continue
        listed = heads.of(name, name)
        subtype = listed["subtype"] if listed and listed["table"] == "organisations" else min(subtypes)
        if by_role in subtypes or by_role in _STRONG_ROLES:
            subtype = by_role
        if head[0]["span"] == "outside" and "BUS" in roles:
            name = " ".join(words[1:])
        # A ministry that does not say whose it is is any country's.
        iso = None if subtype in ("ministry", "igo") else iso_by_alpha3.get(row["code"][:3], "-")
        namer.add("organisations", name, subtype, ACTORS, "-", iso)


def alpha_3(packages):
    """ISO 3166 alpha-3 → alpha-2."""
    rows = csv.DictReader(io.StringIO(packages.text("hdx-python-country", HDX)))
    return {row["ISO 3166-1 Alpha 3-Codes"]: row["ISO 3166-1 Alpha 2-Codes"] for row in rows}


_IS = r"(?:هو|هي|وهو|وهي|كان|كانت|عبارة عن)"


def class_in_sentence(title, sentence, words):
    """The class noun that the article's first sentence gives its title (`برادا هي شركة`), of the `words`."""
    text = re.sub(r"\([^()]*\)|\([^()]*\([^()]*\)[^()]*\)", " ", clean(sentence))
    first = fold(title.split()[0])
    found = re.match(rf"(.{{2,90}}?)\s*[،,]?\s{_IS}\s(?:أحد |إحدى )?(\w+)", text)
    if not found or first not in fold(found[1]):
        return None
    word = found[2]
    return word if word in words else None


# What a class noun in the first sentence makes of a title that does not begin with it.
_BY_SENTENCE = {
    "شركة": ("organisations", "company"),
    "نادي": ("organisations", "club"),
    "ناد": ("organisations", "club"),
    "حزب": ("organisations", "party"),
    "قناة": ("organisations", "broadcaster"),
    "صحيفة": ("organisations", "newspaper"),
    "جريدة": ("organisations", "newspaper"),
    "مجلة": ("organisations", "newspaper"),
    "منظمة": ("organisations", "ngo"),
    "جامعة": ("organisations", "university"),
    "بنك": ("organisations", "bank"),
    "مصرف": ("organisations", "bank"),
    "ملعب": ("facility_names", "stadium"),
    "مطار": ("facility_names", "airport"),
    "مسجد": ("facility_names", "mosque"),
    "جسر": ("facility_names", "bridge"),
    "مهرجان": ("events", "festival"),
}
_SENTENCE_NEEDS = {
    "قناة": "تلفزيون|فضائي|تليفزيون|إخباري",
    "منظمة": "دولية|حكومية|ربحية|حقوق|إنساني|عالمية",
    "نادي": "كرة|رياضي",
    "ناد": "كرة|رياضي",
}


def add_titles(namer, heads):
    """Titles of encyclopedia articles, by the noun that they begin with or that their first sentence gives them."""
    for source in (TITLES, IDS):
        rows = namer.context.shared.rows(source, ("id", "title", "type", "head", "sentence"))
        for row in rows:
            name = name_of_title(row["title"])
            if name is None or row["type"].startswith(("PER", "WORK")):
                continue
            wikidata = row["id"] if source == IDS and not re.search(r"\d", row["title"]) else "-"
            latin = latin_of(row["title"], row["sentence"]) if not re.search(r"\d", row["title"]) else "-"
            head = heads.of(name, row["sentence"])
            iso = namer.country_of_body(name, row["sentence"])
            if head and not namer.is_generic(name, head):
                if head["span"] == "outside":
                    name = name.split(" ", 1)[1]
                if "(" in row["title"]:
                    wikidata = "-"
                    if namer.is_fragment(name):
                        continue
                if head["table"] == "events":
                    iso = None  # Where it was is not whose it is.
                namer.add(head["table"], name, head["subtype"], source, latin, iso, wikidata)
                for short in shorter(name, head["subtype"]):
                    namer.add(head["table"], short, head["subtype"], source, latin, iso, wikidata, short=True)
                continue
            person = re.search("مواليد|ولد |ولدت ", row["sentence"][:120])
            if person or heads.is_head(name.split()[0]) or not row["type"].startswith(("ORG", "LOC", "EVENT")):
                continue
            word = class_in_sentence(name, row["sentence"], _BY_SENTENCE)
            if word and re.search(_SENTENCE_NEEDS.get(word, ""), row["sentence"]):
                table, subtype = _BY_SENTENCE[word]
                namer.add(table, name, subtype, source, latin, iso, wikidata, short=" " not in name)


def is_variant(name, listed, heads):
    """Whether the further spelling is one of a name: not of what belongs to the body, or of a part of it."""
    if re.search(r" و(?:ال)?\w+", name) and not re.search(r" و(?:ال)?\w+", listed):
        return False
    words, known = name.split(), set(fold(listed).split())
    if heads.is_head(listed.split()[0]) and " " in listed:
        return heads.is_head(words[0]) and len(words) > 1
    return any(len(word) > 3 and word in known for word in fold(name).split()) or " " not in name and " " not in listed


def shorter(name, subtype):
    """Short forms of a club (without `نادي`, `الرياضي`, `لكرة القدم`) and of a national team of footballers."""
    short = re.sub(r" (?:الرياضي|الرياضية)$", "", _OF_TEAM_SPORT.sub("", name))
    if subtype == "national_team":
        return [short] if name.endswith(" لكرة القدم") and short.count(" ") == 1 else []
    if subtype != "club":
        return []
    bare = short.removeprefix("نادي ")
    return [form for form in dict.fromkeys((short, bare)) if form != name]


def add_variants(namer, heads):
    """Other spellings of the bodies by their Wikidata id, and bodies by their class noun."""
    by_id = {}
    for table in TABLES:
        for row in list(namer.rows[table].values()):
            if row["wikidata_id"] != "-":
                by_id.setdefault(row["wikidata_id"], (table, row))
    for row in namer.context.shared.rows(VARIANTS, ("id", "names")):
        names = [clean(_BRACKETS.sub("", name)) for name in row["names"].split("|") if ":" not in name]
        names = [name for name in names if name and not re.search(r"\d", name)]
        known = by_id.get(row["id"])
        head = heads.of(names[0]) if names and known is None else None
        if known is not None:
            table, body = known
            for name in names:
                if not is_variant(name, body["name"], heads):
                    namer.context.tally.drop(VARIANTS)
                    continue
                namer.add(table, name, body["subtype"], VARIANTS, body["latin_name"], body["iso_3166"], row["id"], short=True)
        elif head and not namer.is_generic(names[0], head) and head["span"] == "inside":
            for name in names:
                if " " in name and is_variant(name, names[0], heads) and not namer.is_generic(name, head):
                    namer.add(head["table"], name, head["subtype"], VARIANTS, "-", None, row["id"], short=True)
        else:
            namer.context.tally.drop(VARIANTS, len(names))


def removed_names(context):
    """(table, folded name) of the rows that are taken out by hand."""
    return {(row["table"], fold(row["name"])) for row in context.curated("removed")}


def bodies_and_places(context):
    """Rows of organisations.tsv, events.tsv, facility_names.tsv and region_names.tsv."""
    parts = {fold(row["name"]) for row in context.shared.rows("rigour", ("wikidata", "name"))}
    peoples, removed = context.keys("nationality_names"), removed_names(context)
    regions = places.region_names(context, Homographs(context, set(), peoples, parts), removed)
    known = context.keys("country_names") | context.keys("city_names") | context.keys("region_names")
    homographs = Homographs(context, known | {fold(row["name"]) for row in regions}, peoples, parts)
    heads = Heads(context.curated("title_heads"))
    namer = Namer(context, homographs, countries_in(context), removed)
    add_blocs(namer)
    add_brands(namer)
    add_actors(namer, heads, alpha_3(context.packages))
    add_clubs(namer, heads)
    add_titles(namer, heads)
    add_variants(namer, heads)
    return {**{table: namer.finished(table, heads) for table in TABLES}, "region_names": regions}
