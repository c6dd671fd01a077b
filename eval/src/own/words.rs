//! Words as the checks see them: runs of letters, digits and marks, and what stands before a name in its word.

use warraq_core::Span;
use warraq_core::normalize;

/// What the spellings of `text` have in common, with one space between words.
pub(crate) fn key(text: &str) -> String {
    normalize::fold(text).text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const TATWEEL: char = '\u{640}';

/// Whether `c` is a part of a word.
pub(crate) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == TATWEEL || is_mark(c)
}

/// Marks of Arabic writing, which are no letters to Unicode.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// The letters of the same word before `at`.
pub(crate) fn before(text: &str, at: u32) -> &str {
    let head = text.get(..at as usize).unwrap_or_default();
    let begin =
        head.char_indices().rev().take_while(|(_, c)| in_word(*c)).last().map_or(head.len(), |(at, _)| at);
    head.get(begin..).unwrap_or_default()
}

/// Whether the word goes on at `at`.
pub(crate) fn goes_on(text: &str, at: u32) -> bool {
    text.get(at as usize..).and_then(|rest| rest.chars().next()).is_some_and(in_word)
}

/// `span` with the marks that stand on its last letter, and what lengthens it.
pub(crate) fn with_marks(text: &str, span: Span) -> Span {
    let rest = text.get(span.end as usize..).unwrap_or_default();
    let marks = rest.find(|c| !is_mark(c) && c != TATWEEL).unwrap_or(rest.len());
    Span::from_range(&(span.range().start..span.range().end + marks))
}

/// The runs of letters, digits and marks of `text`.
pub(crate) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (begin, in_word(c)) {
            (None, true) => begin = Some(at),
            (Some(from), false) => {
                spans.push(Span::from_range(&(from..at)));
                begin = None;
            }
            _ => {}
        }
    }
    spans
}

/// How many words `text` has.
pub(crate) fn count(text: &str) -> usize {
    spans(text).len()
}

/// The name without its article.
pub(crate) fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word)
}

/// The key of a mention: where the preposition before it has swallowed the article's alef (`ل` and `لجيش`), the name
/// with its article.
pub(crate) fn name_key(text: &str, span: Span) -> String {
    let folded = key(span.of(text));
    match folded.strip_prefix('ل') {
        Some(rest) if key(before(text, span.begin)).ends_with('ل') => format!("ال{rest}"),
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_with_their_marks() {
        let text = "قال مُحَمَّد: «3.5 مـليون»";
        let words: Vec<&str> = spans(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["قال", "مُحَمَّد", "3", "5", "مـليون"]);
    }

    #[test]
    fn an_article_that_its_preposition_has_swallowed_is_put_back() {
        let text = "وللجيش دور";
        let at = "ول".len();
        let span = Span::from_range(&(at.."وللجيش".len()));
        assert_eq!((before(text, span.begin), name_key(text, span).as_str()), ("ول", "الجيش"));
        let text = "ولجيش";
        assert_eq!(name_key(text, Span::from_range(&(0..text.len()))), "ولجيش");
        assert!(goes_on("ولد", 2) && !goes_on("و لد", 2));
    }
}
