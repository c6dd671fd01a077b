//! Texts as the tagger learns from them: the fields of each word, and what it may be.

use warraq_core::entities::EntityType;
use warraq_core::entities::tagger::{
    self, BEGINNINGS, Clusters, Examined, FIELDS, INNER, KINDS, LABELS, OUTSIDE, START_FIELDS,
};
use warraq_core::source::TooLong;
use warraq_core::{Document, Knowledge, Span};

use crate::conll::Passage;
use crate::gold::Article;
use crate::scheme::Scheme;

/// A text in which the words' labels are known, or what they may be.
pub struct Example {
    /// What is seen of it.
    pub examined: Examined,
    /// Its lines, as `examined` has them.
    pub lines: Vec<Vec<Word>>,
    /// The place of its corpus' scheme.
    pub scheme: usize,
    /// Texts of one source stay together when the others are learned from.
    pub source: usize,
}

/// A word.
#[derive(Clone, Debug)]
pub struct Word {
    /// By what its fields are found, and those of each place where a name may begin.
    pub keys: [u32; FIELDS],
    /// Of each place.
    pub places: Vec<[u32; START_FIELDS]>,
    /// Whether a name may go on with it.
    pub goes_on: bool,
    /// What it may be in our scheme, if that is known.
    pub ours: Option<Truth>,
    /// What it is in the scheme of its corpus.
    pub theirs: Option<Truth>,
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
    /// Whether it may be in no name.
    pub(super) fn may_be_outside(self) -> bool {
        match self {
            Self::Known(label, _) => label == OUTSIDE,
            Self::OneOf(may) => may[OUTSIDE],
        }
    }

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
        let mut truths = vec![Truth::Known(OUTSIDE, 0); examined.len()];
        // Of what is in no name of several words nothing is asked, but for the words beside one.
        let mut inner = vec![Truth::OneOf([true; LABELS]); examined.len()];
        let placed = Placed::new(&document, &examined);
        let outer = outermost(&spans);
        for &(span, kind) in &outer {
            placed.label(span, kind, &mut truths);
            let words = placed.words(span);
            if words.len() > 1 {
                let around = words.start.saturating_sub(1)..(words.end + 1).min(inner.len());
                inner[around].fill(Truth::Known(OUTSIDE, 0));
            }
        }
        for (span, _) in outer {
            let within = spans.iter().filter(|(other, _)| span.contains(*other) && *other != span);
            for (span, kind) in outermost(&within.copied().collect::<Vec<_>>()) {
                placed.label(span, kind, &mut inner);
            }
        }
        Ok(Self::new(&document, examined, Some(&truths), Some(&inner), INNER, source))
    }

    /// Of a passage of another corpus in the scheme at that place.
    ///
    /// # Errors
    /// Where it is too long.
    pub fn of_passage(
        passage: &Passage,
        knowledge: &Knowledge,
        clusters: &Clusters,
        (scheme, place): (&Scheme, usize),
        source: usize,
    ) -> Result<Self, TooLong> {
        let document = Document::new(&passage.text, knowledge)?;
        let examined = Examined::of(&document, clusters);
        let theirs = theirs(passage, scheme, &Placed::new(&document, &examined));
        let ours = (scheme.name == NEWSWIRE).then(|| ours(passage, &Placed::new(&document, &examined)));
        Ok(Self::new(&document, examined, ours.as_deref(), Some(&theirs), place, source))
    }

    fn new(
        document: &Document<'_>,
        examined: Examined,
        ours: Option<&[Truth]>,
        theirs: Option<&[Truth]>,
        scheme: usize,
        source: usize,
    ) -> Self {
        let at_heads = |truths: &[Truth]| {
            let mut truths = truths.to_vec();
            let heads = examined.lines().iter().map(|line| line.start);
            for head in heads.chain((0..examined.len()).filter(|&index| !examined.goes_on(index))) {
                if let Some(truth) = truths.get_mut(head) {
                    *truth = truth.at_head();
                }
            }
            truths
        };
        let (ours, theirs) = (ours.map(at_heads), theirs.map(at_heads));
        let word = |index: usize| {
            let places = examined.beginnings(index).count();
            Word {
                keys: examined.keys(index),
                places: (0..places).map(|place| examined.start_keys(document, index, place)).collect(),
                goes_on: examined.goes_on(index),
                ours: ours.as_ref().map(|truths| truths[index]),
                theirs: theirs.as_ref().map(|truths| truths[index]),
            }
        };
        let lines = examined.lines().iter().map(|line| line.clone().map(word).collect()).collect();
        Self { examined, lines, scheme, source }
    }
}

/// The scheme of the corpus of which some of our labels are known.
const NEWSWIRE: &str = "anercorp";

/// What the words of a corpus of newswire may be in our scheme: it has people, places and bodies only, and leaves some
/// words of ours outside of them.
fn ours(passage: &Passage, placed: &Placed<'_>) -> Vec<Truth> {
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
            let open = kind != EntityType::Person && placed.examined.is_by_rule(index, kind)
                || kind == EntityType::Role && may[OUTSIDE] && near(index);
            if open {
                (may[tagger::begins(at)], may[tagger::inside(at)]) = (true, true);
            }
        }
        Truth::OneOf(may)
    };
    let mut open = [false; LABELS];
    open[OUTSIDE] = true;
    let mut truths: Vec<Truth> = (0..placed.examined.len()).map(|index| by_rule(index, open)).collect();
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
    truths
}

/// What the words are in the scheme of their corpus: of the labels that it is compared by, those of the outermost names.
fn theirs(passage: &Passage, scheme: &Scheme, placed: &Placed<'_>) -> Vec<Truth> {
    let mut truths = vec![Truth::Known(OUTSIDE, 0); placed.examined.len()];
    let mut names: Vec<(Span, usize)> = passage
        .mentions
        .iter()
        .filter_map(|mention| Some((mention.span, scheme.place_of(&mention.label)?)))
        .collect();
    names.sort_by_key(|&(span, _)| (span.begin, std::cmp::Reverse(span.end)));
    let mut end = 0;
    for (span, kind) in names {
        if span.begin < end {
            continue;
        }
        end = span.end;
        placed.label(span, kind, &mut truths);
    }
    truths
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

    /// Labels the words of a name.
    fn label(&self, span: Span, kind: usize, truths: &mut [Truth]) {
        let words = self.words(span);
        for index in words.clone() {
            truths[index] = if index == words.start {
                Truth::Known(tagger::begins(kind), self.place(index, span))
            } else {
                Truth::Known(tagger::inside(kind), 0)
            };
        }
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

/// The learned ones of `mentions` (in order, the longer first) that lie in no other, each with the place of its type.
fn outermost(mentions: &[(Span, EntityType)]) -> Vec<(Span, usize)> {
    let mut end = 0;
    let mut outer = Vec::new();
    for &(span, kind) in mentions {
        if span.begin >= end {
            end = span.end;
            outer.extend(tagger::place(kind).map(|kind| (span, kind)));
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
        let truths: Vec<Truth> = example.lines[0].iter().filter_map(|word| word.ours).collect();
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
        assert_eq!(example.lines[0][3].places.len(), example.examined.beginnings(3).count());
    }
}
