//! `Segment`.

use warraq_core::{Document, segment};

use super::offsets::{Offsets, int32, unit, unit_to_proto};
use super::{Context, Job, MODEL_VERSION, all_filled, all_known, document, extract_entities, known};
use crate::failure::{Failure, Reason};
use crate::proto::v1::{
    Block, BlockKind, Quotation, QuotationKind, SegmentLayer, SegmentRequest, SegmentResponse,
    SegmentationOptions, SegmentationScheme, Sentence, Token, TokenKind,
};

/// Layers that are filled.
pub(super) const LAYERS: &[SegmentLayer] = &[
    SegmentLayer::Blocks,
    SegmentLayer::Sentences,
    SegmentLayer::Tokens,
    SegmentLayer::Quotations,
    SegmentLayer::Speakers,
];

/// What `Segment` gives when no layer is asked for: speakers want the entities, which cost more than all the rest.
const SEGMENT_LAYERS: &[SegmentLayer] =
    &[SegmentLayer::Blocks, SegmentLayer::Sentences, SegmentLayer::Tokens, SegmentLayer::Quotations];

/// What `Annotate` gives when no layer is asked for: tokens are many, and few want them.
pub(super) const ANNOTATE_LAYERS: &[SegmentLayer] =
    &[SegmentLayer::Blocks, SegmentLayer::Sentences, SegmentLayer::Quotations];

/// Which layers to give, checked.
pub(super) struct Plan {
    layers: Vec<SegmentLayer>,
}

impl Plan {
    pub(super) fn new(options: &SegmentationOptions, default: &[SegmentLayer]) -> Result<Self, Failure> {
        let scheme = known::<SegmentationScheme>("scheme", options.scheme)?;
        let layers = all_known("layers", &options.layers)?;
        if scheme != SegmentationScheme::Unspecified {
            if !layers.is_empty() && !layers.contains(&SegmentLayer::Morphemes) {
                let problem = "cuts words into morphemes, which layers leaves out";
                return Err(Failure::field(Reason::ContradictoryOptions, "scheme", problem));
            }
            return Err(Failure::not_implemented("scheme", scheme.as_str_name()));
        }
        all_filled("layers", &layers, LAYERS, |layer: SegmentLayer| layer.as_str_name())?;
        Ok(Self { layers: if layers.is_empty() { default.to_vec() } else { layers } })
    }

    pub(super) fn run(
        &self,
        document: &Document,
        offsets: Offsets,
        job: &Job,
    ) -> Result<SegmentResponse, Failure> {
        let asked = |layer| self.layers.contains(&layer);
        let mut response = SegmentResponse {
            offset_unit: unit_to_proto(offsets.unit).into(),
            model_version: MODEL_VERSION.to_owned(),
            ..SegmentResponse::default()
        };
        if asked(SegmentLayer::Blocks) {
            let blocks = job.stage("blocks", || document.blocks())?;
            response.blocks = blocks.iter().map(|block| block_to_proto(block, offsets)).collect();
        }
        if asked(SegmentLayer::Sentences) {
            let sentences = job.stage("sentences", || document.sentences())?;
            response.sentences = sentences
                .iter()
                .map(|sentence| Sentence {
                    span: Some(offsets.span(sentence.span)),
                    block: int32(sentence.block),
                })
                .collect();
        }
        if asked(SegmentLayer::Tokens) {
            let tokens = job.stage("tokens", || document.tokens())?;
            response.tokens = tokens.iter().map(|token| token_to_proto(*token, offsets)).collect();
        }
        if asked(SegmentLayer::Quotations) || asked(SegmentLayer::Speakers) {
            let quotations = job.stage("quotations", || document.quotations())?;
            response.quotations = quotations.iter().map(|q| quotation_to_proto(*q, offsets)).collect();
        }
        if asked(SegmentLayer::Speakers) {
            job.stage("entities", || document.entities())?;
            let attributions = job.stage("speakers", || document.attributions())?;
            let ids: Vec<String> = extract_entities::ids(document.entities()).collect();
            for (quotation, attribution) in response.quotations.iter_mut().zip(attributions) {
                quotation.cue = attribution.cue.map(|cue| offsets.span(cue));
                quotation.speaker = attribution.speaker.map(|speaker| offsets.span(speaker.span));
                let entity = attribution.speaker.and_then(|speaker| speaker.entity);
                quotation.speaker_entity_id = entity.and_then(|entity| ids.get(entity).cloned());
            }
        }
        Ok(response)
    }
}

/// Answers one call.
///
/// # Errors
/// [`Failure`] as the contract's table has it.
pub fn call(cx: Context, request: &SegmentRequest) -> Result<SegmentResponse, Failure> {
    let unit = unit(request.offset_unit)?;
    let input = document::open(request.document.as_ref(), cx.config)?;
    let options = SegmentationOptions { scheme: request.scheme, layers: request.layers.clone() };
    let plan = Plan::new(&options, SEGMENT_LAYERS)?;
    let document = input.document(cx)?;
    let offsets = input.offsets(&document, unit);
    plan.run(&document, offsets, cx.job)
}

fn block_to_proto(block: &segment::Block, offsets: Offsets) -> Block {
    let kind = match block.kind {
        segment::BlockKind::Title => BlockKind::Title,
        segment::BlockKind::TitleRepeat => BlockKind::TitleRepeat,
        segment::BlockKind::Byline => BlockKind::Byline,
        segment::BlockKind::Dateline => BlockKind::Dateline,
        segment::BlockKind::Subhead => BlockKind::Subhead,
        segment::BlockKind::Paragraph => BlockKind::Paragraph,
        segment::BlockKind::Source => BlockKind::Source,
        segment::BlockKind::ListItem => BlockKind::ListItem,
    };
    Block {
        span: Some(offsets.span(block.span)),
        kind: kind.into(),
        dateline: block.dateline.map(|dateline| offsets.span(dateline.span)),
    }
}

fn token_to_proto(token: segment::Token, offsets: Offsets) -> Token {
    let kind = match token.kind {
        segment::TokenKind::Word => TokenKind::Word,
        segment::TokenKind::Number => TokenKind::Number,
        segment::TokenKind::Punctuation => TokenKind::Punctuation,
        segment::TokenKind::Symbol => TokenKind::Symbol,
        segment::TokenKind::Url => TokenKind::Url,
        segment::TokenKind::Email => TokenKind::Email,
        segment::TokenKind::Hashtag => TokenKind::Hashtag,
        segment::TokenKind::Handle => TokenKind::Handle,
        segment::TokenKind::Emoji => TokenKind::Emoji,
    };
    Token {
        span: Some(offsets.span(token.span)),
        kind: kind.into(),
        script: token.script.to_string(),
        ..Token::default()
    }
}

fn quotation_to_proto(quotation: segment::Quotation, offsets: Offsets) -> Quotation {
    let kind = match quotation.kind {
        segment::QuotationKind::Direct => QuotationKind::Direct,
        segment::QuotationKind::Indirect => QuotationKind::Indirect,
        segment::QuotationKind::Scare => QuotationKind::Scare,
    };
    Quotation {
        span: Some(offsets.span(quotation.span)),
        content: Some(offsets.span(quotation.content)),
        kind: kind.into(),
        parent: quotation.parent.map(int32),
        ..Quotation::default()
    }
}
