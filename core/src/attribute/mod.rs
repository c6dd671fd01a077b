//! Who said it: the speaker of each quotation.
//!
//! `frame` finds what in the sentence gives the words to somebody (a verb before or after, بحسب, a colon), `clause`
//! reads the subject of that verb over what may stand between, and `discourse` tells whom a verb alone means. `actors`
//! are the mentions that can speak, from the entities. What they know is in `data/attribute/`.

mod actors;
mod clause;
mod discourse;
mod frame;
mod rules;
#[cfg(test)]
mod tests;
mod text;

pub use rules::Rules;

use actors::Actors;
use clause::Subject;
use discourse::Discourse;
use frame::{Around, Frame, Frames};
use text::Text;

use crate::entities::EntityType;
use crate::lexicon::Gender;
use crate::segment::{Quotation, QuotationKind};
use crate::{Document, Span};

/// Who speaks in a quotation, and the word that says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The word that gives the quotation to somebody, where there is one.
    pub cue: Option<Span>,
    /// Who speaks; `None` where the text names nobody.
    pub speaker: Option<Speaker>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name him: beside the verb, or where a verb alone takes him up, the nearest before.
    pub span: Span,
    /// Index of his entity, where he is one.
    pub entity: Option<usize>,
}

/// The speakers of `document`'s quotations, one for each.
pub fn attributions(document: &Document<'_>) -> Vec<Attribution> {
    let quotations = document.quotations();
    if quotations.is_empty() {
        return Vec::new();
    }
    let text = Text::new(document);
    let actors = Actors::of(&text);
    let frames = Frames { text: &text, actors: &actors };
    let mut resolver =
        Resolver { text: &text, actors: &actors, discourse: Discourse::new(&text, &actors), out: Vec::new() };
    for (index, quotation) in quotations.iter().enumerate() {
        let around = around(&text, quotations, index);
        let (frame, cue) = frames.of(quotation, &around);
        let speaker = resolver.speaker(quotation, &around, frame, cue);
        if let Some(who) = speaker.and_then(|speaker| speaker.entity)
            && outer_in_marks(quotations, quotation).is_none()
        {
            resolver.discourse.spoke(who, quotation.span.end);
        }
        let cue = quotation.cue.or_else(|| text.cue_span(cue?));
        resolver.out.push(Attribution { cue, speaker });
    }
    resolver.out
}

/// The innermost quotation in marks around another.
fn outer_in_marks(quotations: &[Quotation], of: &Quotation) -> Option<usize> {
    let mut parent = of.parent;
    while let Some(index) = parent {
        let outer = quotations.get(index)?;
        if outer.is_in_marks() {
            return Some(index);
        }
        parent = outer.parent;
    }
    None
}

/// What stands around a quotation.
fn around(text: &Text<'_>, quotations: &[Quotation], index: usize) -> Around {
    let document = text.document;
    let Some(quotation) = quotations.get(index) else {
        return Around {
            before: 0..0,
            after: 0..0,
            sentence: 0,
            another: None,
            follows_another: false,
            inside: false,
            goes_on: false,
        };
    };
    let sentences = document.sentences();
    let at = |offset: u32| {
        sentences
            .partition_point(|sentence| sentence.span.begin <= offset)
            .checked_sub(1)
            .and_then(|at| sentences.get(at))
    };
    let first = at(quotation.span.begin);
    let last = at(quotation.span.end.saturating_sub(1));
    let mut begin =
        first.map_or(quotation.span.begin, |sentence| sentence.span.begin.min(quotation.span.begin));
    let mut end = last.map_or(quotation.span.end, |sentence| sentence.span.end.max(quotation.span.end));
    let mut goes_on = false;
    // A dateline is no part of the clause.
    if let Some(dateline) =
        first.and_then(|first| document.blocks().get(first.block)).and_then(|block| block.dateline)
        && dateline.span.end <= quotation.span.begin
    {
        begin = begin.max(dateline.span.end);
    }
    let outer = |of: &Quotation| outer_in_marks(quotations, of);
    let sentence = text.view.tokens_in(Span::new(begin, quotation.span.begin)).start;
    let parent = outer(quotation).and_then(|parent| quotations.get(parent));
    if let Some(parent) = parent {
        begin = begin.max(parent.content.begin);
        end = end.min(parent.content.end.max(quotation.span.end));
    }
    let own = outer(quotation);
    let sibling = |other: &&Quotation| other.kind == QuotationKind::Direct && outer(other) == own;
    let before = quotations
        .get(..index)
        .unwrap_or_default()
        .iter()
        .enumerate()
        .rev()
        .take(SIBLINGS)
        .find(|(_, other)| sibling(other));
    let mut another = None;
    if let Some((at, before)) = before.filter(|(_, before)| before.span.end <= quotation.span.begin) {
        let follows_another = before.span.end > begin;
        another = Some((at, follows_another));
        begin = begin.max(before.span.end);
        let between = text.view.tokens_in(Span::new(before.span.end, quotation.span.begin));
        let close = between.clone().all(|token| !text.view.is_word(token));
        goes_on = close && parent.is_none();
    }
    let next = quotations
        .get(index + 1..)
        .unwrap_or_default()
        .iter()
        .take(SIBLINGS)
        .filter(|other| other.span.begin >= quotation.span.end)
        .find(sibling);
    if let Some(next) = next {
        end = end.min(next.span.begin.max(quotation.span.end));
    }
    let mut before = text.view.tokens_in(Span::new(begin, quotation.span.begin));
    // What is left of the quotation before: its closing mark's comma.
    let follows_another = another.is_some_and(|(_, in_sentence)| in_sentence);
    while follows_another && before.clone().next().is_some_and(|token| text.is_comma(token)) {
        before.start += 1;
    }
    let mut after = text.view.tokens_in(Span::new(quotation.span.end, end));
    // A text without stops has no clause that is this long.
    before.start = before.start.max(before.end.saturating_sub(CLAUSE));
    after.end = after.end.min(after.start + CLAUSE);
    let sentence = sentence.max(before.end.saturating_sub(CLAUSE));
    Around {
        before,
        after,
        sentence,
        another: another.map(|(at, _)| at),
        follows_another,
        inside: parent.is_some(),
        goes_on,
    }
}

struct Resolver<'a, 'd> {
    text: &'a Text<'d>,
    actors: &'a Actors,
    discourse: Discourse<'a, 'd>,
    out: Vec<Attribution>,
}

impl Resolver<'_, '_> {
    fn speaker(
        &mut self,
        quotation: &Quotation,
        around: &Around,
        frame: Frame,
        cue: Option<usize>,
    ) -> Option<Speaker> {
        match frame {
            Frame::Nobody => None,
            Frame::Outer => self.of_quotation(outer_in_marks(self.text.document.quotations(), quotation)?),
            Frame::Same => self.of_quotation(around.another?),
            Frame::Bare { token, agreement } => {
                let who = self.discourse.meant(token, around.before.start, agreement.into())?;
                self.named(who, quotation.span.begin)
            }
            Frame::Subject(subject) => match subject {
                Subject::Actor(actor) => self.mention(actor),
                Subject::Words(span) => Some(Speaker { span, entity: None }),
                Subject::Noun(token) => {
                    let verb = cue.and_then(|cue| self.text.speaks(cue)).and_then(|word| word.gender);
                    let who = self.taken_up(token, verb)?;
                    self.named(who, self.text.begin(token))
                }
                Subject::Nobody | Subject::None => None,
            },
        }
    }

    fn of_quotation(&self, index: usize) -> Option<Speaker> {
        self.out.get(index).and_then(|attribution| attribution.speaker)
    }

    /// By a mention itself. An office that nobody in the text holds is nobody who is named.
    fn mention(&self, index: usize) -> Option<Speaker> {
        let actor = self.actors.list.get(index)?;
        (actor.kind != EntityType::Role || actor.held)
            .then_some(Speaker { span: actor.span, entity: Some(actor.who) })
    }

    /// By the mention nearest before.
    fn named(&self, who: usize, at: u32) -> Option<Speaker> {
        let mention = self.discourse.nearest_mention(who, at)?;
        self.actors.list.get(mention).map(|actor| Speaker { span: actor.span, entity: Some(who) })
    }

    /// Whom a definite noun takes up: who was introduced with it, or else who fits.
    fn taken_up(&mut self, token: usize, verb: Option<Gender>) -> Option<usize> {
        let (text, actors) = (self.text, self.actors);
        let rules = text.rules;
        if text.is(token, &rules.unnamed) {
            return None;
        }
        if text.is(token, &rules.speaker_again) {
            return self.discourse.last_speaker;
        }
        let last = actors.first_from(text.begin(token));
        let near = || actors.list.iter().take(last).rev().take(ACTORS);
        let people = || near().filter(|actor| actor.kind == EntityType::Person);
        if text.is(token, &rules.the_last) {
            return people().next().map(|actor| actor.who);
        }
        if text.is(token, &rules.the_first) {
            let second = people().next()?.who;
            return people().map(|actor| actor.who).find(|who| *who != second);
        }
        if let Some(who) = self.discourse.introduced(token) {
            return Some(who);
        }
        // People in the plural.
        let word = text.folded(token);
        if word.ends_with("ون") || word.ends_with("ين") || word.ends_with("ات") {
            return None;
        }
        let feminine = actors::noun_gender(text, token) < 0;
        let gender = if feminine { Some(Gender::Feminine) } else { verb.or(Some(Gender::Masculine)) };
        self.discourse.meant(token, token, discourse::Agreement { gender, plural: false, goes_on: true })
    }
}

/// Quotations beside one that are looked at for the next on its level.
const SIBLINGS: usize = 32;
/// Tokens of a clause around a quotation.
const CLAUSE: usize = 160;
/// Mentions before a noun among which who was introduced with it is looked for.
const ACTORS: usize = 60;
