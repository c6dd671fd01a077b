//! On texts so few that learning takes a moment. All are invented.

use std::fs;

use warraq_core::Document;
use warraq_core::entities::{Entity, EntityType};

use super::*;
use crate::markup;

const TEXTS: [&str; 6] = [
    "paragraph\tقال [[PER a|زغفان مردوش]] إن الموسم بدأ // وسافر [[PER a|زغفان مردوش]] إلى [[LOC b|درغامة]]\n",
    "paragraph\tقال [[PER a|بخشان طرفوش]] إن السوق هادئة // وعاد [[PER a|طرفوش]] من [[LOC b|درغامة]] أمس\n",
    "paragraph\tالتقى [[PER a|شرمان قندوش]] وفدا // وقال [[PER a|قندوش]] إن اللقاء مثمر\n",
    "paragraph\tوصل [[PER a|زغفان قندوش]] إلى [[LOC b|كسرينة]] // وقال [[PER a|قندوش]] إنه متعب\n",
    "paragraph\tقال [[PER a|شرمان مردوش]] إن الثلج كثيف // وغادر [[PER a|مردوش]] [[LOC b|كسرينة]]\n",
    "paragraph\tسافر [[PER a|بخشان مردوش]] إلى [[LOC b|كسرينة]] // وقال [[PER a|مردوش]] إن الطريق طويلة\n",
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn settings() -> Settings {
    let mut settings = Settings::read(root()).unwrap_or_else(|error| panic!("{error}"));
    (settings.epochs, settings.fold_epochs, settings.folds) = (40, 20, 2);
    (settings.least, settings.least_evidence, settings.clusters.least) = (1, 1, 1);
    settings.rate = 0.01;
    settings
}

/// The tagger that the texts give.
fn learned(settings: &Settings, knowledge: &Knowledge) -> Tagger {
    let articles: Vec<Article> = TEXTS
        .iter()
        .map(|text| markup::parse("ours", text).unwrap_or_else(|error| panic!("{error}")))
        .collect();
    let texts: Vec<String> = articles.iter().map(|article| clusters::folded(&article.text)).collect();
    let classes = clusters::clusters(&texts, &settings.clusters, settings.seed, &|_| ());
    let examples: Vec<Example> = articles
        .iter()
        .enumerate()
        .map(|(source, article)| {
            Example::of_article(article, knowledge, &classes, source)
                .unwrap_or_else(|error| panic!("{error}"))
        })
        .collect();
    learn(&examples, classes, settings, &|_| ()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_same_texts_and_settings_give_the_same_bytes() {
    let knowledge = Knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let mut settings = settings();
    let bytes = learned(&settings, &knowledge).to_bytes();
    assert!(learned(&settings, &knowledge).to_bytes() == bytes, "learned twice");
    settings.seed += 1;
    assert!(learned(&settings, &knowledge).to_bytes() != bytes, "learned with another seed");
}

#[test]
fn articles_behind_the_last_are_not_learned_from() {
    let count = |last| own::to_learn_from(root(), last).unwrap_or_else(|error| panic!("{error}")).len();
    // The train part ends with 160; of those beside it the first is 241.
    assert_eq!([count(0), count(160), count(240), count(242)], [0, 160, 160, 162]);
}

#[test]
fn a_tagger_read_again_gives_the_same_names() {
    let mut knowledge = Knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let tagger = learned(&settings(), &knowledge);
    let again = Tagger::from_bytes(&tagger.to_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let text = "قال شرمان طرفوش إن الموسم هادئ. وسافر طرفوش إلى كسرينة أمس";
    let mut names = |tagger: Option<Tagger>| -> Vec<Entity> {
        knowledge.tagger = tagger;
        let document = Document::new(text, &knowledge).unwrap_or_else(|error| panic!("{error}"));
        document.entities().to_vec()
    };
    let by_rule = names(None);
    let first = names(Some(tagger));
    let person = first.iter().find(|entity| entity.kind == EntityType::Person);
    assert!(person.is_some_and(|person| person.mentions.iter().all(|m| m.confidence.is_some())), "{first:?}");
    assert_ne!(first, by_rule);
    assert_eq!(names(Some(again)), first);
}

/// Corpora whose licences do not allow it, or do not say so: nothing may be learned from them.
const NOT: [&str; 3] = ["antcorpus", "padt", "talaa"];

#[test]
fn what_is_learned_from_is_credited_and_allowed() {
    let read =
        |file: &str| fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let sources: toml::Table =
        toml::from_str(&read("data/SOURCES.toml")).unwrap_or_else(|error| panic!("{error}"));
    let rows = |key: &str| sources.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let says = |row: &toml::Value, key: &str| {
        row.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    let mut told = Vec::new();
    // Each file is pinned, and the entry of the weights names it.
    let is_of_model = |row: &toml::Value| {
        let files = row.get("files").and_then(toml::Value::as_array);
        files.is_some_and(|files| files.iter().any(|file| file.as_str() == Some("models/tagger.bin")))
    };
    let model =
        rows("own").into_iter().find(is_of_model).unwrap_or_else(|| panic!("no entry of the weights"));
    let settings = Settings::read(root()).unwrap_or_else(|error| panic!("{error}"));
    for file in settings.clusters.texts.iter().chain(&settings.corpora).map(String::as_str) {
        let pinned =
            rows("source").into_iter().find(|row| file.strip_prefix("data/") == Some(&says(row, "file")));
        let pinned = pinned.unwrap_or_else(|| panic!("{file} is not pinned"));
        assert!(says(&model, "source").contains(&says(&pinned, "package")), "{file} is not credited");
        told.push((file.to_owned(), format!("{file} {pinned}")));
    }
    told.push(("the entry of the weights".to_owned(), model.to_string()));
    // What each card says that was learned from.
    let models = fs::read_dir(root().join("data/models")).unwrap_or_else(|error| panic!("{error}"));
    let files = models.map(|file| file.unwrap_or_else(|error| panic!("{error}")).path());
    let cards: Vec<_> = files.filter(|file| file.extension().is_some_and(|kind| kind == "md")).collect();
    assert!(!cards.is_empty(), "no card");
    for card in cards {
        let text = fs::read_to_string(&card).unwrap_or_else(|error| panic!("{error}"));
        let section = text.split("\n## ").find(|section| section.starts_with("Learned from\n"));
        let section = section.unwrap_or_else(|| panic!("{}: no section `Learned from`", card.display()));
        told.push((card.display().to_string(), section.to_owned()));
    }
    for (place, text) in told {
        let text = text.to_lowercase();
        for name in NOT {
            assert!(!text.contains(name), "{place}: {name}");
        }
    }
}
