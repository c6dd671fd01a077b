//! What is printed in words and read again is itself: numbers, ordinals, days.

mod arabic;
mod cldr;

use std::collections::HashSet;
use std::ops::Range;

use super::read;
use crate::entities::EntityType;
use crate::lexicon::{Lexicon, is_word_char};
use crate::values::numerals::{Counted, Numerals};
use crate::values::time::calendar::{Date, HijriDate};
use crate::values::words::items;
use crate::values::{Rules, literals};
use crate::{Knowledge, normalize};
use arabic::{Case, Style};
use cldr::Spellout;

/// What each of `lines` is as one number, without what a whole document would ask for.
fn numbers(lines: &[String]) -> Vec<Option<(String, Counted)>> {
    let rules = Rules::built_in().expect("the data is sound");
    let lexicon = Lexicon::from_rows([]).expect("an empty lexicon");
    let folded = normalize::fold(&lines.join("\n")).text;
    let read = |line: &str| {
        let literals = literals::literals(line, &lexicon);
        let items = items(line, words(line), &rules.table, &literals, &|_| false);
        let number = Numerals { text: line, items: &items, literals: &literals }.at(0)?;
        let whole = number.begin == 0 && number.end == line.len();
        whole.then(|| number.value.map(|value| (value.written(), number.kind)))?
    };
    folded.split('\n').map(read).collect()
}

/// Where the words of `line` are.
fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let words = line.split(|c| !is_word_char(c)).filter(|word| !word.is_empty());
    words.map(|word| {
        let begin = word.as_ptr().addr() - line.as_ptr().addr();
        begin..begin + word.len()
    })
}

/// Fails where one of what `printed` gives is read as another number, naming the first of them.
fn expect_itself(printed: &[(u64, String)], kind: Counted) {
    let lines: Vec<String> = printed.iter().map(|(_, line)| line.clone()).collect();
    let found = numbers(&lines);
    assert_eq!(found.len(), printed.len());
    let wrong: Vec<String> = printed
        .iter()
        .zip(&found)
        .filter(|((number, _), found)| *found != &Some((number.to_string(), kind)))
        .map(|((number, line), found)| format!("{number}: {line}: {found:?}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        printed.len(),
        wrong.iter().take(30).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// All to ten thousand, and a hundred thousand to a billion of thousands, of any size, drawn once for all.
fn sample() -> impl Iterator<Item = u64> {
    // SplitMix64 (Steele, Lea and Flood, 2014).
    let mut state = 10_u64;
    let drawn = std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    });
    // As many of each length, and many with zeros in them, as people write.
    let number = |drawn: u64| {
        let number = (drawn >> 8) % 10_u64.pow(5 + u32::try_from(drawn % 8).unwrap_or(0));
        if drawn & 0x80 == 0 { number } else { number / 1000 * 1000 }
    };
    (0..=10_000).chain(drawn.map(number).filter(|&number| number > 10_000).take(100_000))
}

#[test]
fn a_number_that_our_printer_writes_is_itself() {
    for feminine in [false, true] {
        for case in [Case::Nominative, Case::Accusative, Case::Genitive] {
            let style = Style { feminine, case, with_alif: feminine, split: false };
            let printed: Vec<(u64, String)> = sample()
                .map(|number| {
                    let style = Style { with_alif: number % 2 == 0, split: number % 3 == 0, ..style };
                    (number, style.cardinal(number))
                })
                .collect();
            expect_itself(&printed, Counted::Cardinal);
        }
    }
}

#[test]
fn a_number_that_the_rules_of_cldr_write_is_itself() {
    let spellout = Spellout::built_in();
    for rules in ["%spellout-numbering", "%spellout-cardinal-masculine", "%spellout-cardinal-feminine"] {
        let printed: Vec<(u64, String)> =
            sample().map(|number| (number, spellout.print(rules, number))).collect();
        expect_itself(&printed, Counted::Cardinal);
    }
}

#[test]
fn ordinals_are_themselves() {
    let spellout = Spellout::built_in();
    let mut printed = Vec::new();
    for number in 1..=99 {
        for feminine in [false, true] {
            let rules = if feminine { "%spellout-ordinal-feminine" } else { "%spellout-ordinal-masculine" };
            let written = spellout.print(rules, number);
            // CLDR's tens have no unit in the ordinals' form; a bare ten is a cardinal with its article.
            if number % 10 != 0 || number == 10 {
                printed.push((number, written));
                for case in [Case::Nominative, Case::Genitive] {
                    let style = Style { feminine, case, with_alif: false, split: false };
                    printed.push((number, style.ordinal(number)));
                }
            }
        }
    }
    expect_itself(&printed, Counted::Ordinal);
}

const WEEKDAYS: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];
const EGYPTIAN: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const LEVANTINE: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];
const ALGERIAN: [&str; 12] = [
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const MOROCCAN: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
];
const MAURITANIAN: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "إبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغشت",
    "شتمبر",
    "أكتوبر",
    "نوفمبر",
    "دجمبر",
];
const HIJRI: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];

/// How a day is written in each of the ways that are claimed.
fn ways(date: Date) -> Vec<String> {
    let (year, month) = (date.year(), usize::from(date.month()) - 1);
    let iso = date.written();
    let day: u8 = iso[8..].parse().expect("a day");
    let weekday = WEEKDAYS[usize::from(date.weekday()) - 1];
    let hijri = HijriDate::of(date);
    let named = [EGYPTIAN, LEVANTINE, ALGERIAN, MOROCCAN, MAURITANIAN].map(|names| names[month]);
    let mut ways: Vec<String> = named.iter().map(|name| format!("{day} {name} {year}")).collect();
    ways.extend(named.iter().map(|name| format!("{weekday} {day} {name} {year}")));
    ways.push(format!("{day} {}/{} {year}", LEVANTINE[month], EGYPTIAN[month]));
    ways.push(format!("{day} {} ({}) {year}", EGYPTIAN[month], LEVANTINE[month]));
    ways.push(format!("{day}/{}/{year}", month + 1));
    ways.push(iso);
    ways.push(format!("{} {} {} هـ", hijri.day, HIJRI[usize::from(hijri.month) - 1], hijri.year));
    ways.push(format!("{weekday} {} {} {}هـ", hijri.day, HIJRI[usize::from(hijri.month) - 1], hijri.year));
    ways
}

/// Every day in all ways.
#[test]
fn every_day_of_two_centuries_is_itself() {
    let knowledge = Knowledge::built_in().expect("the data is sound");
    let first = Date::new(1900, 1, 1).expect("a day").number();
    let last = Date::new(2100, 12, 31).expect("a day").number();
    let days: Vec<i64> = (first..=last).collect();
    let mut wrong = Vec::new();
    for days in days.chunks(500) {
        let mut lines = Vec::new();
        let mut wanted = Vec::new();
        for &number in days {
            let date = Date::from_number(number).expect("a day");
            for line in ways(date) {
                wanted.push((EntityType::Date, format!("{line} → {}", date.written())));
                lines.push(line);
            }
        }
        let found: HashSet<_> = read(&knowledge, &lines.join("\n\n"), "").into_iter().collect();
        wrong.extend(
            wanted.iter().filter(|wanted| !found.contains(*wanted)).map(|(_, wanted)| wanted.clone()),
        );
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.iter().take(30).cloned().collect::<Vec<_>>().join("\n")
    );
}
