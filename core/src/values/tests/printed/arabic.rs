//! Numbers in words by the grammar of written Arabic.

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Nominative,
    Accusative,
    Genitive,
}

/// How numbers are written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// What is counted is feminine.
    pub(super) feminine: bool,
    pub(super) case: Case,
    /// مائة, not مئة.
    pub(super) with_alif: bool,
    /// `ثلاث مئة`, not `ثلاثمئة`.
    pub(super) split: bool,
}

/// The digits as they count what is feminine.
const STEMS: [&str; 11] = ["", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"];
const ORDINALS: [&str; 11] =
    ["", "أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"];
const TENS: [&str; 10] = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"];
/// A power of a thousand: one, the plural.
const SCALES: [(u64, &str, &str); 3] =
    [(1_000_000_000, "مليار", "مليارات"), (1_000_000, "مليون", "ملايين"), (1000, "ألف", "آلاف")];

impl Style {
    pub(super) fn cardinal(self, number: u64) -> String {
        if number == 0 {
            return "صفر".to_owned();
        }
        let mut parts = Vec::new();
        let mut rest = number;
        for (scale, one, plural) in SCALES {
            let count = rest / scale;
            rest %= scale;
            if count > 0 {
                parts.push(self.counted(count, one, plural, rest > 0));
            }
        }
        if rest > 0 {
            parts.push(self.below_thousand(rest, false));
        }
        parts.join(" و")
    }

    pub(super) fn ordinal(self, number: u64) -> String {
        let (unit, ten) = (at(number % 10), at(number / 10));
        let feminine = if self.feminine { "ة" } else { "" };
        match (number, self.feminine) {
            (1, true) => "الأولى".to_owned(),
            (1..=10, _) => format!("ال{}{feminine}", ORDINALS[at(number)]),
            (11, _) => format!("الحادي{feminine} عشر{feminine}"),
            (12..=19, _) => format!("ال{}{feminine} عشر{feminine}", ORDINALS[unit]),
            _ => {
                let unit = if unit == 1 { "حادي" } else { ORDINALS[unit] };
                format!("ال{unit}{feminine} وال{}{}", TENS[ten], self.ending("ون", "ين"))
            }
        }
    }

    fn ending<'w>(self, nominative: &'w str, oblique: &'w str) -> &'w str {
        if self.case == Case::Nominative { nominative } else { oblique }
    }

    fn hundred(self) -> &'static str {
        if self.with_alif { "مائة" } else { "مئة" }
    }

    /// So many of a power of a thousand, all of which are masculine. `goes_on`: more follows it.
    fn counted(self, count: u64, one: &str, plural: &str, goes_on: bool) -> String {
        let of = Style { feminine: false, ..self };
        match count {
            // Before what is counted the accusative has no alif.
            1 if self.case == Case::Accusative && goes_on => format!("{one}ا"),
            1 => one.to_owned(),
            2 => format!("{one}{}", self.ending("ان", "ين")),
            _ => {
                let counted = match count % 100 {
                    3..=10 => plural.to_owned(),
                    11..=99 => format!("{one}ا"),
                    _ => one.to_owned(),
                };
                format!("{} {counted}", of.below_thousand(count, true))
            }
        }
    }

    /// `before`: what it counts stands right behind it.
    fn below_thousand(self, number: u64, before: bool) -> String {
        let (hundreds, rest) = (number / 100, number % 100);
        let hundred = self.hundred();
        let written = match hundreds {
            0 => return self.below_hundred(rest, before),
            1 => hundred.to_owned(),
            2 if before && rest == 0 => {
                format!("{}{}", hundred.trim_end_matches('ة'), self.ending("تا", "تي"))
            }
            2 => format!("{}{}", hundred.trim_end_matches('ة'), self.ending("تان", "تين")),
            8 if self.split => format!("ثماني {hundred}"),
            _ => format!("{}{}{hundred}", STEMS[at(hundreds)], if self.split { " " } else { "" }),
        };
        if rest == 0 { written } else { format!("{written} و{}", self.below_hundred(rest, before)) }
    }

    fn below_hundred(self, number: u64, before: bool) -> String {
        let (unit, ten) = (number % 10, number / 10);
        match (number, self.feminine) {
            (0..=10, _) => self.digit(number, before),
            (11, false) => "أحد عشر".to_owned(),
            (11, true) => "إحدى عشرة".to_owned(),
            (12, false) => format!("{} عشر", self.ending("اثنا", "اثني")),
            (12, true) => format!("{} عشرة", self.ending("اثنتا", "اثنتي")),
            (13..=19, false) => format!("{}ة عشر", Self::stem_with_ending(unit)),
            (18, true) => "ثماني عشرة".to_owned(),
            (13..=19, true) => format!("{} عشرة", STEMS[at(unit)]),
            _ => {
                let tens = format!("{}{}", TENS[at(ten)], self.ending("ون", "ين"));
                if unit == 0 { tens } else { format!("{} و{tens}", self.digit(unit, false)) }
            }
        }
    }

    /// Before ة the eight has its ي.
    fn stem_with_ending(unit: u64) -> String {
        if unit == 8 { "ثماني".to_owned() } else { STEMS[at(unit)].to_owned() }
    }

    fn digit(self, number: u64, before: bool) -> String {
        let accusative = self.case == Case::Accusative && !before;
        match (number, self.feminine) {
            (1, false) => if accusative { "واحدا" } else { "واحد" }.to_owned(),
            (1, true) => "واحدة".to_owned(),
            (2, false) => self.ending("اثنان", "اثنين").to_owned(),
            (2, true) => self.ending("اثنتان", "اثنتين").to_owned(),
            (_, false) => format!("{}ة", Self::stem_with_ending(number)),
            (8, true) if accusative => "ثمانيا".to_owned(),
            (8, true) if before => "ثماني".to_owned(),
            _ => format!("{}{}", STEMS[at(number)], if accusative { "ا" } else { "" }),
        }
    }
}

fn at(digit: u64) -> usize {
    usize::try_from(digit).expect("small")
}
