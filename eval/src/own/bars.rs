//! What the corpus has to reach, in one table.

/// Where a figure has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wanted {
    AtLeast(f64),
    AtMost(f64),
}

use Wanted::{AtLeast, AtMost};

/// The bars by the names of their figures. Shares and F1 are percent.
const BARS: [(&str, Wanted); 23] = [
    ("articles", AtLeast(240.0)),
    ("articles of train", AtLeast(160.0)),
    ("articles of dev", AtLeast(40.0)),
    ("articles of test", AtLeast(40.0)),
    ("words", AtLeast(60_000.0)),
    ("distinct words in 60,000 words", AtLeast(13_000.0)),
    ("distinct bigrams in 60,000 words", AtLeast(42_000.0)),
    ("share of the most common three-word opening", AtMost(1.0)),
    ("8-grams shared by two articles", AtMost(0.0)),
    ("mentions per 100 words", AtLeast(14.0)),
    ("test: datelines and bylines", AtLeast(40.0)),
    ("test: subheads", AtLeast(60.0)),
    ("test: quotations", AtLeast(150.0)),
    ("test: quotations with the speaker by verb alone", AtLeast(40.0)),
    ("test: dates", AtLeast(200.0)),
    ("test: Hijri dates", AtLeast(30.0)),
    ("test: amounts", AtLeast(60.0)),
    ("test: names", AtLeast(900.0)),
    ("test: share of names that are never in train", AtLeast(50.0)),
    ("share of articles annotated twice", AtLeast(20.0)),
    ("agreement: mentions", AtLeast(92.0)),
    ("agreement: blocks and sentences", AtLeast(97.0)),
    ("agreement: speakers", AtLeast(90.0)),
];

/// A figure that has a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Barred {
    /// What is counted.
    pub name: &'static str,
    /// How much there is.
    pub figure: f64,
    /// The bar, as people read it.
    pub bar: String,
    /// Whether the figure is there.
    pub met: bool,
}

impl Barred {
    /// The figure of that name against its bar. `None` where there is no such bar.
    pub(crate) fn new(name: &str, figure: f64) -> Option<Self> {
        let (name, wanted) = BARS.iter().find(|(known, _)| *known == name)?;
        let (bar, met) = match *wanted {
            AtLeast(bar) => (format!("≥ {bar}"), figure >= bar),
            AtMost(bar) => (format!("≤ {bar}"), figure <= bar),
        };
        Some(Self { name, figure, bar, met })
    }

    /// As a row of a table: figure, bar, met or not.
    pub fn row(&self) -> Vec<String> {
        let figure = if self.figure.fract() == 0.0 {
            format!("{:.0}", self.figure)
        } else {
            format!("{:.2}", self.figure)
        };
        let met = if self.met { "met" } else { "not met" };
        vec![self.name.to_owned(), figure, self.bar.clone(), met.to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_on_its_bar_meets_it() {
        let met = |name, figure| Barred::new(name, figure).is_some_and(|barred| barred.met);
        assert!(met("articles", 240.0) && !met("articles", 239.0));
        assert!(met("share of the most common three-word opening", 1.0));
        assert!(!met("share of the most common three-word opening", 1.01));
        assert_eq!(Barred::new("nothing", 1.0), None);
        let row = Barred::new("mentions per 100 words", 14.25).map(|barred| barred.row()).unwrap_or_default();
        assert_eq!(row, ["mentions per 100 words", "14.25", "≥ 14", "met"]);
    }
}
