//! Maps and sets of what is known: fixed by the data, so that their hash needs no key against attackers.
//! What a text gives is looked up in them, never put in.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

pub(crate) type Map<K, V> = HashMap<K, V, FixedState>;
pub(crate) type Set<K> = HashSet<K, FixedState>;
