//! How far a name reaches that a class noun begins, and what it is put together of.

use crate::Document;
use crate::Span;
use crate::entities::EntityType;
use crate::entities::words::{Gap, Word};
use crate::lexicon::{
    Article, DateWord, Head, HeadForm, Heads, Hit, Hits, Lexicon, Sense, Supports, ends_in, is_one_of,
};

/// What a phrase is put together of: what is weighed.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Features {
    pub(super) portfolio: bool,
    /// Nouns of fields of activity.
    pub(super) topics: u8,
    /// Another such noun with `و`.
    pub(super) joined: bool,
    /// A noun with the article of which nothing is known.
    pub(super) noun: bool,
    /// Adjectives that belong to names.
    pub(super) official: u8,
    /// Adjectives of which nothing is known.
    pub(super) adjectives: u8,
    pub(super) nationality: bool,
    /// A nationality after the noun of a state's body.
    pub(super) state: bool,
    /// What the preposition lam adds.
    pub(super) purpose: bool,
    pub(super) place: bool,
    /// The place's name is mostly an ordinary word.
    pub(super) common_place: bool,
    pub(super) body: bool,
    /// A listed name of the kind that the noun introduces.
    pub(super) listed: bool,
    /// Words that are no ordinary ones.
    pub(super) name_words: u8,
    pub(super) quoted: bool,
    pub(super) person: bool,
    pub(super) ordinal: bool,
    /// A place after `في`.
    pub(super) at: bool,
    /// With this complement the noun is no name.
    pub(super) ordinary: bool,
    /// After a demonstrative.
    pub(super) this: bool,
}

/// A class noun with all that belongs to it. Offsets are in bytes of the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase<'d> {
    pub(super) head: &'d Head,
    /// Whether the noun has the article.
    pub(super) definite: bool,
    /// Where the noun begins, with its article.
    pub(super) begin: usize,
    /// Where the complement begins.
    pub(super) complement: usize,
    /// Where the complement proper ends, without what adjectives and lam add.
    pub(super) core_end: usize,
    pub(super) end: usize,
    /// The index of the first word that does not belong to it.
    pub(super) next: usize,
    /// The listed thing that the complement names.
    pub(super) thing: Option<u32>,
    pub(super) features: Features,
}

/// So many words make a name at most.
const MOST_WORDS: usize = 14;
/// So many nouns without the article stand in a row.
const MOST_NOUNS: u8 = 3;
/// So many words that no list has.
const MOST_NAME_WORDS: u8 = 4;
/// So many words has what a ministry is of, or a quoted name.
const MOST_PARTS: usize = 7;
/// So many words come before what a company is for.
const MOST_BRAND_WORDS: usize = 4;
/// Rarer words than of this class are names as often as words.
const RARE: u8 = 2;
const ARTICLE: &str = "ال";
const LAM_ARTICLE: &str = "لل";
const AND: &str = "و";
const FOR: &str = "ل";
const IN: &str = "في";
const AT: &str = "ب";
const FEMININE: char = 'ه';
const AND_CHAR: char = 'و';
const AT_CHAR: char = 'ب';
const FOR_CHAR: char = 'ل';
const QUOTES: [char; 6] = ['"', '“', '”', '«', '»', '„'];

/// How a word is joined to what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    None,
    And,
    For,
}

/// A word as a part of a name.
#[derive(Clone, Copy, Debug)]
struct Part<'d> {
    word: Word,
    text: &'d str,
    joint: Joint,
    /// Where it begins after what joins it.
    begin: usize,
    definite: bool,
    /// Without the article and what joins it.
    stem: &'d str,
}

/// What the last word of the phrase so far is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Head,
    /// A noun that the next one belongs to.
    Open,
    Noun,
    Adjective,
    Nationality,
    Proper,
}

/// Reads phrases in a document.
pub(super) struct Grammar<'d> {
    document: &'d Document<'d>,
    text: &'d str,
    words: &'d [Word],
    lexicon: &'d Lexicon,
    heads: &'d Heads,
    hits: &'d Hits,
}

/// A phrase that is being read.
struct Walk<'d> {
    phrase: Phrase<'d>,
    last: Last,
    feminine: bool,
    nouns: u8,
}

impl Walk<'_> {
    fn take(&mut self, end: usize, next: usize, last: Last) {
        self.phrase.next = next;
        self.last = last;
        if last != Last::Open {
            self.phrase.end = end;
        }
        if matches!(last, Last::Noun | Last::Proper) && !self.phrase.features.purpose {
            self.phrase.core_end = end;
        }
    }

    fn is_closed(&self) -> bool {
        !matches!(self.last, Last::Head | Last::Open)
    }
}

impl<'d> Grammar<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Option<Self> {
        let lexicon = &document.knowledge().lexicon;
        Some(Self {
            document,
            text: &document.folded().text,
            words: document.words().list(),
            lexicon,
            heads: lexicon.heads(),
            // The caller's lists come before the built-in one.
            hits: document.names().last()?,
        })
    }

    /// The phrase that begins with the word at `index`, where that is a class noun. `after` are the phrases
    /// that begin after it, the nearest last.
    pub(super) fn read(&self, index: usize, after: &[(usize, Phrase<'d>)]) -> Option<Phrase<'d>> {
        let word = self.words.get(index)?;
        let (head, form) = self.heads.of_word(word.text(self.document))?;
        if head.follows {
            return self.followed(index, *word, head);
        }
        let mut walk = self.walk(index, *word, head, form);
        if form.definite {
            // `المدينة الجديدة` is what `مدينة` introduces, and no name.
            if head.introduces && head.kind == EntityType::Location {
                return None;
            }
            self.go_on(&mut walk, after);
        } else if self.complement(&mut walk, after) && !(head.introduces && head.kind == EntityType::Location)
        {
            self.go_on(&mut walk, after);
        }
        let phrase = walk.phrase;
        (phrase.end > phrase.complement.max(phrase.begin) && phrase.next > index + 1).then_some(phrase)
    }

    /// A name before its noun: `صدى نيوز`.
    fn followed(&self, index: usize, word: Word, head: &'d Head) -> Option<Phrase<'d>> {
        let before = self.words.get(index.checked_sub(1)?).filter(|_| self.is_joined(index))?;
        let text = before.text(self.document);
        let bare = text.strip_prefix(ARTICLE).unwrap_or(text);
        let is_name = text.chars().nth(2).is_some()
            && self.heads.adjective(bare).is_none()
            && self.heads.adjective(text).is_none()
            && self.heads.of_word(text).is_none()
            && self.lexicon.evidence().trigger(text).is_empty();
        let begin = before.begin as usize;
        is_name.then_some(Phrase {
            head,
            definite: false,
            begin,
            complement: begin,
            core_end: begin,
            end: word.end as usize,
            next: index + 1,
            thing: None,
            features: Features { name_words: 1, ..Features::default() },
        })
    }

    fn walk(&self, index: usize, word: Word, head: &'d Head, form: HeadForm) -> Walk<'d> {
        let text = word.text(self.document);
        let begin = word.begin as usize + form.proclitic;
        let complement = self.words.get(index + 1).map_or(word.end, |next| next.begin) as usize;
        let this = index.checked_sub(1).and_then(|before| self.words.get(before)).is_some_and(|before| {
            let before = before.text(self.document);
            self.lexicon.without_proclitics(before).any(|w| is_one_of(w, &self.lexicon.forms().demonstrative))
        });
        Walk {
            phrase: Phrase {
                head,
                begin,
                complement,
                core_end: begin,
                end: begin,
                next: index + 1,
                thing: None,
                definite: form.definite,
                features: Features { this, ..Features::default() },
            },
            last: Last::Head,
            feminine: ends_in(text, &self.lexicon.forms().feminine),
            nouns: 0,
        }
    }

    /// Reads what stands in construct with the noun; whether there is such a thing.
    fn complement(&self, walk: &mut Walk<'d>, after: &[(usize, Phrase<'d>)]) -> bool {
        let takes = walk.phrase.head.takes;
        let first = walk.phrase.next;
        let Some(word) = self.words.get(first) else { return false };
        if word.gap == Gap::Opening {
            return (takes.name || takes.phrase) && self.quoted(walk, first);
        }
        if !self.is_joined(first) {
            return false;
        }
        if self.listed(walk, first) || takes.person && self.person(walk, first) {
            return true;
        }
        if let Some(ordinary) = self.ordinary(walk, first) {
            walk.phrase.features.ordinary = ordinary;
        }
        if takes.portfolio
            && let Some((end, next)) = self.portfolio(first)
        {
            walk.phrase.features.portfolio = true;
            walk.take(end, next, Last::Noun);
            return true;
        }
        if takes.name && head_is_body(walk.phrase.head) && self.brand(walk, first) {
            return true;
        }
        // Nouns without the article go before what they are of.
        while walk.nouns < MOST_NOUNS {
            let index = walk.phrase.next;
            if !self.is_joined(index) {
                return false;
            }
            let Some(part) = self.part(index) else { return false };
            if self.proper(walk, &part, index, after) {
                return true;
            }
            if part.definite && part.joint == Joint::None {
                return takes.phrase && self.noun(walk, &part, index) || takes.name && self.name(walk, index);
            }
            if part.joint == Joint::None && (takes.phrase || takes.place) && self.heads.is_topic(part.stem) {
                walk.phrase.features.topics += u8::from(walk.nouns == 0);
                walk.nouns += 1;
                walk.take(part.word.end as usize, index + 1, Last::Open);
                continue;
            }
            return walk.nouns == 0 && part.joint == Joint::None && takes.name && self.name(walk, index);
        }
        false
    }

    /// Whether the noun is no name with the word at `first`, or with that and the next.
    fn ordinary(&self, walk: &Walk<'d>, first: usize) -> Option<bool> {
        let word = self.words.get(first)?;
        let head = walk.phrase.head;
        let one = word.text(self.document);
        let two = self
            .words
            .get(first + 1)
            .and_then(|next| self.text.get(word.begin as usize..next.end as usize))
            .unwrap_or(one);
        Some(head.is_ordinary_with(one) || head.is_ordinary_with(two))
    }

    /// A place or a body that a list has, or a phrase of its own.
    fn proper(
        &self,
        walk: &mut Walk<'d>,
        part: &Part<'d>,
        index: usize,
        after: &[(usize, Phrase<'d>)],
    ) -> bool {
        let takes = walk.phrase.head.takes;
        if part.joint != Joint::None {
            return false;
        }
        if (takes.body || (takes.phrase && walk.nouns > 0))
            && let Some(hit) = self.hit(part.begin, EntityType::Organization)
        {
            walk.phrase.features.body = true;
            walk.take(hit.end as usize, self.after(index, hit.end as usize), Last::Proper);
            return true;
        }
        if takes.body
            && let Some(inner) = built(after, index, part.begin)
            && (inner.head.kind == EntityType::Organization || inner.head.kind == walk.phrase.head.kind)
        {
            walk.phrase.features.body = true;
            walk.take(inner.end, inner.next, Last::Proper);
            return true;
        }
        if !(takes.place || takes.state && walk.nouns == 0) {
            return false;
        }
        if let Some(inner) = built(after, index, part.begin)
            && inner.head.kind == EntityType::Location
            && !inner.head.introduces
        {
            walk.phrase.features.place = true;
            walk.take(inner.end, inner.next, Last::Proper);
            return true;
        }
        let certain = self.hit(part.begin, EntityType::Location);
        let place = certain.or_else(|| {
            // Behind its noun a word that is mostly no place may be one (`جامعة صور`), but no adjective (`جسر بري`).
            if self.heads.adjective(part.text).is_some() {
                return None;
            }
            let named =
                |hit: &&Hit| hit.article == Article::None && self.names(hit, EntityType::Location, true);
            self.hits.beginning_at(part.begin).find(named)
        });
        let Some(hit) = place else { return false };
        walk.phrase.features.place = true;
        walk.phrase.features.common_place = certain.is_none();
        walk.take(hit.end as usize, self.after(index, hit.end as usize), Last::Proper);
        true
    }

    /// A noun with the article, which closes the construct.
    fn noun(&self, walk: &mut Walk<'d>, part: &Part<'d>, index: usize) -> bool {
        let features = &mut walk.phrase.features;
        if self.heads.is_topic(part.stem) {
            features.topics += 1;
        } else {
            match self.role(part) {
                Some(true) => features.official += 1,
                Some(false) => return false,
                None => {}
            }
            if self.lexicon.evidence().trigger(part.text).iter().any(|&(s, _)| s == Supports::Person) {
                return false;
            }
            if self.nationality(part.begin).is_some() {
                return false;
            }
            if self.is_unlisted(part.text, None) && !self.is_plural(part.text) {
                features.name_words += 1;
            } else {
                features.noun = true;
            }
        }
        walk.take(part.word.end as usize, index + 1, Last::Noun);
        true
    }

    /// A listed name of the kind that the noun introduces.
    fn listed(&self, walk: &mut Walk<'d>, index: usize) -> bool {
        let Some(word) = self.words.get(index) else { return false };
        let head = walk.phrase.head;
        let found =
            self.hits.beginning_at(word.begin as usize).filter(|hit| hit.word == hit.begin).find_map(|hit| {
                let of_head = self.lexicon.readings(hit).find_map(|reading| {
                    let thing = self.lexicon.thing(reading.sense)?;
                    let Sense::Thing(number) = reading.sense else { return None };
                    let same = thing.kind == head.kind
                        && thing.kind != EntityType::Location
                        && thing.subtype.as_deref() == Some(&*head.subtype);
                    // `شركة نفط`: a name that is a word must not be an indefinite one, save in quotation marks.
                    let a_word = reading.flags.common
                        && word.gap != Gap::Opening
                        && hit.article == Article::None
                        && hit.end == word.end;
                    (same && !a_word).then_some(number)
                });
                of_head.map(|number| (hit.end as usize, number))
            });
        let Some((end, number)) = found else { return false };
        walk.phrase.features.listed = true;
        walk.phrase.thing = Some(number);
        walk.take(end, self.after(index, end), Last::Proper);
        true
    }

    /// The longest row of `portfolios.tsv` that begins with the word at `first`.
    fn portfolio(&self, first: usize) -> Option<(usize, usize)> {
        let begin = self.words.get(first)?.begin as usize;
        (first..self.words.len().min(first + MOST_PARTS))
            .take_while(|&index| index == first || self.is_joined(index))
            .filter_map(|index| {
                let end = self.words.get(index)?.end as usize;
                self.heads.is_portfolio(self.text.get(begin..end)?).then_some((end, index + 1))
            })
            .last()
    }

    /// A person after whom something is named.
    fn person(&self, walk: &mut Walk<'d>, first: usize) -> bool {
        let text = |index: usize| self.words.get(index).map(|word| word.text(self.document));
        let announces = |text: &str| {
            self.lexicon.evidence().trigger(text).iter().any(|&(supports, _)| supports == Supports::Person)
        };
        let is_name = |text: &str| self.lexicon.words().name(text).is_some_and(|name| !name.common);
        let Some(begins) = text(first) else { return false };
        let titled = announces(begins);
        // `جسر بري`: an adjective or a noun of its own that is a name as well.
        if !titled && (self.heads.adjective(begins).is_some() || self.heads.is_topic(begins)) {
            return false;
        }
        let mut index = if titled { first + 1 } else { first };
        let mut names = 0;
        while names < MOST_PARTS && self.is_joined(index) {
            let Some(word) = text(index) else { break };
            let known = self.lexicon.words().name(word).is_some() && (titled || names > 0 || is_name(word));
            let regnal =
                names > 0 && self.part(index).is_some_and(|part| part.definite && self.is_ordinal(&part));
            // Of a name of several words the lists seldom have all.
            let foreign = (names > 0 || titled)
                && self.is_unlisted(word, None)
                && !self.lexicon.forms().is_clause(word);
            if !known && !announces(word) && !regnal && !foreign {
                break;
            }
            names += 1;
            index += 1;
        }
        let Some(last) = index.checked_sub(1).and_then(|last| self.words.get(last)) else { return false };
        if names == 0 {
            return false;
        }
        walk.phrase.features.person = true;
        walk.take(last.end as usize, index, Last::Proper);
        true
    }

    /// Words that are no ordinary ones.
    fn name(&self, walk: &mut Walk<'d>, first: usize) -> bool {
        let place = |index: usize| {
            self.words.get(index).and_then(|word| self.hit(word.begin as usize, EntityType::Location))
        };
        // What introduces places introduces those that are listed as well: they are found without it.
        if walk.phrase.head.introduces
            && walk.phrase.head.kind == EntityType::Location
            && place(first).is_some()
        {
            return false;
        }
        let mut index = first;
        while walk.phrase.features.name_words < MOST_NAME_WORDS && (index == first || self.is_joined(index)) {
            let Some(word) = self.words.get(index) else { break };
            if let Some(hit) = place(index).filter(|_| index > first) {
                let end = hit.end as usize;
                walk.take(end, self.after(index, end), Last::Proper);
                return true;
            }
            let text = word.text(self.document);
            let adjective = !text.starts_with(ARTICLE)
                && self.lexicon.forms().is_relative(text)
                && !walk.phrase.head.introduces;
            let dated = self.hits.beginning_at(word.begin as usize).any(|hit| self.is_date_word(hit));
            let rare = index == first && !text.ends_with(FEMININE) && !text.starts_with(ARTICLE);
            if !self.is_unlisted(text, rare.then_some(RARE))
                || adjective
                || self.lexicon.forms().is_clause(text)
                || dated
                || index > first && text.starts_with(AND)
            {
                break;
            }
            walk.phrase.features.name_words += 1;
            index += 1;
            walk.take(word.end as usize, index, Last::Proper);
        }
        index > first
    }

    /// Any words with what lam says they are for: `شركة الأفق للتجارة`.
    fn brand(&self, walk: &mut Walk<'d>, first: usize) -> bool {
        for index in first..first + MOST_BRAND_WORDS {
            let Some(part) = self.part(index).filter(|_| self.is_joined(index)) else { return false };
            if part.joint == Joint::For && index > first {
                if !self.heads.is_topic(part.stem) || !part.definite {
                    return false;
                }
                let Some(before) = self.words.get(index - 1) else { return false };
                let words = self.words.get(first..index).unwrap_or_default();
                let unlisted =
                    words.iter().all(|word| self.is_unlisted(word.text(self.document), Some(RARE)));
                walk.phrase.features.noun = !unlisted;
                walk.phrase.features.name_words = u8::from(unlisted);
                walk.take(before.end as usize, index, Last::Proper);
                return true;
            }
            let goes_on = part.joint == Joint::None
                && self.role(&part) != Some(false)
                && (part.definite || self.heads.of_word(part.text).is_none())
                && self.lexicon.evidence().trigger(part.text).is_empty()
                && (self.heads.is_topic(part.stem) || !part.text.starts_with([AND_CHAR, AT_CHAR, FOR_CHAR]));
            if !goes_on {
                return false;
            }
        }
        false
    }

    /// A name in quotation marks.
    fn quoted(&self, walk: &mut Walk<'d>, first: usize) -> bool {
        let Some(word) = self.words.get(first) else { return false };
        let begin = word.begin as usize;
        let opens = self.text.get(..begin).and_then(|ahead| ahead.chars().next_back());
        if opens.is_none_or(|c| !QUOTES.contains(&c)) {
            return false;
        }
        for index in first..self.words.len().min(first + MOST_PARTS) {
            let Some(word) = self.words.get(index) else { return false };
            if index > first && word.gap != Gap::Blank && word.gap != Gap::Hyphen {
                return false;
            }
            let end = word.end as usize;
            let Some(closes) = self.text.get(end..).and_then(|rest| rest.chars().next()) else {
                return false;
            };
            if QUOTES.contains(&closes) {
                walk.phrase.features.quoted = true;
                let _ = self.listed(walk, first);
                let end = if walk.phrase.head.introduces { end } else { end + closes.len_utf8() };
                walk.take(end, index + 1, Last::Proper);
                return true;
            }
        }
        false
    }

    /// Takes adjectives, what `و` joins and what `ل` adds.
    fn go_on(&self, walk: &mut Walk<'d>, after: &[(usize, Phrase<'d>)]) {
        let first = walk.phrase.next;
        while walk.phrase.next < first + MOST_WORDS {
            let index = walk.phrase.next;
            if !self.is_joined(index) {
                // `قصر الثقافة "مفدي زكرياء"`: the name that a facility was given.
                let head = walk.phrase.head;
                let given = walk.is_closed() && head.kind == EntityType::Location && !head.introduces;
                if given && self.words.get(index).is_some_and(|word| word.gap == Gap::Opening) {
                    self.quoted(walk, index);
                }
                break;
            }
            let Some(part) = self.part(index) else { break };
            let goes_on = match part.joint {
                Joint::None if part.definite => self.adjective(walk, &part, index),
                Joint::None => self.after_indefinite(walk, &part, index),
                Joint::And => self.joined_noun(walk, &part, index),
                Joint::For => self.purpose(walk, &part, index, after),
            };
            if !goes_on {
                break;
            }
        }
        // What stays open belongs to nothing.
        if walk.last == Last::Open {
            walk.phrase.next = self.after(first, walk.phrase.end);
        }
    }

    fn adjective(&self, walk: &mut Walk<'d>, part: &Part<'d>, index: usize) -> bool {
        let end = part.word.end as usize;
        if walk.last == Last::Open {
            return self.noun(walk, part, index);
        }
        let takes = walk.phrase.head.takes;
        if self.nationality(part.begin) == Some(end) {
            // Whose a place is stands outside its name: `قاعدة حميميم الروسية`.
            if walk.phrase.head.kind == EntityType::Location || !self.agrees(walk, part) {
                return false;
            }
            if walk.last == Last::Head && takes.state {
                walk.phrase.features.state = true;
            }
            walk.phrase.features.nationality = true;
            walk.take(end, index + 1, Last::Nationality);
            return true;
        }
        if takes.ordinal && self.is_ordinal(part) {
            walk.phrase.features.ordinal = true;
            walk.take(end, index + 1, Last::Adjective);
            return true;
        }
        match self.role(part) {
            Some(true) => walk.phrase.features.official += 1,
            None if self.lexicon.forms().is_relative(part.stem)
                && self.is_no_name(part)
                && walk.phrase.head.kind != EntityType::Location =>
            {
                walk.phrase.features.adjectives += 1;
            }
            _ => return false,
        }
        walk.take(end, index + 1, Last::Adjective);
        true
    }

    /// Whether a word goes on with a name or ends it.
    fn role(&self, part: &Part<'d>) -> Option<bool> {
        let written = self.text.get(part.begin..part.word.end as usize)?;
        self.heads.adjective(written).or_else(|| self.heads.adjective(part.stem))
    }

    /// Whether an adjective in ـي is not rather a person's name: `الحربي`.
    fn is_no_name(&self, part: &Part<'d>) -> bool {
        self.lexicon.words().name(part.text).is_none_or(|name| name.common)
    }

    fn after_indefinite(&self, walk: &mut Walk<'d>, part: &Part<'d>, index: usize) -> bool {
        if walk.last == Last::Open {
            if self.proper(walk, part, index, &[]) {
                return true;
            }
            if walk.nouns < MOST_NOUNS && self.heads.is_topic(part.stem) {
                walk.nouns += 1;
                walk.take(part.word.end as usize, index + 1, Last::Open);
                return true;
            }
            return false;
        }
        // `المركب الرياضي محمد الخامس`
        if walk.phrase.head.takes.person
            && walk.phrase.definite
            && walk.last == Last::Adjective
            && self.lexicon.words().name(part.text).is_some_and(|name| name.given > 0 && !name.common)
        {
            return self.person(walk, index);
        }
        if walk.phrase.head.takes.at && walk.is_closed() && !walk.phrase.features.at {
            let (place, index) = if part.text == IN {
                let Some(next) = self.words.get(index + 1).filter(|_| self.is_joined(index + 1)) else {
                    return false;
                };
                (next.begin as usize, index + 1)
            } else if part.text.starts_with(AT) {
                (part.word.begin as usize + AT.len(), index)
            } else {
                return false;
            };
            if let Some(hit) = self.hit(place, EntityType::Location) {
                // `في` may as well say where something happened: only what is not whole without it takes it.
                let Features { body, purpose, .. } = walk.phrase.features;
                if !(body || walk.phrase.definite && !purpose) {
                    return false;
                }
                walk.phrase.features.at = true;
                let end = hit.end as usize;
                walk.take(end, self.after(index, end), Last::Proper);
                return true;
            }
        }
        false
    }

    fn joined_noun(&self, walk: &mut Walk<'d>, part: &Part<'d>, index: usize) -> bool {
        let end = part.word.end as usize;
        match walk.last {
            Last::Noun | Last::Adjective if self.heads.is_topic(part.stem) && Self::is_noun(walk) => {
                walk.nouns = 0;
                walk.phrase.features.joined = true;
                let last = if part.definite { Last::Noun } else { Last::Open };
                walk.take(end, index + 1, last);
                true
            }
            Last::Adjective if part.definite && walk.phrase.features.ordinal => {
                let tens = self.is_plural(part.stem);
                if tens {
                    walk.take(end, index + 1, Last::Adjective);
                }
                tens
            }
            Last::Adjective if part.definite && self.role(part) == Some(true) => {
                walk.phrase.features.official += 1;
                walk.take(end, index + 1, Last::Adjective);
                true
            }
            _ => false,
        }
    }

    /// Whether a noun may be joined: only nouns are joined to nouns.
    fn is_noun(walk: &Walk<'d>) -> bool {
        let features = &walk.phrase.features;
        features.topics > 0 || features.portfolio || features.purpose || features.noun
    }

    fn purpose(
        &self,
        walk: &mut Walk<'d>,
        part: &Part<'d>,
        index: usize,
        after: &[(usize, Phrase<'d>)],
    ) -> bool {
        // Places are for nothing: what follows them says what somebody does there.
        if !walk.is_closed()
            || walk.phrase.head.kind == EntityType::Location
            || walk.phrase.features.purpose && walk.last != Last::Noun
        {
            return false;
        }
        let end = part.word.end as usize;
        let body = self.hit(part.begin, EntityType::Organization);
        let place = || self.hit(part.begin, EntityType::Location);
        let topic = self.heads.is_topic(part.stem);
        if let Some(hit) = body.filter(|_| walk.phrase.features.official > 0) {
            let end = hit.end as usize;
            walk.phrase.features.purpose = true;
            walk.take(end, self.after(index, end), Last::Proper);
            return true;
        }
        if let Some(inner) = built(after, index, part.begin).filter(|_| walk.phrase.definite) {
            walk.phrase.features.purpose = true;
            walk.take(inner.end, inner.next, Last::Proper);
            return true;
        }
        if topic {
            walk.phrase.features.purpose = true;
            walk.nouns = 0;
            walk.take(end, index + 1, if part.definite { Last::Noun } else { Last::Open });
            return true;
        }
        if let Some(hit) = place().filter(|_| walk.phrase.features.official > 1) {
            let end = hit.end as usize;
            walk.take(end, self.after(index, end), Last::Proper);
            return true;
        }
        false
    }

    /// Whether a nationality can be said of the phrase so far.
    fn agrees(&self, walk: &Walk<'d>, part: &Part<'d>) -> bool {
        let feminine = part.text.ends_with(FEMININE);
        if walk.last == Last::Nationality || self.is_plural(part.text) && walk.last != Last::Noun {
            return false;
        }
        if feminine == walk.feminine {
            return true;
        }
        // It may be said of the noun before.
        walk.last == Last::Noun && {
            let before = self.text.get(..walk.phrase.end).unwrap_or_default();
            feminine || !before.ends_with(FEMININE)
        }
    }

    fn is_plural(&self, word: &str) -> bool {
        ends_in(word, &self.lexicon.forms().plural)
    }

    fn is_date_word(&self, hit: &Hit) -> bool {
        let of_date = |sense| matches!(sense, Sense::DateWord(_) | Sense::Month { .. });
        self.lexicon.readings(hit).any(|reading| of_date(reading.sense) && !reading.flags.common)
    }

    fn is_ordinal(&self, part: &Part<'d>) -> bool {
        self.hits.beginning_at(part.begin).any(|hit| {
            hit.end == part.word.end
                && self
                    .lexicon
                    .readings(hit)
                    .any(|reading| matches!(reading.sense, Sense::DateWord(DateWord::Ordinal(_))))
        }) || is_one_of(part.stem.trim_end_matches(FEMININE), &self.lexicon.forms().ordinal)
    }

    /// The end of the nationality that begins at `at`, with the article.
    fn nationality(&self, at: usize) -> Option<usize> {
        self.hits
            .beginning_at(at)
            .filter(|hit| hit.article != Article::None)
            .find(|hit| self.names(hit, EntityType::Nationality, true))
            .map(|hit| hit.end as usize)
    }

    /// The longest listed name of the kind that begins at `at` and is not mostly an ordinary word.
    fn hit(&self, at: usize, kind: EntityType) -> Option<&'d Hit> {
        self.hits.beginning_at(at).find(|hit| self.names(hit, kind, false))
    }

    fn names(&self, hit: &Hit, kind: EntityType, common_too: bool) -> bool {
        self.lexicon.readings(hit).any(|reading| {
            (common_too || !reading.flags.common)
                && self.lexicon.thing(reading.sense).is_some_and(|thing| thing.kind == kind)
        })
    }

    /// The index of the first word after byte `end`, which is not far after word `index`.
    fn after(&self, index: usize, end: usize) -> usize {
        let rest = self.words.get(index..).unwrap_or_default();
        index + rest.iter().take_while(|word| (word.begin as usize) < end).count()
    }

    /// Whether the word at `index` belongs to the same line of words as the one before.
    fn is_joined(&self, index: usize) -> bool {
        let Some(word) = self.words.get(index) else { return false };
        match word.gap {
            Gap::Blank => true,
            Gap::Break => {
                let Some(before) = index.checked_sub(1).and_then(|before| self.words.get(before)) else {
                    return false;
                };
                let blank = |c: char| c.is_whitespace();
                let between = self.text.get(before.end as usize..word.begin as usize);
                between.is_some_and(|between| between.chars().all(blank))
                    && self.one_block(before.end as usize, word.begin as usize)
            }
            _ => false,
        }
    }

    fn one_block(&self, begin: usize, end: usize) -> bool {
        let span = self.document.source_span(begin, end);
        let blocks = self.document.blocks();
        let at = blocks.partition_point(|block| block.span.end <= span.begin);
        blocks.get(at).is_some_and(|block| block.span.contains(Span::new(span.begin, span.end)))
    }

    fn part(&self, index: usize) -> Option<Part<'d>> {
        let word = *self.words.get(index)?;
        let text = word.text(self.document);
        let begin = word.begin as usize;
        let part = |joint, offset: usize, definite, stem| Part {
            word,
            text,
            joint,
            begin: begin + offset,
            definite,
            stem,
        };
        let topic = |stem: &str| self.heads.is_topic(stem);
        if topic(text) {
            return Some(part(Joint::None, 0, false, text));
        }
        let (joint, offset, rest) = match text.strip_prefix(AND) {
            Some(rest) if rest.starts_with(ARTICLE) || topic(rest) => (Joint::And, AND.len(), rest),
            _ => (Joint::None, 0, text),
        };
        if let Some(stem) = rest.strip_prefix(ARTICLE).filter(|stem| stem.chars().count() > 1) {
            return Some(part(joint, offset, true, stem));
        }
        if joint == Joint::None {
            if let Some(stem) = text.strip_prefix(LAM_ARTICLE).filter(|stem| stem.chars().count() > 1) {
                return Some(part(Joint::For, FOR.len(), true, stem));
            }
            if let Some(stem) = text.strip_prefix(FOR)
                && (topic(stem) || self.hits.beginning_at(begin + FOR.len()).next().is_some())
            {
                return Some(part(Joint::For, FOR.len(), false, stem));
            }
        }
        Some(part(joint, offset, false, rest))
    }

    /// Whether what stands in brackets after a body may be its short name.
    pub(super) fn is_short_name(&self, letters: &str, at: usize) -> bool {
        let named = |kind| {
            self.hits
                .beginning_at(at)
                .any(|hit| self.names(hit, kind, true) && hit.end as usize == at + letters.len())
        };
        if named(EntityType::Location) || named(EntityType::Nationality) || named(EntityType::Person) {
            return false;
        }
        named(EntityType::Organization)
            || letters.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
            || (!letters.contains(' ') && self.is_unlisted(letters, Some(RARE)))
    }

    /// Whether no list of ordinary words has `text`, with or without what may stand before a word; those of class
    /// `most` and rarer do not count.
    fn is_unlisted(&self, text: &str, most: Option<u8>) -> bool {
        let is_ordinary =
            |word: &str| self.lexicon.words().ordinary(word).is_some_and(|class| Some(class) > most);
        // `بالأشرفية` after a name says where, and is no part of it.
        let joined = !text.starts_with(ARTICLE) && self.lexicon.proclitics().has_article(text);
        if joined || text.chars().all(char::is_numeric) || text.chars().nth(1).is_none() {
            return false;
        }
        let bare = text.strip_prefix(ARTICLE).unwrap_or(text);
        !is_ordinary(text)
            && !self
                .lexicon
                .without_proclitics(text)
                .any(|word| word.chars().nth(2).is_some() && is_ordinary(word))
            && self.heads.adjective(bare).is_none()
            && self.heads.adjective(text).is_none()
            && !self.heads.is_topic(bare)
            && self.heads.of_word(text).is_none()
            && self.lexicon.evidence().trigger(text).is_empty()
    }
}

/// The phrase of `after` that begins with the word at `index` and at byte `begin`.
fn built<'a, 'd>(after: &'a [(usize, Phrase<'d>)], index: usize, begin: usize) -> Option<&'a Phrase<'d>> {
    let near = after.iter().rev().take(MOST_WORDS);
    near.map(|(at, phrase)| (at, phrase))
        .find(|&(&at, phrase)| at == index && phrase.begin == begin)
        .map(|(_, phrase)| phrase)
}

fn head_is_body(head: &Head) -> bool {
    head.kind == EntityType::Organization
}
