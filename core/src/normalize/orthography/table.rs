//! The tables in `data/normalize/orthography/`, indexed on first use; their rows stay where they are.

use std::hash::BuildHasher as _;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::words::{folded, folds_to};
use crate::maps::{Map, Set};

/// All of them.
pub(super) struct Tables {
    pub(super) spellings: Spellings,
    pub(super) names: Spellings,
    pub(super) contexts: Contexts,
    /// Forms after which a clause with أن or إن may come, and with which letter it begins where grammar asks for one.
    pub(super) verbs: Set<&'static str>,
    pub(super) asked: Map<String, char>,
    /// Forms whose أن or إن the verb before them decides.
    pub(super) clauses: Set<String>,
    /// What words take on before and behind them, in the order in which it is tried.
    pub(super) proclitics: Vec<&'static str>,
    pub(super) endings: Vec<&'static str>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    macro_rules! file {
        ($name:literal) => {
            include_str!(concat!("../../../../data/normalize/orthography/", $name))
        };
    }
    let affixes = |place: &'static str| {
        let all = rows(file!("affixes.tsv")).filter_map(|(_, row)| row.split_once('\t'));
        all.filter(move |row| row.0 == place).map(|row| row.1).collect()
    };
    let saying = rows(file!("saying.tsv")).filter_map(|(_, row)| row.split_once('\t'));
    Tables {
        spellings: Spellings::of(file!("spellings.tsv")),
        names: Spellings::of(file!("names.tsv")),
        contexts: Contexts::of(file!("contexts.tsv")),
        verbs: rows(file!("verbs.tsv")).map(|(_, row)| row).collect(),
        asked: saying
            .filter_map(|(word, clause)| Some((folded(word).collect(), clause.chars().next()?)))
            .collect(),
        clauses: rows(file!("clauses.tsv")).map(|(_, word)| folded(word).collect()).collect(),
        proclitics: affixes("before"),
        endings: affixes("behind"),
    }
});

/// The same in every process: no text gives the keys.
const HASHER: FixedState = FixedState::with_seed(0);

/// Where each row begins, and the row, without comments and the row that names the columns.
fn rows(file: &'static str) -> impl Iterator<Item = (u32, &'static str)> {
    let mut at = 0;
    file.split_inclusive('\n')
        .map(move |line| {
            let begin = at;
            at += line.len();
            (u32::try_from(begin).unwrap_or(u32::MAX), line.trim_end_matches('\n'))
        })
        .filter(|(_, row)| !row.is_empty() && !row.starts_with('#'))
        .skip(1)
}

fn row_at(file: &'static str, begin: u32) -> &'static str {
    let rest = file.get(begin as usize..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// Words and how often each is written so; those of one folded form stand together.
pub(super) struct Spellings {
    file: &'static str,
    /// The first row of each form.
    first: HashTable<u32>,
}

/// A way to write a word, and how often it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) word: &'static str,
    pub(super) count: u32,
}

impl Spelling {
    fn of(row: &'static str) -> Option<Self> {
        let (word, count) = row.split_once('\t')?;
        Some(Self { word, count: count.parse().ok()? })
    }
}

impl Spellings {
    fn of(file: &'static str) -> Self {
        let mut first = HashTable::with_capacity(file.len() / 16);
        let form_of = |row: &'static str| folded(row.split('\t').next().unwrap_or_default());
        let (mut form, mut last) = (String::new(), String::new());
        for (begin, row) in rows(file) {
            form.clear();
            form.extend(form_of(row));
            if form != last {
                let hash = |&begin: &u32| HASHER.hash_one(&*form_of(row_at(file, begin)).collect::<String>());
                first.insert_unique(HASHER.hash_one(&*form), begin, hash);
                std::mem::swap(&mut form, &mut last);
            }
        }
        first.shrink_to_fit(|&begin| HASHER.hash_one(&*form_of(row_at(file, begin)).collect::<String>()));
        Self { file, first }
    }

    /// The spellings of a folded form, the most frequent first.
    pub(super) fn of_form<'f>(
        &self,
        form: &'f str,
    ) -> Option<impl Iterator<Item = Spelling> + Clone + use<'f>> {
        let file = self.file;
        let is_form = move |word: &str| folds_to(word, form);
        let is_first =
            |&begin: &u32| Spelling::of(row_at(file, begin)).is_some_and(|spelling| is_form(spelling.word));
        let begin = *self.first.find(HASHER.hash_one(form), is_first)?;
        let rows = file.get(begin as usize..).unwrap_or_default().lines();
        Some(rows.map_while(Spelling::of).take_while(move |spelling| is_form(spelling.word)))
    }
}

/// What neighbours say of a word's spellings.
pub(super) struct Contexts {
    file: &'static str,
    /// The row of each word, feature and value.
    rows: HashTable<u32>,
}

impl Contexts {
    fn of(file: &'static str) -> Self {
        let mut table = HashTable::with_capacity(rows(file).count());
        let hash = |row: &'static str| HASHER.hash_one(key_of(row));
        for (begin, row) in rows(file) {
            table.insert_unique(hash(row), begin, |&begin| hash(row_at(file, begin)));
        }
        Self { file, rows: table }
    }

    /// The weights in the row that begins with `key`: word, feature and value, parted by tabs.
    pub(super) fn weights(&self, key: &str) -> impl Iterator<Item = (&'static str, f64)> + use<> {
        let is_it = |&begin: &u32| key_of(row_at(self.file, begin)) == key;
        let row = self.rows.find(HASHER.hash_one(key), is_it).map(|&begin| row_at(self.file, begin));
        let weights = row.and_then(|row| row.rsplit('\t').next()).unwrap_or_default();
        weights.split(' ').filter_map(|weight| {
            let (spelling, weight) = weight.rsplit_once(':')?;
            Some((spelling, weight.parse().ok()?))
        })
    }
}

/// All of a row but its last cell.
fn key_of(row: &'static str) -> &'static str {
    row.rsplit_once('\t').map_or("", |(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_found() {
        let tables = &*TABLES;
        for table in [&tables.spellings, &tables.names] {
            let mut last = String::new();
            for (_, row) in rows(table.file) {
                let spelling = Spelling::of(row).expect(row);
                let form: String = folded(spelling.word).collect();
                assert!(form >= last, "{row}: not in order");
                assert!(
                    table.of_form(&form).is_some_and(|mut all| all.any(|other| other == spelling)),
                    "{row}"
                );
                last = form;
            }
            assert!(*last > *"ي");
        }
        for (_, row) in rows(tables.contexts.file) {
            assert!(
                tables.contexts.weights(key_of(row)).all(|(_, weight): (_, f64)| weight.is_finite()),
                "{row}"
            );
            assert_eq!(
                tables.contexts.weights(key_of(row)).count(),
                row.rsplit('\t').next().map_or(0, |cell| cell.split(' ').count()),
                "{row}"
            );
        }
        assert!(tables.verbs.contains("قال") && tables.asked.get("قال") == Some(&'إ'));
        assert!(tables.spellings.of_form("افعلزوم").is_none());
        assert_eq!(tables.contexts.weights("الى\tprevious\tافعلزوم").count(), 0);
    }
}
