//! Texts as the tagger learns from them: the features of each word, and what it may be.

use warraq_core::entities::EntityType;
use warraq_core::entities::tagger::{self, BEGINNINGS, Clusters, Examined, KINDS, LABELS, Likely, OUTSIDE};
use warraq_core::source::TooLong;
use warraq_core::{Document, Knowledge, Span};

use crate::conll::Passage;
use crate::gold::Article;

/// A text in which the words' labels are known, or what they may be.
pub struct Example {
    /// What is seen of it.
    pub examined: Examined,
    /// Its lines, as `examined` has them.
    pub lines: Vec<Line>,
    /// Whether it is of a corpus that annotates otherwise.
    pub other: bool,
    /// Texts of one source stay together when the others are learned from.
    pub source: usize,
}

/// A sentence.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its words.
    pub words: Vec<Word>,
}

/// A word.
#[derive(Clone, Debug)]
pub struct Word {
    /// The features for all of its labels, and of each place where a name may begin, where there are several.
    pub asked: Asked,
    /// How many places there are.
    pub places: usize,
    /// Whether a name may go on with it.
    pub goes_on: bool,
    /// What it may be.
    pub truth: Truth,
}

/// Features of a word and of its places.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// For all labels.
    pub word: Vec<u32>,
    /// Of each place; empty where there is but one.
    pub starts: Vec<Vec<u32>>,
}

impl Asked {
    /// The features of a place, or of the word.
    pub(super) fn at(&self, place: Option<usize>) -> &[u32] {
        place.map_or(&self.word, |place| &self.starts[place])
    }
}

/// What a word may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// This label; where a name begins, at this place.
    Known(usize, usize),
    /// One of these labels, at any place.
    OneOf([bool; LABELS]),
}

impl Truth {
    /// The same of a word with which no name goes on: one that a mark or a line's end cuts begins anew.
    fn at_head(self) -> Self {
        match self {
            Self::Known(label, _) if !tagger::may_follow(None, label) => Self::Known(label - KINDS.len(), 0),
            Self::OneOf(mut may) => {
                for kind in 0..KINDS.len() {
                    may[tagger::begins(kind)] |= may[tagger::inside(kind)];
                }
                Self::OneOf(may)
            }
            known @ Self::Known(..) => known,
        }
    }
}

impl Example {
    /// Of an article of our own.
    ///
    /// # Errors
    /// Where it is too long.
    pub fn of_article(
        article: &Article,
        knowledge: &Knowledge,
        clusters: &Clusters,
        source: usize,
    ) -> Result<Self, TooLong> {
        let document = Document::new(&article.text, knowledge)?.with_reference(article.reference());
        let examined = Examined::of(&document, clusters);
        let spans: Vec<(Span, EntityType)> = article.mentions.iter().map(|m| (m.span, m.kind)).collect();
        let names = outermost(&spans);
        let mut truths = vec![Truth::Known(OUTSIDE, 0); examined.len()];
        let placed = Placed::new(&document, &examined);
        for (span, kind) in names {
            let words = placed.words(span);
            let Some(kind) = tagger::place(kind) else { continue };
            let place = placed.place(words.start, span);
            for index in words.clone() {
                let label = if index == words.start { tagger::begins(kind) } else { tagger::inside(kind) };
                truths[index] = Truth::Known(label, if index == words.start { place } else { 0 });
            }
        }
        Ok(Self::new(examined, &truths, false, source))
    }

    /// Of a passage of a corpus of newswire that has people, places and bodies only, and leaves some words of ours
    /// outside of them.
    ///
    /// # Errors
    /// Where it is too long.
    pub fn of_passage(
        passage: &Passage,
        knowledge: &Knowledge,
        clusters: &Clusters,
        source: usize,
    ) -> Result<Self, TooLong> {
        let document = Document::new(&passage.text, knowledge)?;
        let examined = Examined::of(&document, clusters);
        let placed = Placed::new(&document, &examined);
        // Bodies and places may have words more than the corpus has, or lie in others, where the rules say so;
        // nationalities and events are what the rules take for them, offices too, and whatever stands near a person.
        let people = passage.mentions.iter().filter(|mention| mention.label == "PERS");
        let people: Vec<_> = people.map(|mention| placed.words(mention.span)).collect();
        let near = |index: usize| {
            let behind = people.partition_point(|words| words.end + NEAR <= index);
            people.get(behind).is_some_and(|words| words.start <= index + NEAR)
        };
        let by_rule = |index: usize, mut may: [bool; LABELS]| {
            for (at, &kind) in KINDS.iter().enumerate() {
                let open = kind != EntityType::Person && examined.is_by_rule(index, kind)
                    || kind == EntityType::Role && may[OUTSIDE] && near(index);
                if open {
                    (may[tagger::begins(at)], may[tagger::inside(at)]) = (true, true);
                }
            }
            Truth::OneOf(may)
        };
        let mut open = [false; LABELS];
        open[OUTSIDE] = true;
        let mut truths: Vec<Truth> = (0..examined.len()).map(|index| by_rule(index, open)).collect();
        for mention in &passage.mentions {
            let words = placed.words(mention.span);
            let kind = match mention.label.as_str() {
                "PERS" => EntityType::Person,
                "LOC" => EntityType::Location,
                "ORG" => EntityType::Organization,
                _ => {
                    words.for_each(|index| truths[index] = Truth::OneOf([true; LABELS]));
                    continue;
                }
            };
            let Some(kind) = tagger::place(kind) else { continue };
            for index in words.clone() {
                let mut may = [false; LABELS];
                may[tagger::begins(kind)] = index == words.start;
                // A body's name may begin before what the corpus has of it.
                may[tagger::inside(kind)] = index > words.start || KINDS[kind] == EntityType::Organization;
                truths[index] = by_rule(index, may);
            }
        }
        Ok(Self::new(examined, &truths, true, source))
    }

    fn new(examined: Examined, truths: &[Truth], other: bool, source: usize) -> Self {
        let mut truths = truths.to_vec();
        let heads = examined.lines().iter().map(|line| line.start);
        for head in heads.chain((0..examined.len()).filter(|&index| !examined.goes_on(index))) {
            if let Some(truth) = truths.get_mut(head) {
                *truth = truth.at_head();
            }
        }
        let lines = examined.lines().iter().map(|line| Line {
            words: line
                .clone()
                .map(|index| {
                    let places = examined.beginnings(index).count();
                    let mut asked = Asked::default();
                    examined.features(line, index, &mut asked.word);
                    for place in 0..if places > 1 { places } else { 0 } {
                        let mut start = Vec::new();
                        examined.start_features(line, index, place, &mut start);
                        asked.starts.push(start);
                    }
                    Word { asked, places, goes_on: examined.goes_on(index), truth: truths[index] }
                })
                .collect(),
        });
        let lines = lines.collect();
        Self { examined, lines, other, source }
    }

    /// What the second look is asked of each line's words besides.
    pub fn evidence(&self, likely: &[Likely]) -> Vec<Vec<Asked>> {
        let mut all = self.examined.evidence(likely).into_iter();
        let mut next = || all.next().unwrap_or_default();
        let mut lines = Vec::new();
        for line in &self.lines {
            let mut words = Vec::new();
            for word in &line.words {
                let own = next();
                let starts = (0..if word.places > 1 { word.places } else { 0 }).map(|_| next()).collect();
                words.push(Asked { word: own, starts });
            }
            lines.push(words);
        }
        lines
    }
}

/// So many words from a person's name something may be his office.
const NEAR: usize = 5;

/// The words of a document by where they stand.
struct Placed<'d> {
    document: &'d Document<'d>,
    examined: &'d Examined,
    /// Where each begins in the folded text.
    begins: Vec<u32>,
}

impl<'d> Placed<'d> {
    fn new(document: &'d Document<'d>, examined: &'d Examined) -> Self {
        let begins =
            (0..examined.len()).map(|index| examined.beginnings(index).next().unwrap_or(0)).collect();
        Self { document, examined, begins }
    }

    fn words(&self, span: Span) -> std::ops::Range<usize> {
        let folded = self.document.folded().alignment.to_output(span);
        let first = self.begins.partition_point(|&begin| begin <= folded.begin).saturating_sub(1);
        first..self.begins.partition_point(|&begin| begin < folded.end).max(first)
    }

    /// At which place of the word the span begins; its own where it begins at none.
    fn place(&self, index: usize, span: Span) -> usize {
        let folded = self.document.folded().alignment.to_output(span);
        if index >= self.begins.len() {
            return 0;
        }
        let places = self.examined.beginnings(index).take(BEGINNINGS);
        places.enumerate().find(|&(_, begin)| begin == folded.begin).map_or(0, |(place, _)| place)
    }
}

/// The learned ones of `mentions` (in order, the longer first) that lie in no other.
fn outermost(mentions: &[(Span, EntityType)]) -> Vec<(Span, EntityType)> {
    let mut end = 0;
    let mut outer = Vec::new();
    for &(span, kind) in mentions {
        if span.begin >= end {
            end = span.end;
            if tagger::place(kind).is_some() {
                outer.push((span, kind));
            }
        }
    }
    outer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup;

    #[test]
    fn names_are_labelled_at_the_place_where_they_begin() {
        let content = "paragraph\tزار [[PER a|سامر خليل]] و[[LOC b|مأرب]] [[ORG c|جامعة [[LOC d|بابل]]]] في [[DATE 2020|عام 2020]].\n";
        let article = markup::parse("ours", content).unwrap_or_else(|error| panic!("{error}"));
        let knowledge = Knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
        let example = Example::of_article(&article, &knowledge, &Clusters::default(), 0)
            .unwrap_or_else(|error| panic!("{error}"));
        let kind = |kind| tagger::place(kind).unwrap_or_default();
        let (person, place, body) =
            (kind(EntityType::Person), kind(EntityType::Location), kind(EntityType::Organization));
        let truths: Vec<Truth> = example.lines[0].words.iter().map(|word| word.truth).collect();
        let outside = Truth::Known(OUTSIDE, 0);
        assert_eq!(
            truths,
            [
                outside,
                Truth::Known(tagger::begins(person), 0),
                Truth::Known(tagger::inside(person), 0),
                Truth::Known(tagger::begins(place), 1),
                Truth::Known(tagger::begins(body), 0),
                Truth::Known(tagger::inside(body), 0),
                outside,
                outside,
                outside,
            ]
        );
        let likely = vec![Likely::default(); example.examined.len()];
        let evidence = example.evidence(&likely);
        assert_eq!(evidence[0].len(), truths.len());
        assert_eq!(evidence[0][3].starts.len(), example.lines[0].words[3].places);
    }
}
