"""Dates as newsrooms print them: publication days over the years, month names, the Hijri day."""

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2011, 2026
# The day on which 1 Muharram 1 falls in the tabular calendar (civil epoch), as a Julian day.
_EPOCH = 1948440
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# Days around the turn of the year: bare days and months there belong to the one year or the other.
NEW_YEAR = [(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3), (12, 31), (1, 1), (1, 5), (12, 28)]


def publication_days(rng, count):
    """Days spread evenly over years and over the year, some of them around New Year."""
    strata = list(range(count))
    rng.shuffle(strata)
    years = [FIRST_YEAR + number % (LAST_YEAR - FIRST_YEAR + 1) for number in range(count)]
    days = [date(year, 1, 1) + timedelta(days=int((stratum + rng.random()) / count * 365)) for year, stratum in zip(years, strata)]
    # The last year is not over yet: its autumn goes to the year before.
    days = [day.replace(year=LAST_YEAR - 1) if day.year == LAST_YEAR and day.month > 9 else day for day in days]
    for number, (month, day) in zip(rng.sample(range(count), len(NEW_YEAR)), NEW_YEAR):
        days[number] = date(min(days[number].year, LAST_YEAR - 1), month, day)
    rng.shuffle(days)
    return days


def hijri(day):
    """Year, month, day in the tabular calendar; the sighted one may differ by a day."""
    days = day.toordinal() + 1721425 - _EPOCH
    year = (30 * days + 10646) // 10631
    start = (year - 1) * 354 + (3 + 11 * year) // 30
    month = min(12, (days - 29 - start + 29) * 2 // 59 + 1)
    while month < 12 and days - start >= (59 * month + 1) // 2:
        month += 1
    while days - start < (59 * (month - 1) + 1) // 2:
        month -= 1
    return year, month, days - start - (59 * (month - 1) + 1) // 2 + 1


def to_digits(text, digits):
    """The text with the digits of the house; where they are mixed, the dateline keeps the European ones."""
    return text.translate(_ARABIC_DIGITS) if digits == "arab" else text
