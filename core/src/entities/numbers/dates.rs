//! Dates that a month's name, a year's word or digits alone make plain.

use super::literals::{Kind, Literal, close_era, days_in, is_year};
use super::scan::Scan;
use crate::lexicon::{DateWord, Flags, Hit, Sense};

/// A date. Offsets are in bytes of the scanned text.
pub(super) struct Date {
    pub(super) begin: usize,
    pub(super) end: usize,
    /// ISO 8601 with `X` for what is not written; `None` where the calendar is another.
    pub(super) value: Option<String>,
}

/// The dates of the text; `used` marks the literals that are parts of them.
pub(super) fn dates(scan: &Scan<'_>, used: &mut [bool]) -> Vec<Date> {
    let mut found: Vec<Date> = Vec::new();
    for (index, literal) in scan.literals.iter().enumerate() {
        if let Kind::Date(value) = &literal.kind {
            mark(used, index);
            let (begin, _) = weekday_before(scan, literal.begin, literal.word < literal.begin);
            found.push(Date { begin, end: literal.end, value: value.clone() });
        }
    }
    let mut done = 0;
    for hit in scan.hits.iter() {
        if (hit.begin as usize) < done {
            continue;
        }
        let date = month_date(scan, hit, used).or_else(|| year_date(scan, hit, used));
        if let Some(date) = date {
            done = date.end;
            found.push(date);
        }
    }
    found
}

fn mark(used: &mut [bool], index: usize) {
    if let Some(used) = used.get_mut(index) {
        *used = true;
    }
}

fn is_free(used: &[bool], index: usize) -> bool {
    used.get(index) == Some(&false)
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Month {
    number: u8,
    gregorian: bool,
}

fn month_of(sense: Sense) -> Option<Month> {
    match sense {
        Sense::Month { number, gregorian } => Some(Month { number, gregorian }),
        _ => None,
    }
}

fn month_date(scan: &Scan<'_>, hit: &Hit, used: &mut [bool]) -> Option<Date> {
    let (month, flags) =
        scan.lexicon.readings(hit).find_map(|reading| Some((month_of(reading.sense)?, reading.flags)))?;
    let mut evidence = Found::default();
    let mut end = hit.end as usize;
    if let Some(after) = second_name(scan, end, month) {
        evidence.written_twice = true;
        end = after;
    }
    if let Some((after, year)) = year_after(scan, end, used) {
        end = after;
        evidence.year = Some(year);
    } else if let Some((after, ())) = date_word_at(scan, scan.skip(end), DateWord::Relative) {
        end = after;
        evidence.relative = true;
    }
    let mut begin = hit.begin as usize;
    if !hit.has_proclitic() {
        if let Some((before, day)) = day_before(scan, begin, used) {
            begin = before;
            evidence.day = Some(day);
        } else if let Some((before, _, ())) = date_word_ending(scan, scan.skip_back(begin), DateWord::Part) {
            begin = before;
            evidence.part = true;
        }
    }
    if !evidence.suffices(flags) {
        return None;
    }
    Some(Date { begin, end, value: evidence.value(month) })
}

/// What stands with a month.
#[derive(Default)]
struct Found {
    day: Option<u32>,
    year: Option<Year>,
    relative: bool,
    part: bool,
    written_twice: bool,
}

#[derive(Clone, Copy)]
struct Year {
    number: u32,
    hijri: bool,
}

impl Found {
    /// Whether the month is one: some of their names are ordinary words too.
    fn suffices(&self, flags: Flags) -> bool {
        !flags.common
            || self.day.is_some()
            || self.year.is_some()
            || self.relative
            || self.part
            || self.written_twice
    }

    fn value(&self, month: Month) -> Option<String> {
        if !month.gregorian || self.year.is_some_and(|year| year.hijri) {
            return None;
        }
        let number = u32::from(month.number);
        let year = self.year.map(|year| year.number);
        let year_text = year.map_or("XXXX".to_owned(), |year| format!("{year:04}"));
        match self.day {
            Some(day) if day > days_in(year, number) => None,
            Some(day) => Some(format!("{year_text}-{number:02}-{day:02}")),
            None => Some(format!("{year_text}-{number:02}")),
        }
    }
}

/// The end of the month's other name, as in `شباط/فبراير` or `حزيران (يونيو)`.
fn second_name(scan: &Scan<'_>, end: usize, month: Month) -> Option<usize> {
    let same = |at| scan.word_at(at, |reading| month_of(reading.sense).filter(|&other| other == month));
    let at = scan.skip(end);
    let rest = scan.after(at);
    if let Some(open) = ["(", "["].into_iter().find(|&open| rest.starts_with(open)) {
        let (inside, _) = same(scan.skip(at + open.len()))?;
        let close = scan.skip(inside);
        return scan.after(close).starts_with([')', ']']).then_some(close + 1);
    }
    let divider = ["/", "-", "–", "\\"].into_iter().find(|&divider| rest.starts_with(divider))?;
    same(scan.skip(at + divider.len())).map(|(after, _)| after)
}

/// The year after a month: `2018`، `، 2018`، `من عام 2018`.
fn year_after(scan: &Scan<'_>, end: usize, used: &mut [bool]) -> Option<(usize, Year)> {
    let mut at = scan.skip(end);
    if let Some(comma) = [",", "،"].into_iter().find(|&comma| scan.after(at).starts_with(comma)) {
        at = scan.skip(at + comma.len());
    }
    if let Some((after, ())) = date_word_at(scan, at, DateWord::Of) {
        at = scan.skip(after);
    }
    if let Some((after, ())) = date_word_at(scan, at, DateWord::Year) {
        at = scan.skip(after);
    }
    year_at(scan, at, used)
}

/// The year in digits at `at`, with its era.
fn year_at(scan: &Scan<'_>, at: usize, used: &mut [bool]) -> Option<(usize, Year)> {
    let (index, literal) = scan.literal_at(at)?;
    let number = literal.plain().filter(|&year| is_year(year) && literal.end - literal.begin >= 4)?;
    // `مايو 2000 دولار`: an amount, whatever stands before it.
    if !is_free(used, index) || counts_something(scan, literal) {
        return None;
    }
    mark(used, index);
    let (hijri, era) = close_era(scan.after(literal.end));
    if era > 0 {
        return Some((literal.end + era, Year { number, hijri }));
    }
    let next = scan.skip(literal.end);
    if let Some((after, ())) = date_word_at(scan, next, DateWord::Hijri) {
        return Some((after, Year { number, hijri: true }));
    }
    let end = date_word_at(scan, next, DateWord::Era).map_or(literal.end, |(after, ())| after);
    Some((end, Year { number, hijri: false }))
}

fn counts_something(scan: &Scan<'_>, literal: &Literal) -> bool {
    let counted = |sense| matches!(sense, Sense::Scale(_) | Sense::Percent | Sense::Currency(_));
    scan.word_at(scan.skip(literal.end), |reading| counted(reading.sense).then_some(())).is_some()
}

/// The day before a month, with what belongs to it: `يوم الخميس 17`, `17 من`, `الأول من`.
fn day_before(scan: &Scan<'_>, month: usize, used: &mut [bool]) -> Option<(usize, u32)> {
    let mut at = scan.skip_back(month);
    let of = date_word_ending(scan, at, DateWord::Of).filter(|&(_, proclitic, ())| !proclitic);
    if let Some((before, _, ())) = of {
        at = scan.skip_back(before);
    }
    if let Some((index, literal)) = scan.literal_ending(at)
        && let Some(day) = literal.plain().filter(|day| (1..=31).contains(day))
        && is_free(used, index)
        && literal.end - literal.begin <= 4
    {
        let (begin, proclitic) = (literal.begin, literal.word < literal.begin);
        mark(used, index);
        return Some((weekday_before(scan, begin, proclitic).0, day));
    }
    of?;
    let (begin, proclitic, day) = scan.word_ending(at, |reading| match reading.sense {
        Sense::DateWord(DateWord::Ordinal(day)) => Some(u32::from(day)),
        _ => None,
    })?;
    Some((weekday_before(scan, begin, proclitic).0, day))
}

/// Where a date that has its day at `day` begins, and whether there is more than the day.
fn weekday_before(scan: &Scan<'_>, day: usize, proclitic: bool) -> (usize, bool) {
    if proclitic {
        return (day, false);
    }
    let mut at = scan.skip_back(day);
    if let Some(comma) = [",", "،"].into_iter().find(|&comma| scan.before(at).ends_with(comma)) {
        at = scan.skip_back(at - comma.len());
    }
    let weekday = date_word_ending(scan, at, DateWord::Weekday);
    let begin = weekday.map_or(day, |(begin, _, ())| begin);
    if weekday.is_some_and(|(_, proclitic, ())| proclitic) {
        return (begin, true);
    }
    let outer = [DateWord::Day, DateWord::Part]
        .into_iter()
        .find_map(|word| date_word_ending(scan, scan.skip_back(begin), word));
    (outer.map_or(begin, |(begin, _, ())| begin), weekday.is_some() || outer.is_some())
}

/// A year, quarter or half that its word announces: `عام 2018`, `الربع الأول من عام 2026`.
fn year_date(scan: &Scan<'_>, hit: &Hit, used: &mut [bool]) -> Option<Date> {
    let word = scan.lexicon.readings(hit).find_map(|reading| match reading.sense {
        Sense::DateWord(word) => Some(word),
        _ => None,
    })?;
    let end = hit.end as usize;
    let (part, year) = match word {
        DateWord::Year => (String::new(), year_at(scan, scan.skip(end), used)?),
        DateWord::Quarter(number) => (format!("-Q{number}"), year_after(scan, end, used)?),
        DateWord::Half(number) => (format!("-H{number}"), year_after(scan, end, used)?),
        _ => return None,
    };
    let (end, year) = year;
    let value = (!year.hijri).then(|| format!("{:04}{part}", year.number));
    Some(Date { begin: hit.begin as usize, end, value })
}

fn date_word_at(scan: &Scan<'_>, at: usize, word: DateWord) -> Option<(usize, ())> {
    scan.word_at(at, |reading| (reading.sense == Sense::DateWord(word)).then_some(()))
}

fn date_word_ending(scan: &Scan<'_>, at: usize, word: DateWord) -> Option<(usize, bool, ())> {
    scan.word_ending(at, |reading| (reading.sense == Sense::DateWord(word)).then_some(()))
}
