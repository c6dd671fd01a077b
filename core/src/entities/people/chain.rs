//! Chains of words of names: given, father's and family names with what joins them.

use super::titles::{Announced, Titles};
use super::{AND, View, when};
use crate::entities::EntityType;
use crate::entities::words::{ABD, Gap};
use crate::lexicon::{
    Article, DateWord, Gender, Joiner, NameWord, Reading, Sense, Weights, WordFacts, begins_in, ends_in,
    is_arabic_letter,
};

/// A chain that may be a person's name.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Bytes of the folded text.
    pub(super) begin: usize,
    pub(super) end: usize,
    /// Its words, by their index; the first may have a proclitic.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) features: Features,
}

/// What is seen of a chain; `evidence.tsv` weighs it.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Features {
    given: u8,
    family: u8,
    names: u8,
    connectors: u8,
    common: u8,
    ordinary: u8,
    unknown: u8,
    place: bool,
    foreign: bool,
    listed: bool,
    role: bool,
    address: bool,
    strength: u8,
    nationality: bool,
    speech: bool,
    said: bool,
    alone: bool,
    role_after: bool,
    announced: bool,
}

pub(super) const ARTICLE: &str = "ال";
pub(super) const DIN: &str = "الدين";
pub(super) const ALLAH: &str = "الله";
/// A name word is frequent from this class on.
const FREQUENT: u8 = 4;
/// From this class on it is a name although it is a place as well.
const SURE: u8 = 8;
/// What an unknown word with the ending of family names counts as.
const NISBA_NAME: NameWord =
    NameWord { given: 0, family: 4, gender: None, common: false, place: false, foreign: false, alone: false };
/// `أن` and `إن`, folded.
const COMPLEMENTIZER: &str = "ان";
const MOST_WORDS: usize = 8;
const MOST_UNKNOWN: u8 = 3;
/// Fewer letters are no word of a name that nobody knows.
const FEWEST_LETTERS: usize = 3;

/// The chain that begins with word `first`.
pub(super) fn read(view: &View<'_>, titles: &Titles, first: usize) -> Option<Chain> {
    let announced = titles.announce(first);
    // What most words are.
    let is_plain = view.words.get(first).is_some_and(|word| word.plain);
    if is_plain && !announced.any() || !may_begin(view, titles, first, announced) {
        return None;
    }
    let skip = proclitic(view, first, announced)?;
    let after_nationality = view.follows(first) && is_definite_nationality(view, first);
    let mut chain =
        Chain { begin: view.begin(first) + skip, end: 0, first, last: first, features: Features::default() };
    chain.features.announced = announced.any();
    chain.features.role = announced.role;
    chain.features.address = announced.address;
    chain.features.strength = announced.strength;
    chain.features.nationality = announced.nationality || after_nationality;
    let mut strong =
        announced.role || announced.strength > 1 || after_nationality || is_parented(view, first);
    let mut index = first;
    while index < first + MOST_WORDS {
        let ends = || {
            !view.follows(index)
                || is_other_title(view, titles, index)
                || is_joined(view, index, &chain)
                || view.is_preposition(index)
        };
        if index > first && ends() {
            break;
        }
        let word = if index == first { view.text(first).get(skip..)? } else { view.text(index) };
        let next = |ahead: usize| {
            let index = index + ahead;
            if view.follows(index) {
                (view.text(index), view.facts(index))
            } else {
                ("", WordFacts::default())
            }
        };
        let place = Place {
            view,
            word,
            facts: if word.len() == view.text(index).len() {
                view.facts(index)
            } else {
                view.lexicon.words().facts(word)
            },
            next: [next(1), next(2)],
            index,
            is_first: index == first,
            strong,
            features: &chain.features,
        };
        let Some(step) = place.step() else { break };
        step.count(&mut chain.features);
        strong |= step.name.is_some_and(|name| name.foreign || name.given > 2);
        chain.last = index + step.words - 1;
        index += step.words;
    }
    if chain.features.names == 0 {
        return None;
    }
    chain.end = view.end(chain.last);
    chain.look_around(view, titles);
    chain.has_evidence(view).then_some(chain)
}

/// Whether a name may begin with this word at all, by what else it may be.
fn may_begin(view: &View<'_>, titles: &Titles, index: usize, announced: Announced) -> bool {
    let text = view.text(index);
    let given_name = view.name(index).is_some_and(|name| name.given > FREQUENT);
    // `أمين` is an office and a name: what announces a name decides.
    let named = given_name && announced.any() && !text.starts_with(ARTICLE);
    if view.is_other_language(index) || titles.is_title(index) && !named {
        return false;
    }
    let named_next = || view.name(index + 1).is_some_and(|name| !name.common && name.family >= FREQUENT);
    // `على` is the preposition, unless a title stands before it.
    if view.is_preposition(index) && !(announced.any() && named_next()) {
        return false;
    }
    // `روى` and `أبان` are verbs as well as names; `الألماني` before a name is its nationality, whatever family
    // has it for a name.
    let is_other = || {
        view.speaks(index)
            || text.starts_with(ARTICLE) && view.after(index, EntityType::Nationality).is_some()
            || is_before_name(view, index)
    };
    announced.any() || !is_other()
}

/// How many bytes of the word stand before the name that begins in it; `None` where none does.
fn proclitic(view: &View<'_>, index: usize, announced: Announced) -> Option<usize> {
    let text = view.text(index);
    let words = view.lexicon.words();
    // `وهبة` is `هبة` with a conjunction where that is the commoner name.
    let given = |name: Option<NameWord>| name.map_or(0, |name| name.given);
    if let Some(rest) = text.strip_prefix(AND) {
        let rest = given(words.name(rest));
        if rest >= FREQUENT && rest > given(view.name(index)) {
            return Some(AND.len_utf8());
        }
    }
    let shown = || is_said(view, index) || is_parented(view, index);
    if starts(text, view.facts(index), announced, view, index) || shown() && is_unknown(view, text, index) {
        return Some(0);
    }
    if view.facts(index).ordinary.is_some() {
        return None;
    }
    let mut rests = view.lexicon.without_proclitics(text).filter(|rest| rest.len() < text.len());
    let rest = rests.find(|rest| words.name(rest).is_some_and(|name| !name.common))?;
    Some(text.len() - rest.len())
}

/// Whether the word is rather another one before a whole name than its beginning: `شكر يوسف خليل`.
fn is_before_name(view: &View<'_>, index: usize) -> bool {
    let first = view.facts(index);
    let doubtful =
        first.name.is_some_and(|name| name.given < SURE && (name.common || first.ordinary.is_some()));
    // Most words are no names at all.
    doubtful
        && view.follows(index + 1)
        && view.name(index + 1).is_some_and(|name| name.given >= SURE && !name.common)
        && view.follows(index + 2)
        && view.name(index + 2).is_some_and(|name| !name.common)
}

/// Whether `بن` and a name come next, so that the word is a name whatever it is: `زكرياء بن الطاهر`.
fn is_parented(view: &View<'_>, index: usize) -> bool {
    view.follows(index + 1)
        && view.facts(index + 1).joiner == Some(Joiner::Parent)
        && view.follows(index + 2)
        && (view.text(index + 2) == ABD || view.name(index + 2).is_some())
}

/// Whether a nationality with its article stands right before: `عازف البيانو الروسي`.
fn is_definite_nationality(view: &View<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return false };
    view.hits.ending_at(view.end(before)).any(|hit| {
        hit.article != Article::None
            && hit.word as usize == view.begin(before)
            && view.things(hit).any(|(_, kind)| kind == EntityType::Nationality)
    })
}

/// Whether the word stands between a verb of speech and what is said: `وأضاف بلازي أن`.
fn is_said(view: &View<'_>, index: usize) -> bool {
    index.checked_sub(1).is_some_and(|before| view.speaks(before))
        && view.follows(index)
        && view.follows(index + 1)
        && view.text(index + 1) == COMPLEMENTIZER
}

/// Whether the word is a name that needs no other beside it, and stands as one.
fn is_name_alone(view: &View<'_>, index: usize, begin: usize) -> bool {
    let facts = view.facts(index);
    let word = view.text(index);
    // `الفريق السلاوي`: an adjective, although people are called so.
    let definite = |index: usize| view.text(index).starts_with(ARTICLE);
    let is_adjective =
        || definite(index) && view.follows(index) && index.checked_sub(1).is_some_and(definite);
    facts.name.is_some_and(|name| name.alone)
        && facts.ordinary.is_none()
        && view.begin(index) == begin
        && !is_adjective()
        && !has_ordinary_stem(view, word)
}

/// Whether a title stands here that is no family name (`الخوري`).
fn is_other_title(view: &View<'_>, titles: &Titles, index: usize) -> bool {
    let family = view.name(index).map_or(0, |name| name.family);
    titles.is_phrase(view, index)
        || titles.is_title(index) && !(view.text(index).starts_with(ARTICLE) && family >= FREQUENT)
}

/// Whether `و` joins another person's name to a whole one: `محمود الشناوي وهبة`.
fn is_joined(view: &View<'_>, index: usize, chain: &Chain) -> bool {
    let Some(rest) = view.text(index).strip_prefix(AND) else { return false };
    let given = |name: Option<NameWord>| name.map_or(0, |name| name.given);
    let (whole, rest) = (view.name(index), given(view.lexicon.words().name(rest)));
    rest >= 3 && whole.is_none() || chain.features.names > 1 && rest > given(whole).min(3)
}

/// How `word` joins names.
pub(super) fn joiner(view: &View<'_>, word: &str) -> Option<Joiner> {
    view.lexicon.words().facts(word).joiner
}

/// Whether a name may begin with `word`.
fn starts(word: &str, facts: WordFacts, announced: Announced, view: &View<'_>, index: usize) -> bool {
    if word == ABD || facts.joiner.is_some_and(Joiner::connects) {
        return facts.joiner != Some(Joiner::House) || announced.role;
    }
    // `حسب الله`: two words, one name.
    let second = |index: usize| view.follows(index) && view.facts(index).follows_noun;
    if announced.any()
        && !word.starts_with(ARTICLE)
        && second(index + 1)
        && !has_pronoun(view, index)
        && !is_listed(view, index + 1)
    {
        return true;
    }
    match facts.name {
        // `الكبير`, `الثاني`: adjectives before the name of somebody.
        Some(name) if name.common && word.starts_with(ARTICLE) && !announced.any() => {
            facts.ordinary.is_none_or(|class| class < FREQUENT)
        }
        Some(name) => name.given > 0 || announced.role || announced.strength > 0 || name.foreign,
        None => (announced.role || announced.strength > 1) && is_unknown(view, word, index),
    }
}

/// One name of a chain, with what belongs to it.
struct Step {
    words: usize,
    name: Option<NameWord>,
    connector: bool,
    ordinary: u8,
    unknown: bool,
}

impl Step {
    fn count(&self, features: &mut Features) {
        let is_first = features.names == 0;
        features.names += 1;
        features.connectors += u8::from(self.connector);
        features.unknown += u8::from(self.unknown);
        let name = self.name.unwrap_or_default();
        if is_first {
            features.given = name.given;
            features.ordinary = self.ordinary;
            features.place = name.place && name.given < SURE;
        }
        features.family = name.family;
        features.common += u8::from(name.common);
        features.foreign |= name.foreign;
    }
}

/// Where a chain may go on.
struct Place<'v, 'd> {
    view: &'v View<'d>,
    /// The word, without the proclitic of a first one.
    word: &'v str,
    facts: WordFacts,
    /// The next two; empty behind a sign.
    next: [(&'v str, WordFacts); 2],
    index: usize,
    is_first: bool,
    /// What stands before lets a word that nobody knows be a name.
    strong: bool,
    /// Of the chain so far.
    features: &'v Features,
}

/// What names of two words with a connector of their own count as.
const FULL: NameWord =
    NameWord { given: 9, family: 6, gender: None, common: false, place: false, foreign: false, alone: false };

impl Step {
    fn of(words: usize, name: NameWord, connector: bool) -> Self {
        Self { words, name: Some(name), connector, ordinary: 0, unknown: false }
    }

    fn unknown(words: usize, connector: bool) -> Self {
        Self { words, name: None, connector, ordinary: 0, unknown: true }
    }
}

impl Place<'_, '_> {
    /// The name that stands here, if it is one.
    fn step(&self) -> Option<Step> {
        let [(_, one), _] = self.next;
        if self.word == ABD && one.follows_abd {
            return Some(Step::of(2, FULL, true));
        }
        if let Some(joiner) = self.facts.joiner.filter(|joiner| joiner.connects()) {
            return self.connected(joiner);
        }
        let mut known = self.facts;
        // Joined: `عبدالمحسن`.
        if known.name.is_none()
            && self
                .word
                .strip_prefix(ABD)
                .is_some_and(|rest| self.view.lexicon.words().facts(rest).follows_abd)
        {
            known.name = Some(FULL);
        }
        let hyphen = |index: usize| self.view.words.get(index).is_some_and(|word| word.gap == Gap::Hyphen);
        if known.name.is_none()
            && (hyphen(self.index) || hyphen(self.index + 1))
            && (self.strong || !self.is_first)
        {
            return Some(Step::unknown(1, true));
        }
        if let Some(step) = self.particle() {
            return Some(step);
        }
        let (begin, end) = (self.view.begin(self.index), self.view.end(self.index));
        // The short name of a listed person is a name.
        if known.name.is_none() && !self.is_first && self.view.listed_person(begin, end).is_some() {
            known.name = Some(NameWord { family: 5, ..NameWord::default() });
        }
        match known.name {
            Some(name) => self.known(name, known.ordinary),
            None => self.compound(known.ordinary).or_else(|| self.unknown()),
        }
    }

    /// A connector with what it joins.
    fn connected(&self, with: Joiner) -> Option<Step> {
        let [(one, one_facts), (_, two)] = self.next;
        // Of a name of his own each connector has one: `ابن عبد العزيز`, `بن أبي طالب` have three words.
        let kunya = one_facts.joiner == Some(Joiner::Kunya) && two.name.is_some();
        if one == ABD && two.follows_abd || kunya {
            return Some(Step::of(3, FULL, true));
        }
        let house = with == Joiner::House;
        match one_facts.name {
            Some(_) if self.is_first && house && !self.strong => None,
            // `أم` is "or" as well.
            Some(name) if self.is_first && with == Joiner::Mother && name.common && !self.strong => None,
            Some(name) => Some(Step::of(2, NameWord { given: name.given.max(5), ..name }, true)),
            None if self.is_first || one.is_empty() => None,
            // `آل ثاني`: of a family whose name is mostly another word.
            None if house && !self.view.is_preposition(self.index + 1) => {
                Some(Step::of(2, NameWord { family: 6, ..NameWord::default() }, true))
            }
            None => is_unknown(self.view, one, self.index + 1).then(|| Step::unknown(2, true)),
        }
    }

    /// A foreign particle with its name: `فان دير مولن`.
    fn particle(&self) -> Option<Step> {
        let [one, two] = self.next;
        let particle = |facts: WordFacts| facts.joiner == Some(Joiner::Particle);
        if self.is_first || !self.strong || one.0.is_empty() || !particle(self.facts) {
            return None;
        }
        let (words, (last, facts)) = if particle(one.1) && !two.0.is_empty() { (3, two) } else { (2, one) };
        match facts.name {
            Some(name) => Some(Step::of(words, NameWord { foreign: true, ..name }, false)),
            None => is_unknown(self.view, last, self.index + words - 1).then(|| Step::unknown(words, false)),
        }
    }

    /// A word that is listed as a name.
    fn known(&self, name: NameWord, ordinary: Option<u8>) -> Option<Step> {
        let [(one, one_facts), _] = self.next;
        // Inside a chain what is mostly another word goes on with it only where it is a name as well.
        // With the article it is rather a family name: `البنا`.
        let margin = if self.word.starts_with(ARTICLE) { 2 } else { 0 };
        let class = name.given.max(name.family) + margin;
        let rare = name.common && ordinary.is_some_and(|ordinary| class <= ordinary);
        // Women's names are no father's names.
        let feminine = name.gender == Some(Gender::Feminine) && name.given >= FREQUENT && name.family < 2;
        let misplaced = || name.place && name.family < FREQUENT && self.is_listed_otherwise();
        if !self.is_first && (rare || feminine || misplaced()) {
            return None;
        }
        // `نور الدين`, `فضل الله`: two words, one name.
        // `السلام`, `الإسلام` follow nouns that are no names as well: `حفظ السلام`.
        let sure = one.ends_with(DIN) || one == ALLAH || !name.common && ordinary.is_none();
        if one_facts.follows_noun && !one.is_empty() && sure {
            return Some(Step::of(2, NameWord { given: 8, common: false, ..name }, true));
        }
        if self.view.is_ali(self.word, self.index) {
            return Some(Step::of(1, NameWord { common: false, ..name }, false));
        }
        Some(Step { ordinary: ordinary.unwrap_or(0), ..Step::of(1, name, false) })
    }

    /// `شمس الدين`, and after a title `حسب الله`: a noun that is no name by itself.
    fn compound(&self, ordinary: Option<u8>) -> Option<Step> {
        let [(one, facts), _] = self.next;
        let announced = self.is_first && self.features.announced && !has_pronoun(self.view, self.index);
        (facts.follows_noun
            && ordinary.is_none_or(|class| class < 8)
            && (one.ends_with(DIN) || announced && (one == ALLAH || ordinary.is_none())))
        .then(|| Step::of(2, NameWord { given: 6, ..NameWord::default() }, true))
    }

    /// A word that no list has as a name.
    fn unknown(&self) -> Option<Step> {
        let features = self.features;
        let definite = self.word.starts_with(ARTICLE);
        let goes_on = self.is_first || may_go_on(self.view, self.word);
        if features.unknown < MOST_UNKNOWN
            && self.strong
            && goes_on
            && is_unknown(self.view, self.word, self.index)
            && !self.is_listed_otherwise()
        {
            if !definite {
                return Some(Step::unknown(1, false));
            }
            // With the article it is a family name by its ending, or after a given name.
            let announced = features.announced || features.nationality;
            let family = ends_in(self.word, &self.view.lexicon.forms().relative)
                || announced && features.given >= FREQUENT;
            return (!self.is_first && family).then(|| Step::of(1, NISBA_NAME, false));
        }
        if !definite || !features.announced {
            return None;
        }
        // `جيمس الأول`, `شارل الخامس`.
        if features.names == 1 && self.is_ordinal() {
            return Some(Step { unknown: false, ..Step::unknown(1, true) });
        }
        // `عثمان الربيع الطاهر`: a noun between names, after a title.
        let [(_, one), _] = self.next;
        let bridges = features.given >= FREQUENT
            && one.name.is_some()
            && !self.view.is_preposition(self.index + 1)
            && !self.is_listed_otherwise();
        bridges.then(|| Step::unknown(1, false))
    }

    fn senses(&self) -> impl Iterator<Item = &Reading> {
        let hits = self.view.hits.beginning_at(self.view.begin(self.index));
        hits.flat_map(|hit| self.view.lexicon.readings(hit))
    }

    /// Whether a place, a nationality or a word of dates begins here.
    fn is_listed_otherwise(&self) -> bool {
        self.senses().any(|reading| match reading.sense {
            Sense::Thing(_) => self.view.lexicon.thing(reading.sense).is_some_and(|thing| {
                matches!(thing.kind, EntityType::Nationality | EntityType::Location) && !reading.flags.common
            }),
            Sense::Month { .. } | Sense::DateWord(_) => true,
            _ => false,
        })
    }

    fn is_ordinal(&self) -> bool {
        self.senses().any(|reading| matches!(reading.sense, Sense::DateWord(DateWord::Ordinal(_))))
    }
}

/// Whether a listed name ends with the word that begins before it: `لحزب الله`.
fn is_listed(view: &View<'_>, index: usize) -> bool {
    view.hits.ending_at(view.end(index)).any(|hit| {
        (hit.begin as usize) < view.begin(index)
            && view.things(hit).any(|(_, kind)| kind != EntityType::Person)
    })
}

/// Whether a word ends in a ha that is no ta marbuta: `حفظه الله`.
fn has_pronoun(view: &View<'_>, index: usize) -> bool {
    view.document.source_span(view.begin(index), view.end(index)).of(view.document.text()).ends_with('ه')
}

/// Whether a word that nobody knows may be a further name: `وأخذن` is a verb, `مرفوقة` a participle.
fn may_go_on(view: &View<'_>, word: &str) -> bool {
    let forms = view.lexicon.forms();
    let participle = begins_in(word, &forms.participle)
        && word.ends_with('ه')
        && word.chars().count() > FEWEST_LETTERS + 1;
    !word.starts_with(AND) && !participle && !ends_in(word, &forms.possessed)
}

/// Whether no list has `word`, nor what is left of it without what may be attached.
pub(super) fn is_unknown(view: &View<'_>, word: &str, index: usize) -> bool {
    let letters = word.chars().count();
    // With a proclitic and its article a word is a noun.
    if !word.starts_with(ARTICLE) && view.lexicon.proclitics().has_article(word) {
        return false;
    }
    let is_other = |c: char| !is_arabic_letter(c) && (c.is_ascii() || c.is_numeric());
    if letters < FEWEST_LETTERS || word.chars().any(is_other) {
        return false;
    }
    let particle = !view.lexicon.evidence().trigger(word).is_empty();
    if particle || view.document.knowledge().segment.announces_speech(word) {
        return false;
    }
    // Names that a list has are no unknown words, whatever they name.
    if index < view.words.len()
        && view.hits.ending_at(view.end(index)).any(|hit| hit.word as usize <= view.begin(index))
    {
        return false;
    }
    !has_ordinary_stem(view, word)
}

/// Whether an ordinary word is left of `word` without what may be attached.
fn has_ordinary_stem(view: &View<'_>, word: &str) -> bool {
    let words = view.lexicon.words();
    let ordinary = |word: &str| words.ordinary(word).is_some();
    let forms = view.lexicon.forms();
    let endings = || std::iter::once("").chain(forms.attached.iter().map(String::as_str));
    // The future has no place among the proclitics of nouns: `سيتوجه`.
    let future = forms.future.iter().filter_map(|sign| word.strip_prefix(sign.as_str()));
    let mut stems = view.lexicon.proclitics().stems(word).chain(future);
    stems.any(|stem| {
        endings().any(|ending| {
            stem.strip_suffix(ending).is_some_and(|bare| {
                bare.chars().nth(1).is_some()
                    && (ordinary(bare) || ending.starts_with('ت') && ordinary(&format!("{bare}ه")))
            })
        })
    })
}

impl Chain {
    /// Sees what stands beside the chain.
    fn look_around(&mut self, view: &View<'_>, titles: &Titles) {
        let speech = |index: usize| view.speaks(index);
        let features = &mut self.features;
        features.listed = view.listed_person(self.begin, self.end).is_some();
        features.said = self.first == self.last && is_said(view, self.first);
        features.alone = self.first == self.last && is_name_alone(view, self.first, self.begin);
        features.speech = self.first.checked_sub(1).is_some_and(speech) && view.follows(self.first)
            || view.follows(self.last + 1) && speech(self.last + 1);
        features.role_after = titles.role_at(view.begin(self.last + 1));
    }

    /// Whether more than one word of a name speaks for the chain.
    fn has_evidence(&self, view: &View<'_>) -> bool {
        let Features { names, common, given, role, strength, listed, said, alone, .. } = self.features;
        let first = view.slice(self.begin, view.end(self.first));
        let kunya = joiner(view, first) == Some(Joiner::Kunya);
        names > 1
            || role
            || strength > 0
            || listed
            || said
            || alone
            || kunya && common == 0 && given >= FREQUENT
    }

    /// What speaks for the chain being a name.
    pub(super) fn score(&self, weights: &Weights) -> f32 {
        let Features {
            given,
            family,
            names,
            connectors,
            common,
            ordinary,
            unknown,
            place,
            foreign,
            listed,
            role,
            address,
            strength,
            nationality,
            speech,
            said,
            alone,
            role_after,
            announced: _,
        } = self.features;
        let ninths = |class: u8| f32::from(class) / 9.0;
        let single = names == 1;
        ninths(given) * weights.person_given
            + when(!single, ninths(family) * weights.person_family)
            + when(!single, weights.person_words)
            + f32::from(names.saturating_sub(2).min(2)) * weights.person_more_words
            + f32::from(connectors.min(2)) * weights.person_connector
            + f32::from(common) * weights.person_common
            + when(single && common > 0, weights.person_common_single)
            + f32::from(ordinary) * weights.person_ordinary
            + when(single && connectors == 0, weights.person_single)
            + f32::from(unknown) * weights.person_unknown
            + when(place, weights.person_place)
            + when(foreign, weights.person_foreign)
            + when(listed, weights.person_listed)
            + when(role, weights.person_after_role)
            + f32::from(strength) * weights.person_after_word
            + when(nationality, weights.person_after_nationality)
            + when(speech, weights.person_after_speech)
            + when(said, weights.person_said)
            + when(alone, weights.person_alone)
            + when(single && address && common == 0 && ordinary == 0, weights.person_addressed)
            + when(role_after, weights.person_before_role)
    }
}
