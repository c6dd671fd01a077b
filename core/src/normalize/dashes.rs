//! Dashes of one kind.

use super::Normalized;
use super::rewrite::Rewriter;
use super::signs::{Look, Signs};
use super::step::{Counts, Step};
use super::tables::{TABLES, is_letter_or_mark};

/// What joins words and the parts of numbers.
pub(super) const HYPHEN: char = '-';

/// The dash that stands free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Hyphen,
    En,
    Em,
}

impl Style {
    pub(super) fn from_name(name: &str) -> Self {
        match name {
            "en" => Self::En,
            "em" => Self::Em,
            _ => Self::Hyphen,
        }
    }

    const fn mark(self) -> char {
        match self {
            Self::Hyphen => HYPHEN,
            Self::En => '–',
            Self::Em => '—',
        }
    }
}

/// The text with dashes of `style`; `None` where it has no others.
///
/// Between two letters or digits every dash becomes a hyphen, and so it does right before a number. A hyphen takes the
/// style only with white space on both sides: runs of hyphens, options and addresses keep theirs.
pub(super) fn run(look: Look, style: Style, counts: &mut Counts) -> Option<Normalized> {
    let text = look.text;
    let mut out = Rewriter::new(text);
    let mut buffer = [0; 4];
    look.each(Signs::DASHES, |begin, dash| {
        let at = begin + dash.len_utf8();
        if !is_dash(dash) {
            return;
        }
        let before = text.get(..begin).and_then(|text| text.chars().next_back());
        let after = text.get(at..).and_then(|text| text.chars().next());
        let is_of_word = |c: Option<char>| c.is_some_and(|c| c.is_numeric() || is_letter_or_mark(c));
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let with = if is_of_word(after) && (is_of_word(before) || after.is_some_and(char::is_numeric)) {
            HYPHEN
        } else if dash != HYPHEN || is_blank(before) && is_blank(after) {
            style.mark()
        } else {
            HYPHEN
        };
        if with != dash {
            out.replace(begin, at, with.encode_utf8(&mut buffer));
        }
    });
    counts.add(Step::Dashes, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

pub(super) fn is_dash(c: char) -> bool {
    // Most characters are none of these.
    c == HYPHEN || c > '\u{57F}' && !matches!(c, '\u{600}'..='\u{6FF}') && TABLES.dashes.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::super::signs::SHARED;
    use super::*;

    #[test]
    fn dashes_of_each_style() {
        for (text, hyphens, ems) in [
            ("القاهرة — رويترز", "القاهرة - رويترز", "القاهرة — رويترز"),
            ("كوفيد–19 و2010–2020", "كوفيد-19 و2010-2020", "كوفيد-19 و2010-2020"),
            ("بيروت - أ ف ب", "بيروت - أ ف ب", "بيروت — أ ف ب"),
            ("حرارة –5 أو -5", "حرارة -5 أو -5", "حرارة -5 أو -5"),
            ("الرياض– قال", "الرياض- قال", "الرياض— قال"),
            ("--- --help a-b", "--- --help a-b", "--- --help a-b"),
            ("– بند\n- بند", "- بند\n- بند", "— بند\n— بند"),
            ("نص", "نص", "نص"),
        ] {
            for (style, expected) in [(Style::Hyphen, hyphens), (Style::Em, ems)] {
                let run_on =
                    |text: &str| SHARED.looking(text, |look| run(look, style, &mut Counts::default()));
                let once = run_on(text).map_or_else(|| text.to_owned(), |out| out.text);
                assert_eq!(once, expected);
                assert!(run_on(&once).is_none(), "{once}");
            }
        }
    }
}
