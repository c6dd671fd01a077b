//! Listed names as a source of mentions: what a name may mean where it stands, and what speaks for it.
//!
//! Each meaning of a name is a candidate with a score of its own: what the lists say of it, how it is
//! written and what stands beside it, weighed by `data/lexicons/curated/evidence.tsv`. What other
//! mentions say is added by `resolve`.

use std::cell::OnceCell;

use super::EntityType;
use super::candidate::{Candidate, Identity, MentionSource, Origin};
use super::other_lines::first_ending_after;
use crate::lexicon::{Article, Flags, Hit, Hits, Lexicon, Reading, Sense, Supports, Thing, is_word_char};
use crate::{Document, Span};

/// Proposes the listed names, the caller's and the built-in ones.
pub(super) struct Names;

impl MentionSource for Names {
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        let datelines: Vec<Span> =
            document.blocks().iter().filter_map(|block| block.dateline?.place).collect();
        let own_lists = document.names().len().saturating_sub(1);
        for (index, (lexicon, hits)) in document.lexicons().zip(document.names()).enumerate() {
            let is_own = index < own_lists;
            let view = View {
                document,
                lexicon,
                hits,
                index,
                is_own,
                datelines: &datelines,
                is_sport: OnceCell::new(),
            };
            for hit in hits.iter() {
                view.propose(hit, out);
            }
        }
    }
}

struct View<'d> {
    document: &'d Document<'d>,
    lexicon: &'d Lexicon,
    hits: &'d Hits,
    /// The lexicon's index among the document's.
    index: usize,
    is_own: bool,
    datelines: &'d [Span],
    /// Whether the document is about sport.
    is_sport: OnceCell<bool>,
}

/// A word before a name, folded.
#[derive(Clone, Copy)]
struct Word<'d> {
    begin: usize,
    end: usize,
    text: &'d str,
}

/// So short, what is left without a proclitic may be a part of another word.
const FEW_LETTERS: usize = 4;
const AND: char = 'و';
/// The ending of a masculine nationality.
const MASCULINE: char = 'ي';
/// The kinds of bodies in whose names a place is not meant.
pub(super) const BRANDS: [&str; 5] = ["agency", "broadcaster", "club", "company", "newspaper"];
/// Those whose bodies have one name in many countries.
pub(super) const OF_STATES: [&str; 10] = [
    "army",
    "authority",
    "council",
    "court",
    "government",
    "ministry",
    "ngo",
    "parliament",
    "police",
    "union",
];
const MEDIA: [&str; 3] = [AGENCY, "broadcaster", "newspaper"];
const AGENCY: &str = "agency";
const CLUB: &str = "club";
/// So many words of a document are looked at to see what it is about.
const MOST_WORDS_FOR_TOPIC: usize = 1000;
/// The subtype of countries.
pub(super) const COUNTRY: &str = "country";
const CAPITAL: &str = "capital";
/// No noun that takes a pronoun has fewer.
const FEWEST_LETTERS: usize = 2;
/// How many signs and blanks may part a name from what says something of it.
const MOST_BETWEEN: usize = 3;
/// Words are no longer; what is, is not read to its beginning.
const LONGEST_WORD: usize = 24;

impl<'d> View<'d> {
    fn propose(&self, hit: &Hit, out: &mut Vec<Candidate>) {
        // What names neither a thing nor nothing is another source's.
        let is_other = |reading: &Reading| !matches!(reading.sense, Sense::Nothing | Sense::Thing(_));
        if self.lexicon.readings(hit).all(is_other) {
            return;
        }
        let span = self.document.source_span(hit.begin as usize, hit.end as usize);
        // A word that is listed as a whole is not another one with a proclitic: `بليون`, `لبنان`.
        let is_part = hit.has_proclitic()
            && self.hits.beginning_at(hit.word as usize).any(|whole| whole.end >= hit.end);
        let other_language = self.document.other_lines().hold(span);
        if other_language && hit.has_proclitic() && !self.is_own {
            return;
        }
        if is_part || self.crosses_block(hit, span) {
            return;
        }
        let mut context = None;
        let country_too = self.lexicon.readings(hit).any(|reading| {
            let thing = self.lexicon.thing(reading.sense);
            thing.is_some_and(|thing| thing.subtype.as_deref() == Some(COUNTRY))
        });
        for reading in self.lexicon.readings(hit) {
            let (kind, country, is_closed, is_built, score) = match reading.sense {
                Sense::Nothing => (None, None, true, false, f32::INFINITY),
                Sense::Thing(_) => {
                    let Some(thing) = self.lexicon.thing(reading.sense) else { continue };
                    // What the caller lists is meant.
                    let score = if self.is_own {
                        f32::INFINITY
                    } else {
                        let context = context
                            .get_or_insert_with(|| self.context(hit, span, country_too, other_language));
                        self.score(hit, reading, thing, context)
                    };
                    let is_closed = thing.subtype.as_deref().is_some_and(|subtype| BRANDS.contains(&subtype));
                    // A facility is named after the place that it is in.
                    let is_built = thing.kind == EntityType::Location
                        && thing.knowledge.geonames_id.is_none()
                        && self.first_word_is_head(hit);
                    (Some(thing.kind), thing.country.clone(), is_closed, is_built, score)
                }
                _ => continue,
            };
            let identity = match reading.sense {
                Sense::Thing(thing) => Identity::Thing(self.index, thing),
                _ => Identity::Surface,
            };
            if kind == Some(EntityType::Organization)
                && !self.is_own
                && let Some((end, weight)) = self.nationality_after(hit, reading)
            {
                out.push(Candidate {
                    span: self.document.source_span(hit.begin as usize, end),
                    kind,
                    identity: identity.clone(),
                    country: country.clone(),
                    value: None,
                    subtype: None,
                    is_built: true,
                    is_closed,
                    score: score + weight,
                    origin: Origin::List,
                });
            }
            let origin = if self.is_own { Origin::OwnList } else { Origin::List };
            out.push(Candidate {
                span,
                kind,
                identity,
                country,
                value: None,
                subtype: None,
                is_built,
                is_closed,
                score,
                origin,
            });
        }
    }

    /// Where the nationality ends that is said of the body, and what it adds: `الأهلي السعودي`.
    fn nationality_after(&self, hit: &Hit, reading: &Reading) -> Option<(usize, f32)> {
        let weights = &self.lexicon.evidence().weights;
        let body = self.lexicon.thing(reading.sense)?;
        let next = hit.end as usize;
        self.folded().get(next..)?.strip_prefix(' ')?;
        self.hits.beginning_at(next + 1).filter(|after| after.article == Article::Full).find_map(|after| {
            let nationality = self
                .lexicon
                .readings(after)
                .filter_map(|reading| self.lexicon.thing(reading.sense))
                .find(|thing| thing.kind == EntityType::Nationality)?;
            let weight = match (&body.country, &nationality.country) {
                (Some(own), Some(said)) if own == said => weights.same_nationality_after,
                // Of a body that every country has.
                (None, Some(_)) if body.subtype.as_deref().is_some_and(|s| OF_STATES.contains(&s)) => {
                    weights.nationality_after
                }
                // Of a club that no list has a country of: `فياريال الإسباني`.
                (None, Some(_))
                    if body.subtype.as_deref() == Some(CLUB)
                        && reading.flags
                            == (Flags { ta_marbuta: reading.flags.ta_marbuta, ..Flags::default() })
                        && self.is_sport() =>
                {
                    weights.nationality_after
                }
                _ => return None,
            };
            Some((after.end as usize, weight))
        })
    }

    /// Whether enough words of the document are of sport.
    fn is_sport(&self) -> bool {
        *self.is_sport.get_or_init(|| {
            let evidence = self.lexicon.evidence();
            let words = self.document.words().list().iter().take(MOST_WORDS_FOR_TOPIC);
            let of_sport = |word: &&crate::entities::words::Word| {
                evidence.is_of_sport(word.text(self.document), self.lexicon.proclitics())
            };
            let mut count = 0.0;
            words.filter(of_sport).any(|_| {
                count += 1.0;
                count >= evidence.weights.sport_words
            })
        })
    }

    /// Whether the name stands alone in brackets, quotation marks or between slashes.
    fn is_enclosed(&self, hit: &Hit) -> bool {
        let ahead = self.folded().get(..hit.word as usize).unwrap_or_default();
        let rest = self.folded().get(hit.end as usize..).unwrap_or_default();
        let pair =
            (ahead.trim_end_matches(' ').chars().next_back(), rest.trim_start_matches(' ').chars().next());
        matches!(
            pair,
            (Some('('), Some(')'))
                | (Some('['), Some(']'))
                | (Some('«'), Some('»'))
                | (Some('"'), Some('"'))
                | (Some('“'), Some('”'))
                | (Some('/'), Some('/'))
        )
    }

    /// Whether the name begins with a class noun: `مطار بيروت`.
    fn first_word_is_head(&self, hit: &Hit) -> bool {
        let name = self.folded().get(hit.begin as usize..hit.end as usize).unwrap_or_default();
        let head = name.split_once(' ').and_then(|(first, _)| self.lexicon.heads().of_word(first));
        head.is_some_and(|(head, _)| head.kind == EntityType::Location)
    }

    /// Whether a block ends inside the name: `كوريا` at the end of a headline, `الجنوبية` after it.
    fn crosses_block(&self, hit: &Hit, span: Span) -> bool {
        let blocks = self.document.blocks();
        let after = blocks.partition_point(|block| block.span.end <= span.begin);
        // The name is read last: overlapping long ones would be read over and over.
        !blocks.is_empty()
            && blocks.get(after).is_none_or(|block| !block.span.contains(span))
            && self
                .folded()
                .get(hit.begin as usize..hit.end as usize)
                .is_some_and(|name| name.contains(['\n', '\r']))
    }

    fn folded(&self) -> &'d str {
        &self.document.folded().text
    }

    fn context(&self, hit: &Hit, span: Span, country_too: bool, other_language: bool) -> Context<'d> {
        let bare = self.folded().get(hit.bare as usize..hit.end as usize).unwrap_or_default();
        let whole = self.folded().get(hit.begin as usize..hit.end as usize).unwrap_or_default();
        let is_trigger = |word: &str| !self.lexicon.evidence().trigger(word).is_empty();
        let before = self.word_before(hit.word as usize);
        let triggers = before.map(|word| self.triggers(word)).unwrap_or_default();
        // What only some meanings ask for is looked at for these alone.
        let common = self.lexicon.readings(hit).any(|reading| reading.flags.common);
        let nationality = self.lexicon.readings(hit).any(|reading| {
            let thing = self.lexicon.thing(reading.sense);
            thing.is_some_and(|thing| thing.kind == EntityType::Nationality)
        });
        let noun = before.filter(|_| nationality).and_then(|word| self.noun(word));
        let bare_word =
            |word: Word<'_>| noun != Some(true) && triggers.is_empty() && !word.text.ends_with(['ه', 'ا']);
        Context {
            letters: bare.chars().take(FEW_LETTERS + 1).count(),
            several_words: bare.contains(' '),
            // What announces names is a word before it is one (`مدينة` and the city of that name).
            is_trigger: is_trigger(bare) || whole.len() > bare.len() && is_trigger(whole),
            ends_in_maksura: span.of(self.document.text()).ends_with('ى'),
            before_pronoun: common && self.is_before_pronoun(hit.end as usize),
            ends_in_ha: span.of(self.document.text()).ends_with('ه'),
            country_too,
            other_language,
            accusative: nationality && span.of(self.document.text()).chars().any(|c| c == '\u{64B}'),
            in_dateline: first_ending_after(self.datelines, span.begin)
                .is_some_and(|place| place.overlaps(span)),
            triggers,
            noun,
            after_bare_word: nationality && before.is_some_and(bare_word),
            after_nationality: before.is_some_and(|word| self.is_nationality(word)),
            enclosed: self.is_enclosed(hit),
            neighbours: self.neighbours(hit),
        }
    }

    /// The word that ends before `at`, with no more than blanks and quotation marks between.
    fn word_before(&self, at: usize) -> Option<Word<'d>> {
        let words = self.document.words();
        let word = words.list().get(words.first_from(at).checked_sub(1)?)?;
        let end = word.end as usize;
        let gap = self.folded().get(end..at)?;
        let between = |c| matches!(c, ' ' | '\u{A0}' | '"' | '“' | '«' | '(');
        let is_short = || (1..=MOST_BETWEEN).contains(&gap.chars().take(MOST_BETWEEN + 1).count());
        let parts = gap == " " || is_short() && gap.chars().all(between);
        let text = word.text(self.document);
        let is_long = text.len() > LONGEST_WORD;
        let tail = if is_long { text.char_indices().nth_back(LONGEST_WORD - 1) } else { None };
        let tail = tail.map_or(0, |(at, _)| at);
        parts.then(|| Word {
            begin: word.begin as usize + tail,
            end,
            text: text.get(tail..).unwrap_or_default(),
        })
    }

    /// What the word before says. A nationality between (`العاصمة السورية دمشق`) hides nothing.
    fn triggers(&self, word: Word<'d>) -> &'d [(Supports, f32)] {
        let evidence = self.lexicon.evidence();
        let known = |word: Word<'d>| {
            self.lexicon.without_proclitics(word.text).map(|w| evidence.trigger(w)).find(|t| !t.is_empty())
        };
        let found = known(word).or_else(|| {
            let before = self.word_before(word.begin).filter(|_| self.is_nationality(word))?;
            known(before)
        });
        found.unwrap_or_default()
    }

    /// Whether what comes next is a noun with an attached pronoun (`قطر فتحتها`), which is no name's
    /// complement. Known words are none: `بعدها`.
    fn is_before_pronoun(&self, end: usize) -> bool {
        let rest = self.folded().get(end..).unwrap_or_default();
        let Some(rest) = rest.strip_prefix(' ') else { return false };
        let length: usize =
            rest.chars().take(LONGEST_WORD).take_while(|&c| is_word_char(c)).map(char::len_utf8).sum();
        let word = rest.get(..length).unwrap_or_default();
        let stem =
            self.lexicon.forms().complement.iter().find_map(|pronoun| word.strip_suffix(pronoun.as_str()));
        stem.is_some_and(|stem| {
            let mut known = self.lexicon.without_proclitics(stem);
            stem.chars().count() >= FEWEST_LETTERS
                && !known.any(|w| !self.lexicon.evidence().trigger(w).is_empty())
        })
    }

    fn is_nationality(&self, word: Word<'_>) -> bool {
        self.hits.ending_at(word.end).any(|hit| {
            hit.word as usize == word.begin
                && self.lexicon.readings(hit).any(|reading| {
                    !reading.flags.country_name
                        && self
                            .lexicon
                            .thing(reading.sense)
                            .is_some_and(|t| t.kind == EntityType::Nationality)
                })
        })
    }

    /// The word before as a noun that a nationality may follow: whether it is definite. `None` where it
    /// is known to be another kind of word, or no noun by its look.
    fn noun(&self, word: Word<'_>) -> Option<bool> {
        let is_other = self.lexicon.without_proclitics(word.text).any(|w| {
            let known = self.lexicon.evidence().trigger(w);
            known.iter().any(|&(supports, _)| supports != Supports::Nationality)
        });
        if is_other {
            return None;
        }
        let definite = self
            .lexicon
            .without_proclitics(word.text)
            .any(|w| w.starts_with("ال") || (w.len() < word.text.len() && word.text.starts_with("لل")));
        // Of indefinite nouns the endings of feminines and plurals alone tell them from verbs.
        if definite {
            Some(true)
        } else {
            word.text
                .ends_with(['ه', 'ة'])
                .then_some(false)
                .or_else(|| word.text.ends_with("ات").then_some(false))
        }
    }

    /// The countries of the names that stand next to this one, parted by a blank, a comma or a bracket.
    fn neighbours(&self, hit: &Hit) -> Vec<&'d Thing> {
        let text = self.folded();
        let between = |c: &char| matches!(c, ' ' | '(' | ')' | ',' | '،' | '-' | '/');
        let ahead = text.get(..hit.word as usize).unwrap_or_default();
        let rest = text.get(hit.end as usize..).unwrap_or_default();
        let back: usize =
            ahead.chars().rev().take(MOST_BETWEEN).take_while(between).map(char::len_utf8).sum();
        let forth: usize = rest.chars().take(MOST_BETWEEN).take_while(between).map(char::len_utf8).sum();
        let things = |hit: &'d Hit| {
            let readings = self.lexicon.readings(hit).filter(|reading| !reading.flags.common);
            readings.filter_map(|reading| self.lexicon.thing(reading.sense))
        };
        // A nationality after a place is the place's; before it, somebody's.
        let is_place = |thing: &&Thing| thing.kind == EntityType::Location;
        let mut found = Vec::new();
        if back > 0 {
            let before = self.hits.ending_at(hit.word as usize - back);
            found.extend(before.flat_map(things).filter(is_place));
        }
        if forth > 0 {
            let next = hit.end as usize + forth;
            // Towns are feminine: a masculine nationality after one is of the club that has its name.
            let of_club = |hit: &&Hit| {
                text.get(..hit.end as usize).is_some_and(|name| name.ends_with(MASCULINE))
                    && hit.article != Article::None
            };
            let after = self.hits.beginning_at(next).filter(|hit| !of_club(hit));
            found.extend(after.flat_map(things));
            // What `و` joins to a name is of the name's kind.
            if rest.get(forth..).is_some_and(|rest| rest.starts_with(AND)) {
                let joined = self.hits.beginning_at(next + AND.len_utf8());
                found.extend(joined.flat_map(things).filter(is_place));
            }
        }
        found
    }

    /// What speaks for a body of the kind, beside what speaks for any name.
    fn body_score(&self, subtype: Option<&str>, context: &Context<'_>) -> f32 {
        let weights = &self.lexicon.evidence().weights;
        let when = |seen: bool, weight: f32| if seen { weight } else { 0.0 };
        when(context.enclosed, weights.enclosed)
            + when(context.enclosed && subtype == Some(AGENCY), weights.agency_enclosed)
            + when(subtype == Some(CLUB) && self.is_sport(), weights.club_in_sport)
    }

    /// What speaks for `hit` meaning `thing`.
    // One sum, read from top to bottom.
    #[allow(clippy::too_many_lines)]
    fn score(&self, hit: &Hit, reading: &Reading, thing: &Thing, context: &Context<'_>) -> f32 {
        let weights = &self.lexicon.evidence().weights;
        let subtype = thing.subtype.as_deref();
        let is_nationality = thing.kind == EntityType::Nationality;
        let is_place = thing.kind == EntityType::Location;
        let is_country = subtype == Some(COUNTRY);
        let is_body = thing.kind == EntityType::Organization;
        // Cities are what the lists have GeoNames ids of.
        let is_city = thing.knowledge.geonames_id.is_some();
        let is_region = is_place && !is_country && !is_city;
        let when = |seen: bool, weight: f32| if seen { weight } else { 0.0 };

        let mut score = match (thing.kind, subtype) {
            (EntityType::Nationality, _) => weights.nationality,
            (EntityType::Organization, _) => weights.organization,
            (EntityType::Event, _) => weights.event,
            (EntityType::Person, _) => weights.person,
            (_, Some(COUNTRY)) => weights.country,
            (_, Some(CAPITAL)) => weights.capital,
            _ if is_region => weights.region,
            _ => weights.city,
        };
        if is_city {
            score += weights.city_per_decade_over_100k * decades_over_100k(thing.population);
            let near = thing.country.as_deref().is_some_and(|iso| self.lexicon.evidence().is_near(iso));
            score += when(near, weights.near_country);
            // `الرئيس السوري بشار`: after a nationality without more come names of people.
            score +=
                when(context.after_nationality && context.triggers.is_empty(), weights.after_nationality);
        }
        score += when(reading.flags.common, weights.common);
        score += when(reading.flags.place, weights.place_too);
        score += when(context.is_trigger, weights.announcing_word);
        score += match () {
            () if !context.other_language => 0.0,
            () if is_nationality => weights.other_language_nationality,
            () if is_country => weights.other_language_country,
            () if !is_place => weights.other_language_name,
            () => weights.other_language_city,
        };
        let is_homograph = !is_country && (reading.flags.country_name || context.country_too);
        score += when(is_homograph, weights.country_name);
        score += when(reading.flags.ambiguous, weights.ambiguous);
        score += when(context.several_words, weights.several_words);
        score += when(context.letters <= 2, weights.two_letters);
        score += when(
            !is_country && hit.has_proclitic() && context.letters <= FEW_LETTERS,
            weights.proclitic_and_few_letters,
        );
        score += self.lexicon.proclitic_weight(hit, self.folded());
        score += when(reading.flags.ta_marbuta && context.ends_in_ha, weights.ha_for_ta_marbuta);
        score += when(reading.flags.maksura && context.ends_in_maksura, weights.alef_maksura_word);
        score += when(reading.flags.common && context.before_pronoun, weights.common_before_pronoun);

        score += when(is_nationality && context.accusative, weights.accusative_sign);
        for &(supports, weight) in context.triggers {
            let meant = match supports {
                Supports::Country => is_country,
                Supports::City => is_city,
                Supports::Region => is_region,
                Supports::Place => is_place,
                Supports::Nationality => is_nationality,
                Supports::Person => {
                    score += when(is_place, weights.after_person_word);
                    false
                }
                Supports::Body => is_body,
                Supports::Medium => is_body && subtype.is_some_and(|subtype| MEDIA.contains(&subtype)),
                Supports::Club => subtype == Some(CLUB) && self.is_sport(),
                Supports::Sport => false,
            };
            score += when(meant, weight);
        }
        if is_nationality && thing.country.is_none() && hit.article != Article::None {
            score += when(context.after_bare_word, weights.people_after_bare_word);
        }
        // Ordinary adjectives follow nouns as well.
        if is_nationality && is_homograph && !reading.flags.common {
            // After `و` the word before is not what the adjective belongs to, unless it is one itself.
            let noun =
                if hit.has_proclitic() { context.after_nationality.then_some(true) } else { context.noun };
            let definite = hit.article != Article::None;
            score += when(definite && noun == Some(true), weights.after_definite_noun);
            score += when(!definite && noun == Some(false), weights.after_indefinite_noun);
        }
        if is_body {
            score += self.body_score(subtype, context);
        }
        if context.in_dateline {
            score += match () {
                () if is_country => weights.dateline_country,
                () if is_place => weights.dateline_city,
                () => 0.0,
            };
        }
        let same_country = |other: &&Thing| other.country.is_some() && other.country == thing.country;
        let names_other = |other: &&Thing| other.name != thing.name;
        score += when(
            context.neighbours.iter().any(|other| same_country(other) && names_other(other)),
            weights.beside_same_country,
        );
        let place = |other: &&Thing| other.kind == EntityType::Location;
        score += when(
            is_place && context.neighbours.iter().any(|other| place(other) && names_other(other)),
            weights.beside_place,
        );
        score
    }
}

/// What is seen of a name where it stands, the same for all its meanings.
#[allow(clippy::struct_excessive_bools)]
struct Context<'d> {
    /// No more are counted than a few and one.
    letters: usize,
    several_words: bool,
    is_trigger: bool,
    ends_in_ha: bool,
    ends_in_maksura: bool,
    /// Of a common word, whether a noun with a pronoun comes next.
    before_pronoun: bool,
    /// Whether the same letters are a country's name.
    country_too: bool,
    other_language: bool,
    accusative: bool,
    in_dateline: bool,
    triggers: &'d [(Supports, f32)],
    /// Of a nationality, whether the word before is a noun, and definite.
    noun: Option<bool>,
    /// Of a nationality: after a word that neither has the article nor an attached pronoun, nor is known.
    after_bare_word: bool,
    after_nationality: bool,
    /// Alone in brackets, quotation marks or between slashes.
    enclosed: bool,
    neighbours: Vec<&'d Thing>,
}

/// How many powers of ten a city has more inhabitants than a hundred thousand; negative for towns.
#[allow(clippy::cast_precision_loss)]
fn decades_over_100k(population: u64) -> f32 {
    // Whole numbers of inhabitants are far below what f32 tells apart in its logarithm.
    ((population.max(1) as f32).log10() - 5.0).clamp(-2.0, 3.0)
}
