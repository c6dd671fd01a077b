//! What our mentions are in the label scheme of another corpus: data in `data/eval/schemes`.

use std::collections::BTreeSet;

use serde::Deserialize;
use warraq_core::entities::tagger::{self, KINDS, SCHEMES};
use warraq_core::entities::{Entity, EntityType};
use warraq_core::source::TooLong;
use warraq_core::{Document, Knowledge, Span, normalize};

use crate::conll::{self, Passage};
use crate::gold::kind_of;
use crate::score::{Figure, Layer, Measured, Setting, differences};

/// The schemes that are compiled in.
const BUILT_IN: [&str; 5] = [
    include_str!("../../data/eval/schemes/ours.toml"),
    include_str!("../../data/eval/schemes/anercorp.toml"),
    include_str!("../../data/eval/schemes/newsfane.toml"),
    include_str!("../../data/eval/schemes/aqmar.toml"),
    include_str!("../../data/eval/schemes/wojood.toml"),
];

/// A label scheme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Its name.
    pub name: String,
    /// Files whose names begin with one of these are in it.
    files: Vec<String>,
    /// How many sentences are one text.
    sentences: usize,
    /// Words of its files that are no words.
    #[serde(default)]
    ignored: Vec<String>,
    /// Whether mentions nest; otherwise the outermost are compared.
    nested: bool,
    /// Labels of the corpus that are read as another label.
    #[serde(default)]
    aliases: std::collections::BTreeMap<String, String>,
    /// The label of each of our types; the first that fits. Labels of the corpus that are none of these are not
    /// compared.
    label: Vec<Label>,
    /// Which mentions or words of mentions the scheme leaves outside; the first that fits.
    #[serde(default)]
    outside: Vec<Outside>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    /// Our type, as gold files name it.
    #[serde(rename = "type")]
    kind: String,
    /// Only entities of one of these subtypes; empty for all.
    #[serde(default)]
    subtypes: Vec<String>,
    #[serde(rename = "label")]
    theirs: String,
}

/// What the scheme leaves outside, by the first word of the mention.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outside {
    #[serde(rename = "type")]
    kind: String,
    /// First words, in any spelling.
    words: Vec<String>,
    /// Whether the whole mention is outside or its first word only.
    whole: bool,
}

/// The scheme of that name.
///
/// # Errors
/// Where there is none, or its file is not as it should be.
pub fn named(name: &str) -> Result<Scheme, String> {
    let schemes = all()?;
    let names: Vec<String> = schemes.iter().map(|scheme| scheme.name.clone()).collect();
    let known = schemes.into_iter().find(|scheme| scheme.name == name);
    known.ok_or_else(|| format!("there is no scheme {name}; the schemes are {}", names.join(", ")))
}

/// The scheme of a file, by its name.
///
/// # Errors
/// Where none claims the file, or a scheme's file is not as it should be.
pub fn of_file(name: &str) -> Result<Scheme, String> {
    let of_file = all()?.into_iter().find(|scheme| scheme.files.iter().any(|head| name.starts_with(head)));
    of_file.ok_or_else(|| "no scheme is known for this file: say which (--scheme)".to_owned())
}

fn all() -> Result<Vec<Scheme>, String> {
    let read = |content: &&str| toml::from_str(content).map_err(|error| format!("a label scheme: {error}"));
    BUILT_IN.iter().map(read).collect()
}

impl Scheme {
    /// The passages of a corpus.
    pub fn passages(&self, corpus: &conll::Corpus) -> Vec<Passage> {
        corpus.passages(self.sentences, &self.ignored)
    }

    /// The labels that stand at the places of [`KINDS`] when the scheme is learned: each in the place of a type that it
    /// is the label of, and where that is taken in the first that is free.
    fn learned(&self) -> [Option<&str>; KINDS.len()] {
        let mut places = [None; KINDS.len()];
        let mut labels: Vec<&str> = Vec::new();
        for label in &self.label {
            let own = kind_of(&label.kind).and_then(tagger::place);
            if own.is_some() && !labels.contains(&label.theirs.as_str()) {
                labels.push(&label.theirs);
                let free = own.filter(|&own| places[own].is_none());
                let free = free.or_else(|| places.iter().position(Option::is_none));
                if let Some(place) = free.and_then(|free| places.get_mut(free)) {
                    *place = Some(label.theirs.as_str());
                }
            }
        }
        places
    }

    /// At which place of [`KINDS`] the label of the corpus stands when the scheme is learned, if it does.
    pub fn place_of(&self, label: &str) -> Option<usize> {
        let label = self.aliases.get(label).map_or(label, String::as_str);
        self.learned().iter().position(|known| *known == Some(label))
    }

    /// Measures what the program says of a passage, entity by entity, as conlleval does: our mentions, as the scheme has
    /// them.
    ///
    /// # Errors
    /// Where the text is too long for the program.
    pub fn measure(
        &self,
        passage: &Passage,
        knowledge: &Knowledge,
        setting: &Setting,
    ) -> Result<Measured, TooLong> {
        if !setting.measures(Layer::Mentions) {
            return Ok(Measured::default());
        }
        let document = Document::new(&passage.text, knowledge)?;
        let given = self.relabel(&passage.text, &passage.words, document.entities());
        Ok(self.compared(passage, given, setting))
    }

    /// The same of what was learned of the scheme itself; nothing where it was not.
    ///
    /// # Errors
    /// Where the text is too long for the program.
    pub fn measure_learned(
        &self,
        passage: &Passage,
        knowledge: &Knowledge,
        setting: &Setting,
    ) -> Result<Option<Measured>, TooLong> {
        let head = SCHEMES.iter().position(|known| *known == self.name);
        let Some((tagger, head)) = knowledge.tagger.as_ref().zip(head.filter(|&head| head > 0)) else {
            return Ok(None);
        };
        let document = Document::new(&passage.text, knowledge)?;
        let labels = self.learned();
        let given = tagger.names_in(head, &document).into_iter().filter_map(|(kind, span)| {
            let label = labels.get(tagger::place(kind)?).copied().flatten()?;
            Some((whole_words(&passage.text, &passage.words, span)?, label.to_owned()))
        });
        Ok(Some(self.compared(passage, given.collect(), setting)))
    }

    fn compared(&self, passage: &Passage, given: BTreeSet<(Span, String)>, setting: &Setting) -> Measured {
        let mut measured = Measured::default();
        let counts = |label: &Label| kind_of(&label.kind).is_some_and(|kind| setting.counts(kind));
        let scored: BTreeSet<&str> =
            self.label.iter().filter(|label| counts(label)).map(|label| label.theirs.as_str()).collect();
        let gold: BTreeSet<(Span, String)> = passage
            .mentions
            .iter()
            .map(|mention| (mention.span, self.aliases.get(&mention.label).unwrap_or(&mention.label).clone()))
            .filter(|(_, label)| scored.contains(label.as_str()))
            .collect();
        let given = given.into_iter().filter(|(_, label)| scored.contains(label.as_str())).collect();
        for label in scored {
            let count = |items: &BTreeSet<(Span, String)>| items.iter().filter(|(_, of)| of == label).count();
            let right = gold.intersection(&given).filter(|(_, of)| of == label).count();
            measured.scores.add(Layer::Mentions, label, Figure::new(right, count(&gold), count(&given)));
        }
        measured.differences = differences(Layer::Mentions, &passage.text, &gold, &given);
        measured.differences.sort();
        measured
    }

    /// Our mentions as the scheme has them: runs of whole words with its labels.
    fn relabel(&self, text: &str, words: &[Span], entities: &[Entity]) -> BTreeSet<(Span, String)> {
        let mut mentions: Vec<(Span, String)> = entities
            .iter()
            .filter_map(|entity| Some((entity, self.label_of(entity)?)))
            .flat_map(|(entity, label)| {
                entity.mentions.iter().map(move |mention| (entity.kind, mention.span, label))
            })
            .filter_map(|(kind, span, label)| Some((self.inside(text, kind, span)?, label.to_owned())))
            .collect();
        mentions.sort_by_key(|(span, _)| (span.begin, std::cmp::Reverse(span.end)));
        if !self.nested {
            let mut end = 0;
            mentions.retain(|(span, _)| {
                let outer = span.begin >= end;
                end = end.max(span.end);
                outer
            });
        }
        mentions
            .into_iter()
            .filter_map(|(span, label)| Some((whole_words(text, words, span)?, label)))
            .collect()
    }

    fn label_of(&self, entity: &Entity) -> Option<&str> {
        let fits = |label: &&Label| {
            let subtype = entity.subtype.as_deref().unwrap_or_default();
            kind_of(&label.kind) == Some(entity.kind)
                && (label.subtypes.is_empty() || label.subtypes.iter().any(|known| known == subtype))
        };
        self.label.iter().find(fits).map(|label| label.theirs.as_str())
    }

    /// The part of a mention that the scheme has inside.
    fn inside(&self, text: &str, kind: EntityType, mut span: Span) -> Option<Span> {
        loop {
            let surface = span.of(text);
            let first = surface.split_whitespace().next().unwrap_or_default();
            let folded = normalize::fold(first).text;
            let rule = self.outside.iter().find(|rule| {
                kind_of(&rule.kind) == Some(kind)
                    && rule.words.iter().any(|word| normalize::fold(word).text == folded)
            });
            match rule {
                None => return Some(span),
                Some(rule) if rule.whole => return None,
                Some(_) => {
                    let rest = surface.get(first.len()..).unwrap_or_default().trim_start();
                    let begin = span.range().end - rest.len();
                    span = Span::from_range(&(begin..span.range().end));
                    if span.is_empty() {
                        return None;
                    }
                }
            }
        }
    }
}

/// The words of which most letters lie in `span`. So a word with a proclitic belongs to the name in it.
fn whole_words(text: &str, words: &[Span], span: Span) -> Option<Span> {
    let first = words.partition_point(|word| word.end <= span.begin);
    let mut whole: Option<Span> = None;
    for word in words.get(first..).unwrap_or_default().iter().take_while(|word| word.begin < span.end) {
        let inside = Span::new(word.begin.max(span.begin), word.end.min(span.end));
        let letters = |span: Span| span.of(text).chars().count();
        if letters(inside) * 2 > letters(*word) {
            whole = Some(whole.map_or(*word, |whole| Span::new(whole.begin, word.end)));
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use warraq_core::entities::{Mention, WorldKnowledge};

    use super::*;

    /// An article of our own as a corpus would have it.
    const TEXT: &str = "زار وزير الخارجية مدينة صور ووزارة الدفاع اللبنانية وشركة سوناطراك";

    fn entity(kind: EntityType, subtype: Option<&str>, surface: &str) -> Entity {
        let begin = TEXT.find(surface).unwrap_or_default();
        Entity {
            kind,
            subtype: subtype.map(Into::into),
            name: surface.to_owned(),
            latin_name: None,
            mentions: vec![Mention {
                span: Span::from_range(&(begin..begin + surface.len())),
                nested: false,
                confidence: None,
            }],
            value: None,
            knowledge: WorldKnowledge::default(),
            own_id: None,
        }
    }

    fn relabelled(scheme: &str, entities: &[Entity]) -> Vec<(String, String)> {
        let mut words = Vec::new();
        for word in TEXT.split(' ') {
            let begin = word.as_ptr() as usize - TEXT.as_ptr() as usize;
            words.push(Span::from_range(&(begin..begin + word.len())));
        }
        let scheme = named(scheme).unwrap_or_else(|error| panic!("{error}"));
        let mentions = scheme.relabel(TEXT, &words, entities).into_iter();
        mentions.map(|(span, label)| (span.of(TEXT).to_owned(), label)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(surface, label)| ((*surface).to_owned(), (*label).to_owned())).collect()
    }

    #[test]
    fn every_scheme_is_readable_and_maps_known_types() {
        for scheme in all().unwrap_or_else(|error| panic!("{error}")) {
            let kinds = scheme.label.iter().map(|label| &label.kind);
            for kind in kinds.chain(scheme.outside.iter().map(|outside| &outside.kind)) {
                assert!(kind_of(kind).is_some(), "{}: {kind}", scheme.name);
            }
        }
        assert!(named("none").is_err() && of_file("novel.txt").is_err());
        assert_eq!(of_file("anercorp.dev.conll").map(|scheme| scheme.name), Ok("anercorp".to_owned()));
    }

    #[test]
    fn class_nouns_stay_outside_where_the_scheme_has_them_outside() {
        let entities = [
            entity(EntityType::Organization, None, "وزارة الدفاع اللبنانية"),
            entity(EntityType::Nationality, None, "اللبنانية"),
            entity(EntityType::Location, Some("city"), "مدينة صور"),
            entity(EntityType::Organization, None, "شركة سوناطراك"),
        ];
        assert_eq!(relabelled("anercorp", &entities), pairs(&[("صور", "LOC"), ("سوناطراك", "ORG")]));
        let newsfane = pairs(&[("صور", "LOC"), ("ووزارة الدفاع اللبنانية", "ORG"), ("سوناطراك", "ORG")]);
        assert_eq!(relabelled("newsfane", &entities), newsfane);
    }

    #[test]
    fn a_word_belongs_to_what_covers_most_of_its_letters() {
        let given = [entity(EntityType::Organization, None, "سوناطراك")];
        assert_eq!(relabelled("ours", &given), pairs(&[("سوناطراك", "ORG")]));
        // Five letters and four.
        let text = "وسالم نادر";
        let words = [Span::new(0, 10), Span::new(11, 19)];
        assert_eq!(whole_words(text, &words, Span::new(2, 10)), Some(Span::new(0, 10)));
        assert_eq!(whole_words(text, &words, Span::new(6, 10)), None);
        assert_eq!(whole_words(text, &words, Span::new(2, 19)), Some(Span::new(0, 19)));
    }
}
