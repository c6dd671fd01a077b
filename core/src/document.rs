//! One text and its layers.

use std::cell::OnceCell;

use crate::Knowledge;
use crate::attribute::{self, Attribution};
use crate::entities::{Entity, GivenMention, OtherLines, Pattern, Words};
use crate::guide::Guide;
use crate::lexicon::{Hits, Lexicon};
use crate::metadata::Metadata;
use crate::normalize::Normalized;
use crate::segment::{Block, Pair, Quotation, Sentence, Survey, Token, is_direction};
use crate::source::{OffsetIndex, TooLong};
use crate::span::Span;
use crate::values::Reference;
use crate::{entities, metadata, normalize, segment};

/// A text with its layers, each computed once, when first asked for.
///
/// Not `Sync`: one thread works on one document. Layers depend only on the text and the knowledge,
/// so the same document gives the same answer wherever it is computed.
pub struct Document<'a> {
    text: &'a str,
    knowledge: &'a Knowledge,
    own_lexicons: Vec<&'a Lexicon>,
    language: Option<&'a str>,
    given_mentions: Option<Vec<GivenMention>>,
    reference: Option<Reference>,
    index: OnceCell<OffsetIndex>,
    folded: OnceCell<Normalized>,
    way_back: OnceCell<Guide>,
    names: OnceCell<Vec<Hits>>,
    words: OnceCell<Words>,
    other_lines: OnceCell<OtherLines>,
    patterns: OnceCell<Vec<Pattern>>,
    blocks: OnceCell<Vec<Block>>,
    sentences: OnceCell<Vec<Sentence>>,
    tokens: OnceCell<Vec<Token>>,
    survey: OnceCell<Survey>,
    pairs: OnceCell<Vec<Pair>>,
    quotations: OnceCell<Vec<Quotation>>,
    entities: OnceCell<Vec<Entity>>,
    attributions: OnceCell<Vec<Attribution>>,
    metadata: OnceCell<Metadata>,
}

impl<'a> Document<'a> {
    /// A document over `text`, as the caller sent it (a BOM in it is a character like any other), or what [`crate::source::reduce`]
    /// left of it.
    ///
    /// # Errors
    /// [`TooLong`] where a [`crate::Span`] could not address the text (4 GiB).
    pub fn new(text: &'a str, knowledge: &'a Knowledge) -> Result<Self, TooLong> {
        TooLong::check(text)?;
        Ok(Self {
            text,
            knowledge,
            own_lexicons: Vec::new(),
            language: None,
            given_mentions: None,
            reference: None,
            index: OnceCell::new(),
            folded: OnceCell::new(),
            way_back: OnceCell::new(),
            names: OnceCell::new(),
            words: OnceCell::new(),
            other_lines: OnceCell::new(),
            patterns: OnceCell::new(),
            blocks: OnceCell::new(),
            sentences: OnceCell::new(),
            tokens: OnceCell::new(),
            survey: OnceCell::new(),
            pairs: OnceCell::new(),
            quotations: OnceCell::new(),
            entities: OnceCell::new(),
            attributions: OnceCell::new(),
            metadata: OnceCell::new(),
        })
    }

    /// The same document, in which the names of `lexicon` are found beside the built-in ones and those of
    /// lexicons given before, and go before them.
    #[must_use]
    pub fn with_lexicon(mut self, lexicon: &'a Lexicon) -> Self {
        self.own_lexicons.insert(0, lexicon);
        self
    }

    /// The same document in a language that the caller knows (a BCP 47 tag).
    #[must_use]
    pub fn with_language(mut self, language: Option<&'a str>) -> Self {
        self.language = language;
        self
    }

    /// The same document with blocks that the caller knows: later stages read these.
    #[must_use]
    pub fn with_blocks(mut self, blocks: Vec<Block>) -> Self {
        self.blocks = OnceCell::from(blocks);
        self
    }

    /// The same document with mentions that the caller knows: the entities are of these and no others.
    #[must_use]
    pub fn with_mentions(mut self, mentions: Vec<GivenMention>) -> Self {
        self.given_mentions = Some(mentions);
        self
    }

    /// The same document with the day that its relative dates count from.
    #[must_use]
    pub fn with_reference(mut self, reference: Option<Reference>) -> Self {
        self.reference = reference;
        self
    }

    /// The day that relative dates count from.
    pub(crate) fn reference(&self) -> Option<Reference> {
        self.reference
    }

    /// The mentions that the caller knows.
    pub(crate) fn given_mentions(&self) -> Option<&[GivenMention]> {
        self.given_mentions.as_deref()
    }

    /// The language that the caller says it is in.
    pub fn language(&self) -> Option<&'a str> {
        self.language
    }

    /// The text that is analysed.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// What the stages know of the language and the world.
    pub fn knowledge(&self) -> &'a Knowledge {
        self.knowledge
    }

    /// The lexicons in force, the built-in one last.
    pub fn lexicons(&self) -> impl Iterator<Item = &'a Lexicon> {
        self.own_lexicons.iter().copied().chain(std::iter::once(&self.knowledge.lexicon))
    }

    /// Turns byte offsets into code points and UTF-16 units, and back.
    pub fn index(&self) -> &OffsetIndex {
        self.index.get_or_init(|| OffsetIndex::new(self.text))
    }

    /// The text folded for matching names, with the way back to the source.
    pub fn folded(&self) -> &Normalized {
        self.folded.get_or_init(|| normalize::fold(self.text))
    }

    /// What folding made of `span` of the text.
    pub(crate) fn folded_at(&self, span: Span) -> &str {
        let folded = self.folded();
        folded.alignment.to_output(span).of(&folded.text)
    }

    /// The span of the text whose folded form is `begin..end` of the folded text, with the marks on its
    /// last letter: folding takes them away, and half a letter is no mention. Marks of direction behind it close what
    /// those before it open, and stay outside as they do.
    pub(crate) fn source_span(&self, begin: usize, end: usize) -> Span {
        let folded = Span::from_range(&(begin..end));
        let alignment = &self.folded().alignment;
        let (letters, span) = alignment.to_source_by(self.way_back.get_or_init(|| alignment.guide()), folded);
        if span == letters {
            return span;
        }
        let without = span.of(self.text).trim_end_matches(is_direction);
        Span::new(span.begin, span.begin + u32::try_from(without.len()).unwrap_or(span.len()))
    }

    /// The listed names in the folded text, one collection for each of [`Self::lexicons`].
    pub(crate) fn names(&self) -> &[Hits] {
        self.names.get_or_init(|| {
            let (text, words) = (&self.folded().text, self.words().places());
            self.lexicons().map(|lexicon| lexicon.search_words(text, &words)).collect()
        })
    }

    /// The words of the folded text.
    pub(crate) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self))
    }

    /// The lines in another language of the script.
    pub(crate) fn other_lines(&self) -> &OtherLines {
        self.other_lines.get_or_init(|| OtherLines::of(self))
    }

    /// URLs, e-mail addresses and the like, in order, disjoint: tokens and entities both need them.
    pub fn patterns(&self) -> &[Pattern] {
        self.patterns.get_or_init(|| entities::patterns(self.text))
    }

    /// The document's structure, in order; blocks are disjoint and cover all but white space.
    pub fn blocks(&self) -> &[Block] {
        self.blocks.get_or_init(|| segment::blocks(self))
    }

    /// Sentences in order; each lies inside one block.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| segment::sentences(self))
    }

    /// Tokens in order, disjoint; what lies between two is white space.
    pub fn tokens(&self) -> &[Token] {
        self.tokens.get_or_init(|| segment::tokens(self))
    }

    /// Where [`Self::tokens`] lie in [`Self::folded`], and which are signs.
    pub(crate) fn survey(&self) -> &Survey {
        self.survey.get_or_init(|| Survey::of(self))
    }

    /// Quotation marks in pairs, in order of the opening ones.
    pub(crate) fn pairs(&self) -> &[Pair] {
        self.pairs.get_or_init(|| segment::pairs(self))
    }

    /// Quotations in order of their beginning; nested or disjoint.
    pub fn quotations(&self) -> &[Quotation] {
        self.quotations.get_or_init(|| segment::quotations(self))
    }

    /// Entities in the order of their first mention.
    pub fn entities(&self) -> &[Entity] {
        self.entities.get_or_init(|| entities::entities(self))
    }

    /// Who speaks in each of [`Self::quotations`].
    pub fn attributions(&self) -> &[Attribution] {
        self.attributions.get_or_init(|| attribute::attributions(self))
    }

    /// What a newsroom wants to know of the article before reading it.
    pub fn metadata(&self) -> &Metadata {
        self.metadata.get_or_init(|| metadata::metadata(self))
    }
}
