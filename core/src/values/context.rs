//! From what relative and incomplete expressions of time count: the reference date, the dateline, the day that a quotation was
//! said, the tense of the clause.

use serde::Deserialize;

use super::grammar::Expression;
use super::time::said::Said;
use super::time::value::{AnchorKind, Precision, TimeKind};
use super::time::{Context, Date, Point, Tense, age, has_date, resolve as resolve_one};
use super::{TimeValue, Value, Written};
use crate::entities::EntityType;
use crate::lexicon::is_word_char;
use crate::segment::QuotationKind;
use crate::segment::rules::{Words, read};
use crate::{Document, KnowledgeError, Span};

/// The day that a text counts from, as its sender says it, with the time of day and the offset that it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    point: Point,
    /// Minutes east of Greenwich.
    offset: Option<i16>,
}

impl Reference {
    /// Reads `2018-05-18` or `2018-05-18T09:00:00`, with an offset (`+03:00`, `Z`) or without.
    pub fn parse(written: &str) -> Option<Self> {
        let (day, time) = match written.split_once(['T', 't', ' ']) {
            Some((day, time)) => (day, Some(time)),
            None => (written, None),
        };
        let mut parts = day.split('-');
        let mut number = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i32>().ok())?
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let date = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        if parts.next().is_some() {
            return None;
        }
        let Some(time) = time else { return Some(Self { point: Point { date, clock: None }, offset: None }) };
        let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at_checked(zone)?;
        let mut fields = clock.split(':').map(|field| field.split('.').next()?.parse::<u8>().ok());
        let (hour, minute) = (fields.next()??, fields.next()??);
        let second = fields.next().flatten().unwrap_or_default();
        let offset = match zone.get(..1) {
            None => None,
            Some("Z" | "z") => Some(0),
            Some(sign) => {
                let (hours, minutes) = zone.get(1..)?.split_once(':').unwrap_or((zone.get(1..)?, "0"));
                let minutes =
                    hours.parse::<i16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
                Some(if sign == "-" { -minutes } else { minutes })
            }
        };
        (hour < 24 && minute < 60).then_some(())?;
        Some(Self { point: Point { date, clock: Some((hour, minute, second)) }, offset })
    }

    /// The same with an offset, where it has none: minutes east of Greenwich.
    #[must_use]
    pub fn with_offset(mut self, offset: Option<i16>) -> Self {
        self.offset = self.offset.or(offset);
        self
    }
}

/// The words that tell the tense of a clause: `data/values/tense.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tenses {
    future: Words,
    future_prefixes: Vec<String>,
    present_prefixes: Vec<String>,
    no_verbs: Words,
    no_verb_endings: Vec<String>,
    verb_endings: Vec<String>,
    past: Words,
    past_endings: Vec<String>,
    no_past_endings: Vec<String>,
    auxiliaries_of_the_past: Words,
    until: Words,
    before: Words,
    between_day_and_hour: Words,
}

/// So many words before an expression, and behind it, may be the verb that it goes with.
const NEAR: usize = 12;
const NEAR_BEHIND: usize = 4;
/// So many bytes before an expression, and behind it, are looked at.
const WINDOW: usize = 400;
/// No verb with what marks its tense is shorter, in letters.
const SHORTEST_VERB: usize = 4;

impl Tenses {
    pub(super) fn built_in() -> Result<Self, KnowledgeError> {
        read("values/tense.toml", include_str!("../../../data/values/tense.toml"))
    }

    /// The tense of the clause in folded text that `before` ends and `after` goes on: that of the nearest verb.
    fn of(&self, before: &str, after: &str, is_weekday: bool) -> Option<Tense> {
        let no_word = |c: char| !is_word_char(c);
        let ends_clause = |c: char| matches!(c, '،' | '؛' | ',' | ';' | ':' | '(' | ')' | '«' | '»');
        // The nearest first, each with the mark or blank behind it.
        let before = before.split_inclusive(no_word).rev().take_while(|word| !word.ends_with(ends_clause));
        let mut before = before.map(|word| word.trim_end_matches(no_word)).filter(|word| !word.is_empty());
        if let Some(last) = before.clone().next().filter(|_| !is_weekday) {
            if self.until.has(last) {
                return Some(Tense::Future);
            }
            if self.before.has(last) {
                return None;
            }
        }
        let is_past = |word: &str| self.auxiliaries_of_the_past.has(word.trim_start_matches(['و', 'ف']));
        if let Some(tense) = before.by_ref().take(NEAR).find_map(|word| self.of_word(word)) {
            // Of the two words before a verb one may say that it is past.
            return Some(if before.take(2).any(is_past) { Tense::Past } else { tense });
        }
        let after = after.split(ends_clause).next().unwrap_or(after);
        let after = after.split(no_word).filter(|word| !word.is_empty());
        after.take(NEAR_BEHIND).find_map(|word| self.of_word(word))
    }

    fn of_word(&self, word: &str) -> Option<Tense> {
        let bare = word
            .strip_prefix(['و', 'ف', 'ل'])
            .filter(|bare| bare.chars().count() >= SHORTEST_VERB - 1)
            .unwrap_or(word);
        let is_in = |words: &Words| words.has(word) || bare.len() < word.len() && words.has(bare);
        if is_in(&self.no_verbs) {
            return None;
        }
        if is_in(&self.future) {
            return Some(Tense::Future);
        }
        if is_in(&self.past) {
            return Some(Tense::Past);
        }
        if bare.chars().count() < SHORTEST_VERB || bare.starts_with("ال") {
            return None;
        }
        let begins = |prefixes: &[String]| prefixes.iter().any(|prefix| bare.starts_with(prefix.as_str()));
        let ends = |endings: &[String]| endings.iter().any(|ending| bare.ends_with(ending.as_str()));
        if begins(&self.future_prefixes) || begins(&self.present_prefixes) {
            let is_noun = ends(&self.no_verb_endings) && !ends(&self.verb_endings);
            return (!is_noun).then_some(Tense::Future);
        }
        (ends(&self.past_endings) && !ends(&self.no_past_endings)).then_some(Tense::Past)
    }
}

/// Whether the end of a line at byte `end` of the folded text is inside of a block.
pub(super) fn is_inside_a_block(document: &Document<'_>, end: usize) -> bool {
    let at = document.source_span(end, end + 1).begin;
    let blocks = document.blocks();
    let index = blocks.partition_point(|block| block.span.end <= at);
    blocks.get(index).is_some_and(|block| block.span.begin < at)
}

/// What the expressions mean.
pub(super) fn resolve(
    document: &Document<'_>,
    tenses: &Tenses,
    found: &[(Span, Expression)],
) -> Vec<Written> {
    if found.is_empty() {
        return Vec::new();
    }
    let reference = document.reference();
    let offset = reference.and_then(|reference| reference.offset);
    let plain = Context { anchor: None, earlier: None, tense: None, offset };
    let anchor = reference
        .map(|reference| (reference.point, AnchorKind::ReferenceDate, None))
        .or_else(|| dateline(document, found, &plain));
    let mut earlier: Option<(Point, Precision, Span)> = None;
    let mut written: Vec<Written> = Vec::new();
    for (at, (span, expression)) in found.iter().enumerate() {
        let beside = day_beside(document, tenses, found, at);
        let (said, said_at) = match &beside {
            Some((said, day)) => (said, *day),
            None => (&expression.said, *span),
        };
        if said.age
            && let Some((decimal, unit)) = age(&said.length)
        {
            written.push(Written {
                span: *span,
                kind: EntityType::Quantity,
                subtype: Some("age"),
                value: Some(Value::Quantity { decimal, end: None, unit: unit.to_owned() }),
                sure: true,
            });
            continue;
        }
        let mut context = Context { anchor, earlier, tense: None, offset };
        if needs_tense(said) {
            context.tense = tense(document, tenses, said_at, said.weekday.is_some() && said.day.is_none());
        }
        if is_deictic(said)
            && let Some(said_on) = day_of_the_quotation(document, *span, found, &context)
        {
            context.anchor = Some(said_on);
        }
        let value = resolve_one(said, &context);
        // `الآن`, `الساعة الماضية`: of an anchor that is a day they say nothing.
        if value.is_none() && (said.now || said.shift.is_some()) {
            continue;
        }
        if let Some(value) = &value
            && let Some((point, precision)) = point_of(value)
        {
            earlier = Some((point, precision, *span));
        }
        let kind = match value.as_ref().map_or_else(|| kind_of(said), |value| value.kind) {
            TimeKind::Date => EntityType::Date,
            TimeKind::Time => EntityType::Time,
            // The contract has no type for what comes again: it is no date, and how often it comes is a length.
            TimeKind::Duration | TimeKind::Set => EntityType::Duration,
        };
        let subtype = value.as_ref().filter(|value| value.kind == TimeKind::Set).map(|_| "set");
        written.push(Written {
            span: *span,
            kind,
            subtype,
            value: value.map(|value| Value::Time(Box::new(value))),
            sure: true,
        });
    }
    written
}

fn kind_of(said: &Said) -> TimeKind {
    if !said.length.is_empty() && said.clock.is_none() {
        TimeKind::Duration
    } else if said.clock.is_some() || said.now || said.shift.is_some() {
        TimeKind::Time
    } else {
        TimeKind::Date
    }
}

/// The day that a value begins with.
fn point_of(value: &TimeValue) -> Option<(Point, Precision)> {
    if value.kind != TimeKind::Date {
        return None;
    }
    let begin = value.begin.as_deref()?;
    let date = Date::read(begin.get(..10)?)?;
    Some((Point { date, clock: None }, value.precision?))
}

/// So many bytes at most are between a time of day and the day that it is of.
const BETWEEN: usize = 24;

/// What the time of day at `at` says, together with the day that is said right before it or behind it, and where that
/// stands: `الخميس الساعة الثامنة مساء`, `الساعة الثامنة من مساء الخميس`.
fn day_beside(
    document: &Document<'_>,
    tenses: &Tenses,
    found: &[(Span, Expression)],
    at: usize,
) -> Option<(Said, Span)> {
    let (span, Expression { said, .. }) = found.get(at)?;
    let said_on = |said: &Said| has_date(said) || said.which.is_some();
    if said.clock.is_none() || said_on(said) || said.to.as_deref().is_some_and(said_on) {
        return None;
    }
    let is_day = |said: &Said| {
        (said.day.is_some() || said.weekday.is_some() || said.days.is_some())
            && said.clock.is_none()
            && said.to.is_none()
            && said.length.is_empty()
            && !said.every
    };
    // What is close goes before what a comma parts.
    let between = |first: Span, second: Span| {
        let gap = Span::new(first.end, second.begin);
        if gap.end < gap.begin || (gap.end - gap.begin) as usize > BETWEEN {
            return None;
        }
        let gap = document.folded_at(gap);
        let words = gap.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty());
        let sound = gap.chars().all(|c| is_word_char(c) || matches!(c, ' ' | '\u{A0}' | ',' | '،'))
            && words.clone().all(|word| tenses.between_day_and_hour.has(word));
        sound.then(|| gap.contains([',', '،']))
    };
    let day_at = |at: Option<usize>| {
        let (span, expression) = found.get(at?)?;
        is_day(&expression.said).then_some((*span, &expression.said))
    };
    let before = day_at(at.checked_sub(1)).and_then(|(day, said)| Some((between(day, *span)?, day, said)));
    let behind = day_at(at.checked_add(1)).and_then(|(day, said)| Some((between(*span, day)?, day, said)));
    let (_, at, day) = [before, behind].into_iter().flatten().min_by_key(|&(is_parted, ..)| is_parted)?;
    let whole = Said {
        clock: said.clock,
        part: said.part.or(day.part),
        length: said.length.clone(),
        direction: said.direction,
        to: said.to.clone(),
        ..day.clone()
    };
    Some((whole, at))
}

fn needs_tense(said: &Said) -> bool {
    said.which.is_none() && said.days.is_none() && (said.year.is_none() || said.to.is_some())
}

fn is_deictic(said: &Said) -> bool {
    said.days.is_some()
}

/// The date of the dateline, where it says all of itself.
fn dateline(
    document: &Document<'_>,
    found: &[(Span, Expression)],
    plain: &Context,
) -> Option<(Point, AnchorKind, Option<Span>)> {
    let date = document.blocks().iter().find_map(|block| block.dateline)?.date?;
    let (span, expression) = found.iter().find(|(span, _)| span.overlaps(date))?;
    let value = resolve_one(&expression.said, plain)?;
    let (point, precision) = point_of(&value)?;
    matches!(precision, Precision::Day | Precision::PartOfDay).then_some((
        point,
        AnchorKind::Dateline,
        Some(*span),
    ))
}

/// So many expressions of a sentence are looked at for the day of a quotation in it.
const MOST_OF_A_SENTENCE: usize = 16;

/// The day on which the quotation around `span` was said, where the sentence gives it outside of the quotation.
fn day_of_the_quotation(
    document: &Document<'_>,
    span: Span,
    found: &[(Span, Expression)],
    context: &Context,
) -> Option<(Point, AnchorKind, Option<Span>)> {
    // The last that begins before it and is in no other is the one around it, if any is.
    let quotations = document.quotations();
    let mut at = quotations.partition_point(|quotation| quotation.span.begin <= span.begin).checked_sub(1)?;
    while let Some(parent) = quotations.get(at)?.parent {
        at = parent;
    }
    let around = quotations
        .get(at)
        .filter(|quotation| quotation.kind == QuotationKind::Direct && quotation.span.contains(span))?;
    let sentences = document.sentences();
    let first = sentences.partition_point(|sentence| sentence.span.end <= around.span.begin);
    let sentence = sentences.get(first)?.span;
    let outside = |other: Span| !around.span.contains(other) && sentence.contains(other);
    let begin = found.partition_point(|(other, _)| other.begin < sentence.begin);
    let of_sentence = found.iter().skip(begin).take_while(|(other, _)| other.begin < sentence.end);
    let (at, expression) = of_sentence.take(MOST_OF_A_SENTENCE).find(|(other, expression)| {
        outside(*other)
            && expression.said.to.is_none()
            && (expression.said.weekday.is_some()
                || expression.said.day.is_some()
                || expression.said.days.is_some())
    })?;
    let value = resolve_one(&expression.said, context)?;
    let (point, precision) = point_of(&value)?;
    matches!(precision, Precision::Day | Precision::PartOfDay).then_some((
        point,
        AnchorKind::QuotationDate,
        Some(*at),
    ))
}

/// The tense of the clause in which `span` lies.
fn tense(document: &Document<'_>, tenses: &Tenses, span: Span, is_weekday: bool) -> Option<Tense> {
    let sentences = document.sentences();
    let index = sentences.partition_point(|sentence| sentence.span.end <= span.begin);
    let sentence = sentences.get(index).filter(|sentence| sentence.span.contains(span))?.span;
    let before = document.folded_at(Span::new(sentence.begin, span.begin));
    let after = document.folded_at(Span::new(span.end, sentence.end));
    // No further than words may be looked for: a sentence may be as long as the text.
    let before =
        before.get(before.floor_char_boundary(before.len().saturating_sub(WINDOW))..).unwrap_or_default();
    let after = after.get(..after.floor_char_boundary(WINDOW)).unwrap_or_default();
    tenses.of(before, after, is_weekday)
}
