//! B³: how well mentions are joined into entities.
//!
//! For each gold mention `m` of an entity with two mentions or more (keyed by type and id within the document),
//! let `G(m)` be the gold mentions of its entity and `S(m)` the mentions of the entity to which the program gives
//! the mention with exactly that span and type. Then
//!
//! - recall of `m` is `|G(m) ∩ S(m)| / |G(m)|`,
//! - precision of `m` is `|G(m) ∩ S(m)| / |S(m)|`,
//!
//! and both are zero where the program has no such mention. Each is averaged over all such gold mentions: those of
//! several documents in one average, so that a long document counts for more than a short one.
//!
//! So a missed mention counts zero, a spurious mention counts against the precision of the entity that it is joined
//! to (it makes `S(m)` larger), and so does a mention of an entity that gold has only once. A spurious entity that
//! holds no such gold mention changes nothing: the score of mentions counts it.

use std::collections::BTreeMap;

use crate::score::Figure;

/// The B³ of one document. `gold` and `given` say of each mention to which entity it belongs.
pub fn bcubed<M: Ord, G: Ord, S: Ord>(gold: &[(M, G)], given: &[(M, S)]) -> Figure {
    let gold_entities = entities(gold);
    let given_entities = entities(given);
    let entity_of: BTreeMap<&M, &S> = given.iter().map(|(mention, entity)| (mention, entity)).collect();
    let mut figure = Figure::default();
    for mentions in gold_entities.values().filter(|mentions| mentions.len() > 1) {
        figure.gold += mentions.len();
        figure.given += mentions.len();
        for mention in mentions {
            let Some(joined) = entity_of.get(mention).and_then(|entity| given_entities.get(entity)) else {
                continue;
            };
            let both = ratio(joined.iter().filter(|other| mentions.contains(other)).count(), 1);
            figure.found += both / ratio(mentions.len(), 1);
            figure.right += both / ratio(joined.len(), 1);
        }
    }
    figure
}

fn entities<M: Ord, E: Ord>(mentions: &[(M, E)]) -> BTreeMap<&E, Vec<&M>> {
    let mut entities: BTreeMap<&E, Vec<&M>> = BTreeMap::new();
    for (mention, entity) in mentions {
        let known = entities.entry(entity).or_default();
        if !known.contains(&mention) {
            known.push(mention);
        }
    }
    entities
}

/// `part` of `whole`; counts of mentions are far below what an `f64` holds exactly.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn joined_as_gold_joins_is_all_right() {
        let gold = [(1, 'a'), (2, 'a'), (3, 'b'), (4, 'b'), (5, 'b')];
        let given = [(1, 7), (2, 7), (3, 8), (4, 8), (5, 8)];
        assert_eq!(bcubed(&gold, &given), Figure::all(5));
    }

    #[test]
    fn a_missed_mention_counts_zero() {
        // a: {1, 2, 3}, 3 missed. Recall (2/3 + 2/3 + 0) / 3 = 4/9, precision (1 + 1 + 0) / 3.
        let figure = bcubed(&[(1, 'a'), (2, 'a'), (3, 'a')], &[(1, 0), (2, 0)]);
        assert!(close(figure.recall(), 4.0 / 9.0) && close(figure.precision(), 2.0 / 3.0), "{figure:?}");
    }

    #[test]
    fn a_spurious_mention_counts_against_precision() {
        // 9 is no gold mention. Precision 2/3 for both, recall 1.
        let figure = bcubed(&[(1, 'a'), (2, 'a')], &[(1, 0), (2, 0), (9, 0)]);
        assert!(close(figure.recall(), 1.0) && close(figure.precision(), 2.0 / 3.0), "{figure:?}");
    }

    #[test]
    fn an_entity_in_two_parts_loses_recall_and_two_in_one_lose_precision() {
        // Parts {1, 2} and {3}: recall (2/3 + 2/3 + 1/3) / 3 = 5/9.
        let figure = bcubed(&[(1, 'a'), (2, 'a'), (3, 'a')], &[(1, 0), (2, 0), (3, 1)]);
        assert!(close(figure.recall(), 5.0 / 9.0) && close(figure.precision(), 1.0), "{figure:?}");
        // a {1, 2} and b {3, 4} in one: precision 2/4 for each of the four.
        let figure = bcubed(&[(1, 'a'), (2, 'a'), (3, 'b'), (4, 'b')], &[(1, 0), (2, 0), (3, 0), (4, 0)]);
        assert!(close(figure.recall(), 1.0) && close(figure.precision(), 0.5), "{figure:?}");
    }

    #[test]
    fn an_entity_with_one_mention_counts_only_where_it_is_joined() {
        let gold = [(1, 'a'), (2, 'a'), (3, 'b')];
        assert_eq!(bcubed(&gold, &[(1, 0), (2, 0), (3, 1)]), Figure::all(2));
        let figure = bcubed(&gold, &[(1, 0), (2, 0), (3, 0)]);
        assert!(close(figure.precision(), 2.0 / 3.0) && figure.gold == 2, "{figure:?}");
        assert_eq!(bcubed(&[(3, 'b')], &[(3, 0), (4, 0)]), Figure::default());
    }

    #[test]
    fn documents_are_averaged_over_mentions() {
        let whole = bcubed(&[(1, 'a'), (2, 'a'), (3, 'a'), (4, 'a')], &[(1, 0), (2, 0), (3, 0), (4, 0)]);
        let nothing = bcubed::<_, _, i32>(&[(1, 'a'), (2, 'a')], &[]);
        assert!(close(whole.plus(nothing).f1(), 2.0 / 3.0));
    }
}
