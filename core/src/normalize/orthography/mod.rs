//! Dropped hamzas, ya dots and ta marbutas, restored word by word where that is sure.
//!
//! 1. The folded form of a word is looked up: in `spellings.tsv`, else in `names.tsv`, else without a proclitic, else
//!    as a known word with an ending. What is not found stays.
//! 2. Each spelling that the written word is, or is what hurry leaves of, is scored: the logarithm of its count, the
//!    weights of its neighbours, and what writing it so costs this writer ([`restore::Habits`]).
//! 3. The likeliest is taken where its share reaches the threshold.
//!
//! Nothing is taken away: no hamza, no dots. `tools/orthography/restore.py` is the same, plain and slow.

mod context;
mod restore;
mod table;
mod words;

use super::Normalized;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use restore::{Habits, Restorer};

/// How sure a spelling must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confidence {
    Normal,
    High,
}

impl Confidence {
    pub(super) fn from_name(name: &str) -> Self {
        if name == "high" { Self::High } else { Self::Normal }
    }

    /// Which share of all spellings that the word can be it must have.
    const fn threshold(self) -> f64 {
        match self {
            Self::Normal => 0.6,
            Self::High => 0.8,
        }
    }
}

/// `text` with what was dropped; `None` where nothing is missing or sure.
pub(super) fn run(text: &str, confidence: Confidence, counts: &mut Counts) -> Option<Normalized> {
    // The letters in question begin with one of these bytes.
    memchr::memchr2(0xD8, 0xD9, text.as_bytes())?;
    let tokens = words::tokens(text);
    let habits = Habits::of(&tokens);
    let mut out = Rewriter::new(text);
    for line in tokens.lines() {
        let restorer = Restorer::new(line, &habits, confidence.threshold());
        for (index, begin, word) in line.words() {
            let Some(spelling) = restorer.restored(index, word) else { continue };
            let letters = line.letters(word).chars().zip(spelling.chars());
            for (at, (old, new)) in words::letters_at(text, begin).zip(letters) {
                if old != new {
                    out.replace(at, at + old.len_utf8(), new.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }
    counts.add(Step::StandardOrthography, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored_with(confidence: Confidence, text: &str) -> String {
        run(text, confidence, &mut Counts::default()).map_or_else(|| text.to_owned(), |out| out.text)
    }

    fn restored(text: &str) -> String {
        restored_with(Confidence::Normal, text)
    }

    #[test]
    fn a_hurried_text() {
        for (text, expected) in [
            ("الى الاسد فى المدرسه", "إلى الأسد في المدرسة"),
            (
                "قال الوزير ان المدرسه الجديده فى العاصمه ستفتح ابوابها الى الاطفال",
                "قال الوزير إن المدرسة الجديدة في العاصمة ستفتح أبوابها إلى الأطفال",
            ),
            ("واكدت الشركه ان انتاجها سيصل الى الاسواق", "وأكدت الشركة أن إنتاجها سيصل إلى الأسواق"),
            ("فى المدرسه وبالاذاعيين وبالاسد", "في المدرسة وبالإذاعيين وبالأسد"),
        ] {
            assert_eq!(restored(text), expected);
        }
    }

    #[test]
    fn a_careful_text_stays() {
        for text in [
            "أكد الوزير أن المدرسة في العاصمة ستفتح أبوابها على مدى أسبوع",
            "قالت الشركة إن أخاه علي ذهب إلى عمله من منزله",
            "على العكس من ذلك",
            "زار الوزير مصنعه",
            "",
            "Ali went to school",
        ] {
            assert_eq!(restored(text), text);
        }
        assert_eq!(restored("أعلنت الإدارة في بيانها الى الصحافة"), "أعلنت الإدارة في بيانها إلى الصحافة");
    }

    #[test]
    fn neighbours_and_habits_decide() {
        assert_eq!(
            restored("اتفق الطرفان على وقف اطلاق النار، ووقع على الوثيقه محمد على"),
            "اتفق الطرفان على وقف إطلاق النار، ووقع على الوثيقة محمد علي"
        );
        assert_eq!(restored("العملية مصنعه فى مدينه قريبه"), "العملية مصنعة في مدينة قريبة");
        // A line's words are no neighbours of the next one's.
        assert_eq!(restored("قال\nان"), restored("قال") + "\n" + &restored("ان"));
    }

    #[test]
    fn what_is_not_known_stays() {
        for text in ["افعلزوم", "امضروق شزفه", "وصل لواج", "ا ه ى"] {
            assert_eq!(restored(text), text);
        }
    }

    #[test]
    fn a_text_knows_its_own_words() {
        for (text, expected) in [
            ("افعلزوم هو أفعلزوم", "أفعلزوم هو أفعلزوم"),
            ("اجتمعوا في استانا أمس بعد لقاء أستانا", "اجتمعوا في أستانا أمس بعد لقاء أستانا"),
            // Nobody knows which of the two.
            ("افعلزوم أفعلزوم إفعلزوم", "افعلزوم أفعلزوم إفعلزوم"),
            // Only a hamza: what looks like a dropped ta marbuta may be a pronoun.
            ("أشزلافة أشزلافه اشزلافة", "أشزلافة أشزلافه اشزلافة"),
            ("أشزلافة واحدة ثم أشزلافه", "أشزلافة واحدة ثم أشزلافه"),
        ] {
            assert_eq!(restored(text), expected);
        }
    }

    #[test]
    fn marks_stay_and_speak() {
        assert_eq!(restored("اِلَى المَدرَسَه فِى العَاصِمَـــه"), "إِلَى المَدرَسَة فِي العَاصِمَـــة");
        assert_eq!(restored("فى المدرسه على هدًى من موسىٰ"), "في المدرسة على هدًى من موسىٰ");
        let decomposed = "ا\u{655}لى المدرسة";
        assert_eq!(restored(decomposed), decomposed);
    }

    #[test]
    fn other_languages_and_the_web_stay() {
        for text in [
            "او به مدرسه رفت و گفت که على امده است",
            "یہ میری کتاب ہے، آپ کیسے ہیں؟",
            "#الى_الامام @الاسد http://example.org/الى/المدرسه",
        ] {
            assert_eq!(restored(text), text);
        }
    }

    #[test]
    fn only_the_letters_that_differ_are_edits() {
        let mut counts = Counts::default();
        let out = run("الى المدرسه", Confidence::Normal, &mut counts).unwrap();
        assert_eq!(out.text, "إلى المدرسة");
        let edits: Vec<_> = out.alignment.edits().iter().map(|edit| edit.output.of(&out.text)).collect();
        assert_eq!(edits, ["إ", "ة"]);
        assert_eq!(counts.changed(), [(Step::StandardOrthography, 2)]);
    }

    #[test]
    fn high_confidence_restores_less_and_nothing_else() {
        let text = "قال الوزير ان علاقه بلاده مع جيرانها على ما يرام وان ابناءه فى الخارج";
        let (normal, high) = (restored(text), restored_with(Confidence::High, text));
        for ((was, normal), high) in text.chars().zip(normal.chars()).zip(high.chars()) {
            assert!(high == normal || high == was);
        }
    }
}
