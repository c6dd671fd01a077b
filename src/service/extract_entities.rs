//! `ExtractEntities`.

use std::collections::HashSet;

use warraq_core::Document;
use warraq_core::entities::{self, Entity, EntityType as Kind};
use warraq_core::lexicon::Lexicon;
use warraq_core::values::{self, AnchorKind, Modifier, Precision};

use super::offsets::{Offsets, unit, unit_to_proto};
use super::{Context, Job, MODEL_VERSION, all_known, document, own_names};
use crate::config::Config;
use crate::failure::{Exceeded, Failure, Reason};
use crate::proto::v1::{
    self, EntityOptions, EntityType, ExtractEntitiesRequest, ExtractEntitiesResponse, Knowledge,
    LexiconEntry, Mention, MentionKind, MoneyValue, NumberValue, QuantityValue, TimeAnchor, TimeAnchorKind,
    TimePrecision, TimeValue, Value, ValueModifier, value,
};

/// Types of values that are found.
const VALUES: &[EntityType] = &[
    EntityType::Date,
    EntityType::Money,
    EntityType::Percent,
    EntityType::Time,
    EntityType::Duration,
    EntityType::Quantity,
    EntityType::Number,
    EntityType::Url,
    EntityType::Email,
    EntityType::Hashtag,
    EntityType::Handle,
    EntityType::PhoneNumber,
];

/// Every type that is found.
pub(super) fn types() -> impl Iterator<Item = EntityType> {
    own_names::TYPES.iter().chain(VALUES).copied()
}

/// What to look for, checked.
pub(super) struct Plan {
    types: Vec<EntityType>,
    /// What a mention has to reach where it has a confidence.
    min_confidence: f32,
    lexicon: Option<Lexicon>,
}

impl Plan {
    pub(super) fn new(options: &EntityOptions, config: &Config) -> Result<Self, Failure> {
        let types: Vec<EntityType> = all_known("types", &options.types)?;
        let min_confidence = options.min_confidence.unwrap_or_default();
        if !(0.0..=1.0).contains(&min_confidence) {
            return Err(Failure::field(Reason::InvalidValue, "min_confidence", "must be from 0 to 1"));
        }
        let lexicon = lexicon(&options.lexicon, config)?;
        if let Some((i, kind)) =
            types.iter().enumerate().find(|(_, kind)| self::types().all(|found| found != **kind))
        {
            return Err(Failure::not_implemented(format!("types[{i}]"), kind.as_str_name()));
        }
        Ok(Self { types, min_confidence, lexicon })
    }

    /// The document in which the caller's names are found too.
    pub(super) fn prepare<'d>(&'d self, document: Document<'d>) -> Document<'d> {
        match &self.lexicon {
            Some(lexicon) => document.with_lexicon(lexicon),
            None => document,
        }
    }

    pub(super) fn run(
        &self,
        document: &Document,
        offsets: Offsets,
        job: &Job,
    ) -> Result<ExtractEntitiesResponse, Failure> {
        let found = job.stage("entities", || document.entities())?;
        Ok(ExtractEntitiesResponse {
            entities: self.entities(found, offsets),
            links: Vec::new(),
            offset_unit: unit_to_proto(offsets.unit).into(),
            model_version: MODEL_VERSION.to_owned(),
        })
    }

    /// What is asked for of `found`.
    fn entities(&self, found: &[Entity], offsets: Offsets) -> Vec<v1::Entity> {
        let likely = |mention: &&entities::Mention| {
            mention.confidence.is_none_or(|confidence| confidence >= self.min_confidence)
        };
        found
            .iter()
            .zip(ids(found))
            .map(|(entity, id)| entity_to_proto(entity, id, entity.mentions.iter().filter(likely), offsets))
            .filter(|entity| self.types.is_empty() || self.types.contains(&entity.r#type()))
            .filter(|entity| !entity.mentions.is_empty())
            .collect()
    }
}

/// Answers one call.
///
/// # Errors
/// [`Failure`] as the contract's table has it.
pub fn call(cx: Context, request: &ExtractEntitiesRequest) -> Result<ExtractEntitiesResponse, Failure> {
    let unit = unit(request.offset_unit)?;
    let input = document::open(request.document.as_ref(), cx.config)?;
    let options = EntityOptions {
        types: request.types.clone(),
        min_confidence: request.min_confidence,
        lexicon: request.lexicon.clone(),
    };
    let plan = Plan::new(&options, cx.config)?;
    let document = plan.prepare(input.document(cx)?);
    let offsets = input.offsets(&document, unit);
    plan.run(&document, offsets, cx.job)
}

/// Ids of the answer: the caller's own where a row of theirs was found, else `e1`, `e2` … in the order of
/// the first mention, whatever types and confidence are asked for, so that an id is the same in each of a text's answers.
pub(super) fn ids(entities: &[Entity]) -> impl Iterator<Item = String> {
    let taken: HashSet<&str> = entities.iter().filter_map(|entity| entity.own_id.as_deref()).collect();
    let mut generated = (1..).map(|n| format!("e{n}")).filter(move |id| !taken.contains(id.as_str()));
    entities.iter().map(move |entity| match &entity.own_id {
        Some(id) => id.to_string(),
        None => generated.next().unwrap_or_default(),
    })
}

/// The caller's rows.
fn lexicon(rows: &[LexiconEntry], config: &Config) -> Result<Option<Lexicon>, Failure> {
    let limit = config.max_lexicon_rows;
    if rows.len() > limit {
        let exceeded = Exceeded { limit, found: Some(rows.len()), unit: "rows" };
        return Err(Failure::over(Reason::TooManyLexiconRows, "lexicon", exceeded));
    }
    if rows.is_empty() { Ok(None) } else { own_names::of_request(rows).map(Some) }
}

/// The entity with those of its mentions that are told.
fn entity_to_proto<'e>(
    entity: &Entity,
    id: String,
    mentions: impl Iterator<Item = &'e entities::Mention>,
    offsets: Offsets,
) -> v1::Entity {
    let mention = |mention: &entities::Mention| Mention {
        span: Some(offsets.span(mention.span)),
        text: mention.span.of(offsets.text).to_owned(),
        kind: MentionKind::Named.into(),
        nested: mention.nested,
        confidence: mention.confidence,
    };
    let entities::WorldKnowledge { iso_3166, geonames_id, wikidata_id, latitude, longitude } =
        &entity.knowledge;
    let knowledge = (entity.knowledge != entities::WorldKnowledge::default()).then(|| Knowledge {
        iso_3166: iso_3166.as_deref().map(str::to_owned),
        geonames_id: geonames_id.map(i64::from),
        wikidata_id: wikidata_id.as_deref().map(str::to_owned),
        latitude: *latitude,
        longitude: *longitude,
    });
    v1::Entity {
        id,
        r#type: kind_to_proto(entity.kind).into(),
        subtype: entity.subtype.as_deref().map(str::to_owned),
        name: entity.name.clone(),
        latin_name: entity.latin_name.as_deref().map(str::to_owned),
        mentions: mentions.map(mention).collect(),
        value: entity.value.as_ref().map(|value| value_to_proto(value, offsets)),
        knowledge,
        salience: None,
    }
}

fn value_to_proto(value: &entities::Value, offsets: Offsets) -> Value {
    let (kind, modifier) = match value.clone() {
        entities::Value::Number { decimal, end } => {
            (Some(value::Kind::Number(NumberValue { decimal, decimal_end: end })), None)
        }
        entities::Value::Money { amount, end, currency } => {
            (Some(value::Kind::Money(MoneyValue { amount, currency, amount_end: end })), None)
        }
        entities::Value::Quantity { decimal, end, unit } => {
            (Some(value::Kind::Quantity(QuantityValue { decimal, unit, decimal_end: end })), None)
        }
        entities::Value::Time(time) => {
            let modifier = time.modifier;
            (Some(value::Kind::Time(time_to_proto(*time, offsets))), modifier)
        }
        // The contract has no parts for it: its canonical form says all.
        entities::Value::Phone(_) => (None, None),
    };
    let modifier = modifier.map_or(ValueModifier::Unspecified, modifier_to_proto);
    Value { canonical: value.to_string(), modifier: modifier.into(), kind }
}

fn time_to_proto(time: values::TimeValue, offsets: Offsets) -> TimeValue {
    let anchor = time.anchor.map(|anchor| TimeAnchor {
        kind: match anchor.kind {
            AnchorKind::ReferenceDate => TimeAnchorKind::ReferenceDate,
            AnchorKind::Dateline => TimeAnchorKind::Dateline,
            AnchorKind::EarlierDate => TimeAnchorKind::EarlierDate,
            AnchorKind::QuotationDate => TimeAnchorKind::QuotationDate,
        }
        .into(),
        date: anchor.date,
        span: anchor.span.map(|span| offsets.span(span)),
        reason: anchor.reason.to_owned(),
    });
    TimeValue {
        value: time.value,
        precision: time.precision.map_or(TimePrecision::Unspecified, precision_to_proto).into(),
        begin: time.begin,
        end: time.end,
        anchor,
        calendar: time.calendar.map(str::to_owned),
    }
}

fn precision_to_proto(precision: Precision) -> TimePrecision {
    match precision {
        Precision::Century => TimePrecision::Century,
        Precision::Decade => TimePrecision::Decade,
        Precision::Year => TimePrecision::Year,
        Precision::HalfYear => TimePrecision::HalfYear,
        Precision::Quarter => TimePrecision::Quarter,
        Precision::Season => TimePrecision::Season,
        Precision::Month => TimePrecision::Month,
        Precision::Week => TimePrecision::Week,
        Precision::Day => TimePrecision::Day,
        Precision::PartOfDay => TimePrecision::PartOfDay,
        Precision::Hour => TimePrecision::Hour,
        Precision::Minute => TimePrecision::Minute,
        Precision::Second => TimePrecision::Second,
    }
}

fn modifier_to_proto(modifier: Modifier) -> ValueModifier {
    match modifier {
        Modifier::Before => ValueModifier::Before,
        Modifier::After => ValueModifier::After,
        Modifier::OnOrBefore => ValueModifier::OnOrBefore,
        Modifier::OnOrAfter => ValueModifier::OnOrAfter,
        Modifier::LessThan => ValueModifier::LessThan,
        Modifier::MoreThan => ValueModifier::MoreThan,
        Modifier::EqualOrLess => ValueModifier::EqualOrLess,
        Modifier::EqualOrMore => ValueModifier::EqualOrMore,
        Modifier::Start => ValueModifier::Start,
        Modifier::Mid => ValueModifier::Mid,
        Modifier::End => ValueModifier::End,
        Modifier::Approximate => ValueModifier::Approximate,
        Modifier::Early => ValueModifier::Early,
        Modifier::Late => ValueModifier::Late,
        Modifier::Morning => ValueModifier::Morning,
        Modifier::Noon => ValueModifier::Noon,
        Modifier::Afternoon => ValueModifier::Afternoon,
        Modifier::Evening => ValueModifier::Evening,
        Modifier::Night => ValueModifier::Night,
    }
}

fn kind_to_proto(kind: Kind) -> EntityType {
    match kind {
        Kind::Person => EntityType::Person,
        Kind::Location => EntityType::Location,
        Kind::Organization => EntityType::Organization,
        Kind::Event => EntityType::Event,
        Kind::Nationality => EntityType::Nationality,
        Kind::Role => EntityType::Role,
        Kind::Date => EntityType::Date,
        Kind::Money => EntityType::Money,
        Kind::Percent => EntityType::Percent,
        Kind::Time => EntityType::Time,
        Kind::Duration => EntityType::Duration,
        Kind::Quantity => EntityType::Quantity,
        Kind::Number => EntityType::Number,
        Kind::Url => EntityType::Url,
        Kind::Email => EntityType::Email,
        Kind::Hashtag => EntityType::Hashtag,
        Kind::Handle => EntityType::Handle,
        Kind::PhoneNumber => EntityType::PhoneNumber,
    }
}

/// Only for the types of [`ROW_TYPES`].
pub(super) fn kind_from_proto(kind: EntityType) -> Kind {
    match kind {
        EntityType::Person => Kind::Person,
        EntityType::Organization => Kind::Organization,
        EntityType::Event => Kind::Event,
        EntityType::Nationality => Kind::Nationality,
        EntityType::Role => Kind::Role,
        _ => Kind::Location,
    }
}

#[cfg(test)]
mod tests {
    use warraq_core::Span;
    use warraq_core::source::{OffsetIndex, Unit};

    use super::*;

    /// A mention's text, and how likely it is.
    type Told = (String, Option<f32>);

    /// The ids and mentions of the answer to that least confidence: a person's two mentions, a place's one, and a
    /// date, of which nothing was learned.
    fn told(min_confidence: Option<f32>) -> Vec<(String, Vec<Told>)> {
        let text = "كمال مأرب الأحد كمال";
        let entity = |kind, name: &str, confidences: &[Option<f32>]| Entity {
            kind,
            subtype: None,
            name: name.to_owned(),
            latin_name: None,
            mentions: text
                .match_indices(name)
                .zip(confidences)
                .map(|((begin, _), &confidence)| {
                    let span = Span::from_range(&(begin..begin + name.len()));
                    entities::Mention { span, nested: false, confidence }
                })
                .collect(),
            value: None,
            knowledge: entities::WorldKnowledge::default(),
            own_id: None,
        };
        let found = [
            entity(Kind::Person, "كمال", &[Some(0.75), Some(0.25)]),
            entity(Kind::Location, "مأرب", &[Some(0.5)]),
            entity(Kind::Date, "الأحد", &[None]),
        ];
        let options = EntityOptions { min_confidence, ..EntityOptions::default() };
        let plan = Plan::new(&options, &Config::default()).expect("a plan");
        let index = OffsetIndex::new(text);
        let offsets = Offsets { text, source: text, index: &index, reduction: None, unit: Unit::CodePoint };
        let mentions = |entity: v1::Entity| {
            entity.mentions.into_iter().map(|mention| (mention.text, mention.confidence)).collect()
        };
        plan.entities(&found, offsets)
            .into_iter()
            .map(|entity| (entity.id.clone(), mentions(entity)))
            .collect()
    }

    #[test]
    fn what_is_less_likely_than_asked_for_is_left_out() {
        let of = |id: &str, mentions: &[(&str, Option<f32>)]| {
            (
                id.to_owned(),
                mentions.iter().map(|&(text, confidence)| (text.to_owned(), confidence)).collect(),
            )
        };
        let place = of("e2", &[("مأرب", Some(0.5))]);
        let date = of("e3", &[("الأحد", None)]);
        for all in [None, Some(0.0), Some(0.25)] {
            let person = of("e1", &[("كمال", Some(0.75)), ("كمال", Some(0.25))]);
            assert_eq!(told(all), [person, place.clone(), date.clone()], "{all:?}");
        }
        let person = of("e1", &[("كمال", Some(0.75))]);
        // What has just so much stays; ids are those of the whole answer.
        assert_eq!(told(Some(0.5)), [person.clone(), place, date.clone()]);
        assert_eq!(told(Some(0.6)), [person, date.clone()]);
        assert_eq!(told(Some(1.0)), [date]);
    }
}
