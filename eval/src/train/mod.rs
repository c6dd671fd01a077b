//! Trains the tagger (`warraq train`): the same texts and settings give the same weights, bit for bit.
//!
//! | file | what |
//! |---|---|
//! | `settings` | what the weights depend on beside texts and code |
//! | `examples` | texts as features and labels |
//! | `clusters` | classes of words |
//! | `crf` | the chain's weights |
//!
//! The first look is learned from all texts; then from all parts but one, for each part: what these say of the part
//! that they have not seen is the evidence from which the second look learns.

// Counts here are far below what a float tells apart, and shares are between 0 and 1.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod clusters;
mod crf;
mod examples;
mod settings;

use std::collections::HashMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use warraq_core::entities::tagger::{
    BOTH, Calibration, Clusters, KINDS, LABELS, LANES, Lattice, Likely, Tagger, Transitions, Weights,
};
use warraq_core::lexicon::Lexicon;
use warraq_core::{Knowledge, normalize};

pub use examples::{Asked, Example};
pub use settings::{SETTINGS, Settings, with_digest};

use crate::corpus::{self, Content};
use crate::gold::Article;
use crate::own;
use crate::random::Random;
use crate::report::hex;
use crate::scheme;
use crate::swap::{Lists, Swap, Swapper};
use crf::{Chain, Pace, Sentence, SentenceWord, Table};

/// The weights, from the root of the repository.
pub const MODEL: &str = "data/models/tagger.bin";
/// Corpora of others that are learned from, under the folder of shared data.
const OTHERS: [&str; 1] = ["data/ner/anercorp.train.conll"];

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

/// What is learned from.
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
    let articles = own;
    let mut examples = Vec::new();
    let knowledge = own::withholding(None).map_err(|error| error.to_string())?;
    let mut add = |articles: &[Article], knowledge: &Knowledge| -> Result<(), String> {
        for (source, article) in articles.iter().enumerate() {
            examples.push(
                Example::of_article(article, knowledge, clusters, source)
                    .map_err(|error| error.to_string())?,
            );
        }
        Ok(())
    };
    add(&articles, &knowledge)?;
    for copy in 0..settings.poorer {
        let seed = settings.seed + copy as u64;
        let withheld = |name: &str| own::is_held_out(name) || is_poorer(name, seed);
        let lexicon = Lexicon::withholding(&withheld).map_err(|error| error.to_string())?;
        let poorer = Knowledge::with_lexicon(lexicon).map_err(|error| error.to_string())?;
        add(&articles, &poorer)?;
    }
    if settings.swapped > 0 {
        let swapper = Swapper::new(Lists::read(root).map_err(|error| error.to_string())?);
        for copy in 0..settings.swapped {
            let seed = settings.seed + copy as u64;
            let unlisted = articles.iter().map(|article| swapper.swap(article, Swap::Unlisted, seed).0);
            add(&unlisted.collect::<Vec<_>>(), &knowledge)?;
        }
    }
    if let Some(shared) = shared {
        let mut source = articles.len();
        for file in OTHERS {
            let path = shared.join(file);
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Content::Names(names) = corpus::read(&path).map_err(|error| error.to_string())? else {
                return Err(format!("{}: is no corpus of names", path.display()));
            };
            for passage in scheme::of_file(&name)?.passages(&names) {
                let example = Example::of_passage(&passage, &knowledge, clusters, source);
                examples.push(example.map_err(|error| error.to_string())?);
                source += 1;
            }
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

/// The texts with the numbers of their features.
struct Numbered {
    /// The features in order: their places are their numbers.
    keys: Vec<u32>,
    numbers: HashMap<u32, u32>,
}

impl Numbered {
    /// What is seen `least` times or more.
    fn new<'a>(asked: impl Iterator<Item = &'a Asked>, least: u32) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for asked in asked {
            for feature in asked.word.iter().chain(asked.starts.iter().flatten()) {
                *counts.entry(*feature).or_default() += 1;
            }
        }
        let mut keys: Vec<u32> =
            counts.into_iter().filter(|&(_, count)| count >= least).map(|(key, _)| key).collect();
        keys.sort_unstable();
        let numbers = keys.iter().zip(0..).map(|(&key, number)| (key, number)).collect();
        Self { keys, numbers }
    }

    /// `asked` with the numbers of what is known.
    fn of(&self, asked: &Asked) -> Asked {
        let known =
            |features: &[u32]| features.iter().filter_map(|key| self.numbers.get(key).copied()).collect();
        Asked { word: known(&asked.word), starts: asked.starts.iter().map(|start| known(start)).collect() }
    }
}

/// The features of each word of an example, line by line.
type Lines = Vec<Vec<Asked>>;

/// Learns from `examples`. `say` is told how it goes.
///
/// # Errors
/// Where two features have one key, which their numbers rule out.
pub fn learn(
    examples: &[Example],
    clusters: Clusters,
    settings: &Settings,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Tagger, String> {
    let all = examples.iter().flat_map(|example| &example.lines).flat_map(|line| &line.words);
    let numbered = Numbered::new(all.map(|word| &word.asked), settings.least);
    say(&format!("{} features", numbered.keys.len()));
    let joint: Vec<Lines> = examples
        .iter()
        .map(|example| {
            let of_line =
                |line: &examples::Line| line.words.iter().map(|word| numbered.of(&word.asked)).collect();
            example.lines.iter().map(of_line).collect()
        })
        .collect();
    let first = |leave_out: Option<usize>| {
        let is_in = |example: &Example| leave_out.is_none_or(|fold| example.source % settings.folds != fold);
        let sentences = sentences(examples, &joint, None, &is_in);
        let features = numbered.keys.len();
        let chain = Chain::new(Table::empty(features), Table::empty(0), &[[0.0; LABELS]; LABELS + 1]);
        let name = leave_out.map_or("first look".to_owned(), |fold| format!("part {fold}"));
        trained(chain, &sentences, settings, settings.epochs, &|words| say(&format!("{name}: {words}")))
    };
    // Two at a time: each is one thread's work, and all begin alike.
    let mut looks: Vec<Option<Chain>> = (0..=settings.folds).map(|_| None).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let whole: Vec<Option<usize>> = (0..settings.folds).map(Some).chain([None]).collect();
    for (chunk, asked) in looks.chunks_mut(threads).zip(whole.chunks(threads)) {
        std::thread::scope(|scope| {
            for (slot, &leave_out) in chunk.iter_mut().zip(asked) {
                let first = &first;
                scope.spawn(move || *slot = Some(first(leave_out)));
            }
        });
    }
    let mut looks: Vec<Chain> = looks.into_iter().flatten().collect();
    let whole = looks.pop().ok_or("nothing was learned")?;

    let mut lattice = Lattice::default();
    let evidence: Vec<Lines> = examples
        .iter()
        .zip(&joint)
        .map(|(example, joint)| {
            let chain = looks.get(example.source % settings.folds).unwrap_or(&whole);
            let mut likely: Vec<Likely> = vec![Likely::default(); example.examined.len()];
            let lines = example.examined.lines().iter().zip(&example.lines).zip(joint);
            for ((range, line), joint) in lines {
                let of_line = chain.likely(&sentence(example, line, joint, None), &mut lattice);
                for (slot, of_word) in likely.iter_mut().skip(range.start).zip(of_line) {
                    *slot = of_word;
                }
            }
            example.evidence(&likely)
        })
        .collect();
    drop(looks);
    let numbered_evidence = Numbered::new(evidence.iter().flatten().flatten(), settings.least);
    say(&format!("{} features of evidence", numbered_evidence.keys.len()));
    let evidence: Vec<Lines> = evidence
        .iter()
        .map(|lines| {
            lines.iter().map(|line| line.iter().map(|asked| numbered_evidence.of(asked)).collect()).collect()
        })
        .collect();
    let second =
        Chain::new(whole.joint.clone(), Table::empty(numbered_evidence.keys.len()), &whole.transitions);
    let sentences = sentences(examples, &joint, Some(&evidence), &|_| true);
    let second = trained(second, &sentences, settings, settings.second_epochs, &|words| {
        say(&format!("second look: {words}"));
    });
    tagger(&numbered.keys, &numbered_evidence.keys, [&whole, &second], clusters, settings)
}

fn sentence<'e>(
    example: &Example,
    line: &examples::Line,
    joint: &'e [Asked],
    evidence: Option<&'e [Asked]>,
) -> Sentence<'e> {
    let words = line.words.iter().zip(joint).enumerate().map(|(at, (word, joint))| SentenceWord {
        joint,
        evidence: evidence.and_then(|evidence| evidence.get(at)),
        places: word.places,
        goes_on: word.goes_on,
        truth: word.truth,
    });
    Sentence { words: words.collect(), other: example.other }
}

fn sentences<'e>(
    examples: &[Example],
    joint: &'e [Lines],
    evidence: Option<&'e [Lines]>,
    is_in: &dyn Fn(&Example) -> bool,
) -> Vec<Sentence<'e>> {
    let mut sentences = Vec::new();
    for (at, example) in examples.iter().enumerate().filter(|(_, example)| is_in(example)) {
        for (index, line) in example.lines.iter().enumerate() {
            let evidence = evidence.map(|all| all[at][index].as_slice());
            sentences.push(sentence(example, line, &joint[at][index], evidence));
        }
    }
    sentences
}

fn trained(
    mut chain: Chain,
    sentences: &[Sentence<'_>],
    settings: &Settings,
    epochs: usize,
    say: &dyn Fn(&str),
) -> Chain {
    let mut random = Random::new(settings.seed, &["order"]);
    let mut mean: Option<Chain> = None;
    for epoch in 0..epochs {
        // Smaller steps towards the end.
        #[allow(clippy::cast_precision_loss)]
        let rate = settings.rate * (1.0 - 0.9 * epoch as f32 / epochs as f32);
        let pace = Pace {
            rate,
            recall: settings.recall,
            others: settings.others,
            decay: settings.decay,
            drop: settings.drop,
        };
        let loss = chain.pass(sentences, &pace, &mut random);
        say(&format!("{} of {epochs}: {loss:.0}", epoch + 1));
        // The mean of the second half is quieter than where the last steps happened to lead (Polyak, Juditsky 1992).
        if epoch >= epochs / 2 {
            let mean = mean.get_or_insert_with(|| chain.clone());
            mean.mix(&chain, 1.0 / (epoch - epochs / 2 + 1) as f32);
        }
    }
    mean.unwrap_or(chain)
}

/// The weights in steps, those that matter most.
fn tagger(
    joint: &[u32],
    evidence: &[u32],
    [first, second]: [&Chain; 2],
    clusters: Clusters,
    settings: &Settings,
) -> Result<Tagger, String> {
    let transitions: [Transitions; 2] = [first.transitions, second.transitions];
    let mut rows: Vec<(u32, [i8; BOTH])> = Vec::new();
    for ((&key, first), second) in joint.iter().zip(first.joint.rows()).zip(second.joint.rows()) {
        let keep = 1.0 - settings.drop;
        let mut row = [0; BOTH];
        for lane in 0..LANES {
            row[lane] = in_steps(keep * first[lane], settings.step);
            row[LANES + lane] = in_steps(keep * second[lane], settings.step);
        }
        if row != [0; BOTH] {
            rows.push((key, row));
        }
    }
    // Those with the greatest weights; of equals the first.
    rows.sort_by_key(|(key, row)| {
        (std::cmp::Reverse(row.iter().map(|weight| i32::from(*weight).pow(2)).sum::<i32>()), *key)
    });
    rows.truncate(settings.rows);
    let of_evidence: Vec<(u32, [i8; LANES])> = evidence
        .iter()
        .zip(second.evidence.rows())
        .map(|(&key, row)| (key, row.map(|weight| in_steps((1.0 - settings.drop) * weight, settings.step))))
        .filter(|(_, row)| *row != [0; LANES])
        .collect();
    let [slope, offset] = settings.calibration;
    let table = |problem: warraq_core::entities::tagger::Malformed| problem.to_string();
    Ok(Tagger::new(
        Calibration { slope, offset },
        clusters,
        transitions,
        Weights::new(settings.step, &rows).map_err(table)?,
        Weights::new(settings.step, &of_evidence).map_err(table)?,
    ))
}

fn in_steps(weight: f32, step: f32) -> i8 {
    // It is within the bounds of the type.
    #[allow(clippy::cast_possible_truncation)]
    let steps = (weight / step).round().clamp(-127.0, 127.0) as i8;
    steps
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
        (settings.epochs, settings.second_epochs) = (settings.slice.epochs, settings.slice.epochs);
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

const _: () = assert!(KINDS.len() * 2 < LANES);

#[cfg(test)]
mod tests;
