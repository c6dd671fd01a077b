//! The options of the five subcommands.

use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::calls::{Annotate, Call, Entities, Metadata, Normalize, Segment};
use super::document::Input;
use super::eval;
use super::problem::Problem;
use warraq_core::lexicon::Lexicon;

use crate::config::file_flag;
use crate::proto::v1::{
    AnnotateFeature, DocumentFormat, EntityType, LexiconEntry, MetadataFeature, NormalizationStep,
    OffsetUnit, SegmentLayer,
};
use crate::service::own_names;

/// What the command line asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Options {
    pub(super) json: bool,
    pub(super) requests: bool,
    pub(super) address: Option<http::Uri>,
    pub(super) offset_unit: OffsetUnit,
    pub(super) language: String,
    pub(super) reference_date: String,
    pub(super) time_zone: String,
    pub(super) charset: Option<String>,
    /// Unless the file's name says it.
    pub(super) format: DocumentFormat,
    pub(super) preset: String,
    pub(super) steps: Vec<NormalizationStep>,
    pub(super) alignment: Option<bool>,
    pub(super) layers: Vec<i32>,
    pub(super) types: Vec<i32>,
    /// For a server.
    pub(super) lexicon: Vec<LexiconEntry>,
    pub(super) names_file: Option<PathBuf>,
    pub(super) metadata: Vec<i32>,
    pub(super) analyses: Vec<i32>,
}

pub(super) fn normalize() -> Command {
    base(Normalize::NAME, "Give texts in a normal form").args(of_normalize())
}

pub(super) fn segment() -> Command {
    base(Segment::NAME, "Find blocks, sentences, tokens and quotations").arg(of_segment())
}

pub(super) fn entities() -> Command {
    base(Entities::NAME, "Find the places, nationalities, amounts … that texts mention").args(of_entities())
}

pub(super) fn metadata() -> Command {
    let features = list("features", "The parts to give; default all: title, place, source, …")
        .value_parser(name_of::<MetadataFeature>("METADATA_FEATURE_"));
    base(Metadata::NAME, "Say what a catalogue would say of texts").arg(features)
}

pub(super) fn annotate() -> Command {
    let analyses = list(
        "features",
        "The analyses to make; default all: normalization, segmentation, entities, metadata",
    )
    .value_parser(name_of::<AnnotateFeature>("ANNOTATE_FEATURE_"));
    base(Annotate::NAME, "Make all four analyses, with every layer on")
        .arg(analyses)
        .args(of_normalize())
        .arg(of_segment())
        .args(of_entities())
}

/// What all five have.
fn base(name: &'static str, about: &'static str) -> Command {
    let document = [
        reference_date(),
        Arg::new("language").value_name("TAG").help("The language, where it is known (ar, ar-EG)"),
        Arg::new("time-zone").value_name("ZONE").help("The zone of times of day (Asia/Riyadh)"),
        charset(),
        format(),
        Arg::new("offset-unit")
            .value_name("UNIT")
            .value_parser(PossibleValuesParser::new(["byte", "code-point", "utf16"]))
            .help("What offsets count [default: code-point]"),
    ]
    .map(|arg| {
        let id = arg.get_id().to_string();
        arg.long(id)
    });
    Command::new(name)
        .about(about)
        .arg(flag("json", "Print canonical proto3 JSON, one line a document"))
        .arg(
            flag("requests", "Each line of FILE is a whole request in proto3 JSON; one line of answer each")
                .conflicts_with_all(document.iter().map(Arg::get_id).collect::<Vec<_>>()),
        )
        .arg(
            Arg::new("addr")
                .long("addr")
                .value_name("HOST:PORT")
                .value_parser(address)
                .help("Ask that server instead of this program"),
        )
        .args(document)
        .arg(files())
        .arg(file_flag())
}

/// The server and the four calls in one command.
pub(super) fn demo() -> Command {
    Command::new("demo")
        .about("Start a server, ask it the four calls on each FILE over gRPC, show the answers, stop it")
        .arg(reference_date().long("reference-date"))
        .arg(charset().long("charset"))
        .arg(format().long("format"))
        .arg(files())
        .arg(file_flag())
}

/// How right the program is.
pub(super) fn eval() -> Command {
    let several = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("A,B…").value_delimiter(',').action(ArgAction::Append).help(help)
    };
    Command::new("eval")
        .about("Measure the program on annotated articles and corpora: precision, recall, F1 by layer and type")
        .arg(
            several("layers", "The layers to measure; default all: blocks, sentences, mentions, joining, …")
                .value_parser(eval::layer),
        )
        .arg(
            several("types", "The types to count, as gold files name them; default all: PER, ORG, LOC, …")
                .value_parser(eval::entity_type),
        )
        .arg(
            Arg::new("scheme")
                .long("scheme")
                .value_name("NAME")
                .value_parser(warraq_eval::scheme::named)
                .help("The label scheme of corpora: ours, anercorp, newsfane, …; default by the file's name"),
        )
        .arg(
            several("given", "Gold layers that later stages are given: blocks, mentions")
                .value_parser(PossibleValuesParser::new(["blocks", "mentions"]))
                .hide_possible_values(true),
        )
        .arg(
            several("disturb", "What is done to articles first, as feeds have them: wrap, oneline, nohamza, …")
                .value_parser(eval::disturbance),
        )
        .arg(
            Arg::new("swap")
                .long("swap")
                .value_name("KIND")
                .value_parser(eval::swap)
                .help("Give articles other names first: listed (rare ones of data/lexicons) or unlisted (made up)"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("NUMBER")
                .value_parser(clap::value_parser!(u64))
                .default_value("1")
                .help("What disturbances and other names are drawn from"),
        )
        .arg(
            flag("withhold", "Leave away the third of the lexicons that is held out for the corpus of our own")
                .conflicts_with_all(["check", "report"]),
        )
        .arg(
            flag("check", "Measure what data/eval/corpora.toml lists; fail where a figure has fallen")
                .conflicts_with_all(["files", "report"]),
        )
        .arg(
            flag("report", "Measure what data/eval/corpora.toml lists; write docs/accuracy.md and the figures")
                .conflicts_with("files"),
        )
        .arg(flag("errors", "Show each miss and extra in its line of text"))
        .arg(flag("json", "Print one JSON object"))
        .arg(
            Arg::new("files")
                .value_name("FILE|FOLDER")
                .num_args(1..)
                .required_unless_present_any(["check", "report"])
                .value_parser(clap::value_parser!(PathBuf))
                .help("Articles (*.markup), corpora of names (*.conll, *.txt) and clitics (*.tsv), cases (*.jsonl)"),
        )
}

fn reference_date() -> Arg {
    Arg::new("reference-date").value_name("YYYY-MM-DD").help("The day from which relative dates are counted")
}

fn charset() -> Arg {
    Arg::new("charset")
        .value_name("LABEL")
        .help("The files' encoding (windows-1256); default UTF-8, or what a byte order mark says")
}

fn format() -> Arg {
    Arg::new("format")
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(["text", "html"]))
        .help("How the files are marked up [default: html where the name ends in .html or .htm, else text]")
}

fn files() -> Arg {
    Arg::new("files")
        .value_name("FILE")
        .num_args(0..)
        .value_parser(clap::value_parser!(PathBuf))
        .help("What to read; - is standard input")
}

fn of_normalize() -> [Arg; 4] {
    [
        Arg::new("preset").long("preset").value_name("NAME").help("A set of steps: display, search, storage"),
        Arg::new("step")
            .long("step")
            .value_name("NAME[=on|off][,OPTION=VALUE…]")
            .action(ArgAction::Append)
            .value_parser(step)
            .help("Switch one step on or off, or set its options; may be repeated"),
        flag("alignment", "Show every edit (--json has them anyway)"),
        flag("no-alignment", "Leave the edits out of the answer").conflicts_with("alignment"),
    ]
    .map(|arg| arg.conflicts_with("requests"))
}

fn of_segment() -> Arg {
    list("layers", "The layers to give; default all: blocks, sentences, tokens, quotations")
        .value_parser(name_of::<SegmentLayer>("SEGMENT_LAYER_"))
}

fn of_entities() -> [Arg; 2] {
    [
        list("types", "The entity types to give; default all: location, nationality, money, …")
            .value_parser(name_of::<EntityType>("ENTITY_TYPE_")),
        Arg::new("lexicon")
            .long("lexicon")
            .value_name("FILE.tsv")
            .value_parser(clap::value_parser!(PathBuf))
            .help("Names to find too: one a line, name, type and (optional) id, with tabs between"),
    ]
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

fn list(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("A,B…")
        .value_delimiter(',')
        .action(ArgAction::Append)
        .conflicts_with("requests")
        .help(help)
}

/// An enum of the contract, by the names that people use for its values.
trait Named: Copy + Into<i32> + TryFrom<i32> {
    fn from_name(name: &str) -> Option<Self>;
    fn name(self) -> &'static str;
}

macro_rules! named {
    ($($type:ty),*) => { $(
        impl Named for $type {
            fn from_name(name: &str) -> Option<Self> {
                Self::from_str_name(name)
            }
            fn name(self) -> &'static str {
                self.as_str_name()
            }
        }
    )* };
}

named!(AnnotateFeature, EntityType, MetadataFeature, SegmentLayer);

/// Reads `location`, `LOCATION` or `ENTITY_TYPE_LOCATION` as the enum's number.
fn name_of<E: Named>(
    prefix: &'static str,
) -> impl Fn(&str) -> Result<i32, String> + Clone + Send + Sync + 'static {
    move |text| value_of::<E>(prefix, text).ok_or_else(|| format!("is none of {}", names::<E>(prefix)))
}

fn value_of<E: Named>(prefix: &str, text: &str) -> Option<i32> {
    let upper = text.trim().replace('-', "_").to_uppercase();
    let name = upper.strip_prefix(prefix).unwrap_or(&upper);
    // Zero is "unspecified", which is nothing to ask for.
    E::from_name(&format!("{prefix}{name}")).map(Into::into).filter(|number| *number != 0)
}

fn names<E: Named>(prefix: &str) -> String {
    let short = |value: E| value.name().trim_start_matches(prefix).to_lowercase();
    // Values of the contract are numbered without gaps.
    (1..).map_while(|number| E::try_from(number).ok()).map(short).collect::<Vec<_>>().join(", ")
}

/// `NAME[=on|off][,OPTION=VALUE…]`.
fn step(text: &str) -> Result<NormalizationStep, String> {
    let mut parts = text.split(',');
    let head = parts.next().unwrap_or_default();
    let (name, enabled) = match head.split_once('=') {
        None => (head, None),
        Some((name, "on" | "true")) => (name, Some(true)),
        Some((name, "off" | "false")) => (name, Some(false)),
        Some(_) => return Err("a step is NAME, NAME=on or NAME=off".to_owned()),
    };
    if name.is_empty() {
        return Err("the step has no name".to_owned());
    }
    let option = |part: &str| {
        let (key, value) = part.split_once('=').ok_or("an option of a step is OPTION=VALUE")?;
        Ok((key.to_owned(), value.to_owned()))
    };
    let options = parts.map(option).collect::<Result<_, &str>>()?;
    Ok(NormalizationStep { step: name.to_owned(), enabled, options })
}

/// `HOST:PORT` as the URI that a channel wants.
fn address(text: &str) -> Result<http::Uri, String> {
    let bare = text.strip_prefix("http://").unwrap_or(text).trim_end_matches('/');
    let wrong = || "is no HOST:PORT".to_owned();
    let uri: http::Uri = format!("http://{bare}").parse().map_err(|_| wrong())?;
    if uri.port_u16().is_none() || !uri.path().trim_matches('/').is_empty() {
        return Err(wrong());
    }
    Ok(uri)
}

/// Nothing to read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no FILE is given; - is standard input (see --help)")]
pub(super) struct NoFile;

/// What is to be read: standard input too where no file is named and something is piped in.
pub(super) fn inputs(arguments: &ArgMatches) -> Result<Vec<Input>, NoFile> {
    let files: Vec<_> = arguments.get_many::<PathBuf>("files").unwrap_or_default().collect();
    if files.is_empty() {
        return if std::io::stdin().is_terminal() { Err(NoFile) } else { Ok(vec![Input::Standard]) };
    }
    let input = |path: &PathBuf| {
        if path.as_os_str() == "-" { Input::Standard } else { Input::File(path.clone()) }
    };
    Ok(files.into_iter().map(input).collect())
}

impl Options {
    /// What the subcommand does not have stays at its default.
    pub(super) fn read(arguments: &ArgMatches) -> Result<Self, Problem> {
        let set = |name| arguments.try_get_one::<bool>(name).ok().flatten().is_some_and(|set| *set);
        let text = |name| arguments.try_get_one::<String>(name).ok().flatten().cloned();
        let numbers = |name| -> Vec<i32> {
            let values = arguments.try_get_many::<i32>(name).ok().flatten().unwrap_or_default();
            values.copied().collect()
        };
        let offset_unit = match text("offset-unit").as_deref() {
            Some("byte") => OffsetUnit::Utf8Byte,
            Some("utf16") => OffsetUnit::Utf16CodeUnit,
            Some(_) => OffsetUnit::UnicodeCodePoint,
            None => OffsetUnit::Unspecified,
        };
        let json = set("json");
        let alignment = match (set("alignment"), set("no-alignment")) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            // People see edits when they ask for them; programs have the contract's default.
            _ if json => None,
            _ => Some(false),
        };
        let features = numbers("features");
        let steps = arguments.try_get_many::<NormalizationStep>("step").ok().flatten().unwrap_or_default();
        let address = arguments.try_get_one::<http::Uri>("addr").ok().flatten().cloned();
        let names_file = arguments.try_get_one::<PathBuf>("lexicon").ok().flatten().cloned();
        if names_file.is_some() && address.is_some() && set("requests") {
            return Err(Problem::Input(
                "--lexicon: with --requests and --addr the requests hold their rows".to_owned(),
            ));
        }
        // A server is sent the rows with each request; this process reads the file once.
        let lexicon = match names_file.as_deref().filter(|_| address.is_some()) {
            Some(path) => rows(path)?,
            None => Vec::new(),
        };
        let (metadata, analyses) = match arguments.try_get_raw("layers") {
            Ok(_) => (Vec::new(), features),
            Err(_) => (features, Vec::new()),
        };
        Ok(Self {
            json,
            requests: set("requests"),
            address,
            offset_unit,
            language: text("language").unwrap_or_default(),
            reference_date: text("reference-date").unwrap_or_default(),
            time_zone: text("time-zone").unwrap_or_default(),
            charset: text("charset"),
            format: match text("format").as_deref() {
                Some("html") => DocumentFormat::Html,
                Some(_) => DocumentFormat::PlainText,
                None => DocumentFormat::Unspecified,
            },
            preset: text("preset").unwrap_or_default(),
            steps: steps.cloned().collect(),
            alignment,
            layers: numbers("layers"),
            types: numbers("types"),
            lexicon,
            names_file,
            metadata,
            analyses,
        })
    }
}

/// The rows of a file of names.
fn rows(path: &Path) -> Result<Vec<LexiconEntry>, Problem> {
    own_names::rows(&names_file(path)?).map_err(|problem| Problem::of(&path.display().to_string(), problem))
}

/// The names of a file, compiled.
pub(super) fn lexicon(path: &Path) -> Result<Lexicon, Problem> {
    own_names::of_file(&names_file(path)?)
        .map_err(|problem| Problem::of(&path.display().to_string(), problem))
}

fn names_file(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|error| Problem::of(&path.display().to_string(), Problem::from(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Options, String> {
        let matches = super::super::command()
            .try_get_matches_from([&["warraq"], args].concat())
            .map_err(|error| error.to_string())?;
        let (_, arguments) = matches.subcommand().unwrap();
        Options::read(arguments).map_err(|problem| problem.to_string())
    }

    #[test]
    fn options_of_the_document() {
        let options = parse(&[
            "segment",
            "--reference-date",
            "2024-09-16",
            "--language=ar-MA",
            "--time-zone=Africa/Casablanca",
            "--charset=windows-1256",
            "--offset-unit=utf16",
            "f",
        ])
        .unwrap();
        assert_eq!(options.reference_date, "2024-09-16");
        assert_eq!(options.language, "ar-MA");
        assert_eq!(options.time_zone, "Africa/Casablanca");
        assert_eq!(options.charset.as_deref(), Some("windows-1256"));
        assert_eq!(options.offset_unit, OffsetUnit::Utf16CodeUnit);
        assert!(parse(&["segment", "--offset-unit=line", "f"]).unwrap_err().contains("code-point"));
    }

    #[test]
    fn steps_switch_and_set() {
        let step = |text| parse(&["normalize", "--step", text, "f"]).map(|options| options.steps[0].clone());
        let plain = step("tatweel").unwrap();
        assert_eq!((plain.step.as_str(), plain.enabled), ("tatweel", None));
        assert_eq!(step("digits=off").unwrap().enabled, Some(false));
        let set = step("unicode=on,form=nfc").unwrap();
        assert_eq!(set.enabled, Some(true));
        assert_eq!(set.options["form"], "nfc");
        assert!(step("digits=perhaps").unwrap_err().contains("NAME=on"));
        assert!(step("digits,form").unwrap_err().contains("OPTION=VALUE"));
        assert!(step("=on").unwrap_err().contains("no name"));
        let many = parse(&["annotate", "--step", "a", "--step=b=off", "--preset=search", "f"]).unwrap();
        assert_eq!(many.steps.len(), 2);
        assert_eq!(many.preset, "search");
    }

    #[test]
    fn alignment_is_for_programs_unless_asked_for() {
        assert_eq!(parse(&["normalize", "f"]).unwrap().alignment, Some(false));
        assert_eq!(parse(&["normalize", "--alignment", "f"]).unwrap().alignment, Some(true));
        assert_eq!(parse(&["normalize", "--json", "f"]).unwrap().alignment, None);
        assert_eq!(parse(&["normalize", "--json", "--no-alignment", "f"]).unwrap().alignment, Some(false));
        assert!(parse(&["normalize", "--alignment", "--no-alignment", "f"]).is_err());
    }

    #[test]
    fn lists_take_the_contracts_names() {
        let layers = |text| parse(&["segment", "--layers", text, "f"]).map(|options| options.layers);
        assert_eq!(layers("blocks,Quotations"), Ok(vec![1, 4]));
        assert_eq!(layers("SEGMENT_LAYER_PARTS_OF_SPEECH"), Ok(vec![8]));
        assert_eq!(layers("parts-of-speech"), Ok(vec![8]));
        assert!(layers("lines").unwrap_err().contains("blocks, sentences, tokens"));
        assert!(layers("unspecified").is_err());
        let types = parse(&["entities", "--types", "location", "--types", "money", "f"]).unwrap().types;
        assert_eq!(types, [2, 8]);
        assert_eq!(parse(&["metadata", "--features=place,counts", "f"]).unwrap().metadata, [5, 9]);
        assert_eq!(parse(&["annotate", "--features=entities", "f"]).unwrap().analyses, [3]);
    }

    #[test]
    fn a_whole_request_leaves_no_room_for_options() {
        assert!(parse(&["annotate", "--requests", "f"]).unwrap().requests);
        for option in ["--language=ar", "--layers=blocks", "--types=location", "--preset=search"] {
            assert!(parse(&["annotate", "--requests", option, "f"]).is_err(), "{option}");
        }
    }

    #[test]
    fn addresses_are_host_and_port() {
        assert_eq!(address("localhost:50051").unwrap().to_string(), "http://localhost:50051/");
        assert_eq!(address("http://[::1]:5").unwrap().port_u16(), Some(5));
        for wrong in ["", "localhost", "localhost:port", "https://localhost:1", "localhost:1/path"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
