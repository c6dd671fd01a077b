//! Offices, titles and other words about people, where they stand.

use std::collections::HashSet;

use super::chain::{ALLAH, Chain, DIN, is_unknown};
use super::{View, when};
use crate::entities::EntityType;
use crate::entities::candidate::{Candidate, Identity};
use crate::entities::words::ABD;
use crate::lexicon::{Article, Hit, PersonWord, Role, RoleTakes, Sense, Standing, begins_in, ends_in};

/// An office or another word about a person.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Title {
    begin: usize,
    /// With its fixed complement.
    end: usize,
    kind: Kind,
    definite: bool,
    complement: bool,
    /// The word before which a name may stand: after nationalities and bodies.
    next: usize,
    /// What stands between.
    nationality: bool,
    body: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Role(Role),
    Person(PersonWord),
}

/// What speaks for a name after titles.
#[derive(Clone, Copy, Default)]
pub(super) struct Announced {
    pub(super) role: bool,
    /// A title with which people are addressed stands right before: `السيد`, `الشيخ`.
    pub(super) address: bool,
    pub(super) strength: u8,
    pub(super) nationality: bool,
}

impl Announced {
    pub(super) const fn any(self) -> bool {
        self.role || self.strength > 0
    }
}

impl Title {
    /// The word that it begins in, behind proclitics or not.
    fn first(&self, view: &View<'_>) -> usize {
        view.word_after(self.begin + 1).saturating_sub(1)
    }

    /// Whether it is one with which people are addressed, with nothing between it and what comes next.
    fn addresses(&self, view: &View<'_>, role: Role) -> bool {
        // What follows with the article may be an adjective: `الفريق السلاوي`.
        let named = match role.standing {
            Standing::Honorific => true,
            Standing::Rank | Standing::HonorificOrBody => !view.text(self.next).starts_with(ARTICLE),
            _ => false,
        };
        named
            && !self.complement
            && (self.definite || view.slice(self.begin, self.end).starts_with(ARTICLE))
            && self.next == view.word_after(self.end)
    }
}

/// The titles of a document, in order.
pub(super) struct Titles {
    list: Vec<Title>,
    /// Of each word what announces a name there.
    before: Vec<Announced>,
    /// Of each word whether a title begins in it.
    in_word: Vec<bool>,
}

/// A portfolio has no more words.
const LONGEST_PORTFOLIO: usize = 9;
/// A name stands no farther behind a title than so many nationalities and bodies.
const MOST_BETWEEN: usize = 3;
/// So many nouns belong to an office.
const MOST_NOUNS: usize = 3;
const ARTICLE: &str = "ال";
const FOR_THE: &str = "لل";
const LAM: char = 'ل';
const TA_MARBUTA: char = 'ة';
const BA: char = 'ب';

impl Titles {
    pub(super) fn read(view: &View<'_>) -> Self {
        let mut list: Vec<Title> = Vec::new();
        for hit in view.hits.iter() {
            let inside = list.last().is_some_and(|last: &Title| last.end > hit.begin as usize);
            if inside {
                continue;
            }
            if let Some(title) = title(view, hit) {
                list.push(title);
            }
        }
        let mut before = vec![Announced::default(); view.words.len()];
        let mut in_word = vec![false; view.words.len()];
        for title in &list {
            if let Some(begins) = in_word.get_mut(title.first(view)) {
                *begins = true;
            }
            if !reaches(view, title) {
                continue;
            }
            let earlier = before.get(view.word_after(title.begin)).copied().unwrap_or_default();
            let Some(announced) = before.get_mut(title.next) else { continue };
            match title.kind {
                Kind::Role(role) => {
                    announced.role = true;
                    announced.address |= title.addresses(view, role);
                }
                Kind::Person(word) => announced.strength = announced.strength.max(word.strength),
            }
            // Titles stand one behind the other: `وزير الطاقة المهندس`.
            announced.role |= earlier.role;
            announced.strength = announced.strength.max(earlier.strength);
            announced.nationality |= title.nationality || earlier.nationality;
        }
        Self { list, before, in_word }
    }

    /// What announces a name at word `index`.
    pub(super) fn announce(&self, index: usize) -> Announced {
        self.before.get(index).copied().unwrap_or_default()
    }

    /// Whether an office stands at byte `begin`.
    pub(super) fn role_at(&self, begin: usize) -> bool {
        self.beginning_at(begin).is_some_and(|title| matches!(title.kind, Kind::Role(_)))
    }

    /// Whether an office of several words stands at word `index`.
    pub(super) fn is_phrase(&self, view: &View<'_>, index: usize) -> bool {
        self.is_title(index) && self.beginning_at(view.begin(index)).is_some_and(|title| title.complement)
    }

    /// Whether an office or another word about a person stands in word `index`, behind proclitics or not.
    pub(super) fn is_title(&self, index: usize) -> bool {
        self.in_word.get(index).is_some_and(|&begins| begins)
    }

    /// The title that begins at byte `begin`.
    fn beginning_at(&self, begin: usize) -> Option<&Title> {
        let index = self.list.binary_search_by_key(&begin, |title| title.begin).ok()?;
        self.list.get(index)
    }

    /// Proposes the offices.
    pub(super) fn propose(&self, view: &View<'_>, chains: &[Chain], out: &mut Vec<Candidate>) {
        let names: Vec<&Chain> =
            chains.iter().filter(|chain| chain.score(view.weights) >= view.weights.threshold).collect();
        // They are in order and disjoint.
        let named_at = |index: usize| {
            names.get(names.partition_point(|chain| chain.last < index)).filter(|chain| chain.first <= index)
        };
        let begins = |index: usize| named_at(index).is_some_and(|chain| chain.first == index);
        let follows_person = |title: &Title| {
            title
                .first(view)
                .checked_sub(1)
                .is_some_and(|before| named_at(before).is_some_and(|chain| chain.last == before))
        };
        // Offices that somebody in the text holds: `الوالي` is he from then on.
        let held: HashSet<&str> = self
            .list
            .iter()
            .filter(|title| title.body || title.complement || begins(title.next) || follows_person(title))
            .map(|title| bare(view, title))
            .collect();
        // From the end, so that of titles in a row the first knows what the last stands before.
        let mut with_person = vec![false; view.words.len()];
        for title in self.list.iter().rev() {
            let person = begins(title.next)
                || view.listed_person(view.begin(title.next), view.end(title.next)).is_some()
                || with_person.get(title.next).is_some_and(|&with| with);
            // Behind a proclitic no other title announces it.
            if let Some(with) = with_person.get_mut(title.first(view)).filter(|_| person)
                && view.begin(title.first(view)) == title.begin
            {
                *with = true;
            }
            let Kind::Role(role) = title.kind else { continue };
            // Family names that are titles too: `جورج الخوري`.
            let first = title.first(view);
            if named_at(first).is_some_and(|chain| chain.first < first) {
                continue;
            }
            let after_person = follows_person(title);
            let held = title.definite && held.contains(bare(view, title));
            if let Some(score) = score(view, title, role, [person, after_person, held]) {
                out.push(view.candidate(title.begin, title.end, EntityType::Role, Identity::Surface, score));
            }
        }
    }
}

/// Whether no sentence ends between a title and the name that it may announce.
fn reaches(view: &View<'_>, title: &Title) -> bool {
    let between = view.slice(title.end, view.begin(title.next));
    !between.contains(['.', '\n', '\r', ':', '؛', '!', '؟', '?', ';'])
}

/// The first word of an office, without its article.
fn bare<'d>(view: &View<'d>, title: &Title) -> &'d str {
    let words = view.slice(title.begin, title.end);
    let word = words.split(' ').next().unwrap_or(words);
    word.strip_prefix(ARTICLE).unwrap_or(word)
}

fn title(view: &View<'_>, hit: &Hit) -> Option<Title> {
    let begin = hit.begin as usize;
    // `محافظة` is no `محافظه`, and `وزيرة` not his minister: folding levels the ta marbuta with the pronoun.
    let written = || view.document.source_span(begin, hit.end as usize).of(view.document.text());
    let kind = view.lexicon.readings(hit).find_map(|reading| match reading.sense {
        Sense::Role(Role { pronoun: true, .. }) if written().ends_with(TA_MARBUTA) => None,
        Sense::Role(role) => Some(Kind::Role(role)),
        Sense::PersonWord(word) => Some(Kind::Person(word)),
        _ => None,
    })?;
    let end = match kind {
        // With the article an office takes no field as its genitive: `الوزير الملتقى`.
        Kind::Role(role) if role.takes == RoleTakes::Portfolio && hit.article != Article::None => {
            purpose(view, hit.end as usize)
        }
        Kind::Role(role) => purpose(view, complement(view, role, hit.end as usize)),
        Kind::Person(_) => hit.end as usize,
    };
    let mut next = view.word_after(end);
    let (mut nationality, mut body) = (false, false);
    for _ in 0..MOST_BETWEEN {
        if !view.follows(next) {
            break;
        }
        if let Some(after) = view.after(next, EntityType::Nationality) {
            nationality = true;
            next = after;
        } else if is_given_name(view, next) {
            break;
        } else if is_adjective(view, next) {
            next += 1;
        } else if let Some(after) =
            view.after(next, EntityType::Organization).or_else(|| view.after(next, EntityType::Location))
        {
            body = true;
            next = after;
        } else {
            break;
        }
    }
    if matches!(kind, Kind::Role(_)) {
        next = far_name(view, next).unwrap_or(next);
    }
    let pronoun = matches!(kind, Kind::Role(Role { pronoun: true, .. }));
    Some(Title {
        begin,
        end,
        kind,
        definite: hit.article != Article::None || pronoun,
        // Of a listed phrase the complement is a part.
        complement: end > hit.end as usize || view.slice(begin, end).contains(' '),
        next,
        nationality,
        body,
    })
}

/// Whether an adjective stands here that is no name: `السناتور الجمهوري`, `الخبير الاقتصادي`.
fn is_adjective(view: &View<'_>, index: usize) -> bool {
    let word = view.text(index);
    let facts = view.facts(index);
    let before_name = || view.name(index + 1).is_some_and(|name| name.given >= FREQUENT);
    word.starts_with(ARTICLE)
        && (word.ends_with(['ي', 'ه', 'ق']) || before_name())
        && facts.ordinary.is_some()
        && facts.name.is_none_or(|name| name.common)
        && view.hits.beginning_at(view.begin(index)).all(|hit| view.things(hit).next().is_none())
}

/// Whether a name of two words begins here that is a place or a body as well: `جان بوسكو`.
fn is_given_name(view: &View<'_>, index: usize) -> bool {
    let given = view.name(index).is_some_and(|name| name.given > FREQUENT);
    given && view.follows(index + 1) && {
        view.name(index + 1).is_some_and(|name| !name.common)
            || is_unknown(view, view.text(index + 1), index + 1)
    }
}

/// How far behind an office the name of who holds it stands: `عضو مجلس السيادة الانتقالي عثمان الربيع`.
const MOST_WORDS_OF_BODY: usize = 7;
/// What may begin a name there: a given name as frequent as this.
const FREQUENT: u8 = 3;

/// The word that begins a name behind the nouns that follow an office, up to a sign or a verb of speech.
fn far_name(view: &View<'_>, from: usize) -> Option<usize> {
    let forms = view.lexicon.forms();
    for index in (from..).take(MOST_WORDS_OF_BODY) {
        let word = view.text(index);
        if word.is_empty() || !view.follows(index) || view.speaks(index) {
            return None;
        }
        if view.is_preposition(index) {
            continue;
        }
        let name = view.name(index).is_some_and(|name| name.given >= FREQUENT && !name.common && !name.place);
        let unknown = |index: usize| {
            let word = view.text(index);
            if begins_in(word, &forms.verb) || ends_in(word, &forms.distant) {
                return false;
            }
            let name = view.name(index).is_some_and(|name| name.foreign && !name.common && !name.place);
            view.follows(index) && !word.starts_with(ARTICLE) && (name || is_unknown(view, word, index))
        };
        if name
            || index == from && is_given_name(view, index)
            || unknown(index) && unknown(index + 1)
            || word == ABD && view.facts(index + 1).follows_abd
            || view.follows(index + 1)
                && view.facts(index + 1).follows_noun
                && (view.facts(index).ordinary.is_none() || [DIN, ALLAH].contains(&view.text(index + 1)))
        {
            return Some(index);
        }
    }
    None
}

/// Where an office ends with what belongs to it.
fn complement(view: &View<'_>, role: Role, end: usize) -> usize {
    let next = view.word_after(end);
    if !view.follows(next) {
        return end;
    }
    match role.takes {
        RoleTakes::Nothing => end,
        RoleTakes::Portfolio => portfolio(view, view.begin(next), next).unwrap_or(end),
        RoleTakes::Charge => {
            let begin = view.begin(next) + BA.len_utf8();
            if view.text(next).starts_with(BA) { portfolio(view, begin, next).unwrap_or(end) } else { end }
        }
        RoleTakes::Role => {
            let inner = view.hits.beginning_at(view.begin(next)).find_map(|hit| {
                let reading = view.lexicon.readings(hit).find_map(|reading| match reading.sense {
                    Sense::Role(role) => Some(role),
                    _ => None,
                })?;
                Some((hit, reading))
            });
            match inner {
                // An office holds one other at most: deeper ones are rare, and a text could nest them without end.
                Some((hit, inner)) if inner.takes == RoleTakes::Portfolio => {
                    complement(view, inner, hit.end as usize)
                }
                Some((hit, _)) => hit.end as usize,
                None => end,
            }
        }
        RoleTakes::Nouns => {
            let mut end = end;
            for index in (next..).take(MOST_NOUNS) {
                // `أصحاب الأفران`: the first may be construct.
                let construct = index == next && view.text(index + 1).starts_with(ARTICLE);
                let is_noun = (view.text(index).starts_with(ARTICLE) || construct)
                    && view.follows(index)
                    && view.name(index).is_none_or(|name| name.common)
                    && view.after(index, EntityType::Nationality).is_none()
                    && view.after(index, EntityType::Organization).is_none();
                if !is_noun {
                    break;
                }
                end = view.end(index);
            }
            end
        }
    }
}

/// Where an office ends with what it is for (`للشؤون المالية`); a body that it is of is outside.
fn purpose(view: &View<'_>, end: usize) -> usize {
    let next = view.word_after(end);
    let Some(stem) = view.text(next).strip_prefix(FOR_THE).filter(|_| view.follows(next)) else { return end };
    let heads = view.lexicon.heads();
    let mut listed = view.hits.beginning_at(view.begin(next) + LAM.len_utf8());
    let is_body = heads.of_word(stem).is_some() || listed.any(|hit| view.things(hit).next().is_some());
    if is_body || !(heads.is_topic(stem) || heads.is_topic(&format!("{ARTICLE}{stem}"))) {
        return end;
    }
    let mut end = view.end(next);
    for index in (next + 1..).take(MOST_NOUNS) {
        let word = view.text(index);
        let adjective = word.starts_with(ARTICLE) && view.name(index).is_none_or(|name| name.common);
        let joined = word.strip_prefix('و').is_some_and(|rest| heads.is_topic(rest));
        if !view.follows(index)
            || !(adjective || joined)
            || view.after(index, EntityType::Nationality).is_some()
        {
            break;
        }
        end = view.end(index);
    }
    end
}

/// The end of the longest portfolio that begins at byte `begin`, in word `first`.
fn portfolio(view: &View<'_>, begin: usize, first: usize) -> Option<usize> {
    let reach = (first..).take(LONGEST_PORTFOLIO).take_while(|&index| index == first || view.follows(index));
    let ends: Vec<usize> = reach.map(|index| view.end(index)).filter(|&end| end > begin).collect();
    let listed =
        ends.iter().rev().copied().find(|&end| view.lexicon.heads().is_portfolio(view.slice(begin, end)));
    // A field that no list has is one definite noun.
    let word = view.slice(begin, view.end(first));
    let is_noun = word.starts_with(ARTICLE)
        && view.lexicon.words().name(word).is_none_or(|name| name.common)
        && view.after(first, EntityType::Nationality).is_none();
    let heads = view.lexicon.heads();
    let more = |end: usize| {
        let next = view.word_after(end);
        let word = view.text(next);
        let joined =
            word.strip_prefix('و').is_some_and(|rest| heads.is_topic(rest) || heads.is_portfolio(rest));
        let adjective = listed.is_none()
            && word.starts_with(ARTICLE)
            && word.ends_with(['ي', 'ه'])
            && view.name(next).is_none()
            && view.after(next, EntityType::Nationality).is_none();
        if view.follows(next) && (joined || adjective) { view.end(next) } else { end }
    };
    listed.or_else(|| is_noun.then(|| view.end(first))).map(more)
}

/// Whether what comes next may be what the office is of: a definite noun, a class noun, a listed name.
fn before_noun(view: &View<'_>, title: &Title) -> bool {
    let next = view.word_after(title.end);
    if !view.follows(next) {
        return false;
    }
    let word = view.text(next);
    let class_noun =
        || view.lexicon.proclitics().stems(word).any(|stem| view.lexicon.heads().of_word(stem).is_some());
    let listed = || view.hits.beginning_at(view.begin(next)).any(|hit| view.things(hit).next().is_some());
    !title.definite && (word.starts_with(ARTICLE) || listed()) || class_noun()
}

/// What speaks for an office being mentioned; `None` where it cannot be.
fn score(view: &View<'_>, title: &Title, role: Role, [person, after_person, held]: [bool; 3]) -> Option<f32> {
    let weights = view.weights;
    match role.standing {
        Standing::Honorific | Standing::HonorificOrBody if !person => return None,
        Standing::Rank if !person && !title.definite && !after_person => return None,
        _ => {}
    }
    let high = role.standing == Standing::High
        && (title.definite || title.complement || title.nationality || title.body);
    Some(
        weights.role
            + when(person, weights.role_person)
            + when(after_person, weights.role_after_person)
            + when(title.nationality, weights.role_before_nationality)
            + when(title.body, weights.role_before_body)
            + when(title.definite, weights.role_definite)
            + when(held, weights.role_held)
            + when(high, weights.role_high)
            + when(title.complement, weights.role_complement)
            + when(before_noun(view, title), weights.role_before_noun),
    )
}
