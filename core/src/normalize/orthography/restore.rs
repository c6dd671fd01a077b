//! Which spelling of a word is the likeliest in its place.

use super::context::Context;
use super::table::{TABLES, Tables};
use super::words::{Kind, LETTER, Line, Tokens, Word, may_be, places};
use crate::maps::Map;

/// A noun with its pronoun, where that is right at all, counts no less than this share of the same with ta marbuta:
/// without a sign of the writer's habit the one is not taken for the other.
const PRONOUN: f64 = 0.125;
/// As it is written a word that no count shows has been seen so often, and so often for each time that it is seen as what
/// it is made of.
const UNSEEN: f64 = 0.25;
const AS_WRITTEN: f64 = 0.125;
/// Before anything is seen of a writer: drops and keeps of each kind.
const DROPS: f64 = 0.3;
const KEEPS: f64 = 1.5;
/// Who drops one kind drops another: what is seen of the others counts so much.
const SHARED: f64 = 0.6;
/// Of a word with one spelling, counted so often, it is sure what the writer dropped.
const SURE_COUNT: u32 = 20;
const MOST_DROPS: f64 = 0.97;
/// What is made of a known word with an ending: how much more this is than the same with its last letter bare.
const NISBA_WITH_TA: f64 = 3.5;
const NISBA: f64 = 3.0;
/// A noun with the article takes no pronoun.
const ARTICLE_WITH_TA: f64 = 3.0;

/// What a text says of its writer.
pub(super) struct Habits<'t> {
    /// How often each kind of letter is dropped, judged by the words that have one spelling only.
    drops: [f64; 3],
    /// Words that have a hamza, by their folded forms; none where two have one form.
    own: Map<&'t str, Option<&'t str>>,
}

impl<'t> Habits<'t> {
    pub(super) fn of(text: &'t Tokens) -> Self {
        let (mut dropped, mut kept) = ([0.0; 3], [0.0; 3]);
        let mut own: Map<&str, Option<&str>> = Map::default();
        for line in text.lines() {
            for (_, _, word) in line.words() {
                let (written, form) = (line.letters(word), line.form_of(word));
                if !has_places(form) {
                    continue;
                }
                if places(written).any(|(_, kind)| kind == Kind::Hamza) {
                    let first = own.entry(form).or_insert(Some(written));
                    *first = first.filter(|&first| first == written);
                }
                let Some(mut spellings) = TABLES.spellings.of_form(form) else { continue };
                let (Some(only), None) = (spellings.next(), spellings.next()) else { continue };
                if only.count >= SURE_COUNT {
                    for (place, kind) in places(only.word) {
                        let is_kept = letter(written, place) == letter(only.word, place);
                        if let Some(seen) =
                            if is_kept { &mut kept } else { &mut dropped }.get_mut(kind as usize)
                        {
                            *seen += 1.0;
                        }
                    }
                }
            }
        }
        let (all_dropped, all_kept): (f64, f64) = (dropped.iter().sum(), kept.iter().sum());
        let mut drops = [0.0; 3];
        for ((rate, dropped), kept) in drops.iter_mut().zip(dropped).zip(kept) {
            let dropped = SHARED.mul_add(all_dropped - dropped, DROPS + dropped);
            let kept = SHARED.mul_add(all_kept - kept, KEEPS + kept);
            *rate = (dropped / (dropped + kept)).min(MOST_DROPS);
        }
        Self { drops, own }
    }

    /// A word with the hamzas that the text gives it elsewhere, if it is known in no way or in this one, or else as it
    /// is written and no more often so.
    fn own(&self, written: &str, form: &str, candidates: &[Candidate]) -> Option<&'t str> {
        let own = self.own.get(form).copied().flatten()?;
        let mut lost = places(own).filter(|&(place, _)| letter(written, place) != letter(own, place));
        let is_hurried = own != written && may_be(written, own) && lost.all(|(_, kind)| kind == Kind::Hamza);
        let score = candidates
            .iter()
            .find(|candidate| candidate.spelling == own)
            .map_or(f64::NEG_INFINITY, |candidate| candidate.score);
        let is_known_so = |candidate: &Candidate| {
            candidate.spelling == own || candidate.spelling == written && candidate.score <= score
        };
        (is_hurried && candidates.iter().all(is_known_so)).then_some(own)
    }

    /// How likely this writer is to have written `spelling` as `written`.
    fn share(&self, written: &str, spelling: &str) -> f64 {
        let of_place = |(place, kind): (usize, Kind)| {
            let rate = self.drops.get(kind as usize).copied().unwrap_or_default();
            if letter(written, place) == letter(spelling, place) { 1.0 - rate } else { rate }
        };
        places(spelling).map(of_place).product()
    }
}

/// A spelling that a word can have, and the logarithm of how much speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) spelling: String,
    pub(super) score: f64,
}

/// The most that speaks for one of them.
fn top(candidates: &[Candidate]) -> f64 {
    candidates.iter().map(|candidate| candidate.score).fold(f64::NEG_INFINITY, f64::max)
}

/// What is known of a word.
struct Known {
    candidates: Vec<Candidate>,
    /// Whether it was counted in text, so that something is known of its neighbours.
    is_counted: bool,
}

/// Restores the words of a line.
pub(super) struct Restorer<'t> {
    tables: &'static Tables,
    line: Line<'t>,
    habits: &'t Habits<'t>,
    /// Which share of all a spelling must have.
    threshold: f64,
}

impl<'t> Restorer<'t> {
    pub(super) fn new(line: Line<'t>, habits: &'t Habits<'t>, threshold: f64) -> Self {
        Self { tables: &TABLES, line, habits, threshold }
    }

    /// The word, the token at `index`, as it should be; `None` where it stays.
    pub(super) fn restored(&self, index: usize, word: &Word) -> Option<String> {
        let written = self.line.letters(word);
        if !can_gain(written) {
            return None;
        }
        let form = self.line.form_of(word);
        let can_be = |spelling: &str| can_be(written, word.ends_surely, spelling);
        // Mostly a word is listed as it is written and can be nothing else.
        if let Some(spellings) = self.tables.spellings.of_form(form) {
            let mut fit = spellings.map(|spelling| spelling.word).filter(|spelling| can_be(spelling));
            if fit.next()? == written && fit.next().is_none() {
                return None;
            }
        }
        let search = Search {
            tables: self.tables,
            context: Context { tables: self.tables, line: self.line, index },
            written,
            ends_surely: word.ends_surely,
        };
        let candidates = search.candidates(form);
        if let Some(own) = self.habits.own(written, form, &candidates) {
            return Some(own.to_owned());
        }
        let top = top(&candidates);
        let shares = candidates.into_iter().map(|Candidate { spelling, score }| {
            let share = (score - top).exp() * self.habits.share(written, &spelling);
            (share, spelling)
        });
        let (mut sum, mut best) = (0.0, (0.0, String::new()));
        for one in shares {
            sum += one.0;
            if one > best {
                best = one;
            }
        }
        let is_sure = best.0 > 0.0 && best.0 >= self.threshold * sum;
        (is_sure && best.1 != written).then_some(best.1)
    }
}

/// Whether a word with this folded form can have lost something.
fn has_places(form: &str) -> bool {
    form.contains('ا') || form.ends_with(['ه', 'ى'])
}

/// Whether something can be restored in a word that is written so.
fn can_gain(written: &str) -> bool {
    written.len() > LETTER && has_places(written)
}

/// Whether a word that is written so, with a last letter that is sure or not, can be this.
fn can_be(written: &str, ends_surely: bool, spelling: &str) -> bool {
    may_be(written, spelling) && !(ends_surely && spelling.chars().next_back() != written.chars().next_back())
}

fn letter(word: &str, place: usize) -> Option<&str> {
    word.get(place * LETTER..(place + 1) * LETTER)
}

/// The spellings of one word, sought in the tables.
struct Search<'t> {
    tables: &'static Tables,
    context: Context<'t>,
    written: &'t str,
    ends_surely: bool,
}

impl Search<'_> {
    /// The spellings of `form` that the written word can be; none where it is not known.
    fn candidates(&self, form: &str) -> Vec<Candidate> {
        let (mut candidates, unseen) = if let Some(known) = self.known(form) {
            let unseen = known.is_counted.then(|| UNSEEN.ln());
            (self.weighed(form, known, "", 0), unseen)
        } else {
            let candidates = self.behind_proclitic(form).unwrap_or_else(|| self.with_ending(form));
            let unseen = top(&candidates) + AS_WRITTEN.ln();
            (candidates, Some(unseen))
        };
        let is_listed = candidates.iter().any(|candidate| candidate.spelling == self.written);
        if let Some(score) = unseen.filter(|_| !is_listed && !candidates.is_empty()) {
            candidates.push(Candidate { spelling: self.written.to_owned(), score });
        }
        candidates
    }

    fn can_be(&self, spelling: &str) -> bool {
        can_be(self.written, self.ends_surely, spelling)
    }

    /// The spellings of a form that is listed.
    fn known(&self, form: &str) -> Option<Known> {
        let candidate = |word: &str, count: f64| Candidate { spelling: word.to_owned(), score: count.ln() };
        let Some(spellings) = self.tables.spellings.of_form(form) else {
            let names = self.tables.names.of_form(form)?;
            let candidates = names.map(|name| candidate(name.word, f64::from(name.count))).collect();
            return Some(Known { candidates, is_counted: false });
        };
        let least = |word: &str| {
            let stem = word.strip_suffix('ه')?;
            let with_ta = |other: &super::table::Spelling| other.word.strip_suffix('ة') == Some(stem);
            spellings.clone().find(with_ta).map(|with_ta| PRONOUN * f64::from(with_ta.count))
        };
        let count = |spelling: &super::table::Spelling| {
            f64::from(spelling.count).max(least(spelling.word).unwrap_or_default())
        };
        let candidates =
            spellings.clone().map(|spelling| candidate(spelling.word, count(&spelling))).collect();
        Some(Known { candidates, is_counted: true })
    }

    /// Of the spellings of `form`, without their first `lost` bytes behind `clitic`, those that the word can be, with
    /// what the neighbours say.
    fn weighed(&self, form: &str, known: Known, clitic: &str, lost: usize) -> Vec<Candidate> {
        let whole = |spelling: &str| format!("{clitic}{}", spelling.get(lost..).unwrap_or_default());
        let is_weighed = known.is_counted && known.candidates.len() > 1;
        let mut left: Vec<_> = known
            .candidates
            .into_iter()
            .filter(|candidate| self.can_be(&whole(&candidate.spelling)))
            .collect();
        if is_weighed {
            self.context.weigh(form, &mut left);
        }
        for candidate in &mut left {
            candidate.spelling = whole(&candidate.spelling);
        }
        left
    }

    fn behind_proclitic(&self, form: &str) -> Option<Vec<Candidate>> {
        for &clitic in &self.tables.proclitics {
            let Some(rest) = form.strip_prefix(clitic).filter(|rest| rest.len() >= 3 * LETTER) else {
                continue;
            };
            // The future's س stands before verbs only.
            if clitic.ends_with('س') && !rest.starts_with(['ي', 'ت', 'ن', 'ا']) {
                continue;
            }
            let article = || format!("ال{rest}");
            let bare = if clitic.ends_with("لل") {
                None
            } else {
                self.known(rest).map(|known| (rest.to_owned(), known, 0))
            };
            let found = bare.or_else(|| {
                let form =
                    clitic.ends_with("ال").then(article).or_else(|| clitic.ends_with("لل").then(article))?;
                let known = self.known(&form)?;
                Some((form, known, 2 * LETTER))
            });
            let Some((form, mut known, lost)) = found else { continue };
            // What begins with one letter of a clitic is often a word of its own: لواج is no ل and وأج.
            if clitic.len() == LETTER {
                known.candidates.retain(|candidate| {
                    let behind_first = candidate.spelling.get(LETTER..).unwrap_or_default();
                    !behind_first.contains(['أ', 'إ', 'آ', 'ٱ'])
                });
            }
            if !known.candidates.is_empty() {
                return Some(self.weighed(&form, known, clitic, lost));
            }
        }
        None
    }

    fn with_ending(&self, form: &str) -> Vec<Candidate> {
        let before = [""].into_iter().chain(self.tables.proclitics.iter().copied());
        let found = before.filter_map(|clitic| Some((clitic, form.strip_prefix(clitic)?)));
        let mut found = found.filter(|(_, rest)| rest.len() >= 4 * LETTER);
        let made = found.find_map(|(clitic, rest)| Some((clitic, self.ended(clitic, rest)?)));
        let Some((clitic, made)) = made else { return Vec::new() };
        let whole =
            made.into_iter().map(|(word, score)| Candidate { spelling: format!("{clitic}{word}"), score });
        whole.filter(|candidate| self.can_be(&candidate.spelling)).collect()
    }

    /// What `rest`, behind `clitic`, is as a known word with an ending.
    fn ended(&self, clitic: &str, rest: &str) -> Option<Vec<(String, f64)>> {
        let pair = |base: &str, likely: &str, score: f64, other: &str| {
            vec![(format!("{base}{likely}"), score), (format!("{base}{other}"), 0.0)]
        };
        if let Some(stem) = rest.strip_suffix("يه").filter(|stem| stem.len() >= 3 * LETTER)
            && let Some(base) = self.best(stem)
        {
            return Some(pair(&base, "ية", NISBA_WITH_TA, "يه"));
        }
        if let Some(stem) = rest.strip_suffix('ى').filter(|stem| stem.ends_with("او"))
            && let Some(base) = self.best(stem)
        {
            return Some(pair(&base, "ي", NISBA, "ى"));
        }
        if let Some(stem) = rest.strip_suffix('ه')
            && let Some(base) = self.best(stem).filter(|base| !base.ends_with(['ة', 'ى', 'ي']))
        {
            let has_article = clitic.ends_with("ال") || clitic.ends_with("لل");
            return Some(pair(&base, "ة", if has_article { ARTICLE_WITH_TA } else { 0.0 }, "ه"));
        }
        self.tables.endings.iter().find_map(|ending| {
            let stem = rest.strip_suffix(ending)?;
            if stem.len() < 3 * LETTER || !stem.contains('ا') {
                return None;
            }
            // مدرستها is مدرسة with a pronoun.
            let tails: &[&str] = if ending.starts_with('ت') { &["ه", ""] } else { &[""] };
            tails.iter().find_map(|tail| {
                let base = self.best(&format!("{stem}{tail}"))?;
                let base = base.get(..stem.len()).filter(|base| !base.ends_with('ى'))?;
                Some(vec![(format!("{base}{ending}"), 0.0)])
            })
        })
    }

    /// The likeliest spelling of a known form, with the article or without; the article is not given back.
    fn best(&self, form: &str) -> Option<String> {
        ["", "ال"].into_iter().find_map(|article| {
            let form = format!("{article}{form}");
            let mut known = self.known(&form)?;
            if known.is_counted && known.candidates.len() > 1 {
                self.context.weigh(&form, &mut known.candidates);
            }
            let order = |a: &Candidate, b: &Candidate| {
                a.score.total_cmp(&b.score).then_with(|| a.spelling.cmp(&b.spelling))
            };
            let best = known.candidates.into_iter().max_by(order)?;
            best.spelling.get(article.len()..).map(ToOwned::to_owned)
        })
    }
}
