//! Trains the tagger (`warraq train`): the same texts and settings give the same weights, bit for bit.
//!
//! | file | what |
//! |---|---|
//! | `settings` | what the weights depend on beside texts and code |
//! | `examples` | texts as fields and labels |
//! | `clusters` | classes of words |
//! | `net`, `tensor` | the network's weights |
//! | `packed` | the same as the small numbers of the file |
//! | `glance` | what foretells of most words that the network would say nothing of them |
//!
//! First, for each part of the texts, a network learns from all other parts: what it says of the part that it has not
//! seen is the evidence with which the last one learns from all, at times told it and at times not.

// Counts here are far below what a float tells apart, and shares are between 0 and 1.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod clusters;
mod examples;
mod glance;
mod net;
mod packed;
mod settings;
mod tensor;

use std::collections::HashMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use warraq_core::entities::tagger::{Clusters, Lattice, Likely, SCHEMES, Tagger};
use warraq_core::lexicon::Lexicon;
use warraq_core::{Knowledge, normalize};

pub use examples::Example;
pub use glance::with_glance;
pub use settings::{SETTINGS, Settings, with_digest};

use crate::corpus::{self, Content};
use crate::gold::Article;
use crate::own;
use crate::random::Random;
use crate::report::hex;
use crate::scheme;
use crate::swap::{Lists, Swap, Swapper};
use net::{FIRST, Learner, Pace, Rows, Sentence, Told, UNKNOWN};

/// The weights, from the root of the repository.
pub const MODEL: &str = "data/models/tagger.bin";
/// The classes of the words of our articles and of the open texts.
///
/// # Errors
/// Where a file is missing or wrong.
pub fn classes(
    root: &Path,
    shared: Option<&Path>,
    settings: &Settings,
    articles: Option<usize>,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Clusters, String> {
    let own = own::to_learn_from(root, settings.last_article).map_err(|error| error.to_string())?;
    let own = own.iter().take(articles.unwrap_or(usize::MAX));
    let mut texts: Vec<String> = own.map(|article| clusters::folded(&article.text)).collect();
    for (file, shared) in settings.clusters.texts.iter().filter_map(|file| Some((file, shared?))) {
        let text = crate::file::unpacked(&shared.join(file)).map_err(|error| error.to_string())?;
        texts.extend(text.lines().map(clusters::folded));
    }
    Ok(clusters::clusters(&texts, &settings.clusters, settings.seed, say))
}

/// What is learned from: of each text its copies.
///
/// # Errors
/// Where a file is missing or wrong.
pub fn examples(
    root: &Path,
    shared: Option<&Path>,
    settings: &Settings,
    articles: Option<usize>,
    clusters: &Clusters,
) -> Result<Vec<Example>, String> {
    let mut own = own::to_learn_from(root, settings.last_article).map_err(|error| error.to_string())?;
    own.truncate(articles.unwrap_or(usize::MAX));
    let mut knowledge = vec![own::withholding(None).map_err(|error| error.to_string())?];
    for copy in 0..settings.poorer {
        let seed = settings.seed + copy as u64;
        let withheld = |name: &str| own::is_held_out(name) || is_poorer(name, seed);
        let lexicon = Lexicon::withholding(&withheld).map_err(|error| error.to_string())?;
        knowledge.push(Knowledge::with_lexicon(lexicon).map_err(|error| error.to_string())?);
    }
    let mut examples = Vec::new();
    let mut add = |articles: &[Article], knowledge: &Knowledge| -> Result<(), String> {
        for (source, article) in articles.iter().enumerate() {
            let example = Example::of_article(article, knowledge, clusters, source);
            examples.push(example.map_err(|error| error.to_string())?);
        }
        Ok(())
    };
    knowledge.iter().try_for_each(|knowledge| add(&own, knowledge))?;
    if settings.swapped > 0 {
        let swapper = Swapper::new(Lists::read(root).map_err(|error| error.to_string())?);
        for copy in 0..settings.swapped {
            let seed = settings.seed + copy as u64;
            let unlisted = own.iter().map(|article| swapper.swap(article, Swap::Unlisted, seed).0);
            add(&unlisted.collect::<Vec<_>>(), &knowledge[0])?;
        }
    }
    let Some(shared) = shared else { return Ok(examples) };
    let mut source = own.len();
    for file in &settings.corpora {
        let path = shared.join(file);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Content::Names(names) = corpus::read(&path).map_err(|error| error.to_string())? else {
            return Err(format!("{}: is no corpus of names", path.display()));
        };
        let scheme = scheme::of_file(&name)?;
        let place = SCHEMES.iter().position(|known| *known == scheme.name);
        let place = place.ok_or_else(|| format!("{}: its scheme has no head", path.display()))?;
        for passage in scheme.passages(&names) {
            for knowledge in &knowledge {
                let example = Example::of_passage(&passage, knowledge, clusters, (&scheme, place), source);
                examples.push(example.map_err(|error| error.to_string())?);
            }
            source += 1;
        }
    }
    Ok(examples)
}

/// Whether a row of the open lists is withheld in a poorer copy: by the digest that the held-out rows are drawn by,
/// from another byte for each copy.
fn is_poorer(name: &str, seed: u64) -> bool {
    let folded = normalize::fold(&name.replace('-', " ")).text;
    let digest = Sha256::digest(format!("{seed} {folded}").as_bytes());
    digest.first().is_some_and(|byte| byte % 3 == 0)
}

/// What is seen often enough, by number.
#[derive(Default)]
struct Numbered {
    counts: HashMap<u32, u32>,
    /// In order.
    keys: Vec<u32>,
    numbers: HashMap<u32, u32>,
}

impl Numbered {
    fn count(&mut self, keys: &[u32]) {
        for &key in keys {
            *self.counts.entry(key).or_default() += 1;
        }
    }

    /// Numbers what was counted `least` times or more, from [`FIRST`] on.
    fn number(&mut self, least: u32) {
        let counts = std::mem::take(&mut self.counts).into_iter();
        self.keys = counts.filter(|&(_, count)| count >= least).map(|(key, _)| key).collect();
        self.keys.sort_unstable();
        self.numbers = self.keys.iter().zip(FIRST..).map(|(&key, number)| (key, number)).collect();
    }

    fn of(&self, key: u32) -> u32 {
        self.numbers.get(&key).copied().unwrap_or(UNKNOWN)
    }

    fn all(&self, keys: &[u32]) -> Vec<u32> {
        keys.iter().map(|&key| self.of(key)).collect()
    }

    /// How many rows a table of them has.
    fn rows(&self) -> usize {
        self.keys.len() + FIRST as usize
    }
}

/// What is known of words, of places, and of what a look says of both.
#[derive(Default)]
struct Vocabulary {
    words: Numbered,
    places: Numbered,
    evidence: Numbered,
    place_evidence: Numbered,
}

impl Vocabulary {
    fn rows(&self) -> Rows {
        Rows {
            words: self.words.rows(),
            places: self.places.rows(),
            evidence: self.evidence.rows(),
            place_evidence: self.place_evidence.rows(),
        }
    }

    fn sentences(&self, example: &Example) -> Vec<Sentence> {
        let word = |word: &examples::Word| net::Word {
            fields: word.keys.map(|key| self.words.of(key)),
            places: word.places.iter().map(|place| place.map(|key| self.places.of(key))).collect(),
            goes_on: word.goes_on,
            ours: word.ours,
            theirs: word.theirs,
        };
        let sentence = |line: &Vec<examples::Word>| Sentence {
            words: line.iter().map(word).collect(),
            told: None,
            scheme: example.scheme,
        };
        example.lines.iter().map(sentence).collect()
    }
}

/// Learns from `examples`. `say` is told how it goes.
///
/// # Errors
/// Where the numbers are none that a file has.
pub fn learn(
    examples: &[Example],
    clusters: Clusters,
    settings: &Settings,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Tagger, String> {
    let mut vocabulary = Vocabulary::default();
    for word in examples.iter().flat_map(|example| &example.lines).flatten() {
        vocabulary.words.count(&word.keys);
        for place in &word.places {
            vocabulary.places.count(place);
        }
    }
    vocabulary.words.number(settings.least);
    vocabulary.places.number(settings.least);
    say(&format!("{} and {} fields", vocabulary.words.keys.len(), vocabulary.places.keys.len()));
    let mut texts: Vec<Vec<Sentence>> =
        examples.iter().map(|example| vocabulary.sentences(example)).collect();
    let sources = sources(examples);
    let rows = vocabulary.rows();
    let part = |fold: usize| {
        let is_in = |source: usize| source % settings.folds != fold;
        learned(&texts, &sources, rows, settings, settings.fold_epochs, &is_in, &|words| {
            say(&format!("part {fold}: {words}"));
        })
    };
    // Two at a time: each is one thread's work.
    let mut parts: Vec<Option<Learner>> = (0..settings.folds).map(|_| None).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for (first, chunk) in parts.chunks_mut(threads).enumerate() {
        std::thread::scope(|scope| {
            for (at, slot) in chunk.iter_mut().enumerate() {
                let part = &part;
                scope.spawn(move || *slot = Some(part(first * threads + at)));
            }
        });
    }
    let mut lattice = Lattice::default();
    let mut said = Vec::new();
    for (example, sentences) in examples.iter().zip(&texts) {
        let learner = parts.get(example.source % settings.folds).and_then(Option::as_ref);
        let learner = learner.ok_or("nothing was learned")?;
        let likely = looked(example, sentences, learner, &mut lattice);
        let evidence = example.examined.evidence(&likely);
        for (word, places) in &evidence {
            vocabulary.evidence.count(word);
            for place in places {
                vocabulary.place_evidence.count(place);
            }
        }
        said.push(evidence);
    }
    drop(parts);
    vocabulary.evidence.number(settings.least_evidence);
    vocabulary.place_evidence.number(settings.least_evidence);
    say(&format!("{} kinds of evidence", vocabulary.evidence.keys.len()));
    for (sentences, evidence) in texts.iter_mut().zip(said) {
        let mut evidence = evidence.into_iter();
        for sentence in sentences {
            let told = evidence.by_ref().take(sentence.words.len()).map(|(word, places)| Told {
                word: vocabulary.evidence.all(&word),
                places: places.iter().map(|place| vocabulary.place_evidence.all(place)).collect(),
            });
            sentence.told = Some(told.collect());
        }
    }
    let learner =
        learned(&texts, &sources, vocabulary.rows(), settings, settings.epochs, &|_| true, &|words| {
            say(&format!("all: {words}"));
        });
    let tagger = packed::tagger(&learner, &vocabulary, clusters, settings);
    let tagger = tagger.map_err(|problem| problem.to_string())?;
    Ok(glance::with_glance(tagger, examples, &settings.glance, settings.seed))
}

/// The examples of each source.
fn sources(examples: &[Example]) -> Vec<Vec<usize>> {
    let mut sources: Vec<Vec<usize>> = Vec::new();
    for (at, example) in examples.iter().enumerate() {
        sources.resize_with(sources.len().max(example.source + 1), Vec::new);
        sources[example.source].push(at);
    }
    sources
}

/// How likely the labels of all words of a text are.
fn looked(
    example: &Example,
    sentences: &[Sentence],
    learner: &Learner,
    lattice: &mut Lattice,
) -> Vec<Likely> {
    let mut likely = vec![Likely::default(); example.examined.len()];
    for (range, sentence) in example.examined.lines().iter().zip(sentences) {
        for (slot, of_word) in likely.iter_mut().skip(range.start).zip(learner.likely(sentence, lattice)) {
            *slot = of_word;
        }
    }
    likely
}

/// What is learned from the sources that are in: of each, in each pass, one of its copies.
fn learned(
    texts: &[Vec<Sentence>],
    sources: &[Vec<usize>],
    rows: Rows,
    settings: &Settings,
    epochs: usize,
    is_in: &dyn Fn(usize) -> bool,
    say: &dyn Fn(&str),
) -> Learner {
    let pace = Pace {
        rate: settings.rate,
        recall: settings.recall,
        drop: settings.drop,
        drop_listed: settings.drop_listed,
        last_rate: settings.last_rate,
        drop_numbers: settings.drop_numbers,
        told: settings.told,
        inner: settings.inner,
        others: settings.others,
        batch: settings.batch,
    };
    let mut learner = Learner::new(rows, settings.seed);
    let mut random = Random::new(settings.seed, &["order"]);
    for epoch in 0..epochs {
        let copies = sources.iter().enumerate().filter(|&(source, _)| is_in(source));
        let copies: Vec<usize> = copies.filter_map(|(_, copies)| random.pick(copies).copied()).collect();
        let sentences: Vec<&Sentence> = copies.into_iter().flat_map(|copy| &texts[copy]).collect();
        let loss = learner.pass(&sentences, &pace, [epoch, epochs], &mut random);
        say(&format!("{} of {epochs}: {loss:.0}", epoch + 1));
        if epoch + settings.kept >= epochs {
            learner.keep();
        }
    }
    learner.settle(settings.kept.min(epochs));
    learner
}

/// The tagger that all texts give; with `slice` the small one of the checks.
///
/// # Errors
/// Where a file is missing or wrong.
pub fn train(
    root: &Path,
    shared: Option<&Path>,
    slice: bool,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Vec<u8>, String> {
    let mut settings = Settings::read(root).map_err(|error| error.to_string())?;
    let (shared, articles) = if slice {
        (settings.epochs, settings.fold_epochs) = (settings.slice.epochs, settings.slice.epochs);
        (None, Some(settings.slice.articles))
    } else {
        (Some(shared.ok_or("learning from all texts wants the shared data")?), None)
    };
    let clusters = classes(root, shared, &settings, articles, say)?;
    let examples = examples(root, shared, &settings, articles, &clusters)?;
    say(&format!("{} texts with their copies", examples.len()));
    Ok(learn(&examples, clusters, &settings, say)?.to_bytes())
}

/// The SHA-256 of `bytes` in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests;
