//! A text whose line ends are lost: where its headline ends.
//!
//! Each place near the head of the text at which the headline may end is described by named features and scored by
//! `[headline_ends]` of `data/segment/blocks.toml`; the best one counts, if its score is more than 0. What stands
//! between there and the text, the headline once more, the writer's name and the day, is then cut off piece by piece.

use super::blocks::{LONGEST_NAME, name_length, names_writer};
use super::dateline::{self, Closing, Reading, SEARCHING, Standing};
use super::features::{Observed, features};
use super::lines::{LONG, Line, line_of};
use super::rules::Rules;
use super::view::View;
use crate::maps::{Map, Set};
use crate::{Document, Span};

features! {
    /// What says that the headline ends before a word.
    HeadlineEnd {
        /// Always.
        Bias,
        /// Words before it.
        #[serde(rename = "words_3_4")]
        Words3To4,
        /// Words before it.
        #[serde(rename = "words_5_16")]
        Words5To16,
        /// Words before it.
        #[serde(rename = "words_17_up")]
        Words17Up,
        /// A dateline with a listed agency, or with a day and a dash, begins here.
        DatelineSure,
        /// A dateline with a paper that no list has begins here.
        DatelineEnclosed,
        /// A place and a dash.
        DatelineBare,
        /// A place and a colon.
        DatelineColon,
        /// A weekday with its date.
        Day,
        /// A word that names the writer, with its mark or a name after it.
        BylineCue,
        /// A verb of the past in the feminine, by its form.
        VerbFeminine,
        /// A verb of the past of the seventh, eighth or tenth form, by its form.
        VerbDerived,
        /// A listed verb with which first sentences begin.
        VerbListed,
        /// A listed verb that is written as a noun is.
        VerbOrNoun,
        /// A particle or preposition with which first sentences begin.
        Opener,
        /// The word before goes on in this one: a particle, a preposition.
        AfterParticle,
        /// A comma, colon, dash or opening mark before.
        AfterMark,
        /// Dots before.
        AfterDots,
        /// A bracket or quotation mark is open.
        Unclosed,
        /// It begins with a conjunction.
        Conjunction,
        /// A verb of the past stands before: the text has begun.
        VerbBefore,
        /// The words before say one of them twice.
        RepeatedBefore,
        /// One word after it says what one before it says.
        EchoOne,
        /// Several do.
        EchoMany,
        /// The text begins as no headline does: with a verb of the past or a dateline.
        RunningHead,
        /// The text begins as few headlines do: with a conjunction, a particle or a preposition.
        OpenerHead,
    }
}

features! {
    /// What says that a heading inside the text ends before a word.
    SubheadEnd {
        /// Always.
        Bias,
        /// Words of it.
        #[serde(rename = "words_1")]
        Words1,
        /// Words of it.
        #[serde(rename = "words_2_4")]
        Words2To4,
        /// Words of it.
        #[serde(rename = "words_5_7")]
        Words5To7,
        /// It begins without the article, with no verb and no particle.
        Indefinite,
        /// As in [`HeadlineEnd`].
        VerbFeminine,
        /// As in [`HeadlineEnd`].
        VerbDerived,
        /// As in [`HeadlineEnd`].
        VerbListed,
        /// As in [`HeadlineEnd`].
        VerbOrNoun,
        /// As in [`HeadlineEnd`].
        Opener,
        /// A conjunction with a verb: what has no verb yet cannot go on so.
        JoinedVerb,
        /// A time of day, as reports by the hour have it.
        Time,
        /// A name and a colon that the text has several times: who asks or answers.
        Label,
        /// Other headings were seen.
        Many,
    }
}

/// Words of a headline.
const HEADLINE: std::ops::RangeInclusive<usize> = 3..=24;
/// Tokens of a headline.
const TOKENS: usize = 48;
/// Tokens of the text after it in which its words are looked for.
const ECHO: usize = 40;
/// Words of a heading inside the text at most.
const SUBHEAD: usize = 7;
/// Tokens between a headline and the same once more at most: the writer's name.
const BETWEEN: usize = 8;
/// Pieces between headline and text at most.
const PIECES: usize = 4;
/// Words of a writer's name that is announced or stands between others at most.
const NAME: usize = 7;
/// Letters of a word that says something.
const CONTENT: usize = 3;
/// What a part of the score of a dateline counts here: of two that overlap the better one.
const OF_DATELINE: f32 = 0.2;

/// Cuts a first line that holds headline and text.
pub(super) fn cut(document: &Document, view: &View, rules: &Rules, lines: Vec<Line>) -> Vec<Line> {
    let Some(first) = lines.first().filter(|line| line.words >= LONG) else { return lines };
    let head = Head::new(document, view, rules, first, lines.len() == 1);
    let mut cuts = head.cuts();
    if head.alone
        && let Some(text) = cuts.last().copied()
    {
        cuts.extend(head.subheads(text));
    }
    if cuts.is_empty() {
        return lines;
    }
    let mut parts = Vec::with_capacity(cuts.len() + lines.len());
    let mut start = first.tokens.start;
    for end in cuts.into_iter().chain([first.tokens.end]) {
        let span = view.token(start).zip(view.token(end.saturating_sub(1)));
        if let Some((from, to)) = span
            && start < end
        {
            let blank = first.blank_before && start == first.tokens.start;
            parts.push(line_of(view, rules, Span::new(from.span.begin, to.span.end), start..end, blank));
        }
        start = end;
    }
    parts.extend(lines.into_iter().skip(1));
    parts
}

/// The head of a line.
struct Head<'v, 'd> {
    document: &'v Document<'v>,
    view: &'v View<'d>,
    rules: &'v Rules,
    line: &'v Line,
    /// Nothing but this line: the other ends of lines are lost as well.
    alone: bool,
    /// The readings of the tokens from the first on as datelines, those in which a text can begin.
    datelines: Vec<Option<Reading>>,
}

impl<'v, 'd> Head<'v, 'd> {
    fn new(
        document: &'v Document<'v>,
        view: &'v View<'d>,
        rules: &'v Rules,
        line: &'v Line,
        alone: bool,
    ) -> Self {
        let mut head = Self { document, view, rules, line, alone, datelines: Vec::new() };
        head.datelines = (line.tokens.start..head.end()).map(|at| head.dateline(at)).collect();
        head
    }

    /// One past the last token before which the headline may end.
    fn end(&self) -> usize {
        self.line.tokens.end.min(self.line.tokens.start + TOKENS)
    }

    /// The tokens before which headline, headline once more, writer, day and text end or begin.
    fn cuts(&self) -> Vec<usize> {
        let start = self.line.tokens.start;
        let mut cuts = Vec::new();
        let mut at = if let Some((length, again)) = self.said_twice() {
            cuts.push(start + length);
            if again > start + length {
                cuts.push(again);
            }
            cuts.push(again + length);
            again + length
        } else if let Some(at) = self.headline_end() {
            cuts.push(at);
            let mut before = at;
            while let Some(begin) = self.piece_before(before) {
                cuts.insert(0, begin);
                before = begin;
            }
            at
        } else {
            return cuts;
        };
        for _ in 0..PIECES {
            let Some(next) = self.piece(at).filter(|next| *next < self.line.tokens.end) else { break };
            cuts.push(next);
            at = next;
        }
        cuts
    }

    /// How many tokens at the head of the line stand there twice, perhaps with the writer's name between, and where
    /// they stand again.
    fn said_twice(&self) -> Option<(usize, usize)> {
        let view = self.view;
        let start = self.line.tokens.start;
        let first = view.folded(start);
        (start + HEADLINE.start()..self.end())
            .filter(|again| view.folded(*again) == first)
            .map(|again| {
                let same = (start..again)
                    .zip(again..self.line.tokens.end)
                    .take_while(|(one, other)| view.folded(*one) == view.folded(*other))
                    .count();
                (same, again)
            })
            .find(|(same, again)| {
                *same >= *HEADLINE.start() && again - start - same <= if *same > 4 { BETWEEN } else { 0 }
            })
    }

    /// The token before which the headline ends.
    fn headline_end(&self) -> Option<usize> {
        let view = self.view;
        let start = self.line.tokens.start;
        let running = self.begins_text(start);
        let opener = self.rules.blocks.lead_openers.has(view.folded(start)) || self.is_joined(start);
        let mut said = Set::default();
        let (mut words, mut verb, mut repeated, mut open) = (0, false, false, 0_usize);
        let mut best: Option<(usize, f32)> = None;
        for at in start..self.end() {
            let begins = at > start && !view.touches_previous(at);
            if begins && HEADLINE.contains(&words) {
                let mut observed = self.observe(at);
                observed.set(match words {
                    ..=4 => HeadlineEnd::Words3To4,
                    5..=16 => HeadlineEnd::Words5To16,
                    _ => HeadlineEnd::Words17Up,
                });
                observed.set_if(HeadlineEnd::VerbBefore, verb);
                observed.set_if(HeadlineEnd::RepeatedBefore, repeated);
                observed.set_if(HeadlineEnd::Unclosed, open > 0);
                observed.set_if(HeadlineEnd::RunningHead, running);
                observed.set_if(HeadlineEnd::OpenerHead, opener);
                let echo = (at..self.line.tokens.end.min(at + ECHO))
                    .filter_map(|index| self.content(index))
                    .filter(|word| said.contains(word))
                    .take(2)
                    .count();
                observed.set_if(HeadlineEnd::EchoOne, echo == 1);
                observed.set_if(HeadlineEnd::EchoMany, echo > 1);
                let dateline = self.reading(at).map_or(0.0, |reading| OF_DATELINE * reading.score);
                let score = self.rules.blocks.headline_ends.score(observed) + dateline;
                if score > best.map_or(0.0, |(_, best)| best) {
                    best = Some((at, score));
                }
            }
            if view.single(at) == Some('.') && !view.touches_previous(at + 1) && !self.after_dot(at) {
                break;
            }
            words += view.words_up_to(at..at + 1, 1);
            if words > *HEADLINE.end() {
                break;
            }
            verb |= at > start
                && !self.goes_on_before(at)
                && self.verb(at).is_some_and(|verb| verb != HeadlineEnd::VerbOrNoun);
            repeated |= self.content(at).is_some_and(|word| !said.insert(word));
            match view.single(at) {
                Some('(' | '[' | '«' | '“') => open += 1,
                Some(')' | ']' | '»' | '”') => open = open.saturating_sub(1),
                _ => {}
            }
        }
        let (at, _) = best?;
        let dateline = self.dateline_kind(at).is_some();
        let at = self.place_begin(at);
        // أم درمان, مدينة زايد: the word before belongs to the place.
        let of_place = |at: usize| self.rules.dateline.place_heads.has(view.folded(at));
        Some(if dateline && at > start + 1 && of_place(at - 1) { at - 1 } else { at })
    }

    /// Where the place of a dateline begins that was read from a token on: the headline's last words, or a name, may
    /// be read as a part of it.
    fn place_begin(&self, at: usize) -> usize {
        let Some(reading) = self.dateline_kind(at).and_then(|_| self.reading(at)) else { return at };
        let end = reading.dateline.span.end;
        let overlaps = |at: &usize| self.view.token(*at).is_some_and(|token| token.span.begin < end);
        (at + 1..self.end())
            .take_while(overlaps)
            .filter(|at| {
                self.dateline_kind(*at).is_some() && self.view.is_word(at - 1) && !self.goes_on_before(*at)
            })
            .filter_map(|at| Some((at, self.reading(at)?.score)))
            .fold((at, reading.score), |best, other| if other.1 >= best.1 { other } else { best })
            .0
    }

    /// Whether a word begins with a conjunction, as far as its letters say.
    fn is_joined(&self, at: usize) -> bool {
        let word = self.view.folded(at);
        word.starts_with('و') && word.chars().nth(3).is_some() && !self.rules.blocks.begin_with_waw.has(word)
    }

    fn after_dot(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.view.single(before)) == Some('.')
    }

    /// What speaks for and against the headline's end before a token, by the token itself and the one before.
    fn observe(&self, at: usize) -> Observed<HeadlineEnd> {
        use HeadlineEnd as F;
        let (view, rules) = (self.view, self.rules);
        let mut observed = Observed::new();
        observed.set(F::Bias);
        if let Some(kind) = self.dateline_kind(at)
            && (self.alone || !matches!(kind, F::DatelineBare | F::DatelineColon))
        {
            observed.set(kind);
        }
        if self.alone {
            observed.set_if(F::BylineCue, self.byline(at).is_some());
            observed.set_if(F::Day, self.day(at).is_some());
            let word = view.folded(at);
            if let Some(verb) = self.verb(at) {
                observed.set(verb);
            }
            let dateline = self.dateline_kind(at).is_some();
            observed.set_if(F::Opener, !dateline && rules.blocks.lead_openers.has(word));
        }
        observed.set_if(F::Conjunction, self.verb(at).is_none() && self.is_joined(at));
        let before = at.saturating_sub(1);
        observed.set_if(F::AfterParticle, self.goes_on_before(at));
        let mark = view.single(before);
        let dots = matches!(mark, Some('.' | '\u{2026}'));
        observed.set_if(F::AfterDots, dots);
        let marks = matches!(
            mark,
            Some('،' | '؛' | ':' | '-' | '\u{2013}' | '\u{2014}' | '/' | '(' | '[' | ',' | '«' | '“')
        );
        observed.set_if(F::AfterMark, marks);
        observed
    }

    /// Whether the word before goes on in this one.
    fn goes_on_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.view.folded(before));
        let rules = &self.rules.dateline;
        rules.not_in_place.has(before)
            || rules.before_place.has(before)
            || self.rules.blocks.going_on.has(before)
            || rules.date_glue.has(before)
    }

    /// Whether a text, and no headline, begins with a token.
    fn begins_text(&self, at: usize) -> bool {
        let word = self.view.folded(at);
        self.dateline_kind(at).is_some_and(|kind| kind != HeadlineEnd::DatelineColon)
            || self.verb(at).is_some_and(|verb| verb != HeadlineEnd::VerbOrNoun)
            || self.rules.sentences.openers.has(word)
            || self.rules.speech.cue(word).is_some_and(|proclitic| !proclitic.is_empty())
    }

    /// Whether a token is a verb of the past, and what says so.
    fn verb(&self, at: usize) -> Option<HeadlineEnd> {
        if !self.view.is_word(at) {
            return None;
        }
        let blocks = &self.rules.blocks;
        let word = self.view.folded(at);
        if blocks.lead_verbs.has(word) {
            return Some(HeadlineEnd::VerbListed);
        }
        if blocks.lead_verbs_or_nouns.has(word) {
            return Some(HeadlineEnd::VerbOrNoun);
        }
        if blocks.no_lead_verbs.has(word) {
            return None;
        }
        let letters: Vec<char> = word.chars().collect();
        let joined = word
            .strip_prefix(['و', 'ف'])
            .is_some_and(|stem| blocks.lead_verbs.has(stem) || stem.chars().nth(4).is_some());
        let defined = joined
            || ["ال", "وال", "بال", "لل", "كال", "فال"].iter().any(|article| word.starts_with(article));
        match letters.as_slice() {
            ['ي', ..] => None,
            _ if defined => None,
            [_, _, .., before, 'ت'] if letters.len() >= 4 && !matches!(before, 'ا' | 'و' | 'ي') => {
                Some(HeadlineEnd::VerbFeminine)
            }
            ['ا', rest @ ..] if (4..=5).contains(&rest.len()) => {
                let derived = matches!(rest, ['ن' | 'س', ..] | [_, 'ت' | 'ط' | 'د', ..]);
                let tail =
                    rest.last().is_some_and(|last| !matches!(last, 'ه' | 'ة' | 'ي' | 'ا' | 'و' | 'ن' | 'ت'));
                let inside = rest
                    .get(2..rest.len() - 1)
                    .is_some_and(|inside| !inside.iter().rev().take(1).any(|c| matches!(c, 'ا' | 'ي' | 'و')));
                (derived && tail && inside).then_some(HeadlineEnd::VerbDerived)
            }
            _ => None,
        }
    }

    /// A word that says something, without what is written together with it.
    fn content(&self, at: usize) -> Option<&'d str> {
        if !self.view.is_word(at) {
            return None;
        }
        let word = self.view.folded(at);
        let bare = word
            .strip_prefix("لل")
            .or_else(|| word.trim_start_matches(['و', 'ف', 'ب', 'ل', 'ك']).strip_prefix("ال"))
            .unwrap_or_else(|| word.strip_prefix(['ب', 'ل', 'و']).unwrap_or(word));
        let said = self.rules.dateline.not_in_place.has(word);
        (!said && bare.chars().nth(CONTENT - 1).is_some()).then_some(bare)
    }

    /// The dateline that begins at a token.
    fn reading(&self, at: usize) -> Option<Reading> {
        self.datelines.get(at - self.line.tokens.start).copied().flatten()
    }

    fn dateline(&self, at: usize) -> Option<Reading> {
        let start = self.line.tokens.start;
        let token = self.view.token(at).filter(|_| at == start || !self.view.touches_previous(at))?;
        let span = Span::new(token.span.begin, self.line.span.end);
        let standing = Standing { near_beginning: true, line: if at == start { 0 } else { SEARCHING } };
        dateline::parse(self.document, self.view, span, standing)
    }

    /// What a dateline at a token is worth; one whose parts stand so in running text too is worth nothing.
    fn dateline_kind(&self, at: usize) -> Option<HeadlineEnd> {
        let reading = self.reading(at).filter(|_| self.view.is_word(at))?;
        let dateline = reading.dateline;
        // What stands first is the place or the agency; and nothing parts the two only where no headline's word is
        // read as the place: … الإسمنت وطنية -
        let begin = self.view.token(at)?.span.begin;
        let begins = |span: Option<Span>| span.is_some_and(|span| span.begin == begin);
        let agency = dateline.agency.map(|agency| self.view.tokens_in(agency).start);
        let joined = dateline.place.is_some_and(|place| agency == Some(self.view.tokens_in(place).end));
        if joined || !begins(dateline.place) && !begins(dateline.agency) {
            return None;
        }
        let marked = reading.closing != Closing::Ellipsis;
        // وكالة الأنباء الليبية (وال)
        let named = reading.closing == Closing::Enclosure
            && dateline.date.is_none()
            && dateline.place.is_none_or(|place| !dateline::place_evidence(self.document, place));
        match (dateline.agency, dateline.date, reading.closing) {
            (Some(_), ..) if reading.listed && !named => Some(HeadlineEnd::DatelineSure),
            (Some(_), ..) if marked => Some(HeadlineEnd::DatelineEnclosed),
            (None, Some(_), Closing::Dash) => Some(HeadlineEnd::DatelineSure),
            (None, None, Closing::Dash) => Some(HeadlineEnd::DatelineBare),
            (None, None, Closing::Colon) => Some(HeadlineEnd::DatelineColon),
            _ => None,
        }
    }

    /// The token after a weekday with its date and year.
    fn day(&self, at: usize) -> Option<usize> {
        if !self.rules.dateline.weekdays.has(self.view.folded(at)) || self.goes_on_before(at) {
            return None;
        }
        let end = dateline::day(self.document, self.view, at..self.line.tokens.end.min(at + 12))?;
        (at..end)
            .any(|at| self.view.is_number(at) && self.view.surface(at).chars().nth(3).is_some())
            .then_some(end)
    }

    /// Whether the text can begin with a token.
    fn may_begin(&self, at: usize) -> bool {
        let place = self.rules.dateline.place_heads.has(self.view.folded(at));
        self.dateline_kind(at).is_some() && (place || self.place_begin(at) == at)
            || self.verb(at).is_some()
            || self.rules.blocks.lead_openers.has(self.view.folded(at))
            || self.day(at).is_some()
    }

    /// The token after a line that names the writer, if one begins at a token.
    fn byline(&self, at: usize) -> Option<usize> {
        let (view, blocks) = (self.view, &self.rules.blocks);
        let end = self.line.tokens.end.min(at + 12);
        let bracket = matches!(view.single(at), Some('(' | '['));
        let begin = at + usize::from(bracket);
        let from = view.folded(begin) == "من";
        let cue = dateline::phrase_at(view, &blocks.byline_cues, begin + usize::from(from)..end)
            .or_else(|| from.then_some(begin + 1))?;
        if bracket {
            return (cue..end)
                .find(|close| matches!(view.single(*close), Some(')' | ']')))
                .map(|close| close + 1);
        }
        let marked = matches!(view.single(cue), Some(':' | '/' | '-' | '\u{2013}' | '\u{2014}' | '\u{640}'));
        let name = cue + usize::from(marked);
        let words = (name..end).take_while(|at| view.is_word(*at)).count();
        if !marked
            && !from
            && (2..=2 * LONGEST_NAME).contains(&words)
            && view.single(name + words) == Some(':')
        {
            return Some(name + words + 1);
        }
        let head = marked || from || dateline::phrase_at(view, &blocks.byline_heads, begin..end).is_some();
        // Names that no list has: up to where the text can begin.
        let ends = |length: &usize| self.may_begin(name + length) && self.is_name(name..name + length, true);
        if from && !names_writer(self.document, view, name..name + words.min(2)) {
            return None;
        }
        let listed = name_length(self.document, view, name..end);
        let length = (listed.unwrap_or(2)..=words.min(NAME)).find(ends).or(listed)?;
        head.then_some(name + length)
    }

    /// Whether the tokens may be one person's name; where nothing announces it, as far as lists tell.
    fn is_name(&self, tokens: std::ops::Range<usize>, announced: bool) -> bool {
        let view = self.view;
        let particle =
            |at: usize| self.goes_on_before(at + 1) || self.rules.dateline.not_in_place.has(view.folded(at));
        (2..=NAME).contains(&tokens.len())
            && tokens.clone().all(|at| view.is_word(at) && !particle(at))
            && (announced || names_writer(self.document, view, tokens))
    }

    /// The first token of the writer's name or the day between the headline and a token.
    fn piece_before(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let earliest = (self.line.tokens.start + HEADLINE.start()).max(at.saturating_sub(2 * LONGEST_NAME));
        let places = earliest..at.saturating_sub(1);
        if let Some(day) = places.clone().find(|begin| self.day(*begin) == Some(at)) {
            return Some(day);
        }
        let sure = self.dateline_kind(at).is_some() || self.day(at).is_some();
        let begins = |begin: &usize| !view.touches_previous(*begin) && self.byline(*begin) == Some(at);
        if let Some(begin) = places.clone().find(begins) {
            // بيروت - من name
            let dash = matches!(view.single(begin - 1), Some('-' | '\u{2013}'));
            return Some(if dash && begin >= earliest + 2 { begin - 2 } else { begin });
        }
        places.filter(|_| sure).find(|begin| {
            *begin + LONGEST_NAME >= at && !self.goes_on_before(*begin) && self.is_name(*begin..at, false)
        })
    }

    /// The token after what stands at one between headline and text.
    fn piece(&self, at: usize) -> Option<usize> {
        if let Some(day) = self.day(at) {
            return Some(day);
        }
        if self.dateline_kind(at).is_some() {
            return None;
        }
        let sure = |at: usize| {
            self.dateline_kind(at).is_some() && self.place_begin(at) == at || self.day(at).is_some()
        };
        self.byline(at)
            .or_else(|| (at + 2..=at + NAME).find(|end| sure(*end) && self.is_name(at..*end, false)))
    }

    /// Where headings inside the text begin and end that starts at a token, in turn.
    fn subheads(&self, text: usize) -> Vec<usize> {
        let labels = self.labels(text);
        let mut cuts: Vec<usize> = Vec::new();
        for stop in text..self.line.tokens.end.saturating_sub(SUBHEAD) {
            let begin = stop + 1;
            let ends = matches!(self.view.single(stop), Some('.' | '؟' | '!' | '»' | '"' | '”'));
            if !ends || self.view.touches_previous(begin) || !self.may_begin_subhead(begin) {
                continue;
            }
            let mut best: Option<(usize, f32)> = None;
            for end in begin + 1..=begin + SUBHEAD {
                if !self.view.is_word(end - 1) && !self.view.is_number(end - 1) {
                    break;
                }
                let observed = self.observe_subhead(begin, end, !cuts.is_empty(), &labels);
                let score = self.rules.blocks.subhead_ends.score(observed);
                if score > best.map_or(0.0, |(_, best)| best) {
                    best = Some((end, score));
                }
                if self.verb(end).is_some_and(|verb| verb != HeadlineEnd::VerbOrNoun) {
                    break;
                }
            }
            if let Some((end, _)) = best {
                cuts.extend([begin, end]);
            }
        }
        cuts
    }

    fn observe_subhead(
        &self,
        begin: usize,
        end: usize,
        many: bool,
        labels: &Set<&str>,
    ) -> Observed<SubheadEnd> {
        use SubheadEnd as F;
        let view = self.view;
        let mut observed = Observed::new();
        observed.set(F::Bias);
        observed.set(match end - begin {
            1 => F::Words1,
            2..=4 => F::Words2To4,
            _ => F::Words5To7,
        });
        let word = view.folded(end);
        let goes_on = self.goes_on_before(end);
        observed.set_if(F::Indefinite, !view.folded(begin).starts_with("ال"));
        let verb = self.verb(end).filter(|_| !goes_on);
        observed.set_if(F::VerbFeminine, verb == Some(HeadlineEnd::VerbFeminine));
        observed.set_if(F::VerbDerived, verb == Some(HeadlineEnd::VerbDerived));
        observed.set_if(F::VerbListed, verb == Some(HeadlineEnd::VerbListed));
        observed.set_if(F::VerbOrNoun, verb == Some(HeadlineEnd::VerbOrNoun));
        observed.set_if(F::Opener, !goes_on && self.rules.blocks.lead_openers.has(word));
        let stem = word.strip_prefix('و').filter(|_| self.is_joined(end));
        let joined = stem.is_some_and(|stem| {
            self.rules.speech.verb(stem) == Some("") || self.rules.blocks.lead_verbs.has(stem)
        });
        observed.set_if(F::JoinedVerb, joined);
        let time = view.is_number(end)
            && (view.surface(end).contains(':')
                || view.single(end + 1) == Some(':') && view.is_number(end + 2));
        observed.set_if(F::Time, time);
        observed.set_if(F::Label, self.label(end).is_some_and(|label| labels.contains(label)));
        observed.set_if(F::Many, many);
        observed
    }

    /// One or two words and a colon.
    fn label(&self, at: usize) -> Option<&'d str> {
        let view = self.view;
        let words = (at..at + 2).take_while(|at| view.is_word(*at)).count();
        (words > 0 && view.single(at + words) == Some(':')).then(|| view.folded(at))
    }

    /// The labels that begin a sentence three times and more.
    fn labels(&self, text: usize) -> Set<&'d str> {
        let mut times: Map<&str, usize> = Map::default();
        for at in text + 1..self.line.tokens.end {
            let begins = matches!(self.view.single(at - 1), Some('.' | '؟' | '!' | '»' | '"' | '”'));
            if let Some(label) = self.label(at).filter(|_| begins) {
                *times.entry(label).or_default() += 1;
            }
        }
        times.into_iter().filter(|(_, times)| *times >= 2).map(|(label, _)| label).collect()
    }

    /// Whether a heading may begin with a token: no verb, particle or conjunction.
    fn may_begin_subhead(&self, at: usize) -> bool {
        let word = self.view.folded(at);
        (self.view.is_word(at) || self.view.is_number(at))
            && !word.starts_with(['ي', 'ف'])
            && !self.is_joined(at)
            && self.verb(at).is_none_or(|verb| verb == HeadlineEnd::VerbOrNoun)
            && !self.goes_on_before(at + 1)
            && !self.rules.sentences.openers.has(word)
            && self.label(at).is_none()
            && self.rules.speech.cue(word).is_none()
    }
}
