//! Unicode and orthography, cleaned by named steps, with the way back to the source.

mod arabic_digits;
mod characters;
mod choice;
mod dashes;
mod elongation;
mod form;
mod language;
mod masks;
mod normalizer;
mod orthography;
mod preset;
#[cfg(test)]
mod properties;
mod punctuation;
mod quotes;
#[cfg(any(test, feature = "reference"))]
pub mod reference;
mod rewrite;
mod signs;
mod stem;
mod step;
mod tables;
mod whitespace;

use std::sync::LazyLock;

use crate::KnowledgeError;

pub use crate::alignment::{Alignment, Edit, Normalized};
use characters::CharacterPass;
use choice::{Choice, Diacritics, DigitsFrom, Joiners, LookAlikes, Repertoire, Tatweel};
pub(crate) use masks::emoji_length;
pub use normalizer::{Normalizer, Output, StepError, StepProblem, StepRequest};
pub use preset::{Options, Preset, presets};
use step::Counts;
pub use step::{Step, StepOption};

/// Says whether the tables and presets that are compiled in are sound; a part that is not is left out.
///
/// # Errors
/// [`KnowledgeError`]: the first row that says something else than it should.
pub fn check_data() -> Result<(), KnowledgeError> {
    tables::check()?;
    preset::check()
}

/// What [`fold`] levels.
static FOLD: LazyLock<Option<CharacterPass>> = LazyLock::new(|| {
    CharacterPass::new(Choice {
        presentation_forms: Some(true),
        tatweel: Some(Tatweel::KeepsHijri),
        diacritics: Some(Diacritics::ALL),
        look_alikes: Some(LookAlikes::Everywhere),
        alef_forms: Some(Repertoire::All),
        alef_marks: Some(Repertoire::All),
        hamza_seats: Some(false),
        alef_maqsura: true,
        ta_marbuta: true,
        latin_digits: Some(DigitsFrom::default()),
        bidi_controls: true,
        zero_width: Some(Joiners::WhereNeeded),
        control_characters: false,
        latin_case: true,
        latin_punctuation: false,
        hyphens: false,
    })
});

/// Folds `text` for matching names: everything that spelling leaves open is levelled (hamza on alef,
/// waw and ya, final ya and ta marbuta, marks, tatweel, Persian ya and kaf, digits, Latin case,
/// presentation forms, invisible characters); white space and quotation marks stay.
pub fn fold(text: &str) -> Normalized {
    FOLD.as_ref()
        .and_then(|pass| pass.signs().looking(text, |look| pass.run(look, &mut Counts::default())))
        .unwrap_or_else(|| Normalized::unchanged(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fold_levels_spelling() {
        for (text, folded) in [
            ("أحمد إلى آل ٱبن", "احمد الي ال ابن"),
            ("مسؤول هيئة", "مسوول هييه"),
            ("مُحَمَّدٌ مـــصر", "محمد مصر"),
            ("ﻻ ﺍﻹﺳﻼﻡ ﷺ", "لا الاسلام صلي الله عليه وسلم"),
            ("علی کابل", "علي كابل"),
            ("١٢٣٫٥ و۱۲٪ 1٬200", "123.5 و12% 1,200"),
            ("UNICEF É", "unicef é"),
            ("ا\u{654}حمد ا\u{650}\u{655} و\u{654}", "احمد ا و"),
            ("\u{200F}نص\u{200B} \u{FEFF}", "نص "),
            ("می\u{200C}رود", "مي\u{200C}رود"),
            ("1445 هـ، هـذا", "1445 هـ، هذا"),
            ("«نص»\u{A0} \r\n", "«نص»\u{A0} \r\n"),
            ("plain", "plain"),
        ] {
            let out = fold(text);
            assert_eq!(out.text, folded, "{text}");
            assert_eq!(fold(&out.text).text, out.text, "{text}");
        }
    }

    #[test]
    fn a_folded_name_leads_back_to_its_source() {
        let text = "قال مُحَمَّدٌ أمس";
        let out = fold(text);
        let at = out.text.find("محمد").unwrap();
        let span = crate::Span::from_range(&(at..at + "محمد".len()));
        assert_eq!(out.alignment.to_source(span).of(text), "مُحَمَّد");
        assert_eq!(out.alignment.to_source_with_deleted(span).of(text), "مُحَمَّدٌ");
    }
}
