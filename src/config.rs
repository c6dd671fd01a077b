//! Every knob in one place: its name, default, unit and meaning.
//!
//! A value comes from the command line, else from the environment (`WARRAQ_` and the name in capitals),
//! else from the configuration file, else from the default here. `warraq config` prints what is in force
//! and where each value came from.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Arg, ArgMatches, Command};

/// One knob, as the command line, the environment, the file and the documentation name it.
#[derive(Debug, Clone, Copy)]
pub struct Knob {
    /// `lower_snake`: the key in the file.
    pub name: &'static str,
    /// The default, as it would be written.
    pub default: &'static str,
    /// What the value counts or looks like.
    pub unit: &'static str,
    /// What it does.
    pub help: &'static str,
}

impl Knob {
    /// The environment variable.
    pub fn variable(&self) -> String {
        format!("WARRAQ_{}", self.name.to_uppercase())
    }

    /// The long flag, without its dashes.
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// Whether the value must not be shown.
    pub fn is_secret(&self) -> bool {
        self.name == "auth_tokens"
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The table in this module.
    Default,
    /// A configuration file.
    File(PathBuf),
    /// An environment variable.
    Environment(String),
    /// A flag.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Environment(variable) => write!(f, "environment {variable}"),
            Self::Flag(flag) => write!(f, "flag --{flag}"),
        }
    }
}

/// A value that cannot be used. The process exits with 64 (`EX_USAGE`).
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A knob's value.
    #[error("{knob}: {problem} (from {origin})")]
    Value {
        /// The knob's name.
        knob: &'static str,
        /// What is wrong with the value.
        problem: String,
        /// Where the value came from.
        origin: Origin,
    },
    /// A key that is no knob.
    #[error("{key}: no such knob (from file {}); `warraq config` lists them", file.display())]
    UnknownKey {
        /// The key.
        key: String,
        /// The file.
        file: PathBuf,
    },
    /// A file that cannot be read.
    #[error("config: {0}")]
    File(#[from] config::ConfigError),
}

/// A type that a knob's value can have.
trait Value: Sized {
    fn parse(text: &str) -> Result<Self, String>;
}

impl Value for SocketAddr {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "is no ADDR:PORT".to_owned())
    }
}

impl Value for usize {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "is no whole number".to_owned())
    }
}

impl Value for bool {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "is neither true nor false".to_owned())
    }
}

/// Milliseconds.
impl Value for Duration {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map(Duration::from_millis).map_err(|_| "is no whole number of milliseconds".to_owned())
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

impl Value for LogFormat {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "pretty" => Ok(Self::Pretty),
            "json" => Ok(Self::Json),
            _ => Err("is neither pretty nor json".to_owned()),
        }
    }
}

/// What is logged, as `tracing_subscriber::EnvFilter` reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(pub String);

impl Value for LogFilter {
    fn parse(text: &str) -> Result<Self, String> {
        tracing_subscriber::EnvFilter::try_new(text)
            .map(|_| Self(text.to_owned()))
            .map_err(|error| format!("is no log filter: {error}"))
    }
}

/// Bearer tokens; empty means that calls need no credential.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Tokens(Vec<String>);

impl Tokens {
    /// Whether calls need a credential.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `given` is one of the tokens. Every byte of every token is compared, so that the time
    /// taken tells nothing of how much of a guess was right.
    pub fn accept(&self, given: &str) -> bool {
        let matching = self.0.iter().filter(|token| {
            let length = token.len() ^ given.len();
            let differs =
                token.bytes().zip(given.bytes()).fold(length, |sum, (a, b)| sum | usize::from(a ^ b));
            differs == 0
        });
        matching.count() > 0
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tokens", self.0.len())
    }
}

impl Value for Tokens {
    fn parse(text: &str) -> Result<Self, String> {
        let tokens: Vec<_> =
            text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect();
        match tokens.iter().find(|token| token.len() < 16) {
            Some(short) => Err(format!("has a token of {} bytes; at least 16 are needed", short.len())),
            None => Ok(Self(tokens)),
        }
    }
}

/// A file, or none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OptionalPath(pub Option<PathBuf>);

impl Value for OptionalPath {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self((!text.is_empty()).then(|| text.into())))
    }
}

macro_rules! knobs {
    ($( $name:ident : $type:ty = $default:literal, $unit:literal, $help:literal $(, $least:literal ..= $most:literal)? ; )*) => {
        /// What is in force.
        // The help texts are for the command line, which has no markup.
        #[allow(clippy::doc_markdown)]
        #[derive(Debug, Clone)]
        pub struct Config {
            $( #[doc = $help] #[doc = concat!("Unit: ", $unit, ". Default: `", $default, "`.")] pub $name: $type, )*
        }

        /// The table.
        pub const KNOBS: &[Knob] = &[
            $( Knob { name: stringify!($name), default: $default, unit: $unit, help: $help }, )*
        ];

        impl Config {
            fn from_raw(raw: &BTreeMap<&'static str, (String, Origin)>) -> Result<Self, ConfigError> {
                Ok(Self { $(
                    $name: {
                        let (text, origin) = raw
                            .get(stringify!($name))
                            .cloned()
                            .unwrap_or_else(|| ($default.to_owned(), Origin::Default));
                        let bad = |problem| ConfigError::Value { knob: stringify!($name), problem, origin: origin.clone() };
                        let value = <$type as Value>::parse(text.trim()).map_err(&bad)?;
                        $(
                            let number = text.trim().parse::<u64>().unwrap_or_default();
                            if !($least..=$most).contains(&number) {
                                return Err(bad(format!("must be from {} to {} {}", $least, $most, $unit)));
                            }
                        )?
                        value
                    },
                )* })
            }
        }
    };
}

knobs! {
    listen: SocketAddr = "127.0.0.1:50051", "ADDR:PORT", "Where to listen. Port 0 takes a free one and logs it.";
    max_text_bytes: usize = "1048576", "bytes", "The longest text of one document, as sent and in UTF-8 after decoding.", 1 ..= 1_073_741_824;
    max_batch_items: usize = "256", "items", "The most requests in one BatchAnnotate.", 1 ..= 65_536;
    max_batch_bytes: usize = "8388608", "bytes", "The most bytes of all documents of one BatchAnnotate together.", 1 ..= 1_073_741_824;
    max_message_bytes_in: usize = "8388608", "bytes", "The largest request message, before and after decompression.", 1024 ..= 1_073_741_824;
    max_message_bytes_out: usize = "8388608", "bytes", "The largest response message.", 1024 ..= 1_073_741_824;
    max_lexicon_rows: usize = "1000", "rows", "The most lexicon rows in one request.", 0 ..= 1_000_000;
    deadline_ms: Duration = "30000", "milliseconds", "The longest a unary call may take; a shorter deadline of the client's wins.", 1 ..= 3_600_000;
    lexicon: OptionalPath = "", "file", "Names of your own that are found in every text: one a line, name, type and (optional) id, with tabs between. Read again when it changes.";
    lexicon_check_ms: Duration = "2000", "milliseconds", "How often that file is looked at; 0 means never again.", 0 ..= 86_400_000;
    workers: usize = "0", "threads", "Threads that analyse texts; 0 means one a core.", 0 ..= 1024;
    inline_bytes: usize = "1024", "bytes", "Texts up to this length are analysed on the thread that received them, longer ones by the workers; for Normalize with a preset as it is, up to five times this length. News up to these lengths holds an async thread for less than 500 microseconds; a text made to be slow can hold it for some milliseconds.", 0 ..= 1_048_576;
    max_pending: usize = "1024", "documents", "Documents that may be in work or waiting; what comes beyond them is refused with RESOURCE_EXHAUSTED.", 1 ..= 1_000_000;
    retry_after_ms: Duration = "200", "milliseconds", "What a refused client is told to wait (RetryInfo).", 1 ..= 3_600_000;
    stream_concurrency: usize = "16", "items", "Items of one stream that are in work at the same time.", 1 ..= 65_536;
    max_concurrent_streams: usize = "256", "calls", "HTTP/2 streams that one connection may have open.", 1 ..= 1_000_000;
    keepalive_interval_ms: Duration = "60000", "milliseconds", "How often an idle connection is asked whether it is still there (HTTP/2 PING); 0 switches it off.", 0 ..= 86_400_000;
    keepalive_timeout_ms: Duration = "20000", "milliseconds", "How long an answer to that may take before the connection is closed.", 1 ..= 86_400_000;
    max_connection_age_ms: Duration = "0", "milliseconds", "After this age a connection is asked to reconnect, so that new servers get traffic; calls and streams in progress go on for as long as drain_timeout_ms. 0 switches it off.", 0 ..= 604_800_000;
    drain_grace_ms: Duration = "1000", "milliseconds", "After SIGTERM or SIGINT: how long health says NOT_SERVING while calls are still taken, so that balancers can turn away.", 0 ..= 3_600_000;
    drain_timeout_ms: Duration = "30000", "milliseconds", "After the grace: how long calls in progress may take before they are cut off.", 0 ..= 3_600_000;
    compress_answers: bool = "false", "true|false", "Whether answers are gzipped for clients that take that. That runs on the threads that talk to clients: for slow networks only. Gzipped requests are always taken.";
    auth_tokens: Tokens = "", "comma-separated tokens", "Bearer tokens that calls must carry in `authorization`; none means that no credential is asked for. Health and reflection are open.";
    reflection: bool = "true", "true|false", "Whether the server describes its services (grpc.reflection v1 and v1alpha).";
    log_format: LogFormat = "pretty", "pretty|json", "How log lines look.";
    log_filter: LogFilter = "info", "filter", "What is logged, as tracing's EnvFilter reads it: `info`, `warraq=debug`. Texts are never logged.";
}

/// The values in force and where each came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The values.
    pub config: Config,
    raw: BTreeMap<&'static str, (String, Origin)>,
}

impl Loaded {
    /// Merges flags, environment and file over the defaults.
    ///
    /// `environment` is asked for each variable, so that a test needs no real one.
    ///
    /// # Errors
    /// [`ConfigError`], with the knob's name.
    pub fn load(
        flags: &ArgMatches,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let file = given::<PathBuf>(flags, "config")
            .cloned()
            .or_else(|| environment("WARRAQ_CONFIG").map(PathBuf::from));
        let from_file = file.as_deref().map(read_file).transpose()?.unwrap_or_default();
        let mut raw = BTreeMap::new();
        for knob in KNOBS {
            let flag =
                given::<String>(flags, knob.name).map(|text| (text.clone(), Origin::Flag(knob.flag())));
            let variable =
                || environment(&knob.variable()).map(|text| (text, Origin::Environment(knob.variable())));
            let in_file = || {
                let text = from_file.get(knob.name)?.clone();
                Some((text, Origin::File(file.clone().unwrap_or_default())))
            };
            let default = || (knob.default.to_owned(), Origin::Default);
            raw.insert(knob.name, flag.or_else(variable).or_else(in_file).unwrap_or_else(default));
        }
        Ok(Self { config: Config::from_raw(&raw)?, raw })
    }

    /// Each knob with its value (secrets hidden) and where that came from, in the table's order.
    pub fn entries(&self) -> impl Iterator<Item = (&'static Knob, String, &Origin)> {
        KNOBS.iter().filter_map(|knob| {
            let (text, origin) = self.raw.get(knob.name)?;
            let shown =
                if knob.is_secret() && !text.is_empty() { "(hidden)".to_owned() } else { text.clone() };
            Some((knob, shown, origin))
        })
    }
}

impl Default for Config {
    fn default() -> Self {
        // The table's defaults parse: a test says so.
        Self::from_raw(&BTreeMap::new())
            .unwrap_or_else(|error| unreachable!("a default does not parse: {error}"))
    }
}

/// The file's values as text, by key.
fn read_file(path: &Path) -> Result<BTreeMap<String, String>, ConfigError> {
    let file = config::File::from(path).format(config::FileFormat::Toml);
    let values: BTreeMap<String, config::Value> =
        config::Config::builder().add_source(file).build()?.try_deserialize()?;
    values
        .into_iter()
        .map(|(key, value)| {
            if KNOBS.iter().all(|knob| knob.name != key) {
                return Err(ConfigError::UnknownKey { key, file: path.to_owned() });
            }
            let text = match value.clone().into_array() {
                Ok(items) => items
                    .into_iter()
                    .map(config::Value::into_string)
                    .collect::<Result<Vec<_>, _>>()?
                    .join(","),
                Err(_) => value.into_string()?,
            };
            Ok((key, text))
        })
        .collect()
}

/// A flag's value, where the subcommand has that flag at all: those that analyse files have `--config` alone.
fn given<'a, T: Clone + Send + Sync + 'static>(flags: &'a ArgMatches, id: &str) -> Option<&'a T> {
    flags.try_get_one(id).ok().flatten()
}

/// `--config`.
pub fn file_flag() -> Arg {
    Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help("A TOML file of knobs [env: WARRAQ_CONFIG]")
}

/// Adds `--config` and a flag for every knob.
#[must_use]
pub fn flags(command: Command) -> Command {
    KNOBS.iter().fold(command.arg(file_flag()), |command, knob| {
        let default = if knob.default.is_empty() { "none" } else { knob.default };
        command.arg(Arg::new(knob.name).long(knob.flag()).value_name(knob.unit).help(format!(
            "{} [default: {default}] [env: {}]",
            knob.help,
            knob.variable()
        )))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(args: &[&str], environment: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
        let matches = flags(Command::new("warraq")).get_matches_from([&["warraq"], args].concat());
        Loaded::load(&matches, |name| {
            environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn defaults_parse_and_are_in_range() {
        let loaded = load(&[], &[]).unwrap();
        assert_eq!(loaded.config.max_text_bytes, 1 << 20);
        assert!(loaded.entries().all(|(_, _, origin)| *origin == Origin::Default));
        assert_eq!(loaded.entries().count(), KNOBS.len());
    }

    #[test]
    fn a_flag_wins_over_the_environment_over_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("warraq.toml");
        std::fs::write(&file, "max_batch_items = 7\nmax_text_bytes = 70\nlisten = \"127.0.0.1:7\"\n")
            .unwrap();
        let path = file.to_str().unwrap();
        let loaded = load(
            &["--config", path, "--listen", "127.0.0.1:9"],
            &[("WARRAQ_LISTEN", "127.0.0.1:8"), ("WARRAQ_MAX_TEXT_BYTES", "80")],
        )
        .unwrap();
        assert_eq!(loaded.config.listen.port(), 9);
        assert_eq!(loaded.config.max_text_bytes, 80);
        assert_eq!(loaded.config.max_batch_items, 7);
        let origins: Vec<String> =
            loaded.entries().take(3).map(|(_, _, origin)| origin.to_string()).collect();
        assert_eq!(origins[0], "flag --listen");
        assert_eq!(origins[1], "environment WARRAQ_MAX_TEXT_BYTES");
        assert_eq!(origins[2], format!("file {path}"));
    }

    #[test]
    fn a_command_without_the_knobs_flags_reads_the_rest() {
        let matches = Command::new("warraq").arg(file_flag()).get_matches_from(["warraq"]);
        let loaded =
            Loaded::load(&matches, |name| (name == "WARRAQ_MAX_TEXT_BYTES").then(|| "80".to_owned()));
        assert_eq!(loaded.unwrap().config.max_text_bytes, 80);
    }

    #[test]
    fn a_bad_value_is_named_with_its_knob_and_origin() {
        let error = load(&[], &[("WARRAQ_LISTEN", "nowhere")]).unwrap_err().to_string();
        assert_eq!(error, "listen: is no ADDR:PORT (from environment WARRAQ_LISTEN)");
        let error = load(&["--max-text-bytes", "0"], &[]).unwrap_err().to_string();
        assert_eq!(error, "max_text_bytes: must be from 1 to 1073741824 bytes (from flag --max-text-bytes)");
    }

    #[test]
    fn an_unknown_key_of_the_file_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("warraq.toml");
        std::fs::write(&file, "max_text_byte = 7\n").unwrap();
        let error = load(&["--config", file.to_str().unwrap()], &[]).unwrap_err().to_string();
        assert!(error.starts_with("max_text_byte: no such knob"), "{error}");
    }

    #[test]
    fn secrets_are_compared_whole_and_never_shown() {
        let loaded = load(&[], &[("WARRAQ_AUTH_TOKENS", "0123456789abcdef, fedcba9876543210")]).unwrap();
        assert!(loaded.config.auth_tokens.accept("fedcba9876543210"));
        assert!(!loaded.config.auth_tokens.accept("fedcba987654321"));
        assert!(!loaded.config.auth_tokens.accept(""));
        assert!(!format!("{:?}", loaded.config).contains("fedcba"));
        assert!(loaded.entries().all(|(_, shown, _)| !shown.contains("fedcba")));
    }
}
