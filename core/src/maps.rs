//! Maps and sets with a faster hash than the standard one.

use std::collections::{HashMap, HashSet};

use foldhash::fast::{FixedState, RandomState};

/// Of what is known: fixed by the data, so that the hash needs no key against attackers. What a text gives is
/// looked up in it, never put in.
pub(crate) type Map<K, V> = HashMap<K, V, FixedState>;
pub(crate) type Set<K> = HashSet<K, FixedState>;
/// Of what a text gives: keyed anew in each process, so that no text can be made to collide.
pub(crate) type TextMap<K, V> = HashMap<K, V, RandomState>;
