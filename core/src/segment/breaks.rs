//! The sentence breaks of UAX #29, asked for at one stop: icu would read the whole block for them.

use icu_properties::CodePointMapData;
use icu_properties::props::SentenceBreak;

/// What stands before a place, as the rules look at it.
#[derive(Clone, Copy)]
enum Before {
    Other,
    /// A stop: whether it may also be an abbreviation's, and whether a letter with case stands before it.
    Stop {
        full: bool,
        cased: bool,
    },
    /// A stop and what closes behind it.
    Close {
        full: bool,
    },
    /// A stop, perhaps what closes, and spaces.
    Space {
        full: bool,
    },
    Return,
    Line,
}

/// Whether UAX #29 breaks `text` anywhere from `first` to `last`, where what begins at `stop` is a stop (or dots) and
/// `first` lies behind it.
pub(super) fn breaks(text: &str, stop: usize, first: usize, last: usize) -> bool {
    let class = |c: char| CodePointMapData::<SentenceBreak>::new().get(c);
    let Some((ahead, rest)) = text.split_at_checked(stop) else { return false };
    let cased = ahead
        .chars()
        .rev()
        .map(class)
        .find(|class| !matches!(*class, SentenceBreak::Extend | SentenceBreak::Format))
        .is_some_and(is_cased);
    let mut before = Before::Other;
    let mut cased = cased;
    for (at, c) in rest.char_indices() {
        if stop + at > last {
            return false;
        }
        let class_here = class(c);
        let parts = || goes_on_in_lower_case(rest.get(at..).unwrap_or_default().chars().map(class));
        if parted(before, class_here, parts) && stop + at >= first {
            return true;
        }
        before = after(before, class_here, cased);
        if !matches!(class_here, SentenceBreak::Extend | SentenceBreak::Format) {
            cased = is_cased(class_here);
        }
    }
    false
}

fn is_cased(class: SentenceBreak) -> bool {
    matches!(class, SentenceBreak::Upper | SentenceBreak::Lower)
}

const fn ends_line(class: SentenceBreak) -> bool {
    matches!(class, SentenceBreak::Sep | SentenceBreak::CR | SentenceBreak::LF)
}

/// SB8: whether the next letter, before any stop or line end, is in lower case.
fn goes_on_in_lower_case(classes: impl Iterator<Item = SentenceBreak>) -> bool {
    use SentenceBreak as B;
    let mut classes = classes;
    classes
        .find(|class| {
            ends_line(*class) || matches!(*class, B::OLetter | B::Upper | B::Lower | B::ATerm | B::STerm)
        })
        .is_some_and(|class| class == B::Lower)
}

/// Whether a break stands between what is before and a character of `class`.
fn parted(before: Before, class: SentenceBreak, goes_on: impl Fn() -> bool) -> bool {
    use SentenceBreak as B;
    let (full, spaced) = match before {
        Before::Other => return false,
        // SB3, SB4
        Before::Return => return class != B::LF,
        Before::Line => return true,
        // SB6, SB7
        Before::Stop { full: true, .. } if class == B::Numeric => return false,
        Before::Stop { full: true, cased: true } if class == B::Upper => return false,
        Before::Stop { full, .. } | Before::Close { full } => (full, false),
        Before::Space { full } => (full, true),
    };
    // SB5, SB8a, SB9, SB10
    let holds = matches!(class, B::Extend | B::Format | B::SContinue | B::ATerm | B::STerm | B::Sp)
        || ends_line(class)
        || class == B::Close && !spaced;
    // SB8, SB11
    !(holds || full && goes_on())
}

/// What is before the next place, behind a character of `class`.
fn after(before: Before, class: SentenceBreak, cased: bool) -> Before {
    use SentenceBreak as B;
    match (before, class) {
        (_, B::CR) => Before::Return,
        (_, B::Sep | B::LF) => Before::Line,
        (Before::Return | Before::Line, B::Extend | B::Format) => Before::Other,
        (before, B::Extend | B::Format) => before,
        (_, B::ATerm) => Before::Stop { full: true, cased },
        (_, B::STerm) => Before::Stop { full: false, cased },
        (Before::Stop { full, .. } | Before::Close { full }, B::Close) => Before::Close { full },
        (Before::Stop { full, .. } | Before::Close { full } | Before::Space { full }, B::Sp) => {
            Before::Space { full }
        }
        _ => Before::Other,
    }
}

#[cfg(test)]
mod tests {
    use icu_segmenter::SentenceSegmenter;
    use icu_segmenter::options::SentenceBreakInvariantOptions;
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            ".", ".", "!", "؟", "۔", "…", "\"", "»", ")", "’", " ", " ", "\u{A0}", "\n", "\r", "\r\n",
            "\u{85}", "ا", "ب", "a", "B", "É", "5", "٥", "،", ":", "-", "\u{64E}", "\u{200F}", "\u{AD}", "+",
            "中", "。",
        ]);
        prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
    }

    /// Characters of blocks that are full: of those that Unicode took in lately icu's two sets of data say
    /// different things.
    fn settled() -> impl Strategy<Value = char> {
        prop_oneof![prop::char::range('\0', '\u{52F}'), prop::char::range('\u{600}', '\u{6FF}')]
    }

    /// At every stop of `text`, and every stretch behind it without another stop.
    fn check(text: &str) {
        let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
        let all: Vec<usize> = segmenter.segment_str(text).collect();
        let classes = CodePointMapData::<SentenceBreak>::new();
        let is_stop = |c: char| matches!(classes.get(c), SentenceBreak::ATerm | SentenceBreak::STerm);
        for (stop, c) in text.char_indices().filter(|(_, c)| is_stop(*c) || *c == '…') {
            let first = stop + c.len_utf8();
            for (last, next) in text.char_indices().filter(|(at, _)| *at >= first) {
                let expected = all.iter().any(|at| (first..=last).contains(at));
                assert_eq!(breaks(text, stop, first, last), expected, "{text:?}: {stop}, {first}..={last}");
                if is_stop(next) || next == '…' {
                    break;
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn they_are_those_of_icu(text in text()) {
            check(&text);
        }

        #[test]
        fn in_any_string_too(text in prop::collection::vec(settled(), 0..32)) {
            check(&text.into_iter().collect::<String>());
        }
    }
}
