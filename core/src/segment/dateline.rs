//! The dateline: a small parser over the head of a paragraph or a line of its own.
//!
//! It reads elements from left to right: the words of the place, then in any order a bracket, a date, an agency
//! (bare, in brackets, between slashes or in quotation marks) and the marks between them; the last mark that
//! can close it does. What was found is scored by `data/segment/dateline.toml`.

use std::ops::Range;

use super::Dateline;
use super::blocks::{LONGEST_NAME, name_length, names_writer};
use super::features::{Observed, features};
use super::rules::{Extent, PhraseKey, Phrases, Rules};
use super::tokens::is_arabic;
use super::view::View;
use crate::{Document, Span};

features! {
    /// What speaks for and against a dateline.
    DatelineFeature {
        /// Always.
        Bias,
        /// The lexicon knows the place.
        PlaceListed,
        /// A listed agency or paper is in it.
        Agency,
        /// Something else stands in quotation marks or between slashes.
        UnlistedAgency,
        /// A date is in it.
        Date,
        /// Something else stands in brackets.
        Bracket,
        /// It is closed by a dash.
        Dash,
        /// It is closed by a colon.
        Colon,
        /// It is closed by dots.
        Ellipsis,
        /// It is closed by the agency's own slashes, brackets or marks.
        Slashes,
        /// No paragraph of running text stands before.
        NearBeginning,
        /// Nothing follows in the block.
        LineOfItsOwn,
        /// At least six words follow in the block.
        BodyFollows,
        /// One to five words follow in the block.
        BodyShort,
        /// The place is one word.
        PlaceOneWord,
        /// The place is two words.
        PlaceTwoWords,
        /// The place is three words or more.
        PlaceThreeWords,
        /// Nothing but a place and a colon.
        ColonAlone,
        /// Closed by a colon, and a quotation mark follows.
        QuotationFollows,
        /// A line of its own with neither agency nor date.
        Alone,
        /// Nothing but a place and a dash, and another dash soon after: an apposition.
        SecondDash,
        /// Nothing but a place and a dash, and a colon after a few words that announce no speech: a headline's.
        ColonSoon,
        /// What is taken for the name of a paper stands between two dashes, as an apposition does.
        BetweenDashes,
        /// Nothing but a place and a dash, and another listed place right after: a stretch between two.
        PlaceFollows,
        /// A day and nothing else, on a line of its own.
        DayAlone,
        /// The text says of what stands for the place that something is in, from or on the way to it.
        PlaceInText,
        /// It begins with the agency or paper, and no mark closes it.
        AgencyFirst,
        /// The place alone, with no mark, on a line of its own.
        PlaceAlone,
        /// A person's name follows the place and its mark: the correspondent's.
        NameFollows,
    }
}

/// The longest dateline that is looked for, in tokens.
const LONGEST: usize = 40;
/// Words of a place at most.
const PLACE_WORDS: usize = 4;
/// Words between two brackets, slashes or marks at most.
const ENCLOSED: usize = 8;
/// Tokens of an apposition between two dashes at most.
const APPOSITION: usize = 8;
/// Words of a name that no mark encloses at most.
const NAME_WORDS: usize = 3;
/// Tokens of the text that are searched for the place, and those after a dateline among which words are counted.
const SEARCHED: usize = 1500;
/// Lines at the head of the text for which that is done.
pub(super) const SEARCHING: usize = 6;
/// From how many words on the text after a dateline is a sentence.
const BODY_WORDS: usize = 6;

/// Whether a list knows what stands at `place` as a place.
pub(super) fn place_evidence(document: &Document, place: Span) -> bool {
    let surface = place.of(document.text());
    document.lexicons().any(|lexicon| lexicon.is_place(surface))
}

/// How a dateline may be closed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    Dash,
    Colon,
    Ellipsis,
    Enclosure,
    End,
}

/// One part of a dateline, as the parser sees it.
#[derive(Clone, Copy)]
enum Element {
    /// A dash, colon or dots.
    Closing(Closing),
    Date(Span),
    Agency(Span, bool),
    Bracket,
    /// A comma or a single slash.
    Separator,
}

/// What the parser has found so far.
#[derive(Clone, Copy, Default)]
struct Found {
    place: Option<Span>,
    place_words: usize,
    agency: Option<Span>,
    known: Known,
    date: Option<Span>,
    bracket: bool,
    agency_first: bool,
    /// It begins with a word that stands for agencies.
    generic_first: bool,
}

/// What says that an agency is one.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Known {
    /// Marks or slashes around it.
    #[default]
    Enclosed,
    /// A list.
    Listed,
    /// Nothing but the slash before it.
    Slash,
    /// Nothing but the dash before it.
    Dash,
}

impl Known {
    const fn of(listed: bool) -> Self {
        if listed { Self::Listed } else { Self::Enclosed }
    }
}

/// A dateline as it was read.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) dateline: Dateline,
    /// A date or an agency that is surely one stands in it: no headline begins so.
    pub(super) sure: bool,
    /// How much speaks for it.
    pub(super) score: f32,
    /// How it is closed.
    pub(super) closing: Closing,
    /// A list has its agency or paper.
    pub(super) listed: bool,
}

/// Where a line stands that is read as a dateline.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    /// No paragraph of running text stands before.
    pub(super) near_beginning: bool,
    /// How many lines stand before.
    pub(super) line: usize,
}

/// The dateline at the head of `span`, if there is one.
pub(super) fn parse(document: &Document, view: &View, span: Span, standing: Standing) -> Option<Reading> {
    let near_beginning = standing.near_beginning;
    let rules = &document.knowledge().segment;
    let tokens = view.tokens_in(span);
    let parser = Parser {
        document,
        view,
        rules,
        end: tokens.end.min(tokens.start + LONGEST),
        whole: tokens.len() <= LONGEST && standing.line > 0 && near_beginning,
    };
    let (found, closed, closing, next) = parser.run(tokens.start)?;

    let rest = view.words_up_to(next..tokens.end.min(next + SEARCHED), BODY_WORDS);
    let mut observed = Observed::new();
    observed.set(DatelineFeature::Bias);
    observed.set_if(DatelineFeature::Agency, found.agency.is_some() && found.known == Known::Listed);
    observed.set_if(DatelineFeature::UnlistedAgency, found.agency.is_some() && found.known != Known::Listed);
    observed.set_if(DatelineFeature::BetweenDashes, found.known == Known::Dash);
    observed.set_if(DatelineFeature::Date, found.date.is_some());
    observed.set_if(DatelineFeature::Bracket, found.bracket);
    observed.set_if(DatelineFeature::NearBeginning, near_beginning);
    let own_line = next >= tokens.end;
    observed.set_if(DatelineFeature::DayAlone, found.place.is_none() && found.agency.is_none() && own_line);
    observed.set_if(DatelineFeature::AgencyFirst, found.agency_first && closing == Closing::End && !own_line);
    observed.set_if(DatelineFeature::LineOfItsOwn, own_line);
    observed.set_if(DatelineFeature::BodyFollows, rest >= BODY_WORDS);
    observed.set_if(DatelineFeature::BodyShort, !own_line && rest < BODY_WORDS);
    let bare = found.agency.is_none() && found.date.is_none();
    observed.set_if(DatelineFeature::Alone, own_line && bare && closing != Closing::End);
    observed.set_if(DatelineFeature::PlaceAlone, own_line && bare && closing == Closing::End);
    observed.set(match closing {
        Closing::Dash => DatelineFeature::Dash,
        Closing::Colon => DatelineFeature::Colon,
        Closing::Ellipsis => DatelineFeature::Ellipsis,
        Closing::Enclosure | Closing::End => DatelineFeature::Slashes,
    });
    if closing == Closing::Dash && bare && !found.bracket {
        let soon = next..tokens.end.min(next + APPOSITION);
        let dash = |index: usize| view.single(index).and_then(closing_mark) == Some(Closing::Dash);
        observed.set_if(DatelineFeature::SecondDash, soon.clone().any(dash));
        let said = soon.clone().take_while(|at| view.is_word(*at)).collect::<Vec<_>>();
        let colon = said.last().is_some_and(|last| view.single(last + 1) == Some(':'));
        let spoken = said.iter().any(|at| rules.speech.cue(view.folded(*at)).is_some());
        observed.set_if(DatelineFeature::ColonSoon, colon && !spoken);
        let place = view.token(next).is_some_and(|token| place_evidence(document, token.span));
        observed.set_if(DatelineFeature::PlaceFollows, place);
    }
    let alone = own_line && bare && closing == Closing::End;
    if closing == Closing::Colon || alone {
        let searched = standing.line <= SEARCHING && near_beginning && bare;
        let place = found.place.filter(|_| searched);
        observed
            .set_if(DatelineFeature::PlaceInText, place.is_some_and(|place| is_in_text(view, rules, place)));
    }
    if closing == Closing::Colon {
        observed.set_if(DatelineFeature::ColonAlone, bare && !found.bracket);
        let name = bare && name_length(document, view, next..tokens.end.min(next + LONGEST_NAME)).is_some();
        observed.set_if(DatelineFeature::NameFollows, name);
        let mark = view.single(next).is_some_and(|c| rules.marks.is_mark(c));
        observed.set_if(DatelineFeature::QuotationFollows, bare && mark);
    }
    if let Some(place) = found.place {
        observed.set_if(
            DatelineFeature::PlaceListed,
            place_evidence(document, place) || parser.is_described(place),
        );
        observed.set(match found.place_words {
            0 | 1 => DatelineFeature::PlaceOneWord,
            2 => DatelineFeature::PlaceTwoWords,
            _ => DatelineFeature::PlaceThreeWords,
        });
    }
    let score = rules.dateline.weights.score(observed);
    let begin = if own_line { span.begin } else { view.token(tokens.start)?.span.begin };
    (score > 0.0).then_some(Reading {
        score,
        closing,
        listed: found.known == Known::Listed,
        dateline: Dateline {
            span: Span::new(begin, if own_line { span.end } else { closed }),
            place: found.place,
            agency: found.agency,
            date: found.date,
        },
        sure: found.date.is_some()
            || found.agency.is_some() && matches!(found.known, Known::Enclosed | Known::Listed),
    })
}

/// Whether the text says elsewhere that something is in, from or on the way to what stands at `place`: by a word
/// before it (في بيجين) or one that is written together with it (ببيجين).
fn is_in_text(view: &View, rules: &Rules, place: Span) -> bool {
    let words = view.tokens_in(place);
    let first = view.folded(words.start);
    (0..view.tokens.len().min(words.end + SEARCHED)).filter(|at| !words.contains(at)).any(|at| {
        let word = view.folded(at);
        let in_it = word == first && at > 0 && rules.dateline.before_place.has(view.folded(at - 1))
            || word.strip_prefix('ب') == Some(first);
        in_it && words.clone().zip(at..).skip(1).all(|(word, other)| view.folded(word) == view.folded(other))
    })
}

/// The token after the day that `tokens` begin with, if a month stands in it.
pub(super) fn day(document: &Document, view: &View, tokens: Range<usize>) -> Option<usize> {
    let rules = &document.knowledge().segment;
    let parser = Parser { document, view, rules, end: tokens.end, whole: false };
    parser.date(tokens.start).map(|date| date.end)
}

struct Parser<'v, 'd> {
    document: &'v Document<'v>,
    view: &'v View<'d>,
    rules: &'v Rules,
    /// No token from here on is looked at.
    end: usize,
    /// The line may be a dateline as a whole: it is short, not the first, and nothing that runs stands before.
    whole: bool,
}

impl Parser<'_, '_> {
    /// What was found, where it ends, how it is closed, and the token after it.
    #[allow(clippy::too_many_lines)]
    fn run(&self, begin: usize) -> Option<(Found, u32, Closing, usize)> {
        let mut found = Found::default();
        let mut at = self.place(begin, &mut found);
        // The last point at which all that stands before made a dateline.
        let mut accepted = None;
        while at < self.end {
            if let Some((name, next)) = self.unmarked_name(at, &found) {
                found.agency = Some(name);
                let dash = self.closing_before(at) == Some(Closing::Dash);
                found.known = if dash { Known::Dash } else { Known::Slash };
                at = next;
                continue;
            }
            if let Some(next) = self.second_place(at, &found) {
                at = next;
                continue;
            }
            let Some((element, next)) = self.element(at, accepted.is_some(), &found) else { break };
            let closing = match element {
                Element::Closing(closing) => Some(closing),
                Element::Separator => None,
                Element::Bracket => {
                    found.bracket = true;
                    None
                }
                Element::Date(span) if found.date.is_none() => {
                    found.date = Some(span);
                    None
                }
                // Between slashes the correspondent stands before the agency: تونس/ name/ الأناضول
                Element::Agency(span, listed)
                    if found.agency.is_none() || listed && found.known != Known::Listed =>
                {
                    found.generic_first |=
                        found.place.is_none() && self.phrase(&self.rules.sources.generic, at) == Some(next);
                    found.agency = Some(span);
                    found.known = Known::of(listed);
                    // Its own brackets or slashes close it, if it is known; else a mark must follow.
                    let last = self.view.single(next.saturating_sub(1));
                    let enclosed = matches!(last, Some(')' | ']' | '/'));
                    // So does the agency itself after a dash, a slash or the date, and a paper's marks after a colon.
                    let marked = last.is_some_and(|c| self.rules.marks.is_mark(c))
                        && self.closing_before(at) == Some(Closing::Colon);
                    let bare = self.view.is_word(next.saturating_sub(1));
                    (listed && (enclosed || bare) || marked).then_some(Closing::Enclosure)
                }
                Element::Date(_) | Element::Agency(..) => break,
            };
            at = next;
            let agency_alone = found.agency_first && closing == Some(Closing::Dash);
            if let Some(closing) = closing
                && (found.place.is_some() || agency_alone)
            {
                let end = self.view.token(next.saturating_sub(1))?.span.end;
                accepted = Some((found, end, closing, next));
            }
            let separated = matches!(element, Element::Separator) && self.unmarked_name(at, &found).is_none();
            if found.place.is_none() || separated {
                let bare = found.place.is_none() && found.agency_first;
                let after = self.place(at, &mut found);
                // الأخبار - آتار: what stands first is the paper, and no mark follows the place.
                if bare
                    && after > at
                    && after < self.end
                    && self.view.is_word(after - 1)
                    && !self.ends_place(after, &found)
                    && let Some(length) = self.listed_place(at, after).or_else(|| self.place_of_text(at))
                {
                    let place = self.span(&(at..at + length));
                    found.place = Some(place);
                    found.place_words = length;
                    return Some((found, place.end, Closing::End, at + length));
                }
                at = after;
            }
        }
        // خاص – name: the writer's line.
        let signed =
            found.generic_first && found.place.is_some_and(|place| !place_evidence(self.document, place));
        if at >= self.end
            && found.place.is_some()
            && !signed
            && (found.date.is_some() || found.agency.is_some())
        {
            let end = self.view.token(at.checked_sub(1)?)?.span.end;
            let closing = accepted.map_or(Closing::End, |(_, _, closing, _)| closing);
            return Some((found, end, closing, at));
        }
        if self.whole
            && let Some((found, end)) = self.correspondent_first(begin)
        {
            return Some((found, end, Closing::End, self.end));
        }
        if self.whole && found.place.is_none() && found.date.is_some() && at >= self.end {
            let end = self.view.token(at.checked_sub(1)?)?.span.end;
            return Some((found, end, Closing::End, at));
        }
        if self.whole && at >= self.end && accepted.is_none() && found.agency.is_none() {
            let place = found.place.filter(|place| place_evidence(self.document, *place))?;
            return Some((found, place.end, Closing::End, at));
        }
        // The correspondent of a line of its own: بغداد – واع – name
        if self.whole
            && let Some((found, _, closing, next)) = accepted
            && closing == Closing::Dash
            && found.agency.is_some()
            && (1..=NAME_WORDS + 2).contains(&(self.end.saturating_sub(next)))
            && (next..self.end).all(|at| self.view.is_word(at) && !self.says(at))
        {
            let end = self.view.token(self.end.checked_sub(1)?)?.span.end;
            return Some((found, end, Closing::End, self.end));
        }
        accepted
    }

    /// A line of its own of the correspondent, a dash and a listed place: what was found, and where it ends.
    fn correspondent_first(&self, begin: usize) -> Option<(Found, u32)> {
        let dash = (begin..self.end.min(begin + LONGEST_NAME + 1))
            .find(|at| self.view.single(*at).and_then(closing_mark) == Some(Closing::Dash))?;
        let name = dash >= begin + 2 && names_writer(self.document, self.view, begin..dash);
        let place = self.span(&(dash + 1..self.end));
        let listed = dash + 1 < self.end && place_evidence(self.document, place);
        let found = Found { place: Some(place), place_words: self.end - dash - 1, ..Found::default() };
        (name && listed).then_some((found, place.end))
    }

    /// Whether a word is in no name.
    fn says(&self, at: usize) -> bool {
        let word = self.view.folded(at);
        self.rules.dateline.not_in_place.has(word) || self.rules.speech.cue(word).is_some()
    }

    /// Whether what stands at `at` ends the words of a place or belongs to a dateline.
    fn ends_place(&self, at: usize, found: &Found) -> bool {
        at >= self.end || self.element(at, true, found).is_some()
    }

    /// The token after a second listed place behind the dash, if an agency follows: دبي - أبوظبي (رويترز) -
    fn second_place(&self, at: usize, found: &Found) -> Option<usize> {
        if found.place.is_none() || found.agency.is_some() || self.closing_before(at) != Some(Closing::Dash) {
            return None;
        }
        let next = at + self.listed_place(at, self.end.min(at + NAME_WORDS))?;
        let after = if self.view.single(next).and_then(closing_mark) == Some(Closing::Dash) {
            next + 1
        } else {
            next
        };
        matches!(self.element(after, true, found), Some((Element::Agency(_, true), _))).then_some(next)
    }

    /// One word where the text says elsewhere that something is in what it names.
    fn place_of_text(&self, at: usize) -> Option<usize> {
        is_in_text(self.view, self.rules, self.span(&(at..at + 1))).then_some(1)
    }

    /// Whether a listed place stands before a word that describes places: تونس العاصمة, القدس المحتلة
    fn is_described(&self, place: Span) -> bool {
        let words = self.view.tokens_in(place);
        let last = words.end.saturating_sub(1);
        last > words.start
            && self.rules.dateline.place_epithets.has(self.view.folded(last))
            && place_evidence(self.document, self.span(&(words.start..last)))
    }

    /// Words of the longest listed place that begins at the first of the tokens.
    fn listed_place(&self, begin: usize, end: usize) -> Option<usize> {
        (begin + 1..=end)
            .rev()
            .find(|end| place_evidence(self.document, self.span(&(begin..*end))))
            .map(|end| end - begin)
    }

    /// What closes a dateline, if that is the token before.
    fn closing_before(&self, at: usize) -> Option<Closing> {
        at.checked_sub(1).and_then(|before| self.view.single(before)).and_then(closing_mark)
    }

    /// The name of a paper that no list has and no mark encloses, and the token after it: a few words after the
    /// place, between a dash or a slash and the mark that closes, of which none is a place (عدن - ضفاف اليوم -).
    fn unmarked_name(&self, begin: usize, found: &Found) -> Option<(Span, usize)> {
        let (view, rules) = (self.view, self.rules);
        let dash = self.closing_before(begin) == Some(Closing::Dash);
        let slash = begin.checked_sub(1).and_then(|before| view.single(before)) == Some('/');
        if found.place.is_none() || found.agency.is_some() || !dash && !slash {
            return None;
        }
        let mut at = begin;
        while at < self.end && at - begin <= NAME_WORDS && view.is_word(at) {
            let word = view.folded(at);
            if rules.dateline.not_in_place.has(word)
                || rules.dateline.appositions.has(word)
                || rules.dateline.date_glue.has(word)
                || rules.speech.cue(word).is_some()
                || self.date(at).is_some()
                || at == begin && self.listed(at).is_some()
                || view.token(at).is_some_and(|token| place_evidence(self.document, token.span))
            {
                return None;
            }
            at += 1;
        }
        let words = self.span(&(begin..at));
        let closing = view.single(at).filter(|_| at < self.end).and_then(closing_mark);
        // After a dash a colon is a headline's (بيروت - أزمة الخبز: …), but for a correspondent's name.
        let closed = closing == Some(Closing::Dash)
            || closing == Some(Closing::Colon)
                && (slash || name_length(self.document, view, begin..at) == Some(at - begin));
        ((1..=NAME_WORDS).contains(&(at - begin)) && closed && !place_evidence(self.document, words))
            .then_some((words, at))
    }

    /// Reads the words of a place, or of what is said of one after a comma; the token after them.
    fn place(&self, begin: usize, found: &mut Found) -> usize {
        let (view, rules) = (self.view, self.rules);
        let mut at = begin;
        while at < self.end && at - begin < PLACE_WORDS && view.is_word(at) {
            let word = view.folded(at);
            if rules.dateline.not_in_place.has(word)
                || rules.speech.cue(word).is_some()
                || self.date(at).is_some()
                || rules.dateline.date_glue.has(word)
                || rules.sources.class_nouns.has(word)
                || at > begin && self.phrase(&rules.sources.agencies, at).is_some()
            {
                break;
            }
            at += 1;
        }
        if at == begin || found.place.is_some() && self.element(at, true, found).is_none() {
            return begin;
        }
        let words = self.span(&(begin..at));
        let dash = view.single(at).and_then(closing_mark) == Some(Closing::Dash);
        let paper = || {
            dash && self.phrase(&rules.sources.papers, begin) == Some(at)
                && !place_evidence(self.document, words)
                && self.listed_place(at + 1, self.end.min(at + 1 + NAME_WORDS)).is_some()
        };
        if self.phrase(&rules.sources.agencies, begin) == Some(at) || found.agency.is_none() && paper() {
            found.agency_first |= found.agency.is_none() && dash;
            // رويترز - باريس: the place comes after.
            if found.agency.is_none() {
                found.agency = Some(words);
                found.known = Known::Listed;
            }
        } else if found.place.is_none() {
            found.place = Some(words);
            found.place_words = at - begin;
        }
        at
    }

    /// The element at `at` and the token after it. A bare agency counts only where something `closed` or is
    /// about to close the dateline: الحياة is a paper, and life.
    fn element(&self, at: usize, closed: bool, found: &Found) -> Option<(Element, usize)> {
        let c = self.view.single(at);
        if let Some(closing) = c.and_then(closing_mark) {
            return Some((Element::Closing(closing), self.run_of_closings(at)));
        }
        if let Some(date) = self.date(at) {
            return Some((Element::Date(self.span(&date)), date.end));
        }
        match c {
            Some('(' | '[') => return self.enclosed(at, |c| matches!(c, ')' | ']'), true),
            Some('/') => {
                return self.enclosed(at, |c| c == '/', false).or(Some((Element::Separator, at + 1)));
            }
            Some('\u{60C}' | ',') => return Some((Element::Separator, at + 1)),
            Some(c) if self.rules.marks.is_mark(c) => {
                return self.enclosed(at, |c| self.rules.marks.family_of(c).is_some(), false);
            }
            _ => {}
        }
        if self.rules.dateline.date_glue.has(self.view.folded(at)) && self.date(at + 1).is_some() {
            return Some((Element::Separator, at + 1));
        }
        let (words, next) = self.listed(at)?;
        let end_before =
            at.checked_sub(1).and_then(|before| self.view.token(before)).map(|token| token.span.end);
        let after_date = end_before.is_some() && found.date.map(|date| date.end) == end_before;
        let after_mark = self.closing_before(at) == Some(Closing::Dash)
            || at.checked_sub(1).and_then(|before| self.view.single(before)) == Some('/');
        let stands_alone = found.place.is_some()
            && (after_date || after_mark)
            && [&self.rules.sources.agencies, &self.rules.sources.wires]
                .into_iter()
                .any(|list| self.phrase(list, at) == Some(next));
        let then_closed = next >= self.end && closed
            || self.view.single(next).is_some_and(|c| closing_mark(c).is_some() || matches!(c, '(' | '/'))
            || self.date(next).is_some();
        (then_closed || stands_alone).then(|| (Element::Agency(self.span(&words), true), next))
    }

    /// What stands between an opening mark at `at` and the next that `closes`.
    fn enclosed(&self, at: usize, closes: impl Fn(char) -> bool, bracket: bool) -> Option<(Element, usize)> {
        let limit = self.end.min(at + 2 + ENCLOSED);
        let close = (at + 1..limit).find(|index| self.view.single(*index).is_some_and(&closes))?;
        let inside = at + 1..close;
        if inside.is_empty() {
            return None;
        }
        let next = close + 1;
        if let Some(date) = self.date(inside.start)
            && date.end == inside.end
        {
            return Some((Element::Date(self.span(&date)), next));
        }
        if self.agency_fills(&inside) {
            return Some((Element::Agency(self.span(&inside), true), next));
        }
        if bracket {
            return Some((Element::Bracket, next));
        }
        // A name in marks or slashes, if it is short and says nothing.
        let name = self.view.words_up_to(inside.clone(), 4) <= 3
            && inside.clone().all(|index| self.rules.speech.cue(self.view.folded(index)).is_none());
        name.then(|| (Element::Agency(self.span(&inside), false), next))
    }

    /// Whether the tokens are an agency's name, or begin with a word for one.
    fn agency_fills(&self, inside: &Range<usize>) -> bool {
        self.rules.sources.class_nouns.has(self.view.folded(inside.start))
            || self.agencies().any(|list| self.phrase(list, inside.start).is_some_and(|end| end >= inside.end))
            // Two agencies side by side: (أ ف ب، رويترز).
            || self.listed(inside.start).is_some_and(|(_, next)| {
                self.view.single(next).is_some_and(|c| matches!(c, '\u{60C}' | ',' | '-' | '/' | '+'))
            })
    }

    fn agencies(&self) -> impl Iterator<Item = &Phrases> {
        let sources = &self.rules.sources;
        [&sources.agencies, &sources.papers, &sources.generic].into_iter()
    }

    /// A listed agency or paper at `at`: its tokens, and the token after it.
    fn listed(&self, at: usize) -> Option<(Range<usize>, usize)> {
        if !self.view.is_word(at) {
            return None;
        }
        let end = self.agencies().filter_map(|list| self.phrase(list, at)).max()?;
        Some((at..end, end))
    }

    fn phrase(&self, list: &Phrases, at: usize) -> Option<usize> {
        phrase_at(self.view, list, at..self.end)
    }

    /// A date at `at`: a run of numbers, months and what joins them, with a month or three numbers in it.
    fn date(&self, begin: usize) -> Option<Range<usize>> {
        let view = self.view;
        let lists = &self.rules.dateline;
        let (mut at, mut last) = (begin, begin);
        let (mut numbers, mut months) = (0, 0);
        let mut weekday = false;
        while at < self.end {
            let word = view.folded(at);
            // Nothing goes on behind a year but another calendar: 6 ايار 2020 1- …
            let after_year = at > begin
                && view.is_number(at)
                && view.is_number(at - 1)
                && view.surface(at - 1).chars().nth(3).is_some();
            // 1444هـ is one token.
            if after_year {
                break;
            } else if view.is_number(at) || word.starts_with(|c: char| !is_arabic(c) && c.is_numeric()) {
                numbers += 1;
                at += 1;
                last = at;
            } else if let Some(end) = phrase_at(view, &lists.months, at..self.end) {
                months += 1;
                at = end;
                last = at;
            } else if months > 0
                && let Some(end) = self.other_month(at)
            {
                at = end;
            } else if lists.weekdays.has(word) {
                weekday = true;
                at += 1;
                last = at;
            } else if at > begin && view.is_word(at) && lists.date_glue.has(word) {
                at += 1;
                // The letter of an era belongs to the year before it.
                if !word.chars().nth(1).is_some_and(char::is_alphabetic) && view.is_number(at - 2) {
                    last = at;
                }
            } else if at > begin
                && view.single(at).is_some_and(|c| matches!(c, '-' | '/' | '.' | '\u{60C}' | ','))
                && (view.is_number(at + 1) || phrase_at(view, &lists.months, at + 1..self.end).is_some())
            {
                at += 1;
            } else {
                break;
            }
        }
        // A day and a month in figures are one only where the agency follows in brackets: else a result of a game.
        let short = numbers == 2
            && months == 0
            && self.is_day_and_month(begin..last)
            && matches!(view.single(last), Some('(' | '['))
            && (last + 2..self.end.min(last + 2 + ENCLOSED))
                .find(|index| matches!(view.single(*index), Some(')' | ']')))
                .is_some_and(|close| self.agency_fills(&(last + 1..close)));
        let whole = months > 0 && numbers > 0 || short || (3..=8).contains(&numbers);
        (whole && (weekday || months > 0 || view.is_number(begin))).then_some(begin..last)
    }

    /// The token after a month by its other name in brackets: كانون الثاني (يناير)
    fn other_month(&self, at: usize) -> Option<usize> {
        let end = phrase_at(self.view, &self.rules.dateline.months, at + 1..self.end)?;
        (self.view.single(at) == Some('(') && self.view.single(end) == Some(')') && end < self.end)
            .then_some(end + 1)
    }

    /// Two numbers with a mark between that can be a day and a month, whichever comes first.
    fn is_day_and_month(&self, tokens: Range<usize>) -> bool {
        let value = |index: usize| number_of(self.view.surface(index));
        let (Some(first), Some(last)) = (value(tokens.start), tokens.clone().next_back().and_then(value))
        else {
            return false;
        };
        tokens.len() == 3 && first.min(last) >= 1 && first.min(last) <= 12 && first.max(last) <= 31
    }

    fn run_of_closings(&self, at: usize) -> usize {
        let mut next = at + 1;
        while next < self.end
            && self.view.touches_previous(next)
            && self.view.single(next).and_then(closing_mark).is_some()
        {
            next += 1;
        }
        next
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        let begin = self.view.token(tokens.start).map_or(0, |token| token.span.begin);
        let end = self.view.token(tokens.end.saturating_sub(1)).map_or(begin, |token| token.span.end);
        Span::new(begin, end)
    }
}

/// The value of a number of one or two digits, European, Arabic or Persian.
pub(super) fn number_of(surface: &str) -> Option<u32> {
    if surface.is_empty() || surface.chars().nth(2).is_some() {
        return None;
    }
    surface.chars().try_fold(0, |value, c| {
        let zero = ['0', '\u{660}', '\u{6F0}']
            .into_iter()
            .find(|zero| (0..10).contains(&(u32::from(c).wrapping_sub(u32::from(*zero)))))?;
        Some(value * 10 + u32::from(c) - u32::from(zero))
    })
}

const fn closing_mark(c: char) -> Option<Closing> {
    match c {
        // A lone tatweel is typed for a dash.
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{640}' => Some(Closing::Dash),
        ':' => Some(Closing::Colon),
        '.' | '\u{2026}' => Some(Closing::Ellipsis),
        _ => None,
    }
}

/// The end of the longest listed name that begins at the first of `tokens`; stops between letters are passed over.
#[inline]
pub(super) fn phrase_at(view: &View, list: &Phrases, tokens: Range<usize>) -> Option<usize> {
    // Most words begin no name.
    list.may_begin(view.folded(tokens.start)).then(|| phrase_from(view, list, tokens))?
}

fn phrase_from(view: &View, list: &Phrases, tokens: Range<usize>) -> Option<usize> {
    let mut key = PhraseKey::default();
    let mut longest = None;
    let mut words = 0;
    for index in tokens {
        if view.single(index) == Some('.') && view.touches_previous(index) && words > 0 {
            // The last stop of an abbreviation belongs to it; the one after a word does not.
            if longest == Some(index) && view.surface(index - 1).contains('.') {
                longest = Some(index + 1);
            }
            continue;
        }
        if !view.is_word(index) && !view.is_number(index) {
            break;
        }
        words += 1;
        let word = view.folded(index);
        if words > list.longest {
            break;
        }
        key.push(word);
        match list.known(&key) {
            Some(Extent::Whole) => longest = Some(index + 1),
            Some(Extent::Part) => {}
            None => break,
        }
    }
    longest
}
