//! Whether articles repeat each other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use icu_normalizer::ComposingNormalizer;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use warraq_core::segment::BlockKind;

use crate::gold::Article;
use crate::own::Filed;
use crate::own::page::Section;

/// Distinct words are counted among so many, since more words have more.
const SAMPLE: usize = 60_000;
const OPENING: usize = 3;
/// So many words in a row are no chance.
const GRAM: usize = 8;

/// Distinct words and pairs of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Distinct {
    pub(super) words: usize,
    pub(super) bigrams: usize,
}

/// Words that articles have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Eight or more in a row.
    pub words: String,
    /// The articles.
    pub articles: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Variety {
    pub(super) in_all: Distinct,
    pub(super) in_sample: Distinct,
    /// How many sentences open with something.
    pub(super) sentences: usize,
    /// The most common three words, and how often they open one.
    pub(super) opening: Option<(String, usize)>,
    /// Distinct ones, beyond boilerplate.
    pub(super) shared_grams: usize,
    pub(super) shared: Vec<Shared>,
}

/// The words of `text`, in NFC.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = ComposingNormalizer::new_nfc().normalize(text);
    let segmenter = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
    let mut words = Vec::new();
    let mut begin = 0;
    for end in segmenter.segment_str(&text) {
        let piece = text.get(begin..end).unwrap_or_default();
        if piece.chars().any(char::is_alphanumeric) {
            words.push(piece.to_owned());
        }
        begin = end;
    }
    words
}

impl Variety {
    pub(super) fn of(articles: &[Filed], boilerplate: &str) -> Self {
        let read: Vec<(&Filed, Vec<String>)> =
            articles.iter().map(|filed| (filed, words(&filed.article.text))).collect();
        let mut mixed: Vec<&(&Filed, Vec<String>)> = read.iter().collect();
        mixed.sort_by_key(|(filed, _)| filed.id.chars().rev().collect::<String>());
        let mut left = SAMPLE;
        let sample = mixed.into_iter().map_while(|(_, words)| {
            let some = words.get(..left.min(words.len())).filter(|some| !some.is_empty());
            left -= some.map_or(0, <[String]>::len);
            some
        });
        let openings: Vec<Vec<String>> = articles.iter().flat_map(|filed| openings(&filed.article)).collect();
        let grams = Grams::of(&read, boilerplate);
        Self {
            in_all: distinct(read.iter().map(|(_, words)| words.as_slice())),
            in_sample: distinct(sample),
            sentences: openings.len(),
            opening: most_common(openings),
            shared_grams: grams.shared.len(),
            shared: grams.runs(&read),
        }
    }

    pub(super) fn section(&self) -> Section {
        let row = |name: &str, figure: String| vec![name.to_owned(), figure];
        let opening = self.opening.as_ref().map(|(words, count)| format!("{count} ({words})"));
        Section {
            heading: "Variety",
            header: vec!["figure", "is"],
            rows: vec![
                row("distinct words", self.in_all.words.to_string()),
                row("distinct bigrams", self.in_all.bigrams.to_string()),
                row("distinct words in 60,000 words", self.in_sample.words.to_string()),
                row("distinct bigrams in 60,000 words", self.in_sample.bigrams.to_string()),
                row("sentences", self.sentences.to_string()),
                row("the most common three-word opening", opening.unwrap_or_else(|| "–".to_owned())),
                row("8-grams shared by two articles", self.shared_grams.to_string()),
            ],
        }
    }
}

fn distinct<'w>(articles: impl Iterator<Item = &'w [String]>) -> Distinct {
    let (mut known, mut pairs) = (HashSet::new(), HashSet::new());
    for words in articles {
        known.extend(words);
        pairs.extend(words.windows(2));
    }
    Distinct { words: known.len(), bigrams: pairs.len() }
}

/// The first words of each sentence of what is told, after its dateline.
fn openings(article: &Article) -> Vec<Vec<String>> {
    const TOLD: [BlockKind; 4] =
        [BlockKind::Title, BlockKind::Subhead, BlockKind::Paragraph, BlockKind::ListItem];
    let blocks = article.blocks.iter().filter(|block| TOLD.contains(&block.kind));
    let sentences =
        blocks.flat_map(|block| article.sentences.iter().filter(|sentence| block.span.contains(**sentence)));
    sentences
        .map(|&sentence| {
            let dateline = article.datelines.iter().find(|dateline| dateline.begin == sentence.begin);
            let begin = dateline.map_or(sentence.begin, |dateline| dateline.end.min(sentence.end));
            let mut words =
                words(article.text.get(begin as usize..sentence.end as usize).unwrap_or_default());
            words.truncate(OPENING);
            words
        })
        .filter(|words| !words.is_empty())
        .collect()
}

/// The most common of those that have three words.
fn most_common(openings: Vec<Vec<String>>) -> Option<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for opening in openings.into_iter().filter(|opening| opening.len() == OPENING) {
        *counts.entry(opening.join(" ")).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count)
}

/// Eight words in a row that several articles have.
struct Grams<'w> {
    shared: HashMap<&'w [String], BTreeSet<&'w str>>,
}

impl<'w> Grams<'w> {
    fn of(read: &'w [(&Filed, Vec<String>)], boilerplate: &str) -> Self {
        let allowed: HashSet<Vec<String>> = boilerplate
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| words(line).windows(GRAM).map(<[String]>::to_vec).collect::<Vec<_>>())
            .collect();
        let mut shared: HashMap<&[String], BTreeSet<&str>> = HashMap::new();
        for (filed, words) in read {
            for gram in words.windows(GRAM) {
                shared.entry(gram).or_default().insert(&filed.id);
            }
        }
        shared.retain(|gram, articles| articles.len() > 1 && !allowed.contains(*gram));
        Self { shared }
    }

    /// Grams that follow each other in the same articles, as one.
    fn runs(&self, read: &'w [(&Filed, Vec<String>)]) -> Vec<Shared> {
        let mut runs: Vec<Shared> = Vec::new();
        for (filed, words) in read {
            let mut last: Option<(usize, &BTreeSet<&str>)> = None;
            for (at, gram) in words.windows(GRAM).enumerate() {
                // Told in the first article that has them.
                let shared =
                    self.shared.get(gram).filter(|others| others.first() == Some(&filed.id.as_str()));
                let Some(articles) = shared else {
                    last = None;
                    continue;
                };
                match (last, runs.last_mut()) {
                    (Some((before, same)), Some(run)) if before + 1 == at && same == articles => {
                        let next = gram.last().map(String::as_str).unwrap_or_default();
                        run.words.push(' ');
                        run.words.push_str(next);
                    }
                    _ => runs.push(Shared {
                        words: gram.join(" "),
                        articles: articles.iter().map(|id| (*id).to_owned()).collect(),
                    }),
                }
                last = Some((at, articles));
            }
        }
        runs
    }
}
