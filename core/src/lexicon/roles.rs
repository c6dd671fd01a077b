//! Offices, titles and other words that stand with people's names, as listed names.

use super::build::{Builder, Name, Names};
use super::files::{File, data, for_names};
use super::words::Gender;
use super::{Flags, Sense};
use serde::{Deserialize, Serialize};

use crate::KnowledgeError;

/// An office, title, rank or honorific.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) takes: RoleTakes,
    pub(crate) standing: Standing,
    pub(crate) gender: Option<Gender>,
    /// The form has an attached pronoun (`رئيسها`).
    pub(crate) pronoun: bool,
}

/// What belongs to an office beside its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RoleTakes {
    Nothing,
    /// A minister's field.
    Portfolio,
    /// A field after the preposition ba: `المكلف بالميزانية`.
    Charge,
    /// Another office: `نائب رئيس`.
    Role,
    /// The nouns that follow, whatever they are: `نقيب أصحاب الأفران`.
    Nouns,
}

/// Where an office, title or honorific is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Standing {
    /// Before a name and nowhere else.
    Honorific,
    /// The same; and a body has the word as well, which an adjective may follow: `الفريق السلاوي`.
    HonorificOrBody,
    /// Before a name; definite, also in its place.
    Rank,
    /// With a name, a nationality, a body; or alone, of somebody who was introduced with it.
    Office,
    /// As an office; definite, it always means the one who holds it.
    High,
}

/// What follows a word about a person who holds no office: a trade, a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersonWord {
    /// How surely a name follows: 1 to 3.
    pub(crate) strength: u8,
    pub(crate) gender: Option<Gender>,
}

/// The lists of words that stand with names.
#[derive(Clone, Copy)]
pub(super) struct RoleFiles<'f> {
    pub(super) roles: &'f [File],
    pub(super) person_words: &'f [File],
}

pub(super) const ROLES: RoleFiles<'_> =
    RoleFiles { roles: &[data!("curated/roles.tsv")], person_words: &[data!("curated/person_words.tsv")] };

const TA_MARBUTA: char = 'ة';
/// What a ta marbuta is before a pronoun.
const TA: char = 'ت';
const ARTICLE: &str = "ال";
const ACCUSATIVE: char = 'ا';

pub(super) fn read(builder: &mut Builder, files: &RoleFiles<'_>) -> Result<(), KnowledgeError> {
    let pronouns = builder.pronouns();
    for_names(files.roles, &["role", "form", "takes", "standing", "gender"], |row, name| {
        let [_, form, takes, standing, gender] = row.fields()?;
        let role = Role {
            takes: match takes {
                "-" => RoleTakes::Nothing,
                "portfolio" => RoleTakes::Portfolio,
                "charge" => RoleTakes::Charge,
                "role" => RoleTakes::Role,
                "nouns" => RoleTakes::Nouns,
                _ => return Err(row.error("an office takes portfolio, charge, role, nouns or -")),
            },
            standing: match standing {
                "honorific" => Standing::Honorific,
                "honorific_or_body" => Standing::HonorificOrBody,
                "rank" => Standing::Rank,
                "office" => Standing::Office,
                "high" => Standing::High,
                _ => {
                    return Err(
                        row.error("the standing is not honorific, honorific_or_body, rank, office or high")
                    );
                }
            },
            gender: Gender::parse(row, gender)?,
            pronoun: false,
        };
        let form = Form::parse(form)
            .ok_or_else(|| row.error("the form is not noun, phrase, head, construct or fixed"))?;
        add_forms(builder, &pronouns, name, form, &|pronoun| Sense::Role(Role { pronoun, ..role }));
        Ok(())
    })?;
    for_names(files.person_words, &["word", "form", "strength", "gender"], |row, name| {
        let [_, form, strength, gender] = row.fields()?;
        let word = PersonWord {
            strength: row.parse(strength, "a number from 1 to 3")?,
            gender: Gender::parse(row, gender)?,
        };
        let form = Form::parse(form)
            .ok_or_else(|| row.error("the form is not noun, phrase, head, construct or fixed"))?;
        add_forms(builder, &pronouns, name, form, &|_| Sense::PersonWord(word));
        Ok(())
    })
}

/// How the words of a row take the article, the pronouns and the accusative.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One noun, which takes all of them.
    Noun,
    /// A noun and its adjectives: each takes the article.
    Phrase,
    /// The first word alone takes the article.
    Head,
    /// A noun with its complement: as listed.
    Construct,
    /// As listed.
    Fixed,
}

impl Form {
    fn parse(form: &str) -> Option<Self> {
        Some(match form {
            "noun" => Self::Noun,
            "phrase" => Self::Phrase,
            "head" => Self::Head,
            "construct" => Self::Construct,
            "fixed" => Self::Fixed,
            _ => return None,
        })
    }
}

fn add_forms(
    builder: &mut Builder,
    pronouns: &[String],
    name: Name<'_>,
    form: Form,
    sense: &dyn Fn(bool) -> Sense,
) {
    let flags = Flags::default();
    match form {
        Form::Construct | Form::Fixed => {
            builder.add_name(name, Names::Nouns, sense(false), flags);
            return;
        }
        Form::Head => {
            builder.add_name(name, Names::EitherWay, sense(false), flags);
            return;
        }
        Form::Noun | Form::Phrase => {
            builder.add_name(name, Names::Adjectives, sense(false), flags);
        }
    }
    let mut folded = name.folded.split(' ');
    let (Some(noun), Some(listed)) = (folded.next(), name.listed.split(' ').next()) else { return };
    let adjectives: Vec<&str> = folded.collect();
    let mut add = |form: String, pronoun| {
        let name = Name { listed: &form, folded: &form };
        builder.add_name(name, Names::Nouns, sense(pronoun), flags);
    };
    // Before a pronoun a ta marbuta is a ta.
    let feminine = listed.ends_with(TA_MARBUTA);
    let stem = if feminine { noun.get(..noun.len() - TA.len_utf8()).unwrap_or(noun) } else { noun };
    for pronoun in pronouns {
        let mut form = stem.to_owned();
        if feminine {
            form.push(TA);
        }
        form.push_str(pronoun);
        for adjective in &adjectives {
            form.push(' ');
            form.push_str(ARTICLE);
            form.push_str(adjective);
        }
        add(form, true);
    }
    if !feminine {
        let words = std::iter::once(noun).chain(adjectives.iter().copied());
        add(words.map(|word| format!("{word}{ACCUSATIVE}")).collect::<Vec<_>>().join(" "), false);
    }
}
