"""What is taken from the Unicode CLDR packages."""

import json

# Reserved codes that are no country, and codes for testing.
NO_COUNTRY = set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())


class Cldr:
    """The Arabic (and English) parts of the cldr-*-full packages."""

    def __init__(self, packages):
        self.packages = packages

    def _json(self, package, path):
        return json.loads(self.packages.text(package, path))

    def territories(self, language):
        """CLDR's names of territories, with its `-alt-` keys."""
        data = self._json("cldr-localenames-full", f"main/{language}/territories.json")
        return data["main"][language]["localeDisplayNames"]["territories"]

    def currencies(self):
        """ISO 4217 code → every Arabic name form (displayName and its plural forms)."""
        data = self._json("cldr-numbers-full", "main/ar/currencies.json")["main"]["ar"]["numbers"]["currencies"]
        return {
            code: [text for key, text in forms.items() if key.startswith("displayName")] for code, forms in data.items()
        }

    def current_currencies(self):
        """The codes that are legal tender somewhere today."""
        regions = self._json("cldr-core", "supplemental/currencyData.json")["supplemental"]["currencyData"]["region"]
        return {
            code
            for entries in regions.values()
            for entry in entries
            for code, use in entry.items()
            if "_to" not in use and use.get("_tender") != "false"
        }

    def locales(self, package):
        """The Arabic locales of a package that have a region: `ar-SY` and its like."""
        self.packages.read(package, "package.json")
        paths = self.packages.archives[package]
        return sorted({path.split("/")[1] for path in paths if path.startswith("main/ar-")})

    def months(self, package, calendar, locale):
        """Month number → its spelled-out names."""
        data = self._json(package, f"main/{locale}/ca-{calendar}.json")
        months = data["main"][locale]["dates"]["calendars"][calendar]["months"]
        names = {}
        for context in ("format", "stand-alone"):
            for number, name in months[context]["wide"].items():
                names.setdefault(number, [])
                if name not in names[number]:
                    names[number].append(name)
        return names

    def zone_cities(self, language):
        """IANA zone → CLDR's exemplar city."""
        data = self._json("cldr-dates-full", f"main/{language}/timeZoneNames.json")
        found = {}

        def walk(path, node):
            if "exemplarCity" in node:
                found["/".join(path)] = node["exemplarCity"]
            for key, child in node.items():
                if isinstance(child, dict) and key not in ("long", "short"):
                    walk([*path, key], child)

        walk([], data["main"][language]["dates"]["timeZoneNames"]["zone"])
        return found
