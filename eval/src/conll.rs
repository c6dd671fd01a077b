//! Corpora of named entities: a word and its tags a line, an empty line after each sentence.
//!
//! Tags are IOB2. A word of a nested corpus has several, outer ones first (`word B-OCC I-ORG`).

use std::path::Path;

use warraq_core::Span;

use crate::file::{FileError, parsed};

/// A labelled run of words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// From the first to the last letter of its words.
    pub span: Span,
    /// The corpus's own label.
    pub label: String,
}

/// Sentences that stand together, as one text: words with a space between, a line for each sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// Its words, in order, disjoint.
    pub words: Vec<Span>,
    /// What is annotated; may nest.
    pub mentions: Vec<Mention>,
}

/// A word with its tags.
type Word = (String, Vec<String>);

/// The sentences of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    sentences: Vec<Vec<Word>>,
}

/// The corpus in the file at `path`.
///
/// # Errors
/// Where the file cannot be read or has a line that is no word with tags.
pub fn read(path: &Path) -> Result<Corpus, FileError> {
    parsed(path, parse)
}

/// The corpus in `content`, which errors name `file`.
///
/// # Errors
/// Where a line is no word with tags.
pub fn parse(file: &str, content: &str) -> Result<Corpus, FileError> {
    let mut sentences = vec![Vec::new()];
    for (at, line) in content.lines().enumerate() {
        let mut fields = line.split_whitespace();
        let Some(word) = fields.next() else {
            sentences.push(Vec::new());
            continue;
        };
        let tags: Vec<String> = fields.map(ToOwned::to_owned).collect();
        if tags.is_empty() || !tags.iter().all(|tag| is_tag(tag)) {
            return Err(FileError::line(file, at, "is no word with tags (O, B-… or I-…)"));
        }
        if let Some(sentence) = sentences.last_mut() {
            sentence.push((word.to_owned(), tags));
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    Ok(Corpus { sentences })
}

/// Whether it is a tag of IOB2.
pub fn is_tag(tag: &str) -> bool {
    tag == "O" || tag.strip_prefix("B-").or(tag.strip_prefix("I-")).is_some_and(|label| !label.is_empty())
}

impl Corpus {
    /// The corpus in passages of `sentences` sentences each, without the words that are none (`ignored`).
    pub fn passages(&self, sentences: usize, ignored: &[String]) -> Vec<Passage> {
        self.sentences
            .chunks(sentences.max(1))
            .map(|chunk| {
                let mut passage = Passage::default();
                for sentence in chunk {
                    passage.add(sentence.iter().filter(|(word, _)| !ignored.contains(word)));
                }
                passage
            })
            .collect()
    }
}

impl Passage {
    fn add<'w>(&mut self, words: impl Iterator<Item = &'w Word>) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let mut open: Vec<Mention> = Vec::new();
        for (at, (word, tags)) in words.enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            let begin = self.text.len();
            self.text.push_str(word);
            let span = Span::from_range(&(begin..self.text.len()));
            self.words.push(span);
            let mut still = Vec::new();
            for tag in tags.iter().filter(|tag| *tag != "O") {
                let (inside, label) = tag
                    .strip_prefix("I-")
                    .map_or((false, tag.trim_start_matches("B-")), |label| (true, label));
                // What goes on with nothing before it begins, as conlleval has it.
                let goes_on =
                    if inside { open.iter().position(|mention| mention.label == label) } else { None };
                still.push(match goes_on {
                    Some(at) => Mention {
                        span: Span::new(open.remove(at).span.begin, span.end),
                        label: label.to_owned(),
                    },
                    None => Mention { span, label: label.to_owned() },
                });
            }
            self.mentions.append(&mut open);
            open = still;
        }
        self.mentions.append(&mut open);
        self.mentions.sort_by_key(|mention| (mention.span.begin, std::cmp::Reverse(mention.span.end)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(content: &str) -> Passage {
        parse("test", content).unwrap_or_default().passages(9, &["$#$".to_owned()]).remove(0)
    }

    fn mentions(passage: &Passage) -> Vec<(&str, &str)> {
        passage.mentions.iter().map(|m| (m.span.of(&passage.text), m.label.as_str())).collect()
    }

    #[test]
    fn words_become_text() {
        let passage = passage("زار O\nسالم B-PER\nالميناء I-PER\n. O\n$#$ O\n\n\nوعاد O\n");
        assert_eq!(passage.text, "زار سالم الميناء .\nوعاد");
        assert_eq!(passage.words.len(), 5);
        assert_eq!(mentions(&passage), [("سالم الميناء", "PER")]);
    }

    #[test]
    fn a_mention_begins_anew_where_its_tag_says_so() {
        let text = "سالم B-PER\nنادر B-PER\nخالد I-ORG\nليلى I-PER\n";
        let expected = [("سالم", "PER"), ("نادر", "PER"), ("خالد", "ORG"), ("ليلى", "PER")];
        assert_eq!(mentions(&passage(text)), expected);
    }

    #[test]
    fn nested_mentions_go_on_for_themselves() {
        let passage = passage("رئيس B-OCC\nجامعة I-OCC B-ORG\nبلدة I-OCC I-ORG B-GPE\nزار O\n");
        assert_eq!(mentions(&passage), [("رئيس جامعة بلدة", "OCC"), ("جامعة بلدة", "ORG"), ("بلدة", "GPE")]);
        let same = super::tests::passage("مجلس B-ORG\nجامعة I-ORG B-ORG\nبلدة I-ORG I-ORG\n");
        assert_eq!(mentions(&same), [("مجلس جامعة بلدة", "ORG"), ("جامعة بلدة", "ORG")]);
    }

    #[test]
    fn a_line_without_a_tag_is_an_error() {
        let error = parse("f", "زار O\nسالم\n").unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("f", 2));
        assert!(parse("f", "زار\tزار\n").is_err());
    }
}
