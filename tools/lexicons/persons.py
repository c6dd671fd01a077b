"""Full names of people in the sources, before anything is known of the words of names."""

import json
import re
from dataclasses import dataclass

from arabic import clean, fold, is_arabic

# Words between the words of a name; ordinals of rulers; titles that a list of people has before or after a name.
CONNECTORS = {fold(word) for word in "عبد أبو أبي أبا أم ابن إبن بن بنت ولد منت آل بو ذو أخو بني".split()}
# Small words inside foreign names.
PARTICLES = {fold(word) for word in "دي دا دو دل ديل ديلا دوس داس فان فون دير دن تن لا لو لي سان سانت ماك مك إل أل يو اف آب".split()}
ORDINALS = {fold(word) for word in "الأول الأولى الثاني الثانية الثالث الثالثة الرابع الخامس السادس السابع الثامن التاسع العاشر عشر".split()}
_BEFORE = {
    fold(word)
    for word in "السيد السيدة سيد شيخ الشيخ الشيخة شيخة الأمير الأميرة الملك الملكة الرئيس الجنرال الدكتور القديس القديسة"
    " السلطان العميد العقيد اللواء الفريق النائب الوزير البابا الإمام الحاج الأستاذ المهندس الكولونيل الادميرال السير سير".split()
}
_AFTER = {fold(word) for word in "باشا بك أفندي بيك".split()}

# What the first words of an article say of a person, by stem: the first that is found counts.
_SUBTYPES = {
    "athlete": "لاعب دراج عداء ملاكم سائق متسابق مصارع حارس مدرب رباع سباح كرة بطل مهاجم مدافع",
    "artist": "ممثل مغني مغن مغنية مخرج ملحن مطرب موسيقي عازف رسام نحات فنان عارض مصور راقص مؤلف",
    "writer": "كاتب شاعر روائي أديب مترجم قاص مفكر فيلسوف مؤرخ ناقد",
    "politician": "سياسي وزير رئيس دبلوماسي نائب محافظ سفير عضو حاكم",
    "scientist": "عالم فيزيائي كيميائي طبيب باحث مهندس رياضياتي جراح أكاديمي أستاذ مخترع اقتصادي",
    "journalist": "صحفي صحافي مذيع إعلامي مراسل",
    "royal": "ملك أمير إمبراطور سلطان خليفة دوق",
    "religious": "بابا بطريرك أسقف فقيه إمام راهب قديس كاهن قس شيخ كاردينال حاخام مطران محدث قارئ",
    "military": "ضابط جنرال عسكري قائد لواء عقيد",
    "historical": "صحابي رحالة مستكشف صحابية تابعي",
    "business": "أعمال",
}
_SUBTYPE_OF = {fold(word): subtype for subtype, words in _SUBTYPES.items() for word in words.split()}
_SUBTYPE_OF |= {fold(word + "ة"): subtype for subtype, words in _SUBTYPES.items() for word in words.split()}
_PETRARCH = {"GOV": "politician", "LEG": "politician", "PTY": "politician", "OPP": "politician", "MIL": "military", "BUS": "business"}
_FEMININE = {fold(word) for word in "هي ولدت ممثلة مغنية لاعبة كاتبة شاعرة سياسية ملكة أميرة صحفية مخرجة فنانة مطربة مذيعة راقصة عارضة وهي".split()}
_MASCULINE = {fold(word) for word in "هو وهو كان سياسي لاعب".split()}
_LATIN = re.compile(r"(?:بالإنجليزية|بالانجليزية|بالفرنسية|بالألمانية|بالإسبانية|بالإيطالية|بالبرتغالية|بالتركية|بالهولندية)\s*:\s*([^()،,]+)")
_LATIN_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){1,4}")


@dataclass
class Person:
    """One full name of one person, as a source has it."""

    name: str
    source: str
    sure: bool
    latin: str = "-"
    wikidata: str = "-"
    subtype: str = "-"
    gender: str = "-"

    @property
    def words(self):
        return self.name.split()


def bare(title):
    """The name without brackets and without titles, cleaned; empty if what is left is no name of two to five words."""
    name = clean(re.sub(r"\([^)]*\)?|[A-Za-zÀ-ž'.]+", " ", re.split(" أو | المعروف | المعروفة | الشهير ", title)[0]))
    words = name.split()
    while words and fold(words[0]) in _BEFORE and len(words) > 2:
        words = words[1:]
    while words and fold(words[-1]) in _AFTER and len(words) > 2:
        words = words[:-1]
    parts = [word for word in words if fold(word) not in CONNECTORS]
    if not 2 <= len(words) <= 6 or not 1 <= len(parts) <= 5 or not is_arabic(" ".join(words)):
        return ""
    if any(len(word) < 2 for word in words) or fold(words[-1]) in CONNECTORS:
        return ""
    return " ".join(words)


def about(sentence, name):
    """Subtype and gender of the person of that name that a first sentence is about."""
    name = {fold(word) for word in name.split()}
    words = [fold(word) for word in re.findall(r"[\u0621-\u065f]+", sentence)]
    words = [word for word in words if word not in name]
    known = [_SUBTYPE_OF[word.removeprefix("ال")] for word in words if word.removeprefix("ال") in _SUBTYPE_OF]
    feminine = sum(word in _FEMININE for word in words)
    masculine = sum(word in _MASCULINE for word in words)
    gender = "f" if feminine > masculine else "m" if masculine and not feminine else "-"
    return (known or ["-"])[0], gender


def latin_in(sentence):
    """The Latin spelling that a first sentence gives after the name."""
    found = _LATIN.search(sentence)
    latin = found and _LATIN_NAME.fullmatch(re.sub(r"[\s\u200e\u200f]+", " ", found.group(1)).strip())
    return latin.group() if latin else "-"


def read(context):
    """All candidates, the sources with identifiers first."""
    people = []
    shared, tally = context.shared, context.tally

    def add(title, source, sure, **more):
        name = bare(title)
        if name:
            people.append(Person(name, source, sure, **more))
        else:
            tally.drop(source)

    for row in shared.rows("mindgap-qid", ["id", "name", "type", "word", "text"]):
        if row["type"] in ("PER", "PER?") and "إباحي" not in row["text"]:
            subtype, gender = about(row["text"], row["name"])
            add(row["name"], "mindgap-qid", row["type"] == "PER", wikidata=row["id"], subtype=subtype, gender=gender, latin=latin_in(row["text"]))
        else:
            tally.drop("mindgap-qid")
    for row in shared.rows("wikipedia-titles-typed", ["id", "name", "type", "word", "text"]):
        if row["type"] in ("PER", "PER?") and "إباحي" not in row["text"] + row["name"]:
            subtype, gender = about(row["text"], row["name"])
            add(row["name"], "wikipedia-titles-typed", row["type"] == "PER", subtype=subtype, gender=gender, latin=latin_in(row["text"]))
        else:
            tally.drop("wikipedia-titles-typed")
    for english, name in json.loads(context.packages.text("arwikicats", "ArWikiCats/jsons/people/peoples.json")).items():
        latin = re.sub(r" \(.*\)", "", english)
        add(name, "arwikicats", True, latin=capitals(latin) if " " in latin else "-")
    for row in shared.rows("petrarch-actors", ["name", "type", "roles", "codes"]):
        if row["type"] == "PER?":
            roles = [_PETRARCH[role] for role in row["roles"].split("|") if role in _PETRARCH]
            add(row["name"], "petrarch-actors", False, subtype=(roles or ["-"])[0])
        else:
            tally.drop("petrarch-actors")
    return people


_SMALL = {"al", "bin", "ibn", "de", "da", "di", "of", "the", "van", "von", "der", "den", "du", "la", "le", "and", "el"}
_NUMERAL = re.compile(r"[ivx]+")


def capitals(latin):
    """A name in small letters with its capitals."""

    def word(text, first):
        if text in _SMALL and not first:
            return text
        if _NUMERAL.fullmatch(text) and not first:
            return text.upper()
        return re.sub(r"(^|-|^o'|^d')(\w)", lambda found: found.group(1) + found.group(2).upper(), text)

    return " ".join(word(text, number == 0) for number, text in enumerate(latin.split()))
