//! The binary, as people and scripts call it.

#![allow(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const ARTICLE: &str = "ميناء جديد على الساحل\n\nأعلنت الهيئة بناء رصيف رابع. وقال المدير \"سنبدأ\".\n";

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warraq"));
    command.args(args).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("COLUMNS", "80");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WARRAQ_")) {
        command.env_remove(name);
    }
    command
}

fn run(args: &[&str], stdin: &[u8]) -> Output {
    let mut child = command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let stdin = stdin.to_vec();
    let writer = std::thread::spawn(move || {
        // A run that ends early does not read it all.
        let _ = pipe.write_all(&stdin);
    });
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the writer ends");
    output
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal ended it")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Each line of standard output as JSON.
fn objects(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("one object a line")).collect()
}

fn file(dir: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn json_is_one_object_a_document_in_the_order_of_the_files() {
    let dir = tempfile::tempdir().unwrap();
    let files: Vec<_> = (0..9).map(|i| file(&dir, &format!("{i}.txt"), format!("خبر رقم {i}"))).collect();
    let mut args = vec!["normalize", "--json"];
    args.extend(files.iter().map(String::as_str));
    let output = run(&args, b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let texts: Vec<_> = objects(&output).iter().map(|o| o["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(texts.len(), 9);
    assert!(texts.iter().enumerate().all(|(i, text)| text.ends_with(&i.to_string())), "{texts:?}");
    assert_eq!(objects(&output)[0]["offsetUnit"], "OFFSET_UNIT_UNICODE_CODE_POINT");
}

#[test]
fn a_file_that_fails_does_not_end_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let (good, empty) = (file(&dir, "good.txt", ARTICLE), file(&dir, "empty.txt", " \n"));
    let missing = dir.path().join("missing.txt");
    let output = run(&["segment", "--json", &empty, missing.to_str().unwrap(), &good], b"");
    assert_eq!(status(&output), 1);
    assert_eq!(objects(&output).len(), 1);
    let complaints = stderr(&output);
    let complaints: Vec<_> = complaints.lines().collect();
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert_eq!(
        complaints[0],
        format!("warraq: {empty}: INVALID_ARGUMENT: document.text: has no character but white space")
    );
    assert!(complaints[1].ends_with("missing.txt: No such file or directory"), "{complaints:?}");
}

#[test]
fn standard_input_is_read_with_a_dash_and_without() {
    for args in [&["metadata", "--json", "-"][..], &["metadata", "--json"]] {
        let output = run(args, ARTICLE.as_bytes());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(objects(&output)[0]["metadata"].is_object());
    }
}

#[test]
fn wrong_usage_exits_64_and_help_does_not() {
    for args in [
        &["segment", "--no-such-option", "-"][..],
        &["segment", "--layers", "lines", "-"],
        &["annotate", "--requests", "--language", "ar", "-"],
        &["normalize", "--addr", "nowhere", "-"],
        &["no-such-command"],
        &[],
    ] {
        let output = run(args, b"");
        assert_eq!(status(&output), 64, "{args:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{args:?}");
    }
    let help = run(&["annotate", "--help"], b"");
    assert_eq!(status(&help), 0);
    assert!(stdout(&help).contains("--requests") && !stdout(&help).contains("--max-batch-items"));
}

#[test]
fn a_bad_reference_date_names_the_field() {
    let output = run(&["entities", "--reference-date", "2024-02-30", "-"], ARTICLE.as_bytes());
    assert_eq!(status(&output), 1);
    let said = stderr(&output);
    assert!(said.starts_with("warraq: -: INVALID_ARGUMENT: document.reference_date: "), "{said}");
}

#[test]
fn other_encodings_are_named() {
    // "خبر" in windows-1256.
    let legacy = b"\xCE\xC8\xD1";
    let output = run(&["normalize", "--json"], legacy);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).starts_with("warraq: -: byte 0 is not UTF-8"), "{}", stderr(&output));
    assert!(stderr(&output).contains("--charset"));

    let output = run(&["normalize", "--json", "--charset", "windows-1256"], legacy);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(objects(&output)[0]["text"], "خبر");

    let output = run(&["normalize", "--json", "--charset", "no-such-charset"], legacy);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("document.charset"), "{}", stderr(&output));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let output = run(&["segment", "--json", "--layers", "blocks"], "\u{FEFF}خبر قصير".as_bytes());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(objects(&output)[0]["blocks"][0]["span"], serde_json::json!({"begin": 0, "end": 8}));
    let utf16: Vec<u8> = "\u{FEFF}خبر".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let output = run(&["normalize", "--json"], &utf16);
    assert_eq!(objects(&output)[0]["text"], "خبر");
}

#[test]
fn the_offset_unit_is_the_one_asked_for() {
    let end = |unit: &str| {
        let output = run(&["segment", "--json", "--offset-unit", unit], "خبر 😀 قصير".as_bytes());
        let object = objects(&output).remove(0);
        (object["offsetUnit"].as_str().unwrap().to_owned(), object["blocks"][0]["span"]["end"].clone())
    };
    assert_eq!(end("byte"), ("OFFSET_UNIT_UTF8_BYTE".to_owned(), 20.into()));
    assert_eq!(end("code-point"), ("OFFSET_UNIT_UNICODE_CODE_POINT".to_owned(), 10.into()));
    assert_eq!(end("utf16"), ("OFFSET_UNIT_UTF16_CODE_UNIT".to_owned(), 11.into()));
}

#[test]
fn annotate_switches_every_layer_on() {
    let output = run(&["annotate", "--json"], ARTICLE.as_bytes());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let object = objects(&output).remove(0);
    for part in ["normalization", "segmentation", "entities", "metadata"] {
        assert!(object[part].is_object(), "{part}");
    }
    for layer in ["blocks", "sentences", "tokens", "quotations"] {
        assert!(!object["segmentation"][layer].as_array().unwrap().is_empty(), "{layer}");
    }
}

#[test]
fn a_lexicon_file_adds_names() {
    let dir = tempfile::tempdir().unwrap();
    let names = file(&dir, "names.tsv", "الهيئة\torganization\tauthority\n");
    let output = run(&["entities", "--json", "--lexicon", &names], ARTICLE.as_bytes());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let entities = objects(&output).remove(0)["entities"].clone();
    assert!(entities.as_array().unwrap().iter().any(|entity| entity["id"] == "authority"), "{entities}");
    let request = format!("{{\"document\": {{\"text\": {ARTICLE:?}}}}}\n");
    let output = run(&["entities", "--requests", "--lexicon", &names], request.as_bytes());
    let entities = objects(&output).remove(0)["entities"].clone();
    assert!(entities.as_array().unwrap().iter().any(|entity| entity["id"] == "authority"), "{entities}");
    let args = ["entities", "--requests", "--addr", "127.0.0.1:1", "--lexicon", &names];
    assert_eq!(status(&run(&args, request.as_bytes())), 1);
    let bad = file(&dir, "bad.tsv", "الهيئة\n");
    let output = run(&["entities", "--lexicon", &bad], ARTICLE.as_bytes());
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("bad.tsv: line 1: "), "{}", stderr(&output));
}

#[test]
fn limits_come_from_the_environment_and_from_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let config = file(&dir, "warraq.toml", "max_text_bytes = 10\n");
    let article = file(&dir, "article.txt", ARTICLE);
    let over = |output: Output| {
        assert_eq!(status(&output), 1);
        assert!(stderr(&output).contains("the limit is 10"), "{}", stderr(&output));
    };
    over(run(&["normalize", "--config", &config, &article], b""));
    over(command(&["normalize", &article]).env("WARRAQ_MAX_TEXT_BYTES", "10").output().unwrap());
    let output = command(&["normalize", &article]).env("WARRAQ_MAX_TEXT_BYTES", "ten").output().unwrap();
    assert_eq!(status(&output), 64);
    assert!(stderr(&output).contains("max_text_bytes"), "{}", stderr(&output));
}

/// Good requests, bad ones, an empty line in the middle and one at the end.
fn requests() -> Vec<u8> {
    let mut lines = vec![
        r#"{"document": {"text": "خبر أول"}}"#.into(),
        r#"{"document": {"text": "خبر"}, "documnet": {}}"#.into(),
        r#"{"document": {"text": "  "}}"#.into(),
        String::new(),
        r#"{"document": {"text": "خبر ثان", "referenceDate": "2024-13-01"}}"#.into(),
        "not json".into(),
        r#"{"document": {"text": "خبر أخير"}, "offsetUnit": "OFFSET_UNIT_UTF8_BYTE"}"#.to_owned(),
    ];
    lines.push(String::new());
    lines.join("\n").into_bytes()
}

fn check_answers(answers: &[Value]) {
    assert_eq!(answers.len(), 7, "{answers:?}");
    assert_eq!(answers[0]["text"], "خبر أول");
    assert_eq!(answers[6]["text"], "خبر أخير");
    assert_eq!(answers[6]["offsetUnit"], "OFFSET_UNIT_UTF8_BYTE");
    let reason = |i: usize| {
        let error = &answers[i]["error"];
        assert_eq!(error["code"], 3, "{error}");
        let details = error["details"].as_array().unwrap();
        let info = details.iter().find(|d| d["@type"] == "type.googleapis.com/google.rpc.ErrorInfo").unwrap();
        info["reason"].as_str().unwrap().to_owned()
    };
    assert_eq!(reason(1), "UNDECODABLE_MESSAGE");
    assert_eq!(reason(2), "EMPTY_TEXT");
    assert_eq!(reason(3), "UNDECODABLE_MESSAGE");
    assert_eq!(reason(4), "INVALID_DATE");
    assert_eq!(reason(5), "UNDECODABLE_MESSAGE");
    let violation = &answers[4]["error"]["details"]
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["@type"] == "type.googleapis.com/google.rpc.BadRequest");
    assert_eq!(violation.unwrap()["fieldViolations"][0]["field"], "document.reference_date");
    assert!(answers[3]["error"]["message"].as_str().unwrap().contains("the line is empty"));
}

#[test]
fn each_request_line_has_one_answer_line() {
    let output = run(&["normalize", "--requests"], &requests());
    assert_eq!(status(&output), 1);
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
    check_answers(&objects(&output));
}

#[test]
fn good_request_lines_exit_0_and_keep_their_order() {
    let line = |i| format!("{{\"document\": {{\"text\": \"خبر رقم {i}\"}}}}");
    let lines = (0..500).map(line).collect::<Vec<_>>().join("\n");
    let output = run(&["normalize", "--requests", "-"], lines.as_bytes());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let answers = objects(&output);
    assert_eq!(answers.len(), 500);
    for (i, answer) in answers.iter().enumerate() {
        assert!(answer["text"].as_str().unwrap().ends_with(&format!(" {i}")), "{answer}");
    }
}

#[test]
fn whoever_waits_for_an_answer_before_the_next_request_gets_it() {
    let mut child = command(&["normalize", "--requests"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
    for i in 0..3 {
        writeln!(stdin, "{{\"document\": {{\"text\": \"خبر {i}\"}}}}").unwrap();
        let answer: Value = serde_json::from_str(&stdout.next().unwrap().unwrap()).unwrap();
        assert!(answer["text"].as_str().unwrap().ends_with(&i.to_string()));
    }
    drop(stdin);
    assert!(stdout.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = command(&["normalize", "--requests"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // Standard input stays open: the run has to end by the pipe alone.
    writeln!(stdin, "{{\"document\": {{\"text\": \"خبر\"}}}}").unwrap();
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    assert_eq!(status(&output), 0);
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
}

#[test]
fn people_get_the_same_page_each_time_and_colours_only_when_asked_for() {
    let plain = run(&["annotate"], ARTICLE.as_bytes());
    assert_eq!(status(&plain), 0, "{}", stderr(&plain));
    let page = stdout(&plain);
    assert!(!page.contains('\u{1B}'));
    for part in
        ["Metadata", "Structure", "Entities", "Normalised text", "\u{2068}ميناء جديد على الساحل\u{2069}"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(run(&["annotate"], ARTICLE.as_bytes()).stdout, plain.stdout);
    let coloured = run(&["annotate", "--color", "always"], ARTICLE.as_bytes());
    assert!(stdout(&coloured).contains("\u{1B}["));
    let never = run(&["--color=never", "annotate"], ARTICLE.as_bytes());
    assert_eq!(never.stdout, plain.stdout);
}

/// A server on a free port, told to end when dropped.
struct Server {
    address: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    fn start() -> Self {
        let (say, address) = std::sync::mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let config = warraq::config::Config {
                    listen: "127.0.0.1:0".parse().unwrap(),
                    drain_grace_ms: std::time::Duration::ZERO,
                    ..warraq::config::Config::default()
                };
                let server = warraq::server::Server::bind(config).await.unwrap();
                say.send(server.address()).unwrap();
                let stop = async {
                    let _ = stopped.await;
                };
                server.serve(stop).await.unwrap();
            });
        });
        let server =
            Self { address: address.recv().unwrap().to_string(), stop: Some(stop), thread: Some(thread) };
        // Until it has read its data it says UNAVAILABLE.
        for _ in 0..200 {
            if status(&run(&["normalize", "--json", "--addr", &server.address], "خبر".as_bytes())) == 0 {
                return server;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the server does not answer");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[test]
fn a_server_gives_the_same_answers() {
    let server = Server::start();
    let remote = ["--addr", server.address.as_str()];
    for call in ["normalize", "segment", "entities", "metadata", "annotate"] {
        let here = run(&[call, "--json"], ARTICLE.as_bytes());
        let there = run(&[&[call, "--json"][..], &remote].concat(), ARTICLE.as_bytes());
        assert_eq!(status(&there), 0, "{call}: {}", stderr(&there));
        assert_eq!(stdout(&here), stdout(&there), "{call}");
    }
    let lines = run(&["normalize", "--requests", remote[0], remote[1]], &requests());
    assert_eq!(status(&lines), 1);
    check_answers(&objects(&lines));
    let bad = run(&["normalize", "--preset", "no_such_preset", remote[0], remote[1]], ARTICLE.as_bytes());
    assert_eq!(status(&bad), 1);
    assert!(stderr(&bad).starts_with("warraq: -: INVALID_ARGUMENT: preset: "), "{}", stderr(&bad));
}

#[test]
fn a_server_that_is_not_there_is_named_unavailable() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let output = run(&["normalize", "--addr", &format!("127.0.0.1:{port}")], ARTICLE.as_bytes());
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).starts_with("warraq: -: UNAVAILABLE: "), "{}", stderr(&output));
    assert!(stderr(&output).contains("refused"), "{}", stderr(&output));
}

#[test]
fn the_samples_are_answered() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files: Vec<_> = std::fs::read_dir(samples)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    assert_eq!(files.len(), 3);
    let args: Vec<_> = ["annotate"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let output = run(&args, b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let page = stdout(&output);
    assert!(files.iter().all(|file| page.contains(file.rsplit('/').next().unwrap())), "{page}");
}

#[test]
fn eval_measures_articles_and_corpora() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let samples = samples.to_str().unwrap();
    let page = run(&["eval", "--layers=blocks,mentions", samples], b"");
    assert_eq!(status(&page), 0, "{}", stderr(&page));
    let page = stdout(&page);
    for expected in ["articles · 3 files", "blocks", "mentions", "economy-gulf.ar.txt", "F1"] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    assert!(!page.contains("sentences"), "{page}");

    let dir = TempDir::new().unwrap();
    let corpus =
        file(&dir, "anercorp.own.conll", "وصل O\nسالم B-PERS\nالمنصوري I-PERS\nإلى O\nبيروت B-LOC\nأمس O\n");
    let output = run(&["eval", "--json", "--errors", &corpus], b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let answer: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let group = &answer["groups"][0];
    assert_eq!(group["name"], "corpora in the scheme anercorp");
    let row =
        |kind: &str| group["scores"].as_array().unwrap().iter().find(|row| row["kind"] == kind).unwrap();
    assert_eq!((&row("LOC")["gold"], &row("LOC")["f1"]), (&1.into(), &1.0.into()));
    assert_eq!(row("PERS")["gold"], 1);
}

#[test]
fn eval_names_what_it_cannot_measure_and_goes_on() {
    let dir = TempDir::new().unwrap();
    let good = file(&dir, "a.markup", "title\tخبر من [[LOC LB|بيروت]]\n");
    let bad = file(&dir, "b.markup", "title\tخبر\nbody\tخبر\n");
    let unknown = file(&dir, "c.conll", "زار O\n");
    let output = run(&["eval", &good, &bad, &unknown], b"");
    assert_eq!(status(&output), 1);
    assert!(stdout(&output).contains("articles · 1 file"), "{}", stdout(&output));
    assert!(
        stderr(&output).contains("b.markup, line 2: \"body\" is no kind of block"),
        "{}",
        stderr(&output)
    );
    assert!(stderr(&output).contains("c.conll: no scheme is known"), "{}", stderr(&output));
    for wrong in ["--layers=lines", "--types=TOWN", "--scheme=none", "--given=all"] {
        assert_eq!(status(&run(&["eval", wrong, &good], b"")), 64, "{wrong}");
    }
    assert_eq!(status(&run(&["eval"], b"")), 64);
}

#[test]
fn corpus_check_tells_where_an_article_breaks_the_guidelines() {
    let dir = TempDir::new().unwrap();
    let head = "# invented: true\n# brief: 001\n# genre: crime\n# style: suna\n# country: SD\n# spelling: full\n# ref: 2018-07-07\n";
    file(&dir, "001.links.tsv", "subject\trelation\tobject\n");
    let article =
        file(&dir, "001.markup", format!("{head}paragraph\tعاد [[PER a|سامر]] إلى [[LOC SY|سوريا]].\n"));
    let clean = run(&["corpus", "check", &article], b"");
    assert_eq!((status(&clean), stdout(&clean), stderr(&clean)), (0, String::new(), String::new()));
    file(&dir, "001.markup", format!("{head}paragraph\tعاد [[PER a|سامر]] ثم سافر سامر.\n"));
    let broken = run(&["corpus", "check", &article], b"");
    let line =
        format!("{article}:8: `سامر` is not annotated here; in line 8 it is PER `سامر`, id a (untagged)\n");
    assert_eq!((status(&broken), stdout(&broken)), (1, line));
    file(&dir, "001.markup", format!("{head}paragraph\tلعب [[ORG c|الشارقة]] في [[LOC s|الشارقة]].\n"));
    let warned = run(&["corpus", "check", &article], b"");
    assert!(
        status(&warned) == 0 && stdout(&warned).contains(":8: warning: `الشارقة` is LOC s here"),
        "{warned:?}"
    );
    let missing = run(&["corpus", "check", "no/such.markup"], b"");
    assert!(status(&missing) == 1 && stderr(&missing).contains("no/such.markup"), "{missing:?}");
    assert_eq!(status(&run(&["corpus"], b"")), 64);
}

#[test]
fn licenses_name_the_sources_of_the_data() {
    let output = run(&["licenses"], b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let table = String::from_utf8(output.stdout).unwrap();
    for part in ["GeoNames", "CC-BY-4.0", "Unicode-3.0", "CC-BY-SA-4.0"] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let notice = String::from_utf8(run(&["licenses", "--notice"], b"").stdout).unwrap();
    assert!(notice.contains("Creative Commons Attribution"), "{notice}");
    let json: serde_json::Value = serde_json::from_slice(&run(&["licenses", "--json"], b"").stdout).unwrap();
    assert!(json["source"].as_array().is_some_and(|sources| sources.len() > 20));
}

#[test]
fn train_says_what_it_wants() {
    let output = run(&["train"], b"");
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("WARRAQ_SHARED is not set"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    let elsewhere = TempDir::new().unwrap();
    let output = command(&["train", "--check"]).current_dir(elsewhere.path()).output().unwrap();
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("this wants to run in the repository"), "{}", stderr(&output));
}

#[test]
fn eval_gives_articles_other_names() {
    let article = "samples/economy-gulf.markup";
    for swap in ["listed", "unlisted"] {
        let output = run(&["eval", "--swap", swap, "--json", article], b"");
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let swapped = &answer["groups"][0]["swapped"];
        let [names, kept] = ["names", "kept"].map(|key| swapped[key].as_u64().unwrap_or_default());
        assert!(names > kept, "{swap}: {swapped}");
    }
    assert_eq!(status(&run(&["eval", "--swap", "some", article], b"")), 64);
}

#[test]
fn eval_withholds_what_is_held_out() {
    let dir = TempDir::new().unwrap();
    // Most names are learned; of one that sounds like no Arabic word only the lists know.
    let title = "title\tمعرض عن [[LOC a|ثوا ثن هوي]]\n";
    let article = file(&dir, "a.markup", title);
    file(&dir, "a.links.tsv", "subject\trelation\tobject\n");
    let missed = |options: &[&str]| {
        let folder = dir.path().to_str().unwrap();
        let asked = ["eval", "--layers=mentions", "--json", "--errors"];
        let output = run(&[&asked, options, &[folder]].concat(), b"");
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let differences = answer["groups"][0]["differences"].as_array().unwrap().clone();
        differences.iter().map(|it| it["text"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert!(missed(&[]).is_empty());
    // What was learned may take a part of it for a name, which is another difference.
    assert!(missed(&["--withhold"]).contains(&"ثوا ثن هوي".to_owned()));
    assert_eq!(status(&run(&["eval", "--withhold", "--check"], b"")), 64);
    assert_eq!(status(&run(&["eval", "--withhold", &article], b"")), 0);
}

#[test]
fn html_by_its_name_or_by_option() {
    let dir = TempDir::new().unwrap();
    let html = "<title>لا</title><h1>ميناء &quot;جديد&quot;</h1>\r\n<p>أعلنت <b>ال</b>هيئة بناء رصيف.</p>";
    let (page, text) = (file(&dir, "a.HTML", html), file(&dir, "a.txt", html));
    let blocks = |args: &[&str]| {
        let output = run(&[&["segment", "--json", "--layers=blocks"], args].concat(), html.as_bytes());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let spans = answer["blocks"].as_array().unwrap().iter().map(|block| block["span"].clone());
        spans.map(|span| (span["begin"].as_u64().unwrap(), span["end"].as_u64().unwrap())).collect::<Vec<_>>()
    };
    let before = |words: &str| html.split_once(words).unwrap().0.chars().count() as u64;
    let of_page = [(before("ميناء"), before("</h1>")), (before("أعلنت"), before("</p>"))];
    assert_eq!(blocks(&[&page]), of_page);
    assert_eq!(blocks(&["--format=html", &text]), of_page);
    assert_eq!(blocks(&["--format=html"]), of_page);
    assert_ne!(blocks(&[&text]), of_page);
    assert_ne!(blocks(&["--format=text", &page]), of_page);
    // People see the text, not the tags.
    let shown = stdout(&run(&["segment", &page], b""));
    assert!(shown.contains("أعلنت الهيئة بناء") && !shown.contains("<b>"), "{shown}");
    assert_eq!(status(&run(&["segment", "--format=pdf", &page], b"")), 64);
}

#[test]
fn eval_disturbs() {
    let article = "samples/economy-gulf.markup";
    let output = run(&["eval", "--disturb", "nohamza,oneline", "--seed", "3", "--json", article], b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    // A page is as easy to read as its text: the places of all that is found are those in the page.
    let plain = run(&["eval", "--json", article], b"");
    let page = run(&["eval", "--disturb", "html", "--json", article], b"");
    assert_eq!((status(&plain), status(&page)), (0, 0), "{}", stderr(&page));
    assert_eq!(
        serde_json::from_slice::<Value>(&page.stdout).unwrap(),
        serde_json::from_slice::<Value>(&plain.stdout).unwrap()
    );
    assert_eq!(status(&run(&["eval", "--disturb", "rain", article], b"")), 64);
}
