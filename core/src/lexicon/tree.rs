//! Names as a tree of their words and signs, each node found by the hash of all that leads to it: a word that begins no
//! name costs one look-up, and of many the memory is waited for once.

use serde::{Deserialize, Serialize};

use super::word_length;
use crate::slots::{Slot, Slots};

/// The names of a lexicon.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// By a half of their hashes, where the nodes stand.
    places: Slots,
    nodes: Vec<Node>,
}

/// What has been read of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Node {
    hash: Hash,
    /// The name that ends here; [`NONE`] where none does.
    name: u32,
    /// Whether longer ones go on.
    goes_on: bool,
}

/// More than there are names.
const NONE: u32 = u32::MAX;

/// Of words and signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Hash(u64);

impl Hash {
    const NOTHING: Self = Self(0x9E37_79B9_7F4A_7C15);

    /// Of a word that names begin with.
    pub(super) fn of_word(letters: &str) -> Self {
        Self::NOTHING.with_word(letters)
    }

    /// Of a sign that names begin with.
    pub(super) fn of_sign(sign: char) -> Self {
        Self::NOTHING.with_sign(sign)
    }

    fn with(self, number: u64) -> Self {
        // As in `MurmurHash3`: what is high tells more, and comes down.
        let mixed = (self.0 ^ number).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        Self(mixed ^ (mixed >> 32))
    }

    /// These letters more.
    fn with_word(self, letters: &str) -> Self {
        let bytes = letters.as_bytes();
        let (eights, rest) = bytes.as_chunks::<8>();
        let hash = eights.iter().fold(self, |hash, bytes| hash.with(u64::from_le_bytes(*bytes)));
        // With some of those before, where there are as many, the rest is read at once.
        let rest = match (bytes.last_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(last), ..) => u64::from_le_bytes(*last),
            (None, Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
            _ => rest.iter().fold(0, |rest, &byte| (rest << 8) | u64::from(byte)),
        };
        hash.with(rest).with(letters.len() as u64)
    }

    fn with_sign(self, sign: char) -> Self {
        let sign = if is_blank(sign) { ' ' } else { sign };
        self.with(u64::from(u32::from(sign)) << 32)
    }

    /// By what it is looked for.
    #[allow(clippy::cast_possible_truncation)]
    fn key(self) -> u32 {
        (self.0 >> 16) as u32 | 1
    }
}

/// Names that a line end divides are names; what a block end divides is the next stage's to see.
pub(super) fn is_blank(sign: char) -> bool {
    matches!(sign, ' ' | '\n' | '\r' | '\t')
}

/// One word or sign more, with the rest; a blank goes with the word behind it.
fn step(hash: Hash, text: &str) -> Option<(Hash, &str)> {
    let behind = text.strip_prefix(is_blank);
    let hash = if behind.is_some() { hash.with_sign(' ') } else { hash };
    let from = behind.unwrap_or(text);
    let (word, rest) = from.split_at_checked(word_length(from))?;
    if !word.is_empty() {
        Some((hash.with_word(word), rest))
    } else if behind.is_some() {
        Some((hash, from))
    } else {
        let sign = from.chars().next()?;
        Some((hash.with_sign(sign), from.get(sign.len_utf8()..)?))
    }
}

/// Two texts of which names consist cannot be told apart.
#[derive(Debug)]
pub(super) struct SameHash(pub(super) String, pub(super) String);

impl Tree {
    /// Of names, none empty or twice, with their numbers.
    ///
    /// # Errors
    /// Where two have the same hash.
    pub(super) fn new<'n>(names: impl IntoIterator<Item = (&'n str, u32)>) -> Result<Self, SameHash> {
        let mut nodes: Vec<(Node, &str)> = Vec::new();
        for (name, number) in names {
            let (mut hash, mut rest) = (Hash::NOTHING, name);
            while let Some((next, left)) = step(hash, rest) {
                (hash, rest) = (next, left);
                let read = name.get(..name.len() - rest.len()).unwrap_or_default();
                let is_whole = rest.is_empty();
                let name = if is_whole { number } else { NONE };
                nodes.push((Node { hash, name, goes_on: !is_whole }, read));
            }
        }
        nodes.sort_unstable_by_key(|(node, read)| (node.hash, *read));
        nodes.dedup_by(|next, kept| {
            let is_same = next.0.hash == kept.0.hash && next.1 == kept.1;
            if is_same {
                kept.0.name = kept.0.name.min(next.0.name);
                kept.0.goes_on |= next.0.goes_on;
            }
            is_same
        });
        let mut neighbours = nodes.iter().zip(nodes.iter().skip(1));
        if let Some((one, other)) = neighbours.find(|(one, other)| one.0.hash == other.0.hash) {
            return Err(SameHash(one.1.to_owned(), other.1.to_owned()));
        }
        Ok(Self::of(nodes.into_iter().map(|(node, _)| node).collect()))
    }

    /// Of the nodes that [`Self::nodes`] gave.
    pub(super) fn of(nodes: Vec<Node>) -> Self {
        let mut places = Slots::with_room(nodes.len());
        for (node, index) in nodes.iter().zip(0..) {
            places.insert(node.hash.key(), index);
        }
        Self { places, nodes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// What stands where the names would that begin with what has that hash.
    pub(super) fn first(&self, hash: Hash) -> Slot {
        self.places.first(hash.key())
    }

    /// The names that `text` begins with, shortest first, each with its length in bytes: `first` is the node of its
    /// first `length` bytes.
    pub(super) fn beginning<'t>(
        &'t self,
        text: &'t str,
        (first, length): (&'t Node, usize),
    ) -> impl Iterator<Item = (u32, usize)> + 't {
        let begun = Some(first).zip(text.get(length..));
        let nodes = std::iter::successors(begun, |(node, rest)| {
            let (hash, rest) = if node.goes_on { step(node.hash, rest)? } else { return None };
            Some((self.node(hash, self.first(hash))?, rest))
        });
        let ended = nodes.filter(|(node, _)| node.name != NONE);
        ended.map(|(node, rest)| (node.name, text.len() - rest.len()))
    }

    /// What has been read where that is of `hash`; `first` is what [`Self::first`] gave of it.
    pub(super) fn node(&self, hash: Hash, first: Slot) -> Option<&Node> {
        let is_it = |index: u32| self.nodes.get(index as usize).filter(|node| node.hash == hash);
        match first.key {
            0 => None,
            key if key == hash.key() => is_it(first.value).or_else(|| self.places.all(key).find_map(is_it)),
            _ => self.places.all(hash.key()).find_map(is_it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that `text` begins with.
    fn found<'t>(tree: &Tree, text: &'t str) -> Vec<(u32, &'t str)> {
        let Some((hash, rest)) = step(Hash::NOTHING, text) else { return Vec::new() };
        let Some(first) = tree.node(hash, tree.first(hash)) else { return Vec::new() };
        let names = tree.beginning(text, (first, text.len() - rest.len()));
        names.map(|(name, length)| (name, &text[..length])).collect()
    }

    #[test]
    fn names_that_begin_a_text_are_found_shortest_first() {
        let names = ["تل", "تل مرند", "تل مرند.", "%", "د. مرند", "جان-بول", "a b"];
        let tree = Tree::new(names.into_iter().zip(0..)).expect("no two have the same hash");
        assert_eq!(found(&tree, "تل مرند. ثم"), [(0, "تل"), (1, "تل مرند"), (2, "تل مرند.")]);
        assert_eq!(found(&tree, "تل\nمرند"), [(0, "تل"), (1, "تل\nمرند")]);
        assert_eq!(found(&tree, "تل  مرند"), [(0, "تل")]);
        assert_eq!(found(&tree, "تل مرندا"), [(0, "تل")]);
        assert_eq!(found(&tree, "%5"), [(3, "%")]);
        assert_eq!(found(&tree, "د. مرند"), [(4, "د. مرند")]);
        assert_eq!(found(&tree, "جان-بول"), [(5, "جان-بول")]);
        for text in ["", "مرند", "د.", "د. ", "جان بول", "جان-بولس", "ab"] {
            assert_eq!(found(&tree, text), [], "{text}");
        }
    }

    #[test]
    fn long_words_are_told_apart() {
        let [one, other] = ["ب".repeat(40), "ب".repeat(41)];
        let tree = Tree::new([(one.as_str(), 7)]).expect("one name");
        assert_eq!((found(&tree, &one).len(), found(&tree, &other).len()), (1, 0));
        assert_eq!(Tree::of(tree.nodes().to_vec()).nodes(), tree.nodes());
    }
}
