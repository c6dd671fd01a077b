"""Names of countries, nationalities, currencies and months."""

import ast
import csv
import io
import json
import re

from arabic import UNSEEN, clean, fold, is_arabic, spelling_rank
from cldr import NO_COUNTRY


class NameTable:
    """Rows (name, id), one a spelling: of names with one folding key under one id only the first is kept."""

    def __init__(self, tally, removed):
        self.rows = []
        self.seen = {}
        self.tally = tally
        self.removed = removed

    def add(self, name, id_, source, **more):
        """Adds the row, if its name is Arabic, new and not taken out by hand; says whether it did."""
        name = clean(name)
        key = (fold(name), id_)
        known = self.seen.get(key)
        if known is not None and source == known["source"] and spelling_rank(name) < spelling_rank(known["name"]):
            known["name"] = name
        if not is_arabic(name) or (name, id_) in self.removed or known is not None:
            self.tally.drop(source)
            return known
        row = {"name": name, "id": id_, "source": source, "flags": "", **more}
        self.rows.append(row)
        self.seen[key] = row
        self.tally.take(source)
        return row


def countries(cldr):
    """ISO code → CLDR's English name."""
    names = cldr.territories("en")
    return {code: name for code, name in sorted(names.items()) if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRY}


def country_names(packages, cldr, codes, frequencies, nationalities, table):
    """All Arabic names of countries; the first row of a country is its name in CLDR."""
    arabic = cldr.territories("ar")
    for code in codes:
        # Where CLDR's plain name is no running text ("الكونغو - كينشاسا", "(منطقة إدارية خاصة)"), its short or variant name is.
        plain, brackets = re.fullmatch(r"([^(]*)(?:\((.*)\))?", arabic[code]).groups()
        alternatives = [arabic[key] for key in (f"{code}-alt-short", f"{code}-alt-variant") if key in arabic]
        names = [plain, *alternatives] if " - " not in plain else alternatives
        if brackets and f"{code}-alt-short" in arabic or code == "PS":
            names = alternatives + [plain]
        for name in names:
            table.add(name, code, "cldr-localenames-full")
        if brackets and " " not in brackets:
            table.add(brackets, code, "cldr-localenames-full")
    for row in csv.DictReader(io.StringIO(packages.text("hdx-python-country", HDX))):
        code = row["ISO 3166-1 Alpha 2-Codes"]
        for column in ("Arabic Short", "M49 Arabic"):
            # "الصين، منطقة هونغ كونغ" names the country first, and not this one.
            if code in codes and row[column] and "،" not in row[column]:
                table.add(re.sub(r"\(.*", "", row[column]), code, "hdx-python-country")
    for code, names in _countrynames(packages).items():
        if code not in codes:
            continue
        for name in names:
            name = clean(name)
            if not re.search("[\u0600-\u06ff]", name):
                continue
            # The package tags no language: a name that Arabic text never has, or Persian and Urdu text has far more
            # often, is not Arabic; and a nationality is no name of a country.
            leak = " -" in name or frequencies.is_foreign(name) or frequencies.of_key(name) <= UNSEEN
            if leak or fold(name) in nationalities:
                table.tally.drop("countrynames")
                continue
            table.add(name, code, "countrynames")
    return table.rows


HDX = "hdx/location/Countries & Territories Taxonomy MVP - C&T Taxonomy.csv"


def _countrynames(packages):
    """The package's names by code. Its data is a Python module of literals: parsed, not executed."""
    names = {}
    for node in ast.parse(packages.text("countrynames", "countrynames/data.py")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            names[node.targets[0].slice.value] = ast.literal_eval(node.value)
    return names


def inflect(stem):
    """The regular forms of a nisba adjective: (form, word). None of the accusative singular, which would be
    the country's own name (روسيا), nor for a name of two words, whose parts inflect together."""
    if not stem.endswith("ي") or " " in stem:
        return []
    return [
        ("f_sg", stem + "ة"),
        ("m_pl", stem + "ون"),
        ("m_pl_obl", stem + "ين"),
        ("f_pl", stem + "ات"),
        ("m_du", stem + "ان"),
        ("f_du", stem + "تان"),
        ("f_du_obl", stem + "تين"),
    ]


def nationality_names(packages, codes, aliases, stems, table):
    """Nationalities: what arwikicats has, the curated stems, and the regular forms of both."""
    by_english = {name.lower(): code for code, name in codes.items()} | {row["english"]: row["iso_3166"] for row in aliases}
    data = json.loads(packages.text("arwikicats", "ArWikiCats/jsons/nationalities/nationalities_data.json"))
    derive = []

    def add(name, code, form, source):
        row = table.add(name, code, source, form=form)
        if row is not None and form not in row["form"].split(","):
            row["form"] += "," + form

    for row in stems:
        add(row["m_sg"], row["iso_3166"], "m_sg", "curated")
        for plural in filter(None, row["m_pl_broken"].split(",")):
            add(plural, row["iso_3166"], "m_pl_broken", "curated")
        derive.append((row["m_sg"], row["iso_3166"]))
    for entry in data.values():
        code = by_english.get(entry["en"].lower())
        if code is None:
            table.tally.drop("arwikicats", 4)
            continue
        for key, form in (("male", "m_sg"), ("males", "m_pl"), ("female", "f_sg"), ("females", "f_pl")):
            if form == "m_pl" and not re.search("ي?ون$", entry[key]):
                form = "m_pl_broken"
            add(entry[key], code, form, "arwikicats")
        derive.append((entry["male"], code))
    for stem, code in derive:
        if (stem, code) not in table.removed:
            for form, word in inflect(clean(stem)):
                add(word, code, form, "derived")
    return table.rows


def currency_names(cldr, table):
    """CLDR's names of the currencies that are legal tender today, in both spellings of America."""
    for code, names in sorted(cldr.currencies().items()):
        if code not in cldr.current_currencies():
            table.tally.drop("cldr-numbers-full", len(names))
            continue
        for name in names:
            table.add(name, code, "cldr-numbers-full")
            if "أمريكي" in name:
                table.add(name.replace("أمريكي", "أميركي"), code, "derived")
    return table.rows


def month_names(cldr, tally):
    """Month names by calendar with the countries whose CLDR locale uses them."""
    regions = {}
    for locale in cldr.locales("cldr-dates-full"):
        for month, names in cldr.months("cldr-dates-full", "gregorian", locale).items():
            for name in names:
                regions.setdefault(("gregorian", int(month), clean(name)), set()).add(locale.removeprefix("ar-"))
    for locale in cldr.locales("cldr-cal-islamic-full"):
        for month, names in cldr.months("cldr-cal-islamic-full", "islamic", locale).items():
            for name in names:
                regions.setdefault(("islamic", int(month), clean(name)), set()).add(locale.removeprefix("ar-"))
    rows, seen = [], set()
    for (calendar, month, name), where in sorted(regions.items(), key=lambda item: (item[0][:2], -len(item[1]), item[0][2])):
        package = "cldr-dates-full" if calendar == "gregorian" else "cldr-cal-islamic-full"
        if (fold(name), calendar) in seen:
            # The same but for hamza (أبريل, إبريل): folded by the program.
            tally.drop(package)
            continue
        seen.add((fold(name), calendar))
        tally.take(package)
        where = ",".join(sorted(where))
        rows.append({"name": name, "month": str(month), "calendar": calendar, "regions": where, "source": package, "flags": ""})
    return rows
