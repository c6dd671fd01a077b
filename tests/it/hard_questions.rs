//! Questions that models fail, `data/corpus/hard/*.toml`, asked over a socket. What is missed is listed in
//! `missed.toml` with its cause: a question that is missed and not listed fails the test, and so does one that is
//! listed and answered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Write as _};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tonic::transport::Channel;
use warraq::proto::v1::text_processing_client::TextProcessingClient;
use warraq::proto::v1::{
    AnnotateFeature, AnnotateRequest, AnnotateResponse, BlockKind, Document, Entity, EntityType, Quotation,
    QuotationKind, SegmentLayer, SegmentationOptions, Span,
};

use crate::support::{Running, document};

/// The list of what is missed, beside the questions.
const MISSED: &str = "missed.toml";
/// Questions older than the guidelines' corpus; not counted among the corpus's.
const FIRST: &str = "first.toml";
/// What `mentions` lists where a case does not say `types`.
const FIRST_TYPES: [&str; 4] = ["LOC", "NAT", "URL", "EMAIL"];
/// What `bodies` lists.
const BODIES: [&str; 2] = ["ORG", "EVENT"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    case: Vec<Case>,
}

/// What each field means stands at the head of the files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    why: String,
    #[serde(default, rename = "ref")]
    reference: String,
    sentences: Option<Vec<String>>,
    quotations: Option<Vec<String>>,
    speakers: Option<Vec<String>>,
    dateline: Option<String>,
    types: Option<Vec<String>>,
    mentions: Option<Vec<[String; 3]>>,
    bodies: Option<Vec<[String; 2]>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Missed {
    missed: Vec<Miss>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Miss {
    name: String,
    layer: String,
    cause: String,
}

fn read<T: DeserializeOwned>(file: &Path) -> T {
    let content = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    toml::from_str(&content).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The questions by file, and the list of those missed.
fn questions() -> (BTreeMap<String, Vec<Case>>, Missed) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/corpus/hard");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of the questions") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "toml") && name != MISSED {
            files.insert(name, read::<Questions>(&path).case);
        }
    }
    (files, read(&folder.join(MISSED)))
}

/// An answer, and the text that it is about.
struct Answer {
    characters: Vec<char>,
    response: AnnotateResponse,
}

impl Answer {
    fn surface(&self, span: Option<Span>) -> String {
        let span = span.expect("a span");
        let offset = |offset| usize::try_from(offset).expect("an offset");
        self.characters[offset(span.begin)..offset(span.end)].iter().collect()
    }

    fn sentences(&self) -> Vec<String> {
        let sentences = self.response.segmentation.iter().flat_map(|layer| &layer.sentences);
        sentences.map(|sentence| self.surface(sentence.span)).collect()
    }

    /// Those in marks: reported speech is not asked for.
    fn quotations(&self) -> Vec<&Quotation> {
        let quotations = self.response.segmentation.iter().flat_map(|layer| &layer.quotations);
        quotations.filter(|quotation| quotation.kind() != QuotationKind::Indirect).collect()
    }

    /// The first dateline, be it a block or the head of one; empty where there is none.
    fn dateline(&self) -> String {
        let mut blocks = self.response.segmentation.iter().flat_map(|layer| &layer.blocks);
        let span = blocks.find_map(|block| match block.kind() {
            BlockKind::Dateline => block.span,
            _ => block.dateline,
        });
        span.map_or_else(String::new, |span| self.surface(Some(span)))
    }

    /// Type, code or value, and surface of each mention of `types`, an outer one before the one inside.
    fn mentions(&self, types: &[&str]) -> Vec<[String; 3]> {
        let mut found = Vec::new();
        for entity in self.response.entities.iter().flat_map(|layer| &layer.entities) {
            let Some(kind) = short_type(entity.r#type()).filter(|kind| types.contains(kind)) else {
                continue;
            };
            for mention in &entity.mentions {
                let span = mention.span.expect("a span");
                let answer = [kind.to_owned(), code(entity), self.surface(mention.span)];
                found.push(((span.begin, -span.end), answer));
            }
        }
        found.sort();
        found.into_iter().map(|(_, mention)| mention).collect()
    }

    /// Whether the speaker that is given for `quotation` is the mention `surface` that is nearest before it, or
    /// else first after it. What is given may be more than the name: an office with it.
    fn speaks(&self, quotation: &Quotation, surface: &str) -> bool {
        let Some(given) = quotation.speaker else { return surface.is_empty() };
        if surface.is_empty() {
            return false;
        }
        let text: String = self.characters.iter().collect();
        let begin = quotation.span.expect("a span").begin;
        let before: String =
            self.characters.iter().take(usize::try_from(begin).expect("an offset")).collect();
        let byte = before.rfind(surface).or_else(|| text.find(surface)).expect("the speaker is in the text");
        let from = i32::try_from(text[..byte].chars().count()).expect("a short text");
        let to = from + i32::try_from(surface.chars().count()).expect("a short text");
        given.begin < to && from < given.end
    }
}

/// A type as the questions write it.
fn short_type(kind: EntityType) -> Option<&'static str> {
    Some(match kind {
        EntityType::Person => "PER",
        EntityType::Organization => "ORG",
        EntityType::Location => "LOC",
        EntityType::Event => "EVENT",
        EntityType::Nationality => "NAT",
        EntityType::Role => "ROLE",
        EntityType::Date => "DATE",
        EntityType::Money => "MONEY",
        EntityType::Percent => "PERCENT",
        EntityType::Url => "URL",
        EntityType::Email => "EMAIL",
        _ => return None,
    })
}

/// The country of a country, of a government called by its capital, or of a nationality; a value; else nothing.
fn code(entity: &Entity) -> String {
    let country = entity.knowledge.as_ref().and_then(|known| known.iso_3166.clone());
    match entity.r#type() {
        EntityType::Nationality => country.unwrap_or_else(|| "-".to_owned()),
        EntityType::Location if entity.subtype.as_deref() == Some("country") => country.unwrap_or_default(),
        EntityType::Date | EntityType::Money | EntityType::Percent => {
            entity.value.as_ref().map(|value| value.canonical.clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn request(document: Document) -> AnnotateRequest {
    let layers =
        [SegmentLayer::Blocks, SegmentLayer::Sentences, SegmentLayer::Quotations, SegmentLayer::Speakers];
    AnnotateRequest {
        document: Some(document),
        features: [AnnotateFeature::Segmentation, AnnotateFeature::Entities].map(Into::into).to_vec(),
        segmentation: Some(SegmentationOptions {
            layers: layers.into_iter().map(Into::into).collect(),
            ..SegmentationOptions::default()
        }),
        ..AnnotateRequest::default()
    }
}

async fn answer(client: &mut TextProcessingClient<Channel>, case: &Case) -> Answer {
    let document = Document { reference_date: case.reference.clone(), ..document(&case.text) };
    let response = client.annotate(request(document)).await;
    let response = response.unwrap_or_else(|status| panic!("{}: {status}", case.name)).into_inner();
    Answer { characters: case.text.chars().collect(), response }
}

/// What a case asks of one layer, and how it was answered.
struct Asked {
    layer: &'static str,
    /// Nothing where the answer is right, else what was expected and what was given.
    wrong: Option<String>,
}

impl Asked {
    fn same<T: PartialEq + Debug>(layer: &'static str, expected: &T, given: &T) -> Self {
        let wrong =
            (expected != given).then(|| format!("\n    expected {expected:?}\n    given    {given:?}"));
        Self { layer, wrong }
    }
}

fn compare(case: &Case, answer: &Answer) -> Vec<Asked> {
    let mut asked = Vec::new();
    if let Some(expected) = &case.sentences {
        asked.push(Asked::same("sentences", expected, &answer.sentences()));
    }
    let quotations = answer.quotations();
    let surfaces: Vec<String> = quotations.iter().map(|quotation| answer.surface(quotation.span)).collect();
    if let Some(expected) = &case.quotations {
        asked.push(Asked::same("quotations", expected, &surfaces));
    }
    if let Some(expected) = &case.speakers {
        let right = case.quotations.as_ref() == Some(&surfaces)
            && quotations.iter().zip(expected).all(|(quotation, surface)| answer.speaks(quotation, surface));
        let given: Vec<Option<String>> = quotations
            .iter()
            .map(|quotation| quotation.speaker.map(|span| answer.surface(Some(span))))
            .collect();
        let wrong = (!right).then(|| format!("\n    expected {expected:?}\n    given    {given:?}"));
        asked.push(Asked { layer: "speakers", wrong });
    }
    if let Some(expected) = &case.dateline {
        asked.push(Asked::same("dateline", expected, &answer.dateline()));
    }
    if let Some(expected) = &case.mentions {
        let types: Vec<&str> = case
            .types
            .as_ref()
            .map_or_else(|| FIRST_TYPES.to_vec(), |types| types.iter().map(String::as_str).collect());
        asked.push(Asked::same("mentions", expected, &answer.mentions(&types)));
    }
    if let Some(expected) = &case.bodies {
        let given = answer.mentions(&BODIES).into_iter().map(|[kind, _, surface]| [kind, surface]).collect();
        asked.push(Asked::same("bodies", expected, &given));
    }
    asked
}

#[tokio::test]
#[allow(clippy::print_stdout)]
async fn exactly_what_is_listed_is_missed() {
    let (files, list) = questions();
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let mut right: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for case in files.values().flatten() {
        let answer = answer(&mut client, case).await;
        let all = compare(case, &answer);
        assert!(!all.is_empty(), "{} asks for nothing", case.name);
        for Asked { layer, wrong } in all {
            let (answered, of) = right.entry(layer).or_default();
            *of += 1;
            match wrong {
                None => *answered += 1,
                Some(wrong) => {
                    missed
                        .insert((&case.name, layer), format!("  {} {layer}: {}{wrong}", case.name, case.why));
                }
            }
        }
    }
    server.stop().await;
    for (layer, (answered, of)) in &right {
        println!("{layer}: {answered} of {of}");
    }

    let listed: BTreeSet<(&str, &str)> =
        list.missed.iter().map(|miss| (miss.name.as_str(), miss.layer.as_str())).collect();
    let mut complaints = String::new();
    for ((name, layer), wrong) in &missed {
        if !listed.contains(&(*name, *layer)) {
            writeln!(complaints, "missed and not listed:\n{wrong}").expect("a string takes it");
        }
    }
    for (name, layer) in &listed {
        if !missed.contains_key(&(*name, *layer)) {
            writeln!(complaints, "listed and not missed: {name} {layer}").expect("a string takes it");
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn the_questions_and_the_list_are_whole() {
    let (files, list) = questions();
    let mut names = BTreeSet::new();
    for (file, cases) in &files {
        for case in cases {
            assert!(names.insert(&case.name), "{file}: {} is there twice", case.name);
            assert!(file == FIRST || !case.why.is_empty(), "{file}: {} has no trap", case.name);
            let quotations = case.quotations.as_ref().map(Vec::len);
            let speakers = case.speakers.as_ref().map(Vec::len);
            assert!(
                speakers.is_none() || speakers == quotations,
                "{file}: {}: one speaker a quotation",
                case.name
            );
            let surfaces = case.mentions.iter().flatten().map(|[_, _, surface]| surface);
            let surfaces = surfaces
                .chain(case.quotations.iter().flatten())
                .chain(case.speakers.iter().flatten())
                .chain(case.sentences.iter().flatten());
            for surface in surfaces {
                assert!(
                    case.text.contains(surface.as_str()),
                    "{file}: {}: {surface} is not in the text",
                    case.name
                );
            }
        }
    }
    let mut listed = BTreeSet::new();
    for Miss { name, layer, cause } in &list.missed {
        assert!(names.contains(name), "{MISSED}: there is no case {name}");
        assert!(listed.insert((name, layer)), "{MISSED}: {name} {layer} is there twice");
        assert!(!cause.is_empty(), "{MISSED}: {name} {layer} has no cause");
    }
    let corpus = files.iter().filter(|(file, _)| *file != FIRST).flat_map(|(_, cases)| cases);
    let (mut all, mut sentences) = (0, 0);
    for case in corpus {
        all += 1;
        sentences += usize::from(case.sentences.is_some());
    }
    assert!(all >= 400 && sentences >= 100, "{all} questions, {sentences} of them on sentences");
}
