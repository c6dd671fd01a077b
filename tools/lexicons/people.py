"""People by their full names, out of the candidates of persons.py and what is known of the words of names."""

import re

from arabic import UNSEEN, fold, spelling_rank
from persons import CONNECTORS, ORDINALS, PARTICLES, bare


# Words of titles of articles that are about something of people, and offices that a list puts before or after a name.
NO_NAME = {
    fold(word)
    for word in "ملك ملوك ملكة دوق دوقة إمبراطور إمبراطورة أسقف قائمة رئيس رئيسة رؤساء وزير وزيرة وزراء أفلام أعمال شخصيات بابا"
    " بطريرك رسول الرسول سفير سفيرة قائد حاكم والي مسؤول مسؤولو مصدر عمدة جنرال نائب زعيم ممثل كاتب لاعب شاعر مغني مطرب مخرج"
    " صحفي سياسي أسرة عائلة سلالة دولة حرب معركة شارع مدرسة جامعة كلية حزب حركة جيش شركة نادي فيلم رواية كتاب ديوان تاريخ جائزة"
    " متحف قصر مسجد كنيسة مدينة قرية منطقة محافظة ولاية إقليم نهر جبل بحر جزيرة اللغة لغة علم سلاح قوات حرس شرطة جندي أعضاء أحزاب".split()
}


class Judge:
    """Whether the words of a candidate are those of a person's name."""

    def __init__(self, names, usage, nationalities):
        self.names = {fold(row["word"]): row for row in names}
        self.usage = usage
        self.nationalities = nationalities

    def _ordinary(self, key):
        """A frequent word that is no name."""
        return key not in self.names and self.usage.rate(key) > 25 and self.usage.beside.get(key, 0) < 0.3

    def _is(self, key, column, least):
        row = self.names.get(key)
        return row is not None and int(row[column]) >= least and "common" not in row["flags"].split(",")

    def accepts(self, person):
        """A candidate that its source is sure of has no ordinary word but perhaps a last one after a given name; of another
        the first word is a given name and the others are names or quite unknown."""
        words = [fold(word) for word in person.name.replace("-", " ").split()]
        keys, servant, pairs = [], False, 0
        for key in words:
            if servant:
                pairs += 1
            elif key not in CONNECTORS | PARTICLES | ORDINALS:
                keys.append(key)
            servant = key == "عبد"
        if not keys and not pairs:
            return False
        if any(key in NO_NAME or key in self.nationalities and not self._is(key, "family", 3) for key in keys):
            return False
        # `عبد العزيز` is a given name, and `أبو مازن` a name.
        given = words[0] in CONNECTORS or self._is(words[0], "given", 2)
        strange = [key for key in keys if self._ordinary(key)]
        if person.sure:
            known = given or any(key in self.names for key in keys) or all(self.usage.rate(key) < 5 for key in keys)
            return known and (not strange or given and strange == keys[-1:] and len(keys) > 1)
        # Of one name and its ordinal there is no telling whose it is.
        if len(keys) + pairs == 1 and words[0] not in CONNECTORS:
            return False
        return given and not strange and all(key in self.names or self.usage.rate(key) < 4 for key in keys)


def people(context, candidates, names, usage):
    """The table; what is doubtful is left out."""
    judge = Judge(names, usage, context.keys("nationality_names"))
    variants = {}
    for row in context.shared.rows("wikikge-variants", ["id", "names"]):
        variants[row["id"]] = row["names"].split("|")
    # A curated row knows more of its person than these.
    removed = {fold(row["name"]) for row in context.curated("removed") if row["table"] == "people"} | context.keys("people")
    known_ids = {}
    for person in candidates:
        if person.wikidata != "-":
            known_ids.setdefault(fold(person.name), person.wikidata)
    # A variant list tells the id of those that no other source identifies.
    for id_, forms in variants.items():
        for form in forms:
            known_ids.setdefault(fold(re.sub(r"\(.*", "", form)), id_)
    arabic = context.frequencies.tables.get("ar", {})
    merged = {}
    for person in candidates:
        key = fold(person.name)
        if key in removed or not judge.accepts(person):
            context.tally.drop(person.source)
            continue
        row = merged.get(key)
        if row is None:
            context.tally.take(person.source)
            merged[key] = {
                "name": person.name,
                "latin_name": person.latin,
                "wikidata_id": person.wikidata if person.wikidata != "-" else known_ids.get(key, "-"),
                "subtype": person.subtype,
                "source": person.source,
                "flags": "",
            }
            continue
        # The same name again: the better spelling, and what the first source did not know.
        row["name"] = min(row["name"], person.name, key=lambda name: (-min(arabic.get(w, UNSEEN) > UNSEEN for w in name.split()), spelling_rank(name)))
        for column, value in (("latin_name", person.latin), ("wikidata_id", person.wikidata), ("subtype", person.subtype)):
            if row[column] == "-":
                row[column] = value
        context.tally.drop(person.source)
    rows = list(merged.values())
    # Further spellings of those whose id is known. A short form is none: it may be another's.
    for row in list(rows):
        for form in variants.get(row["wikidata_id"], ()):
            name = bare(form)
            overlap = {fold(word) for word in name.split()} & {fold(word) for word in row["name"].split()}
            if not name or not overlap or fold(name) in merged or any(fold(word) in NO_NAME for word in name.split()):
                context.tally.drop("wikikge-variants")
                continue
            merged[fold(name)] = {**row, "name": name, "source": "wikikge-variants"}
            rows.append(merged[fold(name)])
            context.tally.take("wikikge-variants")
    _one_person(rows)
    return sorted(rows, key=lambda row: fold(row["name"]))


def _one_person(rows):
    """Gives rows of one Latin name with different ids no Latin name, and rows of one id the same Latin name."""
    ids, latin = {}, {}
    for row in rows:
        if row["latin_name"] != "-" and row["wikidata_id"] != "-":
            ids.setdefault(row["latin_name"], set()).add(row["wikidata_id"])
            latin.setdefault(row["wikidata_id"], row["latin_name"])
    for row in rows:
        if len(ids.get(row["latin_name"], ())) > 1:
            row["latin_name"] = "-"
        elif row["latin_name"] == "-":
            row["latin_name"] = latin.get(row["wikidata_id"], "-")
