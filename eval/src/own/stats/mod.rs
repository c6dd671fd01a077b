//! What the corpus holds, and how varied it is.
//!
//! | figure | is |
//! |---|---|
//! | words | words of UAX #29 with a letter or digit, in the articles' plain text; two are one where NFC makes them one |
//! | distinct words, bigrams in 60,000 words | in the first articles that have 60,000 words together, in the order of their ids read backwards, which mixes the parts |
//! | three-word opening | the first three words of a sentence of a title, subhead, paragraph or list item, after its dateline; its share is of all these sentences |
//! | 8-grams shared | eight words in a row that stand in two articles, but those within a line of `boilerplate.txt` |
//! | mentions | of all types, nested ones too |
//! | datelines | at the head of a paragraph, and blocks |
//! | by verb alone | a quotation with a speaker whom the sentences that hold it name nowhere outside it, neither by name nor by office |
//! | Hijri | a date that names a month of that calendar, or ends in `هـ` |
//! | amounts | of money, and percentages |
//! | names | distinct (type, folded surface) of people, organisations, places and events |

mod variety;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use warraq_core::Span;
use warraq_core::entities::EntityType;
use warraq_core::segment::BlockKind;

use self::variety::Variety;
use super::bars::Barred;
use super::hold_out::{OpenLists, Origin};
use super::page::Section;
use super::words::{key, name_key};
use super::{CORPUS, Filed, SECOND, SPLITS, articles, markup_files};
use crate::bcubed::ratio;
use crate::file::FileError;
use crate::gold::{Article, Quotation, label};
use crate::lexicons::{LEXICONS, tables};

pub use variety::Shared;

/// Phrases that articles may share, one a line.
const BOILERPLATE: &str = "boilerplate.txt";
/// The metadata by which articles are counted.
const KEYS: [&str; 3] = ["genre", "style", "spelling"];
/// The types whose mentions are names.
const NAMES: [EntityType; 4] =
    [EntityType::Person, EntityType::Organization, EntityType::Location, EntityType::Event];

/// What one part of the corpus holds.
#[derive(Clone, Debug, Default, PartialEq)]
struct Part {
    articles: usize,
    words: usize,
    mentions: usize,
    datelines: usize,
    bylines: usize,
    subheads: usize,
    quotations: usize,
    by_verb: usize,
    dates: usize,
    hijri: usize,
    amounts: usize,
    name_mentions: usize,
    names: BTreeSet<(&'static str, String)>,
    origins: BTreeMap<Origin, usize>,
}

/// What the whole holds.
pub struct Stats {
    parts: [Part; SPLITS.len()],
    variety: Variety,
    /// By key, value and part.
    kinds: BTreeMap<(&'static str, String), [usize; SPLITS.len()]>,
    second: usize,
}

/// What is counted is known by these.
struct Known {
    open: OpenLists,
    hijri_months: HashSet<String>,
}

/// Counts the corpus of the repository at `root`.
///
/// # Errors
/// Where a file of it or a lexicon cannot be read.
pub fn stats(root: &Path) -> Result<Stats, FileError> {
    let corpus = root.join(CORPUS);
    let months = tables(&root.join(LEXICONS), &["month_names"], ["name", "calendar"])?;
    let hijri = months.into_iter().filter(|([_, calendar], _)| calendar == "islamic");
    let known = Known {
        open: OpenLists::read(root)?,
        hijri_months: hijri.map(|([name, _], _)| key(&name)).collect(),
    };
    let path = corpus.join(BOILERPLATE);
    let boilerplate = if path.exists() {
        std::fs::read_to_string(&path).map_err(|error| FileError::whole(&path, error.to_string()))?
    } else {
        String::new()
    };
    let second = markup_files(&corpus.join(SECOND))?.len();
    Ok(Stats { second, ..count(&articles(root)?, &boilerplate, &known) })
}

fn count(articles: &[Filed], boilerplate: &str, known: &Known) -> Stats {
    let mut parts: [Part; SPLITS.len()] = std::array::from_fn(|_| Part::default());
    let mut kinds: BTreeMap<(&'static str, String), [usize; SPLITS.len()]> = BTreeMap::new();
    for filed in articles {
        let Some(place) = SPLITS.iter().position(|split| *split == filed.split) else { continue };
        if let Some(part) = parts.get_mut(place) {
            part.add(&filed.article, known);
        }
        for key in KEYS {
            let value = filed.article.meta.get(key).cloned().unwrap_or_else(|| "–".to_owned());
            if let Some(count) = kinds.entry((key, value)).or_default().get_mut(place) {
                *count += 1;
            }
        }
    }
    for part in &mut parts {
        part.origins = part.names.iter().fold(BTreeMap::new(), |mut origins, (kind, name)| {
            let kind = crate::gold::kind_of(kind).unwrap_or(EntityType::Organization);
            *origins.entry(known.open.origin(kind, name)).or_default() += 1;
            origins
        });
    }
    Stats { parts, variety: Variety::of(articles, boilerplate), kinds, second: 0 }
}

impl Part {
    fn add(&mut self, article: &Article, known: &Known) {
        let blocks = |kind: BlockKind| article.blocks.iter().filter(|block| block.kind == kind).count();
        self.articles += 1;
        self.words += variety::words(&article.text).len();
        self.mentions += article.mentions.len();
        self.datelines += article.datelines.len() + blocks(BlockKind::Dateline);
        self.bylines += blocks(BlockKind::Byline);
        self.subheads += blocks(BlockKind::Subhead);
        self.quotations += article.quotations.len();
        self.by_verb += article.quotations.iter().filter(|quotation| is_by_verb(article, quotation)).count();
        for mention in &article.mentions {
            let surface = mention.span.of(&article.text);
            match mention.kind {
                EntityType::Date => {
                    self.dates += 1;
                    self.hijri += usize::from(is_hijri(surface, &known.hijri_months));
                }
                EntityType::Money | EntityType::Percent => self.amounts += 1,
                kind if NAMES.contains(&kind) => {
                    self.name_mentions += 1;
                    self.names
                        .insert((label(kind).unwrap_or_default(), name_key(&article.text, mention.span)));
                }
                _ => {}
            }
        }
    }
}

/// Whether the sentences that hold the quotation name its speaker nowhere outside it.
fn is_by_verb(article: &Article, quotation: &Quotation) -> bool {
    let Some(speaker) = &quotation.speaker else { return false };
    let holds =
        |at: u32| article.sentences.iter().find(move |sentence| sentence.begin <= at && at <= sentence.end);
    let begin = holds(quotation.span.begin).map_or(quotation.span.begin, |sentence| sentence.begin);
    let end = holds(quotation.span.end).map_or(quotation.span.end, |sentence| sentence.end);
    let around = Span::new(begin, end);
    let mut named = article.mentions.iter().filter(|mention| {
        mention.id == *speaker && around.contains(mention.span) && !quotation.span.contains(mention.span)
    });
    named.next().is_none()
}

fn is_hijri(surface: &str, months: &HashSet<String>) -> bool {
    let folded = key(surface);
    let plain: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let padded = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    // `1445هـ`, `1445 هـ`.
    let words = padded.trim_end().trim_end_matches('\u{640}');
    let era =
        words.strip_suffix('ه').is_some_and(|head| head.ends_with(|c: char| c == ' ' || c.is_ascii_digit()));
    era || months.iter().any(|month| padded.contains(&format!(" {month} ")))
}

impl Stats {
    fn part(&self, split: &str) -> Part {
        let place = SPLITS.iter().position(|known| *known == split);
        place.and_then(|place| self.parts.get(place)).cloned().unwrap_or_default()
    }

    fn sum(&self, figure: impl Fn(&Part) -> usize) -> usize {
        self.parts.iter().map(figure).sum()
    }

    /// How many of a part's names are in no article of the train part.
    fn new_names(&self, part: &Part) -> usize {
        let train = self.part("train");
        part.names.iter().filter(|name| !train.names.contains(name)).count()
    }

    /// Each figure that has a bar.
    pub fn barred(&self) -> Vec<Barred> {
        let test = self.part("test");
        let percent = |part: usize, whole: usize| if whole == 0 { 0.0 } else { 100.0 * ratio(part, whole) };
        let (articles, words) = (self.sum(|part| part.articles), self.sum(|part| part.words));
        let of = |split: &str| self.part(split).articles;
        let count = |count: usize| ratio(count, 1);
        let Variety { in_sample, opening, sentences, shared_grams, .. } = &self.variety;
        let opened = opening.as_ref().map_or(0, |(_, count)| *count);
        [
            ("articles", count(articles)),
            ("articles of train", count(of("train"))),
            ("articles of dev", count(of("dev"))),
            ("articles of test", count(of("test"))),
            ("words", count(words)),
            ("distinct words in 60,000 words", count(in_sample.words)),
            ("distinct bigrams in 60,000 words", count(in_sample.bigrams)),
            ("share of the most common three-word opening", percent(opened, *sentences)),
            ("8-grams shared by two articles", count(*shared_grams)),
            ("mentions per 100 words", percent(self.sum(|part| part.mentions), words)),
            ("test: datelines and bylines", count(test.datelines + test.bylines)),
            ("test: subheads", count(test.subheads)),
            ("test: quotations", count(test.quotations)),
            ("test: quotations with the speaker by verb alone", count(test.by_verb)),
            ("test: dates", count(test.dates)),
            ("test: Hijri dates", count(test.hijri)),
            ("test: amounts", count(test.amounts)),
            ("test: names", count(test.names.len())),
            (
                "test: share of names that are never in train",
                percent(self.new_names(&test), test.names.len()),
            ),
            ("share of articles annotated twice", percent(self.second, articles)),
        ]
        .into_iter()
        .filter_map(|(name, figure)| Barred::new(name, figure))
        .collect()
    }

    /// What articles share that is in no line of the boilerplate.
    pub fn shared(&self) -> &[Shared] {
        &self.variety.shared
    }

    /// All figures, as tables.
    pub fn sections(&self) -> Vec<Section> {
        let parts = |figure: &dyn Fn(&Part) -> usize| -> Vec<String> {
            let each = self.parts.iter().map(figure);
            each.chain([self.sum(figure)]).map(|count| count.to_string()).collect()
        };
        let row = |name: &str, figure: &dyn Fn(&Part) -> usize| {
            std::iter::once(name.to_owned()).chain(parts(figure)).collect::<Vec<String>>()
        };
        let mut counts = vec![
            row("articles", &|part| part.articles),
            row("words", &|part| part.words),
            row("mentions", &|part| part.mentions),
            row("datelines", &|part| part.datelines),
            row("bylines", &|part| part.bylines),
            row("subheads", &|part| part.subheads),
            row("quotations", &|part| part.quotations),
            row("… with the speaker by verb alone", &|part| part.by_verb),
            row("dates", &|part| part.dates),
            row("… Hijri", &|part| part.hijri),
            row("amounts", &|part| part.amounts),
            row("mentions of names", &|part| part.name_mentions),
        ];
        // Of names that two parts share the sum would count some twice.
        let mut distinct = |name: &str, figure: &dyn Fn(&Part) -> usize, all: usize| {
            let mut row = row(name, figure);
            row.pop();
            row.push(all.to_string());
            counts.push(row);
        };
        let all: BTreeSet<_> = self.parts.iter().flat_map(|part| &part.names).collect();
        distinct("names", &|part| part.names.len(), all.len());
        let new = all.len() - self.part("train").names.len();
        distinct("… never in train", &|part| self.new_names(part), new);
        counts.extend(Origin::ALL.into_iter().map(|origin| {
            let mut row = row(&format!("… {}", origin.name()), &|part| {
                part.origins.get(&origin).copied().unwrap_or(0)
            });
            if let Some(all) = row.last_mut() {
                "–".clone_into(all);
            }
            row
        }));
        let by_part = |what| vec![what, "train", "dev", "test", "all"];
        let mut sections = vec![
            Section {
                heading: "Against the bars",
                header: vec!["figure", "is", "bar", ""],
                rows: self.barred().iter().map(Barred::row).collect(),
            },
            Section { heading: "By part", header: by_part(""), rows: counts },
            self.variety.section(),
        ];
        for (heading, key) in [("By genre", "genre"), ("By style", "style"), ("By spelling", "spelling")] {
            let rows =
                self.kinds.iter().filter(|((known, _), _)| *known == key).map(|((_, value), counts)| {
                    let all: usize = counts.iter().sum();
                    std::iter::once(value.clone())
                        .chain(counts.iter().chain([&all]).map(ToString::to_string))
                        .collect()
                });
            sections.push(Section { heading, header: by_part(key), rows: rows.collect() });
        }
        sections
    }
}

#[cfg(test)]
mod tests;
