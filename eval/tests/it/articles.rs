//! What is reached on annotated articles; a change may raise these figures and not lower them.

use std::path::{Path, PathBuf};

use warraq_core::entities::EntityType;
use warraq_core::{Document, Knowledge};
use warraq_eval::disturb::Disturbance;
use warraq_eval::gold::{Mention, is_country_code};
use warraq_eval::markup;
use warraq_eval::report::report;
use warraq_eval::run::Run;
use warraq_eval::score::{Figure, Given, Layer, Scores, Setting};
use warraq_eval::swap::{Lists, Swap, Swapper};

use crate::{articles, folder, shared};

fn knowledge() -> Knowledge {
    warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"))
}

/// The figures of articles together; what is behind them is printed.
fn scores(paths: &[PathBuf]) -> Scores {
    let (knowledge, setting) = (knowledge(), Setting::default());
    let mut run = Run::new(&knowledge, &setting, None);
    for path in paths {
        run.add(path).unwrap_or_else(|error| panic!("{error}"));
    }
    let group = run.finish().remove("articles").unwrap_or_default();
    assert_eq!(group.files, paths.len());
    for located in &group.differences {
        let difference = &located.difference;
        let surface = difference.span.map(|span| span.of(&located.text)).unwrap_or_default();
        let (layer, cause) = (difference.layer.name(), difference.cause.name());
        println!("{}: {layer} {} {cause}: {surface} {:?}", located.file, difference.kind, difference.found);
    }
    group.scores
}

/// Fails where a layer's F1 is below its floor.
fn check(scores: &Scores, floors: &[(Layer, f64)]) {
    for (layer, floor) in floors {
        let figure = scores.whole(*layer);
        println!("{}: {figure:?}", layer.name());
        assert!(figure.gold > 0 && figure.f1() >= *floor, "{} {:.3}", layer.name(), figure.f1());
    }
}

#[test]
fn articles_written_blind_keep_their_figures() {
    let paths = articles(&folder("tests/data/blind"), "");
    assert_eq!(paths.len(), 14);
    let scores = scores(&paths);
    check(
        &scores,
        &[
            (Layer::Blocks, 1.0),
            (Layer::Sentences, 1.0),
            (Layer::Datelines, 1.0),
            (Layer::Quotations, 0.98),
            (Layer::Title, 1.0),
            (Layer::Place, 1.0),
            (Layer::Source, 1.0),
        ],
    );
    for (kind, precision, recall) in [("LOC", 0.96, 0.94), ("NAT", 0.98, 0.87)] {
        let figure = scores.kind(Layer::Mentions, kind);
        assert!(figure.precision() >= precision && figure.recall() >= recall, "{kind}: {figure:?}");
    }
}

#[test]
fn our_own_samples_are_read_whole() {
    let scores = scores(&articles(&folder("samples"), ""));
    let layers = [Layer::Blocks, Layer::Sentences, Layer::Datelines, Layer::Quotations];
    check(&scores, &layers.map(|layer| (layer, 1.0)));
    no_wrong_metadata(&scores);
}

#[test]
fn the_proving_article_is_read_whole() {
    let Some(shared) = shared() else { return };
    let scores = scores(&articles(&shared.join("gold"), "seed"));
    assert_eq!(scores.whole(Layer::Blocks), Figure::all(22), "blocks");
    assert_eq!(scores.whole(Layer::Sentences), Figure::all(26), "sentences");
    assert_eq!(scores.whole(Layer::Datelines), Figure::all(1), "datelines");
    assert_eq!(scores.whole(Layer::Quotations), Figure::all(17), "quotations");
    no_wrong_metadata(&scores);
}

#[test]
fn the_other_articles_keep_their_figures() {
    let Some(shared) = shared() else { return };
    let scores = scores(&articles(&shared.join("gold"), "dev-"));
    let floors = [
        (Layer::Blocks, 0.97),
        (Layer::Sentences, 0.97),
        (Layer::Datelines, 0.95),
        (Layer::Quotations, 0.95),
    ];
    check(&scores, &floors);
    no_wrong_metadata(&scores);
}

/// What is found is not owed to knowing the very names of these articles.
#[test]
fn rare_listed_names_cost_less_than_eight_points() {
    let Some(shared) = shared() else { return };
    let lists = Lists::read(&folder("")).unwrap_or_else(|error| panic!("{error}"));
    let (swapper, knowledge, setting) = (Swapper::new(lists), knowledge(), Setting::default());
    let f1 = |swap: Option<u64>| {
        let mut run = Run::new(&knowledge, &setting, None);
        if let Some(seed) = swap {
            run = run.disturbed(Vec::new(), seed).swapped(Some((&swapper, Swap::Listed)));
        }
        for path in articles(&shared.join("gold"), "") {
            run.add(&path).unwrap_or_else(|error| panic!("{error}"));
        }
        let group = run.finish().remove("articles").unwrap_or_default();
        let kept = group.swapped.map_or(0, |count| count.whole().1);
        assert!(kept < 8, "{kept} names are as they were");
        group.scores.whole(Layer::Mentions).f1()
    };
    let mean = (1..=5).map(|seed| f1(Some(seed))).sum::<f64>() / 5.0;
    let clean = f1(None);
    println!("{clean:.3}, with rare listed names {mean:.3}");
    assert!(mean > clean - 0.08, "{clean:.3}, with rare listed names {mean:.3}");
}

/// What an article's title, place and source are is found.
fn no_wrong_metadata(scores: &Scores) {
    for layer in [Layer::Title, Layer::Place, Layer::Source] {
        assert!(scores.whole(layer).recall() >= 1.0, "{}", layer.name());
    }
}

#[test]
fn the_seed_articles_countries_nationalities_and_listed_cities_are_found() {
    let Some(shared) = shared() else { return };
    let path: &Path = &shared.join("gold/seed.markup");
    let article = markup::read(path).unwrap_or_else(|error| panic!("{error}"));
    let knowledge = knowledge();
    let document = Document::new(&article.text, &knowledge).unwrap_or_else(|error| panic!("{error}"));
    let found = |gold: &Mention| {
        document.entities().iter().find(|entity| {
            entity.kind == gold.kind && entity.mentions.iter().any(|mention| mention.span == gold.span)
        })
    };
    let mut missed = Vec::new();
    let mut checked = 0;
    for gold in &article.mentions {
        let has_code = is_country_code(&gold.id);
        let wanted = match gold.kind {
            EntityType::Nationality => true,
            EntityType::Location => has_code || knowledge.lexicon.is_place(gold.span.of(&article.text)),
            _ => false,
        };
        if !wanted {
            continue;
        }
        checked += 1;
        let problem = match found(gold) {
            None => "not found",
            Some(entity) if has_code && entity.knowledge.iso_3166.as_deref() != Some(&gold.id) => {
                "another country"
            }
            // Gold has no city's id to compare: only whether it is one. A region has none, but says what it is.
            Some(entity)
                if !has_code
                    && gold.kind == EntityType::Location
                    && entity.knowledge.geonames_id.is_none()
                    && entity.subtype.as_deref().is_none_or(|s| s == "country" || s == "city") =>
            {
                "neither city nor region"
            }
            Some(_) => continue,
        };
        missed.push(format!("{:?} {} at {:?}: {problem}", gold.kind, gold.id, gold.span));
    }
    // A reader that finds nothing would make the rest true.
    assert!(checked > 40, "only {checked} mentions were checked");
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_is_given_is_not_measured_and_later_stages_see_it() {
    let knowledge = knowledge();
    let mut settings = [Setting::default(), Setting::default()];
    settings[1].given = Given { blocks: true, mentions: true };
    let [alone, given] = settings.map(|setting| {
        let mut run = Run::new(&knowledge, &setting, None);
        for path in articles(&folder("tests/data/mentions/dev"), "") {
            run.add(&path).unwrap_or_else(|error| panic!("{error}"));
        }
        run.finish().remove("articles").unwrap_or_default().scores
    });
    for layer in [Layer::Blocks, Layer::Datelines, Layer::Mentions] {
        assert!(alone.layers().contains(&layer) && !given.layers().contains(&layer), "{}", layer.name());
    }
    // No mention is missed: what is left is in the joining.
    let (alone, given) = (alone.whole(Layer::Joining), given.whole(Layer::Joining));
    assert!(given.gold == alone.gold && given.recall() > alone.recall() && given.f1() > 0.8, "{given:?}");
}

#[test]
fn only_what_is_asked_for_is_measured() {
    let knowledge = knowledge();
    let setting = Setting {
        layers: [Layer::Mentions, Layer::Blocks].into(),
        types: [EntityType::Nationality].into(),
        ..Setting::default()
    };
    let mut run = Run::new(&knowledge, &setting, None);
    run.add(&folder("samples/sport-maghreb.markup")).unwrap_or_else(|error| panic!("{error}"));
    let scores = run.finish().remove("articles").unwrap_or_default().scores;
    assert_eq!(scores.layers(), setting.layers);
    assert_eq!(scores.kinds(Layer::Mentions).map(|(kind, _)| kind).collect::<Vec<_>>(), ["NAT"]);
}

#[test]
fn a_report_has_what_is_listed_clean_and_disturbed() {
    let list = r#"
        [[corpus]]
        name = "samples"
        files = ["samples"]
        disturbed = true
        [[corpus]]
        name = "dev"
        files = ["data/corpus/dev/187.markup"]
        [[corpus]]
        name = "dev, withheld"
        files = ["data/corpus/dev/187.markup"]
        withheld = true
        grouped = true
        [[corpus]]
        name = "elsewhere"
        files = ["nowhere"]
        shared = true
    "#;
    let (knowledge, root) = (knowledge(), folder(""));
    let (made, skipped) = report(list, &root, None, &knowledge).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(skipped, ["elsewhere"]);
    let page = made.to_markdown();
    let row = |head: &str| {
        page.lines().find(|line| line.starts_with(head)).unwrap_or_else(|| panic!("{head}: {page}"))
    };
    assert!(row("| **mentions** |").contains(" to "), "{page}");
    // Clean, with the mentions given, and each way disturbed.
    assert_eq!(row("| layer | clean").matches('|').count(), 4 + Disturbance::ALL.len(), "{page}");
    // Each figure with its interval, and a dash for mentions that are given.
    assert_eq!(row("| mentions |").matches('–').count(), 2 + Disturbance::ALL.len(), "{page}");
    assert_eq!(made.changes(&made, &skipped), warraq_eval::report::Changes::default());
    // A third of the lexicons' rows less: other figures. Groups are shown and not held.
    let (all, without) = page.split_once("### dev, withheld").expect("three corpora");
    let (_, all) = all.split_once("### dev").expect("three corpora");
    let mentions =
        |page: &str| page.lines().find(|line| line.starts_with("| **mentions**")).map(str::to_owned);
    assert!(mentions(all).is_some() && mentions(all) != mentions(without), "{page}");
    assert!(without.contains("F1 by genre") && !all.contains("F1 by genre"), "{page}");
    assert!(!made.to_toml().is_ok_and(|figures| figures.contains("grouped")));
    assert!(report(list, &root, Some(&root), &knowledge).is_err());
}
