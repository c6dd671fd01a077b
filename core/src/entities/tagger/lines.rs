//! The lines that are labelled as one: sentences, in pieces where they are long.

use std::ops::Range;

use crate::Document;
use crate::entities::words::Word;

/// A longer sentence is cut: its sums would take more room than they are worth.
const MOST_WORDS: usize = 192;

/// The words of each sentence of `document`; what no sentence has is in none.
pub(super) fn lines(document: &Document<'_>, words: &[Word]) -> Vec<Range<usize>> {
    let mut alignment = document.folded().alignment.walk();
    let mut lines = Vec::new();
    let mut next = 0;
    for sentence in document.sentences() {
        let span = alignment.output_of(sentence.span);
        while words.get(next).is_some_and(|word| word.begin < span.begin) {
            next += 1;
        }
        let first = next;
        while words.get(next).is_some_and(|word| word.begin < span.end) {
            next += 1;
        }
        let mut begin = first;
        while begin < next {
            let end = next.min(begin + MOST_WORDS);
            lines.push(begin..end);
            begin = end;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn a_line_is_a_sentence_or_a_piece_of_one() {
        let knowledge = Knowledge::built_in().expect("the built-in lists");
        let text = format!("عنوان الخبر\n\nجاء سامر. ثم مضى{}.", " ومضى".repeat(MOST_WORDS));
        let document = Document::new(&text, &knowledge).expect("short enough");
        let lines = lines(&document, document.words().list());
        assert_eq!(lines, [0..2, 2..4, 4..4 + MOST_WORDS, 4 + MOST_WORDS..6 + MOST_WORDS]);
    }
}
