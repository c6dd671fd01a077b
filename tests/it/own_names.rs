//! The server's own file of names: found in every text, read again when it changes.

use std::path::Path;
use std::time::Instant;

use tonic::transport::Channel;
use warraq::proto::v1::text_processing_client::TextProcessingClient;
use warraq::proto::v1::{EntityType, ExtractEntitiesRequest, LexiconEntry};

use crate::support::{PATIENCE, Running, config, document};

const TEXT: &str = "زار الوفد مركز سندلور ثم عاد إلى نبعلان.";

/// Name and id of what is found and has an id of its own.
async fn found(client: &mut TextProcessingClient<Channel>, lexicon: Vec<LexiconEntry>) -> Vec<String> {
    let request = ExtractEntitiesRequest {
        document: Some(document(TEXT)),
        lexicon,
        ..ExtractEntitiesRequest::default()
    };
    let answer = client.extract_entities(request).await.expect("an answer").into_inner();
    answer.entities.into_iter().map(|entity| entity.id).filter(|id| id.starts_with("own-")).collect()
}

async fn until_found(client: &mut TextProcessingClient<Channel>, ids: &[&str]) {
    let begin = Instant::now();
    loop {
        let found = found(client, Vec::new()).await;
        if found == ids {
            return;
        }
        assert!(begin.elapsed() < PATIENCE, "{found:?}, not {ids:?}");
        tokio::task::yield_now().await;
    }
}

/// As configuration is replaced where it is mounted: by a rename.
fn replace(file: &Path, content: &str) {
    let new = file.with_extension("new");
    std::fs::write(&new, content).expect("written");
    std::fs::rename(&new, file).expect("renamed");
}

#[tokio::test]
async fn the_file_is_read_again_and_a_wrong_one_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("names.tsv");
    replace(&file, "مركز سندلور\torganization\town-centre\n");
    let path = file.display().to_string();
    let server = Running::start(&[("lexicon", &path), ("lexicon_check_ms", "5")]).await;
    let mut client = server.client().await;
    until_found(&mut client, &["own-centre"]).await;

    replace(&file, "# more\nمركز سندلور\torganization\town-centre\nنبعلان\tlocation\town-town\n");
    until_found(&mut client, &["own-centre", "own-town"]).await;

    // A request's rows go before the file's.
    let kind = EntityType::Organization.into();
    let row =
        LexiconEntry { name: "مركز سندلور".to_owned(), r#type: kind, id: "own-row".to_owned() };
    assert_eq!(found(&mut client, vec![row]).await, ["own-row", "own-town"]);

    replace(&file, "مركز سندلور\tno such type\n");
    // The wrong file has been looked at by the time that the one after it is in force.
    assert_eq!(found(&mut client, Vec::new()).await, ["own-centre", "own-town"]);
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(found(&mut client, Vec::new()).await, ["own-centre", "own-town"]);
    replace(&file, "نبعلان\tlocation\town-town\n");
    until_found(&mut client, &["own-town"]).await;
    server.stop().await;
}

#[tokio::test]
async fn a_wrong_file_keeps_the_server_from_starting_and_is_named_without_its_content() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("names.tsv");
    std::fs::write(&file, "# names\nسندلور\n").expect("written");
    let path = file.display().to_string();
    let server = warraq::server::Server::bind(config(&[("lexicon", &path)])).await.expect("a free port");
    let error = server.serve(std::future::pending()).await.expect_err("no such file of names").to_string();
    assert!(error.contains(&path) && error.contains("line 2: has no type"), "{error}");
    assert!(!error.contains("سندلور"), "{error}");
    let missing =
        warraq::server::Server::bind(config(&[("lexicon", "no/such.tsv")])).await.expect("a free port");
    assert!(missing.serve(std::future::pending()).await.is_err());
}
